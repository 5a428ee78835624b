// Package parse reads the files of a site folder into a model.Draft: YAML, front matter and Markdown, every value with its place.
//
// In comes a source.Tree; out comes the draft, and findings of rule SCH01 for whatever is not as the format says: an unknown file or key, a
// wrong type, a bad date, a key written twice. All of them are reported in one run: a file that cannot be read hides nothing of
// the others, and the records it would hold count as there. References stay names; link resolves them. This is the only importer
// of the YAML library, so Set is here too: it tells which bytes of front matter give a key another value. Nothing here reads the clock or runs
// what it reads.
package parse

import (
	"fmt"
	"path"
	"reflect"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"
)

// Folder is where all content lies, below the site folder.
const Folder = "content"

// VendorFolder is where the content adds vendors to the catalog or corrects what that says, below Folder.
const VendorFolder = "vendors"

// Tree reads every file of tree, on several processors at once.
func Tree(tree *source.Tree, diags *diag.List) *model.Draft { return (*Memory)(nil).Tree(tree, diags) }

// YAML reads a YAML file that is no part of the content, like the catalog of vendors, into v: a pointer to a struct whose fields are of the
// types and have the tags that the model has. It gives whether the file could be read; what is wrong with it is reported as in the content.
func YAML(file *source.File, v any, diags *diag.List) bool {
	r := &reader{file: file, diags: diags}
	return r.fill(v)
}

// missing reports a folder without site.yaml, which is where all content begins.
func missing(tree *source.Tree, draft *model.Draft, diags *diag.List) {
	f := diag.Finding{Rule: SCH01, At: source.Span{File: draft.Config.File}, Message: "this file is missing",
		Hint: "write company, base_url and contacts there; `candor new DIR` makes a complete example"}
	if len(tree.Files) == 0 {
		f.At.File = &source.File{Path: Folder}
		f.Message = "this folder is empty"
		f.Hint = "`candor new DIR` makes a complete example to begin with"
	}
	diags.Add(f)
}

const kindConfig model.Kind = "site"

func (k collection) unread(id string) model.Key { return model.Key{Kind: k.kind, ID: id} }

// A collection is a kind of content and where it lies.
type collection struct {
	folder string // "policies", for one file per record
	file   string // "models.yaml", for one file with all of them
	ext    string
	kind   model.Kind
	root   Field // what one file may hold
	read   func(*reader) func(*model.Draft)
}

// holds gives what a file may hold that is read into a T.
func holds[T any]() Field { return Field{Type: reflect.TypeFor[T]()} }

// collections lists all content there is. It is a function, since the readers refer back to it for their hints.
func collections() []collection {
	return []collection{
		{file: "site.yaml", kind: kindConfig, root: holds[model.Config](), read: readConfig},
		{file: "data-classes.yaml", kind: model.KindDataClass, root: holds[model.DataClassFile](), read: readDataClasses},
		{file: "evidence.yaml", kind: model.KindEvidence, root: holds[model.EvidenceFile](), read: readEvidence},
		{file: "models.yaml", kind: model.KindModel, root: holds[model.ModelFile](), read: readModels},
		{file: "controls.yaml", kind: model.KindControl, root: holds[model.ControlFile](), read: readControls},
		{file: "certifications.yaml", kind: model.KindCertification, root: holds[model.CertificationFile](), read: readCertifications},
		{file: "documents.yaml", kind: model.KindDocument, root: holds[model.DocumentFile](), read: readDocuments},
		{file: "permalinks.yaml", kind: "permalinks", root: holds[model.Permalinks](), read: readPermalinks},
		{folder: "policies", ext: ".md", kind: model.KindPolicy, root: holds[model.Policy](), read: readPolicy},
		{folder: "subprocessors", ext: ".yaml", kind: model.KindSubprocessor, root: holds[model.Subprocessor](), read: readSubprocessor},
		{folder: "flows", ext: ".yaml", kind: model.KindFlow, root: holds[model.Flow](), read: readFlow},
		{folder: "answers", ext: ".yaml", kind: model.KindAnswer, root: answers, read: readAnswers},
		{folder: "updates", ext: ".md", kind: model.KindUpdate, root: holds[model.Update](), read: readUpdate},
		{folder: VendorFolder, ext: ".yaml", kind: "vendor", root: holds[model.VendorFacts](), read: readVendor},
		{folder: "shares", ext: ".yaml", kind: model.KindShare, root: holds[model.Share](), read: readShare},
	}
}

// find gives the collection that a file belongs to.
func find(name string) (collection, bool) {
	dir, base := path.Split(strings.TrimPrefix(name, Folder+"/"))
	dir = strings.TrimSuffix(dir, "/")
	for _, c := range collections() {
		if c.file != "" && dir == "" && c.file == base || c.folder != "" && c.folder == dir && path.Ext(base) == c.ext {
			return c, true
		}
	}
	return collection{}, false
}

// unreadOf gives the records that an unreadable file may hold. Answers of a topic are not known by name, so it is all of them.
func unreadOf(name string) []model.Key {
	c, ok := find(name)
	switch {
	case !ok:
		return nil
	case c.file == "site.yaml":
		return []model.Key{{Kind: kindConfig}, {Kind: model.KindOwner}, {Kind: model.KindBoundary}}
	case c.file != "" || c.kind == model.KindAnswer:
		return []model.Key{c.unread("")}
	}
	return []model.Key{c.unread(idOf(name))}
}

// lostKinds gives the records that stand under keys of which nothing could be read.
func lostKinds(keys []string) []model.Key {
	var lost []model.Key
	for _, key := range keys {
		kind, ok := map[string]model.Kind{"owners": model.KindOwner, "boundaries": model.KindBoundary, "classes": model.KindDataClass, "evidence": model.KindEvidence,
			"models": model.KindModel, "tuned": model.KindModel, "controls": model.KindControl, "certifications": model.KindCertification, "documents": model.KindDocument}[key]
		if ok {
			lost = append(lost, model.Key{Kind: kind})
		}
	}
	return lost
}

// idOf gives the id of the record that a file holds: its name without folder and ending.
func idOf(name string) string {
	base := path.Base(name)
	return strings.TrimSuffix(base, path.Ext(base))
}

// file reads one file and gives what puts its records into the draft.
func (m *Memory) file(f *source.File, diags *diag.List) func(*model.Draft) {
	r := &reader{file: f, diags: diags, memory: m}
	if !f.IsText() {
		return readAsset(r)
	}
	c, ok := find(f.Path)
	if !ok {
		r.unknownFile()
		return nil
	}
	r.kind = c.kind
	merge := c.read(r)
	refused, lost := r.refused, lostKinds(r.lost)
	if r.broken {
		unread := unreadOf(f.Path)
		return func(d *model.Draft) { d.Unread = append(d.Unread, unread...) }
	}
	return func(d *model.Draft) {
		merge(d)
		d.Refused = append(d.Refused, refused...)
		d.Unread = append(d.Unread, lost...)
	}
}

// unknownFile reports a text file that stands where none is read: what it says would be lost in silence.
func (r *reader) unknownFile() {
	rel := strings.TrimPrefix(r.file.Path, Folder+"/")
	dir, base := path.Split(rel)
	dir = strings.TrimSuffix(dir, "/")
	var names []string
	for _, c := range collections() {
		switch {
		case c.folder != "" && c.folder == dir:
			r.add(source.Span{File: r.file}, fmt.Sprintf("files in %s/ end in %q, so this one is not read", dir, c.ext),
				"rename it to "+strings.TrimSuffix(base, path.Ext(base))+c.ext)
			return
		case c.folder != "":
			names = append(names, c.folder)
		default:
			names = append(names, c.file)
		}
	}
	typed := base
	if dir != "" {
		typed, _, _ = strings.Cut(dir, "/")
	}
	hint := "content is " + strings.Join(names, ", ")
	if near, ok := diag.Nearest(typed, names); ok && near != typed {
		hint = fmt.Sprintf("did you mean %q?", near)
	} else if ok {
		hint = fmt.Sprintf("move it up into %s/: folders in it are not read", near)
	}
	r.add(source.Span{File: r.file}, fmt.Sprintf("%q is no part of the content, so it is not read", rel), hint)
}

func readAsset(r *reader) func(*model.Draft) {
	return func(d *model.Draft) { d.Assets = append(d.Assets, r.file) }
}

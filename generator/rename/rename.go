// Package rename gives a record another id, and mends whatever names it.
//
// In come the site folder and an Order; out comes a Result with the change of every file. The id is the name of the record's file, or its key in a list. What
// names it is found by the walk that links the content: references, citations, places of steps; so are links in texts to its file or its address, and values that
// are its address or its path. Where readers can have the old address, or permalinks.yaml lists the old id, that becomes an alias and keeps
// working. permalinks.yaml itself is a record of the past and stays. A class of data takes those that are part of it along.
//
// A policy's text in which nothing but the address of a link changes counts as approved when it was: its approval_hash follows. Everything happens or
// nothing: the content is checked as it will be and again as it is, and a rename with which anything is named that was not, or a finding comes up, is put
// back. What else says the old id, a comment or a sentence, is told and left to people.
package rename

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"

	"candor/generator/amend"
	"candor/generator/diag"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"
)

// An Order says what is to be called otherwise.
type Order struct {
	Kind     model.Kind // one of Kinds
	Old, New string     // of a step Old is FLOW/STEP, and New the step alone
	DryRun   bool       // leave the files as they are
}

// A Result is what came of an order. Where there are Findings, they stand in the way and no file has changed.
type Result struct {
	Changes  []*amend.Change // the file that holds it first, then in the order of their paths
	Mended   int             // mentions and links that say the new id
	Renamed  []string        // old ids of everything that has a new one: more than one for a class of data
	Kept     []string        // old ids that became aliases
	Approved []string        // ids of policies whose approval_hash follows the address of a link
	Left     []source.Span   // what else says the old id, and was left

	Findings []diag.Finding
	PutBack  bool // the findings came up once the files were written, so they were put back
}

// Kinds are the kinds of what has an id, in the order in which a command lists them; but for sealed pages, of which the link that is out is bound to the id.
var Kinds = []model.Kind{model.KindPolicy, model.KindSubprocessor, model.KindFlow, model.KindAnswer, model.KindControl, model.KindCertification, model.KindDocument,
	model.KindModel, model.KindEvidence, model.KindUpdate, model.KindDataClass, model.KindOwner, model.KindBoundary, kindTopic, kindStep}

// KindOf gives the kind that a person means by a word: data-class, Sub-Processors, "data class".
func KindOf(word string) (model.Kind, bool) {
	plain := func(s string) string {
		return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(s))
	}
	typed := plain(word)
	for _, k := range Kinds {
		one := plain(string(k))
		if typed == one || typed == one+"s" || typed == one+"es" || typed == strings.TrimSuffix(one, "y")+"ies" {
			return k, true
		}
	}
	return "", false
}

// Run does what the order says. The error is an amend.Refusal, or the machine's.
func Run(f amend.Folder, order Order) (Result, error) {
	content, err := f.Check(f.Files)
	if err != nil {
		return Result{}, err
	}
	w := &work{folder: f, content: content, order: order, files: map[*source.File]*plan{}}
	for _, step := range []func() error{w.find, w.blind} {
		if err := step(); err != nil {
			return Result{}, err
		}
	}
	w.entries()
	w.mentions()
	w.texts()
	w.bodies()
	changes, err := w.changes()
	if err != nil {
		return Result{}, err
	}
	result := w.result
	result.Changes = changes
	over := amend.Over(f.Files, changes)
	if result.Findings, err = w.worse(over); err != nil || len(result.Findings) > 0 {
		return Result{Findings: result.Findings}, err
	}
	left, err := w.left(over)
	result.Left = inOrder(append(result.Left, left...))
	if err != nil || order.DryRun {
		return result, err
	}
	kept, err := f.Apply(changes, func() (bool, error) {
		result.Findings, err = w.worse(f.Files)
		return len(result.Findings) == 0, err
	})
	if err != nil || !kept {
		return Result{Findings: result.Findings, PutBack: true}, err
	}
	return result, nil
}

// work is an order being worked out.
type work struct {
	folder  amend.Folder
	content amend.Content
	order   Order
	result  Result

	records  []model.Headed          // that get another id, the one of the order first; none for a topic or a step
	news     map[model.Record]string // their new ids
	subjects []subject
	own      *source.File // that holds what the order names
	now      *model.Site  // as it is going to be
	files    map[*source.File]*plan
}

// A subject is one thing that gets another id: how texts may name it.
type subject struct {
	model.Key
	now     string // its new id
	path    string // of its file, where that is named by it, else ""
	address string // from the site's root, else ""
}

// kinds of what has an id and is no record
const (
	kindTopic model.Kind = "topic"
	kindStep  model.Kind = "step"
)

// A plan is what changes in one file.
type plan struct {
	replaced []parse.Replacement
	added    []parse.Addition
	body     []source.Edit // of the text below front matter
	to       string        // "" for the name that it has
}

func (w *work) in(f *source.File) *plan {
	if w.files[f] == nil {
		w.files[f] = &plan{}
	}
	return w.files[f]
}

// find finds what the order names and what gets another id with it, and refuses names that cannot be given.
func (w *work) find() error {
	kind, old, now := w.order.Kind, w.order.Old, w.order.New
	switch {
	case kind == kindTopic:
		return w.findTopic()
	case kind == kindStep:
		return w.findStep()
	}
	record, _ := w.content.Site.Find(kind, old).(model.Headed)
	switch {
	case record == nil:
		return w.unknown()
	case record.Key().ID != old:
		return amend.Refuse(fmt.Sprintf("write `candor rename %s %s %s`", Word(kind), record.Key().ID, now), "%q is an earlier id of %s %q", old, kind.Spoken(), record.Key().ID)
	case old == now:
		return sameID(kind, old)
	case kind == model.KindDataClass && old == model.CustomerBoundary:
		return amend.Refuse("give another id to a class below it", `the class "customer" is where all data of customers begins, so it keeps its name`)
	case kind == model.KindDataClass && above(old) != above(now):
		return amend.Refuse(fmt.Sprintf("write an id like %q; to make it part of something else, change the file by hand", belowOf(old)), "%q is part of %q, and %q would not be",
			old, cmp.Or(above(old), "nothing"), now)
	case kind == model.KindBoundary && now == model.CustomerBoundary:
		return amend.Refuse("take another id", `the boundary "customer" is always there`)
	}
	w.own = record.Head().File
	w.records, w.news = []model.Headed{record}, map[model.Record]string{record: now}
	for _, c := range w.content.Site.DataClasses {
		if rest, ok := strings.CutPrefix(c.ID.Value, old+"."); ok && kind == model.KindDataClass {
			w.records, w.news[c] = append(w.records, c), now+"."+rest
		}
	}
	for _, r := range w.records {
		if err := w.mayHave(r, w.news[r]); err != nil {
			return err
		}
		s := subject{Key: r.Key(), now: w.news[r], address: model.AddressFor(r.Key())}
		if isFile(r) {
			s.path = r.Head().File.Path
		}
		w.take(s)
	}
	return nil
}

// take notes what gets another id.
func (w *work) take(s subject) {
	w.subjects = append(w.subjects, s)
	w.result.Renamed = append(w.result.Renamed, s.ID)
}

func sameID(kind model.Kind, id string) error {
	return amend.Refuse("write the id that it is to have", "%s %q has that id already", kind.Spoken(), id)
}

// above gives the class that one is part of, "" for one at the top.
func above(class string) string { return class[:max(strings.LastIndexByte(class, '.'), 0)] }

// belowOf gives an example of an id beside that of a class.
func belowOf(class string) string { return strings.TrimPrefix(above(class)+".another", ".") }

// mayHave refuses an id that is none or that is taken. An earlier id of the record itself is free.
func (w *work) mayHave(r model.Headed, id string) error {
	kind := r.Key().Kind
	if problem, hint := parse.IDProblem(id, parse.IDsOf(reflect.TypeOf(r))); problem != "" {
		return amend.Refuse(hint, "%s", problem)
	}
	if other := w.content.Site.Find(kind, id); other != nil && other != model.Record(r) && w.news[other] == "" {
		is := "the id"
		if other.Key().ID != id {
			is = "an earlier id"
		}
		return amend.Refuse("take another id", "%q is %s of another %s, in %s", id, is, kind.Spoken(), placeOf(other.Place()))
	}
	if isFile(r) {
		return w.isFree(renamedFile(r.Head().File.Path, id))
	}
	return nil
}

// isFree refuses a path at which there is a file, whatever it is.
func (w *work) isFree(path string) error {
	if _, err := fs.Stat(w.folder.Files, path); err == nil {
		return amend.Refuse("remove it, or take another id", "%s is there already", path)
	}
	return nil
}

// isFile reports whether a record is what its file holds, not an entry of a list.
func isFile(r model.Headed) bool {
	f := r.Head().File
	if f == nil {
		return false
	}
	shape, ok := parse.ShapeOf(f.Path)
	return ok && shape.Root.Type == reflect.TypeOf(r).Elem()
}

// renamedFile gives the path that a file has under another id.
func renamedFile(file, id string) string { return path.Join(path.Dir(file), id+path.Ext(file)) }

// unknown says that there is no such record, and what may have been meant.
func (w *work) unknown() error {
	site, kind, id := w.content.Site, w.order.Kind, w.order.Old
	if site.IsUnread(kind, id) {
		return amend.Refuse("`candor check` says what is wrong with it", "the file of %s %q cannot be read", kind.Spoken(), id)
	}
	var ids []string
	for _, r := range site.All() {
		if r.Key().Kind == kind {
			ids = append(ids, r.Key().ID)
		} else if r.Key().ID == id {
			return amend.Refuse(fmt.Sprintf("write `candor rename %s %s %s`", Word(r.Key().Kind), id, w.order.New), "no %s %q, but a %s", kind.Spoken(), id, r.Key().Kind.Spoken())
		}
	}
	return amend.Refuse(cmp.Or(diag.Suggest(id, ids), "`candor check` knows every id that is mentioned"), "no %s %q", kind.Spoken(), id)
}

// Word gives a kind as a command takes it: data-class.
func Word(k model.Kind) string { return strings.ReplaceAll(string(k), " ", "-") }

func placeOf(at source.Span) string {
	p := at.Position()
	return fmt.Sprintf("%s:%d", p.Path, p.Line)
}

// mentions mends what the walk finds that links the content.
func (w *work) mentions() {
	for _, m := range link.Mentions(w.content.Site) {
		if id := w.news[m.To]; id != "" && m.ID() == m.To.Key().ID {
			w.replace(m.Text, len(m.Before), len(m.Value), id)
		}
	}
}

// replace gives a part of a text other words, and counts it.
func (w *work) replace(t model.Text, start, end int, with string) {
	p := w.in(t.At.File)
	p.replaced = append(p.replaced, parse.Replacement{At: t.At, Start: start, End: end, Text: with})
	w.result.Mended++
}

// entries gives the records their new ids, and the old ones to their aliases.
func (w *work) entries() {
	for _, r := range w.records {
		old, id, head := r.Key().ID, w.news[r], r.Head()
		p := w.in(head.File)
		to := source.Span{}
		if isFile(r) {
			p.to = renamedFile(head.File.Path, id)
		} else {
			to = head.ID.At
			p.replaced = append(p.replaced, parse.Replacement{At: to, Start: 0, End: len(old), Text: id})
		}
		if i := slices.IndexFunc(head.Aliases, func(a model.Text) bool { return a.Value == id }); i >= 0 { // back to an earlier one
			p.replaced = append(p.replaced, parse.Replacement{At: head.Aliases[i].At, Start: 0, End: len(id), Text: old})
		} else if w.mustKeep(r) {
			p.added = append(p.added, parse.Addition{To: to, Path: []string{"aliases"}, Items: []string{old}, After: []string{"id", "title", "name"}})
		} else {
			continue
		}
		w.result.Kept = append(w.result.Kept, old)
	}
}

// mustKeep reports whether somebody may know a record by its id: it has an address, or permalinks.yaml tells of it.
func (w *work) mustKeep(r model.Headed) bool {
	k, published := r.Key(), w.content.Site.Permalinks
	if model.Address(r) != "" {
		return true
	}
	is := func(t model.Text) bool { return t.Value == k.ID }
	for _, l := range published.Listings() {
		if l.Kind == k.Kind && slices.ContainsFunc(l.IDs, is) {
			return true
		}
	}
	return k.Kind == model.KindDataClass && published != nil &&
		slices.ContainsFunc(published.Facts, func(v *model.PublishedVendor) bool { return slices.ContainsFunc(v.Data, is) })
}

// changes gives what happens to each file.
func (w *work) changes() ([]*amend.Change, error) {
	var files []*source.File
	for f := range w.files {
		files = append(files, f)
	}
	first := func(f *source.File) int { return -slices.Index([]*source.File{w.own}, f) } // 0 for its own, else 1
	slices.SortFunc(files, func(a, b *source.File) int {
		return cmp.Or(cmp.Compare(first(a), first(b)), strings.Compare(a.Path, b.Path))
	})
	var all []*amend.Change
	for _, f := range files {
		p := w.files[f]
		edits := p.body
		if len(p.replaced)+len(p.added) > 0 {
			yaml, err := parse.Amend(f, p.replaced, p.added)
			if err != nil {
				return nil, amend.Refuse("write it plainly there, and repeat the command", "%v", err)
			}
			edits = append(slices.Clone(yaml), edits...)
		}
		c, err := amend.Plan(w.folder.Files, f, edits, p.to)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

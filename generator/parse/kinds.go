package parse

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"candor/generator/diag"
	"candor/generator/markdown"
	"candor/generator/model"
	"candor/generator/source"

	"gopkg.in/yaml.v3"
)

// fill reads the file as one YAML document into v, a pointer to a struct of the model.
func (r *reader) fill(v any) bool {
	root := r.document(r.file.Data)
	if root == nil {
		return false
	}
	r.mapping(nil, root, reflect.ValueOf(v).Elem(), Field{})
	return !r.broken
}

// header gives the header of the record that this file holds. The id is the file's name; it stands nowhere in the file, so its place
// is the first line that says something.
func (r *reader) header(h *model.Header) {
	id := idOf(r.file.Path)
	h.ID = model.Text{Value: id, At: r.firstLine()}
	h.File, h.Extent = r.file, r.file.Span(0, len(r.file.Data))
	r.checkID(id, h.ID.At, "page")
}

// firstLine gives the place of the first line that is neither empty nor a comment, or else of the first one.
func (r *reader) firstLine() source.Span {
	for n := 1; n <= r.file.Lines(); n++ {
		if line := strings.TrimSpace(r.file.Line(n)); line != "" && !strings.HasPrefix(line, "#") {
			return r.file.LineSpan(n)
		}
	}
	return r.file.LineSpan(1)
}

// What ids are made of, as regular expressions that JSON Schema reads too.
const (
	PageID = `^[a-z0-9]+(-[a-z0-9]+)*$`     // of records with a page or a place on one: part of an address
	NameID = `^[a-z0-9]+([-._][a-z0-9]+)*$` // of what is only referred to: models have dots in their names, and data classes their hierarchy
	MaxID  = 80                             // characters
)

var (
	pageID = regexp.MustCompile(PageID)
	nameID = regexp.MustCompile(NameID)
)

// IDProblem tells why an id is none of its kind, page or name as an ids tag of the model has it, and what to write; "" when it is one.
func IDProblem(id, kind string) (problem, hint string) {
	switch {
	case kind == "page" && (!pageID.MatchString(id) || len(id) > MaxID):
		hint = "ids become addresses: write up to 80 small letters, digits and single hyphens, like "
	case kind == "name" && (!nameID.MatchString(id) || len(id) > MaxID):
		hint = "write up to 80 small letters, digits, hyphens and dots, like "
	default:
		return "", ""
	}
	return fmt.Sprintf("%q is no id", shorten(id)), hint + example(id)
}

// IDsOf gives which ids the records of a type may have, as IDProblem takes them: for a pointer to a struct of the model.
func IDsOf(record reflect.Type) string {
	for _, c := range collections() {
		if c.root.Type.Kind() != reflect.Struct {
			continue
		}
		for _, f := range PlanOf(c.root.Type).Fields {
			if f.Keyed && f.Type.Elem() == record {
				return f.IDs
			}
		}
	}
	return "page"
}

// checkID reports an id that is none of its kind.
func (r *reader) checkID(id string, at source.Span, kind string) {
	if problem, hint := IDProblem(id, kind); problem != "" {
		r.add(at, problem, hint)
	}
}

// example makes an id out of what was typed, for a hint.
func example(typed string) string {
	words := strings.FieldsFunc(strings.ToLower(typed), func(c rune) bool { return (c < 'a' || c > 'z') && (c < '0' || c > '9') })
	if id := strings.Join(words, "-"); id != "" && len(id) <= 80 {
		return id
	}
	return "access-control"
}

func readConfig(r *reader) func(*model.Draft) {
	c := &model.Config{File: r.file}
	if !r.fill(c) {
		return nil
	}
	for _, b := range c.Boundaries {
		if b.ID.Value == model.CustomerBoundary {
			r.add(b.ID.At, `the boundary "customer" is always there`, "remove it, or give yours another name")
		}
	}
	return func(d *model.Draft) { d.Config = c }
}

func readDataClasses(r *reader) func(*model.Draft) {
	var content model.DataClassFile
	if !r.fill(&content) {
		return nil
	}
	return func(d *model.Draft) { d.DataClasses = content.Classes }
}

func readEvidence(r *reader) func(*model.Draft) {
	var content model.EvidenceFile
	if !r.fill(&content) {
		return nil
	}
	return func(d *model.Draft) { d.Evidence = content.Evidence }
}

func readModels(r *reader) func(*model.Draft) {
	var content model.ModelFile
	if !r.fill(&content) {
		return nil
	}
	return func(d *model.Draft) { d.Models, d.Tuned = content.Models, content.Tuned }
}

func readControls(r *reader) func(*model.Draft) {
	var content model.ControlFile
	if !r.fill(&content) {
		return nil
	}
	return func(d *model.Draft) { d.Controls = content.Controls }
}

func readCertifications(r *reader) func(*model.Draft) {
	var content model.CertificationFile
	if !r.fill(&content) {
		return nil
	}
	return func(d *model.Draft) { d.Certifications = content.Certifications }
}

func readDocuments(r *reader) func(*model.Draft) {
	var content model.DocumentFile
	if !r.fill(&content) {
		return nil
	}
	return func(d *model.Draft) { d.Documents = content.Documents }
}

func readPermalinks(r *reader) func(*model.Draft) {
	p := &model.Permalinks{File: r.file}
	if !r.fill(p) {
		return nil
	}
	return func(d *model.Draft) { d.Permalinks = p }
}

func readSubprocessor(r *reader) func(*model.Draft) {
	v := &model.Subprocessor{}
	r.header(&v.Header)
	if !r.fill(v) {
		return nil
	}
	return func(d *model.Draft) { d.Subprocessors = append(d.Subprocessors, v) }
}

// readVendor reports what is wrong with a file by itself. What it says is no part of the site: catalog reads it anew, with what else is known of vendors.
func readVendor(r *reader) func(*model.Draft) {
	v := &model.VendorFacts{}
	if r.fill(v) && v.ID.IsZero() {
		r.checkID(idOf(r.file.Path), r.firstLine(), "page")
	}
	return func(*model.Draft) {}
}

func readFlow(r *reader) func(*model.Draft) {
	f := &model.Flow{}
	r.header(&f.Header)
	if !r.fill(f) {
		return nil
	}
	for _, refused := range r.refused { // what is left would be a path with holes in it
		r.broken = r.broken || refused.Key == "steps" && len(f.Steps) == 0 || refused.Key == "links" && len(f.Links) == 0
	}
	return func(d *model.Draft) { d.Flows = append(d.Flows, f) }
}

func readShare(r *reader) func(*model.Draft) {
	s := &model.Share{}
	r.header(&s.Header)
	if !r.fill(s) {
		return nil
	}
	return func(d *model.Draft) { d.Shares = append(d.Shares, s) }
}

func readPolicy(r *reader) func(*model.Draft) {
	p := &model.Policy{}
	r.header(&p.Header)
	if !r.markdown(p, &p.Body) {
		return nil
	}
	return func(d *model.Draft) { d.Policies = append(d.Policies, p) }
}

func readUpdate(r *reader) func(*model.Draft) {
	u := &model.Update{}
	r.header(&u.Header)
	if !r.markdown(u, &u.Body) {
		return nil
	}
	return func(d *model.Draft) { d.Updates = append(d.Updates, u) }
}

// markdown reads front matter into v and the text below it into body.
func (r *reader) markdown(v any, body *model.Body) bool {
	root, text := r.frontMatter()
	body.Span = text
	body.Source = r.file.Data[text.Start:text.End]
	if root == nil {
		return false
	}
	r.mapping(nil, root, reflect.ValueOf(v).Elem(), Field{})
	r.outline(body)
	return !r.broken
}

// outline reads a body's headings and links, and reports what of it will not be published.
func (r *reader) outline(body *model.Body) {
	body.Outline = r.compile(body)
	for _, d := range body.Outline.Dropped {
		r.drop(body.At(d.Start, d.End), d)
	}
}

// compile reads a body's outline. A policy's HTML is made at the same time when somebody will want it.
func (r *reader) compile(body *model.Body) markdown.Document {
	if r.memory == nil || r.kind != model.KindPolicy {
		return markdown.Read(body.Source)
	}
	return r.memory.compile(body)
}

// answers is what a file of answers holds: a list, where other files hold a mapping.
var answers = Field{Key: "answers", Type: reflect.TypeFor[[]*model.Answer](), Max: 5000}

func readAnswers(r *reader) func(*model.Draft) {
	topic := &model.Topic{ID: model.Text{Value: idOf(r.file.Path), At: r.firstLine()}, File: r.file}
	r.checkID(topic.ID.Value, topic.ID.At, "page")
	root := r.document(r.file.Data)
	if root == nil {
		return nil
	}
	if root.Kind != yaml.SequenceNode {
		r.broken = true
		r.add(r.span(root), "a file of answers is a list", `begin each answer with "- id: ..."`)
		return nil
	}
	r.list(&yaml.Node{Kind: yaml.ScalarNode, Value: answers.Key, Line: 1, Column: 1}, root, reflect.ValueOf(&topic.Answers).Elem(), answers)
	entries := itemsOf(root)
	for i, a := range topic.Answers {
		a.ID, a.File = a.IDKey, r.file
		a.Extent = r.extent(entries[i])
		a.Body = model.Body{Source: []byte(a.Text.Value), Span: a.Text.At}
		r.outline(&a.Body)
	}
	if r.broken {
		return nil
	}
	return func(d *model.Draft) { d.Topics = append(d.Topics, topic) }
}

// itemsOf gives the first key of each mapping in a list, or its place where it is empty: what list keeps.
func itemsOf(root *yaml.Node) []*yaml.Node {
	var first []*yaml.Node
	for _, item := range root.Content {
		mapping := item
		if item.Kind == yaml.AliasNode {
			mapping = item.Alias
		}
		if mapping.Kind != yaml.MappingNode {
			continue
		}
		if mapping == item && len(item.Content) > 0 {
			item = item.Content[0]
		}
		first = append(first, item)
	}
	return first
}

// drop reports a piece of Markdown that is not published, since it could run or break the page.
func (r *reader) drop(at source.Span, d markdown.Dropped) {
	r.report(diag.Finding{Rule: SCH01, Severity: diag.Warning, At: at, Message: d.What + " is not published", Hint: "write it as Markdown, or remove it"})
}

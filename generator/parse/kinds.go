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
	r.mapping(nil, root, reflect.ValueOf(v).Elem(), field{})
	return !r.broken
}

// header gives the header of the record that this file holds. The id is the file's name; it stands nowhere in the file, so its place
// is the first line.
func (r *reader) header(h *model.Header) {
	id := idOf(r.file.Path)
	h.ID = model.Text{Value: id, At: r.file.LineSpan(1)}
	h.File, h.Extent = r.file, r.file.Span(0, len(r.file.Data))
	r.checkID(id, h.ID.At)
}

var (
	pageID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	nameID = regexp.MustCompile(`^[a-z0-9]+([-._][a-z0-9]+)*$`)
)

// checkID reports an id that cannot be part of an address.
func (r *reader) checkID(id string, at source.Span) {
	if !pageID.MatchString(id) || len(id) > 80 {
		r.add(at, fmt.Sprintf("%q is no id", shorten(id)), "ids become addresses: write up to 80 small letters, digits and single hyphens, like "+example(id))
	}
}

// checkNames reports keys of a mapping that cannot be ids.
func (r *reader) checkNames(headers ...*model.Header) {
	for _, h := range headers {
		if !nameID.MatchString(h.ID.Value) || len(h.ID.Value) > 80 {
			r.add(h.ID.At, fmt.Sprintf("%q is no id", shorten(h.ID.Value)), "write up to 80 small letters, digits, hyphens and dots, like "+example(h.ID.Value))
		}
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
	for _, o := range c.Owners {
		r.checkNames(&o.Header)
	}
	for _, b := range c.Boundaries {
		r.checkNames(&b.Header)
		if b.ID.Value == model.CustomerBoundary {
			r.add(b.ID.At, `the boundary "customer" is always there`, "remove it, or give yours another name")
		}
	}
	return func(d *model.Draft) { d.Config = c }
}

func readDataClasses(r *reader) func(*model.Draft) {
	var content struct {
		Classes []*model.DataClass `yaml:"classes,keyed" need:""`
	}
	if !r.fill(&content) {
		return nil
	}
	for _, c := range content.Classes {
		r.checkNames(&c.Header)
	}
	return func(d *model.Draft) { d.DataClasses = content.Classes }
}

func readEvidence(r *reader) func(*model.Draft) {
	var content struct {
		Evidence []*model.Evidence `yaml:"evidence,keyed" need:""`
	}
	if !r.fill(&content) {
		return nil
	}
	for _, e := range content.Evidence {
		r.checkNames(&e.Header)
	}
	return func(d *model.Draft) { d.Evidence = content.Evidence }
}

func readModels(r *reader) func(*model.Draft) {
	var content struct {
		Models []*model.Model      `yaml:"models,keyed"`
		Tuned  []*model.TunedModel `yaml:"tuned,keyed"`
	}
	if !r.fill(&content) {
		return nil
	}
	for _, m := range content.Models {
		r.checkNames(&m.Header)
	}
	for _, m := range content.Tuned {
		r.checkNames(&m.Header)
	}
	return func(d *model.Draft) { d.Models, d.Tuned = content.Models, content.Tuned }
}

func readControls(r *reader) func(*model.Draft) {
	var content struct {
		Controls []*model.Control `yaml:"controls,keyed" need:""`
	}
	if !r.fill(&content) {
		return nil
	}
	for _, c := range content.Controls {
		r.checkID(c.ID.Value, c.ID.At)
	}
	return func(d *model.Draft) { d.Controls = content.Controls }
}

func readCertifications(r *reader) func(*model.Draft) {
	var content struct {
		Certifications []*model.Certification `yaml:"certifications,keyed" need:""`
	}
	if !r.fill(&content) {
		return nil
	}
	for _, c := range content.Certifications {
		r.checkID(c.ID.Value, c.ID.At)
	}
	return func(d *model.Draft) { d.Certifications = content.Certifications }
}

func readDocuments(r *reader) func(*model.Draft) {
	var content struct {
		Documents []*model.Document `yaml:"documents,keyed" need:""`
	}
	if !r.fill(&content) {
		return nil
	}
	for _, c := range content.Documents {
		r.checkID(c.ID.Value, c.ID.At)
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
	r.mapping(nil, root, reflect.ValueOf(v).Elem(), field{})
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

// compile reads a body's outline. A policy's HTML is made at the same time when somebody keeps it.
func (r *reader) compile(body *model.Body) markdown.Document {
	if r.keep == nil || r.kind != model.KindPolicy {
		return markdown.Read(body.Source)
	}
	doc, fragment, ok := markdown.Compile(body.Source, markdown.Options{TopLevel: 2})
	if ok {
		if kept, err := r.keep(fragment); err == nil {
			body.Kept = kept
		}
	}
	return doc
}

func readAnswers(r *reader) func(*model.Draft) {
	topic := &model.Topic{ID: model.Text{Value: idOf(r.file.Path), At: r.file.LineSpan(1)}, File: r.file}
	r.checkID(topic.ID.Value, topic.ID.At)
	root := r.document(r.file.Data)
	if root == nil {
		return nil
	}
	if root.Kind != yaml.SequenceNode {
		r.broken = true
		r.add(r.span(root), "a file of answers is a list", `begin each answer with "- id: ..."`)
		return nil
	}
	r.list(&yaml.Node{Kind: yaml.ScalarNode, Value: "answers", Line: 1, Column: 1}, root, reflect.ValueOf(&topic.Answers).Elem(), field{max: 5000})
	entries := itemsOf(root)
	for i, a := range topic.Answers {
		a.ID, a.File = a.IDKey, r.file
		a.Extent = r.extent(entries[i])
		if !a.ID.IsZero() {
			r.checkID(a.ID.Value, a.ID.At)
		}
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

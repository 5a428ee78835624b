package generator_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"

	"candor/content"
	"candor/generator/model"

	"gopkg.in/yaml.v3"
)

// A kind is one kind of content, where its records are written, and the one that is changed when several have a field.
type kind struct {
	name     string
	typ      reflect.Type
	files    string // glob
	below    string // the key that holds the records by id, "" for a file of one record
	list     bool   // the file is a list of records
	markdown bool
	headers  bool   // the fields that all records share are broken in this kind
	exemplar string // file, or id where records stand together
}

var kinds = []kind{
	{name: "site", typ: reflect.TypeFor[model.Config](), files: "content/site.yaml"},
	{name: "data-class", typ: reflect.TypeFor[model.DataClass](), files: "content/data-classes.yaml", below: "classes", exemplar: "customer.content.embedding"},
	{name: "evidence", typ: reflect.TypeFor[model.Evidence](), files: "content/evidence.yaml", below: "evidence", exemplar: "openai-zdr"},
	{name: "model", typ: reflect.TypeFor[model.Model](), files: "content/models.yaml", below: "models", exemplar: "gpt-4.1"},
	{name: "tuned-model", typ: reflect.TypeFor[model.TunedModel](), files: "content/models.yaml", below: "tuned"},
	{name: "control", typ: reflect.TypeFor[model.Control](), files: "content/controls.yaml", below: "controls", exemplar: "access-review"},
	{name: "certification", typ: reflect.TypeFor[model.Certification](), files: "content/certifications.yaml", below: "certifications"},
	{name: "document", typ: reflect.TypeFor[model.Document](), files: "content/documents.yaml", below: "documents"},
	{name: "permalinks", typ: reflect.TypeFor[model.Permalinks](), files: "content/permalinks.yaml"},
	{name: "policy", typ: reflect.TypeFor[model.Policy](), files: "content/policies/*.md", markdown: true, exemplar: "content/policies/incident-response.md"},
	{name: "subprocessor", typ: reflect.TypeFor[model.Subprocessor](), files: "content/subprocessors/*.yaml", headers: true, exemplar: "content/subprocessors/openai.yaml"},
	{name: "flow", typ: reflect.TypeFor[model.Flow](), files: "content/flows/*.yaml", exemplar: "content/flows/reply-drafts.yaml"},
	{name: "answer", typ: reflect.TypeFor[model.Answer](), files: "content/answers/*.yaml", list: true, exemplar: "trains-on-customer-data"},
	{name: "update", typ: reflect.TypeFor[model.Update](), files: "content/updates/*.md", markdown: true},
	{name: "share", typ: reflect.TypeFor[model.Share](), files: "content/shares/*.yaml", exemplar: "content/shares/q7m2xk4vahn3zt5bpw6ydc2rse.yaml"},
}

// anyID stands in the keys of a place for the id of a record.
const anyID = "*"

// A place is a field of a kind: the keys that lead to it.
type place struct {
	kind kind
	keys []string
	typ  reflect.Type
	one  string // the words of an enumeration
	form string
}

// String gives the field as the table names it: "flow.steps.prompt_log.keep".
func (p place) String() string { return p.kind.name + "." + strings.Join(p.keys, ".") }

// places gives every field of a kind that an author can write, found in the types of the model.
func places(k kind) []place {
	var all []place
	var walk func(t reflect.Type, keys []string)
	walk = func(t reflect.Type, keys []string) {
		for i := range t.NumField() {
			f := t.Field(i)
			tag, tagged := f.Tag.Lookup("yaml")
			key, options, _ := strings.Cut(tag, ",")
			switch {
			case !tagged || tag == "-" || options == "body":
				continue
			case options == "inline":
				if f.Type != reflect.TypeFor[model.Header]() || k.headers { // every kind has it, and one function reads it
					walk(f.Type, keys)
				}
				continue
			case options == "value": // the whole of a mapping, whose keys are ids
				all = append(all, place{kind: k, keys: slices.Clone(keys), typ: f.Type})
				continue
			}
			at := append(slices.Clone(keys), key)
			all = append(all, place{kind: k, keys: at, typ: f.Type, one: f.Tag.Get("one"), form: f.Tag.Get("form")})
			if options == "keyed" {
				at = append(at, anyID)
			}
			if inner := structBelow(f.Type); inner != nil {
				walk(inner, at)
			}
		}
	}
	walk(k.typ, nil)
	return all
}

// structBelow gives the struct of the model that a field holds, nil for a scalar or a list of them.
func structBelow(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || isScalar(t) {
		return nil
	}
	return t
}

func isScalar(t reflect.Type) bool {
	if _, ok := t.FieldByName("Value"); ok {
		return true
	}
	switch t {
	case reflect.TypeFor[model.Date](), reflect.TypeFor[model.Duration]():
		return true
	}
	f, ok := t.FieldByName("Text")
	return ok && f.Anonymous
}

// A written place is one in a file: the mapping that holds its key, and where in it.
type written struct {
	file   string
	parent *yaml.Node // a mapping
	index  int        // of the key in its content
	doc    *document
}

func (w written) value() *yaml.Node { return w.parent.Content[w.index+1] }

// A document is a file of the content, as nodes.
type document struct {
	root yaml.Node
	body []byte // of a Markdown file, from its second fence on
}

func parseDocument(t *testing.T, data []byte, markdown bool) *document {
	t.Helper()
	d := &document{}
	front := data
	if markdown {
		rest := data[len("---\n"):]
		i := bytes.Index(rest, []byte("\n---"))
		front, d.body = rest[:i+1], rest[i+1:]
	}
	if err := yaml.Unmarshal(front, &d.root); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *document) bytes(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if d.body != nil {
		b.WriteString("---\n")
	}
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(&d.root); err != nil {
		t.Fatal(err)
	}
	b.Write(d.body)
	return b.Bytes()
}

// find gives a place as it is written in the content: in the exemplar of its kind, else in the first record that has it.
func find(t *testing.T, files map[string][]byte, p place) (written, bool) {
	t.Helper()
	names := make([]string, 0, len(files))
	for name := range files {
		if ok, _ := path.Match(p.kind.files, name); ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if i := slices.Index(names, p.kind.exemplar); i >= 0 {
		names = append([]string{p.kind.exemplar}, slices.Delete(names, i, i+1)...)
	}
	var first written
	found := false
	for _, name := range names {
		doc := parseDocument(t, files[name], p.kind.markdown)
		for _, r := range recordsIn(doc.root.Content[0], p.kind) {
			parent, index, ok := findBelow(r.node, p.keys)
			if !ok {
				continue
			}
			w := written{file: name, parent: parent, index: index, doc: doc}
			if r.id == p.kind.exemplar || name == p.kind.exemplar {
				return w, true
			}
			if !found {
				first, found = w, true
			}
		}
	}
	return first, found
}

type recordNode struct {
	id   string
	node *yaml.Node
}

func recordsIn(root *yaml.Node, k kind) []recordNode {
	var all []recordNode
	switch {
	case k.below != "":
		i := keyIndex(root, k.below)
		if i < 0 {
			return nil
		}
		below := root.Content[i+1]
		for i := 0; i+1 < len(below.Content); i += 2 {
			all = append(all, recordNode{below.Content[i].Value, below.Content[i+1]})
		}
	case k.list:
		for _, item := range root.Content {
			id := ""
			if i := keyIndex(item, "id"); i >= 0 {
				id = item.Content[i+1].Value
			}
			all = append(all, recordNode{id, item})
		}
	default:
		all = append(all, recordNode{"", root})
	}
	return all
}

func keyIndex(m *yaml.Node, key string) int {
	if m.Kind != yaml.MappingNode {
		return -1
	}
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == key {
			return i
		}
	}
	return -1
}

// findBelow follows keys from a node. Of several items or entries the first one that leads there is taken.
func findBelow(n *yaml.Node, keys []string) (*yaml.Node, int, bool) {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value != keys[0] && keys[0] != anyID {
				continue
			}
			if len(keys) == 1 {
				return n, i, true
			}
			if parent, index, ok := findBelow(n.Content[i+1], keys[1:]); ok {
				return parent, index, true
			}
		}
	case yaml.SequenceNode:
		for _, item := range n.Content {
			if parent, index, ok := findBelow(item, keys); ok {
				return parent, index, true
			}
		}
	}
	return nil, 0, false
}

// mutations gives what can be done to a field, in order: the name, and the change of its value (nil takes the key away).
func mutations(p place) []mutation {
	t := p.typ
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	all := []mutation{{"remove", nil}, {"type", wrongType(t)}, {"empty", func(*yaml.Node) *yaml.Node { return node(`""`) }}}
	item, listed := t, t.Kind() == reflect.Slice
	if listed {
		item = t.Elem()
		all[2].change = func(*yaml.Node) *yaml.Node { return node("") }
	}
	for item.Kind() == reflect.Pointer {
		item = item.Elem()
	}
	in := func(value string) func(*yaml.Node) *yaml.Node {
		return func(old *yaml.Node) *yaml.Node {
			if old.Kind == yaml.SequenceNode && len(old.Content) > 0 {
				changed := *old
				changed.Content = append([]*yaml.Node{node(value)}, old.Content[1:]...)
				return &changed
			}
			return node(value)
		}
	}
	switch {
	case p.one != "" || p.form != "":
		all = append(all, mutation{"unknown", in(`"no such word"`)})
	case item.Name() == "Citation":
		all = append(all, mutation{"unknown", in("policy:no-such-record")})
	case item != reflect.TypeFor[model.Text]() && item.Kind() == reflect.Struct && isReferenceType(item):
		all = append(all, mutation{"unknown", in("no-such-record")})
	}
	switch item {
	case reflect.TypeFor[model.Date]():
		all = append(all, mutation{"early", in("1990-01-01")}, mutation{"late", in("2099-12-31")})
	case reflect.TypeFor[model.Duration]():
		all = append(all, mutation{"short", in("1d")}, mutation{"long", in("90y")})
	case reflect.TypeFor[model.Number]():
		all = append(all, mutation{"small", in("0")}, mutation{"large", in("900000")})
	case reflect.TypeFor[model.Flag]():
		all = append(all, mutation{"flip", func(old *yaml.Node) *yaml.Node {
			return node(map[string]string{"true": "false", "false": "true"}[old.Value])
		}})
	}
	return all
}

func isReferenceType(t reflect.Type) bool {
	f, ok := t.FieldByName("Text")
	return ok && f.Anonymous
}

type mutation struct {
	name   string
	change func(*yaml.Node) *yaml.Node
}

// wrongType gives a value of another shape than the field takes.
func wrongType(t reflect.Type) func(*yaml.Node) *yaml.Node {
	switch {
	case t.Kind() == reflect.Struct && !isScalar(t):
		return func(*yaml.Node) *yaml.Node { return node("[1, 2]") }
	case t.Kind() == reflect.Slice && structBelow(t) != nil:
		return func(*yaml.Node) *yaml.Node { return node("[[1]]") }
	}
	return func(*yaml.Node) *yaml.Node { return node("{mutant: true}") }
}

func node(text string) *yaml.Node {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		panic(err)
	}
	if len(doc.Content) == 0 {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null"}
	}
	n := *doc.Content[0]
	n.Line, n.Column = 0, 0
	return &n
}

// starterFiles gives the starter as it lies in a site folder.
func starterFiles(t testing.TB) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(content.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := content.Files.ReadFile(name)
		files["content/"+name] = data
		return err
	})
	if err != nil {
		t.Fatal(fmt.Errorf("read the starter: %w", err))
	}
	return files
}

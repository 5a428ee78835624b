package schema_test

import (
	"fmt"
	"math/rand/v2"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"

	"candor/generator/model"
	"candor/generator/parse"

	"gopkg.in/yaml.v3"
)

// A spot is a place in a document where a value stands, or keys do.
type spot struct {
	node  *yaml.Node
	field parse.Field // what may be written there
	item  bool        // the node is an item of the field's list
}

func (s spot) String() string {
	name := s.field.Struct.Name() + "." + s.field.Name
	if s.item {
		return "an item of " + name
	}
	return name
}

// A writer writes documents that have everything that a shape allows, or some of it.
type writer struct {
	rand  *rand.Rand // nil for everything, plainly
	spots []spot
}

func (w *writer) chance() bool { return w.rand == nil || w.rand.IntN(3) > 0 }

// pick gives one of several ways to write the same, the first where nothing is left to chance.
func (w *writer) pick(ways ...string) *yaml.Node {
	text := ways[0]
	if w.rand != nil {
		text = ways[w.rand.IntN(len(ways))]
	}
	return snippet(text)
}

func snippet(text string) *yaml.Node {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		panic(fmt.Sprintf("%v in %q", err, text))
	}
	return doc.Content[0]
}

func (w *writer) value(f parse.Field, item bool) *yaml.Node {
	t := f.Type
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	var n *yaml.Node
	switch {
	case t.Kind() == reflect.Slice && f.Keyed:
		record := f
		record.Type, record.Keyed, record.Struct = t.Elem(), false, nil
		n = &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{snippet("a-1"), w.value(record, true)}}
	case t.Kind() == reflect.Slice:
		n = w.list(f, t)
	case scalarKind(t) != "":
		n = w.scalar(f, scalarKind(t))
	default:
		n = w.mapping(f, t)
	}
	if f.Struct != nil {
		w.spots = append(w.spots, spot{n, f, item})
	}
	return n
}

func (w *writer) list(f parse.Field, t reflect.Type) *yaml.Node {
	item := f.Item()
	one := w.value(item, true)
	if f.OrOne && w.rand != nil && one.Kind == yaml.ScalarNode && w.chance() {
		return one
	}
	list := &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{one}}
	elem := t.Elem()
	for elem.Kind() == reflect.Pointer {
		elem = elem.Elem()
	}
	if elem == reflect.TypeFor[model.Step]() { // one that stands for a stage that is absent
		list.Content = append(list.Content, snippet("{stage: output, none: nothing comes out}"))
	}
	return list
}

func (w *writer) mapping(f parse.Field, t reflect.Type) *yaml.Node {
	plan := parse.PlanOf(t)
	if plan.Value != nil {
		return w.value(*plan.Value, false)
	}
	if plan.Short != nil && w.rand != nil && w.chance() {
		return w.value(*plan.Short, false)
	}
	n := &yaml.Node{Kind: yaml.MappingNode}
	for _, known := range plan.Fields {
		if known.Key != "none" && (known.Need || known.NeedAfter || w.chance()) {
			n.Content = append(n.Content, snippet(known.Key), w.value(known, false))
		}
	}
	if len(n.Content) == 0 {
		return snippet("{}")
	}
	return n
}

// scalarKind names what is written as a single value; "" for what is not.
func scalarKind(t reflect.Type) string {
	switch t {
	case reflect.TypeFor[model.Date](), reflect.TypeFor[model.Duration](), reflect.TypeFor[model.Flag](), reflect.TypeFor[model.Number](), reflect.TypeFor[model.Text](),
		reflect.TypeFor[model.Citation]():
		return t.Name()
	case reflect.TypeFor[model.StepRef](), reflect.TypeFor[model.LogStore]():
		return "Text"
	}
	if t.Kind() != reflect.Struct {
		return ""
	}
	if text, ok := t.FieldByName("Text"); ok && text.Anonymous {
		return "Ref"
	}
	return ""
}

func (w *writer) scalar(f parse.Field, kind string) *yaml.Node {
	switch {
	case kind == "Date":
		return w.pick("2026-03-05", `"2024-02-29"`, "9999-12-31")
	case kind == "Duration":
		return w.pick("30d", "12m", `"1y"`, "0d", "99999d")
	case kind == "Flag":
		return w.pick("true", "false", `"true"`)
	case kind == "Number":
		return w.pick("72", "0", "1000000", `"72"`, "007")
	case kind == "Ref":
		return w.pick("a-1", "gpt-4.1", "42", `"4.1"`, "customer.content.prompt")
	case kind == "Citation":
		return w.pick("policy:access-control", `"subprocessor:openai"`, "answer:mfa")
	case isRuleID(f):
		return w.pick("SUB01", "FLW03")
	case f.Words != nil:
		return w.pick(f.Words...)
	case f.Form == "url":
		return w.pick("https://example.com/page?a=b#c", "HTTP://example.com", "|\n https://example.com:8080", "https://example.com/@b")
	case f.Form == "contact":
		return w.pick("security@example.com", "https://example.com/contact", "|\n a.b+c@d.example.org")
	case f.Form == "country":
		return w.pick("US", "EU", "NO")
	case f.Form == "color":
		return w.pick(`"#1f6f5c"`, `'#FFFFFF'`)
	case f.Form == "font":
		return w.pick(`sans-serif`, `'Inter, "Helvetica Neue", sans-serif'`, `-apple-system, Source Sans, system-ui`)
	case f.Form == "radius":
		return w.pick(`0`, `8`, `16px`, `.5rem`)
	case f.Form == "path":
		return w.pick("brand/logo.svg", "a b/c..d", "a/..b/...")
	case f.IDs != "":
		return w.pick("a-1", "b", "2026")
	}
	return w.pick("a text", "1.20", "42", "2026-03-05", "yes", `"true"`, "|\n Two\n lines.", ">-\n folded\n text", "Zürich 日本", "'<b>'", ".5", "0x1F")
}

func isRuleID(f parse.Field) bool {
	return f.Struct == reflect.TypeFor[model.Exception]() && f.Key == "rule"
}

// A twin holds what the build says of a document against what its schema says.
type twin struct {
	shape parse.Shape
	file  string
	valid func(any) error
}

func twins(t *testing.T) []twin {
	var all []twin
	compiled := schemas(t)
	for _, shape := range parse.Shapes() {
		all = append(all, twin{shape, path.Join(parse.Folder, strings.Replace(shape.Files, "*", "x", 1)), compiled[shape.Name].Validate})
	}
	size := func(d twin) int { w := &writer{}; d.document(w); return len(w.spots) }
	slices.SortStableFunc(all, func(a, b twin) int { return size(a) - size(b) }) // what many have in common is tried where it takes least time
	return all
}

// document writes a whole document, as any other value is written.
func (d twin) document(w *writer) *yaml.Node { return w.value(d.shape.Root, false) }

// compare gives what the build refuses a document for, and why its schema does.
func (d twin) compare(t *testing.T, root *yaml.Node) (build []string, text string, schema error) {
	t.Helper()
	data, err := yaml.Marshal(root)
	if err != nil {
		t.Fatal(err)
	}
	text = string(data)
	schema = d.valid(values(t, text))
	file := text
	if d.shape.FrontMatter {
		file = "---\n" + text + "---\nText.\n"
	}
	return refused(t, d.file, file), text, schema
}

// TestWhatIsReadIsValid writes each kind of file in many ways that the build reads: its schema has no word against any of them.
func TestWhatIsReadIsValid(t *testing.T) {
	for _, d := range twins(t) {
		for seed := range 60 {
			w := &writer{rand: rand.New(rand.NewPCG(1, uint64(seed)))}
			if seed == 0 {
				w.rand = nil
			}
			build, text, schema := d.compare(t, d.document(w))
			if build != nil {
				t.Fatalf("%s: the test writes what is not read: %q\n%s", d.shape.Name, build, text)
			}
			if schema != nil {
				t.Fatalf("%s: %v\n%s", d.shape.Name, schema, text)
			}
		}
	}
}

// attempts are values of every kind, right in some place and wrong in the others.
var attempts = []string{
	`~`, `""`, `" "`, `x`, `a text`, `" x "`, `true`, `"true"`, `True`, `false`, `yes`, `42`, `"42"`, `-1`, `"-1"`, `0`, `1.5`, `72.0`, `1e3`, `0x10`, `007`, `+7`, `"+7"`, `1_000`,
	`1000000`, `1000001`, `"1000001"`, `2026-03-05`, `"2026-03-05"`, `2026-02-30`, `2026-02-29`, `2024-02-29`, `2026-04-31`, `2026-13-01`, `1969-12-31`, `2026-3-5`, `26-03-05`,
	`2026-03-05T00:00:00Z`, `30d`, `12m`, `1y`, `30 d`, `30w`, `"30"`, `99999d`, `123456d`, `1.5y`, `-1d`, `[]`, `{}`, `[x]`, `[[x]]`, `[~]`, `[{}]`, `{x: y}`, `[{x: y}]`, `!!binary aGk=`, `!mine x`,
	`https://example.com`, `http://example.com/a?b=c#d`, `HTTPS://EXAMPLE.com`, `https://`, `https:///path`, `ftp://example.com`, `//example.com`, `example.com`, `mailto:a@b.example`,
	`javascript:alert(1)`, `https://user:pw@example.com`, `https://example.com/a@b`, `https://example.com/a b`, `https://example.com/"x"`, `https://exa mple.com`, `https://example.com/a\b`, "|\n https://example.com",
	`https://example.com:port`, `https://example.com/%zz`, `https://[::1]/`, `https://example.com?q`, `a@b.example`, `a b@c.example`, `a@b`, `a@b.`, `a@@b.example`, `<a@b.example>`,
	`US`, `EU`, `UK`, `us`, `USA`, `XX`, `"#1f6f5c"`, `"#fff"`, `1f6f5c`, `"#1f6f5g"`, `Inter, serif`, `Inter`, `url(x), serif`, `8px`, `16.5`, `1rem`, `brand/logo.svg`, `/brand/logo.svg`, `../x`, `a/../b`, `a//b`, `./a`, `a/.`, `.`, `..`, `"..."`, `..a`, `.a`, `a/..b`, `a/...`,
	`a\b`, `a/`, `my logo.svg`, `a/.b/c`, `access-control`, `Access-Control`, `a--b`, `-a`, `a-`, `a.b`, `a_b`, `gpt-4.1`, `über`, `a b`, `policy:access-control`, `"policy:"`, `person:ada`, `"policy: a"`, `policy:A`,
	`data class:x`, `SUB01`, `sub01`, `SUB99`, `EXC01`, `none`, `None`, "\"a\u200bb\"", `"a\u0007b"`, "|\n two\n lines",
	strings.Repeat("a", 80), strings.Repeat("a", 81), strings.Repeat("ü", 500), strings.Repeat("a", 501), strings.Repeat("a", 2000), strings.Repeat("a", 2001), strings.Repeat("a", 20000), strings.Repeat("a", 20001),
}

// shortList is what is tried in every field, even when others are alike.
var shortList = []string{`~`, `x`, `42`, `[]`, `{}`, `[[x]]`}

// alike names fields in which the same may be written.
func alike(s spot) string {
	t := s.field.Type
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	kind := scalarKind(t)
	if t.Kind() == reflect.Slice {
		kind = "list of " + scalarKind(t.Elem())
	}
	return fmt.Sprint(s.item, kind, s.field.Words != nil, s.field.Form, s.field.IDs, s.field.Max, s.field.OrOne, isRuleID(s.field))
}

// excuse says why the build and a schema may differ about a value: "" for no reason.
func excuse(s spot, attempt string, schemaRefuses bool) string {
	n := snippet(attempt)
	kind := scalarKind(s.field.Type)
	if s.item || s.field.Type.Kind() == reflect.Slice {
		elem := s.field.Type
		for elem.Kind() == reflect.Slice || elem.Kind() == reflect.Pointer {
			elem = elem.Elem()
		}
		kind = scalarKind(elem)
	}
	named := kind == "Ref" || kind == "Citation" || isRuleID(s.field)
	switch {
	case schemaRefuses && named && (n.Kind == yaml.ScalarNode || n.Kind == yaml.SequenceNode && len(n.Content) == 1 && n.Content[0].Kind == yaml.ScalarNode):
		return "nothing can have that name; link or a rule says so"
	case schemaRefuses && strings.TrimSpace(n.Value) != n.Value:
		return "blanks around a word or an id are the editor's to report"
	case schemaRefuses && attempt == "!!binary aGk=":
		return "a schema sees the text"
	case !schemaRefuses && (strings.HasPrefix(attempt, "!") || strings.Contains(attempt, "\u200b") || strings.Contains(attempt, `\u0007`)):
		return "a schema sees neither tags nor what is invisible"
	case !schemaRefuses && kind == "Flag" && attempt == "True":
		return "a schema sees a value, not how it is spelled"
	case !schemaRefuses && s.field.IDs == "page" && (attempt == "72.0" || attempt == "+7"), !schemaRefuses && kind == "Number" && (attempt == "72.0" || attempt == "1e3" || attempt == "0x10"):
		return "a schema sees a number, not how it is spelled"
	case !schemaRefuses && s.field.Form == "radius" && (attempt == "0x10" || attempt == "007" || attempt == "+7"):
		return "a schema sees a number, not how it is spelled"
	case !schemaRefuses && (s.field.Form == "url" || s.field.Form == "contact") && (attempt == "https://example.com:port" || attempt == "https://example.com/%zz"):
		return "the inside of an address is beyond a pattern"
	}
	return ""
}

// TestSameJudgment puts every attempt into every place of every kind of file: the build and the schema refuse the same.
func TestSameJudgment(t *testing.T) {
	judged, excused, seen := 0, map[string]int{}, map[string]bool{}
	for _, d := range twins(t) {
		w := &writer{}
		root := d.document(w)
		for _, s := range w.spots {
			if seen[s.String()] {
				continue // the same field in another kind of file
			}
			seen[s.String()] = true
			before := *s.node
			tries := slices.Concat(shortList, s.field.Words)
			if s.field.Words != nil {
				tries = append(tries, fmt.Sprintf("%q", " "+s.field.Words[0]+" "))
			}
			if like := alike(s); !seen[like] {
				seen[like] = true
				tries = append(tries, attempts...)
			}
			for _, attempt := range tries {
				*s.node = *snippet(attempt)
				build, _, schema := d.compare(t, root)
				judged++
				if (build != nil) == (schema != nil) {
					continue
				}
				if why := excuse(s, attempt, schema != nil); why != "" {
					excused[why]++
					continue
				}
				t.Errorf("%s: %s with %.60q: the build says %q, the schema %v", d.shape.Name, s, attempt, build, schema)
			}
			*s.node = before
		}
	}
	if judged < 3000 {
		t.Errorf("only %d values were judged", judged)
	}
	t.Logf("%d values judged, %v", judged, excused)
}

// TestBeyondASchema lists what the build refuses and no schema can: what an editor shows of it comes from elsewhere, or not at all.
func TestBeyondASchema(t *testing.T) {
	all := schemas(t)
	for _, c := range []struct{ name, text, why string }{
		{"content/evidence.yaml", "evidence:\n  a: {title: A}\n  a: {title: B}\n", "a key written twice, which editors report as bad YAML"},
		{"content/site.yaml", "company: {name: C}\nbase_url: https://c.example\ncontacts: {security: s@c.example}\nboundaries: {customer: {title: C}}\n", "a boundary of the customer's own"},
		{"content/evidence.yaml", "evidence:\n  a: {title: A}\n---\nevidence: {}\n", "a second document"},
	} {
		shape, _ := parse.ShapeOf(c.name)
		if build := refused(t, c.name, c.text); build == nil {
			t.Errorf("the build reads %s", c.why)
		}
		if err := all[shape.Name].Validate(values(t, c.text)); err != nil {
			t.Errorf("a schema refuses %s after all: %v", c.why, err)
		}
	}
}

// TestSameJudgmentOfKeys adds an unknown key to every mapping, takes away every key that is needed, and makes every list too long: the build
// and the schema refuse each.
func TestSameJudgmentOfKeys(t *testing.T) {
	judged := map[string]int{}
	for _, d := range twins(t) {
		w := &writer{}
		root := d.document(w)
		refuse := func(what, where string) {
			t.Helper()
			judged[what]++
			if build, _, schema := d.compare(t, root); build == nil || schema == nil {
				t.Errorf("%s: %s in %s: the build says %q, the schema %v", d.shape.Name, what, where, build, schema)
			}
		}
		d.eachMapping(root, func(n *yaml.Node, typ reflect.Type) {
			before := n.Content
			n.Content = append(before[:len(before):len(before)], snippet("unheard_of"), snippet("x"))
			refuse("an unknown key", typ.Name())
			n.Content = append(before[:len(before):len(before)], snippet("<<"), snippet("{title: x}"))
			refuse("a merge key", typ.Name())
			for i := 0; i < len(before); i += 2 {
				for _, f := range parse.PlanOf(typ).Fields {
					if f.Key == before[i].Value && (f.Need || f.NeedAfter) && before[len(before)-2].Value != "none" {
						n.Content = append(before[:i:i], before[i+2:]...)
						refuse("a missing key", typ.Name()+"."+f.Name)
					}
				}
			}
			n.Content = before
		})
		for _, s := range w.spots {
			before := s.node.Content
			switch {
			case s.field.Keyed && s.field.IDs != "":
				for _, id := range []string{"Bad_Id", "a b", "-a", strings.Repeat("a", 81)} {
					s.node.Content = append([]*yaml.Node{snippet(id)}, before[1:]...)
					refuse("an id that is none", s.String())
				}
			case s.node.Kind == yaml.SequenceNode:
				for range s.field.Most(parse.MaxItems) {
					s.node.Content = append(s.node.Content, before[0])
				}
				if len(before) == 1 || s.field.Max > 0 {
					refuse("too many items", s.String())
				}
			}
			s.node.Content = before
		}
	}
	for what, least := range map[string]int{"an unknown key": 60, "a missing key": 60, "an id that is none": 30, "too many items": 50} {
		if judged[what] < least {
			t.Errorf("%s was tried %d times only", what, judged[what])
		}
	}
}

// eachMapping visits the mappings of a document that are read into a struct.
func (d twin) eachMapping(root *yaml.Node, visit func(*yaml.Node, reflect.Type)) {
	var walk func(n *yaml.Node, t reflect.Type, keyed bool)
	walk = func(n *yaml.Node, t reflect.Type, keyed bool) {
		for t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		switch {
		case n.Kind == yaml.SequenceNode && t.Kind() == reflect.Slice:
			for _, item := range n.Content {
				walk(item, t.Elem(), false)
			}
		case n.Kind == yaml.MappingNode && keyed:
			walk(n.Content[1], t.Elem(), false)
		case n.Kind == yaml.MappingNode:
			visit(n, t)
			for i := 0; i < len(n.Content); i += 2 {
				for _, f := range parse.PlanOf(t).Fields {
					if f.Key == n.Content[i].Value {
						walk(n.Content[i+1], f.Type, f.Keyed)
					}
				}
			}
		}
	}
	walk(root, d.shape.Root.Type, false)
}

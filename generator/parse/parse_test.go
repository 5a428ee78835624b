package parse_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"candor/content"
	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"
)

func read(t testing.TB, files fstest.MapFS) (*model.Draft, *diag.List) {
	t.Helper()
	tree, err := source.Read(files, parse.Folder)
	if err != nil {
		t.Fatal(err)
	}
	diags := &diag.List{}
	return parse.Tree(tree, diags), diags
}

// TestPlaces reads texts in every notation that YAML has and holds each value against the bytes at its place.
func TestPlaces(t *testing.T) {
	draft, diags := read(t, fstest.MapFS{"content/subprocessors/openai.yaml": {Data: []byte(`name: "Open\"AI"
legal_entity: 'Open''AI OpCo, LLC'
category: llm-api
status:   active   # now
purpose: |
  Line one.
  Line two.

summary: words that
  go on
effective_on: 2026-03-05
data_subjects: [end users, "staff"]
contact: >-
  https://openai.com
`)}})
	for _, f := range diags.Findings() {
		if f.At.File.Path != "content/site.yaml" {
			t.Errorf("%s: %s", diag.Place(f.At), f.Message)
		}
	}
	v := draft.Subprocessors[0]
	for _, c := range []struct {
		text        model.Text
		value, span string
	}{
		{v.Title, `Open"AI`, `Open\"AI`},
		{v.LegalEntity, `Open'AI OpCo, LLC`, `Open''AI OpCo, LLC`},
		{v.Status, "active", "active"},
		{v.Purpose, "Line one.\nLine two.", "|\n  Line one.\n  Line two."},
		{v.Summary, "words that go on", "words that\n  go on"},
		{v.DataSubjects[1], "staff", "staff"},
		{v.Contact, "https://openai.com", ">-\n  https://openai.com"},
	} {
		if c.text.Value != c.value || c.text.At.Text() != c.span {
			t.Errorf("value %q at %q, want %q at %q", c.text.Value, c.text.At.Text(), c.value, c.span)
		}
	}
	if v.EffectiveOn.Day.String() != "2026-03-05" || v.EffectiveOn.At.Text() != "2026-03-05" {
		t.Errorf("date %s at %q", v.EffectiveOn.Day, v.EffectiveOn.At.Text())
	}
}

// TestBodyPlaces holds what is found in Markdown to its place in the file, below front matter and inside YAML.
func TestBodyPlaces(t *testing.T) {
	draft, _ := read(t, fstest.MapFS{
		"content/policies/a.md":      {Data: []byte("---\r\ntitle: A\r\n---\r\nSee [this](../missing.md).\r\n")},
		"content/answers/topic.yaml": {Data: []byte("- id: a\n  question: Q\n  verdict: \"yes\"\n  answer: |\n    First.\n\n    See [that](/nowhere/).\n")},
	})
	body := draft.Policies[0].Body
	l := body.Outline.Links[0]
	if at := body.At(l.Start, l.End); at.Text() != "../missing.md" || at.Position().Line != 4 {
		t.Errorf("%q at %s", at.Text(), diag.Place(at))
	}
	body = draft.Topics[0].Answers[0].Body
	l = body.Outline.Links[0]
	if at := body.At(l.Start, l.End); at.Text() != "/nowhere/" || at.Position().Line != 7 {
		t.Errorf("%q at %s", at.Text(), diag.Place(at))
	}
}

// TestPlansCoverTheModel walks every type that an author's file is read into: each field can be read, and its tags are words of the format.
func TestPlansCoverTheModel(t *testing.T) {
	forms := map[string]bool{"": true, "url": true, "contact": true, "country": true, "color": true, "path": true, "font": true, "radius": true}
	seen := map[reflect.Type]bool{}
	fields := 0
	var walk func(typ reflect.Type)
	walk = func(typ reflect.Type) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || seen[typ] || !strings.HasSuffix(typ.PkgPath(), "/model") {
			return
		}
		seen[typ] = true
		for i := range typ.NumField() {
			f := typ.Field(i)
			tag, tagged := f.Tag.Lookup("yaml")
			if !tagged || tag == "-" {
				continue
			}
			fields++
			if !forms[f.Tag.Get("form")] {
				t.Errorf("%s.%s: no form %q", typ, f.Name, f.Tag.Get("form"))
			}
			if ids := f.Tag.Get("ids"); ids != "" && ids != "page" && ids != "name" {
				t.Errorf("%s.%s: no kind of ids %q", typ, f.Name, ids)
			}
			if need, ok := f.Tag.Lookup("need"); ok && need != "" && need != "link" {
				t.Errorf("%s.%s: nobody reports a need of %q", typ, f.Name, need)
			}
			if word := f.Tag.Get("default"); word != "" && !slices.Contains(strings.Split(f.Tag.Get("one"), "|"), word) {
				t.Errorf("%s.%s: %q is none of its words", typ, f.Name, word)
			}
			walk(f.Type)
		}
	}
	for _, shape := range parse.Shapes() {
		walk(shape.Root.Type)
	}
	if fields < 200 {
		t.Errorf("only %d fields found", fields)
	}
}

// FuzzYAML holds the reader of each kind to come to an end and to name places inside the file, whatever the file says.
func FuzzYAML(f *testing.F) {
	for _, seed := range []string{"name: OpenAI\ncategory: llm-api\n", "- id: a\n  answer: |\n    x\n", "a: &a [*a]\n", "steps:\n  - {id: a, in: b}\n", "\t", "---\n---\n", "{",
		"? [a]\n: b\n", "a: !!binary aGk=\n", "a: 'x\n\n  y'\n", "%YAML 9\n---\n", "classes:\n  a.b: {title: x, level: public}\n", "\"\\ud800\": x", "models: {a: {version: >-\n x}}"} {
		for kind := range 8 {
			f.Add(seed, kind)
		}
	}
	names := []string{"site.yaml", "models.yaml", "evidence.yaml", "permalinks.yaml", "subprocessors/a.yaml", "flows/a.yaml", "answers/a.yaml", "policies/a.md"}
	f.Fuzz(func(t *testing.T, text string, kind int) {
		if kind < 0 || kind >= len(names) {
			return
		}
		if strings.HasSuffix(names[kind], ".md") {
			text = "---\n" + text
		}
		done := make(chan *diag.List, 1)
		go func() {
			_, diags := read(t, fstest.MapFS{"content/" + names[kind]: {Data: []byte(text)}})
			done <- diags
		}()
		var diags *diag.List
		select {
		case diags = <-done:
		case <-time.After(5 * time.Second):
			t.Fatalf("no end after 5 seconds: %d bytes", len(text))
		}
		for _, finding := range diags.Findings() {
			at := finding.At
			if at.Start < 0 || at.End < at.Start || at.End > len(at.File.Data) {
				t.Errorf("%s: place %d to %d in a file of %d bytes", finding.Message, at.Start, at.End, len(at.File.Data))
			}
		}
	})
}

// BenchmarkTree reads the starter.
func BenchmarkTree(b *testing.B) {
	tree, err := source.Read(content.Files, ".")
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range tree.Files {
		f.Path = parse.Folder + "/" + f.Path
	}
	for b.Loop() {
		parse.Tree(tree, &diag.List{})
	}
}

// TestMisspeltBesideTheRightKey makes sure that a key that nobody knows does not take the place of the one that it looks like.
func TestMisspeltBesideTheRightKey(t *testing.T) {
	draft, _ := read(t, fstest.MapFS{"content/evidence.yaml": {Data: []byte("evidence:\n  a: {titel: Wrong, title: Right}\n")}})
	if len(draft.Evidence) != 1 || draft.Evidence[0].Title.Value != "Right" {
		t.Errorf("the title is %q", draft.Evidence[0].Title.Value)
	}
}

package theme

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
)

func files(pairs ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return m
}

const frame = `<!doctype html><title>{{.Title}}</title>{{template "main" .}}`

type view struct {
	Title string
	List  []item
	One   *item
	Count int
}

type item struct{ Name, Address string }

func (item) Shout() string { return "!" }

func load(t *testing.T, o Options, layers ...fstest.MapFS) *Theme {
	t.Helper()
	th, err := loadErr(o, layers...)
	if err != nil {
		t.Fatal(err)
	}
	return th
}

func loadErr(o Options, layers ...fstest.MapFS) (*Theme, error) {
	switch len(layers) {
	case 1:
		return Load(o, layers[0])
	default:
		return Load(o, layers[0], layers[1])
	}
}

func execute(t *testing.T, th *Theme, name string, v any) string {
	t.Helper()
	var b bytes.Buffer
	if err := th.Execute(&b, name, v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFirstLayerWins(t *testing.T) {
	base := files("layout/layout.html", frame, "layout/part.html", "default part", "home/page.html", `{{template "part"}}`, "home/page.css", "a{color:red}")
	own := files("layout/part.html", "own part", "home/page.css", "a { color: blue }")
	th := load(t, Options{}, own, base)
	if got := execute(t, th, "home", view{Title: "T"}); !strings.HasSuffix(got, "own part") {
		t.Errorf("the site's own part does not win: %q", got)
	}
	if css := string(th.Files()[0].Data); !strings.Contains(css, "blue") || strings.Contains(css, "red") {
		t.Errorf("the site's own style does not win: %q", css)
	}
}

func TestPagesHaveTheirOwnMain(t *testing.T) {
	th := load(t, Options{}, files("layout/layout.html", frame, "a/page.html", "page a {{template `own`}}", "a/own.html", "of a", "b/page.html", `{{define "main"}}page b{{end}}`,
		"bare/page.html", `{{define "layout"}}bare {{.Title}}{{end}}`))
	for name, want := range map[string]string{"a": "<!doctype html><title>T</title>page a of a", "b": "<!doctype html><title>T</title>page b", "bare": "bare T"} {
		if got := execute(t, th, name, view{Title: "T"}); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := strings.Join(th.Pages(), " "); got != "a b bare" {
		t.Errorf("pages are %q", got)
	}
}

func TestBundles(t *testing.T) {
	th := load(t, Options{Brand: Brand{Accent: "#1f6f5c"}}, files("layout/layout.html", frame, "zoo/page.html", "", "ant/page.html", "",
		"zoo/page.css", ".zoo { margin: 0px }", "ant/page.css", ".ant { margin: 0 }", "layout/base.css", ".base { margin: 0 }", "top.css", ".top { margin: 0 }",
		"layout/base.js", "const shared = 1;\ndocument.title = shared;", "ant/page.js", "const shared = 2;\ndocument.title = shared;",
		"fonts/x.woff2", "font", "README.md", "not part", "theme.go", "package x", ".hidden", "no"))
	var names []string
	contents := map[string]string{}
	for _, f := range th.Files() {
		names = append(names, f.Path)
		contents["/"+f.Path] = string(f.Data)
	}
	if len(names) != 3 || names[0] != "assets/fonts/x.woff2" {
		t.Fatalf("files are %q", names)
	}
	css := contents[th.Stylesheet()]
	at := 0
	for _, want := range []string{".top{", ".base{", ".ant{", ".zoo{", "--brand-accent:#1f6f5c;"} {
		i := strings.Index(css[at:], want)
		if i < 0 {
			t.Fatalf("%q is missing or in the wrong place in %s", want, css)
		}
		at += i
	}
	if js := contents[th.Script()]; strings.Count(js, `(()=>{"use strict";`) != 2 {
		t.Errorf("scripts may meet: %s", js)
	}
	again := load(t, Options{Brand: Brand{Accent: "#000000"}}, files("layout/layout.html", frame, "a/page.html", ""))
	if again.Stylesheet() == th.Stylesheet() || again.Script() != "" {
		t.Errorf("another bundle has address %q, script %q", again.Stylesheet(), again.Script())
	}
}

// TestOwnScripts keeps a script of one page out of the bundle that every page loads.
func TestOwnScripts(t *testing.T) {
	th := load(t, Options{}, files("layout/layout.html", frame, "ant/page.html", "", "layout/base.js", "document.title = 1",
		"ant/b.own.js", "document.title = 3;", "ant/a.own.js", "document.title  =  2;"))
	contents := map[string]string{}
	for _, f := range th.Files() {
		contents["/"+f.Path] = string(f.Data)
	}
	own := th.Scripts("ant")
	if len(own) != 2 || !strings.HasPrefix(own[0], "/assets/ant-a.") || !strings.Contains(contents[own[0]], "document.title=2") || !strings.Contains(contents[own[1]], "document.title=3") {
		t.Errorf("the page has %q of %q", own, contents)
	}
	if strings.Contains(contents[th.Script()], "document.title=2") || th.Scripts("bee") != nil {
		t.Error("another page has it too")
	}
}

func TestLoadNamesFileAndLine(t *testing.T) {
	for _, test := range []struct {
		name, want string
		fs         fstest.MapFS
		o          Options
	}{
		{"no frame", "layout/layout.html is missing", files("a/page.html", ""), Options{}},
		{"no page", "home/page.html is missing", files("layout/layout.html", frame), Options{Pages: []string{"home"}}},
		{"syntax", "theme: a/page.html:2: missing value for if", files("layout/layout.html", frame, "a/page.html", "x\n{{if}}"), Options{}},
		{"unknown function", `theme: layout/part.html:1: function "nope" not defined`, files("layout/layout.html", frame, "layout/part.html", "{{nope}}"), Options{}},
		{"unclosed attribute", "theme: a: html/template:layout: ends in a non-text context", files("layout/layout.html", frame, "a/page.html", "x\n<a href=\"{{.Title}}"), Options{}},
		{"unknown part", "theme: a/page.html:1", files("layout/layout.html", frame, "a/page.html", "{{template `gone`}}"), Options{}},
		{"script", "theme: a/page.js", files("layout/layout.html", frame, "a/page.html", "", "a/page.js", "let x = ;"), Options{}},
		{"import", "theme: a/page.css: @import", files("layout/layout.html", frame, "a/page.html", "", "a/page.css", "@import url(https://fonts.example/x.css);"), Options{}},
		{"accent", `accent "red"`, files("layout/layout.html", frame), Options{Brand: Brand{Accent: "red"}}},
		{"accent that closes the rule", `is no colour`, files("layout/layout.html", frame), Options{Brand: Brand{Accent: "#}a{x:1"}}},
	} {
		if _, err := loadErr(test.o, test.fs); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want one with %q", test.name, err, test.want)
		}
	}
}

func TestExecuteNamesFileAndLine(t *testing.T) {
	th := load(t, Options{}, files("layout/layout.html", frame, "layout/part.html", "\n\n{{.One.Name}}", "a/page.html", "{{template `part` .}}"))
	var b bytes.Buffer
	err := th.Execute(&b, "a", view{})
	if err == nil || !strings.HasPrefix(err.Error(), "theme: layout/part.html:3:") {
		t.Errorf("error is %v", err)
	}
	if err := th.Execute(&b, "nowhere", view{}); err == nil || !strings.Contains(err.Error(), "nowhere/page.html") {
		t.Errorf("error is %v", err)
	}
}

func TestCheckFindsWhatAViewLacks(t *testing.T) {
	for _, test := range []struct{ template, want string }{
		{"{{.Title}} {{len .List}}", ""},
		{"{{range .List}}{{.Name}}{{$.Title}}{{.Shout}}{{end}}", ""},
		{"{{range $i, $x := .List}}{{inc $i}}{{$x.Name}}{{else}}{{.Title}}{{end}}", ""},
		{"{{with .One}}{{.Name}}{{else}}{{.Title}}{{end}}", ""},
		{"{{with $x := .One}}{{$x.Name}}{{end}}{{if and .Title .One}}{{.One.Name}}{{end}}", ""},
		{"{{template `part` .One}}{{(index .List 0).Name}}{{plural .Count `a` `b`}}", ""},
		{"<a href='{{template `attr` .One}}'>{{template `part` .One}}</a>", ""},
		{"{{.Titel}}", "a/page.html:1:2: theme.view has no field .Titel"},
		{"\n{{range .List}}{{.Title}}{{end}}", "a/page.html:2:17: theme.item has no field .Title"},
		{"{{with .One}}{{.Nme}}{{end}}", "has no field .Nme"},
		{"{{if .One}}{{$x := .One}}{{$x.Nme}}{{end}}", "has no field .Nme"},
		{"{{template `part` .Title}}", "layout/part.html:1:2: string has no fields, so no .Name"},
		{"{{(index .List 0).Nme}}", "has no field .Nme"},
		{"{{range .Title}}{{end}}", "range over string"},
		{"{{plural .Cuont `a` `b`}}", "has no field .Cuont"},
		{"{{eq .Title (print .Tilte)}}", "has no field .Tilte"},
		{"{{.Title.Long}}", "string has no fields"},
	} {
		th := load(t, Options{}, files("layout/layout.html", frame, "layout/part.html", "{{.Name}}", "layout/attr.html", "{{.Address}}", "a/page.html", test.template))
		errs := th.Check("a", view{})
		switch {
		case test.want == "" && len(errs) > 0:
			t.Errorf("%s: %v", test.template, errs)
		case test.want != "" && (len(errs) != 1 || !strings.Contains(errs[0].Error(), test.want)):
			t.Errorf("%s: %v, want %q", test.template, errs, test.want)
		}
	}
}

func TestPartThatCallsItself(t *testing.T) {
	type node struct {
		Name     string
		Children []*node
	}
	th := load(t, Options{}, files("layout/layout.html", "{{template `main` .}}", "layout/tree.html", "{{.Name}}{{range .Children}}{{template `tree` .}}{{end}}", "a/page.html", "{{template `tree` .}}"))
	if errs := th.Check("a", node{}); len(errs) > 0 {
		t.Error(errs)
	}
	if got := execute(t, th, "a", node{Name: "a", Children: []*node{{Name: "b"}}}); got != "ab" {
		t.Errorf("%q", got)
	}
}

func TestFuncs(t *testing.T) {
	th := load(t, Options{}, files("layout/layout.html", "{{template `main` .}}", "a/page.html",
		"{{series .}}|{{join . `;`}}|{{plural (len .) `text` `texts`}}|{{plural 1 `text` `texts`}}|{{lower `AB`}}"))
	if got := execute(t, th, "a", []string{"a", "b", "c"}); got != "a, b and c|a;b;c|3 texts|1 text|ab" {
		t.Errorf("%q", got)
	}
	if got := series(nil) + "|" + series([]string{"a"}) + "|" + series([]string{"a", "b"}); got != "|a|a and b" {
		t.Errorf("%q", got)
	}
}

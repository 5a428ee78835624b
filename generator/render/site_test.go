package render_test

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"io/fs"
	"path"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	nethtml "golang.org/x/net/html"

	"candor/content"
	"candor/diagrams"
	"candor/generator/diag"
	"candor/generator/disclosure"
	"candor/generator/export"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/output"
	"candor/generator/page"
	"candor/generator/parse"
	"candor/generator/render"
	"candor/generator/source"
	"candor/generator/theme"
	"candor/themes"
)

// folder gives the starter's site folder as a file system.
func folder(t testing.TB) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(content.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(content.Files, name)
		files[path.Join("content", name)] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func siteOf(t testing.TB, files fs.FS) *model.Site {
	t.Helper()
	tree, err := source.Read(files, parse.Folder)
	if err != nil {
		t.Fatal(err)
	}
	diags := &diag.List{}
	site := link.Draft(parse.Tree(tree, diags), diags)
	for _, f := range diags.Findings() {
		t.Errorf("%s: %s", f.At.Position().Path, f.Message)
	}
	return site
}

func starterDay(t testing.TB) model.Day {
	t.Helper()
	on, err := model.ParseDay(content.Day)
	if err != nil {
		t.Fatal(err)
	}
	return on
}

// defaultLook loads the default theme once: it does not change.
var defaultLook = sync.OnceValues(func() (*theme.Theme, error) {
	var names []string
	for _, one := range page.Templates() {
		names = append(names, one.Name)
	}
	return theme.Load(theme.Options{Pages: names}, themes.Default())
})

func look(t testing.TB) *theme.Theme {
	t.Helper()
	th, err := defaultLook()
	if err != nil {
		t.Fatal(err)
	}
	return th
}

// words draws a picture that holds all words of the graph.
func words(_ context.Context, g diagrams.Graph) (diagrams.Picture, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg role="img" viewBox="0 0 1 1"><title>%s</title><desc>%s</desc>`, html.EscapeString(g.Title), html.EscapeString(g.Desc))
	for _, x := range g.Boundaries {
		fmt.Fprintf(&b, "<text>%s %s</text>", html.EscapeString(x.Title), html.EscapeString(x.Terms))
	}
	for _, x := range g.Steps {
		fmt.Fprintf(&b, `<a href="%s"><text>%s</text></a>`, html.EscapeString(x.Href), html.EscapeString(x.Title))
	}
	for _, x := range g.Links {
		fmt.Fprintf(&b, "<text>%s</text>", html.EscapeString(x.Title))
	}
	b.WriteString("</svg>")
	plate := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg"><title>%s</title><text>%s</text><text>%s</text></svg>`, html.EscapeString(g.Title), html.EscapeString(g.Plate.Heading), html.EscapeString(g.Plate.Source))
	return diagrams.Picture{SVG: b.Bytes(), Plate: []byte(plate)}, nil
}

func nothing(string, []byte) ([]diag.Finding, bool) { return nil, true }

// job gives what renders the whole site into sink.
func job(t testing.TB, files fs.FS, site *model.Site, o page.Options, sink output.Sink) render.Job {
	t.Helper()
	if o.Disclosure == nil {
		o.Disclosure = disclosure.Of(site, starterDay(t), disclosure.Options{BaseURL: o.BaseURL})
	}
	pages := page.Plan(site, starterDay(t), o)
	exports, err := export.All(site, pages, o.Disclosure)
	if err != nil {
		t.Fatal(err)
	}
	return render.Job{Site: site, Files: files, Pages: pages, Exports: func() ([]export.File, error) { return exports, nil }, Theme: look(t), Draw: words, Scan: nothing, Sink: sink, Diags: &diag.List{}}
}

func rendered(t testing.TB, files fs.FS, site *model.Site, o page.Options) *output.Memory {
	t.Helper()
	m := &output.Memory{}
	j := job(t, files, site, o, m)
	if _, err := render.Pages(context.Background(), j); err != nil {
		t.Fatal(err)
	}
	for _, f := range j.Diags.Findings() {
		t.Errorf("%s: %s", f.Rule, f.Message)
	}
	return m
}

// eachFile visits every file of a site in the order of their paths.
func eachFile(m *output.Memory, visit func(path string, data []byte)) {
	for _, f := range m.Set().Files() {
		data, _ := m.Read(f.Path)
		visit(f.Path, data)
	}
}

// eachPage visits every page of a site, parsed.
func eachPage(t testing.TB, m *output.Memory, visit func(path string, root *nethtml.Node)) {
	t.Helper()
	pages := 0
	eachFile(m, func(path string, data []byte) {
		if !strings.HasSuffix(path, ".html") {
			return
		}
		root, err := nethtml.Parse(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		pages++
		visit(path, root)
	})
	if pages == 0 {
		t.Fatal("there is no page")
	}
}

// elements visits every element below n.
func elements(n *nethtml.Node, visit func(*nethtml.Node)) {
	for c := range n.Descendants() {
		if c.Type == nethtml.ElementNode {
			visit(c)
		}
	}
}

func attr(n *nethtml.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// textOf gives the text of a page without what is not shown.
func textOf(n *nethtml.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == nethtml.TextNode && c.Parent.Data != "script" && c.Parent.Data != "style" {
			b.WriteString(c.Data)
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

package render_test

import (
	"context"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"

	nethtml "golang.org/x/net/html"

	"candor/generator/output"
	"candor/generator/page"
	"candor/generator/render"
	"candor/generator/theme"
	"candor/themes"
)

// handbookLook loads the theme handbook over the default one.
func handbookLook(t *testing.T) *theme.Theme {
	t.Helper()
	var names []string
	for _, one := range page.Templates() {
		names = append(names, one.Name)
	}
	own, err := fs.Sub(themes.BuiltIn(), "handbook")
	if err != nil {
		t.Fatal(err)
	}
	th, err := theme.Load(theme.Options{Pages: names}, own, themes.Default())
	if err != nil {
		t.Fatal(err)
	}
	return th
}

// TestPrintIsOneDocument holds the whole trust center on one page to being a document: every link inside leads somewhere inside, no id is there twice, and no
// heading is more than one level below the one before it; in each theme, and below a base path.
func TestPrintIsOneDocument(t *testing.T) {
	files := folder(t)
	site := siteOf(t, files)
	for _, th := range []*theme.Theme{look(t), handbookLook(t)} {
		for _, base := range []string{"", "https://www.example.com/trust"} {
			m := &output.Memory{}
			j := job(t, files, site, page.Options{BaseURL: base}, m)
			j.Theme = th
			done, err := render.Pages(context.Background(), j)
			if err != nil {
				t.Fatal(err)
			}
			if flows := len(site.Flows); done.Diagrams != flows {
				t.Errorf("%d diagrams were drawn for %d flows", done.Diagrams, flows)
			}
			data, _ := m.Read("print/index.html")
			root, err := nethtml.Parse(strings.NewReader(string(data)))
			if err != nil {
				t.Fatal(err)
			}
			document(t, root)
			for _, inside := range []string{`href="#answers_` + site.Answers()[0].ID.Value + `"`, `href="#subprocessors_vendor-` + site.Subprocessors[0].ID.Value + `"`} {
				if !strings.Contains(string(data), inside) {
					t.Errorf("with base %q there is no %s", base, inside)
				}
			}
			_, main, _ := strings.Cut(string(data), "<main")
			main, _, _ = strings.Cut(main, "</main>")
			if i := strings.Index(main, "/answers/"); i >= 0 {
				t.Errorf("with base %q a link leads out of the document: ...%s", base, main[max(0, i-100):i+20])
			}
		}
	}
}

// document holds a page to links, ids and headings of one document.
func document(t *testing.T, root *nethtml.Node) {
	t.Helper()
	ids := map[string]bool{}
	level, headings, links := 0, 0, 0
	elements(root, func(n *nethtml.Node) {
		if id, ok := attr(n, "id"); ok {
			if ids[id] {
				t.Errorf("two elements have the id %q", id)
			}
			ids[id] = true
		}
		if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
			now := int(n.Data[1] - '0')
			if headings++; now > level+1 {
				t.Errorf("%q jumps from level %d to %d", textOf(n), level, now)
			}
			level = now
		}
	})
	elements(root, func(n *nethtml.Node) {
		for _, key := range []string{"href", "xlink:href"} {
			dest, _ := attr(n, key)
			if id, inside := strings.CutPrefix(dest, "#"); inside {
				if links++; !ids[id] {
					t.Errorf("%s leads to #%s, which is nowhere", n.Data, id)
				}
			}
		}
	})
	if headings < 100 || links < 100 {
		t.Errorf("only %d headings and %d links were looked at", headings, links)
	}
}

// ordered is a sink that notes in which order it got its files.
type ordered struct {
	output.Memory
	mu    sync.Mutex
	paths []string
}

func (o *ordered) Put(path string, data []byte) error {
	o.mu.Lock()
	o.paths = append(o.paths, path)
	o.mu.Unlock()
	return o.Memory.Put(path, data)
}

// TestTheBookComesLast has it made after every other page where somebody waits, and not at all once the job was called off.
func TestTheBookComesLast(t *testing.T) {
	files := folder(t)
	site := siteOf(t, files)
	sink := &ordered{}
	j := job(t, files, site, page.Options{}, sink)
	j.Early = func() {}
	if _, err := render.Pages(context.Background(), j); err != nil {
		t.Fatal(err)
	}
	pages := slices.DeleteFunc(sink.paths, func(path string) bool { return !strings.HasSuffix(path, ".html") })
	if last := pages[len(pages)-1]; last != "print/index.html" {
		t.Errorf("of %d pages the last is %q", len(pages), last)
	}

	stopped, stop := context.WithCancel(context.Background())
	stop()
	sink = &ordered{}
	j = job(t, files, site, page.Options{}, sink)
	j.Early, j.First = func() {}, []string{"print/index.html"}
	if _, err := render.Pages(stopped, j); err == nil || slices.Contains(sink.paths, "print/index.html") {
		t.Errorf("a job that was called off ends with %v and made %q", err, sink.paths)
	}
}

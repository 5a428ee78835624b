package search_test

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"candor/content"
	"candor/generator/browser"
	"candor/generator/diag"
	"candor/generator/disclosure"
	"candor/generator/export"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/output"
	"candor/generator/page"
	"candor/generator/parse"
	"candor/generator/render"
	"candor/generator/search"
	"candor/generator/source"
	"candor/generator/theme"
	"candor/generator/wording"
	"candor/themes"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

// starter gives the content of the starter.
func starter(t testing.TB) fstest.MapFS {
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

// built gives a site as the program makes it, without diagrams, and whatever the rules say of its content.
func built(t testing.TB, files fs.FS) *output.Memory {
	t.Helper()
	tree, err := source.Read(files, parse.Folder)
	if err != nil {
		t.Fatal(err)
	}
	diags := &diag.List{}
	site := link.Draft(parse.Tree(tree, diags), diags)
	on, err := model.ParseDay(content.Day)
	if err != nil {
		t.Fatal(err)
	}
	look, err := theme.Load(theme.Options{}, themes.Default())
	if err != nil {
		t.Fatal(err)
	}
	pages := page.Plan(site, on, page.Options{NoDiagrams: true})
	m := &output.Memory{}
	_, err = render.Pages(context.Background(), render.Job{Site: site, Files: files, Pages: pages, Theme: look, Sink: m, Diags: diags,
		Exports: func() ([]export.File, error) {
			return export.All(site, pages, disclosure.Of(site, on, disclosure.Options{}))
		},
		Scan: func(string, []byte) ([]diag.Finding, bool) { return nil, true }})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range diags.Findings() {
		t.Fatalf("%s: %s", f.At.Position().Path, f.Message)
	}
	return m
}

var soc2 = strings.Fields("CC1.1 CC1.2 CC1.3 CC1.4 CC2.1 CC2.2 CC2.3 CC3.1 CC4.1 CC5.1 CC6.1 CC6.2 CC6.3 CC6.6 CC6.7 CC7.1 CC7.2 CC7.3 CC8.1 CC9.1 CC9.2")

// A writer writes texts of as many words as it is told, one after the other as they follow each other in the starter's own texts, and now and then a word of
// its own: products, places and people are different in each company's answers.
type writer struct {
	*rand.Rand
	after map[string][]string
	words []string
	names []string
}

func newWriter(t testing.TB) *writer {
	w := &writer{Rand: rand.New(rand.NewPCG(5, 3)), after: map[string][]string{}}
	files := starter(t)
	var names []string
	for name := range files {
		if strings.HasPrefix(name, "content/answers/") || strings.HasPrefix(name, "content/policies/") {
			names = append(names, name)
		}
	}
	for _, name := range sorted(names) {
		last := ""
		for _, word := range wording.Words(string(files[name].Data)) {
			w.words = append(w.words, word)
			w.after[last] = append(w.after[last], word)
			last = word
		}
	}
	for range 4000 {
		name := ""
		for range 2 + w.IntN(3) {
			name += string("bcdfglmnprstvz"[w.IntN(14)]) + string("aeiou"[w.IntN(5)])
		}
		w.names = append(w.names, name)
	}
	return w
}

func (w *writer) text(n int) string {
	var out []string
	last := w.words[w.IntN(len(w.words))]
	for range n {
		out = append(out, last)
		switch next := w.after[last]; {
		case w.IntN(40) == 0:
			last = w.names[int(float64(len(w.names))*w.Float64()*w.Float64()*w.Float64())]
		case len(next) == 0 || w.IntN(6) == 0:
			last = w.words[w.IntN(len(w.words))]
		default:
			last = next[w.IntN(len(next))]
		}
	}
	return strings.Join(out, " ")
}

// entries gives n answers with two other wordings each and some 80 words; some are much longer.
func (w *writer) entries(n int) []search.Entry {
	var list []search.Entry
	for i := range n {
		length := 40 + w.IntN(80)
		if w.IntN(20) == 0 {
			length *= 4
		}
		list = append(list, search.Entry{Question: w.text(9+w.IntN(12)) + "?", AlsoAsked: []string{w.text(10) + "?", w.text(8) + "?"}, Markdown: []byte(w.text(length) + "."),
			Rest: []string{w.text(8)}, IDs: []string{soc2[w.IntN(len(soc2))], fmt.Sprintf("DCS-%d.%d", 10+i/9, 1+i%9)}})
	}
	return list
}

// yaml writes entries as the content of a site, in topics of 170.
func yaml(entries []search.Entry) fstest.MapFS {
	files := fstest.MapFS{"content/site.yaml": {Data: []byte("company: {name: X}\nbase_url: https://x.example\ncontacts: {security: a@x.example}\nowners: {lead: {title: Head of Security, person: Ada}}\n")},
		"content/evidence.yaml": {Data: []byte("evidence:\n  report: {title: The report, kind: report, dated: 2026-06-30, held_at: a drawer}\n")}}
	for topic := 0; topic*170 < len(entries); topic++ {
		var b strings.Builder
		for i, e := range entries[topic*170 : min(len(entries), topic*170+170)] {
			fmt.Fprintf(&b, "- id: a%d\n  question: %q\n  also_asked: [%q, %q]\n  verdict: %q\n  answer: |\n    %s\n  scope: %q\n  reason: It is so.\n  evidence: [evidence:report]\n  frameworks: {soc2: [%s], caiq-4.0: [%s]}\n  owner: lead\n  reviewed_on: 2026-11-01\n",
				topic*170+i, e.Question, e.AlsoAsked[0], e.AlsoAsked[1], []string{"yes", "no", "partial"}[i%3], e.Markdown, e.Rest[0], e.IDs[0], e.IDs[1])
		}
		files[fmt.Sprintf("content/answers/topic-%02d.yaml", topic)] = &fstest.MapFile{Data: []byte(b.String())}
	}
	return files
}

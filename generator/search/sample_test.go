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
	"candor/generator"
	"candor/generator/browser"
	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/output"
	"candor/generator/search"
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

// built gives a site as the program makes it, without diagrams.
func built(t testing.TB, files fs.FS) *output.Memory {
	t.Helper()
	on, err := model.ParseDay(content.Day)
	if err != nil {
		t.Fatal(err)
	}
	site := &output.Memory{}
	report, err := generator.Build(context.Background(), generator.Input{Files: files, On: on, Themes: []fs.FS{themes.Default()}}, site)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		if f.Severity == diag.Error {
			t.Fatalf("%s: %s", f.At.Position().Path, f.Message)
		}
	}
	return site
}

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
	for range n {
		length := 40 + w.IntN(80)
		if w.IntN(20) == 0 {
			length *= 4
		}
		list = append(list, search.Entry{Question: w.text(9+w.IntN(12)) + "?", AlsoAsked: []string{w.text(10) + "?", w.text(8) + "?"}, Markdown: []byte(w.text(length) + "."),
			Rest: []string{w.text(8)}, IDs: []string{fmt.Sprintf("CC%d.%d", 1+w.IntN(9), 1+w.IntN(9)), fmt.Sprintf("IAM-%02d.%d", 1+w.IntN(16), 1+w.IntN(9))}})
	}
	return list
}

// yaml writes entries as the content of a site, in topics of 170.
func yaml(entries []search.Entry) fstest.MapFS {
	files := fstest.MapFS{"content/site.yaml": {Data: []byte("company: {name: X}\nbase_url: https://x.example\ncontacts: {security: a@x.example}\nowners: {lead: {title: Head of Security, person: Ada}}\n")}}
	for topic := 0; topic*170 < len(entries); topic++ {
		var b strings.Builder
		for i, e := range entries[topic*170 : min(len(entries), topic*170+170)] {
			fmt.Fprintf(&b, "- id: a%d\n  question: %q\n  also_asked: [%q, %q]\n  verdict: %q\n  answer: |\n    %s\n  scope: %q\n  reason: It is so.\n  frameworks: {soc2: [%s], caiq-4.0: [%s]}\n  owner: lead\n  reviewed_on: 2026-11-01\n",
				topic*170+i, e.Question, e.AlsoAsked[0], e.AlsoAsked[1], []string{"yes", "no", "partial"}[i%3], e.Markdown, e.Rest[0], e.IDs[0], e.IDs[1])
		}
		files[fmt.Sprintf("content/answers/topic-%02d.yaml", topic)] = &fstest.MapFile{Data: []byte(b.String())}
	}
	return files
}

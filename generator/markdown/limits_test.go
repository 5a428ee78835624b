package markdown

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Texts that would take a parser more than linear time. Each must come back
// whole, with the limit it passed reported; BenchmarkHostile shows the time.
func pathological() map[string]string {
	r := strings.Repeat
	var steps, notes, marks strings.Builder
	for i := range 300 {
		steps.WriteString(r("  ", i) + "- a\n")
	}
	for i := range maxNotes + 100 {
		fmt.Fprintf(&notes, "[^%d]: n\n\n", i)
		fmt.Fprintf(&marks, "[^%d] ", i)
	}
	return map[string]string{
		"nesting of more than 100: quotes":                                r(">", 10_000) + " a",
		"nesting of more than 100: lists":                                 steps.String(),
		"nesting of more than 100: marks":                                 r("- ", 5_000) + "a",
		"nesting of more than 100: raw HTML":                              r("<div>", 5_000),
		"spans nested more than 100 deep: emphasis":                       r("**", 200) + "a" + r("**", 200),
		"more than 2000 marks in a paragraph: stars":                      r("*a\n", 25_000),
		"more than 2000 marks in a line: brackets":                        r("[", 10_000),
		"more than 2000 marks in a line: heading":                         "# " + r("_a", 10_000),
		"more than 2000 marks in a line: table":                           "| a |\n|---|\n| " + r("~a ", 10_000) + " |",
		"tables of more than 200000 cells or 1000 escaped pipes: columns": r("|a", 1000) + "\n" + r("|-", 1000) + "\n" + r("x\n", 1000),
		"tables of more than 200000 cells or 1000 escaped pipes: pipes":   "| a |\n|---|\n" + r("| `\\|` |\n", 2000),
		"more than 1000 link definitions in a row: same":                  r("[a]: b\n", 5000),
		"more than 1000 footnotes: used":                                  notes.String() + marks.String(),
		"text of more than 4 MiB: words":                                  r("word ", 1<<20),
		"more pieces than are listed: end tags":                           r("</b>\n\n", 500),
	}
}

func TestLimits(t *testing.T) {
	for name, src := range pathological() {
		t.Run(name, func(t *testing.T) {
			want, _, _ := strings.Cut(name, ":")
			doc, out := Convert([]byte(src), Options{})
			if !slices.ContainsFunc(doc.Dropped, func(d Dropped) bool { return d.Kind == Limit && d.What == want }) {
				t.Errorf("%q is not reported: %v", want, doc.Dropped[:min(3, len(doc.Dropped))])
			}
			if len(doc.Dropped) > maxReports+1 {
				t.Errorf("%d reports", len(doc.Dropped))
			}
			if len(out) > 100*len(src) {
				t.Errorf("%d bytes became %d", len(src), len(out))
			}
		})
	}
}

// What a limit refuses is still there to be read.
func TestRefusedTextIsShown(t *testing.T) {
	src := "before\n\n" + strings.Repeat("*a\n", 2500) + "<b>last\n\nafter"
	_, out := Convert([]byte(src), Options{})
	for _, want := range []string{"<p>before</p>", "*a\n*a\n", "&lt;b&gt;last", "<p>after</p>"} {
		if !bytes.Contains(out, []byte(want)) {
			t.Errorf("%q is missing", want)
		}
	}
}

func BenchmarkHostile(b *testing.B) {
	for name, src := range pathological() {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			for b.Loop() {
				if err := Render(io.Discard, []byte(src), Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// Every document has its writer to itself, and the caches are shared: what
// comes out does not depend on who else is at work.
func TestConcurrentUse(t *testing.T) {
	docs := policies(8)
	docs = append(docs, []byte("# A\n\n<b>raw <td>\n\n```go\nx\n```\n"), []byte(strings.Repeat("> ", 300)+"\x00"))
	want := make([]string, len(docs))
	for i, src := range docs {
		_, out := Convert(src, Options{TopLevel: 2})
		want[i] = string(out)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i, src := range docs {
				doc, out := Convert(src, Options{TopLevel: 2})
				if string(out) != want[i] || outlineText(src, doc) != outlineText(src, Read(src)) {
					t.Errorf("document %d changes", i)
				}
			}
		})
	}
	wg.Wait()
}

func TestResolve(t *testing.T) {
	var asked []string
	o := Options{AnchorPrefix: "p-", Resolve: func(dest string) string {
		asked = append(asked, dest)
		if dest == "bad" {
			return "javascript:alert(1)"
		}
		return "/to/" + dest
	}}
	var b strings.Builder
	if err := Render(&b, []byte("[a](x.md) ![b](y.png) [c](#d) [e](bad) <a href=\"z.md\">f</a> <a href=bad>g</a>"), o); err != nil {
		t.Fatal(err)
	}
	want := `<p><a href="/to/x.md">a</a> <img src="/to/y.png" alt="b" loading="lazy"> <a href="#p-d">c</a> e ` +
		`<a href="/to/z.md">f</a> g</p>` + "\n"
	if b.String() != want {
		t.Errorf("got  %swant %s", b.String(), want)
	}
	if !slices.Equal(asked, []string{"x.md", "y.png", "bad", "z.md", "bad"}) {
		t.Errorf("asked about %q", asked)
	}
}

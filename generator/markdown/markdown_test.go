package markdown

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what is found into testdata/*.txtar")

// Each archive shows one subject: input.md is what an author writes, outline
// what Read says about it, html what Render makes of it, text what PlainText
// gives (left out where it adds nothing). Options for Render stand in the
// comment of the archive as "top=2 prefix=p- resolve", where resolve turns
// "x.md" into "/x/".
func TestArchives(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { archive(t, file) })
	}
}

func archive(t *testing.T, file string) {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	o := optionsOf(string(ar.Comment))
	src := ar.Files[0].Data
	doc, html := Convert(src, o)
	got := map[string]string{"outline": outlineText(src, doc), "html": string(html), "text": PlainText(src) + "\n"}
	for i := range ar.Files[1:] {
		f := &ar.Files[i+1]
		want, ok := got[f.Name]
		if !ok {
			t.Fatalf("%s: unknown part %q", file, f.Name)
		}
		if *update {
			f.Data = []byte(want)
		} else if string(f.Data) != want {
			t.Errorf("%s: got\n%s\nwant\n%s", f.Name, want, f.Data)
		}
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if read := outlineText(src, Read(src)); read != got["outline"] {
		t.Errorf("Read differs from Convert:\n%s", read)
	}
	var b bytes.Buffer
	if err := Render(&b, src, o); err != nil || b.String() != string(html) {
		t.Errorf("Render differs from Convert (error %v)", err)
	}
	checkOutput(t, src, o)
}

func optionsOf(comment string) (o Options) {
	for _, f := range strings.Fields(comment) {
		switch {
		case strings.HasPrefix(f, "top="):
			o.TopLevel = int(f[4] - '0')
		case strings.HasPrefix(f, "prefix="):
			o.AnchorPrefix = f[7:]
		case f == "resolve":
			o.Resolve = func(dest string) string {
				path, fragment, found := strings.Cut(dest, "#")
				if name, ok := strings.CutSuffix(path, ".md"); ok {
					path = "/" + name + "/"
				}
				if found {
					path += "#" + fragment
				}
				return path
			}
		}
	}
	return o
}

// outlineText shows a document with a line per fact: the place as line:column
// (in bytes), and the source text there.
func outlineText(src []byte, d Document) string {
	var b strings.Builder
	place := func(start, end int) string {
		line := 1 + bytes.Count(src[:start], []byte("\n"))
		column := start - bytes.LastIndexByte(src[:start], '\n')
		return fmt.Sprintf("%d:%d %q", line, column, src[start:end])
	}
	fmt.Fprintf(&b, "words %d\n", d.Words)
	if d.FirstParagraph != "" {
		fmt.Fprintf(&b, "first %s\n", d.FirstParagraph)
	}
	for _, h := range d.Headings {
		fmt.Fprintf(&b, "heading %d %s #%s at %s\n", h.Level, h.Text, h.Anchor, place(h.Start, h.End))
	}
	for _, l := range d.Links {
		fmt.Fprintf(&b, "%s %s %q at %s\n", l.Kind, l.Dest, l.Text, place(l.Start, l.End))
	}
	for _, x := range d.Dropped {
		fmt.Fprintf(&b, "%s %s at %s\n", kindNames[x.Kind], x.What, place(x.Start, x.End))
	}
	return b.String()
}

var kindNames = map[DropKind]string{
	Element: "dropped element", Attribute: "dropped attribute", Scheme: "dropped address",
	Unclosed: "unclosed", Stray: "stray", Control: "control", Limit: "limit", NoAlt: "no alt", SameID: "same id",
}

func TestRenderReportsTheWriter(t *testing.T) {
	if err := Render(failing{}, []byte("text"), Options{}); err != errFailing {
		t.Errorf("got %v, want %v", err, errFailing)
	}
}

type failing struct{}

var errFailing = fmt.Errorf("disk full")

func (failing) Write([]byte) (int, error) { return 0, errFailing }

func TestSourceIsNotChanged(t *testing.T) {
	src := []byte("# A {#b}\n\n> <p class=x>\n> [y](z)\n")
	before := bytes.Clone(src)
	Convert(src, Options{TopLevel: 2})
	if !bytes.Equal(src, before) {
		t.Errorf("source became %q", src)
	}
}

package markdown

import (
	"bytes"
	"strings"
	"testing"
)

// sameAsRender holds a fragment that is filled in to what Render writes at once.
func sameAsRender(t *testing.T, src []byte) {
	t.Helper()
	resolve := func(dest string) string { return "/base/" + strings.TrimSuffix(dest, ".md") }
	doc, f, ok := Compile(src, Options{TopLevel: 2})
	read := Read(src)
	if len(doc.Links) != len(read.Links) || len(doc.Headings) != len(read.Headings) || len(doc.Dropped) != len(read.Dropped) {
		t.Errorf("Compile finds other links, headings or dropped pieces than Read in %q", src)
	}
	if !ok {
		return
	}
	var filled, rendered bytes.Buffer
	if err := f.Fill(&filled, resolve); err != nil {
		t.Fatalf("%v in %q", err, src)
	}
	own := func(dest string) string {
		if external(dest) || strings.HasPrefix(dest, "mailto:") {
			return dest
		}
		return resolve(dest)
	}
	if err := Render(&rendered, src, Options{TopLevel: 2, Resolve: own}); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(filled.Bytes(), rendered.Bytes()) {
		t.Errorf("%q\nfilled:\n%s\nrendered:\n%s", src, filled.Bytes(), rendered.Bytes())
	}
	if bytes.Contains(filled.Bytes(), []byte(f.Mark)) {
		t.Errorf("a mark is left in %q", filled.Bytes())
	}
}

var fragments = []string{
	"# A\n\nSee [b](b.md#x), [c](<c d.md> \"t\"), [e](https://e.example/), [m](mailto:a@b.example) and [own](#a).\n",
	"![p](p.png) <a href=\"x.md\">raw</a> <https://auto.example/>\n",
	"[a](a.md)[b](a.md)\n\n| [x](y.md) | z |\n|---|---|\n| <kbd>k</kbd> | [q]\n\n[q]: r.md\n",
	"![far](https://other.example/x.png)\n", "[h](//host/x)\n", "", "[n](candor-0000000000000000-0.)\n", "[x](a&b\"c.md)\n",
}

func TestFragment(t *testing.T) {
	for _, src := range fragments {
		sameAsRender(t, []byte(src))
	}
	for _, src := range []string{fragments[3], fragments[4]} {
		if _, _, ok := Compile([]byte(src), Options{}); ok {
			t.Errorf("%q cannot be compiled: its address is not known before the site is", src)
		}
	}
	_, f, _ := Compile([]byte("[x](a.md)"), Options{})
	var out bytes.Buffer
	if err := f.Fill(&out, func(string) string { return "javascript:alert(1)" }); err != nil || strings.Contains(out.String(), "javascript") {
		t.Errorf("an address of another scheme is filled in: %s, %v", out.String(), err)
	}
}

// FuzzFragment holds every fragment to Render.
func FuzzFragment(f *testing.F) {
	for _, src := range fragments {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) { sameAsRender(t, src) })
}

package source_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"

	"candor/generator/source"
)

// problems reads fsys and gives what an author is told, a line each.
func problems(t *testing.T, fsys fs.FS) (*source.Tree, string) {
	t.Helper()
	tree, err := source.Read(fsys, "content")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, p := range tree.Problems {
		b.WriteString(p.File.Path + " " + p.Text + "\n")
	}
	return tree, b.String()
}

func TestReadRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		want string
	}{
		"utf-16":     {"\xff\xfea\x00", "is UTF-16"},
		"latin-1":    {"a: b\nname: caf\xe9", "is not UTF-8: byte 0xe9 in line 2"},
		"zero byte":  {"a: b\n\x00", "is not text: a zero byte in line 2"},
		"50 MB file": {strings.Repeat("a", 50<<20), "is 50 MiB, more than the 1 MiB that are read"},
	} {
		t.Run(name, func(t *testing.T) {
			tree, got := problems(t, fstest.MapFS{"content/site.yaml": {Data: []byte(c.data)}})
			if got != "content/site.yaml "+c.want+"\n" || len(tree.Files) != 0 {
				t.Errorf("got %q and %d files", got, len(tree.Files))
			}
		})
	}
}

// TestReadStaysInside reads a real folder that holds links and pipes.
func TestReadStaysInside(t *testing.T) {
	dir := t.TempDir()
	content := filepath.Join(dir, "site", "content")
	for _, folder := range []string{content, filepath.Join(dir, "outside")} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(dir, "outside", "secret.yaml"), "secret: yes")
	write(filepath.Join(content, "site.yaml"), "a: b")
	for link, to := range map[string]string{"secret.yaml": "../../outside/secret.yaml", "whole.yaml": filepath.Join(dir, "outside", "secret.yaml"),
		"policies": "../../outside", "inside.yaml": "site.yaml"} {
		if err := os.Symlink(to, filepath.Join(content, link)); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(content, "pipe.yaml"), 0o644); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(filepath.Join(dir, "site"))
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	tree, got := problems(t, root.FS())
	for _, want := range []string{
		"content/secret.yaml is a symbolic link that leaves the folder or leads nowhere",
		"content/whole.yaml is a symbolic link that leaves the folder or leads nowhere",
		"content/policies is a symbolic link",
		"content/pipe.yaml is a named pipe, not a file",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not said in:\n%s", want, got)
		}
	}
	for _, f := range tree.Files {
		if strings.Contains(string(f.Data), "secret") {
			t.Errorf("%s was read", f.Path)
		}
	}
	if tree.File("content/inside.yaml") == nil {
		t.Error("a link that stays inside was not followed")
	}
}

func TestReadPassesOver(t *testing.T) {
	tree, got := problems(t, fstest.MapFS{
		"content/site.yaml": {Data: []byte("a: b")}, "content/.site.yaml.swp": {}, "content/site.yaml~": {}, "content/.git/HEAD.md": {Data: []byte("x")},
		"content/policies/#a.md#": {}, "content/4913": {}, "content/brand/logo.svg": {Data: []byte("<svg/>")},
	})
	if got != "" || len(tree.Files) != 2 || tree.File("content/brand/logo.svg").IsText() {
		t.Errorf("read %d files, said %q", len(tree.Files), got)
	}
}

func TestPosition(t *testing.T) {
	f := source.NewFile("a.md", []byte("eins\nzwei ä漢x\n\nvier"))
	for _, c := range []struct{ offset, line, column int }{{0, 1, 1}, {3, 1, 4}, {5, 2, 1}, {10, 2, 6}, {12, 2, 7}, {15, 2, 8}, {17, 3, 1}, {18, 4, 1}, {99, 4, 5}} {
		p := f.Span(c.offset, c.offset).Position()
		if p.Line != c.line || p.Column != c.column {
			t.Errorf("offset %d is %d:%d, want %d:%d", c.offset, p.Line, p.Column, c.line, c.column)
		}
		if c.offset < 20 && f.Offset(c.line, c.column) != c.offset {
			t.Errorf("%d:%d is offset %d, want %d", c.line, c.column, f.Offset(c.line, c.column), c.offset)
		}
	}
}

// TestNormalize keeps lines and columns whatever ends a line.
func TestNormalize(t *testing.T) {
	for _, text := range []string{"a: b\nc: d", "a: b\r\nc: d", "a: b\rc: d", "\xef\xbb\xbfa: b\nc: d"} {
		tree, _ := problems(t, fstest.MapFS{"content/site.yaml": {Data: []byte(text)}})
		f := tree.File("content/site.yaml")
		if got := f.Line(2); got != "c: d" {
			t.Errorf("%q: line 2 is %q", text, got)
		}
		if got := f.Line(1); got != "a: b" {
			t.Errorf("%q: line 1 is %q", text, got)
		}
	}
}

// FuzzPosition holds Offset and Position to be each other's inverse.
func FuzzPosition(f *testing.F) {
	f.Add("eins\nzwei ä漢x\n\nvier", 7)
	f.Add("", 0)
	f.Fuzz(func(t *testing.T, text string, offset int) {
		if !strings.HasPrefix(strings.ToValidUTF8(text, ""), text) || offset < 0 || offset > len(text) {
			return
		}
		file := source.NewFile("f", []byte(text))
		p := file.Span(offset, offset).Position()
		back := file.Offset(p.Line, p.Column)
		if back > offset+3 || back < offset-3 {
			t.Errorf("offset %d is %d:%d, which is offset %d", offset, p.Line, p.Column, back)
		}
	})
}

// TestPatch edits files as they lie on a disk: what ends their lines, and what begins them, stays.
func TestPatch(t *testing.T) {
	for raw, want := range map[string]string{
		"a: b\nc: d\n":             "a: B\nx: y\nc: d\n",
		"a: b\r\nc: d\r\n":         "a: B\r\nx: y\r\nc: d\r\n",
		"a: b\rc: d\r":             "a: B\rx: y\rc: d\r",
		"\xef\xbb\xbfa: b\r\nc: d": "\xef\xbb\xbfa: B\r\nx: y\r\nc: d",
		"a: b\r\nc: d\nä: 漢\r":     "a: B\r\nx: y\r\nc: d\nä: 漢\r",
	} {
		tree, _ := problems(t, fstest.MapFS{"content/site.yaml": {Data: []byte(raw)}})
		f := tree.File("content/site.yaml")
		edits := []source.Edit{{At: f.Span(5, 5), Text: "x: y\n"}, {At: f.Span(3, 4), Text: "B"}}
		if got, ok := f.Patch([]byte(raw), edits); !ok || string(got) != want {
			t.Errorf("%q became %q, %v; want %q", raw, got, ok, want)
		}
		if got, ok := f.Patch([]byte(raw+"more"), edits); ok {
			t.Errorf("%q was changed meanwhile and became %q", raw, got)
		}
	}
}

// TestApply makes the edits that lie within a span.
func TestApply(t *testing.T) {
	f := source.NewFile("f", []byte("0123456789"))
	edits := []source.Edit{{At: f.Span(8, 10), Text: "after"}, {At: f.Span(4, 6), Text: "-"}, {At: f.Span(5, 7), Text: "overlaps"}, {At: f.Span(0, 2), Text: "before"}, {At: f.Span(2, 2), Text: "+"}}
	if got := string(source.Apply(f.Span(2, 8), edits)); got != "+23-67" {
		t.Errorf("got %q", got)
	}
}

// TestExcerpt holds places in an excerpt to those in the whole file.
func TestExcerpt(t *testing.T) {
	whole := source.NewFile("a", []byte("one\ntwo\nthree\n"))
	part := source.NewExcerpt("a", 2, []byte("two"))
	if got, want := part.Span(1, 3).Position(), whole.Span(5, 7).Position(); got != want {
		t.Errorf("at %v, want %v", got, want)
	}
	if part.Line(2) != "two" || part.Line(1) != "" || part.Line(3) != "" || part.Lines() != 2 || part.Offset(2, 3) != 2 || part.Offset(1, 1) != 0 {
		t.Errorf("lines %q %q %q, %d of them, offset %d", part.Line(1), part.Line(2), part.Line(3), part.Lines(), part.Offset(2, 3))
	}
	if at := part.LineSpan(2); at.Text() != "two" {
		t.Errorf("line 2 is %q", at.Text())
	}
}

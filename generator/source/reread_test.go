package source_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"candor/generator/source"
)

// describe gives what a tree says, for comparing.
func describe(t *source.Tree) string {
	var b strings.Builder
	for _, f := range t.Files {
		fmt.Fprintf(&b, "%s %v %d %q\n", f.Path, f.IsText(), f.Size, f.Data)
	}
	for _, p := range t.Problems {
		fmt.Fprintf(&b, "%s: %s\n", p.File.Path, p.Text)
	}
	return b.String()
}

// TestRereadIsRead changes a folder a thousand times, a few files at once, and has Reread see what Read sees, with the files that did not change being
// the same ones.
func TestRereadIsRead(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	files := root.FS()
	if err := os.MkdirAll(filepath.Join(dir, "content/policies"), 0o755); err != nil {
		t.Fatal(err)
	}
	tree, err := source.Read(files, "content")
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	names := []string{"site.yaml", "policies/a.md", "policies/b.md", "logo.png", "policies/.b.md.swp", "flows/new/c.yaml", "policies/link.md", "4913"}
	for range 1000 {
		var paths []string
		for range 1 + random.IntN(3) {
			name := "content/" + names[random.IntN(len(names))]
			full := filepath.Join(dir, name)
			paths = append(paths, name)
			switch random.IntN(6) {
			case 0:
				os.Remove(full)
			case 1:
				os.WriteFile(full, []byte("\xff\xfe"), 0o644)
			case 2:
				os.Remove(full)
				os.Symlink("/etc/hostname", full)
			case 3:
				paths = append(paths, filepath.ToSlash(filepath.Dir(name)))
				if strings.Contains(name, "new/") && random.IntN(2) == 0 {
					os.RemoveAll(filepath.Dir(full))
				} else {
					os.MkdirAll(filepath.Dir(full), 0o755)
				}
			default:
				os.Remove(full)
				os.WriteFile(full, []byte(strings.Repeat("a: b\n", random.IntN(3))), 0o644)
			}
		}
		before := tree
		if tree, err = tree.Reread(files, "content", paths); err != nil {
			t.Fatal(err)
		}
		fresh, err := source.Read(files, "content")
		if err != nil {
			t.Fatal(err)
		}
		if got, want := describe(tree), describe(fresh); got != want {
			t.Fatalf("after changes to %q:\n%s\nwant\n%s", paths, got, want)
		}
		for _, f := range tree.Files {
			if old := before.File(f.Path); old != nil && old != f && f.IsText() && string(old.Data) == string(f.Data) {
				t.Errorf("%s says what it said, and is another file", f.Path)
			}
		}
	}
}

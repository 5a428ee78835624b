package amend_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"candor/generator/amend"
)

// TestWriteInto keeps to the site folder, and writes what a link leads to.
func TestWriteInto(t *testing.T) {
	dir := t.TempDir()
	inside := filepath.Join(dir, "site")
	if err := os.MkdirAll(filepath.Join(inside, "shared"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"outside.md", "site/shared/a.md"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("old"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, to := range map[string]string{"site/a.md": "shared/a.md", "site/b.md": "../outside.md", "site/c.md": "nowhere.md", "link": "site"} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	for path, ok := range map[string]bool{"a.md": true, "b.md": false, "c.md": false, "../outside.md": false} {
		if err := amend.WriteInto(filepath.Join(dir, "link"))(path, []byte("new")); (err == nil) != ok {
			t.Errorf("%s: %v", path, err)
		}
	}
	for name, want := range map[string]string{"outside.md": "old", "site/shared/a.md": "new"} {
		if data, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(data) != want {
			t.Errorf("%s holds %q, %v", name, data, err)
		}
	}
	if info, err := os.Lstat(filepath.Join(inside, "a.md")); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is no longer one: %v", err)
	}
}

// TestMoveIn keeps to the site folder, takes no name that is taken, and renames a link itself.
func TestMoveIn(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.md", "taken.md"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("a.md", filepath.Join(dir, "link.md")); err != nil {
		t.Fatal(err)
	}
	move := amend.MoveIn(dir)
	for _, c := range []struct {
		from, to string
		ok       bool
	}{{"link.md", "renamed.md", true}, {"a.md", "taken.md", false}, {"a.md", "../out.md", false}, {"none.md", "b.md", false}, {"a.md", "nowhere/b.md", false}} {
		if err := move(c.from, c.to); (err == nil) != c.ok {
			t.Errorf("%s to %s: %v", c.from, c.to, err)
		}
	}
	if to, err := os.Readlink(filepath.Join(dir, "renamed.md")); err != nil || to != "a.md" {
		t.Errorf("the link leads to %q, %v", to, err)
	}
	if data, err := os.ReadFile(filepath.Join(dir, "taken.md")); err != nil || string(data) != "taken.md" {
		t.Errorf("the file that was there holds %q, %v", data, err)
	}
}

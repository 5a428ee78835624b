package stamp_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"candor/generator/stamp"
)

// TestEveryChangeIsTold makes one change after the other, none of which changes a size or leaves another time of writing.
func TestEveryChangeIsTold(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("there are no stamps on " + runtime.GOOS)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "a/b.txt")
	old := time.Now().Add(-time.Hour)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.Mkdir(filepath.Dir(file), 0o755))
	must(os.WriteFile(file, []byte("one"), 0o644))
	must(os.Chtimes(file, old, old))
	both := func() (string, string) {
		t.Helper()
		files, ok := stamp.Files(dir, []string{"a/b.txt"})
		folder, _, whole := stamp.Folder(os.DirFS(dir), ".", func(name string) bool { return strings.HasPrefix(name, ".") })
		if !ok || !whole {
			t.Fatal("no stamp")
		}
		return files, folder
	}
	lastFiles, lastFolder := both()
	if files, folder := both(); files != lastFiles || folder != lastFolder {
		t.Error("the stamp of what did not change is another one")
	}
	for _, change := range []struct {
		what string
		do   func()
	}{
		{"written", func() { must(os.WriteFile(file, []byte("two"), 0o644)) }},
		{"written, and its time set back", func() { must(os.WriteFile(file, []byte("six"), 0o644)); must(os.Chtimes(file, old, old)) }},
		{"replaced", func() {
			must(os.WriteFile(file+"~", []byte("ten"), 0o644))
			must(os.Chtimes(file+"~", old, old))
			must(os.Rename(file+"~", file))
		}},
		{"closed to others", func() { must(os.Chmod(file, 0o600)) }},
		{"another one beside it", func() { must(os.WriteFile(filepath.Join(dir, "a/c.txt"), nil, 0o644)) }},
		{"that one gone", func() { must(os.Remove(filepath.Join(dir, "a/c.txt"))) }},
	} {
		time.Sleep(stamp.Tick)
		change.do()
		files, folder := both()
		if files == lastFiles || folder == lastFolder {
			t.Errorf("%s: the stamps are the same", change.what)
		}
		lastFiles, lastFolder = files, folder
	}
	_, before, _ := stamp.Folder(os.DirFS(dir), ".", func(string) bool { return false })
	if time.Since(before) > time.Minute {
		t.Errorf("the newest time is %v", before)
	}
	must(os.WriteFile(filepath.Join(dir, ".hidden"), nil, 0o644))
	if _, folder := both(); folder != lastFolder {
		t.Error("what is passed over counts")
	}
	must(os.Symlink(file, filepath.Join(dir, "a/link")))
	if _, _, ok := stamp.Folder(os.DirFS(dir), ".", func(string) bool { return false }); ok {
		t.Error("a folder with a link has a stamp")
	}
	must(os.Remove(file))
	if _, ok := stamp.Files(dir, []string{"a/b.txt"}); ok {
		t.Error("a file that is not there has a stamp")
	}
}

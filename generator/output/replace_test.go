package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// author makes a folder with one file, as an author has it.
func author(t *testing.T, mode fs.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "policy.md")
	if err := os.WriteFile(path, []byte("old"), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil { // whatever the umask
		t.Fatal(err)
	}
	return path
}

// holds makes sure that the folder of a file holds that file alone, with these bytes.
func holds(t *testing.T, path, want string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil || string(data) != want {
		t.Errorf("the file holds %q, %v; want %q", data, err, want)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
}

func TestReplaceKeepsTheMode(t *testing.T) {
	for _, mode := range []fs.FileMode{0o644, 0o600, 0o664, 0o755} {
		path := author(t, mode)
		if err := Replace(path, []byte("new")); err != nil {
			t.Fatal(err)
		}
		holds(t, path, "new")
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != mode {
			t.Errorf("the mode is %v, %v; want %v", info.Mode(), err, mode)
		}
	}
}

func TestReplaceRefuses(t *testing.T) {
	locked := author(t, 0o444)
	link := filepath.Join(t.TempDir(), "link.md")
	if err := os.Symlink(locked, link); err != nil {
		t.Fatal(err)
	}
	busy := author(t, 0o644)
	if err := os.WriteFile(nextTo(busy), []byte("another's"), 0o644); err != nil {
		t.Fatal(err)
	}
	for path, kind := range map[string]Kind{locked: KindReadOnly, link: KindUnsuitable, t.TempDir(): KindUnsuitable, busy: KindBusy} {
		problem, ok := errors.AsType[*Error](Replace(path, []byte("new")))
		if !ok || problem.Kind != kind || problem.Hint == "" {
			t.Errorf("%s: %v", path, problem)
		}
	}
	holds(t, locked, "old")
	if data, _ := os.ReadFile(nextTo(busy)); string(data) != "another's" {
		t.Errorf("another's file holds %q", data)
	}
}

// TestReplaceFails makes every operation fail in turn: the file holds the old bytes or the new ones, and nothing lies beside it.
func TestReplaceFails(t *testing.T) {
	trouble := errors.New("trouble")
	for n := 0; ; n++ {
		path := author(t, 0o644)
		calls, failed := 0, ""
		err := replace(&hooked{disk: system{}, before: func(op, path string) error {
			if calls++; calls == n+1 && op != "remove" {
				failed = op
				return trouble
			}
			return nil
		}}, path, []byte("new"))
		if failed == "" {
			if err != nil || n < 8 {
				t.Errorf("after %d operations: %v", n, err)
			}
			holds(t, path, "new")
			return
		}
		if !errors.Is(err, trouble) {
			t.Errorf("%s: %v", failed, err)
		}
		want := "old"
		if failed == "flushfolder" { // the last one
			want = "new"
		}
		holds(t, path, want)
	}
}

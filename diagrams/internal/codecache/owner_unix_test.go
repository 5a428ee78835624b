//go:build unix

package codecache

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestEnsurePrivate(t *testing.T) {
	base := t.TempDir()
	open := filepath.Join(base, "open")
	sticky := filepath.Join(base, "sticky")
	file := filepath.Join(base, "file")
	put(t, file, "")
	for path, mode := range map[string]fs.FileMode{open: 0o777, sticky: 0o777 | fs.ModeSticky} {
		if err := os.Mkdir(path, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	dangling, through := filepath.Join(base, "dangling"), filepath.Join(base, "through")
	for link, to := range map[string]string{dangling: filepath.Join(open, "x"), through: open} {
		if err := os.Symlink(to, link); err != nil {
			t.Fatal(err)
		}
	}
	readable := filepath.Join(base, "readable")
	if err := os.Mkdir(readable, 0o755); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		dir  string
		good bool
	}{
		{filepath.Join(base, "new", "folder"), true},
		{filepath.Join(sticky, "mine"), true},
		{filepath.Join(open, "mine"), false},
		{filepath.Join(through, "mine"), false},
		{filepath.Join(dangling, "mine"), false},
		{dangling, false},
		{filepath.Join(file, "mine"), false},
		{file, false},
		{readable, false},
		{"relative", false},
	}
	for _, tt := range tests {
		got, err := ensurePrivate(tt.dir)
		if (err == nil) != tt.good {
			t.Errorf("ensurePrivate(%q) = %q, %v", tt.dir, got, err)
		}
		if info, err := os.Stat(got); tt.good && (err != nil || info.Mode().Perm() != 0o700) {
			t.Errorf("%q is not closed", got)
		}
	}
	if there(filepath.Join(open, "mine")) || there(filepath.Join(open, "x")) {
		t.Error("a folder was made where others can write")
	}
}

func TestEnsurePrivateRefusesForeignFolders(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can make a folder of another user")
	}
	foreign := filepath.Join(t.TempDir(), "foreign")
	if err := os.Mkdir(foreign, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(foreign, 20001, 20001); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{foreign, filepath.Join(foreign, "below")} {
		if _, err := ensurePrivate(dir); err == nil {
			t.Errorf("%q is taken for private", dir)
		}
	}
	if there(filepath.Join(foreign, "below")) {
		t.Error("a folder was made in a foreign one")
	}
}

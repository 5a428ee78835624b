package output_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"candor/generator/output"
)

// TestMove renames a file with its mode, and never puts it in the place of another.
func TestMove(t *testing.T) {
	dir := t.TempDir()
	from, to, taken := filepath.Join(dir, "from.md"), filepath.Join(dir, "to.md"), filepath.Join(dir, "taken.md")
	for _, name := range []string{from, taken} {
		if err := os.WriteFile(name, []byte(name), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	var problem *output.Error
	if err := output.Move(from, taken); !errors.As(err, &problem) || problem.Kind != output.KindUnsuitable {
		t.Errorf("over another file: %v", err)
	}
	if err := output.Move(from, to); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(to); err != nil || string(data) != from {
		t.Errorf("it holds %q, %v", data, err)
	}
	if info, err := os.Stat(to); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("its mode is %v, %v", info, err)
	}
	if _, err := os.Lstat(from); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the old name: %v", err)
	}
	if data, _ := os.ReadFile(taken); string(data) != taken {
		t.Errorf("the other file holds %q", data)
	}
	if err := output.Move(from, filepath.Join(dir, "x.md")); err == nil {
		t.Error("a file that is not there was renamed")
	}
}

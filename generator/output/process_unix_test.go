//go:build unix

package output

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
)

func setUmask(mask int) { syscall.Umask(mask) }

// becomeNobody gives up the superuser's rights if OUTPUT_TEST_NOBODY is set.
func becomeNobody() {
	if os.Getenv("OUTPUT_TEST_NOBODY") == "" {
		return
	}
	const nobody = 65534
	for _, err := range []error{syscall.Setgroups(nil), syscall.Setgid(nobody), syscall.Setuid(nobody)} {
		if err != nil {
			panic(err)
		}
	}
}

// A named pipe is kept like any file, and none makes a build wait for somebody
// to write into it.
func TestNamedPipes(t *testing.T) {
	dir := site(t)
	mustBuild(t, dir, pages{"index.html": "1", "page.html": "1", "stale.html": "1"})
	for _, path := range []string{"mine", "page.html", "stale.html"} {
		full := filepath.Join(dir, path)
		if err := os.Remove(full); err != nil && path != "mine" {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(full, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	result := mustBuild(t, dir, pages{"index.html": "2", "page.html": "1"})
	if want := []string{"mine", "stale.html"}; !slices.Equal(result.Foreign, want) {
		t.Errorf("named %q, want %q", result.Foreign, want)
	}
	if want := []string{"page.html", "stale.html"}; !slices.Equal(result.Edited, want) {
		t.Errorf("edited %q, want %q", result.Edited, want)
	}
	if read(t, dir, "page.html") != "1" || stat(t, dir, "mine").Mode()&fs.ModeNamedPipe == 0 {
		t.Error(tree(t, dir))
	}
	if err := os.Rename(filepath.Join(dir, "mine"), filepath.Join(dir, "wanted.html")); err != nil {
		t.Fatal(err)
	}
	_, err := build(dir, pages{"index.html": "2", "wanted.html": ""})
	wantKind(t, err, KindCollision, filepath.Join(dir, "wanted.html"))

	pipe := filepath.Join(filepath.Dir(dir), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = Stage(pipe)
	wantKind(t, err, KindNotFolder, pipe)
}

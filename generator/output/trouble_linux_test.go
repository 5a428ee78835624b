package output

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// mount mounts something at a fresh folder and returns its path. Without the
// right to mount, the test is skipped.
func mount(t *testing.T, source, at, kind string, flags uintptr, options string) {
	t.Helper()
	if err := os.MkdirAll(at, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount(source, at, kind, flags, options); err != nil {
		t.Skipf("mounting %s needs the superuser: %v", kind, err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(at, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
}

// A disk of 1 MiB fills up, while pages are put and while Commit works.
func TestFullDisk(t *testing.T) {
	base := t.TempDir()
	mount(t, "tmpfs", base, "tmpfs", 0, "size=1m,nr_inodes=60")
	dir := filepath.Join(base, "public")
	mustBuild(t, dir, pages{"a.html": strings.Repeat("a", 200<<10), "b.html": "b"})
	old := tree(t, dir)

	t.Run("by bytes", func(t *testing.T) {
		full := pages{}
		for i := range 20 {
			full[fmt.Sprintf("%02d.html", i)] = strings.Repeat("x", 100<<10)
		}
		_, err := build(dir, full)
		wantKind(t, err, KindFull, dir)
	})
	t.Run("by inodes", func(t *testing.T) {
		many := pages{}
		for i := range 100 {
			many[fmt.Sprintf("%02d.html", i)] = "x"
		}
		_, err := build(dir, many)
		wantKind(t, err, KindFull, dir)
	})
	t.Run("while committing", func(t *testing.T) {
		s, err := Stage(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Abort()
		if err := s.Put("a.html", []byte(strings.Repeat("b", 200<<10))); err != nil {
			t.Fatal(err)
		}
		filler := filepath.Join(base, "filler")
		if err := os.WriteFile(filler, make([]byte, 2<<20), 0o644); !errors.Is(err, syscall.ENOSPC) {
			t.Fatalf("the disk does not fill up: %v", err)
		}
		defer os.Remove(filler)
		_, err = s.Commit()
		wantKind(t, err, KindFull, dir)
	})
	if got := tree(t, dir); got != old {
		t.Error("the old site is not what it was")
	}
	noLitter(t, dir)
	// With space again, all is well.
	if result := mustBuild(t, dir, pages{"b.html": "b", "c.html": "c"}); result.Removed != 1 {
		t.Errorf("got %+v", result)
	}
}

func TestReadOnlyFileSystem(t *testing.T) {
	base := t.TempDir()
	mount(t, "tmpfs", base, "tmpfs", 0, "size=1m")
	dir := filepath.Join(base, "public")
	mustBuild(t, dir, pages{"a.html": "a"})
	old := tree(t, base)
	if err := syscall.Mount("", base, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skipf("cannot remount: %v", err)
	}
	for _, path := range []string{dir, filepath.Join(base, "other")} {
		_, err := build(path, pages{"a.html": "b"})
		wantKind(t, err, KindReadOnly, path)
	}
	if got := tree(t, base); got != old {
		t.Error("the old site is not what it was")
	}
}

func TestMountPoints(t *testing.T) {
	base := t.TempDir()
	for _, test := range []struct {
		name, at, source, kind string
		flags                  uintptr
	}{
		{"another file system", "public", "tmpfs", "tmpfs", 0},
		{"a bind mount", "public", t.TempDir(), "", syscall.MS_BIND},
		{"a mounted folder inside", "public/data", "tmpfs", "tmpfs", 0},
		{"a bind mount inside", "public/data", t.TempDir(), "", syscall.MS_BIND},
		{"a mounted folder of pages", "public/p", "tmpfs", "tmpfs", 0},
		{"an empty mounted folder", "public/empty", "tmpfs", "tmpfs", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := filepath.Join(base, test.name, "public")
			mustBuild(t, withParent(t, dir), pages{"p/a.html": "a"})
			at := filepath.Join(base, test.name, test.at)
			mount(t, test.source, at, test.kind, test.flags, "")
			if !strings.HasPrefix(test.name, "an empty") {
				write(t, at, "mine.txt", "mine")
			}
			old := tree(t, dir)
			_, err := build(dir, pages{"p/b.html": "b"})
			if problem, ok := errors.AsType[*Error](err); !ok || problem.Kind != KindMount || problem.Hint == "" {
				t.Errorf("got %v", err)
			}
			if got := tree(t, dir); got != old {
				t.Errorf("got\n%s, want\n%s", got, old)
			}
			noLitter(t, dir)
		})
	}
}

// withParent makes the folder above dir.
func withParent(t *testing.T, dir string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// In a container image a folder may come from a lower layer and cannot be
// renamed; one that the build made itself can.
func TestLayeredFileSystem(t *testing.T) {
	base := t.TempDir()
	layers := filepath.Join(base, "layers")
	mount(t, "tmpfs", layers, "tmpfs", 0, "size=4m")
	for _, folder := range []string{"lower", "upper", "work"} {
		if err := os.Mkdir(filepath.Join(layers, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	write(t, layers, "lower/public/.gitignore", "*\n")
	merged := filepath.Join(base, "merged")
	mount(t, "overlay", merged, "overlay", 0, fmt.Sprintf("lowerdir=%[1]s/lower,upperdir=%[1]s/upper,workdir=%[1]s/work,redirect_dir=off", layers))

	lower := filepath.Join(merged, "public")
	old := tree(t, lower)
	_, err := build(lower, pages{"a.html": "a"})
	wantKind(t, err, KindMount, lower)
	if got := tree(t, lower); got != old {
		t.Errorf("got\n%s, want\n%s", got, old)
	}
	noLitter(t, lower)

	fresh := filepath.Join(merged, "fresh", "public")
	mustBuild(t, withParent(t, fresh), pages{"a.html": "a", "b.html": "b"})
	result := mustBuild(t, fresh, pages{"a.html": "a", "b.html": "c"})
	if result.Written != 1 || result.Linked != 1 || read(t, fresh, "b.html") != "c" {
		t.Errorf("got %+v", result)
	}
	noLitter(t, fresh)
}

// What the superuser may, others may not.
func TestWithoutPermission(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("needs the superuser, to make folders that belong to another")
	}
	for _, test := range []struct {
		name    string
		prepare func(dir string) error
		want    string
	}{
		{"a folder above that is not writable", func(dir string) error {
			return errors.Join(os.Chown(dir, 65534, 65534), os.Chmod(filepath.Dir(dir), 0o755))
		}, "not permitted"},
		{"a folder of another user's", func(dir string) error {
			return os.Chmod(filepath.Dir(dir), 0o777)
		}, "not permitted"},
		{"a folder above that is not accessible", func(dir string) error {
			return os.Chmod(filepath.Dir(dir), 0o700)
		}, "not permitted"},
	} {
		t.Run(test.name, func(t *testing.T) {
			base, dir := openSite(t)
			mustBuild(t, dir, oldPages)
			if err := test.prepare(dir); err != nil {
				t.Fatal(err)
			}
			old := tree(t, base)
			out, err := rerun(scenarios[0], dir, "OUTPUT_TEST_PLAIN=1", "OUTPUT_TEST_NOBODY=1").CombinedOutput()
			if err == nil || !strings.Contains(string(out), test.want) {
				t.Errorf("got %v: %s", err, out)
			}
			t.Logf("%s", out)
			if got := tree(t, base); got != old {
				t.Errorf("got\n%s, want\n%s", got, old)
			}
		})
	}
}

// A user without rights over others' files keeps them all the same: the files
// of somebody else that protected_hardlinks forbids to link are copied.
func TestFilesOfAnotherUser(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("needs the superuser, to make files that belong to another")
	}
	base, dir := openSite(t)
	mustBuild(t, dir, oldPages)
	write(t, dir, "roots.txt", "foreign")
	if err := os.Chmod(filepath.Join(dir, "roots.txt"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{base, dir, filepath.Join(dir, "stale")} {
		if err := os.Chown(path, 65534, 65534); err != nil {
			t.Fatal(err)
		}
	}
	out, err := rerun(scenarios[0], dir, "OUTPUT_TEST_PLAIN=1", "OUTPUT_TEST_NOBODY=1").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if read(t, dir, "index.html") != "new" || read(t, dir, "same.html") != "same" || read(t, dir, "roots.txt") != "foreign" {
		t.Error(tree(t, dir))
	}
	noLitter(t, dir)
}

// openSite is the path of a site that other users can reach.
func openSite(t *testing.T) (base, dir string) {
	t.Helper()
	base, err := os.MkdirTemp("", "output")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(base) })
	if err := os.Chmod(base, 0o755); err != nil {
		t.Fatal(err)
	}
	return base, filepath.Join(base, "public")
}

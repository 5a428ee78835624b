package output

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// pages is a site by path.
type pages map[string]string

// build puts p into a new site for dir and commits it.
func build(dir string, p pages) (Result, error) { return buildOn(system{}, dir, p) }

func buildOn(d disk, dir string, p pages) (Result, error) {
	s, err := stage(dir, d)
	if err != nil {
		return Result{}, err
	}
	defer s.Abort()
	for _, path := range sortedPaths(p) {
		if err := s.Put(path, []byte(p[path])); err != nil {
			return Result{}, err
		}
	}
	return s.Commit()
}

func mustBuild(t *testing.T, dir string, p pages) Result {
	t.Helper()
	result, err := build(dir, p)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func sortedPaths(p pages) []string {
	var paths []string
	for path := range p {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// tree describes all below dir, one line per entry: mode, path, content or
// target. A folder that does not exist is "missing".
func tree(t testing.TB, dir string) string {
	t.Helper()
	var out strings.Builder
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		fmt.Fprintf(&out, "%v %s", info.Mode(), name)
		switch {
		case info.Mode().IsRegular():
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			fmt.Fprintf(&out, " %q", data)
		case info.Mode()&fs.ModeSymlink != 0:
			target, err := os.Readlink(path)
			if err != nil {
				return err
			}
			fmt.Fprintf(&out, " -> %s", target)
		}
		out.WriteByte('\n')
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) && out.Len() == 0 {
		return "missing"
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// noLitter fails if something but the site lies beside it.
func noLitter(t testing.TB, dir string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.Name() != filepath.Base(dir) {
			t.Errorf("%s is left beside the site", entry.Name())
		}
	}
}

func write(t testing.TB, dir, path, text string) {
	t.Helper()
	full := filepath.Join(dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, dir, path string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func stat(t testing.TB, dir, path string) fs.FileInfo {
	t.Helper()
	info, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	return info
}

// site is the path of a site in a fresh folder, where it alone may lie.
func site(t testing.TB) string { return filepath.Join(t.TempDir(), "public") }

// quickSite is the same on a memory disk, where there is one.
func quickSite(t testing.TB) string {
	t.Helper()
	const memory = "/dev/shm"
	if info, err := os.Stat(memory); err != nil || !info.IsDir() {
		return site(t)
	}
	base, err := os.MkdirTemp(memory, "output")
	if err != nil {
		return site(t)
	}
	t.Cleanup(func() { os.RemoveAll(base) })
	return filepath.Join(base, "public")
}

// needExchange skips the test where two folders cannot change places in one
// step: there a build is not atomic, which the package says.
func needExchange(t *testing.T, dir string) {
	t.Helper()
	a, b := dir+".a", dir+".b"
	for _, folder := range []string{a, b} {
		if err := os.Mkdir(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		defer os.Remove(folder)
	}
	if err := (system{}).Exchange(a, b); errors.Is(err, errors.ErrUnsupported) {
		t.Skip("this file system cannot exchange two folders in one step")
	} else if err != nil {
		t.Fatal(err)
	}
}

// wantKind fails unless err is an Error of kind that names path and has a hint.
func wantKind(t testing.TB, err error, kind Kind, path string) {
	t.Helper()
	problem, ok := errors.AsType[*Error](err)
	switch {
	case !ok:
		t.Fatalf("got %v, want an *Error of kind %d", err, kind)
	case problem.Kind != kind:
		t.Errorf("got kind %d, want %d: %v", problem.Kind, kind, err)
	case problem.Path != path:
		t.Errorf("got path %q, want %q", problem.Path, path)
	case problem.Hint == "":
		t.Errorf("no hint with %v", err)
	}
	if text := err.Error(); strings.HasSuffix(text, ".") || strings.Contains(text, "failed to") {
		t.Errorf("not in the voice of messages: %s", text)
	}
}

func TestFirstBuildMakesExactlyItsFiles(t *testing.T) {
	dir := site(t)
	result := mustBuild(t, dir, pages{"index.html": "home", "policies/access/index.html": "access", ".well-known/security.txt": ""})
	const sums = signature + `\n` + // the hashes are those that sha256sum prints
		`e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  .well-known/security.txt\n` +
		`4ea140588150773ce3aace786aeef7f4049ce100fa649c94fbbddb960f1da942  index.html\n` +
		`a0561fd649cdb6baa784055f051bad796ea0afef17fca38219549deeba4e8c1a  policies/access/index.html\n`
	want := `drwxr-xr-x .
drwxr-xr-x .well-known
-rw-r--r-- .well-known/security.txt ""
-rw-r--r-- SHA256SUMS "` + sums + `"
-rw-r--r-- index.html "home"
drwxr-xr-x policies
drwxr-xr-x policies/access
-rw-r--r-- policies/access/index.html "access"
`
	if got := tree(t, dir); got != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
	noLitter(t, dir)
	if result.Files != 3 || result.Written != 3 || result.Linked != 0 || result.Removed != 0 || result.Bytes != 10 {
		t.Errorf("got %+v", result)
	}
}

func TestNextBuildReplacesKeepsAndRemoves(t *testing.T) {
	dir := site(t)
	mustBuild(t, dir, pages{"a.html": "a", "b.html": "b", "gone/c.html": "c"})
	kept := stat(t, dir, "a.html")
	time.Sleep(5 * time.Millisecond)

	result := mustBuild(t, dir, pages{"a.html": "a", "b.html": "B", "new/d.html": "d"})
	if result.Written != 2 || result.Linked != 1 || result.Removed != 1 || len(result.Foreign)+len(result.Edited) > 0 {
		t.Errorf("got %+v", result)
	}
	if now := stat(t, dir, "a.html"); !os.SameFile(kept, now) || !kept.ModTime().Equal(now.ModTime()) {
		t.Error("a.html did not change and yet got another inode or time")
	}
	if read(t, dir, "b.html") != "B" || read(t, dir, "new/d.html") != "d" {
		t.Error("a page was not replaced")
	}
	if _, err := os.Lstat(filepath.Join(dir, "gone")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder of a stale page is still there: %v", err)
	}
	noLitter(t, dir)
}

func TestIdenticalBuildTouchesNothing(t *testing.T) {
	dir := site(t)
	site := pages{"a.html": "a", "b/c.html": "c"}
	first := mustBuild(t, dir, site)
	write(t, dir, "notes/mine.txt", "mine")
	before := stat(t, dir, ".")

	second := mustBuild(t, dir, site)
	if second.Written != 0 || second.Linked != 2 || second.Removed != 0 {
		t.Errorf("got %+v", second)
	}
	if !slices.Equal(second.Foreign, []string{"notes/"}) {
		t.Errorf("foreign: %q", second.Foreign)
	}
	if !os.SameFile(before, stat(t, dir, ".")) {
		t.Error("the folder was exchanged for an equal one")
	}
	if first.Set.Digest() != second.Set.Digest() {
		t.Error("equal sites have unequal digests")
	}
	noLitter(t, dir)
}

func TestFileDeletedByHandComesBack(t *testing.T) {
	dir := site(t)
	site := pages{"a.html": "a", "b/c.html": "c"}
	mustBuild(t, dir, site)
	if err := os.RemoveAll(filepath.Join(dir, "b")); err != nil {
		t.Fatal(err)
	}
	if result := mustBuild(t, dir, site); result.Written != 1 || result.Linked != 1 {
		t.Errorf("got %+v", result)
	}
	if read(t, dir, "b/c.html") != "c" {
		t.Error("the page did not come back")
	}
}

func TestAbortLeavesTheOldSite(t *testing.T) {
	dir := site(t)
	mustBuild(t, dir, pages{"a.html": "a", "b.html": "b"})
	old := tree(t, dir)
	s, err := Stage(dir)
	if err != nil {
		t.Fatal(err)
	}
	for path, text := range (pages{"a.html": "other", "c.html": "c"}) {
		if err := s.Put(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := s.Abort(); err != nil {
			t.Fatal(err)
		}
	}
	if got := tree(t, dir); got != old {
		t.Errorf("got\n%s, want\n%s", got, old)
	}
	noLitter(t, dir)
	wantKind(t, s.Put("d.html", nil), KindClosed, dir)
	_, err = s.Commit()
	wantKind(t, err, KindClosed, dir)
}

func TestAbortAfterCommitKeepsTheNewSite(t *testing.T) {
	dir := site(t)
	s, err := Stage(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Put("a.html", []byte("a")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := s.Abort(); err != nil {
		t.Fatal(err)
	}
	if read(t, dir, "a.html") != "a" {
		t.Error("the new site is gone")
	}
	_, err = s.Commit()
	wantKind(t, err, KindClosed, dir)
}

func TestCommitRefusesASiteWithAHole(t *testing.T) {
	dir := site(t)
	mustBuild(t, dir, pages{"a.html": "a"})
	old := tree(t, dir)
	s, err := Stage(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Put("a.html", []byte("new")); err != nil {
		t.Fatal(err)
	}
	wantKind(t, s.Put("../b.html", []byte("b")), KindPath, "../b.html")
	_, err = s.Commit()
	wantKind(t, err, KindPath, "../b.html")
	if got := tree(t, dir); got != old {
		t.Errorf("got\n%s, want\n%s", got, old)
	}
	noLitter(t, dir)
}

func TestOnePathForTwoPages(t *testing.T) {
	for _, test := range []struct{ first, second string }{
		{"a.html", "a.html"},
		{"a.html", "A.html"},
		{"a/b.html", "A/c.html"},
		{"a", "a/b.html"},
		{"a/b.html", "a"},
		{"straße.html", "STRAßE.html"},
		{"k.html", "\u212a.html"}, // the Kelvin sign folds to k
		{"ſ.html", "S.html"},
	} {
		for name, sink := range sinks(t) {
			if err := sink.Put(test.first, []byte("one")); err != nil {
				t.Fatal(err)
			}
			if err := sink.Put(test.first, []byte("one")); err != nil {
				t.Errorf("%s: the same page again: %v", name, err)
			}
			err := sink.Put(test.second, []byte("two"))
			if problem, ok := errors.AsType[*Error](err); !ok || problem.Kind != KindTwice {
				t.Errorf("%s: %q after %q: got %v", name, test.second, test.first, err)
			}
		}
	}
}

func sinks(t *testing.T) map[string]Sink {
	s, err := Stage(site(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Abort() })
	return map[string]Sink{"staging": s, "memory": new(Memory)}
}

func TestMemoryAndDiskAgree(t *testing.T) {
	var memory Memory
	dir := site(t)
	s, err := Stage(dir)
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for i := range 200 {
		group.Go(func() {
			path, data := fmt.Sprintf("p/%d/index.html", i%100), []byte(strings.Repeat("x", i%100*1000))
			for _, sink := range []Sink{&memory, s} {
				if err := sink.Put(path, data); err != nil {
					t.Error(err)
				}
			}
			clear(data) // the caller may use its buffer again
		})
	}
	group.Wait()
	result, err := s.Commit()
	if err != nil {
		t.Fatal(err)
	}
	if result.Files != 100 || result.Set.Digest() != memory.Set().Digest() {
		t.Errorf("%d files, digests %x and %x", result.Files, result.Set.Digest(), memory.Set().Digest())
	}
	for _, file := range result.Set.Files() {
		data, ok := memory.Read(file.Path)
		if !ok || int64(len(data)) != file.Size || !bytes.Equal(data, []byte(read(t, dir, file.Path))) {
			t.Errorf("%s differs", file.Path)
		}
	}
	if _, ok := memory.Read("nowhere"); ok {
		t.Error("a page that was not put can be read")
	}
}

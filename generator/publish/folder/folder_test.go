package folder_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"candor/generator/publish"
	"candor/generator/publish/folder"
)

var ctx = context.Background()

func open(t *testing.T, dir string) *folder.Folder {
	t.Helper()
	f, err := folder.Open(dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

func write(t *testing.T, f *folder.Folder, path, text string, c publish.Condition) (string, error) {
	t.Helper()
	return f.Write(ctx, path, []byte(text), publish.Attributes{}, c)
}

func listed(t *testing.T, f *folder.Folder) []string {
	t.Helper()
	var all []string
	err := f.List(ctx, func(o publish.Object) error {
		all = append(all, fmt.Sprintf("%s %d %.4s", o.Path, o.Size, o.Tag))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

func refusal(t *testing.T, err error, kind publish.Kind, part string) {
	t.Helper()
	problem, ok := errors.AsType[*publish.Error](err)
	if !ok || problem.Kind != kind || problem.Hint == "" || !strings.Contains(err.Error(), part) {
		t.Errorf("%v, instead of one of kind %d with a hint and %q", err, kind, part)
	}
}

// TestFolder writes, lists, reads and deletes, and leaves no folder that holds nothing.
func TestFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "www")
	f := open(t, dir)
	if _, err := f.Look(ctx, "a"); !errors.Is(err, fs.ErrNotExist) || len(listed(t, f)) > 0 {
		t.Error(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("made by a look: %v", err)
	}
	tag, err := write(t, f, "a/b + 100%/文.html", "hello", publish.Condition{})
	if err != nil || tag != f.Tag([]byte("hello")) {
		t.Fatalf("%q, %v", tag, err)
	}
	if _, err := write(t, f, ".candor/published.json", "{}", publish.Condition{}); err != nil {
		t.Fatal(err)
	}
	if err := f.Flush(ctx); err != nil {
		t.Error(err)
	}
	if got, want := listed(t, f), []string{"a/b + 100%/文.html 5 2cf2"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	info, err := os.Stat(filepath.Join(dir, "a", "b + 100%", "文.html"))
	if err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("%v, %v", info, err)
	}
	data, is, err := f.Read(ctx, "a/b + 100%/文.html", 5)
	if err != nil || string(data) != "hello" || is != tag {
		t.Errorf("%q, %q, %v", data, is, err)
	}
	if _, _, err := f.Read(ctx, "a/b + 100%/文.html", 4); err == nil {
		t.Error("more than the limit is read")
	}
	for range 2 { // the second time, there is none
		if err := f.Delete(ctx, "a/b + 100%/文.html"); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "a")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that holds nothing is left: %v", err)
	}
	if _, err := f.Look(ctx, "a/b"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if _, _, err := f.Read(ctx, "a/b", 9); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if left, err := os.ReadDir(filepath.Join(dir, ".candor", "staging")); len(left) > 0 || err != nil {
		t.Errorf("left in staging: %v, %v", left, err)
	}
}

// TestConditions holds a write to what is there.
func TestConditions(t *testing.T) {
	f := open(t, t.TempDir())
	tag, err := write(t, f, "a", "1", publish.Condition{Absent: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []publish.Condition{{Absent: true}, {Tag: "other"}} {
		if _, err := write(t, f, "a", "2", c); !errors.Is(err, publish.ErrConflict) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	if _, err := write(t, f, "a", "3", publish.Condition{Tag: tag}); err != nil {
		t.Error(err)
	}
	if _, err := write(t, f, "b", "3", publish.Condition{Tag: tag}); !errors.Is(err, publish.ErrConflict) {
		t.Error(err)
	}
}

// TestLinks follows no symbolic link: neither out of the folder, nor from the name of a file that is written.
func TestLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("symbolic links need a privilege on Windows")
	}
	outside := t.TempDir()
	secret := filepath.Join(outside, "secret")
	if err := os.WriteFile(secret, []byte("kept"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	f := open(t, dir)
	for name, to := range map[string]string{"out": outside, "index.html": secret} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := write(t, f, "out/a.html", "x", publish.Condition{}); err == nil {
		t.Error("written through a link")
	}
	if _, _, err := f.Read(ctx, "index.html", 9); err == nil {
		t.Error("read through a link")
	}
	if got := listed(t, f); len(got) != 2 || !strings.HasSuffix(got[0], " ") || !strings.HasSuffix(got[1], " ") {
		t.Errorf("links have tags: %q", got)
	}
	if err := f.Delete(ctx, "out/secret"); err == nil {
		t.Error("deleted through a link")
	}
	if _, err := write(t, f, "index.html", "x", publish.Condition{}); err != nil {
		t.Error(err)
	}
	if data, err := os.ReadFile(secret); err != nil || string(data) != "kept" {
		t.Errorf("%q, %v", data, err)
	}
	if all, err := os.ReadDir(outside); err != nil || len(all) != 1 {
		t.Errorf("%v, %v", all, err)
	}
}

// TestLeftovers clears what an interrupted upload left half-written, and nothing else.
func TestLeftovers(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, ".candor", "staging"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"staging/half", "published.json"} {
		if err := os.WriteFile(filepath.Join(dir, ".candor", filepath.FromSlash(name)), []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f := open(t, dir)
	listed(t, f)
	if _, err := os.Stat(filepath.Join(dir, ".candor", "staging", "half")); err != nil {
		t.Errorf("cleared by a look: %v", err)
	}
	if _, err := write(t, f, "a", "x", publish.Condition{}); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, ".candor", "staging", "half")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, ".candor", "published.json")); err != nil {
		t.Error(err)
	}
}

// TestNoFolder says what is wrong with a place.
func TestNoFolder(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := folder.Open(file, folder.Options{})
	refusal(t, err, publish.KindMissing, "is not a folder")
	_, err = folder.Open(filepath.Join(dir, "none", "www"), folder.Options{})
	refusal(t, err, publish.KindMissing, "does not exist")
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Log("what may not be written to is not tried: root may")
		return
	}
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	_, err = write(t, open(t, filepath.Join(dir, "www")), "a", "x", publish.Condition{})
	refusal(t, err, publish.KindDenied, "cannot be written to")
}

// TestCopies asks for compressed copies, which a web server looks for.
func TestCopies(t *testing.T) {
	f, err := folder.Open(t.TempDir(), folder.Options{Gzip: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if m := f.Manner(); m != (publish.Manner{HostFiles: true, GzipBeside: true}) {
		t.Errorf("%+v", m)
	}
}

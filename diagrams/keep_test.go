package diagrams

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// kept returns the drawings in a folder.
func kept(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"+keepEnd))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestUnchangedDiagramNeedsNoRenderer(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	first, err := newTestPool(t, Options{Cache: dir}).Draw(context.Background(), replyDrafts("a"))
	if err != nil {
		t.Fatal(err)
	}
	broken := NewPool(Options{Command: []string{"/nonexistent"}, Cache: dir})
	defer broken.Close()
	again, err := broken.Draw(context.Background(), replyDrafts("a"))
	if err != nil || !bytes.Equal(first.SVG, again.SVG) {
		t.Fatalf("the kept drawing gives another picture (%v)", err)
	}
	if _, err := broken.Draw(context.Background(), replyDrafts("other-prefix")); err != nil {
		t.Errorf("the same flow under another prefix: %v", err)
	}
	changed := replyDrafts("a")
	changed.Steps[0].Title = "Another message"
	if _, err := broken.Draw(context.Background(), changed); err == nil {
		t.Error("a changed flow was not drawn anew")
	}
}

// TestDamagedDrawingIsDrawnAnew: whatever lies in the cache, the picture is the true
// one.
func TestDamagedDrawingIsDrawnAnew(t *testing.T) {
	g := replyDrafts("a")
	want, err := newTestPool(t, Options{}).Draw(context.Background(), g)
	if err != nil {
		t.Fatal(err)
	}
	lie := `<svg viewBox="0 0 9 9"><g transform="scale(1 1) rotate(0) translate(0 0)"><script>alert(1)</script></g></svg>`
	tests := map[string]func(t *testing.T, path string, good []byte){
		"bit turned": func(t *testing.T, p string, b []byte) { b[len(b)/2] ^= 1; write(t, p, b) },
		"number turned": func(t *testing.T, p string, b []byte) {
			at := bytes.Index(b, []byte(` text-anchor="middle" x="`)) + 25
			at += bytes.IndexByte(b[at:], '"') - 1 // the last digit: the label moves by less than hold sees
			b[at] ^= 1
			write(t, p, b)
		},
		"cut off":         func(t *testing.T, p string, b []byte) { write(t, p, b[:len(b)/2]) },
		"empty":           func(t *testing.T, p string, b []byte) { write(t, p, nil) },
		"lie with a hash": func(t *testing.T, p string, b []byte) { write(t, p, []byte(keepHeader([]byte(lie))+lie)) },
		"other drawing": func(t *testing.T, p string, b []byte) {
			body := []byte(rendered(t, twelve("x")))
			write(t, p, append([]byte(keepHeader(body)), body...))
		},
		"folder": func(t *testing.T, p string, b []byte) { replace(t, p, func() error { return os.Mkdir(p, 0o700) }) },
		"link away": func(t *testing.T, p string, b []byte) {
			replace(t, p, func() error { return os.Symlink("/dev/zero", p) })
		},
		"pipe": func(t *testing.T, p string, b []byte) { replace(t, p, func() error { return makePipe(t, p) }) },
	}
	for name, damage := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			p := newTestPool(t, Options{Cache: dir, Children: 1})
			if _, err := p.Draw(context.Background(), g); err != nil {
				t.Fatal(err)
			}
			path := kept(t, dir)[0]
			good, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			damage(t, path, good)
			got, err := p.Draw(context.Background(), g)
			if err != nil || !bytes.Equal(got.SVG, want.SVG) {
				t.Errorf("the picture differs (%v)", err)
			}
		})
	}
}

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func replace(t *testing.T, path string, by func() error) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := by(); err != nil {
		t.Fatal(err)
	}
}

func TestCacheIsBounded(t *testing.T) {
	dir := t.TempDir()
	d := newDrawings(dir, 10_000)
	foreign := filepath.Join(dir, "notes.txt")
	write(t, foreign, bytes.Repeat([]byte("x"), 20_000))
	for i := range 30 {
		dot := fmt.Appendf(nil, "graph %d", i)
		d.put(dot, bytes.Repeat([]byte("y"), 1000))
		when := time.Unix(1_000_000+int64(i), 0)
		if err := os.Chtimes(d.path(dot), when, when); err != nil {
			t.Fatal(err)
		}
	}
	total := int64(0)
	for _, f := range kept(t, dir) {
		info, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		total += info.Size()
	}
	if total > 10_000 || total == 0 {
		t.Errorf("%d bytes are kept, at most 10000 wanted", total)
	}
	if _, ok := d.get([]byte("graph 29")); !ok {
		t.Error("the newest drawing was thrown away")
	}
	if _, ok := d.get([]byte("graph 0")); ok {
		t.Error("the oldest drawing was kept")
	}
	if _, err := os.Stat(foreign); err != nil {
		t.Error("a file of somebody else's was removed")
	}
}

func TestCacheThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, nil)
	p := newTestPool(t, Options{Children: 1, Cache: filepath.Join(file, "cache")})
	if _, err := p.Draw(context.Background(), replyDrafts("a")); err != nil {
		t.Errorf("a cache that cannot be written stops drawing: %v", err)
	}
}

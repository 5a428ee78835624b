package diagrams

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"candor/diagrams/internal/engine"
)

// drawings keeps raw drawings in a folder, so that an unchanged diagram costs a file
// read. A name is the hash of what was asked for; a file begins with the hash of
// what follows. A file that does not match is a miss, and one that matches still
// goes through the same checks as a fresh drawing: it is trusted no further than the
// renderer is. Its methods take a nil *drawings for one that keeps nothing.
type drawings struct {
	dir string
	max int64

	mu   sync.Mutex
	size int64 // bytes there, -1 before they have been counted
}

func newDrawings(dir string, max int64) *drawings {
	if dir == "" {
		return nil
	}
	return &drawings{dir: dir, max: max, size: -1}
}

const (
	keepMark = "candor drawing 1\n"
	keepHead = len(keepMark) + 2*sha256.Size + 1
	keepEnd  = ".drawing"
)

// path returns where the drawing of some DOT lies.
func (d *drawings) path(dot []byte) string {
	h := sha256.New()
	for _, s := range []string{keepMark, writerVersion, "\n", engine.Version, "\n"} {
		h.Write([]byte(s))
	}
	h.Write(dot)
	return filepath.Join(d.dir, hex.EncodeToString(h.Sum(nil))+keepEnd)
}

// get returns the drawing kept for some DOT.
func (d *drawings) get(dot []byte) ([]byte, bool) {
	if d == nil {
		return nil, false
	}
	path := d.path(dot)
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxReply {
		return nil, false
	}
	b, err := os.ReadFile(path)
	if err != nil || len(b) < keepHead {
		return nil, false
	}
	body := b[keepHead:]
	if string(b[:keepHead]) != keepHeader(body) {
		return nil, false
	}
	return body, true
}

func keepHeader(body []byte) string {
	sum := sha256.Sum256(body)
	return keepMark + hex.EncodeToString(sum[:]) + "\n"
}

// put keeps a drawing. What goes wrong is left alone: the next build draws again.
func (d *drawings) put(dot, svg []byte) {
	if d == nil || os.MkdirAll(d.dir, 0o700) != nil {
		return
	}
	f, err := os.CreateTemp(d.dir, "new-*")
	if err != nil {
		return
	}
	_, err = f.Write(append([]byte(keepHeader(svg)), svg...))
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), d.path(dot))
	}
	if err != nil {
		os.Remove(f.Name())
		return
	}
	d.grew(int64(len(svg) + keepHead))
}

// grew counts what was added and makes room when there is too much.
func (d *drawings) grew(by int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.size >= 0 {
		d.size += by
	}
	if d.size < 0 || d.size > d.max {
		d.size = d.trim()
	}
}

// trim counts the bytes kept, and if they are too many removes the oldest drawings
// until a quarter of the room is free. Other files are left alone, but for what a
// killed process has begun.
func (d *drawings) trim() int64 {
	entries, err := os.ReadDir(d.dir)
	if err != nil {
		return 0
	}
	var files []fs.FileInfo
	total := int64(0)
	for _, e := range entries {
		info, err := e.Info()
		ours := filepath.Ext(e.Name()) == keepEnd || filepath.Ext(e.Name()) == "" && len(e.Name()) > 4 && e.Name()[:4] == "new-"
		if err == nil && ours && info.Mode().IsRegular() {
			files = append(files, info)
			total += info.Size()
		}
	}
	if total <= d.max {
		return total
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int {
		return cmp.Or(a.ModTime().Compare(b.ModTime()), cmp.Compare(a.Name(), b.Name()))
	})
	for _, f := range files {
		if total <= d.max-d.max/4 {
			break
		}
		if os.Remove(filepath.Join(d.dir, f.Name())) == nil {
			total -= f.Size()
		}
	}
	return total
}

package watch

import (
	"context"
	"errors"
	"hash/maphash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// young is how long after a change a file's time may not tell of the next one: file systems count in steps of up to two seconds. While
// polling, what is in the file is compared as well for so long.
const young = 2 * time.Second

// maxCompared is the size in bytes up to which a young file is read.
const maxCompared = 1 << 20

// A stamp is what is known of a file without reading it.
type stamp struct {
	size, mtime int64
	identity           // nothing where numbers of files mean nothing
	link        string // where a symbolic link leads; the rest is then of what is there
	sum         uint64 // of the content, while polling and if it was ever young; else 0
	changed     int64  // when a poll found it changed, in nanoseconds
}

// An identity tells a file or folder from another that has come into its place.
type identity struct{ device, inode uint64 }

func (s stamp) same(other stamp) bool {
	s.changed = other.changed
	return s == other
}

// alike reports whether there is no file twice, or the same.
func alike(a, b *stamp) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.same(*b)
}

// sized gives the size of a file of which there may be no stamp: nothing is as good as empty.
func sized(s *stamp) int64 {
	if s == nil {
		return 0
	}
	return s.size
}

// A tree is the picture of a folder. It holds no name that is ignored.
type tree struct {
	files   map[string]stamp
	folders map[string]*tree
}

// parts splits a path that is relative to a tree; none for the tree itself.
func parts(rel string) []string {
	if rel == "" {
		return nil
	}
	return strings.Split(rel, string(filepath.Separator))
}

// sub gives the tree of a folder, or nil.
func (t *tree) sub(rel string) *tree {
	for _, name := range parts(rel) {
		if t == nil {
			return nil
		}
		t = t.folders[name]
	}
	return t
}

// parent gives the tree that the path lies in, or nil, and its last name. The path is not empty.
func (t *tree) parent(rel string) (*tree, string) {
	dir, name := filepath.Split(rel)
	return t.sub(strings.TrimSuffix(dir, string(filepath.Separator))), name
}

// file gives the stamp of a file, or nil.
func (t *tree) file(rel string) *stamp {
	if in, name := t.parent(rel); in != nil {
		if s, ok := in.files[name]; ok {
			return &s
		}
	}
	return nil
}

// put replaces whatever has the path with a file, a folder or, if both are nil, nothing. It does nothing if the folder around it is not there.
func (t *tree) put(rel string, s *stamp, sub *tree) {
	in, name := t.parent(rel)
	if in == nil {
		return
	}
	delete(in.files, name)
	delete(in.folders, name)
	if s != nil {
		in.files[name] = *s
	}
	if sub != nil {
		in.folders[name] = sub
	}
}

// A report is told a file by its path, with what was known of it and what is now; nil if it was or is not there.
type report func(path string, before, after *stamp)

// compare reports every file that differs between two pictures of the folder at the path, in no order. Either may be nil.
func compare(before, after *tree, at string, found report) {
	if before == nil {
		before = &tree{}
	}
	if after == nil {
		after = &tree{}
	}
	for name, old := range before.files {
		now, ok := after.files[name]
		if !ok {
			found(filepath.Join(at, name), &old, nil)
		} else if !now.same(old) {
			found(filepath.Join(at, name), &old, &now)
		}
	}
	for name, now := range after.files {
		if _, ok := before.files[name]; !ok {
			found(filepath.Join(at, name), nil, &now)
		}
	}
	for name, old := range before.folders {
		compare(old, after.folders[name], filepath.Join(at, name), found)
	}
	for name, now := range after.folders {
		if before.folders[name] == nil {
			compare(nil, now, filepath.Join(at, name), found)
		}
	}
}

// A photographer takes pictures of folders.
type photographer struct {
	ignore func(name string) bool
	inodes bool
	enter  func(dir string) // called before a folder is listed; may be nil
	deep   bool             // compare what is in young files
	now    func() time.Time
	seed   maphash.Seed
}

// take gives the picture of a folder, or nil if it is not there or may not be read. Old is its picture before: if the machine cannot read it now (a
// network mount that hangs), it is taken to be as it was. Once the context has ended the picture is incomplete.
func (p *photographer) take(ctx context.Context, dir string, old *tree) *tree {
	if p.enter != nil {
		p.enter(dir)
	}
	entries, err := os.ReadDir(dir)
	if err != nil && len(entries) == 0 {
		if _, gone := os.Lstat(dir); gone != nil || errors.Is(err, fs.ErrPermission) {
			return nil
		}
		return old
	}
	t := &tree{files: make(map[string]stamp, len(entries)), folders: map[string]*tree{}}
	for _, e := range entries {
		name := e.Name()
		if ctx.Err() != nil || p.ignore(name) {
			continue
		}
		at := filepath.Join(dir, name)
		if e.IsDir() {
			if sub := p.take(ctx, at, old.sub(name)); sub != nil {
				t.folders[name] = sub
			}
			continue
		}
		if info, err := e.Info(); err == nil && !info.IsDir() {
			t.files[name] = p.develop(at, info, old)
		}
	}
	return t
}

// develop gives the stamp of a file in a folder whose picture before was old.
func (p *photographer) develop(at string, info fs.FileInfo, old *tree) stamp {
	s := p.stamp(at, info)
	if !p.deep || s.link != "" {
		return s
	}
	var before stamp
	if old != nil {
		before = old.files[filepath.Base(at)]
	}
	s.sum, s.changed = before.sum, before.changed
	now := p.now()
	moved := !s.same(before)
	if moved {
		s.changed = now.UnixNano()
		if old == nil { // the first picture: it changed when it says
			s.changed = min(s.changed, s.mtime)
		}
	}
	if now.UnixNano()-s.changed < int64(young) && info.Mode().IsRegular() && s.size <= maxCompared {
		s.sum = p.sum(at)
		if !moved && s.sum != before.sum && before.sum != 0 {
			s.changed = now.UnixNano()
		}
	}
	return s
}

// look gives the stamp of what is at the path, nil if nothing is, and whether it is a folder.
func (p *photographer) look(at string) (s *stamp, isFolder bool) {
	info, err := os.Lstat(at)
	if err != nil {
		return nil, false
	}
	if info.IsDir() {
		return nil, true
	}
	got := p.stamp(at, info)
	return &got, false
}

// stamp gives what the info says. Of a symbolic link to a file it is what is said of that file, since that is what will be read.
func (p *photographer) stamp(at string, info fs.FileInfo) stamp {
	var s stamp
	if info.Mode()&fs.ModeSymlink != 0 {
		if s.link, _ = os.Readlink(at); !filepath.IsAbs(s.link) { // in case it leads nowhere now, but will
			s.link = filepath.Join(filepath.Dir(at), s.link)
		}
		if target, err := filepath.EvalSymlinks(at); err == nil {
			s.link = target
			if there, err := os.Stat(target); err == nil && !there.IsDir() {
				info = there
			}
		}
	}
	s.size, s.mtime = info.Size(), info.ModTime().UnixNano()
	if p.inodes {
		s.identity = identify(info)
	}
	return s
}

func (p *photographer) sum(at string) uint64 {
	f, err := os.Open(at)
	if err != nil {
		return 0
	}
	defer f.Close()
	var h maphash.Hash
	h.SetSeed(p.seed)
	if _, err := io.Copy(&h, io.LimitReader(f, maxCompared)); err != nil {
		return 0
	}
	return h.Sum64() | 1 // never 0, which means unknown
}

// links gives, for a file, the symbolic links that lead to it: whoever changes the one changes the others.
type links map[string]map[string]bool

// note keeps up with a change of the file at the path.
func (l links) note(path string, before, after *stamp) {
	if before != nil && before.link != "" {
		delete(l[before.link], path)
		if len(l[before.link]) == 0 {
			delete(l, before.link)
		}
	}
	if after != nil && after.link != "" {
		if l[after.link] == nil {
			l[after.link] = map[string]bool{}
		}
		l[after.link][path] = true
	}
}

package source

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Reread gives the tree as Read would give it now, when nothing below dir but these files can have changed since t was read: only they are
// read. A file that is the same as before is the same *File. Paths that are not below dir, or that Read passes over, mean nothing.
func (t *Tree) Reread(fsys fs.FS, dir string, paths []string) (*Tree, error) {
	var found []entry
	touched := map[string]bool{}
	for _, name := range paths {
		if !isContent(name, dir) || touched[name] {
			continue
		}
		info, err := fs.Lstat(fsys, name)
		if errors.Is(err, fs.ErrNotExist) {
			if !t.isFile(name) { // a folder, perhaps
				return t.ReadAgain(fsys, dir)
			}
			touched[name] = true
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		if info.IsDir() || !t.isFile(name) && len(t.Files) >= MaxFiles {
			return t.ReadAgain(fsys, dir)
		}
		touched[name] = true
		found = append(found, entry{name: name, d: fs.FileInfoToDirEntry(info)})
	}
	readEach(fsys, found)
	now := &Tree{}
	for _, e := range found {
		if errors.Is(e.err, fs.ErrNotExist) { // it went while it was looked at
			return t.ReadAgain(fsys, dir)
		}
		if old := t.File(e.name); e.file != nil && old != nil && old.IsText() && e.file.IsText() && bytes.Equal(old.Data, e.file.Data) {
			touched[e.name] = false // it was written, and says the same
		}
	}
	found = slices.DeleteFunc(found, func(e entry) bool { return !touched[e.name] })
	if err := now.take(found); err != nil {
		return nil, err
	}
	for _, f := range t.Files {
		if !touched[f.Path] {
			now.Files = append(now.Files, f)
		}
	}
	for _, p := range t.Problems {
		if !touched[p.File.Path] {
			now.Problems = append(now.Problems, p)
		}
	}
	now.order()
	return now, nil
}

// ReadAgain gives what Read gives, with the files of t that have not changed. An asset counts as unchanged when its size and time are the same.
func (t *Tree) ReadAgain(fsys fs.FS, dir string) (*Tree, error) {
	now, err := Read(fsys, dir)
	if err != nil {
		return nil, err
	}
	for i, f := range now.Files {
		old := t.File(f.Path)
		switch {
		case old == nil || old.IsText() != f.IsText() || old.Size != f.Size:
		case f.IsText() && bytes.Equal(old.Data, f.Data), !f.IsText() && old.modified.Equal(f.modified):
			now.Files[i] = old
		}
	}
	return now, nil
}

// isFile reports whether a path is one of a file that was read, or that could not be.
func (t *Tree) isFile(name string) bool {
	return t.File(name) != nil || slices.ContainsFunc(t.Problems, func(p Problem) bool { return p.File.Path == name })
}

// isContent reports whether Read looks at a path.
func isContent(name, dir string) bool {
	rest, below := strings.CutPrefix(name, dir+"/")
	if !below || !fs.ValidPath(name) {
		return name == dir
	}
	for _, part := range strings.Split(rest, "/") {
		if IsLitter(part) {
			return false
		}
	}
	return true
}

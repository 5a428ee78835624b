package amend

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Over gives files as they will be once changes are made. A file that gets another name stays in its folder.
func Over(files fs.FS, changes []*Change) fs.FS {
	o := overlay{files, map[string]*Change{}, map[string]*Change{}}
	for _, c := range changes {
		o.before[c.File.Path], o.after[c.To] = c, c
	}
	return o
}

// An overlay has other bytes in some files of a file system, and other names for some.
type overlay struct {
	fs.FS
	before, after map[string]*Change // by the path that files have, and by the one that they are going to have
}

// Open opens a file as it is below, or with its other bytes.
func (o overlay) Open(name string) (fs.File, error) {
	c := o.after[name]
	if c == nil {
		if o.before[name] != nil {
			return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
		}
		return o.FS.Open(name)
	}
	f, err := o.FS.Open(c.File.Path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	return &changedFile{File: f, Reader: bytes.NewReader(c.after), info: info, name: path.Base(name)}, nil
}

// ReadDir lists a folder with the names that its files are going to have.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.FS, name)
	if err != nil {
		return nil, err
	}
	for i, e := range entries {
		if c := o.before[path.Join(name, e.Name())]; c != nil {
			entries[i] = changedEntry{e, path.Base(c.To), int64(len(c.after))}
		}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// A changedFile reads other bytes than those of the file that it is.
type changedFile struct {
	fs.File
	*bytes.Reader
	info fs.FileInfo
	name string
}

func (f *changedFile) Read(p []byte) (int, error) { return f.Reader.Read(p) }
func (f *changedFile) Stat() (fs.FileInfo, error) {
	return changedInfo{f.info, f.name, f.Reader.Size()}, nil
}

// A changedInfo is a FileInfo with another name and size.
type changedInfo struct {
	fs.FileInfo
	name string
	size int64
}

func (i changedInfo) Name() string { return i.name }
func (i changedInfo) Size() int64  { return i.size }

// A changedEntry is an entry of a folder with another name and size.
type changedEntry struct {
	fs.DirEntry
	name string
	size int64
}

func (e changedEntry) Name() string { return e.name }
func (e changedEntry) Info() (fs.FileInfo, error) {
	info, err := e.DirEntry.Info()
	if err != nil {
		return nil, err
	}
	return changedInfo{info, e.name, e.size}, nil
}

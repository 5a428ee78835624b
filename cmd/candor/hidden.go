package main

import (
	"io/fs"
	"path"
	"slices"
)

// A hiding is a file system without some folders: they are in no list of what a folder holds. Whoever names one gets it.
type hiding struct {
	fs.FS
	hidden []string
}

// without gives fsys without folders; fsys itself where there is nothing to hide.
func without(fsys fs.FS, folders []string) fs.FS {
	if len(folders) == 0 {
		return fsys
	}
	return hiding{fsys, folders}
}

// ReadDir lists a folder.
func (h hiding) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(h.FS, name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return slices.Contains(h.hidden, path.Join(name, e.Name())) }), err
}

// Stat, ReadFile, Lstat and ReadLink go on to the file system, which has quicker ways than to open a file.
func (h hiding) Stat(name string) (fs.FileInfo, error) { return fs.Stat(h.FS, name) }

// ReadFile reads a file.
func (h hiding) ReadFile(name string) ([]byte, error) { return fs.ReadFile(h.FS, name) }

// Lstat describes a file without following it.
func (h hiding) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(h.FS, name) }

// ReadLink gives where a link leads.
func (h hiding) ReadLink(name string) (string, error) { return fs.ReadLink(h.FS, name) }

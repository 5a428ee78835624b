package scan

import (
	"context"
	"io/fs"
	"path"
	"slices"
	"strings"

	"candor/generator/catalog"
)

// Limits of a tree. A repository of a company's whole code stays below.
const (
	maxTreeFiles = 1_000_000
	maxTreeDepth = 64
)

// A walker goes through the folders of a tree and names the files to read.
type walker struct {
	sweep   *sweep
	ctx     context.Context
	entries int
}

func (w *walker) walk() {
	var g *ignoring
	if text, ok := w.rules(".git/info/exclude"); ok {
		g = g.with(".", text)
	}
	w.folder(".", g, 0)
}

// rules gives the text of a file of what git ignores.
func (w *walker) rules(name string) ([]byte, bool) {
	info, err := fs.Stat(w.sweep.tree.Files, name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxSize {
		return nil, false
	}
	text, err := fs.ReadFile(w.sweep.tree.Files, name)
	return text, err == nil
}

// folder goes through one folder.
func (w *walker) folder(dir string, g *ignoring, depth int) {
	if w.ctx.Err() != nil || w.entries > maxTreeFiles {
		return
	}
	if depth > maxTreeDepth {
		w.sweep.note(dir, "lies too deep")
		return
	}
	entries, err := fs.ReadDir(w.sweep.tree.Files, dir)
	if err != nil {
		w.sweep.note(dir, "cannot be read")
		return
	}
	has := func(name string) bool {
		_, found := slices.BinarySearchFunc(entries, name, func(e fs.DirEntry, name string) int { return strings.Compare(e.Name(), name) })
		return found
	}
	if has("pyvenv.cfg") {
		return
	}
	if has(".gitignore") {
		if text, ok := w.rules(path.Join(dir, ".gitignore")); ok {
			g = g.with(dir, text)
		}
	}
	for _, e := range entries {
		if w.entries++; w.entries > maxTreeFiles {
			w.sweep.note(dir, "is one of more than a million files and folders, of which the rest is not looked at")
			return
		}
		name := path.Join(dir, e.Name())
		switch {
		case e.IsDir():
			made := e.Name() == "target" && (has("Cargo.toml") || has("pom.xml")) || e.Name() == "out" && has("package.json")
			if !made && !isSkippedFolder(e.Name()) && !g.ignores(name, true) {
				w.folder(name, g, depth+1)
			}
		case !g.ignores(name, false):
			w.file(name, e)
		}
	}
}

// file names a file to read, if there is something to look for in it.
func (w *walker) file(name string, e fs.DirEntry) {
	j := job{path: name}
	if m, ok := w.sweep.present(name); ok {
		j.file = &m
	}
	_, manifest := kindOf(name)
	readable := manifest || familyOf(name) != nil
	if !readable && j.file == nil && secretOf(name) == "" {
		return
	}
	if !e.Type().IsRegular() {
		why := "is no ordinary file"
		if e.Type()&fs.ModeSymlink != 0 {
			why = "is a symbolic link, which is not followed"
		}
		w.sweep.note(name, why)
		return
	}
	j.role = roleOf(name)
	if j.role.secret != "" && j.role.secret != "a key" {
		why := "is " + j.role.secret + ", which is not read"
		if strings.Contains(j.role.secret, "environment") {
			why += ": only examples are, like .env.example"
		}
		w.sweep.note(name, why)
	}
	j.shut = !readable || j.role.secret != ""
	if j.role.skip || j.shut && j.file == nil {
		return
	}
	select {
	case w.sweep.jobs <- j:
	case <-w.ctx.Done():
	}
}

// present gives the vendor that a file shows by being there.
func (s *sweep) present(name string) (catalog.Match, bool) {
	if m, ok := s.words.files[path.Base(name)]; ok {
		return m, true
	}
	dir, base := path.Split(name)
	m, ok := s.words.files[path.Join(path.Base(dir), base)]
	return m, ok
}

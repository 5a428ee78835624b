package watch

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// everything is a spot for resync: whatever is known may be wrong.
const everything = "\x00"

// resync finds out where the watched folders are now, and takes a new picture of each that has come, gone, or has the hit spot on its way. It does nothing
// if all are where they were.
func (w *Watcher) resync(hit string) {
	w.edition++
	forced := func(f *folder) bool { return hit == everything || hit != "" && slices.Contains(f.spots, hit) }
	for _, f := range w.folders {
		if forced(f) {
			w.forget(f.real)
		}
	}
	w.spots = map[string]bool{}
	var ways []string // folders in which the spots are, watched without what is below them
	for _, f := range w.folders {
		force := forced(f)
		real, way := w.find(f)
		ways = append(ways, way...)
		if real != f.real || force && f.tree != nil {
			w.move(f, real)
			w.batch.all = true
		}
	}
	w.prune(ways)
	for _, dir := range ways {
		w.ask(dir)
	}
	if w.batch.all {
		w.batch.wait()
	}
}

// find gives where a folder is, empty if it is not there, and the folders on the way to it. It asks for the events of each of them before it looks into
// it, so that a folder that comes at the same time is not missed.
func (w *Watcher) find(f *folder) (real string, way []string) {
	base, names := w.o.Root, strings.Split(filepath.FromSlash(f.name), string(filepath.Separator))
	if whole := filepath.FromSlash(f.name); filepath.IsAbs(whole) {
		base = filepath.Dir(whole)
		for !isFolder(base) && filepath.Dir(base) != base {
			base = filepath.Dir(base)
		}
		rel, err := filepath.Rel(base, whole)
		if err != nil {
			return "", nil
		}
		names = strings.Split(rel, string(filepath.Separator))
	}
	f.spots = nil
	at, err := filepath.EvalSymlinks(base)
	if err != nil {
		return "", nil
	}
	spot := func(path string) {
		f.spots = append(f.spots, path)
		w.spots[path] = true
	}
	spot(at)
	for _, name := range names {
		if name == "." {
			break
		}
		way = append(way, at)
		w.ask(at)
		next := filepath.Join(at, name)
		spot(next)
		if at, err = filepath.EvalSymlinks(next); err != nil {
			return "", way
		}
	}
	if !isFolder(at) {
		return "", way
	}
	if !slices.Contains(f.spots, at) {
		spot(at)
	}
	return at, way
}

// holds reports whether a path is that of the folder or below it, and not in something that is ignored: a folder on the way to another may be.
func (w *Watcher) holds(f *folder, path string) bool {
	return f.tree != nil && within(f.real, path) && !slices.ContainsFunc(parts(f.below(path)), w.o.Ignore)
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// move takes a new picture of a folder that may be somewhere else now.
func (w *Watcher) move(f *folder, real string) {
	before := f.tree
	if real != f.real {
		compare(before, nil, f.real, func(path string, old, now *stamp) {
			w.links.note(path, old, now)
			w.batch.names[f.told(path)] = true
		})
		before = nil
	}
	f.real, f.tree = real, nil
	if real == "" {
		return
	}
	if place := w.o.place(real); place != "" {
		w.inodes = false // such places make them up
		if w.sys != nil {
			w.trouble = &Notice{Text: strconv.Quote(f.name) + " is on " + place + ", which tells of no changes made elsewhere: looking for changes every " + fastestPoll.String() + " instead"}
		}
	}
	w.forget(real)
	f.tree = w.photographer().take(context.Background(), real, before)
	if f.tree == nil {
		f.tree = &tree{files: map[string]stamp{}, folders: map[string]*tree{}}
	}
	compare(before, f.tree, real, w.note)
}

// prune ends the watching of whatever no folder needs any more.
func (w *Watcher) prune(ways []string) {
	for dir := range w.watched {
		needed := slices.Contains(ways, dir)
		for _, f := range w.folders {
			needed = needed || within(f.real, dir)
		}
		if !needed {
			w.forgetOne(dir)
		}
	}
}

// replaceFolders changes the list of folders. The pictures of those that stay, stay.
func (w *Watcher) replaceFolders(names []string) {
	wanted := foldersOf(w.o.Root, names)
	for i, f := range wanted {
		for _, old := range w.folders {
			if old.name == f.name {
				wanted[i] = old
			}
		}
	}
	if slices.Equal(wanted, w.folders) {
		return
	}
	for _, old := range w.folders {
		if !slices.Contains(wanted, old) {
			compare(old.tree, nil, old.real, w.links.note)
		}
	}
	w.folders = wanted
	clear(w.suspects)
	w.resync("")
}

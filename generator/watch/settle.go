package watch

import (
	"context"
	"hash/maphash"
	"maps"
	"slices"
)

var seed = maphash.MakeSeed()

// photographer gives the one that takes pictures now: it asks for the events of each folder that it enters, or, while polling, looks deeper.
func (w *Watcher) photographer() *photographer {
	p := &photographer{ignore: w.o.Ignore, inodes: w.inodes, now: w.o.Now, seed: seed}
	if w.sys != nil {
		p.enter = w.ask
	} else {
		p.deep = true
	}
	return p
}

// note takes in what a picture showed.
func (w *Watcher) note(path string, before, after *stamp) {
	w.links.note(path, before, after)
	delete(w.suspects, path)
	known := sized(before)
	if before == nil {
		known = -1 // a file that comes empty is waited for, too
	}
	w.batch.add(path, known)
}

// touch takes in that a file was written, or something at the path came or went.
func (w *Watcher) touch(path string) {
	known := int64(-1)
	for _, f := range w.folders {
		if w.holds(f, path) && path != f.real {
			if s := f.tree.file(f.below(path)); s != nil {
				known = s.size
			}
		}
	}
	w.batch.add(path, known)
}

// scan takes the picture of a folder below, or at, a watched one anew.
func (w *Watcher) scan(dir string) {
	for _, f := range w.folders {
		if !w.holds(f, dir) {
			continue
		}
		rel := f.below(dir)
		before := f.tree.sub(rel)
		after := w.photographer().take(context.Background(), dir, before)
		compare(before, after, dir, w.note)
		if rel == "" {
			f.tree = after
			continue
		}
		if s := f.tree.file(rel); s != nil { // a file has become a folder
			w.note(dir, s, nil)
		}
		f.tree.put(rel, nil, after)
	}
}

// flushOrLook is what comes when it has been quiet for long enough. While polling nobody knows whether it is quiet, so another look tells.
func (w *Watcher) flushOrLook(ctx context.Context) {
	if w.sys == nil && !w.batch.lost {
		w.startLook(ctx)
		return
	}
	w.flush()
}

// flush tells what is in the batch, unless it waits for something still.
func (w *Watcher) flush() {
	if w.batch.isHollow() {
		w.batch.due.Reset(quietOne * 2)
		return
	}
	if w.batch.lost {
		w.resync(everything)
		w.batch.all = true
	}
	names := map[string]bool{}
	for name := range w.batch.names {
		names[name] = true
	}
	for path := range w.batch.paths {
		w.settle(path, names)
	}
	all := w.batch.all
	w.batch.clear()
	w.deliver(names, all)
}

// settle brings the picture up to date with what is at the path, and adds the names by which it is told.
func (w *Watcher) settle(path string, names map[string]bool) {
	for _, f := range w.folders {
		if !w.holds(f, path) || path == f.real {
			continue
		}
		rel := f.below(path)
		if w.sys == nil { // the picture was taken a moment ago, by a look that no event will correct
			names[f.told(path)] = true
			continue
		}
		w.settleIn(f, path, rel, names)
	}
	if w.sys == nil {
		return // a look sees what links lead to by itself
	}
	for _, link := range slices.Collect(maps.Keys(w.links[path])) {
		for _, f := range w.folders {
			if w.holds(f, link) {
				w.settleIn(f, link, f.below(link), names)
			}
		}
	}
}

// settleIn does so in one folder. What came and went in between is not told.
func (w *Watcher) settleIn(f *folder, path, rel string, names map[string]bool) {
	tell := func(path string, before, after *stamp) {
		w.links.note(path, before, after)
		names[f.told(path)] = true
	}
	was, folderWas := f.tree.file(rel), f.tree.sub(rel)
	now, isFolder := w.photographer().look(path)
	size, inBatch := w.batch.paths[path]
	known := inBatch && size >= 0 // and may have left the picture with its folder
	switch {
	case isFolder && folderWas == nil:
		after := w.photographer().take(context.Background(), path, nil)
		compare(nil, after, path, tell)
		f.tree.put(rel, nil, after)
	case isFolder: // its files speak for themselves
	default:
		compare(folderWas, nil, path, tell)
		f.tree.put(rel, now, nil)
	}
	if was != nil || now != nil || known {
		tell(path, was, now)
	}
}

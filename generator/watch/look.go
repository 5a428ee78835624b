package watch

import (
	"context"
	"time"
)

const (
	fastestPoll = 250 * time.Millisecond
	slowestPoll = 2 * time.Second
	slowLook    = 2 * time.Second // the fastest look in the background while there are events
	slowestLook = 30 * time.Second
	judgement   = time.Second // how long after a look in the background an event may still come
)

// looked is what a look showed.
type looked struct {
	edition int
	reals   []string // of each folder in turn
	trees   []*tree
	cost    time.Duration
}

// pause gives how long to wait from one look to the next: while polling a tenth of a core may be spent, else a fiftieth.
func pause(cost, poll, slow time.Duration, polling bool) time.Duration {
	if polling {
		if poll == 0 {
			poll = fastestPoll
		}
		return max(poll, min(10*cost, slowestPoll))
	}
	return max(slow, min(50*cost, slowestLook))
}

// lookLater sets the time of the next look.
func (w *Watcher) lookLater() {
	w.lookAt.Reset(pause(w.cost, w.o.Poll, w.o.slow, w.sys == nil))
}

// startLook walks all folders, beside the loop, so that an event need not wait until it is done. There is one at a time.
func (w *Watcher) startLook(ctx context.Context) {
	if w.looking {
		return
	}
	w.looking = true
	edition, folders := w.edition, make([]folder, len(w.folders))
	for i, f := range w.folders {
		folders[i] = *f
	}
	p := w.photographer()
	p.enter = nil // asking belongs to the loop
	root, now, looks := w.o.Root, w.o.Now, w.looks
	go func() {
		began := now()
		l := looked{edition: edition}
		for _, f := range folders {
			finder := Watcher{o: Options{Root: root}, spots: map[string]bool{}}
			real, _ := finder.find(&f)
			var t *tree
			if real != "" && real == f.real {
				var before *tree
				if p.deep { // nobody changes the pictures while polling
					before = f.tree
				}
				t = p.take(ctx, real, before)
			}
			l.reals, l.trees = append(l.reals, real), append(l.trees, t)
		}
		l.cost = now().Sub(began)
		if ctx.Err() == nil {
			looks <- l // there is room for one
		}
	}()
}

// looked takes in what a look showed.
func (w *Watcher) looked(l looked) {
	w.looking = false
	w.cost = l.cost
	w.lookLater()
	if l.edition != w.edition { // the folders, or how they are watched, have changed since
		if w.sys == nil {
			w.lookAt.Reset(0)
		}
		return
	}
	moved, judging := false, len(w.suspects) > 0
	for i, f := range w.folders {
		if f.real != l.reals[i] {
			moved = true
		} else if f.tree != nil && l.trees[i] != nil {
			w.compareLooked(f, l.trees[i])
		}
	}
	if moved { // even where there are events, none tells that the site folder itself was moved or its link was changed
		w.resync("")
	}
	if w.sys == nil {
		w.flushIfQuiet()
	} else if len(w.suspects) > 0 && !judging {
		w.judgeAt.Reset(judgement)
	}
}

// compareLooked compares a folder with its new picture, and, while polling, puts that in the old one's place.
func (w *Watcher) compareLooked(f *folder, t *tree) {
	if w.sys == nil {
		compare(f.tree, t, f.real, w.note)
		f.tree = t
		return
	}
	compare(f.tree, t, f.real, func(path string, before, after *stamp) {
		if before != nil && before.link != "" || after != nil && after.link != "" {
			w.note(path, before, after) // what a link leads to may lie where nothing is watched
		} else {
			w.suspects[path] = suspect{before, after}
		}
	})
}

// flushIfQuiet tells what looks have shown, if the last one showed nothing new.
func (w *Watcher) flushIfQuiet() {
	b := &w.batch
	if b.empty() {
		return
	}
	if b.waits != b.shown && b.now().Sub(b.first) < patience {
		b.shown = b.waits
		return
	}
	w.flush()
}

// A suspect is a file that a look in the background found otherwise than its picture. The event that tells of it may be on its way.
type suspect struct{ picture, disk *stamp }

// judge decides on the suspects, now that every event must have come. If the disk is as the look found it, and the picture is still another, no event came of
// this change, and none will of others. Of one that has changed since, the next look will tell.
func (w *Watcher) judge() {
	unheard := false
	for path, s := range w.suspects {
		if _, ok := w.batch.paths[path]; ok || w.batch.lost {
			continue
		}
		now, _ := w.photographer().look(path)
		for _, f := range w.folders {
			if !w.holds(f, path) || path == f.real {
				continue
			}
			picture := f.tree.file(f.below(path))
			unheard = unheard || alike(now, s.disk) && alike(picture, s.picture) && !alike(now, picture)
		}
	}
	clear(w.suspects)
	if !unheard {
		return
	}
	w.trouble = &Notice{
		Text: "the system did not tell that a file changed, as on a network or container mount: looking for changes instead",
		Hint: "--poll 500ms does so from the start",
	}
}

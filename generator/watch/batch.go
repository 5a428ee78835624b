package watch

import (
	"os"
	"time"
)

const (
	quietOne   = 3 * time.Millisecond   // quiet that is waited for after one file, and for each further one
	quietMost  = 80 * time.Millisecond  // and at most
	patience   = time.Second            // from the first change to the telling, though it never grows quiet
	emptyPause = 150 * time.Millisecond // for a file that was just emptied to be filled: editors do one after the other
	maxPaths   = 20_000                 // of one change; of more it is told that everything is to be read anew
)

// A batch holds what has changed and was not told yet.
type batch struct {
	now    func() time.Time
	paths  map[string]int64 // files and folders that may have changed, with the size of a file before
	names  map[string]bool  // what is told as it stands, of folders that are elsewhere by now
	all    bool             // everything is to be read anew
	lost   bool             // events were lost: the whole is to be walked before anything is told
	first  time.Time        // when the batch began; zero while it is empty
	hollow time.Time        // when an empty file was first waited for
	waits  int              // counts how often something came in
	shown  int              // waits, as the last look left it
	due    *time.Timer      // when it has been quiet for long enough
}

func newBatch(now func() time.Time) batch {
	return batch{now: now, paths: map[string]int64{}, names: map[string]bool{}, due: stopped()}
}

func (b *batch) empty() bool {
	return len(b.paths) == 0 && len(b.names) == 0 && !b.all && !b.lost
}

// clear forgets everything, and makes room for the next: a map keeps the size that it once had.
func (b *batch) clear() {
	if len(b.paths) > 1000 {
		b.paths = map[string]int64{}
	}
	clear(b.paths)
	clear(b.names)
	b.all, b.lost, b.first, b.hollow, b.waits, b.shown = false, false, time.Time{}, time.Time{}, 0, 0
	b.due.Stop()
}

// add takes in a path, and starts waiting for quiet anew. Before is the size of the file before the first change in this batch.
func (b *batch) add(path string, before int64) {
	if _, ok := b.paths[path]; !ok && !b.lost {
		b.paths[path] = before
	}
	if len(b.paths) > maxPaths {
		clear(b.paths)
		b.lost = true
	}
	b.wait()
}

// wait starts waiting for quiet: shortly after one file, which somebody saved and wants to see, and the longer the more files there are.
func (b *batch) wait() {
	quiet := quietMost
	if !b.all && !b.lost {
		quiet = min(quietMost, quietOne*time.Duration(max(1, len(b.paths)+len(b.names))))
	}
	b.waits++
	now := b.now()
	if b.first.IsZero() {
		b.first = now
	}
	b.due.Reset(max(0, min(quiet, b.first.Add(patience).Sub(now))))
}

// isHollow reports whether a file stands empty that was not, and it is worth waiting for what will be written into it.
func (b *batch) isHollow() bool {
	now := b.now()
	if !b.hollow.IsZero() && now.Sub(b.hollow) >= emptyPause {
		return false
	}
	for path, before := range b.paths {
		if before == 0 {
			continue
		}
		if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() && info.Size() == 0 {
			if b.hollow.IsZero() {
				b.hollow = now
			}
			return true
		}
	}
	return false
}

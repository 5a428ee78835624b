package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"

	"github.com/fsnotify/fsnotify"
)

// An event is what the system says of one path.
type event = fsnotify.Event

// A system tells what happens directly in each folder that was added. Tests put their own in its place.
type system interface {
	add(dir string) error
	remove(dir string) error
	events() <-chan event
	errors() <-chan error
	close() error
}

// realSystem is the system's own.
type realSystem struct {
	*fsnotify.Watcher
	errs chan error
}

func openSystem() (system, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	s := &realSystem{Watcher: w, errs: make(chan error, 8)}
	// The library may hold its lock while it hands over an error, so whoever adds a folder would wait for it for ever. More errors than there is
	// room for say nothing new: each means that events were lost.
	go func() {
		defer close(s.errs)
		for err := range w.Errors {
			select {
			case s.errs <- err:
			default:
			}
		}
	}()
	return s, nil
}

func (s *realSystem) add(dir string) error    { return s.Add(dir) }
func (s *realSystem) remove(dir string) error { return s.Remove(dir) }
func (s *realSystem) events() <-chan event    { return s.Events }
func (s *realSystem) errors() <-chan error    { return s.errs }
func (s *realSystem) close() error            { return s.Close() }

// ask asks for the events of a folder. That the folder has gone, or may not be read, is no trouble: there is nothing to be told of it.
func (w *Watcher) ask(dir string) {
	if w.sys == nil || w.trouble != nil {
		return
	}
	info, err := os.Stat(dir)
	if err != nil {
		return
	}
	id := identify(info)
	if known, ok := w.watched[dir]; ok && known == id {
		return
	}
	w.forgetOne(dir)
	if old, ok := w.known[id]; ok && id != (identity{}) {
		w.forget(old) // it was renamed, and the event that says so is on its way
	}
	err = w.sys.add(dir)
	switch {
	case err == nil:
		w.watched[dir], w.known[id] = id, dir
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.ENOTDIR):
	default:
		w.trouble = limitReached(err)
	}
}

// forget ends the watching of a folder and all below it. It has to be done before a folder that was renamed is watched by its new name, or its events would
// go on to be told by the old one.
func (w *Watcher) forget(dir string) {
	for watched := range w.watched {
		if within(dir, watched) {
			w.forgetOne(watched)
		}
	}
}

func (w *Watcher) forgetOne(dir string) {
	id, ok := w.watched[dir]
	if !ok {
		return
	}
	delete(w.watched, dir)
	if w.known[id] == dir {
		delete(w.known, id)
	}
	if w.sys != nil {
		_ = w.sys.remove(dir) // the system has done so by itself where the folder is gone
	}
}

// handle takes in an event.
func (w *Watcher) handle(e event, ok bool) {
	if !ok {
		w.trouble = &Notice{Text: "the system ended telling of changes: looking for them instead"}
		return
	}
	at := filepath.Clean(e.Name)
	delete(w.suspects, at)
	comesOrGoes := e.Has(fsnotify.Create | fsnotify.Remove | fsnotify.Rename)
	if comesOrGoes && w.spots[at] {
		w.resync(at)
		if w.isWatched(at) {
			return
		}
	}
	if !w.watches(at) {
		return
	}
	switch {
	case e.Has(fsnotify.Create) && isRealFolder(at):
		w.forget(at) // one of that name may have been there a moment ago
		w.scan(at)
	case comesOrGoes:
		if _, ok := w.watched[at]; ok {
			w.forget(at)
		}
		w.touch(at)
	case e.Has(fsnotify.Write):
		w.touch(at)
	case e.Has(fsnotify.Chmod):
		w.handleAttributes(at)
	}
}

// watches reports whether a path is below a watched folder; events come of the folders on the way to one, too.
func (w *Watcher) watches(path string) bool {
	return slices.ContainsFunc(w.folders, func(f *folder) bool { return w.holds(f, path) })
}

// isWatched reports whether the path is that of a watched folder.
func (w *Watcher) isWatched(path string) bool {
	return slices.ContainsFunc(w.folders, func(f *folder) bool { return f.real == path })
}

func isRealFolder(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.IsDir()
}

// handleAttributes tells a file to which another time was given (touch, or a copy that keeps the time) from one whose rights alone changed. A folder
// may have become readable.
func (w *Watcher) handleAttributes(at string) {
	now, isFolder := w.photographer().look(at)
	if isFolder {
		w.scan(at)
		return
	}
	for _, f := range w.folders {
		if now == nil || !w.holds(f, at) || at == f.real {
			continue
		}
		if was := f.tree.file(f.below(at)); was == nil || !was.same(*now) {
			w.touch(at)
		}
	}
}

// handleError takes in that events were lost, or that there will be no more.
func (w *Watcher) handleError(err error, ok bool) {
	switch {
	case !ok:
		w.trouble = &Notice{Text: "the system ended telling of changes: looking for them instead"}
	case errors.Is(err, fsnotify.ErrEventOverflow):
		w.batch.lost = true
		w.batch.wait()
	default:
		w.batch.lost = true
		w.batch.wait()
		w.trouble = limitReached(err)
	}
}

// obeyTrouble goes over to polling if events cannot be had. It goes back never: what stood in the way would again.
func (w *Watcher) obeyTrouble() {
	if w.trouble == nil {
		return
	}
	w.o.Say(*w.trouble)
	w.trouble = nil
	if w.sys == nil {
		return
	}
	w.closeSystem()
	w.edition++
	clear(w.suspects)
	w.lookAt.Reset(0)
}

func (w *Watcher) closeSystem() {
	if w.sys != nil {
		_ = w.sys.close() // nothing is lost by it
		w.sys = nil
	}
	clear(w.watched)
	clear(w.known)
}

// limitReached says in words why the system refuses to tell of changes, and what to type so that it does.
func limitReached(err error) *Notice {
	n := &Notice{Text: fmt.Sprintf("the system tells of no changes (%v): looking for them instead", err)}
	linux := runtime.GOOS == "linux"
	switch {
	case errors.Is(err, syscall.ENOSPC) && linux:
		n.Text = "the limit of folders that may be watched is reached: looking for changes instead, which takes longer"
		n.Hint = "sudo sysctl fs.inotify.max_user_watches=524288"
	case errors.Is(err, syscall.EMFILE) && linux:
		n.Text = "the limit of programs that may watch folders is reached: looking for changes instead, which takes longer"
		n.Hint = "sudo sysctl fs.inotify.max_user_instances=1024, or end another program that watches folders"
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		n.Text = "the limit of open files is reached: looking for changes instead, which takes longer"
		n.Hint = "ulimit -n 10240"
	}
	return n
}

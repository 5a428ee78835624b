// Package watch tells what changed below some folders of a site.
//
// In come the names of folders; out come Changes: the files that were written, added, renamed or removed since the last one, brought together so
// that one save is told at once and a burst (a branch checked out, a folder moved in) is told once.
//
// Folders are watched and never files, since most editors save by putting another file in the place of the first. What is known of every file stands in
// a picture (its size, its time), and an event is no more than a hint where to look: what is told is the difference between the picture and the
// disk, so it is the same whether the system told of it, or the whole was walked. It is walked when events may be lost, and every few seconds in the
// background, which also finds out by itself that a place (a network or container mount) sends no events.
//
// Nothing is read but names, sizes and times, and while polling the content of files that changed a moment ago. Nothing is ever written.
package watch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// A Change is what happened since the last one.
type Change struct {
	// Paths are the files that were written, added or removed, each once and sorted; those of a folder that came, went or was renamed are among
	// them, one by one. They are slash paths relative to Options.Root, or absolute for a folder elsewhere that was named by an absolute path.
	Paths []string
	// All says that everything is to be read anew: events may have been lost, or one of the watched folders itself came, went or was replaced. Paths then
	// holds what is known beside that.
	All bool
}

// A Notice is what a person should know of the watching: it goes on, but otherwise than they would expect.
type Notice struct {
	Text string // what is the matter, in lower case and without a full stop
	Hint string // what to type or do about it; may be empty
}

// Options say what is watched and how.
type Options struct {
	Root    string                 // absolute path of the site folder on disk; may be a symbolic link
	Folders []string               // watched with all below them: slash paths relative to Root, or absolute; one that is not there is watched once it comes
	Ignore  func(name string) bool // base names of files and folders that mean nothing: swap, backup and lock files; nil ignores none
	Poll    time.Duration          // above 0: never ask the system for events, look this often
	Now     func() time.Time       // the clock, to know how long a look takes; must be set
	Say     func(Notice)           // called for each notice, from one goroutine at a time, and must not block; nil says nothing

	open  func() (system, error)   // how events are had, if not from the system itself
	place func(path string) string // what kind of place it is that sends no events, if not as the system says
	slow  time.Duration            // the shortest time between two looks in the background, if not slowLook
}

// A Watcher watches until its context ends. Its methods may be called from any goroutine.
type Watcher struct {
	o       Options
	changes chan Change

	mu     sync.Mutex
	wanted []string      // folders that SetFolders asks for
	asked  chan struct{} // holds a value if wanted is new

	// What follows belongs to the one goroutine that runs the loop.
	folders []*folder
	spots   map[string]bool // where a watched folder, or one on the way to it, is or will be
	links   links
	batch   batch
	next    *Change // what waits for its receiver

	sys      system              // nil while polling
	watched  map[string]identity // folders whose events are asked for
	known    map[identity]string // the same the other way round
	trouble  *Notice             // why events cannot be had, once they cannot
	inodes   bool                // numbers of files mean something here
	looks    chan looked
	looking  bool
	edition  int           // counts what makes a look that is under way worthless
	cost     time.Duration // of the last look
	lookAt   *time.Timer
	suspects map[string]suspect // files found changed of which no event has come yet
	judgeAt  *time.Timer
}

// Start watches from the moment it returns: every later change is told. The error says why nothing can be watched at all, such as a Root that is
// not there; whatever else stands in the way is said as a notice, and got around by polling.
func Start(ctx context.Context, o Options) (*Watcher, error) {
	if !filepath.IsAbs(o.Root) {
		return nil, fmt.Errorf("watch %q: not an absolute path", o.Root)
	}
	if o.Now == nil {
		return nil, errors.New("watch: no clock")
	}
	info, err := os.Stat(o.Root)
	if err != nil {
		return nil, fmt.Errorf("watch: %w", err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("watch %q: not a folder", o.Root)
	}
	w := newWatcher(o)
	w.begin()
	go w.loop(ctx)
	return w, nil
}

func newWatcher(o Options) *Watcher {
	return &Watcher{
		o: o.withDefaults(), changes: make(chan Change), asked: make(chan struct{}, 1),
		links: links{}, batch: newBatch(o.Now), watched: map[string]identity{}, known: map[identity]string{}, inodes: true,
		looks: make(chan looked, 1), lookAt: stopped(), suspects: map[string]suspect{}, judgeAt: stopped(),
	}
}

func (o Options) withDefaults() Options {
	o.Root = filepath.Clean(o.Root)
	if o.Ignore == nil {
		o.Ignore = func(string) bool { return false }
	}
	if o.Say == nil {
		o.Say = func(Notice) {}
	}
	if o.open == nil {
		o.open = openSystem
	}
	if o.place == nil {
		o.place = eventless
	}
	if o.slow == 0 {
		o.slow = slowLook
	}
	return o
}

// stopped gives a timer that has not been started.
func stopped() *time.Timer {
	t := time.NewTimer(time.Hour)
	t.Stop()
	return t
}

// Changes gives the channel on which changes are told. What happens while nobody receives is told as one change later. It is closed
// when the context has ended.
func (w *Watcher) Changes() <-chan Change { return w.changes }

// SetFolders replaces the list of folders, as in Options. If a folder that is there comes with it, a Change with All follows.
func (w *Watcher) SetFolders(names []string) {
	w.mu.Lock()
	w.wanted = slices.Clone(names)
	w.mu.Unlock()
	select {
	case w.asked <- struct{}{}:
	default:
	}
}

// begin takes the first picture, which is no change.
func (w *Watcher) begin() {
	w.folders = foldersOf(w.o.Root, w.o.Folders)
	if w.o.Poll == 0 {
		sys, err := w.o.open()
		if err != nil {
			w.trouble = limitReached(err)
		} else {
			w.sys = sys
		}
	}
	w.resync("")
	w.batch.clear()
	w.obeyTrouble()
	w.lookLater()
}

// loop is the one goroutine that owns the picture.
func (w *Watcher) loop(ctx context.Context) {
	defer close(w.changes)
	defer w.closeSystem()
	for ctx.Err() == nil {
		var events <-chan event
		var errs <-chan error
		if w.sys != nil {
			events, errs = w.sys.events(), w.sys.errors()
		}
		var out chan Change
		var next Change
		if w.next != nil && w.batch.empty() {
			out, next = w.changes, *w.next
		}
		select {
		case <-ctx.Done():
			return
		case out <- next:
			w.next = nil
		case e, ok := <-events:
			w.handle(e, ok)
		case err, ok := <-errs:
			w.handleError(err, ok)
		case <-w.batch.due.C:
			w.flushOrLook(ctx)
		case <-w.lookAt.C:
			w.startLook(ctx)
		case l := <-w.looks:
			w.looked(l)
		case <-w.judgeAt.C:
			w.judge()
		case <-w.asked:
			w.mu.Lock()
			wanted := w.wanted
			w.mu.Unlock()
			w.replaceFolders(wanted)
		}
		w.obeyTrouble()
	}
}

// deliver puts what is ready before the receiver, together with what waits for it already.
func (w *Watcher) deliver(names map[string]bool, all bool) {
	if len(names) == 0 && !all {
		return
	}
	c := Change{All: all}
	if w.next != nil {
		c.All = c.All || w.next.All
		c.Paths = w.next.Paths
	}
	for name := range names {
		c.Paths = append(c.Paths, name)
	}
	slices.Sort(c.Paths)
	c.Paths = slices.Compact(c.Paths)
	if len(c.Paths) > maxPaths {
		c.Paths, c.All = nil, true
	}
	w.next = &c
	select {
	case w.changes <- c: // at once, or endless writing would keep it back for as long
		w.next = nil
	default:
	}
}

// A folder is one of those that are watched, with the picture of what is in it.
type folder struct {
	name  string   // as told in paths: "content", "../drafts", "/srv/drafts", "."
	real  string   // where it is, all symbolic links followed; empty while it is not there
	spots []string // where it and the folders on the way to it are looked for
	tree  *tree    // nil while it is not there
}

// foldersOf gives the folders of the names, each once, without their places.
func foldersOf(root string, names []string) []*folder {
	var all []*folder
	seen := map[string]bool{}
	for _, name := range names {
		name = path.Clean(filepath.ToSlash(name))
		if filepath.IsAbs(filepath.FromSlash(name)) {
			rel, err := filepath.Rel(root, filepath.FromSlash(name))
			if err == nil && filepath.IsLocal(rel) {
				name = filepath.ToSlash(rel)
			}
		}
		if !seen[name] {
			seen[name] = true
			all = append(all, &folder{name: name})
		}
	}
	return all
}

// within reports whether the path is the folder or below it.
func within(folder, path string) bool {
	if folder == "" || !strings.HasPrefix(path, folder) {
		return false
	}
	return len(path) == len(folder) || path[len(folder)] == filepath.Separator || folder[len(folder)-1] == filepath.Separator
}

// below gives the path relative to the folder that it is within; empty for the folder itself.
func (f *folder) below(path string) string {
	return strings.TrimPrefix(path[len(f.real):], string(filepath.Separator))
}

// told gives the name by which a path within the folder is told.
func (f *folder) told(p string) string {
	return path.Join(f.name, filepath.ToSlash(f.below(p)))
}

package watch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A hindered system is the real one with something in its way.
type hindered struct {
	system
	room  int              // folders that may be added; below 0 as many as you like
	first func(dir string) // done before a folder is added; may be nil
	deaf  atomic.Bool      // swallow all events
	mu    sync.Mutex
	added int
	heard chan event
	errs  chan error
	done  chan struct{}
}

func hinder(t *testing.T, room int) *hindered {
	t.Helper()
	sys, err := openSystem()
	if err != nil {
		t.Skipf("this machine tells of no changes: %v", err)
	}
	h := &hindered{system: sys, room: room, heard: make(chan event), errs: make(chan error, 1), done: make(chan struct{})}
	go func() {
		for e := range sys.events() {
			if h.deaf.Load() {
				continue
			}
			select {
			case h.heard <- e:
			case <-h.done:
			}
		}
	}()
	return h
}

func (h *hindered) open() (system, error) { return h, nil }
func (h *hindered) events() <-chan event  { return h.heard }
func (h *hindered) errors() <-chan error  { return h.errs }

func (h *hindered) add(dir string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.room >= 0 && h.added >= h.room {
		return fmt.Errorf("add %s: %w", dir, syscall.ENOSPC)
	}
	h.added++
	if h.first != nil {
		h.first(dir)
	}
	return h.system.add(dir)
}

func (h *hindered) close() error {
	close(h.done)
	return h.system.close()
}

// wantNotice demands that one notice, and no other, has been said.
func (s *site) wantNotice(text, hint string) {
	s.t.Helper()
	got := s.notices()
	if len(got) != 1 || !strings.Contains(got[0].Text, text) || !strings.Contains(got[0].Hint, hint) {
		s.t.Errorf("said %q, want one notice with %q and the hint %q", got, text, hint)
	}
}

func onLinux(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the limits are those of Linux")
	}
}

// TestNoGapBeforeEvents writes a file into each new folder just before its events come: it has to be looked into after that.
func TestNoGapBeforeEvents(t *testing.T) {
	h := hinder(t, -1)
	s := watchSite(t, Options{open: h.open})
	h.mu.Lock()
	h.first = func(dir string) { s.must(os.WriteFile(filepath.Join(dir, "gap.md"), []byte("x"), 0o644)) }
	h.mu.Unlock()
	s.must(os.MkdirAll(s.at("content/x/y/z"), 0o755))
	s.until("content/x/gap.md", "content/x/y/gap.md", "content/x/y/z/gap.md")
	h.mu.Lock()
	h.first = func(dir string) { _ = os.Mkdir(filepath.Join(dir, "drafts"), 0o755) }
	h.mu.Unlock()
	s.must(os.Mkdir(s.at("services"), 0o755))
	s.wantAll()
}

// TestJudgement demands that a file which a look found changed is held for one that no event told of only if it has rested since.
func TestJudgement(t *testing.T) {
	for _, c := range []struct {
		name string
		then func(s *site, w *Watcher)
		want bool
	}{
		{"rests", func(*site, *Watcher) {}, true},
		{"changes again, of which the event is on its way", func(s *site, _ *Watcher) { s.write("content/a.md", "changed again") }, false},
		{"was told since", func(_ *site, w *Watcher) { w.touch(w.folders[0].real + "/a.md"); w.flush() }, false},
		{"is about to be told", func(_ *site, w *Watcher) { w.touch(w.folders[0].real + "/a.md") }, false},
		{"is gone, as if it had come and gone", func(s *site, _ *Watcher) { s.must(os.Remove(s.at("content/a.md"))) }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &site{t: t, root: t.TempDir()}
			s.write("content/a.md", "first")
			h := hinder(t, -1)
			h.deaf.Store(true)
			o := Options{Root: s.root, Folders: []string{"content"}, Now: time.Now, open: h.open, place: func(string) string { return "" }}
			w := newWatcher(o)
			w.begin()
			defer w.closeSystem()
			s.write("content/a.md", "changed")
			w.startLook(context.Background())
			w.looked(<-w.looks)
			if len(w.suspects) != 1 {
				t.Fatalf("suspects are %v", w.suspects)
			}
			c.then(s, w)
			w.judge()
			if got := w.trouble != nil; got != c.want {
				t.Errorf("taken for one that no event told of: %v", got)
			}
		})
	}
}

// TestRenamedBeforeItIsHeardOf renames a folder into one whose events are not asked for yet, so that its new place is seen before the event of its old one comes,
// and none comes of the new.
func TestRenamedBeforeItIsHeardOf(t *testing.T) {
	h := hinder(t, -1)
	s := watchSite(t, Options{open: h.open})
	h.mu.Lock() // the loop waits here as soon as it hears of the first folder
	s.must(os.Mkdir(s.at("services"), 0o755))
	time.Sleep(30 * time.Millisecond)
	s.must(os.Mkdir(s.at("services/drafts"), 0o755))
	s.burst(5, "events that stand before that of the renaming")
	s.rename("content/sub", "services/drafts/sub")
	h.mu.Unlock()
	s.wantAll()
	for _, ok := s.next(200 * time.Millisecond); ok; _, ok = s.next(200 * time.Millisecond) {
	}
	s.write("services/drafts/sub/c.md", "changed")
	s.want("services/drafts/sub/c.md")
}

func TestLimitOfFolders(t *testing.T) {
	onLinux(t)
	for room := range 4 { // the site folder, content and content/sub are three
		t.Run(fmt.Sprint(room), func(t *testing.T) {
			s := watchSite(t, Options{open: hinder(t, room).open})
			if room < 3 {
				s.wantNotice("limit of folders", "sysctl fs.inotify.max_user_watches=")
			}
			s.write("content/sub/c.md", "changed")
			s.want("content/sub/c.md")
			s.write("content/new/d.md", "one folder more")
			s.want("content/new/d.md")
			s.wantNotice("limit of folders", "sysctl fs.inotify.max_user_watches=")
			s.write("content/new/d.md", "changed")
			s.want("content/new/d.md")
		})
	}
}

func TestLimitOfPrograms(t *testing.T) {
	onLinux(t)
	s := watchSite(t, Options{open: func() (system, error) { return nil, fmt.Errorf("start: %w", syscall.EMFILE) }})
	s.wantNotice("limit of programs", "sysctl fs.inotify.max_user_instances=")
	s.write("content/a.md", "changed")
	s.want("content/a.md")
}

func TestPlacesWithoutEvents(t *testing.T) {
	h := hinder(t, -1)
	s := watchSite(t, Options{open: h.open, Folders: []string{"content", "themes"}, place: func(path string) string {
		if filepath.Base(path) == "themes" {
			return "a network mount (nfs)"
		}
		return ""
	}})
	s.write("content/a.md", "changed")
	s.want("content/a.md")
	h.deaf.Store(false)
	s.write("themes/x.css", "as if it had been mounted")
	s.wantAll()
	s.wantNotice(`"themes" is on a network mount (nfs)`, "")
	s.write("themes/x.css", "changed")
	s.want("themes/x.css")
}

func TestKindsOfPlaces(t *testing.T) {
	if got := eventless(t.TempDir()); got != "" {
		t.Skipf("the temporary folder is on %s", got)
	}
	if got := eventless(filepath.Join(t.TempDir(), "none")); got != "" {
		t.Errorf("a folder that is not there is on %q", got)
	}
}

// TestEventsThatDoNotArrive demands that a change of which no event came is told, that polling follows, and that it is said once.
func TestEventsThatDoNotArrive(t *testing.T) {
	h := hinder(t, -1)
	s := watchSite(t, Options{open: h.open, slow: 100 * time.Millisecond})
	s.write("content/a.md", "heard")
	s.want("content/a.md")
	h.deaf.Store(true)
	began := time.Now()
	s.write("content/b.md", "not heard")
	s.want("content/b.md")
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("told after %v", took)
	}
	for i := range 3 {
		s.write("content/sub/c.md", fmt.Sprint("not heard ", i))
		s.want("content/sub/c.md")
	}
	s.wantNotice("did not tell", "--poll")
}

// TestLooksTrustEvents writes for some time while looks go on in the background: none may take what an event told for something unheard.
func TestLooksTrustEvents(t *testing.T) {
	s := watchSite(t, Options{slow: 20 * time.Millisecond})
	paths := s.burst(20, "x")
	for began, i := time.Now(), 0; time.Since(began) < 2*judgement; i++ {
		s.write(paths[i%len(paths)], fmt.Sprint(i))
		s.write(fmt.Sprintf("content/m%d/x.md", i%3), "x")
		s.must(os.RemoveAll(s.at(fmt.Sprintf("content/m%d", i%3))))
		s.next(time.Duration(i%12) * time.Millisecond)
	}
	if got := s.notices(); len(got) > 0 {
		t.Errorf("said %v", got)
	}
}

func TestOverflow(t *testing.T) {
	h := hinder(t, -1)
	s := watchSite(t, Options{open: h.open})
	h.deaf.Store(true)
	s.write("content/lost/x.md", "x")
	time.Sleep(20 * time.Millisecond)
	h.deaf.Store(false)
	h.errs <- fsnotify.ErrEventOverflow
	s.wantAll()
	s.wantNothing()
	s.write("content/lost/x.md", "in a folder of which no event told")
	s.want("content/lost/x.md")
	if got := s.notices(); len(got) > 0 {
		t.Errorf("said %v", got)
	}
}

// TestRealOverflow fills the system's queue, which holds 16,384 events on most machines, while nobody empties it.
func TestRealOverflow(t *testing.T) {
	onLinux(t)
	if testing.Short() {
		t.Skip("writes 20,000 files")
	}
	h := hinder(t, -1)
	s := watchSite(t, Options{open: h.open})
	go func() { // the library's own errors, which the hindered system keeps back
		for err := range h.system.errors() {
			h.errs <- err
		}
	}()
	h.mu.Lock() // what comes first makes the loop ask for a new folder, and wait here
	s.must(os.Mkdir(s.at("content/wait"), 0o755))
	var want []string
	for i := range 9000 { // three events each
		name := fmt.Sprintf("content/o%d.md", i)
		s.write(name, "x")
		want = append(want, name)
	}
	h.mu.Unlock()
	all := false
	for c, ok := s.next(5 * time.Second); ok; c, ok = s.next(time.Second) {
		all = all || c.All || len(c.Paths) == len(want)
	}
	if !all {
		t.Error("neither all files were told, nor that all is to be read anew")
	}
	s.write("content/wait/x.md", "still awake")
	s.want("content/wait/x.md")
}

func TestOtherErrorsEndInPolling(t *testing.T) {
	h := hinder(t, -1)
	s := watchSite(t, Options{open: h.open})
	h.errs <- errors.New("short read")
	s.wantAll()
	s.wantNotice("short read", "")
	s.write("content/a.md", "changed")
	s.want("content/a.md")
}

func TestPause(t *testing.T) {
	ms := time.Millisecond
	for _, c := range []struct {
		cost, poll, slow time.Duration
		polling          bool
		want             time.Duration
	}{
		{1 * ms, 0, slowLook, true, 250 * ms},
		{28 * ms, 0, slowLook, true, 280 * ms},
		{9000 * ms, 0, slowLook, true, slowestPoll},
		{28 * ms, time.Second, slowLook, true, time.Second},
		{28 * ms, ms, slowLook, true, 280 * ms},
		{9000 * ms, time.Minute, slowLook, true, time.Minute},
		{28 * ms, 0, slowLook, false, 2 * time.Second},
		{100 * ms, 0, slowLook, false, 5 * time.Second},
		{9000 * ms, 0, slowLook, false, slowestLook},
	} {
		if got := pause(c.cost, c.poll, c.slow, c.polling); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// descriptors counts what this process holds open, or gives 0 where that cannot be counted.
func descriptors() int {
	names, _ := os.ReadDir("/proc/self/fd")
	return len(names)
}

func TestNothingIsLeftBehind(t *testing.T) {
	goroutines, open := runtime.NumGoroutine(), descriptors()
	for i := range 20 {
		root := t.TempDir()
		if err := os.MkdirAll(filepath.Join(root, "content/sub"), 0o755); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		w, err := Start(ctx, Options{Root: root, Folders: []string{"content"}, Now: time.Now, Poll: time.Duration(i%2) * time.Millisecond, slow: time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		for j := range 10 { // nobody receives
			if err := os.WriteFile(filepath.Join(root, "content", fmt.Sprint(j)), nil, 0o644); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Millisecond)
		}
		cancel()
		for range w.Changes() {
		}
		w.SetFolders([]string{"content"}) // no one listens, and it does not wait
		w.SetFolders(nil)
	}
	for began := time.Now(); runtime.NumGoroutine() > goroutines || descriptors() > open; time.Sleep(10 * time.Millisecond) {
		if time.Since(began) > 2*time.Second {
			t.Fatalf("%d goroutines and %d descriptors, of %d and %d before", runtime.NumGoroutine(), descriptors(), goroutines, open)
		}
	}
}

// TestMemory makes ten thousand changes and demands that nothing is kept of them. It runs alone, since it measures the whole process.
func TestMemory(t *testing.T) {
	for _, way := range ways {
		t.Run(way.name, func(t *testing.T) {
			s := watchSite(t, Options{Poll: way.poll})
			comeAndGo := func(from int) {
				for i := range 1000 {
					s.write(fmt.Sprintf("content/t%d/x%d.md", from+i%50, i), "x")
				}
				s.next(2 * time.Second)
				for i := range 50 {
					s.must(os.RemoveAll(s.at(fmt.Sprintf("content/t%d", from+i))))
				}
				s.next(2 * time.Second)
			}
			comeAndGo(0)
			before := heap()
			for i := range 5 {
				comeAndGo(1000 + i*100)
			}
			if grown := heap() - before; grown > 256<<10 {
				t.Errorf("10,000 changes left %d KiB", grown>>10)
			}
			s.w.SetFolders(nil) // what is kept is kept until here
		})
	}
}

func heap() int64 {
	var m runtime.MemStats
	for range 3 {
		runtime.GC()
	}
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// TestNobodyReceives holds that a watcher of which nobody asks for changes keeps one change, however much happens.
func TestNobodyReceives(t *testing.T) {
	s := watchSite(t, Options{})
	for i := range 50 {
		s.write("content/a.md", fmt.Sprint(i))
		time.Sleep(10 * time.Millisecond)
	}
	time.Sleep(50 * time.Millisecond)
	c, ok := s.next(time.Second)
	if !ok || !slices.Equal(c.Paths, []string{"content/a.md"}) {
		t.Errorf("told %q", c.Paths)
	}
	s.wantNothing()
}

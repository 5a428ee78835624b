package watch

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"candor/generator/source"
)

// heard collects notices.
type heard struct {
	mu  sync.Mutex
	all []Notice
}

func (h *heard) say(n Notice) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.all = append(h.all, n)
}

func (h *heard) notices() []Notice {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.all)
}

// A site is a folder on disk that is watched, and what was heard of it.
type site struct {
	t    testing.TB
	root string
	w    *Watcher
	heard
}

// watchSite watches a new site with the files content/a.md, content/b.md and content/sub/c.md, as the options say beside that.
func watchSite(t testing.TB, o Options) *site {
	t.Helper()
	s := &site{t: t, root: t.TempDir()}
	for _, name := range []string{"content/a.md", "content/b.md", "content/sub/c.md"} {
		s.write(name, "first text of "+name)
	}
	s.start(o)
	return s
}

func (s *site) start(o Options) {
	s.t.Helper()
	if o.Root == "" {
		o.Root = s.root
	}
	if o.Folders == nil {
		o.Folders = []string{"content", "themes", "services/drafts"}
	}
	if o.Ignore == nil {
		o.Ignore = source.IsLitter
	}
	if o.place == nil {
		o.place = func(string) string { return "" }
	}
	if o.slow == 0 {
		o.slow = time.Hour // or a look in the background would make good what the events missed
	}
	o.Now, o.Say = time.Now, s.say
	ctx, cancel := context.WithCancel(context.Background())
	w, err := Start(ctx, o)
	if err != nil {
		s.t.Fatal(err)
	}
	s.w = w
	s.t.Cleanup(func() {
		cancel()
		for range w.Changes() {
		}
	})
}

func (s *site) at(name string) string { return filepath.Join(s.root, filepath.FromSlash(name)) }

func (s *site) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) write(name, text string) {
	s.t.Helper()
	s.must(os.MkdirAll(filepath.Dir(s.at(name)), 0o755))
	s.must(os.WriteFile(s.at(name), []byte(text), 0o644))
}

func (s *site) rename(from, to string) {
	s.t.Helper()
	s.must(os.Rename(s.at(from), s.at(to)))
}

// next gives the next change; ok is false if none comes within the time.
func (s *site) next(within time.Duration) (Change, bool) {
	s.t.Helper()
	select {
	case c, open := <-s.w.Changes():
		if !open {
			s.t.Fatal("the channel is closed")
		}
		return c, true
	case <-time.After(within):
		return Change{}, false
	}
}

// want demands one change with these paths and no further one.
func (s *site) want(paths ...string) {
	s.t.Helper()
	c, ok := s.next(5 * time.Second)
	if !ok {
		s.t.Fatalf("no change was told, want %q", paths)
	}
	if c.All || !slices.Equal(c.Paths, paths) {
		s.t.Errorf("told %q (all: %v), want %q", c.Paths, c.All, paths)
	}
	s.wantNothing()
}

func (s *site) wantNothing() {
	s.t.Helper()
	if c, ok := s.next(150 * time.Millisecond); ok {
		s.t.Errorf("told %q (all: %v), want nothing", c.Paths, c.All)
	}
}

// wantAll demands a change with All.
func (s *site) wantAll() Change {
	s.t.Helper()
	c, ok := s.next(5 * time.Second)
	if !ok {
		s.t.Fatal("no change was told")
	}
	if !c.All {
		s.t.Errorf("told %q, want all", c.Paths)
	}
	return c
}

// until receives changes until all these paths were told; it gives how many changes that took.
func (s *site) until(paths ...string) int {
	s.t.Helper()
	missing := map[string]bool{}
	for _, p := range paths {
		missing[p] = true
	}
	for n := 0; ; n++ {
		if len(missing) == 0 {
			return n
		}
		c, ok := s.next(5 * time.Second)
		if !ok {
			s.t.Fatalf("%d paths were not told, such as %q", len(missing), anyOf(missing))
		}
		for _, p := range c.Paths {
			delete(missing, p)
		}
		if c.All {
			clear(missing)
		}
	}
}

func anyOf(set map[string]bool) string {
	for p := range set {
		return p
	}
	return ""
}

// ways are the two ways of watching: nearly everything holds for both.
var ways = []struct {
	name string
	poll time.Duration
}{{"events", 0}, {"polling", 20 * time.Millisecond}}

func eachWay(t *testing.T, test func(t *testing.T, o Options)) {
	for _, way := range ways {
		t.Run(way.name, func(t *testing.T) {
			t.Parallel()
			test(t, Options{Poll: way.poll})
		})
	}
}

func TestFolderComesAndGoes(t *testing.T) {
	eachWay(t, func(t *testing.T, o Options) {
		s := watchSite(t, o)
		s.write("services/drafts/x.md", "x") // two folders at once, and a file in them
		if c := s.wantAll(); !slices.Equal(c.Paths, []string{"services/drafts/x.md"}) {
			t.Errorf("told %q", c.Paths)
		}
		s.write("services/drafts/x.md", "changed")
		s.until("services/drafts/x.md")
		s.must(os.RemoveAll(s.at("services")))
		s.wantAll()
		for range 3 {
			if _, ok := s.next(300 * time.Millisecond); !ok {
				break
			}
		}
		s.write("services/drafts/y.md", "y")
		s.wantAll()
		s.rename("content", "elsewhere")
		s.wantAll()
		s.write("elsewhere/a.md", "nobody looks here")
		s.wantNothing()
		s.rename("elsewhere", "content")
		s.wantAll()
		s.write("content/a.md", "and here they do again")
		s.want("content/a.md")
	})
}

func TestOtherThingsInTheSiteStartNothing(t *testing.T) {
	eachWay(t, func(t *testing.T, o Options) {
		s := watchSite(t, o)
		s.write("public/index.html", "built")
		s.write("notes.md", "beside the content")
		s.write("services/other.md", "beside the drafts")
		s.wantNothing()
	})
}

func TestSymbolicLinks(t *testing.T) {
	eachWay(t, func(t *testing.T, o Options) {
		s := &site{t: t, root: t.TempDir()}
		s.write("real/content/a.md", "a")
		s.write("outside/b.md", "b")
		s.write("outside/c/d.md", "d")
		s.must(os.Symlink("a.md", s.at("real/content/link.md")))
		s.must(os.Symlink(s.at("outside/b.md"), s.at("real/content/far.md")))
		s.must(os.Symlink(s.at("outside/c"), s.at("real/themes")))
		s.must(os.Symlink("real", s.at("root")))
		o.Root, o.slow = s.at("root"), 200*time.Millisecond
		s.start(o)
		s.write("real/content/a.md", "changed")
		s.want("content/a.md", "content/link.md")
		s.write("real/themes/d.md", "changed below a folder that is a link")
		s.want("themes/d.md")
		s.write("outside/b.md", "changed where nothing is watched")
		s.want("content/far.md")
		s.write("other/content/a.md", "another version")
		s.must(os.Symlink("other", s.at("new")))
		s.rename("new", "root")
		s.wantAll()
		s.write("other/content/a.md", "changed in it")
		s.until("content/a.md")
		if got := s.notices(); len(got) > 0 {
			t.Errorf("said %v", got)
		}
	})
}

func TestFoldersElsewhere(t *testing.T) {
	eachWay(t, func(t *testing.T, o Options) {
		s := watchSite(t, Options{Poll: o.Poll, Folders: []string{"content"}})
		far := filepath.Join(t.TempDir(), "not/yet")
		s.w.SetFolders([]string{"content", far, s.at("services"), s.at("content")})
		s.wantNothing()
		s.must(os.MkdirAll(far, 0o755))
		s.wantAll()
		file := filepath.Join(far, "x.md")
		s.must(os.WriteFile(file, []byte("x"), 0o644))
		s.until(filepath.ToSlash(file))
		s.write("services/y.md", "y")
		s.until("services/y.md")
		s.write("content/a.md", "still watched")
		s.until("content/a.md")
		s.w.SetFolders([]string{"services"})
		s.wantNothing()
		s.write("content/a.md", "no longer watched")
		s.wantNothing()
		s.w.SetFolders([]string{"services", "content"})
		s.wantAll()
		s.write("content/a.md", "watched again")
		s.want("content/a.md")
	})
}

func TestFoldersWithinEachOther(t *testing.T) {
	eachWay(t, func(t *testing.T, o Options) {
		o.Folders = []string{".", "content/sub", "content/later"}
		s := watchSite(t, o)
		s.write("content/sub/c.md", "changed")
		s.want("content/sub/c.md")
		s.write("top.md", "new")
		s.want("top.md")
		s.write("content/later/x.md", "new")
		s.until("content/later/x.md")
		s.must(os.RemoveAll(s.at("content/later")))
		s.until("content/later/x.md")
	})
}

// TestAWayThroughAnIgnoredFolder watches a folder below one that another passes over, and puts the outer one in the place of itself.
func TestAWayThroughAnIgnoredFolder(t *testing.T) {
	eachWay(t, func(t *testing.T, o Options) {
		o.Folders = []string{"content/.hidden/x", "content"}
		s := watchSite(t, o)
		s.write("content/.hidden/y.md", "nobody looks here")
		s.wantNothing()
		s.write("content/.hidden/y.md", "nor when it is changed")
		s.wantNothing()
		s.write("content/.hidden/x/z.md", "but here they do")
		s.wantAll()
		s.must(os.RemoveAll(s.at("content/.hidden/x")))
		s.wantAll()
		s.rename("content", "old")
		s.rename("old", "content")
		if o.Poll == 0 {
			s.wantAll()
		}
		s.wantNothing()
		s.write("content/.hidden/x/z.md", "and here")
		s.wantAll()
	})
}

func TestWhatCannotBeWatched(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{Root: "site", Now: time.Now}, "not an absolute path"},
		{Options{Root: filepath.Join(dir, "none"), Now: time.Now}, "none"},
		{Options{Root: file, Now: time.Now}, "not a folder"},
		{Options{Root: dir}, "no clock"},
	} {
		w, err := Start(context.Background(), c.o)
		if err == nil || w != nil || !strings.Contains(fmt.Sprint(err), c.want) {
			t.Errorf("%+v: error %v, want one that names %q", c.o, err, c.want)
		}
	}
}

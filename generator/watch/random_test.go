package watch

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/generator/source"
)

// A reader keeps what it read of a site and, as a build would, reads again only what it is told.
type reader struct {
	s    *site
	have map[string]string
}

// walk reads everything that is watched.
func (r *reader) walk() map[string]string {
	all := map[string]string{}
	for _, dir := range []string{"content", "themes", "services/drafts"} {
		_ = filepath.WalkDir(r.s.at(dir), func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil
			}
			if source.IsLitter(d.Name()) {
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if data, err := os.ReadFile(name); err == nil {
				rel, _ := filepath.Rel(r.s.root, name)
				all[filepath.ToSlash(rel)] = string(data)
			}
			return nil
		})
	}
	return all
}

func (r *reader) apply(c Change) {
	if c.All {
		r.have = r.walk()
		return
	}
	for _, p := range c.Paths {
		data, err := os.ReadFile(r.s.at(p))
		if err != nil {
			delete(r.have, p)
		} else {
			r.have[p] = string(data)
		}
	}
}

// settle applies changes until none comes any more, and demands that nothing is missing.
func (r *reader) settle(done []string) {
	r.s.t.Helper()
	for within := 100 * time.Millisecond; ; within = 100 * time.Millisecond {
		c, ok := r.s.next(within)
		if !ok {
			if maps.Equal(r.have, r.walk()) {
				return
			}
			if c, ok = r.s.next(time.Second); !ok {
				break
			}
		}
		r.apply(c)
	}
	want := r.walk()
	for _, p := range slices.Sorted(maps.Keys(want)) {
		if got, ok := r.have[p]; !ok || got != want[p] {
			r.s.t.Errorf("%s was not told: read %q, is %q", p, got, want[p])
		}
	}
	for _, p := range slices.Sorted(maps.Keys(r.have)) {
		if _, ok := want[p]; !ok {
			r.s.t.Errorf("%s is gone, which was not told", p)
		}
	}
	r.s.t.Fatalf("after:\n%s", strings.Join(done[max(0, len(done)-12):], "\n"))
}

// A scribbler does random things to files.
type scribbler struct {
	*rand.Rand
	s *site
}

func (r *scribbler) oneOf(names ...string) string { return names[r.IntN(len(names))] }

func (r *scribbler) dir() string {
	return path.Join(r.oneOf("content", "content", "content", "themes", "services/drafts", "pile"), r.oneOf("", "", "a", "b", "a/b", "b/a", "a/b/a"))
}

func (r *scribbler) file() string {
	return r.dir() + "/" + r.oneOf("x.md", "y.md", "z.md", "a", ".swap")
}

// do does one thing; that it cannot be done is no matter.
func (r *scribbler) do() string {
	text := strings.Repeat(fmt.Sprint(r.IntN(10)), 1+r.IntN(3)) // often of the same length as before
	at := r.s.at
	switch file, dir, other := r.file(), r.dir(), r.dir(); r.IntN(12) {
	case 0, 1, 2, 3:
		_ = os.MkdirAll(filepath.Dir(at(file)), 0o755)
		_ = os.WriteFile(at(file), []byte(text), 0o644)
		return "write " + file
	case 4:
		_ = os.WriteFile(at("temp"), []byte(text), 0o644)
		_ = os.Rename(at("temp"), at(file))
		return "save by rename " + file
	case 5:
		_ = os.Remove(at(file))
		return "remove " + file
	case 6:
		to := r.file()
		_ = os.Rename(at(file), at(to))
		return "rename " + file + " to " + to
	case 7, 8:
		_ = os.MkdirAll(filepath.Dir(at(other)), 0o755)
		_ = os.Rename(at(dir), at(other))
		return "rename folder " + dir + " to " + other
	case 9:
		_ = os.MkdirAll(at(dir), 0o755)
		return "make folder " + dir
	case 10:
		_ = os.RemoveAll(at(dir))
		return "remove folder " + dir
	default:
		if f, err := os.OpenFile(at(file), os.O_APPEND|os.O_WRONLY, 0); err == nil {
			_, _ = f.WriteString(text)
			_ = f.Close()
		}
		return "append to " + file
	}
}

// TestRandom does 300 random things, with and without pauses, and holds what a reader knows who reads only what it is told against what is there.
func TestRandom(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			eachWay(t, func(t *testing.T, o Options) { scribble(t, o, seed) })
		})
	}
}

func scribble(t *testing.T, o Options, seed uint64) {
	s := watchSite(t, o)
	read := &reader{s: s}
	read.have = read.walk()
	r := &scribbler{rand.New(rand.NewPCG(seed, 1)), s}
	var done []string
	for i := range 300 {
		done = append(done, r.do())
		switch r.IntN(6) {
		case 0:
			time.Sleep(time.Duration(r.IntN(30)) * time.Millisecond)
		case 1:
			if c, ok := s.next(time.Duration(r.IntN(15)) * time.Millisecond); ok {
				read.apply(c)
			}
		}
		if i%25 == 24 {
			read.settle(done)
		}
	}
	if o.Poll == 0 && len(s.notices()) > 0 {
		t.Errorf("said %v", s.notices())
	}
}

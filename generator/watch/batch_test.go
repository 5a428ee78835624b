package watch

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// burst writes so many files, and gives their paths.
func (s *site) burst(n int, text string) []string {
	s.t.Helper()
	var paths []string
	for i := range n {
		name := fmt.Sprintf("content/p%04d.md", i)
		s.write(name, text)
		paths = append(paths, name)
	}
	return paths
}

func TestBurstIsOneChange(t *testing.T) {
	for _, way := range ways { // one after the other: neither is to be slowed down by the rest
		t.Run(way.name, func(t *testing.T) {
			s := watchSite(t, Options{Poll: way.poll})
			for _, text := range []string{"new", "written again", "and again"} {
				s.want(s.burst(500, text)...)
			}
		})
	}
}

func TestChangesDuringABuildAreOneChange(t *testing.T) {
	eachWay(t, func(t *testing.T, o Options) {
		s := watchSite(t, o)
		paths := s.burst(3, "x")
		time.Sleep(200 * time.Millisecond) // nobody receives, as during a build
		s.write("content/a.md", "x")
		time.Sleep(200 * time.Millisecond)
		s.want(append([]string{"content/a.md"}, paths...)...)
	})
}

// TestEndlessWritingDoesNotStarve writes without pause, to many files so that the wait is longest.
func TestEndlessWritingDoesNotStarve(t *testing.T) {
	eachWay(t, func(t *testing.T, o Options) {
		s := watchSite(t, o)
		ctx, cancel := context.WithCancel(context.Background())
		done := make(chan struct{})
		go func() {
			defer close(done)
			for i := 0; ctx.Err() == nil; i++ {
				_ = os.WriteFile(s.at(fmt.Sprintf("content/e%02d.md", i%50)), fmt.Append(nil, i), 0o644)
				time.Sleep(time.Millisecond)
			}
		}()
		for range 3 {
			if _, ok := s.next(2500 * time.Millisecond); !ok {
				t.Error("nothing was told for two seconds and a half")
			}
		}
		cancel()
		<-done
	})
}

func TestAFileLeftEmptyIsToldAtLast(t *testing.T) {
	eachWay(t, func(t *testing.T, o Options) {
		s := watchSite(t, o)
		began := time.Now()
		s.must(os.Truncate(s.at("content/a.md"), 0))
		if _, ok := s.next(3 * time.Second); !ok {
			t.Fatal("not told")
		}
		if took := time.Since(began); took < emptyPause {
			t.Errorf("told after %v: it did not wait for what would be written", took)
		}
		s.wantNothing()
	})
}

// TestQuiet demands that one file is told soon, and that the more come the longer is waited, up to the end.
func TestQuiet(t *testing.T) {
	now := time.Unix(1e9, 0)
	b := newBatch(func() time.Time { return now })
	due := func() time.Duration {
		began := time.Now()
		<-b.due.C
		return time.Since(began)
	}
	b.add("a", 1)
	if got := due(); got > 40*time.Millisecond || got < quietOne {
		t.Errorf("after one file it waits %v", got)
	}
	for i := range 100 {
		b.add(fmt.Sprint(i), 1)
	}
	if got := due(); got < quietMost {
		t.Errorf("after a hundred files it waits %v only", got)
	}
	now = now.Add(patience)
	b.add("z", 1)
	if got := due(); got > 40*time.Millisecond {
		t.Errorf("after its time it waits another %v", got)
	}
}

func TestTooManyPathsAreAll(t *testing.T) {
	b := newBatch(time.Now)
	for i := range maxPaths + 1 {
		b.add(fmt.Sprint(i), 1)
	}
	if !b.lost || len(b.paths) > maxPaths {
		t.Errorf("lost: %v, with %d paths", b.lost, len(b.paths))
	}
	w := &Watcher{changes: make(chan Change)}
	for i := range 3 {
		names := map[string]bool{}
		for j := range maxPaths / 2 {
			names[fmt.Sprint(i, j)] = true
		}
		w.deliver(names, false)
	}
	if !w.next.All || len(w.next.Paths) > maxPaths {
		t.Errorf("all: %v, with %d paths", w.next.All, len(w.next.Paths))
	}
}

// BenchmarkSave measures from the write of one file to its change, in a site of 1,000 files.
func BenchmarkSave(b *testing.B) {
	for _, style := range []struct{ name, temp string }{{"in place", ""}, {"by rename", "content/.new"}} {
		b.Run(style.name, func(b *testing.B) {
			s := &site{t: b, root: b.TempDir()}
			s.burst(1000, "x")
			s.start(Options{})
			var took durations
			for i := 0; b.Loop(); i++ {
				time.Sleep(20 * time.Millisecond)
				name, text := fmt.Sprintf("content/p%04d.md", i%1000), []byte(fmt.Sprint(i))
				began := time.Now()
				if style.temp == "" {
					s.must(os.WriteFile(s.at(name), text, 0o644))
				} else {
					s.must(os.WriteFile(s.at(style.temp), text, 0o644))
					s.rename(style.temp, name)
				}
				if c, ok := s.next(time.Second); !ok || len(c.Paths) != 1 || c.Paths[0] != name {
					b.Fatalf("told %q, want %q", c.Paths, name)
				}
				took = append(took, time.Since(began))
			}
			took.report(b)
		})
	}
}

// BenchmarkLook measures a walk of 6,100 files in 100 folders, as is done every few seconds.
func BenchmarkLook(b *testing.B) {
	s := &site{t: b, root: b.TempDir()}
	for i := range 6100 {
		s.write(fmt.Sprintf("content/d%02d/f%d.md", i%100, i), "x")
	}
	p := &photographer{ignore: func(string) bool { return false }, inodes: true, now: time.Now}
	before := p.take(context.Background(), s.at("content"), nil)
	b.ReportAllocs()
	for b.Loop() {
		after := p.take(context.Background(), s.at("content"), nil)
		compare(before, after, filepath.Clean(s.root), func(path string, _, _ *stamp) { b.Fatalf("%s differs", path) })
	}
}

package output

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestTwoBuildsAtOnce(t *testing.T) {
	dir := site(t)
	first, err := Stage(dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Stage(dir)
	wantKind(t, err, KindBusy, dir)
	// The second did no harm to the first.
	if err := first.Put("a.html", []byte("a")); err != nil {
		t.Fatal(err)
	}
	if _, err := first.Commit(); err != nil {
		t.Fatal(err)
	}
	mustBuild(t, dir, pages{"a.html": "b"})
	noLitter(t, dir)
}

// Builds that begin and end at the same time never mix and leave nothing.
func TestBuildsThatRace(t *testing.T) {
	dir := site(t)
	var group sync.WaitGroup
	var built, busy int
	var mu sync.Mutex
	for worker := range 4 {
		group.Go(func() {
			for i := range 50 {
				text := fmt.Sprint(worker, i)
				_, err := build(dir, pages{"a.html": text, "b/c.html": text})
				problem, _ := errors.AsType[*Error](err)
				mu.Lock()
				switch {
				case err == nil:
					built++
				case problem != nil && problem.Kind == KindBusy:
					busy++
				default:
					t.Error(err)
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if built == 0 {
		t.Error("no build came through")
	}
	t.Logf("%d built, %d found the site busy", built, busy)
	if read(t, dir, "a.html") != read(t, dir, "b/c.html") {
		t.Error("the pages of two builds are mixed")
	}
	noLitter(t, dir)
}

// Whoever opens a page while builds come and go finds it whole.
func TestReadersNeverSeeHalfASite(t *testing.T) {
	dir := site(t)
	needExchange(t, dir)
	page := func(version int) string { return strings.Repeat(fmt.Sprintf("%06d\n", version), 5000) }
	site := func(version int) pages {
		return pages{"index.html": page(version), "same.html": page(0), "p/index.html": page(version)}
	}
	mustBuild(t, dir, site(0))
	done := make(chan struct{})
	var group sync.WaitGroup
	for _, path := range []string{"index.html", "same.html", "p/index.html"} {
		group.Go(func() {
			for reads := 0; ; reads++ {
				select {
				case <-done:
					t.Logf("%s was read %d times", path, reads)
					return
				default:
				}
				data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path)))
				if err != nil {
					t.Errorf("read %d: %v", reads, err)
					return
				}
				if len(data) != 35000 || string(data) != strings.Repeat(string(data[:7]), 5000) {
					t.Errorf("read %d: %s is cut short or mixed", reads, path)
					return
				}
			}
		})
	}
	for version := range 50 {
		mustBuild(t, dir, site(version+1))
	}
	close(done)
	group.Wait()
}

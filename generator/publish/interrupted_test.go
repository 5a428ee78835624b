package publish_test

import (
	"context"
	"errors"
	"flag"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/generator/publish"
)

// seeds is how many pairs of sites are published; 300 take three minutes.
var seeds = flag.Int("seeds", 6, "how many pairs of sites to publish")

// noon is the time of these tests.
var noon = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

func options(hours float64) publish.Options {
	now := noon.Add(time.Duration(hours * float64(time.Hour)))
	return publish.Options{Now: func() time.Time { return now }, Linger: -1, Patience: -1, Parallel: 1}
}

// upload looks, plans and runs, as the command does.
func upload(store publish.Store, s *publish.Site, o publish.Options) (*publish.Plan, publish.Outcome, error) {
	ctx := context.Background()
	there, err := publish.Look(ctx, store, o)
	if err != nil {
		return nil, publish.Outcome{}, err
	}
	plan, err := publish.NewPlan(s, there, store.Manner(), o)
	if err != nil {
		return nil, publish.Outcome{}, err
	}
	outcome, err := publish.Run(ctx, store, plan, o)
	return plan, outcome, err
}

func mustUpload(t testing.TB, store publish.Store, s site, o publish.Options) (*publish.Plan, publish.Outcome) {
	t.Helper()
	plan, outcome, err := upload(store, s.open(t), o)
	if err != nil {
		t.Fatal(err)
	}
	return plan, outcome
}

// watch reports each broken link at each change of a place.
func watch(t testing.TB, m *memory, seed uint64) {
	m.changed = func(m *memory, what string) {
		if b := broken(t, m.get); len(b) > 0 {
			t.Errorf("seed %d: after %q: %q\n%q", seed, what, b, m.ops)
		}
	}
}

// TestKilledAtEachOperation publishes one site over another and kills the upload at each operation on the place, before the operation and after it, in each manner
// of keeping files; then publishes the same site or a third one, killed at a random place itself, to the end. No link is broken at any moment, and what others put
// there stays.
func TestKilledAtEachOperation(t *testing.T) {
	manners := []publish.Manner{{Headers: true}, {Headers: true, Gzip: true}, {HostFiles: true, GzipBeside: true}}
	kills := 0
	for seed := range uint64(*seeds) {
		r := rand.New(rand.NewPCG(seed, 2))
		first := newSketch(r)
		second := first.next(r)
		a, b, c := first.draw(), second.draw(), second.next(r).draw()
		start := newMemory()
		start.manner, start.opaque, start.blind = manners[seed%3], seed%5 == 4, seed%2 == 1
		if start.opaque && !start.manner.Headers {
			start.opaque = false // a folder does not encrypt
		}
		watch(t, start, seed)
		start.put("theirs.pdf", []byte("of somebody else"), publish.Attributes{})
		if seed%4 != 0 { // else the first upload is the one that is killed
			o := options(0)
			o.Foreign = publish.Beside
			mustUpload(t, start, a, o)
		}
		for n := 1; ; n++ {
			ended := false
			for _, late := range []bool{false, true} {
				m := start.copy()
				m.dieAt(n, late)
				o := options(2)
				o.Foreign = publish.Beside
				_, _, err := upload(m, b.open(t), o)
				m.live()
				if err == nil {
					ended = true
					break
				}
				kills++
				finish(t, m, seed, r, b, c)
			}
			if ended || t.Failed() {
				break
			}
		}
	}
	t.Logf("killed %d times", kills)
	if kills < 50**seeds {
		t.Errorf("killed %d times only", kills)
	}
}

// finish publishes what was interrupted or something newer, after another death.
func finish(t *testing.T, m *memory, seed uint64, r *rand.Rand, b, c site) {
	last := b
	if r.IntN(2) == 0 {
		last = c
	}
	o := options(2.1)
	o.Foreign = publish.Beside
	m.dieAt(1+r.IntN(40), r.IntN(2) == 0)
	_, _, err := upload(m, last.open(t), o)
	if err != nil && !errors.Is(err, errDead) {
		t.Fatalf("seed %d: %v", seed, err)
	}
	m.live()
	mustUpload(t, m, last, o)
	if plan, outcome := mustUpload(t, m, last, o); !plan.Nothing() || outcome.Written > 0 {
		t.Fatalf("seed %d: published twice, with %d steps, %+v", seed, len(plan.Steps), plan.Steps)
	}
	m.holdsAll(t, seed, last)
	o = options(4)
	o.Foreign = publish.Beside
	mustUpload(t, m, last, o) // what is kept for open pages goes
	m.holdsOnly(t, seed, last, "theirs.pdf")
}

// holdsAll demands the files of a site.
func (m *memory) holdsAll(t testing.TB, seed uint64, want site) {
	t.Helper()
	for path := range want {
		is, there := m.objects[path]
		if !m.manner.HostFiles && path == "_headers" {
			continue
		}
		text := m.data[path]
		if m.manner.Gzip && is.Encoding == "gzip" {
			text = unzip(t, text)
		}
		if !there || string(text) != string(want[path]) {
			t.Fatalf("seed %d: %q is not as in the site", seed, path)
		}
		if m.manner.GzipBeside && strings.HasSuffix(path, ".html") && string(unzip(t, m.data[path+".gz"])) != string(want[path]) {
			t.Fatalf("seed %d: the compressed copy of %q is not as in the site", seed, path)
		}
	}
}

// holdsOnly demands that there is nothing else.
func (m *memory) holdsOnly(t testing.TB, seed uint64, want site, besides ...string) {
	t.Helper()
	m.holdsAll(t, seed, want)
	for _, path := range besides {
		if _, is := m.data[path]; !is {
			t.Fatalf("seed %d: %q of somebody else is gone", seed, path)
		}
	}
	for _, path := range m.paths() {
		source := path
		if m.manner.GzipBeside {
			source = strings.TrimSuffix(path, ".gz")
		}
		if _, is := want[source]; !is && source != "SHA256SUMS" && !slices.Contains(besides, path) {
			t.Fatalf("seed %d: %q is there still", seed, path)
		}
	}
}

// TestResumesWhereItWas kills an upload many times, and counts that what was uploaded is not uploaded again.
func TestResumesWhereItWas(t *testing.T) {
	for _, opaque := range []bool{false, true} {
		r := rand.New(rand.NewPCG(7, 7))
		s := newSketch(r)
		for i := range 150 {
			s.add(r, 1000+i)
		}
		all := s.draw()
		whole := newMemory()
		whole.opaque = opaque
		mustUpload(t, whole, all, options(0))
		m := newMemory()
		m.opaque = opaque
		watch(t, m, 7)
		runs := 0
		for ; ; runs++ {
			o := options(0)
			o.Parallel = 4
			m.dieAt(5+r.IntN(30), false)
			_, _, err := upload(m, all.open(t), o)
			m.live()
			if err == nil {
				break
			}
			if runs > 500 {
				t.Fatal("no end")
			}
		}
		again := 0
		slices.Sort(m.done)
		for i, path := range m.done {
			if i > 0 && path == m.done[i-1] && path != publish.StatePath {
				again++
			}
		}
		t.Logf("opaque %t: %d files, %d runs, %d uploaded twice", opaque, len(all), runs, again)
		if runs < 8 || again > 0 {
			t.Errorf("%d runs, %d files were uploaded again", runs, again)
		}
	}
}

func unzip(t testing.TB, data []byte) []byte {
	t.Helper()
	out, ok := unzipped(data)
	if !ok {
		t.Fatalf("%d bytes are not compressed", len(data))
	}
	return out
}

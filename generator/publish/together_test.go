package publish_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"candor/generator/publish"
)

// TestTwoAtOnce starts two publishes of two sites at the same time, many times, in a place that knows conditional writes and in one that knows none. A loser ends with
// an error that says so, and tries again; no link is broken meanwhile, and at the end there is one site, whole.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	lost := 0
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 4))
		s := newSketch(r)
		a := s.draw()
		one, other := s.next(r), s.next(r) // of one day
		m := newMemory()
		m.blind = seed%2 == 1
		mustUpload(t, m, a, options(0))
		watch(t, m, seed)
		var group sync.WaitGroup
		var mu sync.Mutex
		var stopped atomic.Bool
		for _, s := range []*publish.Site{one.draw().open(t), other.draw().open(t)} {
			group.Go(func() {
				for range 20 {
					_, _, err := upload(slow{m}, s, publish.Options{Now: tick(), Linger: 20 * time.Millisecond, Patience: -1, Parallel: 2})
					if err == nil {
						return
					}
					if m.blind && publish.Is(err, publish.KindCollision) {
						stopped.Store(true) // where no condition is looked at, a record may be lost with the names in it; then it stops before anything is written over
						return
					}
					if !publish.Is(err, publish.KindBusy) {
						t.Errorf("seed %d: %v", seed, err)
						return
					}
					mu.Lock()
					lost++
					mu.Unlock()
					time.Sleep(time.Duration(rand.IntN(80)) * time.Millisecond)
				}
				t.Errorf("seed %d: lost twenty times", seed)
			})
		}
		group.Wait()
		if t.Failed() {
			return
		}
		if stopped.Load() {
			continue
		}
		m.changed = nil
		last := m.data["trust.json"]
		for _, s := range []site{one.draw(), other.draw()} {
			if string(s["_headers"]) == "" || string(s["index.html"]) != string(m.data["index.html"]) || string(s["trust.json"]) != string(last) {
				continue
			}
			mustUpload(t, m, s, options(3))
			m.holdsOnly(t, seed, s)
		}
	}
	t.Logf("lost %d times", lost)
	if lost == 0 {
		t.Error("they never met")
	}
}

// tick is a clock on which a second goes by between two looks, so that no look at the record is spared.
func tick() func() time.Time {
	var mu sync.Mutex
	now := noon
	return func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Second)
		return now
	}
}

// slow is a place that takes its time, so that uploads meet.
type slow struct{ publish.Store }

func (s slow) Write(ctx context.Context, path string, data []byte, a publish.Attributes, c publish.Condition) (string, error) {
	time.Sleep(time.Duration(rand.IntN(400)) * time.Microsecond)
	return s.Store.Write(ctx, path, data, a, c)
}

// TestOvertaken shows that an upload which is overtaken stops before it takes anything away.
func TestOvertaken(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 5))
	s := newSketch(r)
	m := newMemory()
	mustUpload(t, m, s.draw(), options(0))
	gone := s.pages[len(s.pages)-1]
	s.pages = s.pages[:len(s.pages)-1]
	s.day++
	m.before = func(op, path string) error {
		if op == "write" && path == "SHA256SUMS" {
			m.put(publish.StatePath, []byte("{}"), publish.Attributes{})
		}
		return nil
	}
	_, outcome, err := upload(m, s.draw().open(t), options(1))
	if !publish.Is(err, publish.KindBusy) || outcome.Deleted > 0 {
		t.Errorf("%v, %+v", err, outcome)
	}
	if _, is := m.data[pageFile(gone)]; !is {
		t.Error("a page was taken away")
	}
}

// TestOvertakenBeforeItBegins shows that a record which another publish wrote meanwhile is not written over, not even in a place that knows no conditions.
func TestOvertakenBeforeItBegins(t *testing.T) {
	drawn := oneSite()
	for _, blind := range []bool{false, true} {
		m := newMemory()
		m.blind = blind
		mustUpload(t, m, drawn, options(0))
		drawn["_headers"] = []byte("new") // so that the manifest is another
		there, err := publish.Look(context.Background(), m, options(1))
		if err != nil {
			t.Fatal(err)
		}
		plan, err := publish.NewPlan(drawn.open(t), there, m.Manner(), options(1))
		if err != nil {
			t.Fatal(err)
		}
		m.put(publish.StatePath, []byte("of another"), publish.Attributes{})
		if _, err := publish.Run(context.Background(), m, plan, options(1)); !publish.Is(err, publish.KindBusy) || string(m.data[publish.StatePath]) != "of another" {
			t.Errorf("blind %t: %v", blind, err)
		}
		drawn = oneSite()
	}
}

// TestLooksAgain shows that a record which changes while the place is listed makes it look again: the listing would be held against the wrong record.
func TestLooksAgain(t *testing.T) {
	m := newMemory()
	mustUpload(t, m, oneSite(), options(0))
	always := false
	m.before = func(op, _ string) error {
		if op == "list" && (always || m.count("list") == 1) {
			m.put(publish.StatePath, append(m.data[publish.StatePath], ' '), publish.Attributes{})
		}
		return nil
	}
	m.ops = nil
	if _, err := publish.Look(context.Background(), m, options(1)); err != nil || m.count("list") != 2 {
		t.Errorf("listed %d times, %v", m.count("list"), err)
	}
	always = true
	if _, err := publish.Look(context.Background(), m, options(1)); !publish.Is(err, publish.KindBusy) {
		t.Error(err)
	}
}

// TestChangedBeforeDeletions shows that nothing is taken away when what was written is not there any more as it was.
func TestChangedBeforeDeletions(t *testing.T) {
	for _, harm := range []func(m *memory){
		func(m *memory) { m.put("index.html", []byte("of an upload that was overtaken"), publish.Attributes{}) },
		func(m *memory) { delete(m.objects, "index.html") },
	} {
		r := rand.New(rand.NewPCG(1, 6))
		s := newSketch(r)
		m := newMemory()
		mustUpload(t, m, s.draw(), options(0))
		s.pages = s.pages[:len(s.pages)-1]
		s.day++
		lists := 0
		m.before = func(op, _ string) error {
			if op == "list" {
				if lists++; lists == 2 {
					harm(m)
				}
			}
			return nil
		}
		_, outcome, err := upload(m, s.draw().open(t), options(1))
		if !publish.Is(err, publish.KindBusy) || outcome.Deleted > 0 {
			t.Errorf("%v, %+v", err, outcome)
		}
	}
}

// TestStopsWhenItIsTold cancels an upload in the middle: it ends at once, says what was done, and the next goes on from there.
func TestStopsWhenItIsTold(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 7))
	drawn := newSketch(r).draw()
	m := newMemory()
	ctx, stop := context.WithCancel(context.Background())
	o := options(0)
	o.Progress = func(p publish.Progress) {
		if p.Done == 5 {
			stop()
		}
	}
	there, err := publish.Look(ctx, m, o)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := publish.NewPlan(drawn.open(t), there, m.Manner(), o)
	if err != nil {
		t.Fatal(err)
	}
	outcome, err := publish.Run(ctx, m, plan, o)
	if !errors.Is(err, context.Canceled) || outcome.Written != 5 {
		t.Errorf("%v, %+v", err, outcome)
	}
	plan, outcome = mustUpload(t, m, drawn, options(0))
	if !plan.Resumed || plan.Kept != 5 || outcome.Written != len(drawn)-5 {
		t.Errorf("resumed: %d kept, %+v", plan.Kept, outcome)
	}
}

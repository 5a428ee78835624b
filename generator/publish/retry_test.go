package publish_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"candor/generator/publish"
)

var errBusyServer = &publish.Error{Kind: publish.KindMoment, Text: "trouble"}

// TestPatience repeats what a server refuses for the moment, ever more slowly, tells of it, and gives up at last; what is refused for good is not repeated.
func TestPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		drawn := oneSite()
		m := newMemory()
		refuse := 3
		m.before = func(op, path string) error {
			if op == "write" && path == "index.html" && refuse > 0 {
				refuse--
				return errBusyServer
			}
			return nil
		}
		var waits []time.Duration
		o := publish.Options{Now: time.Now, Progress: func(p publish.Progress) {
			if p.Trouble != nil {
				if p.Step.Path != "index.html" || !errors.Is(p.Trouble, errBusyServer) {
					t.Errorf("%+v", p)
				}
				waits = append(waits, p.Wait)
			}
		}}
		mustUpload(t, m, drawn, o)
		if len(waits) != 3 || waits[0] < time.Second/2 || waits[2] < time.Second {
			t.Errorf("waited %v", waits)
		}
		m.holds(t, drawn)

		o.Progress = nil
		m = newMemory()
		m.before = func(op, _ string) error {
			if op == "write" {
				return errBusyServer
			}
			return nil
		}
		began := time.Now()
		_, _, err := upload(m, drawn.open(t), o)
		if took := time.Since(began); !publish.Is(err, publish.KindMoment) || took < time.Minute || took > 2*time.Minute {
			t.Errorf("after %v: %v", took, err)
		}
		began = time.Now()
		m.before = func(string, string) error { return &publish.Error{Kind: publish.KindDenied, Text: "no"} }
		if _, _, err = upload(m, drawn.open(t), o); !publish.Is(err, publish.KindDenied) || time.Since(began) > 0 || m.count("read") != 2 {
			t.Errorf("after %v: %v", time.Since(began), err)
		}
	})
}

// TestLingers waits before pages are taken away, and before nothing else.
func TestLingers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := smallSketch()
		m := newMemory()
		told := 0
		o := publish.Options{Now: time.Now, Progress: func(p publish.Progress) {
			if p.Lingering {
				told++
			}
		}}
		began := time.Now()
		mustUpload(t, m, s.draw(), o)
		if took := time.Since(began); took > 0 {
			t.Errorf("the first upload took %v", took)
		}
		s.pages, s.day = s.pages[:2], 2
		mustUpload(t, m, s.draw(), o)
		if took := time.Since(began); took != 5*time.Second || told != 1 {
			t.Errorf("took %v, told %d times", took, told)
		}
		// a lost answer to the write of the record is no other publish
		s.day = 3
		lost := false
		m.after = func(op, path string) error {
			if op == "write" && path == publish.StatePath && !lost {
				lost = true
				return errBusyServer
			}
			return nil
		}
		mustUpload(t, m, s.draw(), o)
		if !lost {
			t.Error("no answer was lost")
		}
	})
}

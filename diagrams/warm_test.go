package diagrams

import (
	"context"
	"sync"
	"testing"
	"time"

	"candor/diagrams/internal/engine"
)

// coldHome makes the machine one on which nothing was ever compiled, for this process and its children.
func coldHome(t *testing.T) {
	t.Helper()
	t.Setenv("HOME", t.TempDir())
	t.Setenv("XDG_CACHE_HOME", "")
	if engine.Compiled() {
		t.Skip("the cache of compiled code does not follow HOME on this system")
	}
}

// TestWarm: code is compiled before anything is drawn, and the child that did it draws.
func TestWarm(t *testing.T) {
	coldHome(t)
	p := newTestPool(t, Options{Children: 1})
	p.Warm()
	for end := time.Now().Add(startLimit); !engine.Compiled(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("nothing was compiled")
		}
	}
	if _, err := p.Draw(context.Background(), replyDrafts("d")); err != nil {
		t.Fatal(err)
	}
	if len(p.idle) != 1 || p.idle[0].drawn != 1 {
		t.Errorf("%d children are idle, want the one that compiled", len(p.idle))
	}
	warm := newTestPool(t, Options{Children: 1})
	if warm.Warm(); warm.begun {
		t.Error("a child is started though there is nothing to compile")
	}
}

// TestOneChildCompiles: of two that are needed at once, the second starts when the first has compiled.
func TestOneChildCompiles(t *testing.T) {
	coldHome(t)
	p := newTestPool(t, Options{Children: 2})
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			if _, err := p.Draw(context.Background(), replyDrafts("d")); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	select {
	case <-p.ready:
	default:
		t.Error("nobody is told that the first child has compiled")
	}
	if !engine.Compiled() {
		t.Error("no code is kept")
	}
}

// TestCloseEndsWarming: who ends the program need not wait until something is compiled that nobody will use.
func TestCloseEndsWarming(t *testing.T) {
	coldHome(t)
	p := newTestPool(t, Options{})
	p.Warm()
	if err := p.Close(); err != nil || engine.Compiled() {
		t.Errorf("it was compiled to its end (%v)", err)
	}
	if p.Warm(); len(p.idle) > 0 {
		t.Error("a closed pool warms")
	}
}

package diagrams

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// poisoned returns a graph that makes a misbehaving child misbehave.
func poisoned(name string) Graph {
	g := replyDrafts("bad")
	g.Name = name
	g.Steps[0].Title = poison
	return g
}

// wantFault checks that an error is a Fault of a reason that names its diagram.
func wantFault(t *testing.T, err error, name string, reason Reason) *Fault {
	t.Helper()
	var f *Fault
	if !errors.As(err, &f) {
		t.Fatalf("error %v is no Fault", err)
	}
	if f.Graph != name || f.Reason != reason || !strings.Contains(err.Error(), `"`+name+`"`) {
		t.Fatalf("fault %+v, want %q of %q", f, reason, name)
	}
	return f
}

func TestMisbehavingChildIsReplaced(t *testing.T) {
	tests := []struct {
		mode   string
		reason Reason
		detail string
	}{
		{"hang", Hung, "no picture within"},
		{"crash", Crashed, "out of bounds"},
		{"fail", Crashed, "trapped"},
		{"babble", Crashed, "not a frame"},
		{"lie", Mismatch, "never declared"},
	}
	for _, tt := range tests {
		t.Run(tt.mode, func(t *testing.T) {
			limit := 20 * time.Second
			if tt.mode == "hang" {
				limit = 2 * time.Second
			}
			p := newTestPool(t, Options{Children: 1, Limit: limit}, childMode+"="+tt.mode)
			if _, err := p.Draw(context.Background(), replyDrafts("a")); err != nil {
				t.Fatalf("before: %v", err)
			}
			_, err := p.Draw(context.Background(), poisoned("the-bad-one"))
			if f := wantFault(t, err, "the-bad-one", tt.reason); !strings.Contains(f.Detail, tt.detail) {
				t.Errorf("detail %q does not say %q", f.Detail, tt.detail)
			}
			if _, err := p.Draw(context.Background(), replyDrafts("b")); err != nil {
				t.Fatalf("after: %v", err)
			}
		})
	}
}

func TestGrowingChildIsKilled(t *testing.T) {
	if _, ok := residentBytes(os.Getpid()); !ok {
		t.Skip("the memory of a process cannot be read on this system")
	}
	p := newTestPool(t, Options{Children: 1, Memory: 400 << 20}, childMode+"=grow")
	_, err := p.Draw(context.Background(), poisoned("the-fat-one"))
	wantFault(t, err, "the-fat-one", Grew)
	if _, err := p.Draw(context.Background(), replyDrafts("b")); err != nil {
		t.Fatalf("after: %v", err)
	}
}

func TestCrashOnceIsTriedAgain(t *testing.T) {
	mark := filepath.Join(t.TempDir(), "crashed")
	p := newTestPool(t, Options{Children: 1}, childMode+"=crash-once", "CANDOR_TEST_MARK="+mark)
	pic, err := p.Draw(context.Background(), poisoned("unlucky"))
	if err != nil {
		t.Fatal(err)
	}
	if pic.Restarted != 1 {
		t.Errorf("restarted %d times, want 1", pic.Restarted)
	}
}

func TestChildIsReplacedAfterItsRenders(t *testing.T) {
	p := newTestPool(t, Options{Children: 1, Renders: 2})
	var pids []int
	for i := range 4 {
		if _, err := p.Draw(context.Background(), replyDrafts(fmt.Sprint("n", i))); err != nil {
			t.Fatal(err)
		}
		if len(p.idle) == 1 {
			pids = append(pids, p.idle[0].cmd.Process.Pid)
		} else {
			pids = append(pids, 0) // replaced: the next graph starts another
		}
	}
	if pids[0] == 0 || pids[1] != 0 || pids[2] == 0 || pids[2] == pids[0] || pids[3] != 0 {
		t.Errorf("children %v, want a new one after every second graph", pids)
	}
}

func TestChildThatCannotStart(t *testing.T) {
	p := NewPool(Options{Command: []string{filepath.Join(t.TempDir(), "none")}, Children: 1})
	defer p.Close()
	var f *Fault
	if _, err := p.Draw(context.Background(), replyDrafts("a")); err == nil || errors.As(err, &f) || !strings.Contains(err.Error(), "start renderer") {
		t.Errorf("error %v, want one about starting that is no fault of the diagram", err)
	}
}

func TestCanceledDrawKillsItsChild(t *testing.T) {
	p := newTestPool(t, Options{Children: 1}, childMode+"=hang")
	ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
	defer cancel()
	if _, err := p.Draw(ctx, poisoned("late")); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("error %v, want the context's", err)
	}
	if len(p.idle) != 0 {
		t.Error("the hanging child was kept")
	}
	if _, err := p.Draw(context.Background(), replyDrafts("b")); err != nil {
		t.Fatalf("after: %v", err)
	}
}

func TestCloseEndsChildren(t *testing.T) {
	p := newTestPool(t, Options{Children: 1})
	if _, err := p.Draw(context.Background(), replyDrafts("a")); err != nil {
		t.Fatal(err)
	}
	c := p.idle[0]
	p.Close()
	select {
	case <-c.exited:
	default:
		t.Error("a child is left after Close")
	}
	if _, err := p.Draw(context.Background(), replyDrafts("a")); !errors.Is(err, ErrClosed) {
		t.Errorf("error %v after Close, want ErrClosed", err)
	}
}

// TestServeEndsWithItsInput: a child whose parent dies must not stay, even while it
// draws something endless.
func TestServeEndsWithItsInput(t *testing.T) {
	in, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	drawing, release := make(chan bool), make(chan bool)
	defer close(release)
	done := make(chan error, 1)
	go func() {
		done <- serve(in, &bytes.Buffer{}, func([]byte) ([]byte, error) { close(drawing); <-release; return nil, nil })
	}()
	if err := writeFrame(w, frameGraph, []byte("digraph {}")); err != nil {
		t.Fatal(err)
	}
	<-drawing
	w.Close()
	select {
	case err := <-done:
		if err == nil {
			t.Error("no error though a graph was cut off")
		}
	case <-time.After(5 * time.Second):
		t.Fatal("it waits for a graph nobody wants")
	}
}

// TestSameBytesWhateverTheChildren draws many graphs with one child and with four at
// once, in another order and each child with another history.
func TestSameBytesWhateverTheChildren(t *testing.T) {
	var graphs []Graph
	for i := range 6 {
		graphs = append(graphs, replyDrafts(fmt.Sprint("r", i)), twelve(fmt.Sprint("t", i)), foreign(fmt.Sprint("f", i)))
	}
	draw := func(p *Pool, order func(int) int) [][]byte {
		out := make([][]byte, len(graphs))
		var wg sync.WaitGroup
		for i := range graphs {
			k := order(i)
			wg.Go(func() {
				pic, err := p.Draw(context.Background(), graphs[k])
				if err != nil {
					t.Error(err)
				}
				out[k] = pic.SVG
			})
		}
		wg.Wait()
		return out
	}
	one := draw(newTestPool(t, Options{Children: 1}), func(i int) int { return i })
	four := draw(newTestPool(t, Options{Children: 4, Renders: 3}), func(i int) int { return len(graphs) - 1 - i })
	for i := range graphs {
		if !bytes.Equal(one[i], four[i]) {
			t.Errorf("graph %d differs between one child and four", i)
		}
	}
}

// BenchmarkHundredDiagrams draws 100 different diagrams of 12 steps with nothing
// cached, the start of the children included: the whole of what a build pays.
func BenchmarkHundredDiagrams(b *testing.B) {
	for b.Loop() {
		p := newTestPool(b, Options{})
		var wg sync.WaitGroup
		for i := range 100 {
			g := twelve(fmt.Sprint("g", i))
			g.Steps[i%12].Title = fmt.Sprint("Another step ", i)
			wg.Go(func() {
				if _, err := p.Draw(context.Background(), g); err != nil {
					b.Error(err)
				}
			})
		}
		wg.Wait()
		p.Close()
	}
}

package diagrams

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"
)

// Options say how a Pool draws. The zero value of a field means what is written
// beside it; Command has no default.
type Options struct {
	Command  []string      // argv of a child: this executable and its hidden verb, which calls Serve
	Env      []string      // environment of a child, as in os/exec: nil is this process's own
	Children int           // processes at most; 0: one per core
	Limit    time.Duration // for one graph; 0: 10 s
	Memory   int64         // bytes one child may hold (resident); 0: 512 MiB; watched on Linux only
	Renders  int           // graphs after which a child is replaced; 0: 500
	Cache    string        // folder for drawings to keep; "": none are kept
	CacheMax int64         // bytes kept there; 0: 64 MiB
}

func (o Options) withDefaults() Options {
	o.Children = orDefault(o.Children, runtime.NumCPU())
	o.Limit = orDefault(o.Limit, 10*time.Second)
	o.Memory = orDefault(o.Memory, 512<<20)
	o.Renders = orDefault(o.Renders, 500)
	o.CacheMax = orDefault(o.CacheMax, 64<<20)
	return o
}

func orDefault[T int | int64 | time.Duration](v, d T) T {
	if v <= 0 {
		return d
	}
	return v
}

// Pool draws graphs in child processes. It is safe for concurrent use. Children
// start when they are first needed and draw one graph at a time each.
type Pool struct {
	o     Options
	slots chan struct{} // one for each child there may be
	keep  *drawings     // nil: none

	mu     sync.Mutex
	idle   []*child
	closed bool
	active sync.WaitGroup // draws under way

	begun   bool          // the first child was started
	ready   chan struct{} // closed once it has greeted or failed
	closing chan struct{} // closed by Close
}

// NewPool returns a Pool; nothing is started yet.
func NewPool(o Options) *Pool {
	o = o.withDefaults()
	return &Pool{o: o, slots: make(chan struct{}, o.Children), keep: newDrawings(o.Cache, o.CacheMax), ready: make(chan struct{}), closing: make(chan struct{})}
}

// ErrClosed is the error of a draw after Close.
var ErrClosed = errors.New("renderer is closed")

// Draw draws one picture. Its error is a *Fault if this graph cannot be drawn; the
// context's error; or another one if the renderer cannot be started at all. The same
// graph gives the same bytes, whatever was drawn before and by how many children.
func (p *Pool) Draw(ctx context.Context, g Graph) (Picture, error) {
	if err := g.drawable(); err != nil {
		return Picture{}, err
	}
	if !p.enter() {
		return Picture{}, ErrClosed
	}
	defer p.active.Done()

	t := g.text()
	dot := g.dot(t)
	if svg, ok := p.keep.get(dot); ok {
		if pic, err := g.finish(t, svg); err == nil {
			return pic, nil
		}
	}
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return Picture{}, ctx.Err()
	}
	defer func() { <-p.slots }()
	return p.try(ctx, g, t, dot)
}

// enter counts one more draw under way, unless the pool is closed.
func (p *Pool) enter() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closed {
		p.active.Add(1)
	}
	return !p.closed
}

// drawable reports what keeps g from being one picture.
func (g Graph) drawable() error {
	if ps := g.Problems(); len(ps) > 0 {
		return &Fault{g.Name, Refused, ps[0].Text}
	}
	own := 0
	for _, s := range g.Steps {
		if s.Kind != Continuation {
			own++
		}
	}
	if own > MaxPictureSteps || len(g.Links) > MaxPictureLinks {
		return &Fault{g.Name, Refused, fmt.Sprintf("%d steps and %d links are more than the %d and %d of one picture; draw its parts",
			own, len(g.Links), MaxPictureSteps, MaxPictureLinks)}
	}
	return nil
}

// finish makes the picture of a raw drawing, once that is found to be of g.
func (g Graph) finish(t text, svg []byte) (Picture, error) {
	d, err := readDrawing(svg)
	if err != nil {
		return Picture{}, fmt.Errorf("read drawing: %w", err)
	}
	p, err := g.hold(t, d)
	if err != nil {
		return Picture{}, err
	}
	pic := g.paint(t, p)
	if pic.Plate != nil {
		if err := AuditPlate(pic.Plate, g.Prefix); err != nil {
			return Picture{}, err
		}
	}
	return pic, Audit(pic.SVG, g.Prefix)
}

// try draws; a child that fails is replaced, and the graph tried once more in a
// fresh one, unless it took too much of time or memory.
func (p *Pool) try(ctx context.Context, g Graph, t text, dot []byte) (Picture, error) {
	var last *failure
	for attempt := range 2 {
		c, err := p.take(ctx, attempt > 0)
		if err != nil {
			return Picture{}, fmt.Errorf("draw %q: %w", g.Name, err)
		}
		svg, err := c.draw(ctx, dot, p.o)
		if err == nil {
			var pic Picture
			if pic, err = g.finish(t, svg); err == nil {
				p.giveBack(c)
				p.keep.put(dot, svg)
				pic.Restarted = attempt
				return pic, nil
			}
			err = &failure{Mismatch, err.Error()}
		}
		c.kill()
		if !errors.As(err, &last) {
			return Picture{}, err
		}
		if last.final() {
			break
		}
	}
	return Picture{}, &Fault{g.Name, last.reason, last.detail}
}

// take returns an idle child, or a new one.
func (p *Pool) take(ctx context.Context, fresh bool) (*child, error) {
	p.mu.Lock()
	if n := len(p.idle); n > 0 && !fresh {
		c := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return c, nil
	}
	p.mu.Unlock()
	return p.start(ctx)
}

// giveBack keeps a child for the next graph, unless it has drawn or grown enough.
func (p *Pool) giveBack(c *child) {
	if c.drawn >= p.o.Renders || c.bigger(p.o.Memory) {
		c.leave()
		return
	}
	p.mu.Lock()
	p.idle = append(p.idle, c)
	p.mu.Unlock()
}

// Close waits for the draws under way and ends all children. Later draws return
// ErrClosed.
func (p *Pool) Close() error {
	p.mu.Lock()
	if !p.closed {
		close(p.closing)
	}
	p.closed = true
	p.mu.Unlock()
	p.active.Wait()
	p.mu.Lock()
	idle := p.idle
	p.idle = nil
	p.mu.Unlock()
	for _, c := range idle {
		c.in.Close() // all at once, so that they end side by side
	}
	for _, c := range idle {
		c.leave()
	}
	return nil
}

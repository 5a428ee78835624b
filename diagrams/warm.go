package diagrams

import (
	"context"

	"candor/diagrams/internal/engine"
)

// Warm has a child compile the renderer, where no machine code of it is kept yet, so that a first draw need not wait
// for it. It returns at once; where there is nothing to compile, or on trouble, nothing is started.
func (p *Pool) Warm() {
	if engine.Compiled() || !p.enter() {
		return
	}
	go func() {
		defer p.active.Done()
		ctx, stop := context.WithCancel(context.Background())
		defer stop()
		go func() {
			select {
			case <-p.closing:
				stop()
			case <-ctx.Done():
			}
		}()
		select {
		case p.slots <- struct{}{}:
		case <-ctx.Done():
			return
		}
		defer func() { <-p.slots }()
		if c, err := p.take(ctx, false); err == nil {
			p.giveBack(c)
		}
	}()
}

// start starts a child. While the first one compiles, the others wait for its code: one core is enough for that.
func (p *Pool) start(ctx context.Context) (*child, error) {
	p.mu.Lock()
	first := !p.begun
	p.begun = true
	p.mu.Unlock()
	if first {
		defer close(p.ready)
	} else if !engine.Compiled() {
		select {
		case <-p.ready:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return startChild(ctx, p.o)
}

package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"time"
)

// A guard sees that the record is still that of this run.
type guard struct {
	store Store
	now   func() time.Time

	mu   sync.Mutex
	tag  string // of the record; "" where there is none
	last time.Time
}

// replace puts another record in the place of the one that is known.
func (g *guard) replace(ctx context.Context, s *State) error {
	data, err := s.JSON()
	if err != nil {
		return err
	}
	if err := g.look(ctx); err != nil { // for places that know no conditions
		return err
	}
	condition := Condition{Tag: g.tag, Absent: g.tag == ""}
	tag, err := g.store.Write(ctx, StatePath, data, Attributes{Type: "application/json", Cache: "no-store"}, condition)
	if errors.Is(err, ErrConflict) || err == nil && tag == "" {
		// the answer to a write may be lost, and the write be repeated: then what is in the way is our own
		now, is, readErr := g.store.Read(ctx, StatePath, maxState)
		if readErr != nil {
			return told(readErr, "read %q in %s", StatePath, g.store)
		}
		if !bytes.Equal(now, data) {
			return busy(StatePath)
		}
		tag, err = is, nil
	}
	if err != nil {
		return told(err, "write %q to %s", StatePath, g.store)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.tag, g.last = tag, g.now()
	return nil
}

// look asks whether the record is still the one that this run wrote.
func (g *guard) look(ctx context.Context) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.ask(ctx)
}

// glance looks when the last look was a second ago.
func (g *guard) glance(ctx context.Context) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.now().Sub(g.last) < time.Second {
		return nil
	}
	return g.ask(ctx)
}

func (g *guard) ask(ctx context.Context) error {
	object, err := g.store.Look(ctx, StatePath)
	if err != nil && (g.tag != "" || !errors.Is(err, fs.ErrNotExist)) {
		return told(err, "look at %q in %s", StatePath, g.store)
	}
	if object.Tag != g.tag {
		return busy(StatePath)
	}
	g.last = g.now()
	return nil
}

// told says what was being done, unless the error does.
func told(err error, format string, args ...any) error {
	if _, tells := errors.AsType[*Error](err); tells {
		return err
	}
	return fmt.Errorf(format+": %w", append(args, err)...)
}

func busy(path string) *Error {
	return &Error{
		Kind: KindBusy, Path: path, Text: "was changed there by somebody else meanwhile: another publish goes on at the same time",
		Hint: "wait until it has ended, then publish again; nothing was taken away",
	}
}

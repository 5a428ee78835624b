package publish

import (
	"context"
	"errors"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// A patient is a store that repeats what its server refuses for the moment, ever more slowly, by chance a little earlier or later, so that many uploads do not come
// back at once. What the server refuses for good is refused at once.
type patient struct {
	Store
	patience time.Duration
	notify   func(path string, err error, wait time.Duration)
}

// patient gives the store with the patience of the options.
func (o Options) patient(store Store) Store {
	if _, already := store.(patient); already || o.Patience < 0 {
		return store
	}
	p := patient{Store: store, patience: o.Patience, notify: func(string, error, time.Duration) {}}
	if p.patience == 0 {
		p.patience = 2 * time.Minute
	}
	return p
}

// again calls do until it succeeds, fails for good, or the patience is at an end.
func (p patient) again(ctx context.Context, path string, do func() error) error {
	waits := backoff.NewExponentialBackOff()
	waits.InitialInterval, waits.MaxInterval = time.Second, 20*time.Second
	once := func() (struct{}, error) {
		err := do()
		if err != nil && !Is(err, KindMoment) {
			err = backoff.Permanent(err)
		}
		return struct{}{}, err
	}
	_, err := backoff.Retry(ctx, once, backoff.WithBackOff(waits), backoff.WithMaxElapsedTime(p.patience),
		backoff.WithNotify(func(err error, wait time.Duration) { p.notify(path, err, wait) }))
	if permanent, ok := errors.AsType[*backoff.PermanentError](err); ok {
		return permanent.Err
	}
	return err
}

// List repeats a listing that was cut short from its beginning.
func (p patient) List(ctx context.Context, visit func(Object) error) error {
	var all []Object
	err := p.again(ctx, "", func() error {
		all = all[:0]
		return p.Store.List(ctx, func(object Object) error {
			all = append(all, object)
			return nil
		})
	})
	for _, object := range all {
		if err != nil {
			break
		}
		err = visit(object)
	}
	return err
}

func (p patient) Look(ctx context.Context, path string) (object Object, err error) {
	err = p.again(ctx, path, func() error {
		object, err = p.Store.Look(ctx, path)
		return err
	})
	return object, err
}

func (p patient) Read(ctx context.Context, path string, limit int64) (data []byte, tag string, err error) {
	err = p.again(ctx, path, func() error {
		data, tag, err = p.Store.Read(ctx, path, limit)
		return err
	})
	return data, tag, err
}

func (p patient) Write(ctx context.Context, path string, data []byte, a Attributes, c Condition) (tag string, err error) {
	err = p.again(ctx, path, func() error {
		tag, err = p.Store.Write(ctx, path, data, a, c)
		return err
	})
	return tag, err
}

func (p patient) Delete(ctx context.Context, path string) error {
	return p.again(ctx, path, func() error { return p.Store.Delete(ctx, path) })
}

// Flush flushes what is underneath.
func (p patient) Flush(ctx context.Context) error {
	if f, ok := p.Store.(Flusher); ok {
		return f.Flush(ctx)
	}
	return nil
}

package publish

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"
	"time"
)

// linger is how long a reader has to click on a link of a page that changed.
const linger = 5 * time.Second

// Run does what the plan says. When it ends early, by an error or because ctx does, the place is whole, and the next plan takes up what is left; the Outcome says what
// was done until then. An upload that another one overtakes ends with an error of KindBusy before it takes anything away.
func Run(ctx context.Context, store Store, p *Plan, o Options) (Outcome, error) {
	if p.Nothing() {
		return Outcome{}, nil
	}
	r := &run{plan: p, options: o, id: rand.Text(), began: o.Now().UTC()}
	r.total.Steps, r.total.Bytes = len(p.Steps), p.Bytes
	r.store = o.patient(store)
	if patient, ok := r.store.(patient); ok {
		patient.notify = r.repeats
		r.store = patient
	}
	err := r.do(ctx)
	return r.outcome, err
}

type run struct {
	plan    *Plan
	options Options
	store   Store
	id      string
	began   time.Time
	guard   guard

	intended []Entry

	mu      sync.Mutex
	outcome Outcome
	total   Progress
	settled bool
	written []Entry // with the tags that the place gave them
}

func (r *run) do(ctx context.Context) error {
	r.guard = guard{store: r.store, now: r.options.Now, tag: r.plan.there.tag}
	if len(r.plan.Steps) > 0 {
		if err := r.announce(ctx); err != nil {
			return err
		}
	}
	for phase := NewFiles; phase <= lastPhase; phase++ {
		if err := r.phase(ctx, phase); err != nil {
			return err
		}
		if phase == lastNew && len(r.written) > 0 {
			if err := r.complete(ctx); err != nil {
				return err
			}
		}
	}
	return r.conclude(ctx)
}

// announce writes down what is going to be written, so that it is known as candor's whatever happens.
func (r *run) announce(ctx context.Context) error {
	var err error
	if r.intended, err = r.intentions(ctx); err != nil {
		return err
	}
	first := r.plan.Steps[0].Phase
	if err := r.guard.replace(ctx, r.underway(first > lastNew)); err != nil {
		return err
	}
	if r.store.Manner().Blind || len(r.overtaken()) > 0 {
		return r.alone(ctx)
	}
	return nil
}

// stopping is how long an upload that is overtaken may take to see it: it looks at the record once in a second.
const stopping = 2 * time.Second

// alone waits until an upload that was overtaken, or that began in the same moment in a place that knows no conditions, has seen it, and makes sure that the place is as
// it was planned for. An upload that was killed leaves it so.
func (r *run) alone(ctx context.Context) error {
	if err := pause(ctx, min(r.options.linger(), stopping)); err != nil {
		return err
	}
	now, err := list(ctx, r.store)
	if err != nil {
		return err
	}
	same := func(a, b Object) bool { return a.Path == b.Path && a.Tag == b.Tag }
	if !slices.EqualFunc(now, r.plan.there.listed, same) {
		return busy(StatePath)
	}
	return nil
}

func pause(ctx context.Context, wait time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(wait):
		return nil
	}
}

// lastNew is the last phase of those that write what nobody can reach.
const lastNew = NewLists

// complete writes down that everything of the site is there, as it was or as it will be.
func (r *run) complete(ctx context.Context) error {
	return r.guard.replace(ctx, r.underway(true))
}

// underway is the record while the upload goes on: what is there, and what is going to be.
func (r *run) underway(complete bool) *State {
	p := r.plan
	s := &State{Version: stateVersion, Upload: &Upload{ID: r.id, Began: r.began, Complete: complete, Facts: p.site.Facts}}
	if before := p.there.State; before != nil {
		s.Facts = before.Facts
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	written := slices.SortedFunc(slices.Values(r.written), byPath)
	site := slices.Concat(p.kept, written)
	for _, e := range slices.Concat(p.stays, p.there.Altered) {
		if _, is := entry(written, e.Path); !is && !slices.Contains(p.Astray, e.Path) {
			site = append(site, e)
		}
	}
	if complete {
		for i := range site {
			site[i].Loose = false
		}
	}
	s.Files = slices.Concat(site, p.deletions())
	for _, e := range p.Retired {
		if e.Since.IsZero() { // until the end, pages may use it
			s.Files = append(s.Files, e)
		} else {
			s.Retired = append(s.Retired, e)
		}
	}
	slices.SortFunc(s.Files, byPath)
	for _, e := range r.intended {
		if _, is := entry(written, e.Path); !is {
			s.Intended = append(s.Intended, e)
		}
	}
	known := make(map[Entry]bool, len(s.Intended))
	for _, e := range s.Intended {
		known[e] = true
	}
	for _, e := range r.overtaken() {
		if !known[e] {
			s.Intended = append(s.Intended, e)
		}
	}
	slices.SortStableFunc(s.Intended, byPath)
	return s
}

// overtaken gives what an upload that did not end was to write: it may go on, and write it a moment from now.
func (r *run) overtaken() []Entry {
	if p := r.plan; p.Resumed && r.began.Sub(p.there.State.Upload.Began) < grace {
		return p.there.State.Intended
	}
	return nil
}

// grace is how long an upload may go on after it was overtaken.
const grace = 10 * time.Minute

// intentions gives what is going to be written, sorted by path, with the tags that it will have.
func (r *run) intentions(ctx context.Context) ([]Entry, error) {
	steps := slices.DeleteFunc(slices.Clone(r.plan.Steps), func(s Step) bool { return s.Phase.Deletes() })
	all := make([]Entry, len(steps))
	err := each(ctx, r.options.parallel(), len(steps), func(_ context.Context, i int) error {
		body, err := steps[i].wanted.body(r.plan.site)
		all[i] = steps[i].Entry
		all[i].Size, all[i].Tag = int64(len(body)), r.store.Tag(body)
		return err
	})
	slices.SortFunc(all, byPath)
	return all, err
}

// deletions gives what the plan takes away.
func (p *Plan) deletions() []Entry {
	var all []Entry
	for _, step := range p.Steps {
		if step.Phase.Deletes() {
			all = append(all, step.Entry)
		}
	}
	return all
}

// phase does the steps of one phase, several at once, and comes to an end before the next begins.
func (r *run) phase(ctx context.Context, phase Phase) error {
	steps := slices.DeleteFunc(slices.Clone(r.plan.Steps), func(s Step) bool { return s.Phase != phase })
	if len(steps) == 0 {
		return nil
	}
	do := r.write
	if phase.Deletes() {
		do = r.delete
		if err := r.settle(ctx); err != nil {
			return err
		}
	}
	if err := r.guard.look(ctx); err != nil {
		return err
	}
	err := each(ctx, r.options.parallel(), len(steps), func(ctx context.Context, i int) error {
		if err := r.guard.glance(ctx); err != nil {
			return err
		}
		return do(ctx, steps[i])
	})
	if err != nil {
		return err
	}
	if f, ok := r.store.(Flusher); ok {
		return f.Flush(ctx)
	}
	return nil
}

func (r *run) write(ctx context.Context, step Step) error {
	body, err := step.wanted.body(r.plan.site)
	if err != nil {
		return err
	}
	tag, err := r.store.Write(ctx, step.Path, body, step.Attributes, Condition{})
	if err != nil {
		return told(err, "write %q to %s", step.Path, r.store)
	}
	e := step.Entry
	e.Size, e.Tag = int64(len(body)), tag
	r.done(step, func() {
		r.written = append(r.written, e)
		r.outcome.Written++
		r.outcome.Sent += e.Size
		r.total.Sent += step.wanted.Size
	})
	return nil
}

// delete takes a file away. What the place does not permit to delete is left for the next time: the site is complete without it.
func (r *run) delete(ctx context.Context, step Step) error {
	err := r.store.Delete(ctx, step.Path)
	if err != nil && !Is(err, KindDenied) {
		return told(err, "delete %q from %s", step.Path, r.store)
	}
	r.done(step, func() {
		if err != nil {
			r.outcome.Left = append(r.outcome.Left, step)
			r.outcome.Denied = err
			return
		}
		r.outcome.Deleted++
	})
	return nil
}

// done counts a step and tells of it.
func (r *run) done(step Step, count func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	count()
	r.total.Done++
	r.tell(Progress{Step: step})
}

// tell calls the progress with the totals; r.mu is held.
func (r *run) tell(p Progress) {
	if r.options.Progress == nil {
		return
	}
	p.Done, p.Steps, p.Sent, p.Bytes = r.total.Done, r.total.Steps, r.total.Sent, r.total.Bytes
	r.options.Progress(p)
}

func (r *run) repeats(path string, err error, wait time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	i := slices.IndexFunc(r.plan.Steps, func(s Step) bool { return s.Path == path })
	p := Progress{Trouble: err, Wait: wait}
	if i >= 0 {
		p.Step = r.plan.Steps[i]
	}
	r.tell(p)
}

// settle waits for readers before pages are taken away, and makes sure that the place is what this run made of it: an overtaken upload may still have written
// something a moment ago.
func (r *run) settle(ctx context.Context) error {
	if r.settled {
		return nil
	}
	r.settled = true
	if wait := r.options.linger(); wait > 0 && r.isMissed() && !r.store.Manner().OneStep {
		r.mu.Lock()
		r.tell(Progress{Lingering: true, Wait: wait})
		r.mu.Unlock()
		if err := pause(ctx, wait); err != nil {
			return err
		}
	}
	expected := slices.Concat(r.plan.kept, r.written)
	slices.SortFunc(expected, byPath)
	found := map[string]bool{}
	err := r.store.List(ctx, func(object Object) error {
		e, is := entry(expected, object.Path)
		if !is {
			return nil
		}
		found[e.Path] = true
		if e.Tag != object.Tag {
			return busy(object.Path)
		}
		return nil
	})
	for _, e := range expected {
		if err == nil && !found[e.Path] {
			return busy(e.Path)
		}
	}
	return err
}

// isMissed reports whether something is taken away that a page on somebody's screen may lead to.
func (r *run) isMissed() bool {
	return slices.ContainsFunc(r.plan.Steps, func(s Step) bool { return s.Phase.Deletes() && s.Reason == Gone })
}

// conclude writes down what is there now.
func (r *run) conclude(ctx context.Context) error {
	p := r.plan
	s := &State{Version: stateVersion, Facts: p.site.Facts, Files: slices.Concat(p.kept, r.written)}
	for i := range s.Files {
		s.Files[i].Loose = false
	}
	for _, step := range r.outcome.Left {
		s.Files = append(s.Files, step.Entry)
	}
	slices.SortFunc(s.Files, byPath)
	for _, e := range p.Retired {
		if e.Since.IsZero() {
			e.Since = r.options.Now().UTC()
		}
		s.Retired = append(s.Retired, e)
	}
	s.Intended = r.overtaken()
	return r.guard.replace(ctx, s)
}

// linger gives how long to wait before pages are taken away.
func (o Options) linger() time.Duration {
	if o.Linger == 0 {
		return linger
	}
	return max(o.Linger, 0)
}

// parallel gives how many uploads go on at once.
func (o Options) parallel() int {
	if o.Parallel <= 0 {
		return 8
	}
	return o.Parallel
}

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

// each does n things, several at once, and gives the first error, after which no other begins.
func each(ctx context.Context, parallel, n int, do func(ctx context.Context, i int) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	next := make(chan int)
	var group sync.WaitGroup
	for range min(parallel, n) {
		group.Go(func() {
			for i := range next {
				if ctx.Err() != nil {
					continue
				}
				if err := do(ctx, i); err != nil {
					stop(err)
				}
			}
		})
	}
	for i := range n {
		select {
		case <-ctx.Done():
		case next <- i:
			continue
		}
		break
	}
	close(next)
	group.Wait()
	return context.Cause(ctx)
}

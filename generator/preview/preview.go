// Package preview shows a site in browsers while it is being written.
//
// In come a function that builds the site once more and a channel of changes; out goes, over HTTP, what was built last: whole, or not at all. Browsers
// are told over one WebSocket each, never asked, and only what concerns the page that they show. While the content has gaps, the last
// site without stays, and the gaps lie above it.
//
//	changes -> Run -> Builder -> Outcome -> what is shown -> tabs
//
// Nothing is written to disk and no file is served: only what the Builder put into memory, and the few files of the preview's own under /_candor/. The
// package reads neither the clock nor the environment, and knows nothing of how a site is built.
package preview

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"candor/generator/diag"
	"candor/generator/output"
	"candor/generator/watch"
)

// A Request says what a build is to do.
type Request struct {
	Change watch.Change         // since the last one; All at the first
	First  []string             // paths of the files that somebody is looking at: to be made before the others
	Early  func(*output.Memory) // is told once the First are in the Memory and no gap stops the build; other files may still be missing
}

// An Outcome is what a build came to.
type Outcome struct {
	Site       *output.Memory // the whole site; nil when gaps stopped the build
	Findings   []diag.Finding
	Exceptions []diag.Exception
	Folders    []string // to be watched from now on, nil for those that are

	Pages, Diagrams int
}

// A Builder builds the site once more. It is called by one goroutine. Its error is the machine's, or the context's.
type Builder func(context.Context, Request) (Outcome, error)

// Options say what is shown and to whom.
type Options struct {
	Build   Builder
	Changes <-chan watch.Change
	Watch   func(folders []string)        // is told what to watch; nil for nobody
	Tell    func(Request, Outcome, error) // is told of each build that came to an end
	Again   <-chan time.Time              // on each, all is built again if Today is another day
	Today   func() string                 // the day that is built for
	Base    func() string                 // path below which the site is served, "" or "/trust", as the last build has it
	Editor  Editor                        // opens a place in an editor
	Root    string                        // absolute path of the site folder, for the editor
	Hosts   []string                      // names under which the preview may be asked for, beside localhost and addresses
}

// A Preview is one site on show.
type Preview struct {
	o         Options
	calledOff int           // builds in a row; known, like missed, to the one that builds alone
	missed    bool          // the last build ended in trouble: what it was told of may not have been read
	ready     chan struct{} // closed when there is something to show: the front page, or what stands in its way

	mu     sync.Mutex
	shown  view
	good   *output.Memory // the last site without gaps
	before *output.Memory // the one before that
	report []byte         // of findings, for the tabs
	number int            // of the report
	tabs   map[*tab]bool
}

// New makes a preview; Run has it build, and Handler serves it.
func New(o Options) *Preview {
	return &Preview{o: o, ready: make(chan struct{}), tabs: map[*tab]bool{}}
}

// A view is what is served: a site, and above it pages of the one that is being built. Pages of the site before may still ask for their styles.
type view struct {
	site, early, before *output.Memory
	first               []string
	over                chan struct{} // closed when another view takes its place
}

// read gives the bytes at path.
func (v view) read(path string) ([]byte, bool) {
	if v.early != nil && slices.Contains(v.first, path) {
		return v.early.Read(path)
	}
	if v.site != nil {
		if data, ok := v.site.Read(path); ok {
			return data, true
		}
	}
	if !strings.HasPrefix(path, "assets/") {
		return nil, false
	}
	for _, other := range []*output.Memory{v.early, v.before} { // a page that came early brings its styles
		if other != nil {
			if data, ok := other.Read(path); ok {
				return data, true
			}
		}
	}
	return nil, false
}

// Ready is closed when the front page can be shown, or the first build is done without; other pages may take a moment longer.
func (p *Preview) Ready() <-chan struct{} { return p.ready }

// Run builds at once, and again after each change, until ctx ends. A change while a build is under way has its rest called off, once what somebody
// looks at has been shown, and the next begin.
func (p *Preview) Run(ctx context.Context) {
	change := watch.Change{All: true}
	today := p.o.Today()
	for ctx.Err() == nil {
		change = p.build(ctx, change)
		for !change.All && len(change.Paths) == 0 {
			select {
			case <-ctx.Done():
				return
			case c, open := <-p.o.Changes:
				if !open {
					return
				}
				change = c
			case <-p.o.Again:
				if now := p.o.Today(); now != today {
					today, change = now, watch.Change{All: true}
				}
			}
		}
	}
}

// build builds once, and gives what changed meanwhile.
func (p *Preview) build(ctx context.Context, change watch.Change) (waiting watch.Change) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	early := make(chan struct{}, 1)
	change.All = change.All || p.missed
	req := Request{Change: change, First: p.looked()}
	if p.good == nil && len(req.First) == 0 {
		req.First = []string{front}
	}
	req.Early = func(m *output.Memory) {
		p.show(view{site: p.good, before: p.before, early: m, first: req.First})
		open(p.ready)
		early <- struct{}{}
		p.letPaint(ctx)
	}
	type result struct {
		out Outcome
		err error
	}
	done := make(chan result, 1)
	go func() {
		out, err := p.attempt(ctx, req)
		done <- result{out, err}
	}()
	wasEarly := false
	callOff := func() {
		if p.calledOff < mostCalledOff {
			cancel()
		}
	}
	changes := p.o.Changes
	for {
		select {
		case <-early:
			wasEarly = true
			if waiting.All || len(waiting.Paths) > 0 {
				callOff()
			}
		case c, open := <-changes:
			if !open {
				changes = nil
				continue
			}
			waiting = together(waiting, c)
			if wasEarly {
				callOff()
			}
		case r := <-done:
			called := r.err != nil && ctx.Err() != nil
			if p.calledOff++; !called {
				p.calledOff, p.missed = 0, r.err != nil
				p.settle(r.out, r.err)
			}
			if p.o.Tell != nil {
				p.o.Tell(req, r.out, r.err)
			}
			return waiting
		}
	}
}

// mostCalledOff is how many builds in a row are called off for a later one: while somebody types without a pause, the pages that nobody looks at, and what was found in
// them, are to come up too.
const mostCalledOff = 8

// front is the page that is shown first.
const front = "index.html"

// open closes a channel that others wait for, once. It is called by one goroutine at a time.
func open(c chan struct{}) {
	select {
	case <-c:
	default:
		close(c)
	}
}

// attempt builds; a mistake of the program's own ends the build and not the preview.
func (p *Preview) attempt(ctx context.Context, req Request) (out Outcome, err error) {
	defer func() {
		if fell := recover(); fell != nil {
			err = fmt.Errorf("this is a mistake in candor: %v", fell)
		}
	}()
	return p.o.Build(ctx, req)
}

// together gives two changes as one.
func together(a, b watch.Change) watch.Change {
	paths := slices.Concat(a.Paths, b.Paths)
	slices.Sort(paths)
	return watch.Change{Paths: slices.Compact(paths), All: a.All || b.All}
}

// settle shows what a build came to.
func (p *Preview) settle(out Outcome, err error) {
	report := p.reportOf(out, err)
	p.mu.Lock()
	if out.Site != nil && err == nil {
		p.good, p.before = out.Site, p.good
	}
	if string(report) != string(p.report) {
		p.report = report
		p.number++
	}
	v := view{site: p.good, before: p.before}
	p.mu.Unlock()
	p.show(v)
	open(p.ready)
	if p.o.Watch != nil && out.Folders != nil {
		p.o.Watch(out.Folders)
	}
}

// show has tabs look at another view.
func (p *Preview) show(v view) {
	v.over = make(chan struct{})
	p.mu.Lock()
	if p.shown.over != nil {
		close(p.shown.over)
	}
	p.shown = v
	tabs := slices.Collect(maps.Keys(p.tabs))
	p.mu.Unlock()
	for _, t := range tabs { // in no order: each is told of its own page
		t.wake()
	}
}

// A build goes on once tabs have painted what they were told, or have had the time to: both want the same processors, and somebody is watching one of them.
const (
	toPaint = 80 * time.Millisecond
	glance  = time.Millisecond
)

// letPaint waits until every tab shows what it was told.
func (p *Preview) letPaint(ctx context.Context) {
	late, again := time.NewTimer(toPaint), time.NewTicker(glance)
	defer late.Stop()
	defer again.Stop()
	for {
		p.mu.Lock()
		busy := false
		for t := range p.tabs {
			busy = busy || t.busy()
		}
		p.mu.Unlock()
		if !busy {
			return
		}
		select {
		case <-again.C:
		case <-late.C:
			return
		case <-ctx.Done():
			return
		}
	}
}

// looked gives the files that tabs show.
func (p *Preview) looked() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	seen := map[string]bool{}
	for t := range p.tabs {
		seen[t.file()] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

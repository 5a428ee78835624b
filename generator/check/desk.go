package check

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"candor/generator/diag"
	"candor/generator/model"
)

// A Desk keeps, from one run to the next, what the rules have found in texts that have not changed, so that a preview can check a whole site after
// every edit. A record that is the same in two runs, by its pointer, must have the same content in both; what linking writes into it may differ.
// What is kept of a record goes with the record. The zero value is ready, a nil Desk keeps nothing. It is safe for concurrent use; one run waits
// for the other.
type Desk struct {
	mu     sync.Mutex
	leaves map[any]*leaf // by *model.Config or model.Record
	known  *known
	leaks  *LeakList // of the last site
	said   *said
}

// Site is check.Site, with what the Desk has kept.
func (d *Desk) Site(site *model.Site, on model.Day, diags *diag.List, only ...string) []diag.Exception {
	if d == nil {
		d = &Desk{}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.open(site).judge(on, diags, only)
}

// Leaks is check.Leaks, with what the Desk has kept: where nothing internal has changed, the list is made in no time.
func (d *Desk) Leaks(site *model.Site) *LeakList {
	if d == nil {
		l := new(Desk).open(site).leaks(nil)
		l.leaves = sync.OnceValue(func() []*leaf { return new(Desk).open(site).leaves }) // nothing is kept until something seems to leak
		return l
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.leaks = d.open(site).leaks(d.leaks)
	return d.leaks
}

// open lays out a site, and lets go of the records that it no longer has.
func (d *Desk) open(site *model.Site) *folio {
	if d.said == nil {
		d.said = &said{}
	}
	records := site.BesideConfig()
	f := &folio{site: site, desk: d, leaves: make([]*leaf, 1+len(records))}
	var unread []int
	for i := range f.leaves {
		if f.leaves[i] = d.leaves[keyOf(site, records, i)]; f.leaves[i] == nil {
			unread = append(unread, i)
		}
	}
	sideBySide(unread, func(i int) {
		if i == 0 {
			f.leaves[i] = newLeaf(site.Config, nil)
		} else {
			f.leaves[i] = newLeaf(nil, records[i-1])
		}
	})
	if len(unread) > 0 || len(d.leaves) != len(f.leaves) {
		d.leaves = make(map[any]*leaf, len(f.leaves))
		for i, l := range f.leaves {
			d.leaves[keyOf(site, records, i)] = l
		}
	}
	f.known = sync.OnceValue(func() *known {
		if now := mayPublish(f); d.known == nil || !d.known.same(now) {
			d.known = now
		}
		return d.known
	})
	f.company = sync.OnceValue(func() string { return plainWords(site.Config.Company.Name.Value) })
	for how := range looks {
		f.looked[how] = sync.OnceFunc(func() {
			var unread []int
			for i, l := range f.leaves {
				if !l.isRead(how, f) {
					unread = append(unread, i)
				}
			}
			sideBySide(unread, func(i int) { f.leaves[i].read(how, f) })
		})
	}
	return f
}

// keyOf gives what a leaf is kept by: site.yaml's, then those of the records.
func keyOf(site *model.Site, records []model.Headed, i int) any {
	if i == 0 {
		return site.Config
	}
	return records[i-1]
}

// A folio is a site as the rules read it in one run.
type folio struct {
	site   *model.Site
	desk   *Desk
	leaves []*leaf // site.yaml, then the records in their order
	known  func() *known
	looked [looks]func()

	company func() string // its name, in small letters and without punctuation
}

// look gives all leaves, after each was looked at in one way: by the first rule that asks, on all processors.
func (f *folio) look(how look) []*leaf {
	f.looked[how]()
	return f.leaves
}

// sideBySide calls do for some things, on all processors when they are many. A panic of do becomes one of the caller.
func sideBySide(todo []int, do func(int)) {
	workers := min(runtime.GOMAXPROCS(0), (len(todo)+atOnce-1)/atOnce)
	if workers <= 1 {
		for _, i := range todo {
			do(i)
		}
		return
	}
	var wg sync.WaitGroup
	var next atomic.Int64
	var fell atomic.Pointer[any]
	for range workers {
		wg.Go(func() {
			defer func() {
				if cause := recover(); cause != nil {
					fell.Store(&cause)
				}
			}()
			for i := int(next.Add(atOnce)) - atOnce; i < len(todo); i = int(next.Add(atOnce)) - atOnce {
				for _, k := range todo[i:min(i+atOnce, len(todo))] {
					do(k)
				}
			}
		})
	}
	wg.Wait()
	if cause := fell.Load(); cause != nil {
		panic(*cause)
	}
}

// atOnce is how many things are done by one goroutine at a time.
const atOnce = 16

// judge runs the rules: see Site.
func (f *folio) judge(on model.Day, diags *diag.List, only []string) []diag.Exception {
	if slices.Contains(only, exc01.ID) {
		only = nil
	}
	var wg sync.WaitGroup
	var fell atomic.Pointer[Stumble]
	for _, r := range Rules() {
		if r.run != nil && (len(only) == 0 || slices.Contains(only, r.ID)) {
			wg.Go(func() {
				if s := r.judge(&pass{site: f.site, on: on, rule: r.Rule, diags: diags, folio: f}); s != nil {
					fell.Store(s)
				}
			})
		}
	}
	wg.Wait()
	if s := fell.Load(); s != nil {
		panic(s)
	}
	diags.Take(triedOf(f.site))
	return exempt(&pass{site: f.site, on: on, rule: exc01.Rule, diags: diags, folio: f})
}

package disclosure

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"candor/generator/model"
)

// A subject is what two entries share that are one: a record on a day.
type subject struct {
	kind, record string
	day          Day
}

func (e *Entry) subject() subject { return subject{e.Kind, e.Record, e.Day} }

// A ledger gathers the entries of a document.
type ledger struct {
	*teller
	d, since *Document
	carried  []Entry // of the earlier document, with the ids of records of today
	list     []*Entry

	// For look-ups: entries by what they are about, those that were carried by their ids, and those that are updates by the ids of these.
	about     map[subject]*Entry
	published map[string]*Entry
	newsOf    map[string]*Entry
}

// entries gives everything that readers are told, newest first: what was written, what the facts date, what differs from the earlier document, and what that one
// told. An entry that was published keeps its id, whatever becomes of its title, its record and the site.
func (t *teller) entries(d, since *Document) []Entry {
	l := &ledger{teller: t, d: d, since: since, about: map[subject]*Entry{}, published: map[string]*Entry{}, newsOf: map[string]*Entry{}}
	l.carry()
	dated := d.dated()
	for _, e := range dated {
		l.enter(e)
	}
	if since != nil {
		l.differences(dated)
	}
	l.keep()
	l.write()
	l.name()
	return l.finish()
}

// carry takes over the entries of the earlier document, but for those about what is not to be read any more.
func (l *ledger) carry() {
	if l.since == nil {
		return
	}
	for _, e := range l.since.Changes {
		r := l.records.Find(model.Kind(e.Kind), e.Record)
		switch {
		case r == nil:
			e.About = ""
		case !r.Published() && r.Key().Kind != model.KindSubprocessor: // a vendor that receives data no longer stays in the history
			continue
		default:
			e.Record, e.About = r.Key().ID, l.where(r)
		}
		e.Former = slices.Clone(e.Former)
		l.carried = append(l.carried, e)
	}
	for i := range l.carried {
		e := &l.carried[i]
		l.published[e.ID] = e
		if e.What == Told && e.Update != "" {
			l.newsOf[e.Update] = e
		}
	}
}

// strength orders what can happen to a record on one day: what is told of it first gives the entry its headline.
var strength = []What{Removed, Effective, Announced, Issued, Approved, Expired, Lapsed, Observing, Planned, Added, Changed}

// enter adds an entry, or makes it part of the one about the same record on the same day.
func (l *ledger) enter(e Entry) *Entry {
	e.Fields = slices.Clone(e.Fields)
	is := l.about[e.subject()]
	if is == nil {
		l.list = append(l.list, &e)
		l.about[e.subject()] = &e
		return &e
	}
	weak := e
	if slices.Index(strength, e.What) < slices.Index(strength, is.What) {
		weak, *is = *is, e
	}
	is.Fields = merged(is.Fields, weak.Fields)
	is.Announced, is.Effective = cmp.Or(is.Announced, weak.Announced), cmp.Or(is.Effective, weak.Effective)
	is.ObjectUntil, is.Summary = cmp.Or(is.ObjectUntil, weak.ObjectUntil), cmp.Or(is.Summary, weak.Summary)
	is.Former = append(append(is.Former, weak.ID), weak.Former...)
	return is
}

// differences tells what differs from the earlier document. What a dated event brought is told by its entry, all else by one of today.
func (l *ledger) differences(dated []Entry) {
	for _, x := range Compare(l.since, l.d) {
		e, ok := l.d.news(x, l.d.Site.BuiltOn)
		if !ok || x.What == Removed && l.isHidden(x) {
			continue
		}
		for i := range dated {
			by := &dated[i]
			if by.Kind != e.Kind || by.Record != e.Record {
				continue
			}
			fresh := by.Day > l.since.Site.BuiltOn
			if x.What == Added && (fresh || by.Day == e.Day) {
				ok = false
			}
			if x.What == Changed && (fresh || has(e.Fields, tells[by.What][0])) {
				var told []Field
				told, e.Fields = by.split(e.Fields)
				entry := l.about[by.subject()]
				entry.Fields = merged(entry.Fields, told)
			}
		}
		if ok && (x.What != Changed || len(e.Fields) > 0) {
			l.found(e)
		}
	}
}

// isHidden reports whether a record that is gone is one that is there and may not be read.
func (l *ledger) isHidden(x Difference) bool {
	r := l.records.Find(x.Kind, x.ID)
	return r != nil && !r.Published() && x.Kind != model.KindSubprocessor
}

// found adds what differs, as an entry of today.
func (l *ledger) found(e Entry) {
	if e.What == Changed {
		e.Title = e.Name + ": " + changedWords(e.Fields)
	}
	e.ID = string(e.Day) + "-" + e.Record + "-" + string(e.What)
	if model.Kind(e.Kind) != model.KindSubprocessor {
		e.ID = string(e.Day) + "-" + e.Kind + "-" + e.Record + "-" + string(e.What)
	}
	l.enter(e)
}

// changedWords says which facts changed: "locations and retention changed". Of what is told in parts, it names the whole.
func changedWords(fields []Field) string {
	const most = 3
	var words []string
	for _, f := range fields {
		if whole, _, _ := strings.Cut(f.Words, ": "); !slices.Contains(words, whole) {
			words = append(words, whole)
		}
	}
	if n := len(words); n > most {
		words = append(words[:most-1:most-1], strconv.Itoa(n-most+1)+" more facts")
	}
	last := len(words) - 1
	if last > 0 {
		return strings.Join(words[:last], ", ") + " and " + words[last] + " changed"
	}
	return strings.Join(words, "") + " changed"
}

// keep joins what is told now with what was told: the same entry keeps its id and the fields that it had, and one that nothing tells any more stays.
func (l *ledger) keep() {
	for _, was := range l.carried {
		if was.What == Told {
			continue // kept by write
		}
		is := l.about[was.subject()]
		if is == nil {
			if was.Update != "" && l.update(was.Update) == nil {
				was.Update = ""
			}
			l.enter(was)
			continue
		}
		is.Former = append(append(is.Former, is.ID), was.Former...)
		is.ID = was.ID
		is.Fields = merged(was.Fields, is.Fields)
		if is.What == Changed && was.What == Changed {
			is.Title, is.Summary = is.Name+": "+changedWords(is.Fields), ""
			if len(is.Fields) == 0 {
				is.Title, is.Summary = was.Title, "It was changed back on the same day."
			}
		}
	}
}

// update finds an update of the site by its id.
func (l *ledger) update(id string) *model.Update {
	u, _ := l.records.Find(model.KindUpdate, id).(*model.Update)
	return u
}

// merged joins what differed first with what differed then: from the first value before to the last one after.
func merged(first, then []Field) []Field {
	list := slices.Clone(first)
	for _, f := range then {
		i := slices.IndexFunc(list, func(g Field) bool { return g.Key == f.Key })
		if i < 0 {
			list = append(list, f)
			continue
		}
		g := list[i]
		list[i].After = f.After
		list[i].Gone = append(without(g.Gone, f.New), without(f.Gone, g.New)...)
		list[i].New = append(without(g.New, f.Gone), without(f.New, g.Gone)...)
	}
	return slices.DeleteFunc(list, func(f Field) bool { return f.Before == f.After && len(f.Gone)+len(f.New) == 0 })
}

func without(list, gone []string) []string {
	var left []string
	for _, s := range list {
		if !slices.Contains(gone, s) {
			left = append(left, s)
		}
	}
	return left
}

// write adds what was written. An update about the one record that something happened to on its day tells that; every other one is an entry of its own.
func (l *ledger) write() {
	for _, u := range l.d.Updates {
		var events []*Entry
		for _, c := range u.Concerns {
			kind, id, _ := strings.Cut(c, ":")
			if e := l.about[subject{kind, id, u.Date}]; e != nil && (e.Update == "" || l.isOf(e, u)) {
				events = append(events, e)
			}
		}
		for _, e := range events {
			e.Update = u.ID
		}
		if len(events) == 1 {
			e := events[0]
			e.Title, e.Summary, e.News = u.Title, cmp.Or(u.Summary, e.Summary), u.Kind
			if was := l.toldBefore(u); was != nil && was.ID != e.ID {
				e.Former = append(append(e.Former, was.ID), was.Former...)
			}
			continue
		}
		l.list = append(l.list, l.told(u))
	}
	for _, was := range l.carried {
		if was.What == Told && l.update(was.Update) == nil { // somebody took the update away; what was told stays told
			was.Update = ""
			l.list = append(l.list, &was)
		}
	}
}

func (l *ledger) isOf(e *Entry, u Update) bool {
	return e.Update == u.ID || slices.Contains(u.Former, e.Update)
}

// told makes an update an entry of its own.
func (l *ledger) told(u Update) *Entry {
	e := &Entry{ID: u.ID, Day: u.Date, What: Told, Title: u.Title, Summary: u.Summary, Update: u.ID, News: u.Kind}
	if was := l.toldBefore(u); was != nil && was.ID != u.ID {
		e.ID, e.Former = was.ID, append([]string{u.ID}, was.Former...)
	}
	if len(u.Concerns) == 1 {
		e.Kind, e.Record, _ = strings.Cut(u.Concerns[0], ":")
		if r := l.records.Find(model.Kind(e.Kind), e.Record); r != nil {
			e.Name = oneLine(r.Name())
			if c, ok := r.(*model.Control); !ok || l.shows(c) {
				e.About = l.where(r)
			}
		}
	}
	return e
}

// toldBefore finds the entry that an update was, under its id or an earlier one.
func (l *ledger) toldBefore(u Update) *Entry {
	for _, id := range append([]string{u.ID}, u.Former...) {
		if e := l.newsOf[id]; e != nil {
			return e
		}
	}
	return nil
}

// name makes every id one of its own, and gives each entry its address.
func (l *ledger) name() {
	others := func(e *Entry) bool { // what was published is nobody else's
		was := l.published[e.ID]
		return was != nil && was.subject() != e.subject() && (was.What != Told || e.What != Told)
	}
	slices.SortStableFunc(l.list, func(a, b *Entry) int { return cmp.Or(cmp.Compare(b.Day, a.Day), strings.Compare(a.ID, b.ID)) })
	seen := map[string]bool{}
	for _, e := range l.list {
		id := e.ID
		for n := 2; seen[e.ID] || others(e); n++ {
			e.ID = id + "-" + strconv.Itoa(n)
		}
		seen[e.ID] = true
	}
	for _, e := range l.list {
		anchor := cmp.Or(e.Update, e.ID)
		if e.What != Told && e.News == "" {
			anchor = e.ID // an update that tells several things has an entry of its own
		}
		e.Address = l.whole(model.AddressUpdates + "#" + anchor)
		slices.Sort(e.Former)
		e.Former = slices.Compact(e.Former)
		e.Former = slices.DeleteFunc(e.Former, func(id string) bool { return id == e.ID || id == anchor || id == "" || seen[id] })
		if len(e.Former) == 0 {
			e.Former = nil
		}
	}
}

// finish says when each entry last became another one: on the day of what it tells, unless it was published as something else.
func (l *ledger) finish() []Entry {
	var list []Entry
	texts := map[string]string{}
	if l.since != nil {
		for _, u := range l.since.Updates {
			texts[u.ID] = u.TextHash
		}
	}
	now := map[string]string{}
	for _, u := range l.d.Updates {
		now[u.ID] = u.TextHash
	}
	for _, e := range l.list {
		e.Updated = e.Day
		if was := l.published[e.ID]; was != nil {
			e.Updated = was.Updated
			before, known := texts[e.Update]
			if !alike(*was, *e) || known && before != now[e.Update] {
				e.Updated = l.d.Site.BuiltOn
			}
		}
		list = append(list, *e)
	}
	return list
}

// alike reports whether readers are told the same.
func alike(a, b Entry) bool {
	for _, e := range []*Entry{&a, &b} {
		e.Updated, e.Address, e.About, e.Former, e.Update, e.Record = "", "", "", nil, "", ""
		e.Fields = slices.Clone(e.Fields)
		for i := range e.Fields {
			f := &e.Fields[i]
			f.Quiet = false
			if len(f.Gone) == 0 {
				f.Gone = nil
			}
			if len(f.New) == 0 {
				f.New = nil
			}
		}
		if len(e.Fields) == 0 {
			e.Fields = nil
		}
	}
	return reflect.DeepEqual(a, b)
}

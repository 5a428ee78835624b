package page

import (
	"cmp"
	"slices"
	"strings"

	"candor/generator/model"
)

func (p *planner) updatePages() []Page {
	var last model.Day
	for _, u := range p.site.Updates {
		if u.Date.Day <= p.on {
			last = max(last, u.Date.Day)
		}
	}
	return []Page{p.list("updates", model.AddressUpdates, last, p.updateList)}
}

func (p *planner) updateList(r Renderer) (any, error) {
	v := Updates{Sentence: "There is no update yet."}
	for _, e := range p.updates {
		if u, ok := p.site.Find(model.KindUpdate, e.ID).(*model.Update); ok && len(u.Body.Source) > 0 {
			html, err := r.Markdown(p.body(u.Body, 4, e.ID+"-"))
			if err != nil {
				return nil, err
			}
			e.Body = html
		}
		year := e.Date.Machine[:4]
		if n := len(v.Years); n == 0 || v.Years[n-1].Year != year {
			v.Years = append(v.Years, UpdateYear{Year: year})
		}
		last := &v.Years[len(v.Years)-1]
		last.Entries = append(last.Entries, e)
	}
	if n := len(p.updates); n > 0 {
		v.Sentence = sentence(count(n, "update", "updates") + ", the last on " + p.updates[0].Date.Long)
	}
	v.Frame = p.frame(r, "updates", "Updates", v.Sentence, model.AddressUpdates)
	return v, nil
}

// event is an entry with what it is sorted and told apart by.
type event struct {
	day   model.Day
	about model.Record
	entry UpdateEntry
}

// allUpdates gives what was written and what the content dates, newest first, without bodies. What an update of the same day tells about the
// same record is not told twice.
func (p *planner) allUpdates() []UpdateEntry {
	var all []event
	told := map[model.Record]map[model.Day]bool{}
	for _, u := range p.site.Updates {
		if u.Date.IsZero() {
			continue
		}
		e := UpdateEntry{ID: u.ID.Value, Former: former(u.Head()), Title: u.Title.Value, Address: p.where(u), Kind: word(nil, u.Kind.Value), Class: u.Kind.Value,
			Date: date(u.Date.Day), Summary: u.Summary.Value}
		if e.Kind == "" {
			e.Kind, e.Class = "News", "news"
		}
		for _, c := range u.Concerns {
			if c.To == nil || !c.To.Published() {
				continue
			}
			e.Links = append(e.Links, p.link(c.To))
			if told[c.To] == nil {
				told[c.To] = map[model.Day]bool{}
			}
			told[c.To][u.Date.Day] = true
		}
		all = append(all, event{day: u.Date.Day, entry: e})
	}
	for _, e := range append(p.vendorEvents(), p.certEvents()...) {
		if e.day != 0 && e.day <= p.on && !told[e.about][e.day] {
			all = append(all, e)
		}
	}
	slices.SortStableFunc(all, func(a, b event) int {
		return cmp.Or(cmp.Compare(b.day, a.day), strings.Compare(a.entry.ID, b.entry.ID))
	})
	var list []UpdateEntry
	for _, e := range all {
		list = append(list, e.entry)
	}
	return list
}

// dated makes the entry of a change that the content dates.
func (p *planner) dated(r model.Record, day model.Day, what, title, summary string) event {
	id := day.String() + "-" + r.Key().ID + "-" + what
	return event{day: day, about: r, entry: UpdateEntry{ID: id, Title: title, Address: p.address(model.AddressUpdates) + "#" + id, Kind: "Change", Class: "change",
		Date: date(day), Summary: summary, Links: []Link{p.link(r)}}}
}

func (p *planner) vendorEvents() []event {
	var list []event
	for _, v := range published(p.site.Subprocessors) {
		name := v.Title.Value
		list = append(list,
			p.dated(v, v.AnnouncedOn.Day, "announced", name+" was announced as a sub-processor"+long(", from ", v.EffectiveOn.Day), v.Purpose.Value),
			p.dated(v, v.EffectiveOn.Day, "effective", name+" became a sub-processor", v.Purpose.Value),
			p.dated(v, v.RemovedOn.Day, "removed", name+" was removed as a sub-processor", ""))
	}
	return list
}

func (p *planner) certEvents() []event {
	done := map[string]string{"": "issued", "attestation": "issued", "certification": "issued", "assessment": "completed", "test": "completed"}
	var list []event
	for _, c := range p.site.Certifications {
		list = append(list, p.dated(c, c.IssuedOn.Day, "issued", c.Title.Value+" was "+word(done, c.Kind.Value), c.Summary.Value))
	}
	return list
}

// latest gives the last entries up to today.
func (p *planner) latest(n int) []UpdateEntry {
	var list []UpdateEntry
	for _, e := range p.updates {
		if e.Date.Machine <= p.on.String() && len(list) < n {
			list = append(list, e)
		}
	}
	return list
}

package page

import (
	"slices"

	"candor/generator/disclosure"
	"candor/generator/model"
)

func (p *planner) updatePages() []Page {
	var last model.Day
	for _, e := range p.o.Disclosure.Changes {
		if day := e.Updated.Time(); day <= p.on {
			last = max(last, day)
		}
	}
	return []Page{p.list("updates", model.AddressUpdates, last, p.updateList)}
}

func (p *planner) updateList(r Renderer) (any, error) {
	v := Updates{Sentence: "There is no update yet.", Objection: p.site.Config.Promises.ObjectionWindow.Long()}
	for _, e := range p.updates {
		if u := p.update(e.ID); u != nil && len(u.Body.Source) > 0 {
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

// update finds the update that an entry was written as, nil for one that the content dates.
func (p *planner) update(id string) *model.Update {
	u, _ := p.site.Find(model.KindUpdate, id).(*model.Update)
	return u
}

// allUpdates gives what readers are told, newest first, without bodies. What an update tells besides others stands in its entry.
func (p *planner) allUpdates() []UpdateEntry {
	var list []UpdateEntry
	beside := map[string][]ToldChange{} // by the update that tells it
	for _, e := range p.o.Disclosure.Changes {
		if e.Update != "" && e.News == "" {
			t := p.toldChange(e)
			t.ID, t.Former, t.Title = e.ID, e.Former, e.Title
			beside[e.Update] = append(beside[e.Update], t)
		}
	}
	for _, e := range p.o.Disclosure.Changes {
		if e.Update != "" && e.News == "" || e.Day.Time() == 0 {
			continue
		}
		v := p.updateEntry(e)
		if t := p.toldChange(e); t.Announced != nil || t.Effective != nil || len(t.Fields) > 0 {
			v.Told = append(v.Told, t)
		}
		if e.Update != "" {
			v.Told = append(v.Told, beside[e.Update]...)
		}
		list = append(list, v)
	}
	return list
}

// updateEntry gives an entry under the id that it has on the page: that of the update that tells it, else its own.
func (p *planner) updateEntry(e disclosure.Entry) UpdateEntry {
	v := UpdateEntry{ID: e.ID, Former: e.Former, Title: e.Title, Kind: "Change", Class: "change", Date: date(e.Day.Time()), Summary: e.Summary}
	u := p.update(e.Update)
	switch {
	case u != nil:
		v.ID, v.Kind, v.Class = u.ID.Value, word(nil, e.News), e.News
		v.Former = former(u.Head())
		for _, id := range append([]string{e.ID}, e.Former...) {
			if id != v.ID && !slices.Contains(v.Former, id) {
				v.Former = append(v.Former, id)
			}
		}
		for _, c := range u.Concerns {
			if c.To != nil && c.To.Published() {
				v.Links = append(v.Links, p.link(c.To))
			}
		}
	case e.News != "":
		v.Kind, v.Class = word(nil, e.News), e.News
	}
	if u == nil && e.Record != "" {
		v.Links = []Link{{Text: e.Name}}
		if r := p.site.Find(model.Kind(e.Kind), e.Record); r != nil && r.Published() {
			v.Links[0] = p.link(r)
		}
	}
	v.Address = p.address(model.AddressUpdates) + "#" + v.ID
	return v
}

// toldChange gives the days and the facts of a change.
func (p *planner) toldChange(e disclosure.Entry) ToldChange {
	t := ToldChange{Announced: date(e.Announced.Time()), Effective: date(e.Effective.Time()), ObjectUntil: date(e.ObjectUntil.Time()),
		CanObject: e.ObjectUntil.Time() >= p.on && e.ObjectUntil != "", Ended: e.What == disclosure.Removed}
	for _, f := range e.Fields {
		t.Fields = append(t.Fields, FieldChange{Words: upperFirst(f.Words), Before: f.Before, After: f.After, Gone: f.Gone, New: f.New})
	}
	return t
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

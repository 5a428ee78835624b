package page

import (
	"cmp"
	"slices"
	"strings"

	"candor/generator/model"
)

func (p *planner) subprocessorPages() []Page {
	pages := []Page{p.list("subprocessors", model.AddressSubprocessors, 0, p.subprocessors)}
	for _, v := range published(p.site.Subprocessors) {
		pages = append(pages, p.single("subprocessor", v, p.vendorChanged(v), func(r Renderer) (any, error) { return p.subprocessor(r, v), nil }))
	}
	return pages
}

// vendorChanged gives the last day, up to today, on which something about the vendor was dated.
func (p *planner) vendorChanged(v *model.Subprocessor) model.Day {
	var last model.Day
	for _, d := range []model.Date{v.AnnouncedOn, v.EffectiveOn, v.RemovedOn, v.ReviewedOn} {
		if d.Day <= p.on {
			last = max(last, d.Day)
		}
	}
	return last
}

func (p *planner) subprocessors(r Renderer) (any, error) {
	promises := p.site.Config.Promises
	text := p.vendorSentence()
	v := Subprocessors{
		Frame:    p.frame(r, "subprocessors", "Sub-processors", text, model.AddressSubprocessors),
		Sentence: text, Upcoming: p.changes(), NoChanges: noChanges,
		Notice: promises.SubprocessorNotice.Long(), Objection: promises.ObjectionWindow.Long(),
	}
	var past []*model.Subprocessor
	kinds := p.listedKinds()
	for _, k := range kinds {
		v.Kinds = append(v.Kinds, dataClass(k))
	}
	for _, s := range p.byName(published(p.site.Subprocessors)) {
		switch {
		case s.Status.Value == model.StatusRemoved:
			past = append(past, s)
		case s.Status.Value == model.StatusPlanned:
			v.Planned = append(v.Planned, p.listed(s, kinds))
		default:
			v.Current = append(v.Current, p.listed(s, kinds))
		}
	}
	slices.SortStableFunc(past, func(a, b *model.Subprocessor) int { return cmp.Compare(b.RemovedOn.Day, a.RemovedOn.Day) })
	for _, s := range past {
		v.Past = append(v.Past, p.listed(s, kinds))
	}
	all := slices.Concat(v.Current, v.Planned, v.Past)
	for _, one := range all {
		v.Categories = append(v.Categories, one.Category)
	}
	slices.Sort(v.Categories)
	v.Categories = slices.Compact(v.Categories)
	v.Countries = vendorCountries(all)
	v.Places, v.NoPlace = p.places()
	p.moves(&v)
	return v, nil
}

const noChanges = "No change of sub-processors is announced."

// vendorCountries gives the names of the countries where the vendors work on data, in the order of the alphabet.
func vendorCountries(list []Vendor) []string {
	var names []string
	for _, v := range list {
		names = append(names, v.Countries...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// active gives the vendors that receive data today.
func (p *planner) active() []*model.Subprocessor {
	var list []*model.Subprocessor
	for _, v := range published(p.site.Subprocessors) {
		if v.InUse() {
			list = append(list, v)
		}
	}
	return list
}

// activeCountries gives where they do.
func (p *planner) activeCountries() []string {
	var names []string
	for _, v := range p.active() {
		for _, l := range locations(v) {
			names = append(names, l.Country.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// vendorSentence sums up who receives data: "14 active sub-processors in 1 country; next change 15 December 2026: WorkOS is added."
func (p *planner) vendorSentence() string {
	active := p.active()
	if len(active) == 0 {
		return "No sub-processor receives customer data."
	}
	text := count(len(active), "active sub-processor", "active sub-processors")
	if n := len(p.activeCountries()); n > 0 {
		text += " in " + count(n, "country", "countries")
	}
	for _, c := range p.changes() {
		if c.Effective != nil {
			return sentence(text + "; next change " + c.Effective.Long + ": " + isolated(c.Vendor) + " is " + c.Kind)
		}
	}
	return sentence(text + "; no change is announced")
}

// changes gives the upcoming changes of sub-processors, soonest first.
func (p *planner) changes() []Change {
	type dated struct {
		day    model.Day
		change Change
	}
	var list []dated
	for _, v := range published(p.site.Subprocessors) {
		added := v.Status.Value == model.StatusPlanned || v.InUse() && v.EffectiveOn.Day > p.on
		if added && (v.EffectiveOn.IsZero() || v.EffectiveOn.Day > p.on) {
			list = append(list, dated{v.EffectiveOn.Day, p.added(v)})
		} else if v.Status.Value == model.StatusRetiring && (v.RemovedOn.IsZero() || v.RemovedOn.Day > p.on) {
			list = append(list, dated{v.RemovedOn.Day, p.removed(v)})
		}
	}
	slices.SortStableFunc(list, func(a, b dated) int {
		if (a.day == 0) != (b.day == 0) {
			return cmp.Compare(b.day, a.day) // what has no date yet comes last
		}
		return cmp.Compare(a.day, b.day)
	})
	var out []Change
	for _, d := range list {
		out = append(out, d.change)
	}
	return out
}

func (p *planner) added(v *model.Subprocessor) Change {
	c := Change{Vendor: v.Title.Value, Address: p.where(v), Kind: "added", Purpose: v.Purpose.Value, Condition: v.Condition.Value,
		Announced: date(v.AnnouncedOn.Day), Effective: date(v.EffectiveOn.Day)}
	data := "data"
	if classes := dataClasses(v.Data); len(classes) > 0 {
		data = atMost(3, titlesOf(classes), "other kinds of data")
	}
	when := long(" from ", v.EffectiveOn.Day)
	if when == "" {
		when = "; the day is not set yet"
	}
	objection := ""
	if until := p.site.ObjectUntil(v); until != 0 {
		c.ObjectUntil, c.CanObject = date(until), until >= p.on
		objection = "Objections were possible until " + until.Long()
		if c.CanObject {
			objection = "Objections are possible until " + until.Long()
			c.ObjectTo = p.letter("Object by e-mail", "Objection to the sub-processor "+v.Title.Value, p.site.Config.Contacts.Privacy, p.site.Config.Contacts.Security)
		}
	}
	c.Sentence = sentences(isolated(c.Vendor)+" will receive "+data+when, objection)
	return c
}

func (p *planner) removed(v *model.Subprocessor) Change {
	c := Change{Vendor: v.Title.Value, Address: p.where(v), Kind: "removed", Purpose: v.Purpose.Value, Effective: date(v.RemovedOn.Day)}
	c.Sentence = isolated(c.Vendor) + " will no longer receive data" + long(" after ", v.RemovedOn.Day)
	if to := v.ReplacedBy.To; to != nil && to.Published() {
		c.Sentence += "; " + isolated(to.Title.Value) + " takes its place"
	}
	c.Sentence = sentence(c.Sentence)
	return c
}

// letter gives a link that opens a letter to the first of the contacts that is an e-mail address, or leads to one that is an address on the
// web. It is nil when there is neither.
func (p *planner) letter(text, subject string, to ...model.Text) *Link {
	for _, t := range to {
		switch {
		case isMail(t.Value):
			return &Link{Text: text, Address: mailTo(t.Value, subject)}
		case webAddress(t.Value) != "":
			return &Link{Text: text, Address: t.Value, External: true}
		}
	}
	return nil
}

func (p *planner) subprocessor(r Renderer, s *model.Subprocessor) Subprocessor {
	v := p.vendor(s)
	address := model.Address(s)
	text := v.sentence()
	view := Subprocessor{
		Frame:  p.frame(r, "subprocessor", v.Name, sentences(s.Summary.Value, text), address, Link{Text: "Sub-processors", Address: p.address(model.AddressSubprocessors)}),
		Vendor: v, Sentence: text, URL: p.whole(address),
	}
	for _, c := range p.changes() {
		if c.Address == v.Address {
			view.Change = &c
		}
	}
	return view
}

// sentence says what the vendor receives, where, and what it does with it.
func (v *Vendor) sentence() string {
	verb := map[string]string{"planned": "will receive", "removed": "received"}[v.State.Class]
	if verb == "" {
		verb = "receives"
	}
	data := "data"
	if len(v.Data) > 0 {
		data = v.DataText
	}
	var in []string
	for _, l := range v.Locations {
		if name := inCountry(l.Country); !slices.Contains(in, name) {
			in = append(in, name)
		}
	}
	text := isolated(v.Name) + " " + verb + " " + data
	if len(in) > 0 {
		text += " in " + series(in)
	}
	return sentences(text, strings.ReplaceAll(v.Terms, ";", ","))
}

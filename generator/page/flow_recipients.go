package page

import (
	"strconv"
	"strings"

	"candor/generator/model"
)

// A tally counts what reaches one party of a flow.
type tally struct {
	of    party
	data  []model.Ref[model.DataClass]
	links []string // numbers
	steps []string // numbers
	kept  []string // of each store: "Prompt log: 30 days"
	marks []LinkMark
	first int  // number of its first step
	store bool // whether it has one
}

// recipients gives who receives what in a flow: every party that a link enters from another one.
func (p *planner) recipients(f *model.Flow) []Recipient {
	var list []Recipient
	for _, t := range p.tallies(f) {
		if len(t.links) > 0 {
			list = append(list, t.recipient())
		}
	}
	return list
}

// tallies counts what reaches each party, in the order of the steps.
func (p *planner) tallies(f *model.Flow) []*tally {
	var order []*tally
	by := map[string]*tally{}
	for _, s := range steps(f) {
		key, of := p.partyOf(s)
		if by[key] == nil {
			by[key] = &tally{of: of, first: s.Number}
			order = append(order, by[key])
		}
		t := by[key]
		t.steps = append(t.steps, strconv.Itoa(s.Number))
		t.store = t.store || s.IsStore()
		if s.IsStore() && !s.Retention.IsZero() {
			t.kept = append(t.kept, isolated(s.Title.Value)+": "+s.Retention.Long())
		}
	}
	for _, l := range f.Links {
		if l.From.Step == nil || l.To.Step == nil {
			continue
		}
		from, _ := p.partyOf(l.From.Step)
		if to, _ := p.partyOf(l.To.Step); to != from {
			by[to].links = append(by[to].links, strconv.Itoa(l.Number))
			by[to].data = append(by[to].data, l.Data...)
			by[to].marks = append(by[to].marks, p.linkMark(l))
		}
	}
	return order
}

func (t *tally) recipient() Recipient {
	v := Recipient{Name: t.of.name, Address: t.of.link.Address, Side: t.of.side, Data: dataClasses(t.data), Place: t.of.place,
		LinkNumbers: strings.Join(t.links, " "), StepNumbers: strings.Join(t.steps, " "), FirstStep: t.first, Links: t.marks, Kept: strings.Join(t.kept, "; "),
		Kind: map[string]string{"customer": "Customer", "own": "Own systems", "vendor": "Sub-processor"}[t.of.side]}
	v.DataText = series(titlesOf(v.Data))
	if v.DataText == "" {
		v.DataText = "none, a signal alone"
	}
	if vendor := t.of.vendor; vendor != nil && vendor.AI != nil {
		v.Terms = terms(vendor.AI)
		if v.Kept == "" {
			v.Kept = upperFirst(keeps(vendor.AI.Retention))
		}
	}
	return t.explained(v)
}

// explained fills what a recipient has nothing to say to with the reason, so that an empty cell does not leave a reader to guess.
func (t *tally) explained(v Recipient) Recipient {
	place, terms, kept := "Not stated", "Not stated", "No store in this flow"
	if t.store {
		kept = "Not stated"
	}
	switch t.of.side {
	case "customer":
		place, terms, kept = "Where the customer is", "The customer's own", "Up to the customer"
	case "own":
		terms = "Our own policies"
	default:
		if t.of.vendor != nil && agreement(t.of.vendor.DPA) != nil {
			terms = "Its data processing agreement"
		}
	}
	for _, cell := range []struct {
		text   *string
		reason string
	}{{&v.Place, place}, {&v.Terms, terms}, {&v.Kept, kept}} {
		if *cell.text == "" {
			*cell.text = cell.reason
		}
	}
	return v
}

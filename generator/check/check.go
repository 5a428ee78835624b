// Package check holds a linked site against the rules of a trust center.
//
// In come a model.Site and the day to judge it on; out come findings in a diag.List, and, for the time of writing, the list of values
// that may not come out (Leaks). Each rule is a file named after it, with its text, its source and its code; Rules lists them by hand.
// A rule reads the site and nothing else: no file, no clock, no network, no other rule. It never changes a record, never
// reports the same gap that another stage has reported, and says nothing about what stands in a file that could not be read.
package check

import (
	"sync"

	"candor/generator/diag"
	"candor/generator/model"
)

// A Rule is one thing that is checked. Its text is what `candor rules` prints; run is nil for rules whose findings come from
// elsewhere: SCH01 while files are read, EXC01 once all other rules have run, LEK03 when files are written.
type Rule struct {
	diag.Rule
	run func(*pass)
}

// Rules gives every rule, in the order of the reference page.
func Rules() []Rule {
	return []Rule{
		sub01, sub02, sub04, sub05, sub06,
		not01, not02, not04,
		flw01, flw02, flw03, flw04, flw05, flw06, flw08,
		ret01, ret02, ret05,
		mod01,
		vec01,
		trn01, trn02,
		log01, log02,
		inj01,
		acc01,
		inc01, inc02, inc03,
		pol01, pol02, pol04, pol05,
		sch01,
		soc01,
		ans01, ans02, ans05, ans06,
		crt01, crt02, crt03, crt04,
		lek01, lek02, lek03,
		lnk01,
		sec01,
		exc01,
	}
}

// Find gives the rule of an id like "SUB01", and whether there is one.
func Find(id string) (Rule, bool) {
	for _, r := range Rules() {
		if r.ID == id {
			return r, true
		}
	}
	return Rule{}, false
}

// Site runs all rules over site as of the day on and adds what they find to diags, but for what an exception in the content takes off; it
// gives those exceptions. The rules run side by side; the list puts their findings in order.
func Site(site *model.Site, on model.Day, diags *diag.List) []Exemption {
	var wg sync.WaitGroup
	for _, r := range Rules() {
		if r.run != nil {
			wg.Go(func() { r.run(&pass{site: site, on: on, rule: r.Rule, diags: diags}) })
		}
	}
	wg.Wait()
	return exempt(&pass{site: site, on: on, rule: exc01.Rule, diags: diags})
}

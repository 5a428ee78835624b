// Package check holds a linked site against the rules of a trust center.
//
// In come a model.Site and the day to judge it on; out come findings in a diag.List, and, for the time of writing, the list of values
// that may not come out (Leaks). Each rule is a file named after it, with its text, its source and its code; Rules lists them by hand.
// A rule reads the site and nothing else: no file, no clock, no network, no other rule. It never changes a record, never
// reports the same gap that another stage has reported, and says nothing about what stands in a file that could not be read.
package check

import (
	"fmt"

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
		sub01, sub02, sub03, sub04, sub05, sub06, sub07, sub08, sub09, sub10,
		not01, not02, not03, not04,
		shr01,
		flw01, flw02, flw03, flw04, flw05, flw06, flw07, flw08, flw09, flw10, flw11,
		ret01, ret02, ret03, ret04, ret05, ret06,
		mod01, mod02, mod03, mod04, mod05,
		vec01, vec02, vec03, vec04, vec05,
		trn01, trn02, trn03,
		log01, log02, log03,
		inj01, inj02, inj03,
		acc01,
		inc01, inc02, inc03,
		pol01, pol02, pol03, pol04, pol05, pol06,
		sch01,
		soc01, soc02,
		ans01, ans02, ans03, ans04, ans05, ans06,
		crt01, crt02, crt03, crt04,
		lek01, lek02, lek03, lek04,
		lnk01, lnk02,
		brd01, brd02,
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

// A Stumble is a mistake in a rule, not in the content. It is a value of a panic, so that who runs the rules can end in order.
type Stumble struct {
	Rule  string // "SUB01"
	Cause any    // the value of the rule's own panic
}

// Error tells which rule it was.
func (s *Stumble) Error() string {
	return fmt.Sprintf("rule %s stumbled over this content: %v", s.Rule, s.Cause)
}

// judge runs the rule, and gives what made it stumble.
func (r Rule) judge(p *pass) (fell *Stumble) {
	defer func() {
		if cause := recover(); cause != nil {
			fell = &Stumble{r.ID, cause}
		}
	}()
	r.run(p)
	return nil
}

// Site runs all rules, or only those that are named, over site as of the day on and adds what they find to diags, but for what an exception in
// the content takes off; it gives those exceptions. The rules run side by side; the list puts their findings in order. Whether an exception
// takes anything off can only be told when all rules ran, so naming EXC01 runs them all. A rule that panics makes Site panic with a Stumble.
func Site(site *model.Site, on model.Day, diags *diag.List, only ...string) []diag.Exception {
	return (*Desk)(nil).Site(site, on, diags, only...)
}

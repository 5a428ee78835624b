package generator

import (
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
)

// Forecast gives the findings of content that was checked on a day ahead, each that is not there today with the day from which on it is: first
// those, by that day, then those that are there today already. Time alone passes until then; nobody mends or changes anything.
func (c *Content) Forecast(today model.Day) []diag.Finding {
	findings := c.Findings.Findings()
	names := diag.Identities(findings)
	now := c.namesOn(today)
	var ahead []pending
	for i, f := range findings {
		if !now[names[i]] {
			ahead = append(ahead, pending{name: names[i], at: &findings[i], rule: f.Rule})
		}
	}
	c.date(ahead, today, c.On)
	slices.SortStableFunc(findings, func(a, b diag.Finding) int {
		if (a.From == "") != (b.From == "") {
			return strings.Compare(b.From, a.From) // what is there already comes last
		}
		return strings.Compare(a.From, b.From)
	})
	return findings
}

// A pending finding is one whose first day is looked for.
type pending struct {
	name, rule string
	at         *diag.Finding
}

// date finds the first day of findings that are not there on the day before and are there on the day after, by halving the days between. Findings
// that begin on the same day are found together, and only their rules are run, so that a year costs a few passes for each such day.
func (c *Content) date(all []pending, before, after model.Day) {
	if len(all) == 0 {
		return
	}
	if after-before <= 1 {
		for _, p := range all {
			p.at.From = after.String()
		}
		return
	}
	var rules []string
	for _, p := range all {
		rules = append(rules, p.rule)
	}
	middle := before + (after-before)/2
	there := c.namesOn(middle, rules...)
	var early, late []pending
	for _, p := range all {
		if there[p.name] {
			early = append(early, p)
		} else {
			late = append(late, p)
		}
	}
	c.date(early, before, middle)
	c.date(late, middle, after)
}

// namesOn gives the identities of what the rules find on a day.
func (c *Content) namesOn(day model.Day, only ...string) map[string]bool {
	diags, _ := c.judge(day, only...)
	names := map[string]bool{}
	for _, n := range diag.Identities(diags.Findings()) {
		names[n] = true
	}
	return names
}

package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/pattern"
)

var crt01 = Rule{
	Rule: diag.Rule{
		ID:       "CRT01",
		Severity: diag.Error,
		Title:    "a Type I report has no as-of day, a Type II report no window of 3 to 12 months, or a date is ahead or reversed",
		Why:      "A Type I report says what was designed on one day, a Type II report what worked over a time: without them nobody can tell what the report is about.",
		Source:   "AICPA SOC 2 guide: AT-C 105 and 205, description criteria DC 200",
		Bad: `certifications:
  soc2-type2: {name: SOC 2 Type II, kind: attestation, state: held, issued_on: 2026-07-30}`,
		Good: `certifications:
  soc2-type2: {name: SOC 2 Type II, kind: attestation, state: held, issued_on: 2026-07-30, window: {from: 2025-12-01, to: 2026-05-31}}`,
		Remark: "The type is read from the name, else from the id: Type I or 1, Type II or 2. A planned report needs no dates yet. A day in planned_for that has passed while the report is not out is one that is no longer true.",
	},
	run: undatedReports,
}

var (
	typeTwo = pattern.Of(`(?i)\btype[\s-]*(ii|2)\b`)
	typeOne = pattern.Of(`(?i)\btype[\s-]*(i|1)\b`)
	soc2    = pattern.Of(`(?i)\bsoc[\s-]*2\b`)
)

// reportType gives 1 or 2 for a Type I or Type II report, 0 for anything else.
func reportType(c *model.Certification) int {
	for _, name := range []string{c.Title.Value, c.ID.Value} {
		if typeTwo.MatchString(name) {
			return 2
		}
		if typeOne.MatchString(name) {
			return 1
		}
	}
	return 0
}

// SOC2Type gives 1 or 2 for a SOC 2 report of Type I or Type II, 0 for anything else. One that does not say its type is of Type II unless it is as of
// one day.
func SOC2Type(c *model.Certification) int {
	if !soc2.MatchString(c.Title.Value) && !soc2.MatchString(c.ID.Value) {
		return 0
	}
	kind := reportType(c)
	if kind == 0 {
		kind = 2
		if !c.AsOf.IsZero() {
			kind = 1
		}
	}
	return kind
}

func undatedReports(p *pass) {
	for _, c := range p.site.Certifications {
		state := c.State.Value
		underway := state == model.StateHeld || state == model.StateObserving || state == model.StateLapsed
		switch kind := reportType(c); {
		case kind == 1 && c.AsOf.IsZero() && state != model.StatePlanned && state != "":
			p.report(near(c, c.State, c.Title), fmt.Sprintf("%q is of Type I, but says not as of which day", c.ID.Value), `write "as_of: ..." with the day of the report`)
		case kind == 2 && underway && (c.Window.From.IsZero() || c.Window.To.IsZero()):
			p.report(near(c, c.State, c.Title), fmt.Sprintf("%q is of Type II, but says not which window it looks at", c.ID.Value), `write "window: {from: ..., to: ...}" with 3 to 12 months`)
		case kind == 2:
			p.windowLength(c)
		}
		p.certDates(c)
	}
}

// windowLength reports a Type II window that is not between 3 and 12 months, both ends counted.
func (p *pass) windowLength(c *model.Certification) {
	from, to := c.Window.From, c.Window.To
	if from.IsZero() || to.IsZero() || to.Day <= from.Day {
		return
	}
	shortest, longest := from.Day.Add(model.Period{Count: 3, Unit: 'm'})-1, from.Day.Add(model.Period{Count: 12, Unit: 'm'})
	if to.Day < shortest || to.Day > longest {
		p.report(to.At, fmt.Sprintf("the window of %q has %d days, not 3 to 12 months", c.ID.Value, to.Day-from.Day+1),
			fmt.Sprintf("write a day from %s to %s", shortest, longest-1), note(from.At, "begins here"))
	}
}

// certDates reports days that lie ahead and should not, and days out of order. What makes a report not yet held is a matter of CRT03.
func (p *pass) certDates(c *model.Certification) {
	if planned := c.PlannedFor; !planned.IsZero() && planned.Day < p.on && (c.State.Value == model.StatePlanned || c.State.Value == model.StateObserving) {
		p.report(planned.At, fmt.Sprintf("%q is planned for %s, which has passed, and is still %q", c.ID.Value, planned.Day, c.State.Value), "write the new day, or the state that it is in",
			note(c.State.At, "its state"))
	}
	held := c.State.Value == model.StateHeld || c.State.Value == model.StateLapsed
	for _, d := range []struct {
		key  string
		day  model.Date
		past bool // must not lie ahead
	}{{"as_of", c.AsOf, held}, {"issued_on", c.IssuedOn, c.State.Value != model.StateHeld}, {"window.from", c.Window.From, c.State.Value == model.StateObserving}} {
		if d.past && d.day.Day > p.on {
			p.report(d.day.At, fmt.Sprintf("%s of %q is %s, after today, %s", d.key, c.ID.Value, d.day.Day, p.on), "correct the day, or the state")
		}
	}
	for _, o := range []struct {
		first, second  string
		earlier, later model.Date
		sameDay        bool
	}{
		{"window.from", "window.to", c.Window.From, c.Window.To, false},
		{"window.to", "issued_on", c.Window.To, c.IssuedOn, true},
		{"as_of", "issued_on", c.AsOf, c.IssuedOn, true},
		{"issued_on", "valid_until", c.IssuedOn, c.ValidUntil, false},
	} {
		if o.earlier.IsZero() || o.later.IsZero() || o.later.Day > o.earlier.Day || o.sameDay && o.later.Day == o.earlier.Day {
			continue
		}
		p.report(o.later.At, fmt.Sprintf("%s of %q is %s, but %s is %s", o.second, c.ID.Value, o.later.Day, o.first, o.earlier.Day), "put the days in order", note(o.earlier.At, o.first+" is here"))
	}
}

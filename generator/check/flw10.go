package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var flw10 = Rule{
	Rule: diag.Rule{
		ID:       "FLW10",
		Severity: diag.Warning,
		Title:    "a data flow was not verified in time, or not since a vendor or model of it came in",
		Why:      "A diagram is true on the day on which somebody last held it against the code; after a new vendor or model it shows a product that is no more.",
		Source:   "MVSP 3.2; SOC 2 CC2.1",
		Bad: `# models.yaml: gpt-4.1 has approved_on: 2026-05-06
# flows/reply-drafts.yaml
verified_on: 2026-04-30`,
		Good: `# models.yaml: gpt-4.1 has approved_on: 2026-05-06
# flows/reply-drafts.yaml
verified_on: 2026-10-14`,
		Remark: "Flows are verified every review.flows, and where nothing is said every year. A vendor counts from its effective_on, a model from its approved_on, once that day has come. Retired flows are not asked.",
	},
	run: unverifiedFlows,
}

func unverifiedFlows(p *pass) {
	every := cadence(p.site.Config.Review.Flows, yearly)
	const again = "hold it against what runs, and write the day"
	for _, f := range p.site.Flows {
		if !isCurrent(f) {
			continue
		}
		day := f.VerifiedOn
		switch newest := p.newest(f); {
		case day.IsZero():
			p.report(near(f, f.Title), fmt.Sprintf("nobody is said to have verified flow %q", f.ID.Value), `hold it against what runs, and write "verified_on: ..." in this file`)
		case day.Day > p.on:
			p.report(day.At, fmt.Sprintf("flow %q was verified on %s, after today, %s", f.ID.Value, day.Day, p.on), "write the day on which it was last verified")
		case newest.since.Day > day.Day:
			p.report(day.At, fmt.Sprintf("flow %q was verified on %s, before %s came in on %s", f.ID.Value, day.Day, newest.of, newest.since.Day), again, note(newest.since.At, "came in here"))
		case day.Day.Add(every.Period) < p.on && !p.configUnread():
			p.report(day.At, fmt.Sprintf("flow %q was verified on %s; it was due again on %s, after %s", f.ID.Value, day.Day, day.Day.Add(every.Period), every.Long()), again,
				note(every.At, "how often flows are verified"))
		}
	}
}

// A newcomer is a vendor or a model that a flow uses since a day.
type newcomer struct {
	of    string // `vendor "openai"`
	since model.Date
}

// newest gives what a flow uses that came in last, up to today; the first of several on one day.
func (p *pass) newest(f *model.Flow) newcomer {
	var last newcomer
	came := func(kind, id string, since model.Date) {
		if since.Day <= p.on && since.Day > last.since.Day {
			last = newcomer{fmt.Sprintf("%s %q", kind, id), since}
		}
	}
	for _, s := range f.Steps {
		for _, i := range s.Involved() {
			came("vendor", i.Vendor.ID.Value, i.Vendor.EffectiveOn)
		}
		if m := s.Model.To; m != nil {
			came("model", m.ID.Value, m.ApprovedOn)
		}
		if m := s.Tuned; m != nil {
			came("model", m.ID.Value, m.ApprovedOn)
		}
	}
	return last
}

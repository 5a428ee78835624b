package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var inc03 = Rule{
	Rule: diag.Rule{
		ID:       "INC03",
		Severity: diag.Warning,
		Title:    "the incident policy was not exercised within 12 months",
		Why:      "A plan that was never played through is found to be wrong in the middle of an incident.",
		Source:   "SOC 2 CC7.5",
		Bad: `# policies/incident-response.md, on 2026-11-23
incident:
  exercised_on: 2025-09-10`,
		Good: `# policies/incident-response.md, on 2026-11-23
incident:
  exercised_on: 2026-09-10`,
		Remark: `Another cadence is written in site.yaml: review: {incidents: 6m}. On the last day of it the exercise is not late.`,
	},
	run: unexercised,
}

// exercisedEvery is how often the incident policy is exercised where nobody says so.
var exercisedEvery = model.Period{Count: 12, Unit: 'm'}

func unexercised(p *pass) {
	every := cadence(p.site.Config.Review.Incidents, exercisedEvery)
	for _, policy := range p.site.Policies {
		if policy.Incident == nil || policy.Incident.At.IsZero() {
			continue // INC01, SCH01
		}
		id, done := policy.ID.Value, policy.Incident.ExercisedOn
		switch due := done.Day.Add(every.Period); {
		case done.IsZero():
			p.report(policy.Incident.At, fmt.Sprintf("incident policy %q says not when it was exercised", id), `play an incident through, and write "exercised_on: ..." under "incident"`)
		case done.Day > p.on:
			p.report(done.At, fmt.Sprintf("incident policy %q was exercised on %s, after today, %s", id, done.Day, p.on), "write the day of the last exercise")
		case due < p.on && !p.configUnread():
			p.report(done.At, fmt.Sprintf("incident policy %q was exercised on %s and due again on %s", id, done.Day, due), "play an incident through, and write the day",
				note(every.At, fmt.Sprintf("every %s, as written here", every.Long())))
		}
	}
}

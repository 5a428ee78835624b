package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var ans02 = Rule{
	Rule: diag.Rule{
		ID:       "ANS02",
		Severity: diag.Error,
		Title:    "an answer was not verified in time, or not since what it cites has changed",
		Why:      "Answers rot in silence: the policy moves on, and the questionnaire of last spring goes out once more.",
		Source:   "SOC 2 CC2.3; MVSP 1.3",
		Bad: `# site.yaml: review: {answers: 180d}; on 2026-11-23
evidence: [policy:data-handling]   # approved_on: 2026-10-02
reviewed_on: 2026-09-01`,
		Good: `# site.yaml: review: {answers: 180d}; on 2026-11-23
evidence: [policy:data-handling]   # approved_on: 2026-10-02
reviewed_on: 2026-10-05`,
		Remark: "Where review.answers is not written, an answer holds for a year. A change is the approval of a policy or model, the verification of a flow, the review, start or removal of a vendor, and the issue, end or lapse of a certification. On the same day counts as verified after it.",
	},
	run: staleAnswers,
}

func staleAnswers(p *pass) {
	every := cadence(p.site.Config.Review.Answers, yearly)
	for _, a := range p.site.Answers() {
		reviewed := a.ReviewedOn
		if reviewed.IsZero() || reviewed.Day > p.on {
			continue
		}
		if due := reviewed.Day.Add(every.Period); due < p.on && !p.configUnread() {
			p.report(reviewed.At, fmt.Sprintf("answer %q was to be verified again until %s", a.ID.Value, due), "verify it, and write the day", note(every.At, fmt.Sprintf("every %s, as written here", every.Long())))
		}
		for _, c := range a.Evidence {
			changed, what := p.lastChange(c.To)
			if changed.Day > reviewed.Day {
				p.report(reviewed.At, fmt.Sprintf("answer %q was verified on %s, but %s was %s on %s", a.ID.Value, reviewed.Day, c.Value, what, changed.Day),
					"verify it, and write the day", note(changed.At, what+" here"))
			}
		}
	}
}

// lastChange gives the last day, up to today, on which what an answer cites became something else, and what happened then.
func (p *pass) lastChange(r model.Record) (model.Date, string) {
	var last model.Date
	var what string
	see := func(d model.Date, happened string) {
		if d.Day > last.Day && d.Day <= p.on {
			last, what = d, happened
		}
	}
	switch r := r.(type) {
	case *model.Policy:
		see(r.ApprovedOn, "approved")
	case *model.Flow:
		see(r.VerifiedOn, "verified")
	case *model.Subprocessor:
		see(r.ReviewedOn, "reviewed")
		see(r.EffectiveOn, "put into effect")
		see(r.RemovedOn, "removed")
	case *model.Certification:
		see(r.IssuedOn, "issued")
		see(r.Window.To, "at the end of its window")
		see(r.ValidUntil, "no longer valid")
	case *model.Model:
		see(r.ApprovedOn, "approved")
	case *model.TunedModel:
		see(r.ApprovedOn, "approved")
	}
	return last, what
}

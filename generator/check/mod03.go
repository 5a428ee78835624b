package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var mod03 = Rule{
	Rule: diag.Rule{
		ID:       "MOD03",
		Severity: diag.Warning,
		Title:    "the approval of a model is due for review, or a model in use is retired or about to be",
		Why:      "An approval is not for ever, and a model that its vendor retires takes the feature with it on that day.",
		Source:   "SOC 2 CC8.1; ISO/IEC 42001 A.6.2.6; NIST AI RMF GOVERN 1.5",
		Bad: `# on 2026-11-23
gpt-4.1: {provider: openai, version: "2025-04-14", approved_on: 2025-05-02, retires_on: 2026-12-10}`,
		Good: `# on 2026-11-23
gpt-4.1: {provider: openai, version: "2025-04-14", approved_on: 2026-05-02, review_by: 2027-05-02}`,
		Remark: `Without review_by an approval holds for review.models of site.yaml after approved_on, one year where nothing is said there. Of a retirement it warns 30 days
ahead, when a flow that is not retired calls the model. Models that retired flows alone have called are history.`,
	},
	run: overdueModels,
}

const (
	retirementWarning = 30 // days before its retirement from which a model is warned of
)

func overdueModels(p *pass) {
	for _, m := range p.site.Models {
		calls := currentCall(m.Flows, func(s *model.Step) bool { return s.Model.To == m })
		past := !m.RetiresOn.IsZero() && m.RetiresOn.Day <= p.on
		if calls != nil || len(m.Flows) == 0 && !past {
			p.approvalHolds(m.ID, m.ReviewBy, m.ApprovedOn)
		}
		if calls != nil {
			p.notRetired(m, calls)
		}
	}
	for _, m := range p.site.Tuned {
		if len(m.Flows) == 0 || currentCall(m.Flows, func(s *model.Step) bool { return s.Tuned == m }) != nil {
			p.approvalHolds(m.ID, m.ReviewBy, m.ApprovedOn)
		}
	}
}

// currentCall gives the first step of a current flow that calls a model, or nil.
func currentCall(flows []*model.Flow, calls func(*model.Step) bool) *model.Step {
	for _, f := range flows {
		for _, s := range f.Steps {
			if isCurrent(f) && calls(s) {
				return s
			}
		}
	}
	return nil
}

// approvalHolds reports an approval that should have been looked at again.
func (p *pass) approvalHolds(id model.Text, reviewBy, approvedOn model.Date) {
	const hint = `evaluate it again, have it approved, and write both days, or take it out of the register`
	if !reviewBy.IsZero() {
		if reviewBy.Day < p.on {
			p.report(reviewBy.At, fmt.Sprintf("the approval of model %q was due for review on %s", id.Value, reviewBy.Day), hint)
		}
		return
	}
	if approvedOn.IsZero() || p.configUnread() {
		return
	}
	every := cadence(p.site.Config.Review.Models, yearly)
	if due := approvedOn.Day.Add(every.Period); due < p.on {
		p.report(approvedOn.At, fmt.Sprintf("the approval of model %q was due for review on %s, %s after it was given", id.Value, due, every.Long()), hint,
			note(every.At, "as written here"))
	}
}

// notRetired reports a model in use that its vendor has taken back, or soon will.
func (p *pass) notRetired(m *model.Model, s *model.Step) {
	called := note(s.Model.At, "called here")
	switch day := m.RetiresOn.Day; {
	case m.RetiresOn.IsZero():
	case day <= p.on:
		p.report(m.RetiresOn.At, fmt.Sprintf("model %q is called, but was retired on %s", m.ID.Value, day), "call its successor, once that is approved", called)
	case day <= p.on+retirementWarning:
		p.report(m.RetiresOn.At, fmt.Sprintf("model %q is called, and retires on %s", m.ID.Value, day), "have its successor approved, and call that before", called)
	}
}

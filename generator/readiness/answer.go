package readiness

import (
	"candor/generator/check"
	"candor/generator/criteria"
	"candor/generator/model"
)

// answered makes the judgement of one of the questions that auditors always put.
func answered(word string) func(*plan) verdict {
	return func(p *plan) verdict {
		var private *model.Answer
		for _, a := range p.site.Answers() {
			if !check.AnswersAuditor(a, word) {
				continue
			}
			if a.Published() {
				return p.answer(a)
			}
			private = a
		}
		if private != nil {
			return verdict{State: Claimed, Places: []Place{place(private)}, Next: "publish the answer, or another one"}
		}
		return verdict{State: Missing, Next: `add an answer with "auditor_question: ` + word + `" to answers/`}
	}
}

// answer judges an answer that is published: reviewed in time, without findings, and resting on more than a policy.
func (p *plan) answer(a *model.Answer) verdict {
	due := a.ReviewedOn.Day.Add(within(p.site.Config.Review.Answers))
	if a.ReviewedOn.IsZero() || a.ReviewedOn.Day > p.on || due < p.on {
		return verdict{State: Claimed, Places: []Place{place(a)}, Next: `verify the answer, and write "reviewed_on: ..."`}
	}
	if f := p.findingIn(a.Extent); f != nil {
		return short(Claimed, f)
	}
	v := verdict{State: Proven, Places: []Place{place(a)}, Until: due}
	for _, cited := range a.Evidence {
		if p.proves(cited.To) {
			v.Places = append(v.Places, place(cited.To))
		}
	}
	if len(v.Places) == 1 {
		return verdict{State: Claimed, Places: v.Places, Next: "cite what shows it today in evidence: a data flow, a control with current evidence, an agreement on file"}
	}
	return v
}

// proves reports whether a record is more than a claim: anything but a policy or another answer, and current where that can be told.
func (p *plan) proves(r model.Record) bool {
	switch r := r.(type) {
	case nil, *model.Policy, *model.Answer:
		return false
	case *model.Control:
		_, proven := criteria.Proven(r, p.on)
		return proven
	case *model.Evidence:
		_, current := criteria.Current(model.Ref[model.Evidence]{To: r}, year, p.on)
		return current
	}
	return true
}

package readiness

import (
	"fmt"

	"candor/generator/criteria"
	"candor/generator/model"
)

// current gives the flows that run or will run.
func (p *plan) current() []*model.Flow {
	var list []*model.Flow
	for _, f := range p.site.Flows {
		if f.Status.Value != "retired" {
			list = append(list, f)
		}
	}
	return list
}

// aiFlows gives the flows of AI features that run or will run.
func (p *plan) aiFlows() []*model.Flow {
	var list []*model.Flow
	for _, f := range p.current() {
		if f.IsAI() {
			list = append(list, f)
		}
	}
	return list
}

// step gives the place of a step.
func step(f *model.Flow, s *model.Step) Place {
	return Place{s.ID.At, fmt.Sprintf("step %q of flow %q", s.ID.Value, f.ID.Value)}
}

// drawnFeatures asks for a flow of every AI feature, whole and checked in time.
func drawnFeatures(p *plan) verdict {
	flows := p.aiFlows()
	if len(flows) == 0 {
		return verdict{State: Missing, Next: `write a file in flows/ for each AI feature: "feature: ai", with its steps from input to storage`}
	}
	v := verdict{State: Proven, Places: places(flows)}
	for _, f := range flows {
		due := f.VerifiedOn.Day.Add(within(p.site.Config.Review.Flows))
		if f.VerifiedOn.IsZero() || f.VerifiedOn.Day > p.on || due < p.on {
			return verdict{State: Claimed, Places: []Place{place(f)}, Next: fmt.Sprintf(`walk flow %q through the code, and write "verified_on: ..."`, f.ID.Value)}
		}
		v.Until = earlier(v.Until, due)
	}
	return v
}

// isolatedVectors asks how the vectors of several customers are kept apart, and for the proof.
func isolatedVectors(p *plan) verdict {
	control := p.practice("tenant-isolation")
	var stores, unproven []Place
	var until model.Day
	for _, f := range p.current() {
		for _, s := range f.Steps {
			if !s.HoldsVectors() || !f.MultiTenant() {
				continue
			}
			stores = append(stores, step(f, s))
			if s.Isolation == nil {
				continue // a finding of VEC01
			}
			if _, current := criteria.Current(s.Isolation.Evidence, year, p.on); !current {
				unproven = append(unproven, step(f, s))
			} else {
				until = earlier(until, criteria.LastDay(s.Isolation.Evidence.To, year))
			}
		}
	}
	switch f := p.finding("VEC01"); {
	case len(stores) == 0 && control.State == Missing && len(p.aiFlows()) > 0:
		return verdict{State: Proven, Places: places(p.aiFlows()), Note: "no flow keeps the vectors of several customers"}
	case len(stores) == 0:
		return control
	case f != nil:
		return short(Missing, f)
	case control.State == Proven:
		control.Places = append(control.Places, stores...)
		return control
	case len(unproven) > 0:
		return verdict{State: Claimed, Places: unproven, Next: `test that one tenant cannot read another's vectors, file the result, and write "evidence: ..." in isolation`}
	}
	return verdict{State: Proven, Places: stores, Until: until}
}

// loggedOutput asks for the logs of model calls, and for a control over them.
func loggedOutput(p *plan) verdict {
	v := p.practice("output-logging")
	if v.State != Missing {
		return v
	}
	for _, f := range p.aiFlows() {
		for _, s := range f.Steps {
			if s.PromptLog == nil || s.PromptLog.Content.Value != "full" && s.PromptLog.Content.Value != "redacted" {
				continue
			}
			if v.State == Missing {
				v.State, v.Next = Claimed, undone("output-logging")
			}
			v.Places = append(v.Places, step(f, s))
		}
	}
	return v
}

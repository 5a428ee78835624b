package check

import (
	"candor/generator/model"
)

// isCurrent reports whether a flow runs or will run. A retired one is history: its names and its shape are checked, not the terms and
// approvals that it had.
func isCurrent(f *model.Flow) bool { return f.Status.Value != "retired" }

// arrivals gives the links that lead to a step from another one.
func arrivals(f *model.Flow, s *model.Step) []*model.Link {
	var links []*model.Link
	for _, l := range f.Links {
		if l.To.Step == s && l.From.Step != s {
			links = append(links, l)
		}
	}
	return links
}

// customerData gives the ids of the classes of customer data that links carry to a step.
func customerData(f *model.Flow, s *model.Step) []string { return customerClasses(arrivals(f, s)) }

// customerClasses gives the ids of the classes of customer data that links carry.
func customerClasses(links []*model.Link) []string {
	var ids []string
	seen := map[string]bool{}
	for _, l := range links {
		for _, d := range l.Data {
			if d.To != nil && d.To.IsCustomerData() && !seen[d.Value] {
				seen[d.Value] = true
				ids = append(ids, d.Value)
			}
		}
	}
	return ids
}

// crosses reports whether a link leads from one party to another, both of which are known.
func crosses(l *model.Link) bool {
	from, to := l.From.Step, l.To.Step
	return from != nil && to != nil && from.In.IsKnown() && to.In.IsKnown() && from.In.Value != to.In.Value
}

// callsVendorModel reports whether a step hands data to a model or an embedding at a vendor.
func callsVendorModel(s *model.Step) bool {
	v := s.In.Subprocessor
	if v == nil || s.IsNone() {
		return false
	}
	return s.CallsModel() || s.Kind.Value == "process" && v.AI != nil && v.AI.Role.Value == "embedding"
}

// A use is a step that hands customer data to a model at a vendor.
type use struct {
	flow *model.Flow
	step *model.Step
	data []string
}

// modelUses gives, for each vendor in the order of the site, the first step of a current flow that hands customer data to a model there.
func (p *pass) modelUses() map[*model.Subprocessor]use {
	uses := map[*model.Subprocessor]use{}
	for _, f := range p.site.Flows {
		if !isCurrent(f) {
			continue
		}
		for _, s := range f.Steps {
			v := s.In.Subprocessor
			if _, known := uses[v]; known || !callsVendorModel(s) {
				continue
			}
			if data := customerData(f, s); len(data) > 0 {
				uses[v] = use{f, s, data}
			}
		}
	}
	return uses
}

// isPast reports whether a date was written and has come.
func (p *pass) isPast(d model.Date) bool { return !d.IsZero() && d.Day <= p.on }

// eachStep calls do for every step, of the flows that are current, that is there.
func (p *pass) eachStep(do func(f *model.Flow, s *model.Step)) {
	for _, f := range p.site.Flows {
		if !isCurrent(f) {
			continue
		}
		for _, s := range f.Steps {
			if !s.IsNone() {
				do(f, s)
			}
		}
	}
}

// departures gives the links that lead from a step to another one.
func departures(f *model.Flow, s *model.Step) []*model.Link {
	var links []*model.Link
	for _, l := range f.Links {
		if l.From.Step == s && l.To.Step != s {
			links = append(links, l)
		}
	}
	return links
}

// logsPrompts reports whether a step keeps what was sent to its model, in whole or redacted, and not only that it was called.
func logsPrompts(s *model.Step) bool {
	return s.PromptLog != nil && s.PromptLog.Content.Value != "none" && s.PromptLog.Content.Value != "metadata"
}

package disclosure

import (
	"cmp"

	"candor/generator/model"
)

func (t *teller) flow(f *model.Flow) Flow {
	v := Flow{ID: f.ID.Value, Former: former(f.Head()), Address: t.where(f), Title: text(f.Title), Summary: text(f.Summary), Feature: text(f.Feature),
		Status: cmp.Or(text(f.Status), "live"), Exposure: text(f.Exposure), Tenants: cmp.Or(text(f.Tenants), "multi"), Owner: role(f.Owner), VerifiedOn: dayOf(f.VerifiedOn.Day),
		Controls: t.controlIDs(f.Controls), Policies: idsOf(targets(f.Policies)), Evaluation: evidence(f.Evaluation), OffSwitch: text(f.OffSwitch),
		Disclosure: text(f.Disclosure), Markets: texts(f.Market)}
	if u := f.UntrustedInput; u != nil {
		v.UntrustedInput = &UntrustedInput{Sources: texts(u.Sources), Scope: text(u.Scope), Egress: text(u.Egress)}
		for _, tool := range u.Tools {
			v.UntrustedInput.Tools = append(v.UntrustedInput.Tools, Tool{text(tool.Name), text(tool.Approval)})
		}
	}
	for _, s := range f.Steps {
		if s.IsNone() {
			v.Absent = append(v.Absent, Absence{text(s.Stage), text(s.None)})
		} else {
			v.Steps = append(v.Steps, t.step(s))
		}
	}
	for _, l := range f.Links {
		v.Links = append(v.Links, Link{From: stepID(l.From), To: stepID(l.To), Title: text(l.Title), Data: idsOf(targets(l.Data)), Over: text(l.Over)})
	}
	return v
}

// controlIDs gives the ids of those controls that have current evidence: flows show no others.
func (t *teller) controlIDs(refs []model.Ref[model.Control]) []string {
	var list []*model.Control
	for _, c := range targets(refs) {
		if t.proven[c] {
			list = append(list, c)
		}
	}
	return idsOf(list)
}

func (t *teller) step(s *model.Step) Step {
	v := Step{ID: text(s.ID), Title: text(s.Title), Stage: text(s.Stage), Kind: text(s.Kind), In: placeOf(s), Region: text(s.Region), Model: idOf(s.Model.To), Endpoint: text(s.Endpoint),
		Retention: s.Retention.String(), Deletion: text(s.Deletion), Encrypted: s.Encrypted.Value, Approval: text(s.Approval), Policy: idOf(s.Policy.To),
		Controls: t.controlIDs(s.Controls)}
	if s.Tuned != nil {
		v.Model = s.Tuned.ID.Value
	}
	if i := s.Isolation; i != nil {
		v.Isolation = &Isolation{By: text(i.By), Per: text(i.Per), Evidence: evidence(i.Evidence)}
	}
	if p := s.PromptLog; p != nil {
		v.PromptLog = &PromptLog{Content: text(p.Content), Keep: p.Keep.String()}
		switch store := p.Store; {
		case store.Step != nil:
			v.PromptLog.Store = "step:" + text(store.Step.ID)
		case store.Subprocessor != nil && store.Subprocessor.Published():
			v.PromptLog.Store = store.Subprocessor.Key().String()
		}
		for _, reader := range p.Readers {
			if title := role(reader); title != "" {
				v.PromptLog.Readers = append(v.PromptLog.Readers, title)
			}
		}
	}
	return v
}

// stepID gives the id of a step that a link names.
func stepID(r model.StepRef) string {
	if r.Step == nil {
		return ""
	}
	return text(r.Step.ID)
}

// placeOf tells where a step is: with a tool that readers may not know of, it is inside.
func placeOf(s *model.Step) string {
	switch {
	case s.In.Customer:
		return model.CustomerBoundary
	case s.In.Boundary != nil:
		return s.In.Boundary.Key().String()
	case s.In.Subprocessor != nil && s.In.Subprocessor.Published():
		return s.In.Subprocessor.Key().String()
	}
	return "internal"
}

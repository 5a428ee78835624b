package readiness

// approvedModels asks for a register of approved models, and for a control over it.
func approvedModels(p *plan) verdict {
	v := p.practice("model-approval")
	register := append(places(p.site.Models), places(p.site.Tuned)...)
	if len(register) == 0 {
		return verdict{State: min(v.State, Claimed), Places: v.Places, Next: `list the models that may be called in models.yaml, each with "approved_by" and "approved_on"`}
	}
	if v.State == Missing {
		return verdict{State: Claimed, Places: register, Next: undone("model-approval")}
	}
	if v.State == Proven {
		v.Places = append(v.Places, register...)
	}
	return v
}

// approvedTuning asks who approves that a model is tuned, and on what.
func approvedTuning(p *plan) verdict {
	v := p.practice("tuning-approval")
	if len(p.site.Tuned) > 0 {
		if v.State == Missing {
			v = verdict{State: Claimed, Places: places(p.site.Tuned), Next: undone("tuning-approval")}
		}
		if v.State == Proven {
			v.Places = append(v.Places, places(p.site.Tuned)...)
		}
		return v
	}
	for _, one := range p.vendors() {
		if one.Category.Value == "fine-tuning" || one.AI != nil && one.AI.Role.Value == "fine-tuning" {
			return v
		}
	}
	if v.State != Proven && len(p.site.Models) > 0 {
		return verdict{State: Proven, Places: places(p.site.Models), Note: "no model is tuned"}
	}
	return v
}

// incidentRunbook asks for a playbook for wrong or harmful output, and for its exercise.
func incidentRunbook(p *plan) verdict {
	v := p.practice("incident-runbook")
	var playbooks []Place
	for _, one := range p.site.Policies {
		for _, b := range one.Playbooks {
			if b.Kind.Value == "wrong-output" {
				playbooks = append(playbooks, Place{b.ID.At, `playbook "` + b.ID.Value + `"`})
			}
		}
	}
	switch {
	case len(playbooks) == 0:
		return verdict{State: min(v.State, Claimed), Places: v.Places,
			Next: `write what happens when a model is wrong or harmful: a playbook with "kind: wrong-output" in the incident policy`}
	case v.State == Missing:
		return verdict{State: Claimed, Places: playbooks, Next: "exercise the playbook, and " + undone("incident-runbook")}
	case v.State == Proven:
		v.Places = append(v.Places, playbooks...)
	}
	return v
}

package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var mod04 = Rule{
	Rule: diag.Rule{
		ID:       "MOD04",
		Severity: diag.Warning,
		Title:    "an AI feature for customers has no evaluation on record, or no way to switch it off",
		Why:      "Customers ask how it was tested before they saw it; and when a model goes wrong, switching it off is the first step of the response.",
		Source:   "NIST AI RMF MEASURE 2.3 and MANAGE 2.4; ISO/IEC 42001 A.6.2.4",
		Bad: `# flows/reply-drafts.yaml
feature: ai
exposure: customer-facing`,
		Good: `# flows/reply-drafts.yaml
feature: ai
exposure: customer-facing
evaluation: drafts-eval
off_switch: Feature flag, for one customer or for all, effective within 5 minutes`,
		Remark: "Either the flow has them, or each model that it calls. A feature is for customers unless it says exposure: internal.",
	},
	run: untestedFeatures,
}

func untestedFeatures(p *pass) {
	for _, f := range p.site.Flows {
		if !facesCustomers(f) {
			continue
		}
		lacks := func(flowHas bool, written model.Text, what, hint string, modelHas func(calledModel) bool) {
			if flowHas {
				return
			}
			for _, m := range calledModels(f) {
				if !modelHas(m) {
					p.report(near(f, written, f.Title), fmt.Sprintf("AI feature %q has no %s, and neither has model %q", f.ID.Value, what, m.id.Value), hint, note(m.id.At, "declared here"))
					return
				}
			}
		}
		lacks(!f.Evaluation.IsZero(), f.Evaluation.Text, "evaluation", `write "evaluation: ..." here or at each model, with the evidence of its test`,
			func(m calledModel) bool { return !m.evaluation.IsZero() })
		lacks(saysSwitch(f.OffSwitch), f.OffSwitch, "off_switch", `write "off_switch: ..." here or at each model, with what turns it off, for whom, and how fast`,
			func(m calledModel) bool { return saysSwitch(m.offSwitch) })
	}
}

// facesCustomers reports whether a flow is that of an AI feature, today's or a planned one, that customers meet.
func facesCustomers(f *model.Flow) bool {
	return f.IsAI() && isCurrent(f) && f.Exposure.Value != "internal"
}

// saysSwitch reports whether a way to switch off is given: "none" is not one.
func saysSwitch(t model.Text) bool { return !t.IsZero() && !isNoReason(t.Value) }

// A calledModel is what bought and tuned models have in common.
type calledModel struct {
	id         model.Text
	evaluation model.Ref[model.Evidence]
	offSwitch  model.Text
}

// calledModels gives the models that the steps of a flow call, those that are known.
func calledModels(f *model.Flow) []calledModel {
	var all []calledModel
	for _, s := range f.Steps {
		switch m, tuned := s.Model.To, s.Tuned; {
		case s.IsNone():
		case m != nil:
			all = append(all, calledModel{m.ID, m.Evaluation, m.OffSwitch})
		case tuned != nil:
			all = append(all, calledModel{tuned.ID, tuned.Evaluation, tuned.OffSwitch})
		}
	}
	return all
}

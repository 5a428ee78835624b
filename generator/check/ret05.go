package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/source"
)

var ret05 = Rule{
	Rule: diag.Rule{
		ID:       "RET05",
		Severity: diag.Error,
		Title:    `"the vendor trains on our data" is not answered with no, with a source and a date`,
		Why:      "It is the first question of a customer of an AI company, and the vendors' default terms differ by product and plan.",
		Source:   "GDPR Art. 28(3)(a); SOC 2 C1.1; ISO/IEC 42001 A.10.3",
		Bad: `# subprocessors/openai.yaml
ai:
  training: {used: unknown}`,
		Good: `# subprocessors/openai.yaml
ai:
  training: {used: never, basis: contract, evidence: openai-dpa, checked_on: 2026-02-20}`,
		Remark: "Asked of vendors that run a model on customer data. A site that promises trains_on_customer_data: opt-in, or always, may use vendors whose terms say as much.",
	},
	run: trainingVendors,
}

// trainingRank orders what is done with customer data.
var trainingRank = map[string]int{"never": 0, "opt-in": 1, "always": 2, "unknown": 3}

func trainingVendors(p *pass) {
	promise := p.site.Config.Promises.TrainsOnCustomerData
	uses := p.modelUses()
	for _, v := range p.site.Subprocessors {
		use, ok := uses[v]
		if !ok {
			continue
		}
		sent := note(use.step.In.At, fmt.Sprintf("step %q sends %s to it", use.step.ID.Value, list(use.data)))
		report := func(at source.Span, message, hint string, more ...diag.Related) {
			p.report(at, message, hint, append([]diag.Related{sent}, more...)...)
		}
		if v.AI == nil || v.AI.Training.Used.IsZero() {
			place := near(v, v.Title)
			if v.AI != nil {
				place = near(v, v.AI.Role, v.AI.Training.Basis, v.Title)
			}
			hint := `write "training: {used: never, basis: contract, evidence: ..., checked_on: ...}" in ai`
			if v.AI == nil {
				hint = `write "ai: {training: {used: never, basis: contract, evidence: ..., checked_on: ...}}" in this file`
			}
			report(place, fmt.Sprintf("%q runs a model on customer data, but does not say whether it trains on it", v.ID.Value), hint)
			continue
		}
		terms := v.AI.Training
		if trainingRank[terms.Used.Value] > trainingRank[promise.Value] && !p.configUnread() {
			said := "customers are not told that any vendor does"
			if !promise.IsZero() {
				said = fmt.Sprintf("customers are promised %q", promise.Value)
			}
			report(terms.Used.At, fmt.Sprintf("training on customer data by %q is %q, but %s", v.ID.Value, terms.Used.Value, said),
				"agree with the vendor that it never does, or send it no customer data", note(promise.At, "promised here"))
		}
		keys := lacking(need{"basis", !terms.Basis.IsZero()}, need{"evidence", !terms.Evidence.IsZero()}, need{"checked_on", !terms.CheckedOn.IsZero()})
		if len(keys) > 0 {
			what := list(keys)
			report(terms.Used.At, fmt.Sprintf("%q says that training is %q, but gives no %s", v.ID.Value, terms.Used.Value, what), write(keys)+" in training")
		}
	}
}

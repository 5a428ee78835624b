package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var inj01 = Rule{
	Rule: diag.Rule{
		ID:       "INJ01",
		Severity: diag.Error,
		Title:    "an AI feature takes untrusted content, but does not say how far that can reach",
		Why:      `"How do you keep injected prompts from other tenants' data?" A model obeys whoever writes to it; only the scope of what it can read and do holds.`,
		Source:   "OWASP LLM01:2025 and LLM06:2025; NIST AI RMF MEASURE 2.7",
		Bad: `feature: ai
steps:
  - {id: message, stage: input, kind: external, title: Customer message, in: customer}`,
		Good: `feature: ai
untrusted_input: {sources: [inbound e-mail], scope: retrieval limited to the sender's own tenant, tools: none}
steps:
  - {id: message, stage: input, kind: external, title: Customer message, in: customer}`,
		Remark: "A feature takes untrusted content when a step of its input is external or with the customer.",
	},
	run: unboundedInput,
}

func unboundedInput(p *pass) {
	for _, f := range p.site.Flows {
		if !f.IsAI() || !isCurrent(f) {
			continue
		}
		var outside *model.Step
		for _, s := range f.Steps {
			if !s.IsNone() && s.Stage.Value == model.StageInput && (s.Kind.Value == "external" || s.In.Customer) {
				outside = s
				break
			}
		}
		u := f.UntrustedInput
		switch {
		case u == nil && outside != nil:
			p.report(near(f, f.Title), fmt.Sprintf("AI feature %q takes input from outside, but does not say how far it can reach", f.ID.Value),
				`write "untrusted_input: {sources: [...], scope: ..., tools: none}" in this file`, note(outside.ID.At, "taken in here"))
		case u != nil:
			keys := lacking(need{"sources", len(u.Sources) > 0}, need{"scope", !u.Scope.IsZero()}, need{"tools", len(u.Tools) > 0})
			if len(keys) > 0 {
				at := near(f, u.Scope, u.Egress, f.Title)
				p.report(at, fmt.Sprintf("the untrusted_input of AI feature %q lacks %s", f.ID.Value, list(keys)), write(keys)+" in untrusted_input")
			}
		}
	}
}

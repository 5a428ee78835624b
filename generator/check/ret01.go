package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/source"
)

var ret01 = Rule{
	Rule: diag.Rule{
		ID:       "RET01",
		Severity: diag.Error,
		Title:    "customer data goes to a model whose vendor has no retention terms on file",
		Why:      "What a model vendor keeps of prompts is the second question of every customer; an answer needs an agreement that somebody can show.",
		Source:   "GDPR Art. 28(3)(g); SOC 2 CC9.2 and C1.2",
		Bad: `# subprocessors/openai.yaml
ai:
  role: model
  retention: {state: unknown}`,
		Good: `# subprocessors/openai.yaml
ai:
  role: model
  retention: {state: zero-retention, evidence: openai-zdr, signed_on: 2026-02-20}`,
		Remark: "The day is signed_on, else the date of the evidence. With state: days, keep says how many.",
	},
	run: missingRetention,
}

func missingRetention(p *pass) {
	uses := p.modelUses()
	for _, v := range p.site.Subprocessors {
		use, ok := uses[v]
		if !ok {
			continue
		}
		sent := note(use.step.In.At, fmt.Sprintf("step %q sends %s to it", use.step.ID.Value, list(use.data)))
		report := func(at source.Span, gap, hint string) {
			p.report(at, fmt.Sprintf("%q runs a model on customer data, but %s", v.ID.Value, gap), hint, sent)
		}
		if v.AI == nil {
			report(near(v, v.Title), "its retention terms are not on file", `write "ai: {retention: {state: ..., evidence: ..., signed_on: ...}}" in this file`)
			continue
		}
		terms := v.AI.Retention
		at := near(v, terms.State, terms.Evidence.Text, v.AI.Role, v.Title)
		if terms.State.IsZero() && terms.Evidence.IsZero() && terms.SignedOn.IsZero() {
			report(at, "its retention terms are not on file", `write "retention: {state: ..., evidence: ..., signed_on: ...}" in ai`)
			continue
		}
		switch terms.State.Value {
		case "":
			report(at, "its retention terms do not say what it keeps", `write "state: zero-retention", or "state: days" and "keep: 30d"`)
		case "unknown":
			report(at, "what it keeps is unknown", "ask the vendor, and write zero-retention or days")
		case "days":
			if terms.Keep.IsZero() {
				report(at, "its retention terms do not say for how many days it keeps prompts", `write "keep: 30d" or what the agreement says`)
			}
		}
		if terms.State.IsZero() || terms.State.Value == "unknown" {
			continue
		}
		if terms.Evidence.IsZero() {
			report(at, "no agreement about retention is on file", `write "evidence: ..." in retention, with an id of evidence.yaml`)
		} else if terms.SignedOn.IsZero() && terms.Evidence.To != nil && terms.Evidence.To.Dated.IsZero() {
			report(terms.Evidence.At, "its retention terms have no day of signing", `write "signed_on: ..." in retention`)
		}
	}
}

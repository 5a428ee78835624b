package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"
)

var sub02 = Rule{
	Rule: diag.Rule{
		ID:       "SUB02",
		Severity: diag.Error,
		Title:    "data is sent to a vendor that is not declared for it",
		Why:      "The list of sub-processors would say less than what really leaves.",
		Source:   "GDPR Art. 28(3) and Art. 30(2); SOC 2 CC9.2",
		Bad: `# subprocessors/openai.yaml
data: [customer.content.prompt]
# flows/reply-drafts.yaml
links:
  - {from: redact, to: draft, data: [customer.content], over: tls}`,
		Good: `# subprocessors/openai.yaml
data: [customer.content.prompt]
# flows/reply-drafts.yaml
links:
  - {from: redact, to: draft, data: [customer.content.prompt], over: tls}`,
		Remark: "A vendor declared for customer.content may receive customer.content.prompt, not the other way round. A prompt log that is kept in full at a vendor counts as sent to it.",
	},
	run: undeclaredData,
}

func undeclaredData(p *pass) {
	for _, f := range p.site.Flows {
		if !isCurrent(f) {
			continue
		}
		for _, l := range f.Links {
			if !crosses(l) || l.To.Step.In.Subprocessor == nil {
				continue
			}
			for _, d := range l.Data {
				p.declaredFor(l.To.Step.In.Subprocessor, d, d.At, fmt.Sprintf("link to step %q sends", l.To.Step.ID.Value))
			}
		}
		for _, s := range f.Steps {
			if s.PromptLog == nil || s.PromptLog.Content.Value != "full" || s.PromptLog.Store.Subprocessor == nil || s.PromptLog.Store.Subprocessor == s.In.Subprocessor {
				continue
			}
			for _, l := range arrivals(f, s) {
				for _, d := range l.Data {
					p.declaredFor(s.PromptLog.Store.Subprocessor, d, s.PromptLog.Store.At, fmt.Sprintf("the prompt log of step %q sends", s.ID.Value))
				}
			}
		}
	}
}

// declaredFor reports a class of data that goes to a vendor outside of what is declared for it. A declaration that cannot be read may
// cover anything.
func (p *pass) declaredFor(v *model.Subprocessor, sent model.Ref[model.DataClass], at source.Span, subject string) {
	if sent.To == nil {
		return
	}
	var declared []string
	narrower := false
	for _, d := range v.Data {
		if d.To == nil || sent.To.Within(d.To) {
			return
		}
		declared = append(declared, d.Value)
		narrower = narrower || d.To.Within(sent.To)
	}
	which := "which is declared for no data"
	if len(declared) > 0 {
		which = fmt.Sprintf("which is declared for %s", list(declared))
	}
	hint := fmt.Sprintf("add %s to data in subprocessors/%s.yaml, or do not send it", sent.Value, v.ID.Value)
	if narrower {
		hint = fmt.Sprintf("name the part of %s that is sent, or add all of it to data in subprocessors/%s.yaml", sent.Value, v.ID.Value)
	}
	place := v.Place()
	if len(v.Data) > 0 {
		place = v.Data[0].At
	}
	p.report(at, fmt.Sprintf("%s %q to %q, %s", subject, sent.Value, v.ID.Value, which), hint, note(place, "declared here"))
}

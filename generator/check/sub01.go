package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var sub01 = Rule{
	Rule: diag.Rule{
		ID:       "SUB01",
		Severity: diag.Error,
		Title:    "a data flow names a vendor that is not declared",
		Why:      "A vendor that receives customer data and is missing from the list is the gap that customers and auditors look for first: they have a right to know and to object.",
		Source:   "GDPR Art. 28(2); SOC 2 CC9.2",
		Bad: `# flows/reply-drafts.yaml, and no file subprocessors/openia.yaml
steps:
  - {id: draft, stage: model, kind: model, title: Draft a reply, in: openia}`,
		Good: `# flows/reply-drafts.yaml, with a file subprocessors/openai.yaml
steps:
  - {id: draft, stage: model, kind: model, title: Draft a reply, in: openai}`,
		Remark: `A step is in "customer", in a boundary of site.yaml, or in a sub-processor.`,
	},
	run: undeclaredVendors,
}

func undeclaredVendors(p *pass) {
	names := append(append([]string{}, idsOf(p.site.Subprocessors)...), idsOf(p.site.Config.Boundaries)...)
	names = append(names, model.CustomerBoundary)
	for _, f := range p.site.Flows {
		for _, s := range f.Steps {
			in := s.In
			if s.IsNone() || in.IsZero() || in.IsKnown() || p.site.IsUnread(model.KindSubprocessor, in.Value) || p.site.IsUnread(model.KindBoundary, in.Value) {
				continue
			}
			message := fmt.Sprintf("step %q is in %q, which is no sub-processor", s.ID.Value, in.Value)
			if data := dataOn(arrivals(f, s)); len(data) > 0 {
				message = fmt.Sprintf("step %q sends %s to %q, which is no sub-processor", s.ID.Value, list(data), in.Value)
			}
			p.report(in.At, message, hintFor(in.Value, names, fmt.Sprintf("declare it in subprocessors/%s.yaml, or write a boundary of site.yaml", in.Value)))
		}
	}
}

package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var sub03 = Rule{
	Rule: diag.Rule{
		ID:       "SUB03",
		Severity: diag.Incomplete,
		Title:    "a sub-processor is on the list, but no data flow uses it",
		Why:      "Either the list is stale, or a diagram is missing: a reader cannot tell what the vendor receives, and nor can whoever reviews it.",
		Source:   "SOC 2 CC9.2; GDPR Art. 30(2)",
		Bad: `# subprocessors/mixpanel.yaml: status: active, and no flow with a step "in: mixpanel"
name: Mixpanel
category: analytics
status: active`,
		Good: `# flows/telemetry.yaml
steps:
  - {id: events, stage: storage, kind: store, title: Events, in: mixpanel, retention: 90d, deletion: automatic, encrypted: true}`,
		Remark: "A flow uses a vendor in which a step happens, in which prompts are logged, whose model it calls, or by which one of these is hosted. Retired flows use nobody. Planned and removed vendors are not asked, nor are internal tools.",
	},
	run: unusedVendors,
}

func unusedVendors(p *pass) {
	if p.anyUnread(model.KindFlow, model.KindModel) {
		return
	}
	used := map[*model.Subprocessor]bool{}
	p.eachStep(func(_ *model.Flow, s *model.Step) {
		for _, i := range s.Involved() {
			used[i.Vendor] = true
		}
	})
	meant := p.misspeltVendors()
	for _, v := range p.site.Subprocessors {
		if v.InUse() && v.Published() && !used[v] && !meant[v.ID.Value] {
			p.report(near(v, v.Status), fmt.Sprintf("sub-processor %q is %s, but no flow uses it", v.ID.Value, v.Status.Value),
				fmt.Sprintf(`write "in: %s" in the flow that sends data to it, or "status: removed" and "removed_on: %s" here`, v.ID.Value, p.on), p.lastUse(v))
		}
	}
}

// misspeltVendors gives the vendors that flows and models probably mean by names that nothing has: those names are reported by other rules.
func (p *pass) misspeltVendors() map[string]bool {
	ids := idsOf(p.site.Subprocessors)
	meant := map[string]bool{}
	mark := func(name model.Text) {
		if name.IsZero() {
			return
		}
		if id, ok := diag.Nearest(name.Value, ids); ok {
			meant[id] = true
		}
	}
	p.eachStep(func(_ *model.Flow, s *model.Step) {
		if !s.In.IsKnown() {
			mark(s.In.Text)
		}
		if log := s.PromptLog; log != nil && log.Store.Step == nil && log.Store.Subprocessor == nil {
			mark(log.Store.Text)
		}
		if r := s.ModelProvider(); r.To == nil {
			mark(r.Text)
		}
	})
	return meant
}

// lastUse points at a retired flow of the vendor, which may tell its author what to do.
func (p *pass) lastUse(v *model.Subprocessor) diag.Related {
	for _, f := range v.Flows {
		if !isCurrent(f) {
			return note(f.Status.At, fmt.Sprintf("flow %q used it and is retired", f.ID.Value))
		}
	}
	return diag.Related{}
}

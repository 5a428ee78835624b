package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"
)

var not02 = Rule{
	Rule: diag.Rule{
		ID:       "NOT02",
		Severity: diag.Error,
		Title:    "a live flow uses a vendor before it takes effect, or after it was removed",
		Why:      "Data would go to a vendor whose notice is still running, or that is said to be gone.",
		Source:   "GDPR Art. 28(2)",
		Bad: `# subprocessors/workos.yaml: status: planned, effective_on: 2026-12-15
# flows/sign-in.yaml, on 2026-11-23
status: live
steps:
  - {id: sync, stage: preprocessing, kind: process, title: Synchronize users, in: workos}`,
		Good: `# flows/sign-in.yaml, on 2026-11-23
status: planned
steps:
  - {id: sync, stage: preprocessing, kind: process, title: Synchronize users, in: workos}`,
		Remark: "A flow uses a vendor in which a step happens, in which prompts are logged, whose model it calls, or by which one of these is hosted.",
	},
	run: untimelyVendors,
}

func untimelyVendors(p *pass) {
	for _, f := range p.site.Flows {
		if !f.IsLive() {
			continue
		}
		for _, s := range f.Steps {
			for _, i := range s.Involved() {
				p.timely(f, i.Vendor, i.At)
			}
		}
	}
}

func (p *pass) timely(f *model.Flow, v *model.Subprocessor, at source.Span) {
	uses := fmt.Sprintf("live flow %q uses %q", f.ID.Value, v.ID.Value)
	switch {
	case p.isPast(v.RemovedOn):
		p.report(at, fmt.Sprintf("%s, which was removed on %s", uses, v.RemovedOn.Day), "take the vendor out of the flow", note(v.RemovedOn.At, "removed here"))
	case v.Status.Value == model.StatusRemoved:
		p.report(at, uses+", which was removed", "take the vendor out of the flow", note(v.Status.At, "removed here"))
	case !v.EffectiveOn.IsZero() && v.EffectiveOn.Day > p.on:
		p.report(at, fmt.Sprintf("%s, which takes effect on %s", uses, v.EffectiveOn.Day), `write "status: planned" in the flow until then`, note(v.EffectiveOn.At, "takes effect here"))
	case v.Status.Value == model.StatusPlanned:
		p.report(at, uses+", which is only planned", `write "status: planned" in the flow, or "status: active" in the vendor's file`, note(v.Status.At, "planned here"))
	}
}

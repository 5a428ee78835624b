package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var not01 = Rule{
	Rule: diag.Rule{
		ID:       "NOT01",
		Severity: diag.Error,
		Title:    "a vendor takes effect sooner after its announcement than the contract promises",
		Why:      "Customers were promised time to object; a shorter notice breaks the company's own data processing agreement.",
		Source:   "GDPR Art. 28(2)",
		Bad: `# site.yaml: promises: {subprocessor_notice: 30d}
# subprocessors/workos.yaml
announced_on: 2026-11-10
effective_on: 2026-11-20`,
		Good: `# site.yaml: promises: {subprocessor_notice: 30d}
# subprocessors/workos.yaml
announced_on: 2026-11-10
effective_on: 2026-12-15`,
		Remark: "A planned vendor needs both dates. Internal tools are not announced.",
	},
	run: shortNotices,
}

func shortNotices(p *pass) {
	notice := p.site.Config.Promises.SubprocessorNotice
	for _, v := range p.site.Subprocessors {
		if !v.Published() {
			continue
		}
		if keys := lacking(need{"announced_on", !v.AnnouncedOn.IsZero()}, need{"effective_on", !v.EffectiveOn.IsZero()}); len(keys) > 0 {
			if v.Status.Value == model.StatusPlanned {
				p.report(v.Status.At, fmt.Sprintf("planned sub-processor %q lacks %s", v.ID.Value, list(keys)), write(keys)+" in this file")
			}
			continue
		}
		if notice.IsZero() {
			continue
		}
		earliest := v.AnnouncedOn.Day.Add(notice.Period)
		if v.EffectiveOn.Day < earliest {
			p.report(v.EffectiveOn.At, fmt.Sprintf("sub-processor %q takes effect on %s, %d days after its announcement; %s are promised",
				v.ID.Value, v.EffectiveOn.Day, v.EffectiveOn.Day-v.AnnouncedOn.Day, notice.Long()),
				fmt.Sprintf("write %s or later", earliest), note(v.AnnouncedOn.At, "announced here"), note(notice.At, "promised here"))
		}
	}
}

package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var sub07 = Rule{
	Rule: diag.Rule{
		ID:       "SUB07",
		Severity: diag.Warning,
		Title:    "a vendor in use was never reviewed, or not in time",
		Why:      "A vendor changes its terms, its own vendors and its reports without a letter; an auditor samples the list and asks for the last review of each.",
		Source:   "SOC 2 CC9.2; GDPR Art. 28(1)",
		Bad: `# site.yaml: review: {subprocessors: 1y}
# subprocessors/openai.yaml, on 2026-11-23
reviewed_on: 2025-08-01`,
		Good: `# site.yaml: review: {subprocessors: 1y}
# subprocessors/openai.yaml, on 2026-11-23
reviewed_on: 2026-08-01`,
		Remark: "A vendor of tier critical is reviewed every review.critical_subprocessors, any other every review.subprocessors, and where nothing is said every 365 days. Internal tools are reviewed too. When its terms on retention and training were last read is a matter of RET02.",
	},
	run: unreviewedVendors,
}

func unreviewedVendors(p *pass) {
	for _, v := range p.site.Subprocessors {
		if !v.InUse() {
			continue
		}
		day := v.ReviewedOn
		if day.IsZero() {
			p.report(near(v, v.Title), fmt.Sprintf("vendor %q is in use, but no review of it is on record", v.ID.Value), `review it, and write "reviewed_on: ..." in this file`)
			continue
		}
		if day.Day > p.on {
			p.report(day.At, fmt.Sprintf("vendor %q was reviewed on %s, after today, %s", v.ID.Value, day.Day, p.on), "write the day of the last review")
			continue
		}
		if p.configUnread() {
			continue
		}
		cadence, how := p.reviewCadence(v)
		if due := day.Day.Add(cadence); due < p.on {
			p.report(day.At, fmt.Sprintf("the review of vendor %q was due on %s, every %s", v.ID.Value, due, cadence.Long()), `review it, and write the day`, how)
		}
	}
}

// reviewCadence gives how often a vendor is reviewed, and where that is written.
func (p *pass) reviewCadence(v *model.Subprocessor) (model.Period, diag.Related) {
	review := p.site.Config.Review
	if v.Tier.Value == "critical" && !review.Critical.IsZero() {
		return review.Critical.Period, note(review.Critical.At, "how often critical vendors are reviewed")
	}
	if !review.Subprocessors.IsZero() {
		return review.Subprocessors.Period, note(review.Subprocessors.At, "how often vendors are reviewed")
	}
	return yearly, diag.Related{}
}

package check

import (
	"fmt"

	"candor/generator/diag"
)

var ans05 = Rule{
	Rule: diag.Rule{
		ID:       "ANS05",
		Severity: diag.Error,
		Title:    "an answer of no, partial or not applicable gives no reason, or a planned one no day",
		Why:      `A bare "no" loses the deal; a reason, or what is done instead, keeps it.`,
		Source:   "SOC 2 CC2.3",
		Bad:      `verdict: "no"`,
		Good: `verdict: "no"
reason: Customers cannot test production, but a copy of it with invented data is theirs on request.`,
		Remark: `A "planned" verdict needs planned_for, a day that has not passed.`,
	},
	run: bareVerdicts,
}

func bareVerdicts(p *pass) {
	for _, a := range p.site.Answers() {
		switch v := a.Verdict; v.Value {
		case "no", "partial", "not-applicable":
			if a.Reason.IsZero() || isNoReason(a.Reason.Value) {
				at := v.At
				if !a.Reason.IsZero() {
					at = a.Reason.At
				}
				p.report(at, fmt.Sprintf("answer %q is %q without a reason", a.ID.Value, v.Value), `write "reason: ..." with why, or with what is done instead`)
			}
		case "planned":
			switch {
			case a.PlannedFor.IsZero():
				p.report(v.At, fmt.Sprintf("answer %q is %q, but says not for when", a.ID.Value, v.Value), `write "planned_for: ..." with the day`)
			case a.PlannedFor.Day < p.on:
				p.report(a.PlannedFor.At, fmt.Sprintf("answer %q is planned for %s, which has passed", a.ID.Value, a.PlannedFor.Day), "change the verdict, or write a new day")
			}
		}
	}
}

package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var pol02 = Rule{
	Rule: diag.Rule{
		ID:       "POL02",
		Severity: diag.Error,
		Title:    "the review of a policy is overdue, or its approval lies ahead; a warning 30 days before the review is due",
		Why:      "An overdue policy is the commonest exception in an audit report.",
		Source:   "SOC 2 CC5.3; MVSP 1.6; ISO/IEC 42001 A.2.4",
		Bad: `# site.yaml: review: {policies: 1y}; on 2026-11-23
approved_on: 2025-04-14`,
		Good: `# site.yaml: review: {policies: 1y}; on 2026-11-23
approved_on: 2026-04-14`,
		Remark: "The review is due on next_review, else the cadence of site.yaml after the approval. On the day itself it is not overdue.",
	},
	run: overduePolicies,
}

// policyWarning is how many days before its review is due a policy is warned of.
const policyWarning = 30

func overduePolicies(p *pass) {
	cadence := p.site.Config.Review.Policies
	for _, policy := range p.site.Policies {
		approved := policy.ApprovedOn
		if approved.Day > p.on {
			p.report(approved.At, fmt.Sprintf("policy %q is approved on %s, after today, %s", policy.ID.Value, approved.Day, p.on), "write the day on which it was approved")
			continue
		}
		if approved.IsZero() && policy.NextReview.IsZero() {
			continue // POL01
		}
		at, why := policy.NextReview.At, diag.Related{}
		if policy.NextReview.IsZero() {
			at, why = approved.At, note(cadence.At, fmt.Sprintf("every %s, as written here", cadence.Long()))
		}
		switch {
		case policy.Due == 0 && p.configUnread():
		case policy.Due == 0:
			p.report(at, fmt.Sprintf("nothing says when policy %q is due for review", policy.ID.Value), `write "review: {policies: 1y}" in site.yaml, or a day as next_review here`)
		case policy.Due < p.on:
			p.report(at, fmt.Sprintf("the review of policy %q was due on %s", policy.ID.Value, policy.Due), fmt.Sprintf("review it, have it approved again, and write `candor approve %s`", policy.ID.Value), why)
		case policy.Due <= p.on+model.Day(policyWarning):
			p.reportAs(diag.Warning, at, fmt.Sprintf("the review of policy %q is due on %s", policy.ID.Value, policy.Due), "review it until then", why)
		}
	}
}

package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var pol03 = Rule{
	Rule: diag.Rule{
		ID:       "POL03",
		Severity: diag.Error,
		Title:    "the text of a policy is not the one that was approved; incomplete: an approval that does not say of which text",
		Why:      "A text that changed after its approval was approved by nobody, and a reader cannot tell.",
		Source:   "SOC 2 CC5.3; ISO/IEC 27001:2022 A.5.1",
		Bad: `---
title: Access control policy
approved_by: cto
approved_on: 2026-04-14
approval_hash: sha256:8f43... # of another text than the one below
---
Access is reviewed once a year.`,
		Good: `---
title: Access control policy
approved_by: cto
approved_on: 2026-04-14
approval_hash: sha256:1b0c... # of the text below, written by candor approve
---
Access is reviewed every quarter.`,
		Remark: "`candor approve ID` writes the hash with approver, day and version. It is the SHA-256 of the Markdown below the front matter; how lines end, spaces at the end of a line and blank lines around the text do not count. " +
			`The day of an approval is the one that stands in the file: it never comes from the day of a build, from the time of a file or from a year, and "approved_on: 2026" or "{{ now }}" is a finding of SCH01.`,
	},
	run: unapprovedTexts,
}

func unapprovedTexts(p *pass) {
	for _, l := range p.folio.look(hashLook) {
		policy, ok := l.record.(*model.Policy)
		if !ok {
			continue
		}
		id, hash := policy.ID.Value, policy.ApprovalHash
		approved := note(policy.ApprovedOn.At, "approved here")
		switch {
		case hash.IsZero() && policy.ApprovedOn.IsZero(): // POL01
		case hash.IsZero() && p.tried(policy.Extent, "approval_hash"):
		case hash.IsZero():
			p.reportAs(diag.Incomplete, policy.ApprovedOn.At, fmt.Sprintf("policy %q was approved on %s, but nothing says which text was", id, policy.ApprovedOn.Day),
				fmt.Sprintf("write `candor approve --keep %s` if it is the text below, else have that approved: `candor approve %s`", id, id))
		case !model.IsHash(hash.Value):
			p.report(hash.At, fmt.Sprintf("approval_hash of policy %q is %q, not sha256: and 64 digits of 0-9a-f", id, shorten(hash.Value)),
				fmt.Sprintf("have the text approved, and let `candor approve %s` write it", id), approved)
		case hash.Value != l.hash:
			p.report(hash.At, fmt.Sprintf("the text of policy %q is not the one that was approved", id),
				fmt.Sprintf("take the change back, or have it approved and write `candor approve %s`", id), approved)
		}
	}
}

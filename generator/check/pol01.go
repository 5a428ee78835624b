package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var pol01 = Rule{
	Rule: diag.Rule{
		ID:       "POL01",
		Severity: diag.Error,
		Title:    "a policy lacks its owner, approver, version or day of approval",
		Why:      "A policy that nobody owns and nobody approved binds nobody.",
		Source:   "SOC 2 CC5.3 and CC1.3; ISO/IEC 42001 A.2.2",
		Bad: `---
title: Access control policy
owner: securty-lead
---`,
		Good: `---
title: Access control policy
owner: security-lead
approved_by: cto
approved_on: 2026-04-14
version: "2.3"
---`,
		Remark: "Owner and approver are owners of site.yaml.",
	},
	run: unownedPolicies,
}

func unownedPolicies(p *pass) {
	owners := idsOf(p.site.Config.Owners)
	for _, policy := range p.site.Policies {
		for _, key := range lacking(need{"owner", !policy.Owner.IsZero()}, need{"approved_by", !policy.ApprovedBy.IsZero()},
			need{"approved_on", !policy.ApprovedOn.IsZero()}, need{"version", !policy.Version.IsZero()}) {
			p.report(near(policy, policy.Title), fmt.Sprintf("policy %q has no %q", policy.ID.Value, key), write([]string{key})+" in its front matter")
		}
		for _, r := range []struct {
			key string
			ref model.Ref[model.Owner]
		}{{"owner", policy.Owner}, {"approved_by", policy.ApprovedBy}} {
			if missing(p, r.ref, model.KindOwner) {
				p.report(r.ref.At, fmt.Sprintf("%s of policy %q is %q, who is no owner", r.key, policy.ID.Value, r.ref.Value), hintFor(r.ref.Value, owners, "declare the role under owners in site.yaml"))
			}
		}
	}
}

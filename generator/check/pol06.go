package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var pol06 = Rule{
	Rule: diag.Rule{
		ID:       "POL06",
		Severity: diag.Error,
		Title:    "the history of a policy does not begin with the version that was approved, or its days and versions are out of order; incomplete: a version of which it says nothing",
		Why:      "A reader who knows the last version reads the history alone. One that stops short, or tells of a version that nobody approved, has them miss or believe a change.",
		Source:   "ISO/IEC 27001:2022 7.5.2 and 7.5.3; SOC 2 CC2.3",
		Bad: `approved_on: 2026-09-15
version: "2.4"
history:
  - {version: "2.5", date: 2026-10-01, changes: [Approval by telephone is allowed.]}
  - {version: "2.4", date: 2026-09-15, changes: [The engineer on call may switch off a feature.]}`,
		Good: `approved_on: 2026-09-15
version: "2.4"
history:
  - {version: "2.4", date: 2026-09-15, changes: [The engineer on call may switch off a feature.]}
  - {version: "2.3", date: 2026-03-10, changes: [Customers are told within 72 hours instead of 96.]}`,
		Remark: "The newest version stands first, and need not reach back to the first one. A policy without a history is none the worse. Where one begins with a version that follows the approved one, " +
			"`candor approve ID` approves that version. A version that is approved again later, unchanged, keeps its entry and its day.",
	},
	run: untoldVersions,
}

func untoldVersions(p *pass) {
	for _, policy := range p.site.Policies {
		if len(policy.History) > 0 {
			p.historyHead(policy)
			p.historyOrder(policy)
		}
	}
}

// historyHead holds the newest entry of a history against the approval.
func (p *pass) historyHead(policy *model.Policy) {
	id, head, version := policy.ID.Value, policy.History[0], policy.Version
	switch {
	case version.IsZero() || head.Version.IsZero(): // POL01, SCH01
	case head.Version.Value == version.Value:
		if approved := policy.ApprovedOn; !approved.IsZero() && head.Date.Day > approved.Day {
			p.report(head.Date.At, fmt.Sprintf("the history of policy %q dates version %q on %s, after its approval on %s", id, version, head.Date.Day, approved.Day),
				"write the day on which the version was approved first", note(approved.At, "approved here"))
		}
	case policy.Announced() != "":
		p.report(head.Version.At, fmt.Sprintf("the history of policy %q begins with version %q, but %q is the one that was approved", id, head.Version, version),
			fmt.Sprintf("have it approved and write `candor approve %s`, or remove the entry", id), note(version.At, "approved here"))
	default:
		p.reportAs(diag.Incomplete, version.At, fmt.Sprintf("the history of policy %q does not say what version %q changed", id, version),
			fmt.Sprintf("put it first: - {version: %q, date: %s, changes: [...]}", version, orDay(policy.ApprovedOn.Day, p.on)), note(head.Version.At, "the history begins here"))
	}
}

// orDay gives the first of two days that is one.
func orDay(a, b model.Day) model.Day {
	if a == 0 {
		return b
	}
	return a
}

// historyOrder reports versions that stand twice, and days that do not fall from entry to entry.
func (p *pass) historyOrder(policy *model.Policy) {
	first := map[string]*model.Revision{}
	for i, r := range policy.History {
		if before := first[r.Version.Value]; before != nil {
			p.report(r.Version.At, fmt.Sprintf("the history of policy %q has version %q twice", policy.ID.Value, r.Version), "put the changes into one entry", note(before.Version.At, "here first"))
		} else if !r.Version.IsZero() {
			first[r.Version.Value] = r
		}
		if i == 0 || r.Date.IsZero() {
			continue
		}
		if above := policy.History[i-1]; !above.Date.IsZero() && r.Date.Day > above.Date.Day {
			p.report(r.Date.At, fmt.Sprintf("the history of policy %q goes from %s to %s, which is later", policy.ID.Value, above.Date.Day, r.Date.Day), "put the newest version first", note(above.Date.At, "stands above it"))
		}
	}
}

package check

import (
	"fmt"

	"candor/generator/criteria"
	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"
)

var soc02 = Rule{
	Rule: diag.Rule{
		ID:       "SOC02",
		Severity: diag.Warning,
		Title:    "a criterion in scope lacks a policy or current evidence",
		Why:      "A policy that names a criterion is a claim. The auditor asks for the last time that it was done, and for what that left behind.",
		Source:   "AICPA TSP section 100, CC4.1, CC5.2 and CC5.3; MVSP v3, 1.3",
		Bad: `# site.yaml: frameworks: [soc2-security]
# policies/access-control.md: meets: [CC6.2]
controls:
  access-review: {title: Access review, meets: [CC6.2], policy: access-control, cadence: 90d}`,
		Good: `# site.yaml: frameworks: [soc2-security]
# policies/access-control.md: meets: [CC6.2]
controls:
  access-review: {title: Access review, meets: [CC6.2], policy: access-control, cadence: 90d, last_done: 2026-10-08, evidence: access-review-q3}`,
		Remark: `In scope is what frameworks in site.yaml name. A policy stands behind a criterion when it meets it, or when a control with current evidence, which meets it, carries the policy out.
A control has current evidence while it was done within its cadence (a year where it has none) and one piece of its evidence is dated, not ahead, and has not expired. Records, tests, logs and
reports without an end count for a year, agreements and certificates for as long as they are on file. On the day on which it expires evidence has expired.`,
	},
	run: thinCoverage,
}

// A thinClaim is a policy or a control together with the criteria that nothing else does more for.
type thinClaim struct {
	by      model.Record
	at      source.Span // of the first of them in its "meets"
	ids     []string
	text    string // what follows the criteria in the message
	hint    string
	related diag.Related
}

func thinCoverage(p *pass) {
	var claims []*thinClaim
	seen := map[criteria.Criterion]bool{}
	for _, name := range p.site.Config.Frameworks {
		f, ok := criteria.FindFramework(name.Value)
		if !ok {
			continue // a finding of SOC01
		}
		var unclaimed []string
		for _, c := range criteria.Cover(p.site, f, p.on) {
			switch {
			case seen[c.Criterion]:
			case !c.Claimed():
				unclaimed = append(unclaimed, f.Meeting(c.ID))
			default:
				claims = addClaim(claims, f.Meeting(c.ID), p.thin(c))
			}
			seen[c.Criterion] = true
		}
		p.unclaimed(name, unclaimed)
	}
	for _, c := range claims {
		key := c.by.Key()
		p.report(c.at, fmt.Sprintf("%s %q meets %s, %s", key.Kind, key.ID, few(c.ids), c.text), c.hint, c.related)
	}
}

// unclaimed reports the criteria of a framework that nothing in the content says anything about, all in one.
func (p *pass) unclaimed(name model.Text, ids []string) {
	if len(ids) == 0 || p.anyUnread(model.KindPolicy, model.KindControl) {
		return
	}
	p.report(name.At, fmt.Sprintf("%q is in scope, but no policy and no control meets %s", name.Value, few(ids)),
		fmt.Sprintf(`write "meets: [%s]" in the policy and in the control that meet it`, ids[0]))
}

// thin gives what is to be said of a criterion that is claimed, nil for nothing.
func (p *pass) thin(c criteria.Coverage) *thinClaim {
	switch {
	case c.Evidenced() && c.HasPolicy():
		return nil
	case c.Evidenced():
		if p.anyUnread(model.KindPolicy) {
			return nil
		}
		for _, claim := range c.Controls {
			if claim.Proven {
				return &thinClaim{by: claim.Control, at: claim.At, text: "but no policy stands behind it", hint: `name the policy that it carries out: "policy: ..."`}
			}
		}
		return nil
	case len(c.Controls) > 0:
		return p.unproven(c.Controls)
	case p.anyUnread(model.KindControl):
		return nil
	}
	claim := c.Policies[0]
	return &thinClaim{by: claim.Policy, at: claim.At, text: "but no control does",
		hint: fmt.Sprintf(`add what carries it out to controls.yaml, with "policy: %s", "cadence: ...", "last_done: ..." and "evidence: ..."`, claim.Policy.ID.Value)}
}

// unproven gives what the first of some controls lacks, none of which has current evidence; nil when that cannot be told, or is a finding
// already: evidence that is not there.
func (p *pass) unproven(claims []criteria.ControlClaim) *thinClaim {
	for _, claim := range claims {
		for _, ref := range claim.Control.Evidence {
			if ref.To == nil {
				return nil
			}
		}
	}
	claim := claims[0]
	t := &thinClaim{by: claim.Control, at: claim.At, text: "but " + claim.Lacking.Text, hint: claim.Lacking.Hint}
	if claim.Lacking.Note != "" {
		t.related = note(claim.Lacking.At, claim.Lacking.Note)
	}
	return t
}

// addClaim adds a criterion to the claim of the same record with the same gap, or begins one.
func addClaim(claims []*thinClaim, id string, more *thinClaim) []*thinClaim {
	if more == nil {
		return claims
	}
	for _, c := range claims {
		if c.by == more.by && c.text == more.text {
			c.ids = append(c.ids, id)
			return claims
		}
	}
	more.ids = []string{id}
	return append(claims, more)
}

// few names some criteria and counts the others: "CC1.1, CC1.2, CC1.3 and 30 more".
func few(ids []string) string {
	const most = 6
	if len(ids) <= most+1 {
		return list(ids)
	}
	return list(append(append([]string{}, ids[:most]...), fmt.Sprintf("%d more", len(ids)-most)))
}

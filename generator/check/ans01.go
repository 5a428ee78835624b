package check

import (
	"fmt"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
)

var ans01 = Rule{
	Rule: diag.Rule{
		ID:       "ANS01",
		Severity: diag.Error,
		Title:    "an answer lacks its owner, the day on which it was verified, or evidence that exists",
		Why:      "An answer without evidence is an opinion, and one that nobody owns is not looked after.",
		Source:   "SOC 2 CC2.3; MVSP 1.3",
		Bad: `- id: data-location
  question: Where is our data stored?
  verdict: "yes"
  answer: In the United States.
  evidence: [policy:data-handlng]`,
		Good: `- id: data-location
  question: Where is our data stored?
  verdict: "yes"
  answer: In the United States.
  evidence: [policy:data-handling, subprocessor:aws]
  owner: security-lead
  reviewed_on: 2026-09-01`,
	},
	run: unprovenAnswers,
}

func unprovenAnswers(p *pass) {
	owners := idsOf(p.site.Config.Owners)
	for _, a := range p.site.Answers() {
		for _, key := range lacking(need{"owner", !a.Owner.IsZero()}, need{"reviewed_on", !a.ReviewedOn.IsZero()}, need{"evidence", len(a.Evidence) > 0}) {
			p.report(near(a, a.ID, a.Question), fmt.Sprintf("answer %q has no %q", a.ID.Value, key), write([]string{key}))
		}
		if a.ReviewedOn.Day > p.on {
			p.report(a.ReviewedOn.At, fmt.Sprintf("answer %q is reviewed on %s, after today, %s", a.ID.Value, a.ReviewedOn.Day, p.on), "write the day on which it was last verified")
		}
		if missing(p, a.Owner, model.KindOwner) {
			p.report(a.Owner.At, fmt.Sprintf("owner of answer %q is %q, who is no owner", a.ID.Value, a.Owner.Value), hintFor(a.Owner.Value, owners, "declare the role under owners in site.yaml"))
		}
		for _, c := range a.Evidence {
			p.citation(a, c)
		}
	}
}

// citation reports evidence that does not exist. What has no kind, or one that cannot be cited, was reported while linking.
func (p *pass) citation(a *model.Answer, c model.Citation) {
	if c.To != nil {
		return
	}
	kind, id, _ := strings.Cut(c.Value, ":")
	names, ok := p.citable(model.Kind(kind))
	if !ok || p.site.IsUnread(model.Kind(kind), id) {
		return
	}
	hint := hintFor(id, names, fmt.Sprintf("write the id of a %s that there is", kind))
	if near, ok := diag.Nearest(id, names); ok {
		hint = fmt.Sprintf("did you mean %q?", kind+":"+near)
	}
	p.report(c.At, fmt.Sprintf("answer %q cites %q, which does not exist", a.ID.Value, c.Value), hint)
}

// citable gives the ids of a kind that answers can cite.
func (p *pass) citable(kind model.Kind) ([]string, bool) {
	switch kind {
	case model.KindPolicy:
		return idsOf(p.site.Policies), true
	case model.KindSubprocessor:
		return idsOf(p.site.Subprocessors), true
	case model.KindFlow:
		return idsOf(p.site.Flows), true
	case model.KindControl:
		return idsOf(p.site.Controls), true
	case model.KindEvidence:
		return idsOf(p.site.Evidence), true
	case model.KindCertification:
		return idsOf(p.site.Certifications), true
	case model.KindDocument:
		return idsOf(p.site.Documents), true
	case model.KindModel:
		return append(append([]string{}, idsOf(p.site.Models)...), idsOf(p.site.Tuned)...), true
	case model.KindAnswer:
		return idsOf(p.site.Answers()), true
	}
	return nil, false
}

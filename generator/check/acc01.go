package check

import (
	"fmt"
	"slices"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"
)

var acc01 = Rule{
	Rule: diag.Rule{
		ID:       "ACC01",
		Severity: diag.Warning,
		Title:    "nobody has reviewed in time who has access to a system with customer data, or the review names no reviewer or proof",
		Why:      "Access is given every week and taken back when somebody looks. Auditors ask for the last look at each system, by whom, and for its record.",
		Source:   "SOC 2 CC6.2 and CC6.3; MVSP 4.2",
		Bad: `# controls.yaml, on 2026-11-23; drafts are kept at aws
access-review:
  title: Access review
  cadence: 90d
  last_done: 2026-06-30
  reviews_access_of: [production]`,
		Good: `# controls.yaml, on 2026-11-23
access-review:
  title: Access review
  cadence: 90d
  last_done: 2026-10-08
  evidence: access-review-q3
  owner: security-lead
  reviews_access_of: [production, aws]`,
		Remark: `Asked of every boundary of site.yaml that receives customer data in a flow, and of every vendor in use that stores some or keeps prompt logs. The cadence is that of the control, else review: {access: ...} of
site.yaml, else 90 days; on the last day of it the review is not late. Where several controls name a system, the one that was done last counts.`,
	},
	run: unreviewedAccess,
}

// reviewedEvery is how often access is reviewed where nobody says so.
var reviewedEvery = model.Period{Count: 90, Unit: 'd'}

// A system is where customer data lies or passes: its record, what that is and where it stands, and a step because of which it does.
type system struct {
	record   model.Record
	kind     string
	at, step source.Span
}

func unreviewedAccess(p *pass) {
	if p.configUnread() || p.anyUnread(model.KindControl) {
		return
	}
	for _, s := range p.systems() {
		review := p.latestReview(s.record)
		if review == nil {
			id := s.record.Key().ID
			p.report(s.at, fmt.Sprintf("no control reviews who has access to %s %q, which has customer data", s.kind, id),
				fmt.Sprintf(`write "reviews_access_of: [%s]" in the control that does, or add one`, id), note(s.step, "it is here that it has some"))
			continue
		}
		p.reviewGaps(review)
	}
}

// systems gives the boundaries that receive customer data and the vendors that keep some, each once, in the order of the flows.
func (p *pass) systems() []system {
	var all []system
	add := func(s system) {
		if !slices.ContainsFunc(all, func(known system) bool { return known.record == s.record }) {
			all = append(all, s)
		}
	}
	vendor := func(v *model.Subprocessor, step source.Span) {
		if v != nil && v.InUse() {
			add(system{v, "sub-processor", near(v, v.Title), step})
		}
	}
	p.eachStep(func(f *model.Flow, s *model.Step) {
		if len(customerData(f, s)) > 0 {
			if b := s.In.Boundary; b != nil {
				add(system{b, "boundary", b.Place(), s.In.At})
			}
			if s.IsStore() {
				vendor(s.In.Subprocessor, s.In.At)
			}
		}
		if l := s.PromptLog; l != nil && l.Content.Value != "none" {
			vendor(l.Store.Subprocessor, l.Store.At)
			if l.Store.Step != nil {
				vendor(l.Store.Step.In.Subprocessor, l.Store.At)
			}
		}
	})
	return all
}

// latestReview gives the control that reviews the access to a system, of several the one that was done last; nil for none.
func (p *pass) latestReview(r model.Record) *model.Control {
	var latest *model.Control
	for _, c := range p.site.Controls {
		for _, party := range c.ReviewsAccessOf {
			named := party.Boundary != nil && model.Record(party.Boundary) == r || party.Subprocessor != nil && model.Record(party.Subprocessor) == r
			if named && (latest == nil || c.LastDone.Day > latest.LastDone.Day) {
				latest = c
			}
		}
	}
	return latest
}

// reviewGaps reports what a review of access lacks. Several systems may have the same one: what is found twice is shown once.
func (p *pass) reviewGaps(c *model.Control) {
	id := c.ID.Value
	for _, key := range lacking(need{"last_done", !c.LastDone.IsZero()}, need{"owner", !c.Owner.IsZero()}, need{"evidence", len(c.Evidence) > 0}) {
		p.report(near(c, c.ReviewsAccessOf[0].Text), fmt.Sprintf("control %q reviews access, but has no %q", id, key), write([]string{key})+" in it")
	}
	every, says := c.Cadence, "of this control"
	if every.IsZero() {
		every, says = cadence(p.site.Config.Review.Access, reviewedEvery), "for access reviews"
	}
	switch due := c.LastDone.Day.Add(every.Period); {
	case c.LastDone.IsZero():
	case c.LastDone.Day > p.on:
		p.report(c.LastDone.At, fmt.Sprintf("the access review %q was done on %s, after today, %s", id, c.LastDone.Day, p.on), "write the day on which it was done last")
	case due < p.on:
		p.report(c.LastDone.At, fmt.Sprintf("the access review %q was done on %s and due again on %s", id, c.LastDone.Day, due), "review who has access, and write the day",
			note(every.At, fmt.Sprintf("every %s, the cadence %s", every.Long(), says)))
	}
	for _, e := range c.Evidence {
		if e.To == nil || e.To.Expires.IsZero() || e.To.Expires.Day > p.on {
			return // one that holds is enough; one that does not exist is reported while linking
		}
	}
	if len(c.Evidence) > 0 {
		e := c.Evidence[0]
		p.report(e.At, fmt.Sprintf("the proof of the access review %q, %q, expired on %s", id, e.Value, e.To.Expires.Day), "name the record of the last review", note(e.To.Expires.At, "expires here"))
	}
}

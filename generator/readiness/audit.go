package readiness

import (
	"fmt"

	"candor/generator/check"
	"candor/generator/criteria"
	"candor/generator/model"
)

// reports gives the SOC 2 reports of a type that are planned, under way or held and still read, Type II before Type I; of both types for 0.
func (p *plan) reports(kind int) []*model.Certification {
	var list []*model.Certification
	for _, want := range []int{2, 1} {
		for _, c := range p.site.Certifications {
			if check.SOC2Type(c) == want && (kind == 0 || kind == want) && c.State.Value != model.StateLapsed && !p.outdated(c) {
				list = append(list, c)
			}
		}
	}
	return list
}

// tooOld is how long a report still tells anything after its window or its day: later, readers refuse it.
var tooOld = model.Period{Count: 15, Unit: 'm'}

// outdated reports whether a report that is held tells nothing any more.
func (p *plan) outdated(c *model.Certification) bool {
	if c.State.Value != model.StateHeld {
		return false
	}
	expired := !c.ValidUntil.IsZero() && c.ValidUntil.Day < p.on
	about := max(c.Window.To.Day, c.AsOf.Day)
	return expired || about != 0 && about.Add(tooOld) < p.on
}

// held gives the Type II report that the company holds, nil for none: with it, everything that leads to an audit is done.
func (p *plan) held() *model.Certification {
	for _, c := range p.reports(2) {
		if c.State.Value == model.StateHeld && !c.Window.To.IsZero() && c.Window.To.Day <= p.on {
			return c
		}
	}
	return nil
}

// done gives the verdict on an item that a Type II report, once held, settles.
func done(c *model.Certification) verdict {
	return verdict{State: Proven, Places: []Place{place(c)}, Note: fmt.Sprintf("SOC 2 Type II is held, for %s to %s", c.Window.From.Day, c.Window.To.Day)}
}

// backed gives proof that rests on what a report has on file, and a claim where nothing is or it is not current.
func (p *plan) backed(c *model.Certification, next string) verdict {
	v := verdict{State: Claimed, Places: []Place{place(c)}}
	if c.Evidence.IsZero() {
		v.Next = fmt.Sprintf(`%s, and write "evidence: ..." for %q in certifications.yaml`, next, c.ID.Value)
		return v
	}
	gap, current := criteria.Current(c.Evidence, tooOld, p.on)
	if !current {
		v.Places = []Place{{gap.At, place(c).What}}
		v.Next = fmt.Sprintf("%q %s: %s", c.ID.Value, gap.Text, gap.Hint)
		return v
	}
	return verdict{State: Proven, Places: []Place{place(c), place(c.Evidence.To)}}
}

// engagedAuditor asks who audits.
func engagedAuditor(p *plan) verdict {
	if c := p.held(); c != nil {
		return done(c)
	}
	for _, c := range p.reports(0) {
		if !c.Auditor.IsZero() {
			return p.backed(c, "file the engagement letter")
		}
	}
	if list := p.reports(0); len(list) > 0 {
		return verdict{State: Missing, Places: []Place{place(list[0])}, Next: fmt.Sprintf(`engage an auditor, and write "auditor: ..." for %q in certifications.yaml`, list[0].ID.Value)}
	}
	return verdict{State: Missing, Next: "engage an auditor, and add the SOC 2 report to certifications.yaml with its auditor"}
}

// reportWindow asks for the time that the report looks at.
func reportWindow(p *plan) verdict {
	if c := p.held(); c != nil {
		return done(c)
	}
	list := p.reports(0)
	for _, c := range list {
		if f := p.findingIn(c.Extent); f != nil {
			return short(Claimed, f)
		}
		from, to := c.Window.From, c.Window.To
		isTwo := check.SOC2Type(c) == 2
		switch {
		case isTwo && !from.IsZero() && !to.IsZero() && from.Day <= p.on && c.State.Value != model.StatePlanned:
			v := p.backed(c, "file what the auditor agreed to")
			v.Until = to.Day
			return v
		case isTwo && !from.IsZero():
			next := fmt.Sprintf(`when the window of %q begins, on %s, write "state: observing"`, c.ID.Value, from.Day)
			if to.IsZero() {
				next = fmt.Sprintf(`agree on the end of the window of %q, 3 to 12 months after %s, and write "window: {to: ...}"`, c.ID.Value, from.Day)
			}
			return verdict{State: Claimed, Places: []Place{place(c)}, Next: next}
		case !isTwo && !c.AsOf.IsZero():
			return p.backed(c, "file the report")
		}
	}
	next := `agree on a window of 3 to 12 months, and write "window: {from: ..., to: ...}" for a SOC 2 Type II report in certifications.yaml`
	if len(list) > 0 {
		return verdict{State: Missing, Places: []Place{place(list[0])}, Next: next}
	}
	return verdict{State: Missing, Next: next}
}

// internalReview asks for a look at all controls by somebody who does not run them, before the auditor comes.
func internalReview(p *plan) verdict {
	v := p.practice("readiness-review")
	if c := p.held(); c != nil && v.State != Proven {
		return done(c)
	}
	return v
}

// scheduledAudit asks for the day of the report.
func scheduledAudit(p *plan) verdict {
	if c := p.held(); c != nil {
		return done(c)
	}
	for _, c := range p.reports(0) {
		switch {
		case c.State.Value == model.StateHeld && !c.IssuedOn.IsZero():
			v := p.backed(c, "file the report")
			v.Note = fmt.Sprintf("%s was issued on %s", c.Title.Value, c.IssuedOn.Day)
			return v
		case c.PlannedFor.IsZero():
		case c.PlannedFor.Day < p.on:
			return verdict{State: Claimed, Places: []Place{{c.PlannedFor.At, place(c).What}},
				Next: fmt.Sprintf("%q was planned for %s, which has passed: agree on a new day with the auditor", c.ID.Value, c.PlannedFor.Day)}
		default:
			v := p.backed(c, "file what the auditor agreed to")
			v.Until = c.PlannedFor.Day
			return v
		}
	}
	return verdict{State: Missing, Next: `agree on a day with the auditor, and write "planned_for: ..." for the SOC 2 report in certifications.yaml`}
}

// securityPage asks for what customers look up: this site, with whom to write to, and that it is out.
func securityPage(p *plan) verdict {
	published := 0
	for _, one := range p.site.Policies {
		if one.Published() {
			published++
		}
	}
	for _, a := range p.site.Answers() {
		if a.Published() {
			published++
		}
	}
	if published == 0 {
		return verdict{State: Missing, Next: "publish policies and answers: write them in policies/ and answers/"}
	}
	address := p.site.Config.BaseURL
	at := Place{address.At, "base_url"}
	if p.site.Permalinks == nil {
		return verdict{State: Claimed, Places: []Place{at}, Next: "publish the site, run `candor permalinks`, and keep content/permalinks.yaml with the content"}
	}
	v := verdict{State: Proven, Places: []Place{at}}
	if expires := p.site.Config.SecurityTxt.Expires; !expires.IsZero() {
		v.Places = append(v.Places, Place{expires.At, "security.txt"})
		v.Until = expires.Day - 1
	}
	if f := p.site.Permalinks.File; f != nil {
		v.Places = append(v.Places, Place{f.LineSpan(1), "permalinks"})
	}
	return v
}

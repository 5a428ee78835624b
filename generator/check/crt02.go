package check

import (
	"fmt"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/pattern"
)

var crt02 = Rule{
	Rule: diag.Rule{
		ID:       "CRT02",
		Severity: diag.Warning,
		Title:    "a report or a penetration test is older than 12 months, an error from 15 months on, or a certificate is past its last day",
		Why:      "Customers turn down a report that says nothing of the last year, and a certificate that has run out.",
		Source:   "AICPA SOC 2 guide; MVSP 1.4; ISO/IEC 17021-1, 9.1.3",
		Bad: `# on 2026-11-23
soc2-type2: {name: SOC 2 Type II, state: held, issued_on: 2025-11-30, window: {from: 2024-10-01, to: 2025-09-30}}
iso27001: {name: ISO/IEC 27001, kind: certification, state: held, issued_on: 2023-09-01, valid_until: 2026-08-31}`,
		Good: `# on 2026-11-23; evidence soc2-bridge is dated 2026-10-15
soc2-type2: {name: SOC 2 Type II, state: held, issued_on: 2025-11-30, window: {from: 2024-10-01, to: 2025-09-30}, bridge_letter: soc2-bridge}
iso27001: {name: ISO/IEC 27001, kind: certification, state: held, issued_on: 2026-09-01, valid_until: 2029-08-31}`,
		Remark: `Only what is held is looked at. The age of a Type II report counts from the end of its window. A bridge letter holds for 3 months from its day, or until it expires, and carries a report no further than 15 months. The age of a
penetration test counts from as_of, else issued_on. A report or test that a newer one of the same name follows (years, quarters and months aside) is history and may be old. An ISO certificate without valid_until holds for three years.`,
	},
	run: staleReports,
}

var (
	freshFor   = model.Period{Count: 12, Unit: 'm'}
	rejectedAt = model.Period{Count: 15, Unit: 'm'}
	bridgedFor = model.Period{Count: 3, Unit: 'm'}
	isoCycle   = model.Period{Count: 3, Unit: 'y'}
)

func staleReports(p *pass) {
	for _, c := range p.site.Certifications {
		if c.State.Value != model.StateHeld {
			continue
		}
		switch end := reportedUpTo(c); {
		case !c.ValidUntil.IsZero() && c.ValidUntil.Day < p.on:
			p.reportAs(diag.Error, c.ValidUntil.At, fmt.Sprintf("%q is shown as %q, but was valid until %s", c.ID.Value, c.State.Value, c.ValidUntil.Day),
				`write the days of the one that is valid now, or "state: lapsed"`, note(c.State.At, "held, it says here"))
		case isISO(c) && c.ValidUntil.IsZero() && !c.IssuedOn.IsZero() && c.IssuedOn.Day.Add(isoCycle) < p.on:
			p.reportAs(diag.Error, c.IssuedOn.At, fmt.Sprintf("%q was issued on %s, more than the three years ago for which an ISO certificate is valid", c.ID.Value, c.IssuedOn.Day),
				`write "valid_until: ..." and the days of the one that is valid now, or "state: lapsed"`)
		case !end.IsZero() && end.Day.Add(freshFor) < p.on && !p.followed(c, end.Day):
			p.stale(c, end)
		}
	}
}

// reportedUpTo gives the last day of which a Type II report or a penetration test says anything, 0 for anything else.
func reportedUpTo(c *model.Certification) model.Date {
	switch {
	case c.Kind.Value == "test" && !c.AsOf.IsZero():
		return c.AsOf
	case c.Kind.Value == "test":
		return c.IssuedOn
	}
	return c.Window.To
}

var isoName = pattern.Of(`(?i)\biso\b|\biso(?:/iec)?[\s-]*\d{4,5}`)

// isISO reports whether a certification is a certificate by an ISO standard. What is no certificate (an assessment of one's own) says so.
func isISO(c *model.Certification) bool {
	return (c.Kind.Value == "certification" || c.Kind.IsZero()) && (isoName.MatchString(c.Title.Value) || isoName.MatchString(c.ID.Value))
}

// stale reports a report or test that says nothing of the last 12 months, unless a bridge letter does.
func (p *pass) stale(c *model.Certification, end model.Date) {
	what, hint := "looks at a window that ended on", "publish the next report"
	if c.Kind.Value == "test" {
		what, hint = "is a test of", "have it tested again, and write the days of that test"
	}
	what = fmt.Sprintf("%q %s %s", c.ID.Value, what, end.Day)
	if end.Day.Add(rejectedAt) < p.on {
		p.reportAs(diag.Error, end.At, what+", more than 15 months ago", hint+`, or write "state: lapsed"`)
		return
	}
	what += ", more than 12 months ago"
	switch {
	case c.Kind.Value == "test":
		p.report(end.At, what, hint)
	case c.BridgeLetter.IsZero():
		p.report(end.At, what, hint+`, or name a letter for the time since with "bridge_letter: ..."`)
	case c.BridgeLetter.To != nil: // else it is reported while linking, or could not be read
		p.bridge(c.BridgeLetter, what)
	}
}

// bridge reports a bridge letter that does not hold today.
func (p *pass) bridge(letter model.Ref[model.Evidence], what string) {
	dated := letter.To.Dated
	switch until := bridgedUntil(letter.To); {
	case dated.IsZero():
		p.report(letter.At, fmt.Sprintf("%s, and the bridge letter %q has no day", what, letter.Value), `write "dated: ..." in the letter's entry`, note(letter.To.Place(), "the letter is here"))
	case dated.Day > p.on:
		p.report(letter.At, fmt.Sprintf("%s, and the bridge letter %q is dated %s, after today", what, letter.Value, dated.Day), "name a letter that is there", note(dated.At, "dated here"))
	case until < p.on:
		p.report(letter.At, fmt.Sprintf("%s, and the bridge letter %q holds until %s", what, letter.Value, until), "have a new letter written; one holds for 3 months", note(dated.At, "dated here"))
	}
}

// bridgedUntil gives the last day on which a bridge letter stands in for a report.
func bridgedUntil(letter *model.Evidence) model.Day {
	until := letter.Dated.Day.Add(bridgedFor)
	if e := letter.Expires.Day; e != 0 && e-1 < until {
		until = e - 1 // on the day on which it expires it has expired
	}
	return until
}

// seasons are what the names of two reports of one series differ in.
var seasons = pattern.Of(`(?i)\b(?:19|20)\d\d\b|\b[qh][1-4]\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|fall|winter)\b|[^\pL\pN]+`)

// followed reports whether a newer report or test of the same name is held. The type of a report is part of its name.
func (p *pass) followed(c *model.Certification, end model.Day) bool {
	name := func(c *model.Certification) string {
		return fmt.Sprint(c.Kind.Value, reportType(c), strings.ToLower(seasons.ReplaceAllString(c.Title.Value, "")))
	}
	for _, other := range p.site.Certifications {
		if other != c && other.State.Value == model.StateHeld && reportedUpTo(other).Day > end && name(other) == name(c) {
			return true
		}
	}
	return false
}

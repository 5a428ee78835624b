package questionnaire

import (
	"fmt"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/pattern"
)

// unfilled is what a text holds that somebody meant to replace. It takes more for that than rule POL04, which must not disturb those who write: here a wrong
// suspicion costs a suggestion, and a missed one a customer's trust.
var unfilled = pattern.Of(`(?i)\[[^\[\]\n]{1,80}\]|\{\{|<[a-z][^<>\n]{0,60}>|_{3,}|\bX{2,}\b|\?{2,}|…\s*$|\bto be (confirmed|determined|defined|completed|decided|added)\b|\b(TBD|TBC|TODO|FIXME)\b`)

// barred tells why an answer may not be filled in: it is private or not complete, something is open on its lines, or what it rests on has an error or has
// expired.
func barred(a *model.Answer, findings []diag.Finding, s Source) string {
	switch {
	case !a.Published() && !s.Private:
		return "it is private: send it with `candor share new`"
	case a.Question.IsZero() || a.Text.IsZero() || a.Verdict.IsZero():
		return "it is not complete"
	}
	for _, f := range findings {
		if concerns(f, a) {
			return fmt.Sprintf("%s [%s]", strings.Replace(f.Message, fmt.Sprintf("answer %q", a.ID.Value), "it", 1), f.Rule)
		}
	}
	if gap := unfilled.FindString(prose(a)); gap != "" {
		return fmt.Sprintf("its text holds %q, which looks unfilled", gap)
	}
	for _, c := range a.Evidence {
		if why := rests(c, findings, s.On); why != "" {
			return fmt.Sprintf("it rests on %s: %s", c.Value, why)
		}
	}
	return ""
}

// rests tells why nothing can rest on what an answer cites.
func rests(c model.Citation, findings []diag.Finding, on model.Day) string {
	if e, ok := c.To.(*model.Evidence); ok && !e.Expires.IsZero() && e.Expires.Day < on {
		return fmt.Sprintf("it expired on %s", e.Expires.Day)
	}
	cited, ok := c.To.(model.Headed)
	if !ok {
		return "" // a finding of its own says so
	}
	for _, f := range findings {
		if f.Severity == diag.Error && isWithin(f, cited.Head()) {
			return fmt.Sprintf("%s [%s]", f.Message, f.Rule)
		}
	}
	return ""
}

// concerns reports whether a finding stands on the lines of an answer, or points at them.
func concerns(f diag.Finding, a *model.Answer) bool {
	return isWithin(f, a.Head()) || slices.ContainsFunc(f.Related, func(r diag.Related) bool { return isWithin(diag.Finding{At: r.At}, a.Head()) })
}

func isWithin(f diag.Finding, h *model.Header) bool {
	return f.At.File != nil && f.At.File == h.Extent.File && f.At.Start >= h.Extent.Start && f.At.Start <= h.Extent.End
}

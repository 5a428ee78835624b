package check

import (
	"fmt"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/pattern"
)

var crt03 = Rule{
	Rule: diag.Rule{
		ID:       "CRT03",
		Severity: diag.Error,
		Title:    `a text says "SOC 2 certified", a report that is not out is shown as held, or a scope names a category that SOC 2 does not have`,
		Why:      "SOC 2 ends in an auditor's report, not in a certificate, and a report that is still being written is not one. Buyers know the difference, and regulators do too.",
		Source:   "AICPA SOC 2 guide; FTC Act, section 5",
		Bad: `summary: Fernlight is SOC 2 certified.
state: held
window: {from: 2026-07-01, to: 2026-12-31}   # on 2026-11-23`,
		Good: `summary: Fernlight has a SOC 2 Type I report.
state: observing
window: {from: 2026-07-01, to: 2026-12-31}`,
		Remark: `A sentence that denies ("SOC 2 is no certification", "nobody is SOC 2 certified") or asks is left alone, and so are the questions of answers: they are the customers' words.
The categories are security, availability, confidentiality, processing integrity and privacy.`,
	},
	run: overclaims,
}

var (
	certifiedClaim = pattern.Of(`(?i)\bsoc[\s-]*2(?:[\s,-]+(?:type[\s-]*)?(?:1|2|i|ii)\b)?[\s-]+(?:(?:compliant|compliance|security)[\s-]+)?(?:certifi(?:ed|cations?|cates?)\b)|` +
		`\bcertifi(?:ed|cation|cate)\s+(?:for|to|under|against|in|as|with|of)\s+(?:the\s+)?(?:aicpa\s+)?soc[\s-]*2\b`)
	denial = pattern.Of(`(?i)\b(?:no|not|never|nobody|none|nothing|cannot|neither|nor|without|instead|rather|wrong)\b|n['’]t\b`)
)

// categories are those of the trust services criteria.
var categories = []string{"security", "availability", "confidentiality", "processing integrity", "privacy"}

func overclaims(p *pass) {
	p.eachClaim(func(t *passage, sentence string, start int) {
		m := certifiedClaim.FindStringIndex(sentence)
		if m == nil || inAddress(sentence, m[0]) {
			return
		}
		p.report(t.at(start+m[0], start+m[1]), fmt.Sprintf("%q: SOC 2 ends in a report, not in a certificate", shorten(sentence[m[0]:m[1]])),
			`write "SOC 2 Type II report", with its window, or "SOC 2 examination"`)
	})
	for _, c := range p.site.Certifications {
		p.shownAsHeld(c)
		if !soc2.MatchString(c.Title.Value) && !soc2.MatchString(c.ID.Value) {
			continue
		}
		for _, category := range c.Scope.Criteria {
			if name := strings.ReplaceAll(category.Value, "-", " "); !slices.Contains(categories, strings.ToLower(name)) {
				p.report(category.At, fmt.Sprintf("the scope of %q names %q, which is no category of SOC 2", c.ID.Value, category.Value), diag.Suggest(name, categories))
			}
		}
	}
}

// eachClaim calls do for each sentence of a published text that speaks of certificates, and where it begins.
func (p *pass) eachClaim(do func(t *passage, sentence string, start int)) {
	for _, l := range p.folio.look(certificateLook) {
		for _, f := range l.certified {
			if f.in.published() {
				do(f.in, f.in.text[f.thing.start:f.thing.end], f.thing.start)
			}
		}
	}
}

// inAddress reports whether a place in a text is part of an address or a path, whose words are its address's own.
func inAddress(s string, at int) bool {
	before := s[:at]
	before = before[strings.LastIndexAny(before, " \n\t()<>[]\"")+1:]
	host, _, ok := strings.Cut(before, "/")
	return ok && (host == "" || strings.ContainsAny(host, ".:"))
}

// smallLetter changes letters of ASCII alone, so that every place stays where it is.
func smallLetter(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

// sentenceAround gives the sentence that a place stands in: up to a full stop, question or exclamation mark that a space follows, or to an
// empty line, a list item or a table cell.
func sentenceAround(s string, at int) (start, end int) {
	start, end = at, at
	for start > 0 && !endsSentence(s, start-1) {
		start--
	}
	for end < len(s) && !endsSentence(s, end) {
		end++
	}
	return start, min(end+1, len(s))
}

func endsSentence(s string, i int) bool {
	next := byte('\n')
	if i+1 < len(s) {
		next = s[i+1]
	}
	switch s[i] {
	case '.', '!', '?':
		return next == ' ' || next == '\n'
	case '\n':
		return next == '\n' || next == '-' || next == '*' || next == '#' || next == '|'
	}
	return s[i] == '|'
}

// shownAsHeld reports a certification that is said to be held before it can be.
func (p *pass) shownAsHeld(c *model.Certification) {
	if c.State.Value != model.StateHeld {
		return
	}
	switch {
	case c.Window.To.Day > p.on:
		p.report(c.State.At, fmt.Sprintf("%q is shown as %q, but its window ends on %s", c.ID.Value, c.State.Value, c.Window.To.Day), `write "state: observing" until the report is issued`, note(c.Window.To.At, "ends here"))
	case c.IssuedOn.IsZero():
		p.report(c.State.At, fmt.Sprintf("%q is shown as %q, but says not when it was issued", c.ID.Value, c.State.Value), `write "issued_on: ...", or "state: observing" until it is`)
	case c.IssuedOn.Day > p.on:
		p.report(c.State.At, fmt.Sprintf("%q is shown as %q, but is issued on %s", c.ID.Value, c.State.Value, c.IssuedOn.Day), `write "state: observing" until then`, note(c.IssuedOn.At, "issued here"))
	}
}

package check

import (
	"fmt"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/pattern"
)

var crt04 = Rule{
	Rule: diag.Rule{
		ID:       "CRT04",
		Severity: diag.Error,
		Title:    "a law is shown as a certificate",
		Why:      "Nobody certifies that a company obeys a law. A reader who knows that stops believing the rest of the page.",
		Source:   "US Department of Health and Human Services, questions on the HIPAA Security Rule; FTC Act, section 5",
		Bad: `# certifications.yaml
gdpr: {name: GDPR certification, kind: certification, state: held}
# subprocessors/aws.yaml
certifications: [soc2-type2, hipaa]`,
		Good: `# certifications.yaml
hipaa-assessment: {name: HIPAA assessment, kind: assessment, state: held, auditor: Quillmark Assurance LLP}
# subprocessors/aws.yaml
certifications: [soc2-type2]`,
		Remark: `Laws are the GDPR (DSGVO), the EU AI Act, NIS2, DORA, the Cyber Resilience Act, the Swiss FADP, HIPAA, HITECH, CCPA, CPRA, FERPA, COPPA, GLBA, PIPEDA, LGPD, POPIA and PDPA. An attestation or assessment of somebody about a law is left
alone, and so is a seal with a name of its own (Europrivacy, HITRUST, kidSAFE), and what speaks of GDPR, article 42. Texts are read as CRT03 reads them: sentences that deny or ask are left alone.`,
	},
	run: certifiedLaws,
}

const laws = `(?:(?:uk|eu)[\s-]+)?gdpr|dsgvo|general data protection regulation|(?:(?:eu|european)[\s-]+)?(?:ai|artificial intelligence)[\s-]+act|nis[\s-]?2|dora|digital operational resilience act|` +
	`cyber resilience act|(?:n|rev)?fadp|hipaa|hitech|ccpa|cpra|california consumer privacy act|ferpa|coppa|glba|gramm[\s-]leach[\s-]bliley act|pipeda|lgpd|popia|pdpa`

const certified = `(?:certifi(?:ed|cations?|cates?)|zertifizier(?:t|ung)|zertifikat)`

var (
	lawName  = pattern.Of(`(?i)(?:^|[^\pL\pN])(` + laws + `)(?:$|[^\pL\pN])`)
	lawClaim = pattern.Of(`(?i)\b(?:` + laws + `)(?:[\s-]+(?:and|&|/)[\s-]+(?:` + laws + `))?[\s-]+(?:(?:compliant|compliance|conformity|privacy|security)[\s-]+)?` + certified + `\b|` +
		`\b` + certified + `\s+(?:(?:for|to|under|against|in|as|with|of|by|per|according to|nach|compliant with|in accordance with|compliance with|in compliance with)\s+)?(?:fully\s+)?(?:the\s+)?(?:` + laws + `)\b`)
	onlyLaw = pattern.Of(`(?i)^\s*(?:the\s+)?(?:` + laws + `)(?:[\s-]+(?:compliant|compliance|ready|readiness))?(?:[\s-]+` + certified + `)?\s*$`)

	// seals are what is certified about a law under a name of its own; otherNames what a law may be added to.
	seals      = pattern.Of(`(?i)\b(?:europrivacy|europrise|carpa|isdp|bc[\s-]?5701|cbpr|truste|trustarc|hitrust|kidsafe|privo|ikeepsafe|eprivacyseal|safe[\s-]harbor|art(?:icle|\.)?\s*42)\b`)
	otherNames = pattern.Of(`(?i)\b(?:iso|iec|soc|nist|pci|csa|tisax|c5|hds)\b|\b(?:iso|soc)[\s-]*\d`)
	training   = pattern.Of(`(?i)^\W*(?:training|trainings|courses?|class(?:es)?|exams?)\b`)
)

func certifiedLaws(p *pass) {
	for _, c := range p.site.Certifications {
		if law := lawShown(c); law != "" {
			p.report(near(c, c.Title), fmt.Sprintf("certification %q shows %q, a law, as a certificate", c.ID.Value, law),
				`say what was done: "kind: assessment" and the name of the assessment, or remove the entry and answer the question in answers/`)
		}
	}
	for _, v := range p.site.Subprocessors {
		if !v.Published() {
			continue
		}
		for _, item := range v.Certified {
			if onlyLaw.MatchString(item.Value) {
				p.report(item.At, fmt.Sprintf("certifications of sub-processor %q name %q, which is a law", v.ID.Value, item.Value), "remove it; what the vendor signs about the law belongs in its agreement or summary")
			}
		}
	}
	p.eachClaim(func(t *passage, sentence string, start int) {
		if _, ok := t.record.(*model.Certification); ok && t.key == "name" || t.key == "certifications" || seals.MatchString(sentence) {
			return
		}
		for _, m := range lawClaim.FindAllStringIndex(sentence, -1) {
			if inAddress(sentence, m[0]) || training.MatchString(sentence[m[1]:]) {
				continue
			}
			p.report(t.at(start+m[0], start+m[1]), fmt.Sprintf("%q: it is a law, and nobody certifies who obeys it", shorten(sentence[m[0]:m[1]])), "write what is done to obey it, and who looked")
		}
	})
}

// lawShown gives the law that a certification shows as a certificate, "" for none.
func lawShown(c *model.Certification) string {
	title := c.Title.Value
	if seals.MatchString(title) || otherNames.MatchString(title) {
		return ""
	}
	certificate := c.Kind.IsZero() || c.Kind.Value == "certification"
	if m := lawName.FindStringSubmatch(title); m != nil && (certificate || strings.Contains(strings.ToLower(title), "ertifi")) {
		return m[1]
	}
	if certificate && onlyLaw.MatchString(c.ID.Value) {
		return c.ID.Value
	}
	return ""
}

package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/pattern"
)

var sec01 = Rule{
	Rule: diag.Rule{
		ID:       "SEC01",
		Severity: diag.Error,
		Title:    "security.txt says not until when it holds, has expired, or holds for more than a year",
		Why:      "A researcher who finds a hole must reach somebody, and must know that the address is still true.",
		Source:   "RFC 9116, 2.5.3, 2.5.5 and 2.5.8; MVSP 1.1",
		Bad: `# site.yaml, on 2026-11-23
security_txt: {expires: 2026-06-30}`,
		Good: `# site.yaml, on 2026-11-23
security_txt: {expires: 2027-06-30, languages: [en]}`,
		Remark: "The contact is contacts.security, without which SCH01 refuses site.yaml. On the day on which it expires it has expired.",
	},
	run: staleSecurityTxt,
}

var languageTag = pattern.Of(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

func staleSecurityTxt(p *pass) {
	txt := p.site.Config.SecurityTxt
	expires := txt.Expires
	latest := p.on.Add(model.Period{Count: 1, Unit: 'y'})
	switch {
	case p.site.Config.Contacts.Security.IsZero(): // reported while reading; there is no file without it
	case expires.IsZero():
		at := txt.At
		if at.IsZero() {
			at = p.site.Config.Contacts.Security.At
		}
		p.report(at, "security.txt does not say until when it holds", fmt.Sprintf(`write "security_txt: {expires: %s}" or an earlier day`, latest))
	case expires.Day <= p.on:
		p.report(expires.At, fmt.Sprintf("security.txt expired on %s", expires.Day), fmt.Sprintf("check the contacts, and write a day up to %s", latest))
	case expires.Day > latest:
		p.report(expires.At, fmt.Sprintf("security.txt expires on %s, more than a year ahead", expires.Day), fmt.Sprintf("write a day up to %s", latest))
	}
	for _, l := range txt.Languages {
		if !languageTag.MatchString(l.Value) {
			p.report(l.At, fmt.Sprintf("%q is no language", l.Value), "write a language tag of RFC 5646: en, de, pt-BR")
		}
	}
}

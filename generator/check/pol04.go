package check

import (
	"fmt"

	"candor/generator/diag"
)

var pol04 = Rule{
	Rule: diag.Rule{
		ID:       "POL04",
		Severity: diag.Error,
		Title:    "a text holds a placeholder that nobody filled in, a note to self, or the name of a sample company",
		Why:      "A template shown as a policy tells a reader that nobody has read it.",
		Source:   "SOC 2 CC5.3",
		Bad:      `[Company Name] reviews access every <frequency>. TODO: name the reviewer.`,
		Good:     `Fernlight reviews access every quarter. The Head of Security names the reviewer.`,
		Remark: `Looked for are [Company Name], <company>, {{name}} and {Effective Date}, four underscores or more, TODO, TBD, TBC and FIXME, XX/XX/XXXX and 20XX, Lorem ipsum, Acme, Example Corp and
Your Company. Code, links, footnotes, task lists, what stands in brackets within a quotation (a text to be sent), and Acme in an example are left alone, and so is what is never published (notes, where evidence is held). ACME beside the words certificate, TLS or protocol is RFC 8555.`,
	},
	run: unfilledPlaceholders,
}

func unfilledPlaceholders(p *pass) {
	for _, l := range p.folio.look(gapLook) {
		for _, f := range l.gaps {
			p.report(f.in.at(f.thing.start, f.thing.end), fmt.Sprintf("%q %s", shorten(f.in.text[f.thing.start:f.thing.end]), f.thing.what), f.thing.hint)
		}
	}
}

package check

import (
	"fmt"

	"candor/generator/diag"
)

var flw05 = Rule{
	Rule: diag.Rule{
		ID:       "FLW05",
		Severity: diag.Error,
		Title:    "a link crosses a boundary without encryption that is known",
		Why:      "What leaves one party for another is protected on the way, or anybody between them can read it.",
		Source:   "SOC 2 CC6.7; MVSP 2.8",
		Bad:      `- {from: redact, to: draft, data: [customer.content.prompt]}`,
		Good:     `- {from: redact, to: draft, data: [customer.content.prompt], over: tls}`,
		Remark:   "Within one boundary or one vendor nothing is asked. A call within a process cannot cross a boundary.",
	},
	run: openLinks,
}

func openLinks(p *pass) {
	for _, f := range p.site.Flows {
		if !isCurrent(f) {
			continue
		}
		for _, l := range f.Links {
			if !crosses(l) {
				continue
			}
			how := ""
			switch l.Over.Value {
			case "":
				how = "over a transport that is not said"
			case "plaintext":
				how = `over "plaintext"`
			case "in-process":
				how = `over "in-process", which stays within one of them`
			default:
				continue
			}
			p.report(near(f, l.Over, l.To.Text), fmt.Sprintf("the link from %q to %q leaves %q for %q %s", l.From.Value, l.To.Value,
				l.From.Step.In.Value, l.To.Step.In.Value, how), `write "over: tls", or mtls, vpn, private-link`)
		}
	}
}

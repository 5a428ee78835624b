package check

import (
	"fmt"

	"candor/generator/diag"
)

var flw03 = Rule{
	Rule: diag.Rule{
		ID:       "FLW03",
		Severity: diag.Incomplete,
		Title:    "a link carries no class of data",
		Why:      "A line that carries nothing tells a reader nothing, and no other rule can look at it.",
		Source:   "SOC 2 CC2.1",
		Bad:      `- {from: redact, to: draft, over: tls}`,
		Good:     `- {from: redact, to: draft, data: [customer.content.prompt], over: tls}`,
	},
	run: emptyLinks,
}

func emptyLinks(p *pass) {
	for _, f := range p.site.Flows {
		for _, l := range f.Links {
			if len(l.Data) == 0 && !l.To.IsZero() && !l.From.IsZero() {
				p.report(l.To.At, fmt.Sprintf("the link from %q to %q carries no data", l.From.Value, l.To.Value), `write "data: [...]" with classes of data-classes.yaml`)
			}
		}
	}
}

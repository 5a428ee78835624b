package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var not04 = Rule{
	Rule: diag.Rule{
		ID:       "NOT04",
		Severity: diag.Error,
		Title:    "a shared page is past its expiry, or names an answer that does not exist",
		Why:      "A sealed link must not outlive its purpose, and a customer must not miss an answer that was promised.",
		Bad: `# shares/northwind.yaml, on 2026-11-23
answers: [trains-on-customer-dat]
expires: 2026-10-31`,
		Good: `# shares/northwind.yaml, on 2026-11-23
answers: [trains-on-customer-data]
expires: 2027-01-31`,
		Remark: "A share is good on the day on which it expires, and an error from the day after.",
	},
	run: staleShares,
}

func staleShares(p *pass) {
	ids := idsOf(p.site.Answers())
	for _, s := range p.site.Shares {
		share := s.Internal
		if !share.Expires.IsZero() && share.Expires.Day < p.on {
			p.report(share.Expires.At, fmt.Sprintf("share %q expired on %s", s.ID.Value, share.Expires.Day), "remove the file, or agree on a new day")
		}
		for _, a := range share.Answers {
			if missing(p, a, model.KindAnswer) {
				p.report(a.At, fmt.Sprintf("share %q names %q, which is no answer", s.ID.Value, a.Value), hintFor(a.Value, ids, "write the id of an answer in answers/"))
			}
		}
	}
}

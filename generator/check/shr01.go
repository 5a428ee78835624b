package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/seal"
)

var shr01 = Rule{
	Rule: diag.Rule{
		ID:       "SHR01",
		Severity: diag.Error,
		Title:    "the address of a sealed page can be guessed, or nothing tells which secret its link was made with",
		Why:      "An address that names a customer tells everybody who the customers are; and a build with another secret would break, in silence, every link that is out.",
		Source:   "OWASP ASVS 5.0 V11.5.1: values that must not be guessed have 128 bits of chance",
		Bad: `# shares/northwind.yaml
for: Northwind
answers: [trains-on-customer-data]
expires: 2027-01-31`,
		Good: `# shares/q7m2xk4vahn3zt5bpw6ydc2rse.yaml, as "candor share new" writes it
for: Northwind
answers: [trains-on-customer-data]
expires: 2027-01-31
check: d61188b0ceebee63`,
		Remark: `The name of the file is the address: /q/q7m2xk4vahn3zt5bpw6ydc2rse/, 128 bits in the letters a to z and the digits 2 to 7. The secret is in the environment variable CANDOR_SECRET or in the file .candor/secret; "check" is derived from it, and nothing can be derived from "check".`,
	},
	run: openShares,
}

func openShares(p *pass) {
	const make = "`candor share new --for NAME --answers ...` makes a page and its link"
	for _, s := range p.site.Shares {
		switch check := s.Internal.Check; {
		case !seal.IsID(s.ID.Value):
			p.report(s.Place(), fmt.Sprintf("share %q has an address that can be guessed", s.ID.Value), make)
		case p.tried(s.Extent, "check"):
		case check.IsZero():
			p.report(near(s, s.Internal.For), fmt.Sprintf("share %q does not say which secret its link was made with", s.ID.Value), make)
		case !seal.IsCheck(check.Value):
			p.report(check.At, fmt.Sprintf("%q tells no secret: it is 16 digits of hex, which `candor share new` writes", shorten(check.Value)), make)
		}
	}
}

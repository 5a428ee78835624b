package check

import (
	"fmt"

	"candor/generator/diag"
)

var trn02 = Rule{
	Rule: diag.Rule{
		ID:       "TRN02",
		Severity: diag.Error,
		Title:    "a model trained on customer data serves other customers without consent",
		Why:      "A customer's words could come out at another's. It is the worst finding that an AI company can have.",
		Source:   "GDPR Art. 5(1)(b) and 28(3)(a); SOC 2 C1.1; OWASP LLM02:2025",
		Bad: `datasets: [{title: Closed tickets 2025, customer_data: true}]
serves: all-tenants`,
		Good: `datasets: [{title: Closed tickets 2025, customer_data: true, opt_in: pilot-consent}]
serves: opted-in`,
		Remark: "A model with serves: same-tenant serves the customer whose data it learned from, and nobody else.",
	},
	run: unconsentedTraining,
}

func unconsentedTraining(p *pass) {
	for _, m := range p.site.Tuned {
		if m.Serves.IsZero() || m.Serves.Value == "same-tenant" {
			continue
		}
		for _, d := range m.Datasets {
			if d.CustomerData.Value && d.OptIn.IsZero() {
				p.report(m.Serves.At, fmt.Sprintf("tuned model %q serves %q, but dataset %q holds customer data without consent", m.ID.Value, m.Serves.Value, d.Title.Value),
					`write "opt_in: ..." for the dataset, with the evidence of the consent, or "serves: same-tenant"`, note(d.CustomerData.At, "customer data, as written here"))
			}
		}
	}
}

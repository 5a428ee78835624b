package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var sub05 = Rule{
	Rule: diag.Rule{
		ID:       "SUB05",
		Severity: diag.Error,
		Title:    "a vendor with personal data has no signed data processing agreement",
		Why:      "Without a contract the vendor may not touch the data, and the promise made to customers cannot be passed on.",
		Source:   "GDPR Art. 28(3) and 28(4); SOC 2 P6.4",
		Bad: `# subprocessors/openai.yaml
data: [customer.content.prompt]`,
		Good: `# subprocessors/openai.yaml
data: [customer.content.prompt]
dpa: {url: "https://openai.com/policies/data-processing-addendum/", signed_on: 2026-02-20, evidence: openai-dpa}`,
		Remark: "The agreement needs a url or an evidence, and the day on which it was signed. Customer data counts as personal data here. Removed vendors are not asked.",
	},
	run: missingAgreements,
}

func missingAgreements(p *pass) {
	for _, v := range p.site.Subprocessors {
		if v.Status.Value == model.StatusRemoved {
			continue
		}
		data, ok := sensitive(v)
		if !ok {
			continue
		}
		dpa := v.DPA
		switch {
		case dpa.URL.IsZero() && dpa.Evidence.IsZero() && dpa.SignedOn.IsZero():
			p.report(data.At, fmt.Sprintf("%q receives %q without a data processing agreement", v.ID.Value, data.Value),
				`write "dpa: {url: ..., signed_on: ..., evidence: ...}" in this file`)
		case dpa.URL.IsZero() && dpa.Evidence.IsZero():
			p.report(dpa.SignedOn.At, fmt.Sprintf("the data processing agreement with %q is nowhere to be found", v.ID.Value), `write "url: ..." or "evidence: ..." beside the date`)
		case dpa.SignedOn.IsZero():
			p.report(near(v, dpa.Evidence.Text, dpa.URL), fmt.Sprintf("the data processing agreement with %q has no day of signing", v.ID.Value), `write "signed_on: ..." in dpa`)
		case dpa.SignedOn.Day > p.on:
			p.report(dpa.SignedOn.At, fmt.Sprintf("the data processing agreement with %q is signed on %s, after today, %s", v.ID.Value, dpa.SignedOn.Day, p.on), "write the day on which it was signed")
		}
	}
}

// sensitive gives the first class declared for a vendor that is personal or customer data.
func sensitive(v *model.Subprocessor) (model.Ref[model.DataClass], bool) {
	for _, d := range v.Data {
		if d.To != nil && (d.To.IsPersonal() || d.To.IsCustomerData()) {
			return d, true
		}
	}
	return model.Ref[model.DataClass]{}, false
}

package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var sub04 = Rule{
	Rule: diag.Rule{
		ID:       "SUB04",
		Severity: diag.Error,
		Title:    "a sub-processor lacks its legal name, address or country, contact, purpose or locations",
		Why:      "Customers must have the identity of every sub-processor ready at all times, with a person to turn to and what it does for them.",
		Source:   "EDPB Opinion 22/2024; GDPR Art. 28(2) and Art. 30(2)",
		Bad: `# subprocessors/openai.yaml
name: OpenAI
category: llm-api
status: active`,
		Good: `# subprocessors/openai.yaml
name: OpenAI
legal_entity: OpenAI OpCo, LLC
country: US
contact: https://trust.openai.com
category: llm-api
status: active
purpose: Generates reply drafts from redacted messages.
locations: [{country: US, activity: [process]}]`,
		Remark: "Removed vendors and internal tools are not asked.",
	},
	run: incompleteVendors,
}

func incompleteVendors(p *pass) {
	for _, v := range p.site.Subprocessors {
		if !v.Published() || v.Status.Value == model.StatusRemoved {
			continue
		}
		for _, n := range []struct {
			key, what string
			given     bool
		}{
			{"legal_entity", "legal name", !v.LegalEntity.IsZero()},
			{"country", "address or country", !v.Address.IsZero() || !v.Country.IsZero()},
			{"contact", "contact", !v.Contact.IsZero()},
			{"purpose", "purpose", !v.Purpose.IsZero()},
			{"locations", "processing locations", len(v.Locations) > 0},
		} {
			if !n.given {
				hint := fmt.Sprintf(`write "%s: ..." in this file`, n.key)
				if n.key == "locations" {
					hint = `write "locations: [{country: US, activity: [process]}]" in this file`
				}
				p.report(near(v, v.Title), fmt.Sprintf("sub-processor %q has no %s", v.ID.Value, n.what), hint)
			}
		}
	}
}

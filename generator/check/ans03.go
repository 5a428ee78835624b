package check

import (
	"fmt"

	"candor/generator/diag"
)

var ans03 = Rule{
	Rule: diag.Rule{
		ID:       "ANS03",
		Severity: diag.Error,
		Title:    "what an answer asserts disagrees with the rest of the content",
		Why:      "The answer in a questionnaire is what the customer keeps; when it says something else than the contract and the data flow, it is a false statement in writing.",
		Source:   "SOC 2 CC2.3; FTC Act, section 5",
		Bad: `# site.yaml: promises: {trains_on_customer_data: opt-in}
# answers/ai.yaml
- id: trains-on-customer-data
  asserts: {trains_on_customer_data: never}`,
		Good: `# site.yaml: promises: {trains_on_customer_data: opt-in}
# answers/ai.yaml
- id: trains-on-customer-data
  asserts: {trains_on_customer_data: opt-in}`,
		Remark: "A fact in asserts is compared:" + compared() + `
Where something is promised, the answer is held against the promise, and the flows and vendors against the promise by rules of their own (RET05, LOG03, FLW09). A fact that nothing else in the content speaks of is an error too.`,
	},
	run: contradictions,
}

func contradictions(p *pass) {
	all := assertions()
	for _, a := range p.site.Answers() {
		if a.Asserts == nil {
			continue
		}
		for _, fact := range all {
			said := fact.value(a.Asserts)
			if said.text == "" {
				continue
			}
			for _, c := range fact.compare(p, a.Asserts) {
				hint := c.hint
				if hint == "" {
					hint = "correct the answer and its text, or what it disagrees with"
				}
				p.report(said.at, fmt.Sprintf("answer %q asserts %s: %s, but %s", a.ID.Value, fact.key, said.text, c.says), hint, note(c.at, c.note))
			}
		}
	}
}

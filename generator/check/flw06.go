package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var flw06 = Rule{
	Rule: diag.Rule{
		ID:       "FLW06",
		Severity: diag.Error,
		Title:    "a store of customer data says not how long it keeps it, or how it is deleted",
		Why:      "Data that nobody plans to delete stays for ever, and a customer who leaves asks for the day.",
		Source:   "SOC 2 C1.2, P4.2 and P4.3; GDPR Art. 5(1)(e)",
		Bad:      `- {id: logs, stage: storage, kind: store, title: Audit log, in: aws}`,
		Good:     `- {id: logs, stage: storage, kind: store, title: Audit log, in: aws, retention: 30d, deletion: automatic}`,
		Remark:   "Stores with the customer are the customer's own and are not asked. How vectors are deleted is a matter of VEC04.",
	},
	run: endlessStores,
}

func endlessStores(p *pass) {
	p.eachStep(func(f *model.Flow, s *model.Step) {
		if !s.IsStore() || s.In.Customer {
			return
		}
		data := customerData(f, s)
		undeleted := s.Deletion.IsZero() && !s.HoldsVectors() // of vectors: VEC04
		keys := lacking(need{"retention", !s.Retention.IsZero()}, need{"deletion", !undeleted})
		if len(data) == 0 || len(keys) == 0 {
			return
		}
		gap := map[string]string{"retention": "for how long", "deletion": "how it is deleted"}
		for i := range keys {
			keys[i] = gap[keys[i]]
		}
		hint := `write "retention: 30d" or another time`
		if undeleted {
			hint = `write "deletion: ..." with what deletes it`
			if s.Retention.IsZero() {
				hint = `write "retention: 30d, deletion: automatic" or what is true`
			}
		}
		p.report(s.ID.At, fmt.Sprintf("store %q keeps %s, but does not say %s", s.ID.Value, list(data), list(keys)), hint)
	})
}

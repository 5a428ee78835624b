package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var vec02 = Rule{
	Rule: diag.Rule{
		ID:       "VEC02",
		Severity: diag.Warning,
		Title:    "a filter alone keeps tenants apart in a vector store, and no test of it is on file",
		Why:      "A query without its filter returns every tenant's texts; a query without a namespace returns nothing. What fails open has to be tested.",
		Source:   "OWASP LLM08:2025; SOC 2 CC6.1",
		Bad:      `isolation: {by: query-filter, per: tenant}`,
		Good:     `isolation: {by: query-filter, per: tenant, evidence: vector-isolation-test}`,
		Remark:   "Asked of query-filter and row-level, in flows that tenants share.",
	},
	run: untestedFilters,
}

func untestedFilters(p *pass) {
	p.eachStep(func(f *model.Flow, s *model.Step) {
		if !s.HoldsVectors() || !f.MultiTenant() || s.Isolation == nil || !s.Isolation.Evidence.IsZero() {
			return
		}
		switch by := s.Isolation.By; by.Value {
		case "query-filter", "row-level":
			p.report(by.At, fmt.Sprintf("vector store %q keeps tenants apart by %q, and no test of it is on file", s.ID.Value, by.Value),
				`write "evidence: ..." in isolation, with a test that asks without the filter, or give each tenant a namespace`)
		}
	})
}

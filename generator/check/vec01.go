package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var vec01 = Rule{
	Rule: diag.Rule{
		ID:       "VEC01",
		Severity: diag.Error,
		Title:    "a vector store that several customers share does not keep them apart",
		Why:      "A search that is not bound to one tenant brings up another's texts.",
		Source:   "OWASP LLM08:2025; SOC 2 CC6.1",
		Bad:      `- {id: vectors, stage: preprocessing, kind: store, title: Tenant vectors, in: pinecone}`,
		Good: `- {id: vectors, stage: preprocessing, kind: store, title: Tenant vectors, in: pinecone,
   isolation: {by: namespace, per: tenant, evidence: vector-isolation-test}}`,
		Remark: `A vector store is a store in a vendor of category vector-database, or one with "isolation". A flow is shared by tenants unless it says "tenants: single".`,
	},
	run: sharedVectors,
}

func sharedVectors(p *pass) {
	p.eachStep(func(f *model.Flow, s *model.Step) {
		if !s.HoldsVectors() || !f.MultiTenant() {
			return
		}
		isolation := s.Isolation
		hint := `write "isolation: {by: namespace, per: tenant, evidence: ...}"`
		switch {
		case isolation == nil:
			p.report(s.ID.At, fmt.Sprintf("vector store %q does not say how tenants are kept apart", s.ID.Value), hint)
		case isolation.By.Value == "none":
			p.report(isolation.By.At, fmt.Sprintf("vector store %q keeps tenants apart by %q", s.ID.Value, isolation.By.Value), `give each tenant a namespace, an index or a collection, or say "tenants: single"`)
		default:
			if keys := lacking(need{"by", !isolation.By.IsZero()}, need{"per", !isolation.Per.IsZero()}); len(keys) > 0 {
				p.report(s.ID.At, fmt.Sprintf("the isolation of vector store %q lacks %s", s.ID.Value, list(keys)), write(keys)+" in isolation")
			}
		}
	})
}

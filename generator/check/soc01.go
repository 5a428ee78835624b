package check

import (
	"fmt"

	"candor/generator/criteria"
	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/pattern"
)

var soc01 = Rule{
	Rule: diag.Rule{
		ID:       "SOC01",
		Severity: diag.Error,
		Title:    "a criterion does not exist in its standard, or a framework not at all",
		Why:      "An unknown criterion counts for nothing, and an auditor who finds one doubts the rest.",
		Source:   "AICPA TSP section 100 (2017, points of focus 2022); MVSP v3; NIST AI 100-1; OWASP Top 10 for LLM applications 2025; ISO/IEC 42001:2023 Annex A",
		Bad:      `meets: [CC8.2, mvsp-4.5]`,
		Good:     `meets: [CC8.1, mvsp-3.5, nist-manage-4.3, owasp-LLM01, iso42001-A.6.2.4]`,
		Remark: `In meets: SOC 2 as CC6.1, MVSP v3 as mvsp-3.1, NIST AI RMF 1.0 as nist-govern-1.1, OWASP for LLM applications 2025 as owasp-LLM01, ISO/IEC 42001 Annex A as
iso42001-A.6.2.4. In frameworks of an answer the standard is the key and the id follows alone: soc2: [CC6.1], mvsp: ["3.1"], nist-ai-rmf: ["GOVERN 1.1"], owasp-llm: [LLM01], iso42001: [A.6.2.4].
In frameworks of site.yaml stand the standards that are in scope, SOC 2 by its categories: soc2-security, soc2-confidentiality, mvsp.
Questionnaires (caiq, aicm, hecvat, sig; a version may follow: caiq-4.0) are asked for by any id: their texts belong to their publishers.`,
	},
	run: unknownCriteria,
}

func unknownCriteria(p *pass) {
	meets := func(r model.Record, what string, list []model.Meeting) {
		for _, m := range list {
			if _, known := criteria.Lookup(m.Value); !known {
				p.report(m.At, fmt.Sprintf("%s %q meets %q, which is no criterion", what, r.Key().ID, m.Value), criterionHint(criteria.Nearest(m.Value), "write CC6.1, mvsp-3.1, nist-govern-1.1, owasp-LLM01 or iso42001-A.6.2.4"))
			}
		}
	}
	for _, c := range p.site.Controls {
		meets(c, "control", c.Meets)
	}
	for _, policy := range p.site.Policies {
		meets(policy, "policy", policy.Meets)
	}
	for _, name := range p.site.Config.Frameworks {
		if _, ok := criteria.FindFramework(name.Value); !ok {
			p.report(name.At, fmt.Sprintf("site.yaml puts %q in scope, which is no framework known here", name.Value), frameworkHint(name.Value))
		}
	}
	for _, a := range p.site.Answers() {
		for _, f := range a.Frameworks {
			s, ok := criteria.Find(f.ID.Value)
			if !ok {
				p.report(f.ID.At, fmt.Sprintf("answer %q names %q, which is no standard or questionnaire known here", a.ID.Value, f.ID.Value), "known here: "+list(criteria.Keys()))
				continue
			}
			for _, id := range f.IDs {
				if !s.Has(id.Value) {
					p.report(id.At, fmt.Sprintf("answer %q names %q, which is not in %s", a.ID.Value, id.Value, s.Name), criterionHint(s.Nearest(id.Value), "write "+s.Example))
				}
			}
		}
	}
}

var longNumber = pattern.Of(`[0-9]{4,}`)

// frameworkHint gives the nearest framework, or all of them: "iso27001" is no slip of the pen for "iso42001".
func frameworkHint(typed string) string {
	names := criteria.FrameworkNames()
	near, ok := diag.Nearest(typed, names)
	if number := longNumber.FindString(typed); !ok || number != "" && number != longNumber.FindString(near) {
		return "known here: " + list(names)
	}
	return fmt.Sprintf("did you mean %q?", near)
}

func criterionHint(near, advice string) string {
	if near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return advice
}

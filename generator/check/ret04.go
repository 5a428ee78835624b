package check

import (
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
)

var ret04 = Rule{
	Rule: diag.Rule{
		ID:       "RET04",
		Severity: diag.Error,
		Title:    "a step calls a vendor in a project that its retention terms do not cover",
		Why:      "Zero retention may be granted for one project alone; the same call with the key of another project is kept.",
		Source:   "SOC 2 CC9.2 and C1.2; ISO/IEC 42001 A.10.3",
		Bad: `# subprocessors/openai.yaml: covers: {projects: [prod]}
- {id: draft, stage: model, kind: model, title: Draft, in: openai, model: gpt-4.1, project: experiments}`,
		Good: `# subprocessors/openai.yaml: covers: {projects: [prod]}
- {id: draft, stage: model, kind: model, title: Draft, in: openai, model: gpt-4.1, project: prod}`,
		Remark: "A project, workspace, organization or account: whatever the vendor calls what the agreement names. An empty list of projects covers all.",
	},
	run: uncoveredProjects,
}

func uncoveredProjects(p *pass) {
	spelling := func(s string) string { return strings.ToLower(strings.TrimSpace(s)) }
	p.eachUnderTerms(func(s *model.Step, v *model.Subprocessor, terms model.RetentionTerms) {
		p.withinTerms(s, v, termScope{"project", s.Project, terms.Covers.Projects, spelling})
	})
}

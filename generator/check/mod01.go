package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"
)

var mod01 = Rule{
	Rule: diag.Rule{
		ID:       "MOD01",
		Severity: diag.Error,
		Title:    "a flow calls a model that is not in the register, or that nobody approved",
		Why:      "A model is a change to the product: which one is called, in which version, is decided by somebody on some day.",
		Source:   "SOC 2 CC8.1; ISO/IEC 42001 A.4.2 and A.6.2.4",
		Bad: `# models.yaml
models:
  gpt-4.1: {provider: openai, version: "2025-04-14", approved_by: cto, approved_on: 2026-05-02}
# flows/reply-drafts.yaml
  - {id: draft, stage: model, kind: model, title: Draft, in: openai, model: gpt-41}`,
		Good: `# models.yaml
models:
  gpt-4.1: {provider: openai, version: "2025-04-14", approved_by: cto, approved_on: 2026-05-02}
# flows/reply-drafts.yaml
  - {id: draft, stage: model, kind: model, title: Draft, in: openai, model: gpt-4.1}`,
		Remark: "The provider of a model, or the cloud that hosts it, is the sub-processor in which the step happens; SUB08 tells which of the two. Who approved a tuned model is a matter of TRN01.",
	},
	run: unapprovedModels,
}

func unapprovedModels(p *pass) {
	ids := append(append([]string{}, idsOf(p.site.Models)...), idsOf(p.site.Tuned)...)
	seen := map[*model.Model]bool{}
	p.eachStep(func(f *model.Flow, s *model.Step) {
		m := s.Model
		switch {
		case m.IsZero():
			if s.CallsModel() {
				p.report(s.ID.At, fmt.Sprintf("step %q does not say which model it calls", s.ID.Value), `write "model: ..." with an id of models.yaml`)
			}
		case m.To != nil:
			if !seen[m.To] {
				seen[m.To] = true
				p.approved(m.To, m.At)
			}
			p.served(s, m.To.ID)
		case s.Tuned != nil:
			p.served(s, s.Tuned.ID)
		case !p.site.IsUnread(model.KindModel, m.Value):
			p.report(m.At, fmt.Sprintf("step %q calls %q, which is no approved model", s.ID.Value, m.Value), hintFor(m.Value, ids, "have it approved, and declare it in models.yaml"))
		}
	})
}

// approved reports what the register does not say of a model that is called.
func (p *pass) approved(m *model.Model, called source.Span) {
	keys := lacking(need{"provider", !m.Provider.IsZero()}, need{"version", !m.Version.IsZero()}, need{"approved_by", !m.ApprovedBy.IsZero()}, need{"approved_on", !m.ApprovedOn.IsZero()})
	for _, key := range keys {
		p.report(m.Place(), fmt.Sprintf("model %q is called, but has no %q", m.ID.Value, key), write([]string{key})+" here", note(called, "called here"))
	}
	if m.ApprovedOn.Day > p.on {
		p.report(m.ApprovedOn.At, fmt.Sprintf("model %q is called, but is approved on %s, after today, %s", m.ID.Value, m.ApprovedOn.Day, p.on),
			"do not call it before, or correct the date", note(called, "called here"))
	}
}

// served reports a step whose model comes from another vendor than the one it is in. What is said of the model's maker in the place of its
// host, and of a host that nothing is, is a matter of SUB08.
func (p *pass) served(s *model.Step, id model.Text) {
	provider, host, in := s.ModelProvider(), routeOf(s), s.In.Subprocessor
	if provider.To == nil || !s.In.IsKnown() || provider.To == in || !host.IsZero() && host.To == nil {
		return
	}
	if in != nil && host.To != nil && (host.To == in || isService(in, host.To)) {
		return
	}
	route, what := provider, "its provider is"
	if host.To != nil {
		route, what = host, "it is hosted by"
	}
	p.report(s.Model.At, fmt.Sprintf("step %q calls %q in %q, but %s %q", s.ID.Value, id.Value, s.In.Value, what, route.Value),
		fmt.Sprintf(`write "in: %s", or approve the model for %s under an id of its own`, route.Value, s.In.Value), note(route.At, "named here"))
}

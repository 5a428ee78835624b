package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var sub08 = Rule{
	Rule: diag.Rule{
		ID:       "SUB08",
		Severity: diag.Error,
		Title:    "a model is called through a cloud that is not declared, or its maker is named in the place of that cloud",
		Why:      "Whoever runs the model has the data. A model that is called through a cloud puts the cloud on the list, with its contract and its terms, and not the model's maker.",
		Source:   "GDPR Art. 28(2) and 28(4); EDPB Opinion 22/2024",
		Bad: `# models.yaml
models:
  claude-sonnet-4-6: {provider: anthropic, hosted_by: aws, version: "4.6", approved_by: cto, approved_on: 2026-06-10}
# flows/summaries.yaml
  - {id: sum, stage: model, kind: model, title: Summarize, in: anthropic, model: claude-sonnet-4-6}`,
		Good: `# flows/summaries.yaml
  - {id: sum, stage: model, kind: model, title: Summarize, in: aws, model: claude-sonnet-4-6}`,
		Remark: `hosted_by of a model names the cloud through which it is called, that of a sub-processor the cloud through which all of its models are. A sub-processor of the same legal entity as its host
is the host's own service and may be named. Where else a step may call a model is a matter of MOD01.`,
	},
	run: wrongHosts,
}

func wrongHosts(p *pass) {
	for _, v := range p.site.Subprocessors {
		p.undeclaredHost(fmt.Sprintf("sub-processor %q", v.ID.Value), v.HostedBy)
	}
	for _, m := range p.site.Models {
		p.undeclaredHost(fmt.Sprintf("model %q", m.ID.Value), m.HostedBy)
	}
	p.eachStep(func(_ *model.Flow, s *model.Step) {
		v := s.In.Subprocessor
		if !callsVendorModel(s) {
			return
		}
		host := routeOf(s)
		if host.To == nil || host.To == v || isService(v, host.To) || !isMaker(s, v) {
			return
		}
		what := "its model"
		if !s.Model.IsZero() {
			what = fmt.Sprintf("%q", s.Model.Value)
		}
		p.report(s.In.At, fmt.Sprintf("step %q calls %s in %q, but through %q, which is the processor then", s.ID.Value, what, v.ID.Value, host.To.ID.Value),
			fmt.Sprintf(`write "in: %s" here, or remove "hosted_by" if the model is called at %s itself`, host.To.ID.Value, v.Title.Value), note(host.At, "hosted here"))
	})
}

// undeclaredHost reports a host that nothing is.
func (p *pass) undeclaredHost(of string, host model.Ref[model.Subprocessor]) {
	if missing(p, host, model.KindSubprocessor) {
		p.report(host.At, fmt.Sprintf("%s is hosted by %q, which is no sub-processor", of, host.Value),
			hintFor(host.Value, idsOf(p.site.Subprocessors), fmt.Sprintf("declare it in subprocessors/%s.yaml", host.Value)))
	}
}

// routeOf gives the cloud through which a step's model is called: as the model says, else as its provider does, else as the vendor does in
// which the step is.
func routeOf(s *model.Step) model.Ref[model.Subprocessor] {
	if m := s.Model.To; m != nil && !m.HostedBy.IsZero() {
		return m.HostedBy
	}
	if provider := s.ModelProvider().To; provider != nil {
		return provider.HostedBy
	}
	if s.In.Subprocessor != nil {
		return s.In.Subprocessor.HostedBy
	}
	return model.Ref[model.Subprocessor]{}
}

// isMaker reports whether a vendor stands in a step as the model's maker, and not as somebody who has nothing to do with it.
func isMaker(s *model.Step, v *model.Subprocessor) bool {
	provider := s.ModelProvider()
	return provider.To == nil || provider.To == v
}

// isService reports whether a vendor is a service of its host's own: the same company under another name.
func isService(v, host *model.Subprocessor) bool {
	return !v.LegalEntity.IsZero() && entity(v.LegalEntity.Value) == entity(host.LegalEntity.Value)
}

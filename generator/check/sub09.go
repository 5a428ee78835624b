package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"
)

var sub09 = Rule{
	Rule: diag.Rule{
		ID:       "SUB09",
		Severity: diag.Error,
		Title:    "a tool that is called internal takes part in a flow of customer data",
		Why:      "What receives customer data is a sub-processor, whatever it is called: left off the list, nobody was told of it and nobody could object.",
		Source:   "GDPR Art. 28(2); SOC 2 CC9.2",
		Bad: `# subprocessors/notion.yaml: role: internal-tool
# flows/support.yaml
steps:
  - {id: notes, stage: storage, kind: store, title: Case notes, in: notion}
links:
  - {from: desk, to: notes, data: [customer.support], over: tls}`,
		Good: `# subprocessors/notion.yaml: role: subprocessor, with a contract, a notice and a place on the list
# flows/support.yaml
links:
  - {from: desk, to: notes, data: [customer.support], over: tls}`,
		Remark: "Customer data are the class customer and those below it. A tool takes part when such data come to it or from it, or when prompts made of them are logged in it.",
	},
	run: shadowVendors,
}

func shadowVendors(p *pass) {
	p.eachStep(func(f *model.Flow, s *model.Step) {
		if v := s.In.Subprocessor; isInternalTool(v) {
			data := customerData(f, s)
			way := "sends %s to"
			if len(data) == 0 {
				data, way = customerClasses(departures(f, s)), "sends %s from"
			}
			if len(data) > 0 && firstOf(f, s) {
				p.shadow(v, s.In.At, fmt.Sprintf("step %q "+way+" %q", s.ID.Value, list(data), v.ID.Value))
			}
		}
		if !logsPrompts(s) || len(customerData(f, s)) == 0 {
			return
		}
		store := s.PromptLog.Store
		v := store.Subprocessor
		if store.Step != nil && len(customerData(f, store.Step)) == 0 { // else the store itself is reported
			v = store.Step.In.Subprocessor
		}
		if isInternalTool(v) && v != s.In.Subprocessor {
			p.shadow(v, store.At, fmt.Sprintf("step %q logs prompts made of %s in %q", s.ID.Value, list(customerData(f, s)), v.ID.Value))
		}
	})
}

func isInternalTool(v *model.Subprocessor) bool { return v != nil && !v.Published() }

// firstOf reports whether a step is the first of its flow in its vendor that customer data come to or from: the others tell the same.
func firstOf(f *model.Flow, s *model.Step) bool {
	for _, other := range f.Steps {
		if other == s {
			return true
		}
		if other.In.Subprocessor == s.In.Subprocessor && (len(customerData(f, other)) > 0 || len(customerClasses(departures(f, other))) > 0) {
			return false
		}
	}
	return true
}

func (p *pass) shadow(v *model.Subprocessor, at source.Span, gap string) {
	p.report(at, gap+", which is declared as an internal tool",
		fmt.Sprintf(`announce it and write "role: subprocessor" in subprocessors/%s.yaml, or keep customer data out of it`, v.ID.Value), note(v.Role.At, "declared here"))
}

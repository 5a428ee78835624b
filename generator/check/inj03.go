package check

import (
	"fmt"
	"slices"

	"candor/generator/diag"
	"candor/generator/model"
)

var inj03 = Rule{
	Rule: diag.Rule{
		ID:       "INJ03",
		Severity: diag.Warning,
		Title:    "a model's output is shown, stored or handed on without a check",
		Why:      "Output is as untrusted as the input was: a link, a script or a command in it works wherever it ends up.",
		Source:   "OWASP LLM05:2025",
		Bad: `links:
  - {from: draft, to: editor, data: [customer.content.draft], over: tls}   # editor: kind: external, in: customer`,
		Good: `steps:
  - {id: check, stage: output, kind: process, title: Check the draft, in: production}
links:
  - {from: draft, to: check, data: [customer.content.draft], over: tls}
  - {from: check, to: editor, data: [customer.content.draft], over: tls}`,
		Remark: `A check is a process in the stage output, or a step with approval: human or allow-list. Output ends in a step that is external or with the customer, in a
store, or with another vendor; prompt logs are no end, and a further model is judged by its own output. Embeddings and rankings are no output. Behind a step that
brings several things together, output is what none of the other things explains.`,
	},
	run: uncheckedOutput,
}

func uncheckedOutput(p *pass) {
	for _, f := range p.site.Flows {
		if !f.IsAI() || !isCurrent(f) {
			continue
		}
		reported := map[*model.Step]bool{}
		for _, s := range f.Steps {
			if !s.CallsModel() || makesVectors(f, s) || isReranking(s) || isApproved(s) {
				continue
			}
			for _, end := range outputEnds(f, s) {
				if !reported[end] {
					reported[end] = true
					p.report(end.ID.At, fmt.Sprintf("the output of model step %q reaches %q with no check on the way", s.ID.Value, end.ID.Value),
						"add a process of stage output before it, or write \"approval: human\" or allow-list where somebody or something decides", note(s.ID.At, "the model is called here"))
				}
			}
		}
	}
}

// isApproved reports whether a person or a list decides what leaves a step.
func isApproved(s *model.Step) bool {
	return s.Approval.Value == "human" || s.Approval.Value == "allow-list"
}

// outputEnds gives the steps in which the output of a model ends without a check.
func outputEnds(f *model.Flow, from *model.Step) []*model.Step {
	logs := promptLogs(f)
	reached := map[*model.Step]bool{from: true}
	var ends, queue []*model.Step
	output := classesOn(departures(f, from))
	for at := from; ; {
		for _, l := range departures(f, at) {
			to := l.To.Step
			if to == nil || reached[to] || at != from && !carriesOutput(f, at, l, output, reached) {
				continue
			}
			reached[to] = true
			switch {
			case isApproved(to), to.Kind.Value == "process" && to.Stage.Value == model.StageOutput, logs[to]:
			case isReranking(to), to.Kind.Value == "process" && !isForeign(from, to):
				output = append(output, classesOn([]*model.Link{l})...)
				queue = append(queue, to)
			case !to.CallsModel() && !to.Kind.IsZero():
				ends = append(ends, to)
			}
		}
		if len(queue) == 0 {
			return ends
		}
		at, queue = queue[0], queue[1:]
	}
}

// isForeign reports whether a step is with the customer, or with another vendor than the model.
func isForeign(from, to *model.Step) bool {
	return to.In.Customer || to.In.Subprocessor != nil && to.In.Subprocessor != from.In.Subprocessor
}

// promptLogs gives the stores of a flow in which prompts are logged.
func promptLogs(f *model.Flow) map[*model.Step]bool {
	logs := map[*model.Step]bool{}
	for _, s := range f.Steps {
		if s.PromptLog != nil && s.PromptLog.Store.Step != nil {
			logs[s.PromptLog.Store.Step] = true
		}
	}
	return logs
}

// carriesOutput reports whether a link away from a process that output has reached carries it on: one of its classes, or a class that the
// process did not get from elsewhere.
func carriesOutput(f *model.Flow, at *model.Step, l *model.Link, output []*model.DataClass, reached map[*model.Step]bool) bool {
	classes := classesOn([]*model.Link{l})
	if len(classes) == 0 {
		return true // FLW03
	}
	var others []*model.Link
	for _, in := range arrivals(f, at) {
		if !reached[in.From.Step] {
			others = append(others, in)
		}
	}
	given := classesOn(others)
	return slices.ContainsFunc(classes, func(c *model.DataClass) bool {
		return slices.Contains(output, c) || !slices.ContainsFunc(given, c.Within)
	})
}

package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var flw02 = Rule{
	Rule: diag.Rule{
		ID:       "FLW02",
		Severity: diag.Error,
		Title:    "a link leads to no step, or a step is not reached",
		Why:      "A diagram whose arrows end nowhere, or whose boxes hang loose, is not the path of the data.",
		Source:   "SOC 2 CC2.1; MVSP 3.2",
		Bad: `steps:
  - {id: message, stage: input, kind: external, title: Message, in: customer}
  - {id: redact, stage: preprocessing, kind: process, title: Redact, in: production}
links:
  - {from: message, to: redct, data: [customer.content], over: tls}`,
		Good: `steps:
  - {id: message, stage: input, kind: external, title: Message, in: customer}
  - {id: redact, stage: preprocessing, kind: process, title: Redact, in: production}
links:
  - {from: message, to: redact, data: [customer.content], over: tls}`,
		Remark: "Links are followed in their direction from the steps of the stage input; where there are none, from the steps that no link leads to. A step that links to itself is an error. While a link of the flow leads nowhere, its steps are not judged.",
	},
	run: brokenPaths,
}

func brokenPaths(p *pass) {
	for _, f := range p.site.Flows {
		var ids []string
		whole := true
		for _, s := range f.Steps {
			if !s.IsNone() {
				ids = append(ids, s.ID.Value)
				whole = whole && !s.ID.IsZero() && !s.Stage.IsZero()
			}
		}
		for _, l := range f.Links {
			whole = p.linkEnds(f, l, ids) && whole
		}
		if whole {
			p.reached(f)
		}
	}
}

// linkEnds reports ends of a link that are no steps, and gives whether both are.
func (p *pass) linkEnds(f *model.Flow, l *model.Link, ids []string) bool {
	for _, end := range []struct {
		ref model.StepRef
		way string
	}{{l.From, "comes from"}, {l.To, "leads to"}} {
		if end.ref.Step != nil || end.ref.IsZero() {
			continue
		}
		p.report(end.ref.At, fmt.Sprintf("a link of flow %q %s %q, which is no step", f.ID.Value, end.way, end.ref.Value), hintFor(end.ref.Value, ids, "write the id of a step of this flow: "+list(ids)))
	}
	if l.From.Step != nil && l.From.Step == l.To.Step {
		p.report(l.To.At, fmt.Sprintf("step %q links to itself", l.To.Value), "link it to another step, or remove the link")
	}
	return l.From.Step != nil && l.To.Step != nil
}

// reached reports steps that stand alone and steps that no data reaches.
func (p *pass) reached(f *model.Flow) {
	out, linked, led := map[*model.Step][]*model.Step{}, map[*model.Step]bool{}, map[*model.Step]bool{}
	for _, l := range f.Links {
		if l.From.Step == l.To.Step {
			continue
		}
		out[l.From.Step] = append(out[l.From.Step], l.To.Step)
		linked[l.From.Step], linked[l.To.Step], led[l.To.Step] = true, true, true
	}
	var queue []*model.Step
	for _, s := range f.Steps {
		if s.Stage.Value == model.StageInput && !s.IsNone() {
			queue = append(queue, s)
		}
	}
	from := "the input"
	if len(queue) == 0 {
		from = "the beginning"
		for _, s := range f.Steps {
			if !led[s] && !s.IsNone() {
				queue = append(queue, s)
			}
		}
	}
	seen := map[*model.Step]bool{}
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		if !seen[s] {
			seen[s] = true
			queue = append(queue, out[s]...)
		}
	}
	for _, s := range f.Steps {
		switch {
		case s.IsNone():
		case !linked[s]:
			p.report(s.ID.At, fmt.Sprintf("step %q stands alone: no link leads to it or from it", s.ID.Value), fmt.Sprintf(`add "- {from: ..., to: %s, data: [...], over: tls}" to links, or remove the step`, s.ID.Value))
		case !seen[s]:
			p.report(s.ID.At, fmt.Sprintf("step %q is not reached from %s", s.ID.Value, from), "link it to the step that its data comes from, in the direction of the data")
		}
	}
}

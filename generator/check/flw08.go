package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var flw08 = Rule{
	Rule: diag.Rule{
		ID:       "FLW08",
		Severity: diag.Error,
		Title:    "data arrives where nobody approved data of its level",
		Why:      "Somebody decided which data a boundary, a vendor or a model may have; a flow that sends more undoes that decision without asking.",
		Source:   "SOC 2 CC6.1 and C1.1; ISO/IEC 42001 A.7.2",
		Bad: `# data-classes.yaml: customer.content has level restricted
# subprocessors/openai.yaml: approved_for: confidential
links:
  - {from: redact, to: draft, data: [customer.content], over: tls}`,
		Good: `# data-classes.yaml: customer.content.prompt has level confidential
# subprocessors/openai.yaml: approved_for: confidential
links:
  - {from: redact, to: draft, data: [customer.content.prompt], over: tls}`,
		Remark: "Levels are public, internal, confidential, restricted. What states no approved_for is not judged.",
	},
	run: overclassified,
}

// An approval is the highest level of data that something may have.
type approval struct {
	of    string // "sub-processor \"openai\""
	level model.Text
}

func overclassified(p *pass) {
	p.eachStep(func(f *model.Flow, s *model.Step) {
		limits := approvals(s)
		for _, l := range arrivals(f, s) {
			for _, d := range l.Data {
				if d.To == nil {
					continue
				}
				for _, limit := range limits {
					if model.LevelRank(d.To.Level.Value) > model.LevelRank(limit.level.Value) {
						p.report(d.At, fmt.Sprintf("step %q receives %q, which is %s; %s is approved for %s", s.ID.Value, d.Value, d.To.Level.Value, limit.of, limit.level.Value),
							"send less, or have it approved and write so", note(limit.level.At, "approved here"), note(d.To.Level.At, "classified here"))
					}
				}
			}
		}
	})
}

// approvals gives the limits that hold in a step.
func approvals(s *model.Step) []approval {
	var all []approval
	add := func(of string, level model.Text) {
		if !level.IsZero() {
			all = append(all, approval{of, level})
		}
	}
	if b := s.In.Boundary; b != nil {
		add(fmt.Sprintf("boundary %q", b.ID.Value), b.ApprovedFor)
	}
	if v := s.In.Subprocessor; v != nil {
		add(fmt.Sprintf("sub-processor %q", v.ID.Value), v.ApprovedFor)
	}
	if m := s.Model.To; m != nil {
		add(fmt.Sprintf("model %q", m.ID.Value), m.ApprovedFor)
	}
	if m := s.Tuned; m != nil {
		add(fmt.Sprintf("model %q", m.ID.Value), m.ApprovedFor)
	}
	return all
}

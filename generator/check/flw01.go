package check

import (
	"fmt"
	"strings"
	"unicode"

	"candor/generator/diag"
	"candor/generator/model"
)

var flw01 = Rule{
	Rule: diag.Rule{
		ID:       "FLW01",
		Severity: diag.Error,
		Title:    "an AI feature does not show all five stages",
		Why:      "Auditors trace a prompt from end to end: input, preprocessing, model, output, storage. A stage that is left out in silence is where they ask.",
		Source:   "SOC 2 CC2.1 and PI1.2 to PI1.5; MVSP 3.2",
		Bad: `# flows/reply-drafts.yaml
feature: ai
steps:
  - {id: message, stage: input, kind: external, title: Message, in: customer}
  - {id: draft, stage: model, kind: model, title: Draft, in: openai, model: gpt-4.1}`,
		Good: `# flows/reply-drafts.yaml
feature: ai
steps:
  - {id: message, stage: input, kind: external, title: Message, in: customer}
  - {id: redact, stage: preprocessing, kind: process, title: Redact, in: production}
  - {id: draft, stage: model, kind: model, title: Draft, in: openai, model: gpt-4.1}
  - {id: review, stage: output, kind: external, title: Review, in: customer}
  - {stage: storage, none: the draft is discarded once it is shown}`,
		Remark: `A stage that the feature lacks is written "stage: storage, none: why". "none: n/a" gives no reason.`,
	},
	run: missingStages,
}

func missingStages(p *pass) {
	for _, f := range p.site.Flows {
		present, absent, unclear := map[string]*model.Step{}, map[string]*model.Step{}, false
		for _, s := range f.Steps {
			stage := s.Stage.Value
			switch {
			case stage == "":
				unclear = true // reported while reading
			case s.IsNone():
				if absent[stage] == nil {
					absent[stage] = s
				}
				if isNoReason(s.None.Value) {
					p.report(s.None.At, fmt.Sprintf("flow %q gives %q as its reason to lack the stage %q", f.ID.Value, shorten(s.None.Value), stage), "write why the feature does not need it")
				}
			case present[stage] == nil:
				present[stage] = s
			}
		}
		for _, stage := range model.Stages {
			there, none := present[stage], absent[stage]
			switch {
			case there != nil && none != nil:
				p.report(none.None.At, fmt.Sprintf("flow %q says that it lacks the stage %q, but step %q is one", f.ID.Value, stage, there.ID.Value),
					"remove one of the two", note(there.ID.At, "the step is here"))
			case there == nil && none == nil && f.IsAI() && !unclear:
				p.report(near(f, f.Title), fmt.Sprintf("AI feature %q shows no stage %q", f.ID.Value, stage), fmt.Sprintf(`add its steps, or write "- {stage: %s, none: why it has none}"`, stage))
			}
		}
	}
}

// isNoReason tells words that stand where a reason should.
func isNoReason(s string) bool {
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
	switch letters {
	case "none", "notapplicable", "notneeded", "notused", "unknown", "nothing", "true", "false":
		return true
	}
	return len(letters) < 4
}

package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var log02 = Rule{
	Rule: diag.Rule{
		ID:       "LOG02",
		Severity: diag.Error,
		Title:    "prompts are logged in something that is neither a store of the flow nor a declared vendor",
		Why:      "Tracing tools are the sub-processors that are forgotten most often: they see every prompt.",
		Source:   "GDPR Art. 28(2); SOC 2 CC7.2 and CC9.2",
		Bad:      `prompt_log: {content: full, store: langsmith, keep: 14d, readers: [ml-lead]}   # no subprocessors/langsmith.yaml`,
		Good: `prompt_log: {content: redacted, store: logs, keep: 30d, readers: [security-lead]}
# and in the same flow
- {id: logs, stage: storage, kind: store, title: Prompt log, in: aws, retention: 30d, deletion: automatic}`,
	},
	run: hiddenLogs,
}

func hiddenLogs(p *pass) {
	for _, f := range p.site.Flows {
		var names []string
		for _, s := range f.Steps {
			if s.IsStore() {
				names = append(names, s.ID.Value)
			}
		}
		names = append(names, idsOf(p.site.Subprocessors)...)
		for _, s := range f.Steps {
			if s.PromptLog == nil {
				continue
			}
			store := s.PromptLog.Store
			switch {
			case store.IsZero() || store.Subprocessor != nil || p.site.IsUnread(model.KindSubprocessor, store.Value):
			case store.Step == nil:
				p.report(store.At, fmt.Sprintf("step %q logs its prompts in %q, which is neither a store of this flow nor a sub-processor", s.ID.Value, store.Value),
					hintFor(store.Value, names, fmt.Sprintf("add the store to this flow, or declare the vendor in subprocessors/%s.yaml", store.Value)))
			case !store.Step.IsStore():
				p.report(store.At, fmt.Sprintf("step %q logs its prompts in step %q, which is no store", s.ID.Value, store.Value), `name a step with "kind: store"`, note(store.Step.Kind.At, "its kind"))
			}
		}
	}
}

package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var log01 = Rule{
	Rule: diag.Rule{
		ID:       "LOG01",
		Severity: diag.Error,
		Title:    "a model call does not say what is logged of it, where, for how long, and who reads it",
		Why:      `"Do you log every prompt?" is asked of every AI company, and the answer differs from feature to feature.`,
		Source:   "SOC 2 CC7.2 and C1.1; ISO/IEC 42001 A.6.2.8",
		Bad:      `- {id: draft, stage: model, kind: model, title: Draft, in: openai, model: gpt-4.1}`,
		Good: `- {id: draft, stage: model, kind: model, title: Draft, in: openai, model: gpt-4.1,
   prompt_log: {content: redacted, store: logs, keep: 30d, readers: [security-lead]}}`,
		Remark: `"content: none" needs nothing else.`,
	},
	run: silentLogs,
}

func silentLogs(p *pass) {
	p.eachStep(func(f *model.Flow, s *model.Step) {
		if !s.CallsModel() {
			return
		}
		log := s.PromptLog
		if log == nil {
			p.report(s.ID.At, fmt.Sprintf("step %q calls a model, but does not say what is logged of it", s.ID.Value),
				`write "prompt_log: {content: redacted, store: ..., keep: 30d, readers: [...]}", or "prompt_log: {content: none}"`)
			return
		}
		if log.Content.Value == "none" {
			return
		}
		keys := lacking(need{"content", !log.Content.IsZero()}, need{"store", !log.Store.IsZero()}, need{"keep", !log.Keep.IsZero()}, need{"readers", len(log.Readers) > 0})
		if len(keys) > 0 {
			at := log.Content.At
			if at.IsZero() {
				at = s.ID.At
			}
			p.report(at, fmt.Sprintf("the prompt log of step %q lacks %s", s.ID.Value, list(keys)), write(keys)+" in prompt_log")
		}
	})
}

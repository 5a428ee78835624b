package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"
)

var log03 = Rule{
	Rule: diag.Rule{
		ID:       "LOG03",
		Severity: diag.Error,
		Title:    "prompts are logged for longer than is promised, or than the flow says",
		Why:      "The number of days is in contracts and questionnaires; a log that outlives it is a breach that anybody with access can find.",
		Source:   "GDPR Art. 5(1)(e); SOC 2 C1.2; FTC Act, section 5",
		Bad: `# site.yaml: promises: {prompt_logs: 30d}
prompt_log: {content: redacted, store: logs, keep: 90d, readers: [security-lead]}`,
		Good: `# site.yaml: promises: {prompt_logs: 30d}
prompt_log: {content: redacted, store: logs, keep: 30d, readers: [security-lead]}`,
		Remark: `The store that a prompt log lies in, or the vendor, may keep it no longer either. "content: none" is not asked. A month counts as 30 days, twelve of them as
365.`,
	},
	run: overkeptLogs,
}

func overkeptLogs(p *pass) {
	promise := p.site.Config.Promises.PromptLogs
	seen := map[source.Span]bool{}
	p.eachStep(func(f *model.Flow, s *model.Step) {
		log := s.PromptLog
		if log == nil || log.Content.Value == "none" {
			return
		}
		if exceeds(log.Keep, promise) {
			p.report(log.Keep.At, fmt.Sprintf("step %q keeps its prompt log for %s, but %s are promised", s.ID.Value, log.Keep.Long(), promise.Long()),
				fmt.Sprintf("keep it for %s, or change the promise, and first the contracts", promise), note(promise.At, "promised here"))
		}
		limit, said := log.Keep, "kept for so long, as written here"
		if limit.IsZero() {
			limit, said = promise, "promised here"
		}
		if kept := retentionOf(log.Store); exceeds(kept, limit) && !seen[kept.At] {
			seen[kept.At] = true
			p.report(kept.At, fmt.Sprintf("the prompt log of step %q is to go after %s, but %q keeps it for %s", s.ID.Value, limit.Long(), log.Store.Value, kept.Long()),
				fmt.Sprintf("keep it for %s there, or log in a store of its own", limit), note(limit.At, said))
		}
	})
}

// retentionOf gives how long the store or vendor in which prompts are logged keeps them.
func retentionOf(store model.LogStore) model.Duration {
	if store.Step != nil {
		return store.Step.Retention
	}
	if v := store.Subprocessor; v != nil && v.AI != nil && v.AI.Retention.State.Value == "days" {
		return v.AI.Retention.Keep
	}
	return model.Duration{}
}

// exceeds reports whether both times were written and the first is the longer one.
func exceeds(d, limit model.Duration) bool {
	return !d.IsZero() && !limit.IsZero() && daysOf(d.Period) > daysOf(limit.Period)
}

// daysOf is Period.Days with twelve months as long as a year.
func daysOf(p model.Period) int {
	if p.Unit == 'm' {
		return p.Count/12*365 + p.Count%12*30
	}
	return p.Days()
}

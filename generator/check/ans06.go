package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var ans06 = Rule{
	Rule: diag.Rule{
		ID:       "ANS06",
		Severity: diag.Error,
		Title:    "one of the four questions that auditors always put to an AI company has no published answer",
		Why:      "They will be asked: whether prompts are logged, how injected prompts are kept from other tenants' data, whether customer data trains models, and what becomes of the model vendors' logs.",
		Source:   "SOC 2 CC2.3; ISO/IEC 42001 A.8.2",
		Bad:      `# answers/ai.yaml has no answer about training`,
		Good: `- id: trains-on-customer-data
  auditor_question: training-use
  question: Is customer data used to train your models?
  verdict: "no"
  answer: No.`,
		Remark: "The answer has auditor_question: prompt-logging, cross-tenant-injection, training-use or vendor-log-retention; or one of the ids prompts-logged, prompt-injection-tenants, trains-on-customer-data, model-vendor-logs.",
	},
	run: unansweredQuestions,
}

// auditorQuestions are the four, by the word of the field, by the id that counts as well, and as they are asked.
var auditorQuestions = []struct{ word, id, question string }{
	{"prompt-logging", "prompts-logged", "are all prompts logged?"},
	{"cross-tenant-injection", "prompt-injection-tenants", "how is prompt injection kept from other tenants' data?"},
	{"training-use", "trains-on-customer-data", "is customer data used for training?"},
	{"vendor-log-retention", "model-vendor-logs", "what happens to the model vendors' logs?"},
}

// AnswersAuditor reports whether an answer is meant for one of the four questions, by the word of "auditor_question".
func AnswersAuditor(a *model.Answer, word string) bool {
	if !a.AuditorQuestion.IsZero() {
		return a.AuditorQuestion.Value == word
	}
	for _, q := range auditorQuestions {
		if q.word == word {
			return a.ID.Value == q.id
		}
	}
	return false
}

func unansweredQuestions(p *pass) {
	if p.anyUnread(model.KindAnswer) {
		return
	}
	for _, q := range auditorQuestions {
		var private *model.Answer
		answered := false
		for _, a := range p.site.Answers() {
			if !AnswersAuditor(a, q.word) {
				continue
			}
			answered = answered || a.Published()
			private = a
		}
		switch {
		case answered:
		case private != nil:
			p.report(private.Visibility.At, fmt.Sprintf("auditors ask %q, and the answer %q is private", q.question, private.ID.Value), "publish it, or publish another")
		default:
			p.report(p.site.Config.Company.Name.At, fmt.Sprintf("auditors ask %q, and no answer says", q.question), fmt.Sprintf(`add an answer with "auditor_question: %s" to answers/`, q.word))
		}
	}
}

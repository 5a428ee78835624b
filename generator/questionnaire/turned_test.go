package questionnaire

import (
	"testing"

	"candor/generator/model"
)

func TestTurned(t *testing.T) {
	for question, want := range map[string]bool{
		"Have you had a breach in the last three years?":                     false,
		"Have you had no breaches in the last three years?":                  true,
		"Do you guarantee that data is never used for training?":             true,
		"Is it prohibited to use customer data for training?":                true,
		"Is our data excluded from training?":                                true,
		"Can you confirm that our data won't be sold?":                       true,
		"Is it forbidden not to lock the screen?":                            false, // twice round
		"Are production data kept out of test environments?":                 true,
		"Is any data stored unencrypted?":                                    true,
		"Is data encrypted at rest? If not, explain.":                        false,
		"Do you have a SOC 2 report? If no, when is it planned?":             false,
		"Are logs protected, including but not limited to audit logs?":       false,
		"Is data deleted when it is no longer needed?":                       false,
		"How do you prevent one customer from reading another's data?":       false,
		"Is data used for training without our consent?":                     false,
		"Control No. 4: are backups encrypted?":                              false,
		"Do you encrypt data whether or not it is personal?":                 false,
		"Do you not sell personal data?":                                     true,
		"Are passwords stored in plain text?":                                true,
		"Is access free of shared accounts?":                                 true,
		"Do you provide notice no later than 72 hours after an incident?":    false,
		"Do you review access? (Yes/No)":                                     false,
		"Is media wiped so that data is not recoverable?":                    false,
		"Are measures in place to prevent unauthorised access?":              false,
		"Is disposal secure, so information is not recoverable?":             false,
		"Are decisions automated (i.e. no human takes part)?":                false,
		"Are there mechanisms that prevent deletion of logs?":                false,
		"Does your company lack a business continuity plan?":                 true,
		"Are unauthorised changes detected and is nobody able to hide them?": true,
	} {
		if got := isTurned(question); got != want {
			t.Errorf("%q: got %v", question, got)
		}
	}
}

func TestTurnedAgainstTheNearestWording(t *testing.T) {
	a := &model.Answer{Question: model.Text{Value: "Is our data used to train models?"}, AlsoAsked: []model.Text{{Value: "Do you promise never to train on what we send?"}}}
	for question, want := range map[string]bool{
		"Is customer data used to train models?":         false,
		"Is customer data never used to train models?":   true,
		"Do you promise never to train on what we send?": false,
		"Do you promise to train on what we send?":       true,
	} {
		if got := turned(question, a) != ""; got != want {
			t.Errorf("%q: got %v", question, got)
		}
	}
}

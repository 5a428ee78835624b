package check

import (
	"testing"

	"candor/generator/model"
)

// TestClaims reads single sentences: what is claimed of a vendor, and what only sounds like it. An empty want is no claim.
func TestClaims(t *testing.T) {
	text := func(s string) model.Text { return model.Text{Value: s} }
	openai := &model.Subprocessor{Title: text("OpenAI")}
	vertex := &model.Subprocessor{Title: text("Google Vertex AI"), Maker: text("Google DeepMind")}
	reader := newClaimReader([]*model.Subprocessor{openai, vertex}, model.Company{Name: text("Fernlight")})
	for sentence, want := range map[string]string{
		"OpenAI keeps nothing.":                                                     "keeps nothing",
		"OpenAI doesn’t store prompts, outputs or logs.":                            "doesn’t store prompts, outputs or logs",
		"Google does not train on or retain your data.":                             "does not train on or retain your data",
		"OpenAI neither trains on nor retains your data.":                           "neither trains on nor retains your data",
		"OpenAI does not train on prompts and never\nkeeps them.":                   "never\nkeeps them",
		"No AI provider stores your prompts.":                                       "No AI provider stores your prompts",
		"Nothing is stored by OpenAI.":                                              "Nothing is stored",
		"Prompts sent to OpenAI are never retained.":                                "Prompts sent to OpenAI are never retained",
		"OpenAI answers without keeping prompts.":                                   "without keeping prompts",
		"Our model vendors have ZDR for all calls.":                                 "ZDR",
		"All calls run under zero data retention.":                                  "zero data retention",
		"The retention period is zero at OpenAI.":                                   "retention period is zero",
		"OPENAI CALLS RUN UNDER ZERO RETENTION.":                                    "ZERO RETENTION",
		"We send no names, and OpenAI keeps nothing.":                               "keeps nothing",
		"OpenAI keeps nothing, not even metadata.":                                  "keeps nothing",
		"OpenAI keeps prompts for 30 days.":                                         "",
		"OpenAI does not keep prompts or outputs for longer than 30 days.":          "",
		"OpenAI does not retain prompts beyond 30 days.":                            "",
		"OpenAI does not retain data for training.":                                 "",
		"OpenAI does not store data outside the EU.":                                "",
		"OpenAI does not store API keys in prompts' place.":                         "",
		"We do not claim that OpenAI keeps nothing.":                                "",
		"No model vendor keeps nothing.":                                            "",
		"OpenAI does not offer zero retention.":                                     "",
		"Where a vendor offers zero retention, we sign it.":                         "",
		"Model vendors must not store prompts.":                                     "",
		"Does OpenAI keep nothing?":                                                 "",
		"We keep no prompts of calls to OpenAI.":                                    "",
		"Fernlight stores no data of OpenAI.":                                       "",
		"Our gateway does not log prompts to OpenAI.":                               "",
		"Backups are not kept.":                                                     "",
		"A cleaning company keeps nothing in our office, says the vendor register.": "",
		"## Zero data retention":                                                    "",
		"Zero retention":                                                            "",
		"The zero-retention status of OpenAI is looked at.":                         "",
		"OpenAIs keeps nothing.":                                                    "",
	} {
		got := ""
		if claims := reader.claims(passage{record: &model.Policy{}, text: sentence}); len(claims) > 0 {
			got = sentence[claims[0].start:claims[0].end]
		}
		if got != want {
			t.Errorf("%q claims %q, want %q", sentence, got, want)
		}
	}
}

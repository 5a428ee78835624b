package readiness

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"candor/generator/model"
)

// TestHabits holds every practice that the plan looks for to being a word that controls can use.
func TestHabits(t *testing.T) {
	field, _ := reflect.TypeFor[model.Control]().FieldByName("Practices")
	words := strings.Split(field.Tag.Get("one"), "|")
	for word, h := range habits {
		if !slices.Contains(words, word) || h.says == nil || h.todo == "" {
			t.Errorf("%q is no practice of a control, or says nothing", word)
		}
	}
	for word, texts := range map[string][2]string{
		"sso":              {"Staff use single sign-on.", "Passwords are signed on paper."},
		"mfa":              {"A second factor is asked for.", "One factor among many."},
		"password-manager": {"Secrets lie in a password manager.", "The manager sets a password."},
		"device-inventory": {"An inventory of all devices is kept.", "Devices are kept in the inventory room."},
		"patching":         {"Security updates are installed.", "A dispatcher is on call."},
		"access-review":    {"Access reviews are quarterly.", "Reviewers have no access."},
		"model-approval":   {"The CTO approves every model.", "Our operating model is approved."},
		"tuning-approval":  {"Models are fine-tuned by us.", "We tune the pipeline."},
		"redaction":        {"Names are redacted first.", "The editor reads the text."},
		"tenant-isolation": {"Separation of customers is tested.", "Tenants are listed."},
		"access-logging":   {"The audit log names the user.", "A log cabin."},
		"output-logging":   {"The prompt log is kept 30 days.", "Prompt answers are given."},
		"incident-runbook": {"When a model gives wrong or harmful output.", "Harmful traffic is blocked."},
		"readiness-review": {"An internal audit tests a sample.", "The auditor is external."},
	} {
		if h := habits[word]; !h.says.MatchString(texts[0]) || h.says.MatchString(texts[1]) {
			t.Errorf("%s: does not tell %q from %q", word, texts[0], texts[1])
		}
	}
}

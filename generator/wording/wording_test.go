package wording

import (
	"strings"
	"testing"
)

func TestTerms(t *testing.T) {
	for text, want := range map[string]string{
		"Do you vet your Sub-processors?":              "vet =sub-processor",
		"How are third parties vetted":                 "=sub-processor vet",
		"Is MFA enforced?":                             "=multi-factor authentication enforc",
		"Is OpenAI’s log kept":                         "=model provider log kept",
		"Will you train your models on customer data?": "=train model =customer data",
	} {
		if got := strings.Join(Terms(text), " "); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

package match

import "testing"

func TestFindsInOtherWords(t *testing.T) {
	l := New([]Answer{
		{ID: "mfa", Question: "Is multi-factor authentication enforced for staff?"},
		{ID: "training", Question: "Do you train models on customer data?"},
		{ID: "vendors", Question: "Which sub-processors do you use?"},
	})
	for text, want := range map[string]int{
		"Is 2FA required?":                        0,
		"Is our data used for model improvement?": 1,
		"List your vendors.":                      2,
	} {
		m := l.Match(Question{Text: text})
		if len(m.Candidates) == 0 || m.Candidates[0].Answer != want {
			t.Errorf("%q: got %+v, want answer %d", text, m, want)
		}
	}
}

package sheet

import (
	"strings"
	"testing"
)

// TestWord gives each verdict to lists as they stand in real questionnaires, in the order yes, no, partial, planned, not-applicable; "" is none.
func TestWord(t *testing.T) {
	for _, c := range []struct{ allowed, want string }{
		{"Yes|No|N/A", "Yes|No|||N/A"},
		{"Yes|No|NA", "Yes|No|||NA"},
		{"Y|N", "Y|N|||"},
		{"YES|NO", "YES|NO|||"},
		{"yes|no|partial|planned|not applicable", "yes|no|partial|planned|not applicable"},
		{"Yes|No|Partially|Not Applicable", "Yes|No|Partially||Not Applicable"},
		{"Compliant|Partially Compliant|Non-Compliant|Not Applicable", "Compliant|Non-Compliant|Partially Compliant||Not Applicable"},
		{"Fully implemented|Partially implemented|Planned|Not implemented|N/A", "Fully implemented|Not implemented|Partially implemented|Planned|N/A"},
		{"Implemented|In progress|Planned|Not planned", "Implemented|||Planned|"},
		{"In place|Not in place|In place with CCW", "In place|Not in place|||"},
		{"Yes - with comments|No - with comments", "Yes - with comments|No - with comments|||"},
		{"Yes (please explain)|No (please explain)|N/A (explain in comments)", "Yes (please explain)|No (please explain)|||N/A (explain in comments)"},
		{"Yes|Yes, with comments|No", "Yes|No|||"},
		{"Yes - independently audited|Yes - self-assessed|No", "|No|||"},
		{"Yes, in-house|Yes, outsourced|No", "|No|||"},
		{"No|No, but planned|Yes", "Yes|No||No, but planned|"},
		{"0 - Not implemented|1 - Partially implemented|2 - Fully implemented", "2 - Fully implemented|0 - Not implemented|1 - Partially implemented||"},
		{"1. Yes|2. No", "1. Yes|2. No|||"},
		{"a) Yes|b) No", "a) Yes|b) No|||"},
		{"1|2|3|4|5", "||||"},
		{"Level 1|Level 2|Level 3", "||||"},
		{"CSP-owned|CSC-owned|Shared CSP and CSC", "||||"},
		{"Low|Medium|High", "||||"},
		{"Met|Not met|Partially met", "Met|Not met|Partially met||"},
		{"True|False", "True|False|||"},
		{"Yes/Partial|No", "Yes/Partial|No|Yes/Partial||"},
		{"Yes/No", "||||"},
		{"No or N/A|Yes", "Yes|No or N/A|||No or N/A"},
		{"Not applicable|Applicable", "||||Not applicable"},
		{"Complies|Does not comply|Partially complies", "Complies|Does not comply|Partially complies||"},
		{"In Progress|Done", "||||"},
		{"Planned / In progress|Yes|No", "Yes|No||Planned / In progress|"},
		{"n.a.|ja|nein|teilweise", "ja|nein|teilweise||n.a."},
		{"Yes (Implemented)|No (Not implemented)", "Yes (Implemented)|No (Not implemented)|||"},
		{" Yes | No ", " Yes | No |||"},
		{"", "||||"},
	} {
		want := strings.Split(c.want, "|")
		for i, verdict := range []string{"yes", "no", "partial", "planned", "not-applicable"} {
			got, why := Word(verdict, strings.Split(c.allowed, "|"))
			if got != want[i] {
				t.Errorf("%s of %q is %q, want %q", verdict, c.allowed, got, want[i])
			}
			if (got == "") == (why == "") {
				t.Errorf("%s of %q: %q because of %q", verdict, c.allowed, got, why)
			}
		}
	}
	if got, why := Word("maybe", []string{"maybe"}); got != "" || !strings.Contains(why, "no verdict") {
		t.Errorf("got %q, %q", got, why)
	}
}

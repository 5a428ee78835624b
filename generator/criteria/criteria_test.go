package criteria_test

import (
	"testing"

	"candor/generator/criteria"
)

// TestCriteria holds the lists of criteria against their published sizes and ends.
func TestCriteria(t *testing.T) {
	for key, want := range map[string]struct {
		count             int
		first, last, past string
	}{
		"soc2":        {61, "CC1.1", "P8.1", "P8.2"},
		"mvsp":        {25, "1.1", "4.4", "3.6"},
		"nist-ai-rmf": {72, "govern-1.1", "manage-4.3", "measure-2.14"},
		"owasp-llm":   {10, "LLM01", "LLM10", "LLM11"},
		"iso42001":    {38, "A.2.2", "A.10.4", "A.6.1.4"},
	} {
		s, ok := criteria.Find(key)
		if !ok || len(s.IDs) != want.count || s.IDs[0] != want.first || s.IDs[len(s.IDs)-1] != want.last {
			t.Errorf("%s has %d criteria: %v", key, len(s.IDs), s.IDs)
		}
		if s.Has(want.past) {
			t.Errorf("%s has %q", key, want.past)
		}
	}
}

// TestLookup reads ids as authors write them, and says what a wrong one was meant to be.
func TestLookup(t *testing.T) {
	for meeting, want := range map[string]criteria.Criterion{
		"CC6.1": {"soc2", "CC6.1"}, "cc6.1": {"soc2", "CC6.1"}, "A1.2": {"soc2", "A1.2"}, "mvsp-4.2": {"mvsp", "4.2"}, "MVSP-4.2": {"mvsp", "4.2"},
		"nist-GOVERN 1.1": {"nist-ai-rmf", "govern-1.1"}, "owasp-llm01": {"owasp-llm", "LLM01"}, "iso42001-A.6.2.4": {"iso42001", "A.6.2.4"},
		"caiq-DSP-15.1": {"caiq", "DSP-15.1"},
	} {
		if got, ok := criteria.Lookup(meeting); !ok || got != want {
			t.Errorf("%q is %v, %v; want %v", meeting, got, ok, want)
		}
	}
	for meeting, near := range map[string]string{"CC9.3": "CC9.2", "mvsp-4.5": "mvsp-4.4", "mspv-4.2": "mvsp-4.2", "owasp-LLM11": "owasp-LLM01", "mvsp-": "", "Art. 28": "", "": ""} {
		if got, ok := criteria.Lookup(meeting); ok {
			t.Errorf("%q is %v", meeting, got)
		}
		if got := criteria.Nearest(meeting); got != near {
			t.Errorf("nearest to %q is %q, want %q", meeting, got, near)
		}
	}
}

package theme

import "testing"

// TestUnbroken keeps days on one line, and nothing else.
func TestUnbroken(t *testing.T) {
	for text, want := range map[string]string{
		"From 1 July 2026 to 31 December 2026, or later.": "From 1\u00a0July\u00a02026 to 31\u00a0December\u00a02026, or later.",
		"In May 2026, by 30 days":                         "In May 2026, by 30 days",
		"123 May 2026":                                    "123 May 2026",
		"7 May 20261":                                     "7 May 20261",
		"":                                                "",
	} {
		if got := unbroken(text); got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}

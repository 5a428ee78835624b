package page

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCriterion(t *testing.T) {
	for id, want := range map[string]Criterion{
		"CC6.1":           {"CC6.1", "SOC 2", "SOC 2 CC6.1"},
		"A1.2":            {"A1.2", "SOC 2", "SOC 2 A1.2"},
		"PI1.1":           {"PI1.1", "SOC 2", "SOC 2 PI1.1"},
		"mvsp-4.2":        {"4.2", "MVSP", "MVSP 4.2"},
		"nist-govern-1.1": {"GOVERN 1.1", "NIST AI RMF", "NIST AI RMF GOVERN 1.1"},
		"owasp-llm01":     {"LLM01", "OWASP", "OWASP LLM01"},
		"CC9.9":           {"CC9.9", "", "CC9.9"},
		"Art. 28":         {"Art. 28", "", "Art. 28"},
		"":                {"", "", ""},
	} {
		if got := criterion(id); got != want {
			t.Errorf("%q: %+v, want %+v", id, got, want)
		}
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{country("US").Name, "United States"}, {country("EU").Name, "European Union"}, {country("Atlantis").Name, "Atlantis"}, {country("").Name, ""},
		{inCountry(country("US")), "the United States"}, {inCountry(country("DE")), "Germany"}, {region("us-east-1"), "us-east-1"}, {region("DE"), "Germany"},
		{frameworkName("caiq-4.0"), "CAIQ 4.0"}, {frameworkName("mvsp"), "MVSP"}, {frameworkName("soc2"), "SOC 2"}, {frameworkName("in-house"), "IN HOUSE"},
		{lowerFirst("Redacted prompts"), "redacted prompts"}, {lowerFirst("AI output"), "AI output"}, {lowerFirst("E-mail"), "E-mail"}, {lowerFirst("顧客データ"), "顧客データ"}, {lowerFirst(""), ""},
		{sentences("One", "", "Two.", "Three?"), "One. Two. Three?"}, {joined(", ", "", "a", ""), "a"},
		{atMost(2, []string{"a", "b", "c", "d"}, "more"), "a, b and 2 more"}, {atMost(2, []string{"a", "b", "c"}, "more"), "a, b and c"},
		{count(1, "step", "steps"), "1 step"}, {count(0, "step", "steps"), "0 steps"}, {size(999), "999 bytes"}, {size(1500), "2 kB"}, {size(2_340_000), "2.3 MB"},
		{word(nil, "on-hold"), "On hold"}, {word(stepKinds, "external"), "Outside"}, {word(nil, ""), ""},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{
		{"short enough", 40, "short enough"},
		{"one two three four", 12, "one two…"},
		{"one, two three", 6, "one…"},
		{strings.Repeat("あ", 50), 10, strings.Repeat("あ", 9) + "…"},
		{"two\n lines", 40, "two lines"},
	} {
		if got := shorten(c.in, c.n); got != c.want {
			t.Errorf("%q to %d: %q, want %q", c.in, c.n, got, c.want)
		}
	}
}

// TestAddressesOfOthers lets nothing but the web and letters through, whatever an author typed.
func TestAddressesOfOthers(t *testing.T) {
	for _, s := range []string{"javascript:alert(1)", "JaVaScRiPt:alert(1)//a@b.c", "data:text/html,x", "//evil.example", "vbscript:x", "/local", "https://", "a b", "\x00https://x"} {
		if got := webAddress(s); got != "" {
			t.Errorf("webAddress(%q) is %q", s, got)
		}
		if got := contactLink(s); got != nil && got.Address != "" {
			t.Errorf("contactLink(%q) leads to %q", s, got.Address)
		}
	}
	for s, want := range map[string]string{"security@x.example": "mailto:security@x.example", "mailto:a@x.example": "mailto:a@x.example",
		"https://x.example/report": "https://x.example/report", "a@x.example?bcc=evil@y.example": "", "call us": ""} {
		if got := contactLink(s); got == nil || got.Address != want {
			t.Errorf("contactLink(%q) is %+v, want %q", s, got, want)
		}
	}
	if got := mailTo("a@x.example", "Request: A & B?"); got != "mailto:a@x.example?subject=Request%3A%20A%20%26%20B%3F" {
		t.Errorf("letter goes to %q", got)
	}
}

// TestUnfurled holds what a pasted link says to its length: verdict first and once, whole sentences, and never half a word.
func TestUnfurled(t *testing.T) {
	long := strings.Repeat("word ", 60)
	for _, c := range []struct{ verdict, text, want string }{
		{"yes", "Yes. It is so.", "Yes. It is so."},
		{"yes", "All of it is encrypted.", "Yes. All of it is encrypted."},
		{"partial", "Partly: some are.", "Partly: some are."},
		{"not-applicable", "We have none.", "Does not apply. We have none."},
		{"no", "", "No."},
		{"no", "No, version 1.2 does not. " + long, "No, version 1.2 does not. " + strings.TrimSpace(strings.Repeat("word ", 34)) + "…"},
		{"no", strings.Repeat("It has sixty letters, counted with this and with what comes. ", 5), "No." + strings.Repeat(" It has sixty letters, counted with this and with what comes.", 3)},
		{"yes", "はい。" + strings.Repeat("顧客のデータは学習に使われません。", 20), "Yes. はい。" + strings.Repeat("顧客のデータは学習に使われません。", 11)},
	} {
		got := unfurled(state(verdicts, c.verdict), c.text)
		if got != c.want || utf8.RuneCountInString(got) > maxDescription {
			t.Errorf("%s, %.40q:\n got %q (%d)\nwant %q", c.verdict, c.text, got, utf8.RuneCountInString(got), c.want)
		}
	}
}

// TestNamesKeepTheirDirection sees that a name which runs from right to left is kept apart in a sentence, once, and that no other name is touched.
func TestNamesKeepTheirDirection(t *testing.T) {
	const hebrew, arabic = "נתונים 7", "شركة (GB)"
	if got, want := series([]string{hebrew, "OpenAI", arabic}), "\u2068"+hebrew+"\u2069, OpenAI and \u2068"+arabic+"\u2069"; got != want {
		t.Errorf("series gives %q, not %q", got, want)
	}
	if got, want := isolated(series([]string{hebrew})), "\u2068"+hebrew+"\u2069"; got != want {
		t.Errorf("a name that is isolated twice is %q, not %q", got, want)
	}
	for _, name := range []string{"", "OpenAI", "株式会社", "Łódź", "👩‍💻"} {
		if isolated(name) != name {
			t.Errorf("%q becomes %q", name, isolated(name))
		}
	}
}

package match

import (
	"strings"
	"testing"
)

func TestSplit(t *testing.T) {
	for text, want := range map[string]string{
		"Do you encrypt data?":                                                         "",
		"Do you encrypt data? If so, describe the algorithm.":                          "Do you encrypt data?|describe the algorithm.",
		"Are backups encrypted; and are they tested?":                                  "Are backups encrypted;|are they tested?",
		"Do you use any cipher (e.g. AES; RSA) at rest? Please describe.":              "",
		"Is TLS 1.2 used, e.g. for e-mail?":                                            "",
		"Keep a list of vendors.\nReview access rights every year.":                    "Keep a list of vendors.|Review access rights every year.",
		"Do you hold SOC 2? Note: attach the report of your auditor to this document.": "",
	} {
		if got := strings.Join(split(text), "|"); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestGoesOn(t *testing.T) {
	for _, c := range [][3]string{
		{"If yes, please list them.", "Do you use vendors?", "Do you use vendors? If yes, please list them."},
		{"Please describe.", "Do you use vendors?", "Do you use vendors? Please describe."},
		{"Are backups encrypted?", "Do you use vendors?", "Are backups encrypted?"},
		{"If yes, which?", "", "If yes, which?"},
	} {
		if got := goesOn(c[0], c[1]); got != c[2] {
			t.Errorf("%q after %q: got %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

func TestFacets(t *testing.T) {
	for _, c := range []struct {
		text string
		kind int
		want string
	}{
		{"How long are logs kept?", forms, "how long"},
		{"How often are backups made?", forms, "how often"},
		{"Who is responsible for incidents?", forms, "who"},
		{"Is it encrypted in transit?", laws, "transit"},
		{"Do you comply with HIPAA?", laws, "hipaa"},
		{"Do employees see the logs?", whose, "staff"},
		{"Is the chair comfortable?", things, ""},
		{"Are AI models used?", things, "ai"},
	} {
		if got := named(c.kind, facetsOf(c.text)[c.kind]); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
	for kind, names := range facetKnowledge().names {
		if len(names) == 0 || len(names) > 64 {
			t.Errorf("%d facets of the kind %s", len(names), kindNames[kind])
		}
	}
}

func TestFacetsTellAnswersApart(t *testing.T) {
	l := New([]Answer{
		{ID: "where", Question: "Are backups stored separately from production?"},
		{ID: "often", Question: "How often are backups taken?"},
		{ID: "rest", Question: "Is customer data encrypted at rest?"},
		{ID: "transit", Question: "Is customer data encrypted in transit?"},
		{ID: "hipaa", Question: "Do you comply with HIPAA?"},
		{ID: "gdpr", Question: "Do you comply with the GDPR?"},
		{ID: "staff", Question: "Is MFA enforced for your staff?"},
		{ID: "customers", Question: "Is MFA offered to customers?"},
	})
	for text, want := range map[string]string{
		"What is your backup frequency?":             "often",
		"Is data encrypted while being transmitted?": "transit", "Encryption of stored data": "rest",
		"GDPR compliance": "gdpr", "HIPAA compliance": "hipaa",
		"Must employees use MFA?": "staff", "Can our users use MFA?": "customers",
	} {
		if got := first(l, Question{Text: text}); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestFrameworkID(t *testing.T) {
	l := New(some)
	agreeing := "Is hardware wiped in a secure way before its disposal?"
	m := l.Match(Question{Text: agreeing, ID: "DSP-02.1", Framework: "CAIQ 4.0.3"})
	if l.answers[m.Candidates[0].Answer].ID != "disposal" || !m.Sure || !strings.Contains(m.Why, "DSP-02.1") {
		t.Errorf("id and text agree: got %+v", m)
	}
	other := "Do you train models on customer data?"
	if m := l.Match(Question{Text: other, ID: "DSP-02.1", Framework: "caiq-4.0"}); l.answers[m.Candidates[0].Answer].ID != "training" {
		t.Errorf("the text says something else than the id: got %+v", m)
	}
	with, without := l.Match(Question{Text: "Is hardware disposed of?", ID: "dsp-02.1"}), l.Match(Question{Text: "Is hardware disposed of?"})
	if with.Candidates[0].Confidence <= without.Candidates[0].Confidence {
		t.Errorf("an id of a framework that is not known is no evidence: %f, without %f", with.Candidates[0].Confidence, without.Candidates[0].Confidence)
	}
}

func TestSameFramework(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{{"caiq-4.0", "CAIQ v4.0.3", true}, {"caiq-4.0", "caiq-3.1", false}, {"mvsp", "mvsp-3.0", true}, {"sig-2024", "caiq-4.0", false}, {"CSA CAIQ 4.0", "caiq-4.0", true}, {"caiq-4", "caiq-4.1", true}} {
		if got := sameFramework(c.a, c.b); got != c.want {
			t.Errorf("%s and %s: got %t", c.a, c.b, got)
		}
	}
}

func TestMend(t *testing.T) {
	answers := newSpeller()
	answers.learn("quokka quokkas")
	for text, want := range map[string]string{
		"Are bakcups made?":         "Are backups made?",
		"How offten?":               "How often?",
		"Is encrypton used?":        "Is encryption used?",
		"Are quokkkas fed?":         "Are quokkas fed?",
		"Are Zyxxotron units safe?": "Are Zyxxotron units safe?",
		"Is AES-256 used?":          "Is AES-256 used?",
		"encrypting":                "encrypting",
	} {
		if got := spelling().mend(text, answers); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestIntentsAreTold fails where a line of the data files does not say what it should.
func TestIntentsAreTold(t *testing.T) {
	k := known()
	if len(k.intents) < 250 {
		t.Errorf("only %d intents", len(k.intents))
	}
	seen := map[string]bool{}
	for _, i := range k.intents {
		if seen[i.name] || i.theme == "" {
			t.Errorf("intent %q: stands there twice, or below no theme", i.name)
		}
		seen[i.name] = true
	}
	for text, want := range map[string]string{"Are cameras at the entrance?": "physical-access", "Can our documents be pulled in as retrieval context?": "ai-rag"} {
		if got := New(nil).look(text).top; got != want {
			t.Errorf("%q is nearest to %q, want %q", text, got, want)
		}
	}
}

func TestWeights(t *testing.T) {
	if got, err := ReadWeights(Learnt().String()); err != nil || got.String() != Learnt().String() {
		t.Errorf("written and read again: %v %v", got, err)
	}
	for _, text := range []string{"rank.terms", "rank.terms x", "rank.terms NaN"} {
		if _, err := ReadWeights(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

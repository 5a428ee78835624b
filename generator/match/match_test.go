package match

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

// some are answers that the tests ask for.
var some = []Answer{
	{ID: "mfa", Question: "Is multi-factor authentication enforced for staff?", Topic: "Access"},
	{ID: "training", Question: "Do you train models on customer data?", Topic: "AI"},
	{ID: "vendors", Question: "Which sub-processors do you use?", Topic: "Vendors"},
	{ID: "backups", Question: "Are backups stored separately from production?", AlsoAsked: []string{"Do you keep spare copies at another site?"}, Topic: "Continuity"},
	{ID: "awareness", Question: "Do staff receive security awareness training?", Topic: "People"},
	{ID: "hipaa", Question: "Will you sign a business associate agreement under HIPAA?", Topic: "Compliance"},
	{ID: "retention", Question: "How long do you retain customer data after an account closes?", Topic: "Data"},
	{ID: "disposal", Question: "Are storage media wiped before disposal?", Topic: "Data", Frameworks: []Reference{{"caiq-4.0", []string{"DSP-02.1"}}}},
}

func TestFindsInOtherWords(t *testing.T) {
	l := New(some)
	for text, want := range map[string]string{
		"Is 2FA required?": "mfa",
		"IS TWO-FACTOR AUTHENTICATION IN PLACE FOR ADMINISTRATORS": "mfa",
		"Is our content used for model improvement?":               "training",
		"Does Anthropic learn from what we enter?":                 "training",
		"List your vendors.":                                       "vendors",
		"Are copies held offsite?":                                 "backups",
		"Annual phishing training for employees":                   "awareness",
		"Are hard disks degaussed or shredded at end of life?":     "disposal",
		"Is mutli-factor authentication enforcd?":                  "mfa",
	} {
		if got := first(l, Question{Text: text}); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func first(l *Library, q Question) string {
	m := l.Match(q)
	if len(m.Candidates) == 0 {
		return ""
	}
	return l.answers[m.Candidates[0].Answer].ID
}

func TestSure(t *testing.T) {
	l := New(some)
	for _, text := range []string{"Do you train models on customer data?", "Do you retain customer data after an account closes, and how long?"} {
		if m := l.Match(Question{Text: text}); !m.Sure {
			t.Errorf("%q: not sure: %s", text, m.Why)
		}
	}
	for text, why := range map[string]string{
		"Do you offset your carbon emissions?":       "",
		"How long are backups retained?":             "",
		"Will you sign a PCI DSS attestation for us": "",
		"":                  "no answer speaks of this",
		"?!":                "no answer speaks of this",
		"Please see above.": "",
	} {
		m := l.Match(Question{Text: text})
		if m.Sure || m.Why == "" || why != "" && m.Why != why {
			t.Errorf("%q: sure %t, why %q", text, m.Sure, m.Why)
		}
	}
}

func TestCandidatesAreInOrder(t *testing.T) {
	var answers []Answer
	for i := range 30 {
		answers = append(answers, Answer{ID: fmt.Sprint(i), Question: fmt.Sprintf("Are backups of system %d encrypted?", i)})
	}
	m := New(answers).Match(Question{Text: "Are backups of system 7 encrypted?"})
	if len(m.Candidates) != Most || m.Candidates[0].Answer != 7 {
		t.Fatalf("got %d candidates, first %d", len(m.Candidates), m.Candidates[0].Answer)
	}
	for i, c := range m.Candidates {
		if c.Confidence < 0 || c.Confidence > 1 || i > 0 && c.Confidence > m.Candidates[i-1].Confidence {
			t.Errorf("candidate %d: confidence %f", i, c.Confidence)
		}
	}
}

func TestCompoundQuestion(t *testing.T) {
	l := New(some)
	m := l.Match(Question{Text: "Do you train models on our data? Which sub-processors take part?"})
	if len(m.Parts) != 2 {
		t.Fatalf("got %d parts, want 2", len(m.Parts))
	}
	for i, want := range []string{"training", "vendors"} {
		if got := l.answers[m.Parts[i].Candidates[0].Answer].ID; got != want {
			t.Errorf("part %q: got %s, want %s", m.Parts[i].Text, got, want)
		}
	}
	if m := l.Match(Question{Text: "Do you train models on our data?"}); m.Parts != nil {
		t.Errorf("a simple question has parts: %+v", m.Parts)
	}
}

func TestReasons(t *testing.T) {
	l := New(some)
	m := l.Match(Question{Text: "Do you hold spare copies at another site?"})
	var all []string
	for _, r := range m.Candidates[0].Reasons {
		all = append(all, r.String())
	}
	if text := strings.Join(all, "\n"); !strings.Contains(text, `was asked before as "Do you keep spare copies at another site?"`) || !strings.Contains(text, "both speak of") {
		t.Errorf("got:\n%s", text)
	}
	m = l.Match(Question{Text: "Is the backup in another city, and how often is it made?"})
	if !strings.Contains(m.Why, "backup") {
		t.Errorf("why is %q", m.Why)
	}
}

func TestSameEveryTime(t *testing.T) {
	for _, text := range []string{"How are vendors assessed? Where is data stored; and for how long?", "Is MFA enforced?"} {
		want := New(some).Match(Question{Text: text})
		for range 20 {
			if got := New(some).Match(Question{Text: text}); !reflect.DeepEqual(got, want) {
				t.Fatalf("%q: got %+v, want %+v", text, got, want)
			}
		}
	}
}

// TestFast holds 2,000 questions against 1,000 answers to a part of the ten seconds that all of `candor answer` may take.
func TestFast(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second or two")
	}
	var answers []Answer
	for i := range 1000 {
		a := some[i%len(some)]
		answers = append(answers, Answer{ID: fmt.Sprint(a.ID, i), Question: fmt.Sprintf("%s For the part %d of the service?", a.Question, i), AlsoAsked: []string{"Tell us about item " + fmt.Sprint(i)},
			Text: strings.Repeat("We encrypt customer data and review access of staff. ", 10)})
	}
	start := time.Now()
	l := New(answers)
	made := time.Since(start)
	const questions = 200
	for i := range questions {
		l.Match(Question{Text: fmt.Sprintf("%s In region %d?", some[i%len(some)].Question, i)})
	}
	t.Logf("1,000 answers made ready in %s, %d questions in %s", made, questions, time.Since(start)-made)
	if took := time.Since(start); took > 8*time.Second {
		t.Errorf("took %s", took)
	}
}

func TestLongQuestion(t *testing.T) {
	l := New(some)
	start := time.Now()
	for _, text := range []string{strings.Repeat("encrypt ", 20000), strings.Repeat("x", 100000), strings.Repeat("Is data encrypted? ", 6000), strings.Repeat("(", 100000), strings.Repeat("é'", 50000)} {
		l.Match(Question{Text: text, Section: text, ID: text, Before: text})
	}
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("took %s", took)
	}
}

func FuzzMatch(f *testing.F) {
	l := New(some)
	f.Add("If yes, how often? Please describe.", "Backups", "DSP-02.1", "caiq-4.0")
	f.Add("\xff(e.g. x; y", "", "", "")
	f.Fuzz(func(t *testing.T, text, section, id, framework string) {
		m := l.Match(Question{Text: text, Section: section, ID: id, Framework: framework, Before: section})
		if m.Sure && len(m.Candidates) == 0 || m.Why == "" {
			t.Fatalf("%+v", m)
		}
		for _, c := range m.Candidates {
			if !(c.Confidence >= 0 && c.Confidence <= 1) {
				t.Fatalf("confidence %f", c.Confidence)
			}
		}
	})
}

package questionnaire

import (
	"fmt"
	"strings"
	"testing"

	"candor/generator/match"
	"candor/generator/model"
)

func TestRival(t *testing.T) {
	answer := func(verdict string) *model.Answer { return &model.Answer{Verdict: model.Text{Value: verdict}} }
	l := &Library{answers: []*model.Answer{answer("yes"), answer("no"), answer("yes")}}
	for name, c := range map[string]struct {
		candidates []match.Candidate
		want       bool
	}{
		"alone":                      {[]match.Candidate{{Answer: 0, Confidence: .9}}, false},
		"another verdict, near":      {[]match.Candidate{{Answer: 0, Confidence: .9}, {Answer: 1, Confidence: .4}}, true},
		"another verdict, far":       {[]match.Candidate{{Answer: 0, Confidence: .9}, {Answer: 1, Confidence: .2}}, false},
		"the same verdict, near":     {[]match.Candidate{{Answer: 0, Confidence: .9}, {Answer: 2, Confidence: .8}}, false},
		"only the second is a rival": {[]match.Candidate{{Answer: 0, Confidence: .9}, {Answer: 2, Confidence: .8}, {Answer: 1, Confidence: .7}}, false},
	} {
		if got := l.rival(c.candidates) != ""; got != c.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

func TestProseSaysTheVerdictOnce(t *testing.T) {
	for _, c := range []struct{ verdict, text, want string }{
		{"yes", "Yes, always.", "Yes, always."},
		{"yes", "Always.", "Yes. Always."},
		{"yes", "Yesterday it was.", "Yes. Yesterday it was."},
		{"no", "Not yet.", "No. Not yet."},
		{"no", "No: never.", "No: never."},
		{"partial", "Partly: a Type I report is held.", "Partly: a Type I report is held."},
		{"partial", "Yes, in part.", "Partially. Yes, in part."},
		{"planned", "Not yet, in spring.", "Not yet, in spring."},
		{"not-applicable", "We have no office.", "Not applicable. We have no office."},
	} {
		a := &model.Answer{Verdict: model.Text{Value: c.verdict}}
		a.Body.Source = []byte(c.text)
		if got := prose(a); got != c.want {
			t.Errorf("%s, %q: got %q, want %q", c.verdict, c.text, got, c.want)
		}
	}
}

func TestWhole(t *testing.T) {
	answer := func(verdict string) *model.Answer { return &model.Answer{Verdict: model.Text{Value: verdict}} }
	l := &Library{answers: []*model.Answer{answer("yes"), answer("yes"), answer("no")}}
	part := func(n int, sure bool) match.Part {
		return match.Part{Text: "a part", Candidates: []match.Candidate{{Answer: n}}, Sure: sure}
	}
	for name, c := range map[string]struct {
		parts []match.Part
		want  string
	}{
		"no parts":                     {nil, "[0] "},
		"both sure":                    {[]match.Part{part(0, true), part(1, true)}, "[0 1] "},
		"the same answer, unsure":      {[]match.Part{part(0, true), part(0, false)}, "[0] "},
		"another answer, unsure":       {[]match.Part{part(0, true), part(1, false)}, `[] asks 2 things, and nothing surely answers "a part"`},
		"nothing for a part":           {[]match.Part{part(0, true), {Text: "b"}}, `[] asks 2 things, and nothing surely answers "b"`},
		"sure, but with another word":  {[]match.Part{part(0, true), part(2, true)}, `[] asks 2 things: "" says yes, "" says no`},
		"two parts with one of others": {[]match.Part{part(1, true), part(0, true), part(1, true)}, "[0 1] "},
	} {
		all, why := l.whole(match.Match{Candidates: []match.Candidate{{Answer: 0}}, Parts: c.parts})
		if got := fmt.Sprintf("%v %s", all, why); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// TestNoTextIsCut demands the address in the place of an answer that is too long for its cell.
func TestNoTextIsCut(t *testing.T) {
	a := &model.Answer{Verdict: model.Text{Value: "no"}}
	a.Body.Source = []byte("No. " + strings.Repeat("word ", 50))
	all := []Cited{{a, "https://x.example/answers/a/"}}
	if got := fitting(all, true, 60); got != "No. https://x.example/answers/a/" {
		t.Errorf("got %q", got)
	}
	if got := fitting(all, true, 0); !strings.HasSuffix(got, "word\n\nhttps://x.example/answers/a/") {
		t.Errorf("got %q", got)
	}
}

func TestUnfilled(t *testing.T) {
	for text, want := range map[string]string{
		"Since [YEAR].": "[YEAR]", "[[ FILL IN: name ]] is": "[ FILL IN: name ]", "Kept for XX days.": "XX", "Name: ____": "____", "Is it so??": "??", "To be confirmed.": "To be confirmed",
		"Ask <your company>.": "<your company>", "Hello {{name}}": "{{", "TBD": "TBD",
		"Yes, for 30 days.": "", "a < b and c > d": "", "Is it?": "", "Version 2.0 (draft)": "", "See SOC 2 XXI report": "",
	} {
		if got := unfilled.FindString(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

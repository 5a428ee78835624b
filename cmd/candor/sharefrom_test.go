package main

import (
	"testing"

	"candor/generator/match"
	"candor/generator/model"
	"candor/generator/questionnaire"
	"candor/generator/sheet"
)

// TestSettled tells which rows of a questionnaire go onto a sealed page.
func TestSettled(t *testing.T) {
	public, private := &model.Answer{}, &model.Answer{}
	public.ID.Value, private.ID.Value, private.Visibility.Value = "sso", "vault", "private"
	link := func(l string) questionnaire.Line {
		return questionnaire.Line{Outcome: questionnaire.Given, Row: sheet.Row{GivenLink: l}}
	}
	for i, c := range []struct {
		line questionnaire.Line
		want string
	}{
		{link("https://x.example/answers/sso/"), "sso"},
		{link("https://x.example/trust/answers/sso/#top"), "sso"},
		{link("https://x.example/answers/sso"), "sso"},
		{link("https://x.example/answers/"), ""},
		{link("https://x.example/policies/sso/"), ""},
		{questionnaire.Line{Outcome: questionnaire.Filled, Answer: public}, "sso"},
		{questionnaire.Line{Outcome: questionnaire.Suggested, Answer: public}, ""},
		{questionnaire.Line{Outcome: questionnaire.Blank, Answer: public, Match: match.Match{Sure: true}}, ""},
		{questionnaire.Line{Outcome: questionnaire.Blank, Answer: private, Match: match.Match{Sure: true}}, "vault"},
		{questionnaire.Line{Outcome: questionnaire.Blank, Answer: private}, ""},
		{questionnaire.Line{Outcome: questionnaire.Blank}, ""},
	} {
		if got := settled(c.line); got != c.want {
			t.Errorf("line %d gives %q, not %q", i, got, c.want)
		}
	}
}

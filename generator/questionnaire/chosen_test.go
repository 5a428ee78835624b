package questionnaire

import (
	"strings"
	"testing"

	"candor/generator/model"
	"candor/generator/sheet"
)

// TestChosen tells which rows of a questionnaire go onto a sealed page.
func TestChosen(t *testing.T) {
	sso, vault := &model.Answer{}, &model.Answer{}
	sso.ID.Value, vault.ID.Value = "sso", "vault"
	l := &Library{answers: []*model.Answer{sso, vault}, barred: []string{"", "it is stale"}}
	link := func(l string) Line { return Line{Outcome: Given, Row: sheet.Row{GivenLink: l}} }
	for i, c := range []struct {
		line Line
		want *model.Answer
	}{
		{link("https://x.example/answers/sso/"), sso},
		{link("https://x.example/trust/answers/sso/#top"), sso},
		{link("https://x.example/answers/#sso"), sso},
		{link("https://x.example/answers/sso"), sso},
		{link("https://x.example/answers/"), nil},
		{link("https://x.example/policies/sso/"), nil},
		{link("https://x.example/answers/vault/"), nil},
		{link("https://x.example/answers/sso/ https://x.example/answers/vault/"), nil},
		{Line{Outcome: Given, Row: sheet.Row{GivenComment: "see https://x.example/answers/sso/."}}, sso},
		{Line{Outcome: Filled, Filled: []Cited{{Answer: sso}}}, sso},
		{Line{Outcome: Filled, Filled: []Cited{{Answer: sso}, {Answer: vault}}}, nil},
		{Line{Outcome: Suggested, Answer: sso}, nil},
		{Line{Outcome: Blank, Answer: sso}, nil},
	} {
		if got := l.Chosen(&c.line); got != c.want {
			t.Errorf("line %d gives %v, not %v", i, got, c.want)
		}
	}
}

// TestPrivate lets a private answer onto a page for one customer, but not a stale one.
func TestPrivate(t *testing.T) {
	a := &model.Answer{Visibility: model.Text{Value: "private"}, Question: model.Text{Value: "Q?"}, Text: model.Text{Value: "Yes."}, Verdict: model.Text{Value: "yes"}}
	a.Body.Source = []byte("Yes.")
	if why := barred(a, nil, Source{}); !strings.Contains(why, "private") {
		t.Errorf("for everybody: %q", why)
	}
	if why := barred(a, nil, Source{Private: true}); why != "" {
		t.Errorf("for one customer: %q", why)
	}
	a.Body.Source = []byte("Yes, TBD.")
	if why := barred(a, nil, Source{Private: true}); why == "" {
		t.Error("unfilled, and yet used")
	}
}

package diagrams

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestSamplesHaveNoProblems(t *testing.T) {
	for _, g := range []Graph{replyDrafts("a"), twelve("b"), foreign("c"), grown("d", 20)} {
		for _, p := range g.Problems() {
			t.Errorf("%s: %v", g.Name, p)
		}
	}
}

func TestProblems(t *testing.T) {
	long := strings.Repeat("long ", 60)
	tests := []struct {
		name    string
		change  func(*Graph)
		subject Subject
		index   int
		field   string
		says    string // with the value quoted
	}{
		{"label of 300 characters", func(g *Graph) { g.Steps[2].Title = long }, OfStep, 2, "title", "has 300 characters"},
		{"label that shows nothing", func(g *Graph) { g.Steps[2].Title = "\u200B" }, OfStep, 2, "title", `"\u200b" shows nothing`},
		{"terms of 300 characters", func(g *Graph) { g.Boundaries[1].Terms = long }, OfBoundary, 1, "terms", "300"},
		{"unknown start", func(g *Graph) { g.Links[3].From = "vectros" }, OfLink, 3, "from", `"vectros"`},
		{"unknown end", func(g *Graph) { g.Links[3].To = "" }, OfLink, 3, "to", `""`},
		{"two steps of one id", func(g *Graph) { g.Steps[3].ID = "redact" }, OfStep, 3, "id", `"redact" is there twice`},
		{"two boundaries of one id", func(g *Graph) { g.Boundaries[3].ID = "customer" }, OfBoundary, 3, "id", `"customer" is there twice`},
		{"two steps of one number", func(g *Graph) { g.Steps[3].Number = 1 }, OfStep, 3, "number", "step number 1 is there twice"},
		{"two links of one number", func(g *Graph) { g.Links[3].Number = 2 }, OfLink, 3, "number", "link number 2 is there twice"},
		{"negative number", func(g *Graph) { g.Links[3].Number = -1 }, OfLink, 3, "number", "-1"},
		{"step in no boundary", func(g *Graph) { g.Steps[4].Boundary = "openia" }, OfStep, 4, "boundary", `"openia"`},
		{"boundary without a step", func(g *Graph) { g.Steps[4].Boundary = "aws" }, OfBoundary, 3, "id", `"openai" holds no step`},
		{"unknown stage", func(g *Graph) { g.Steps[4].Stage = 9 }, OfStep, 4, "stage", `"#9"`},
		{"unknown kind", func(g *Graph) { g.Steps[4].Kind = 9 }, OfStep, 4, "kind", `"#9"`},
		{"unknown cargo", func(g *Graph) { g.Links[0].Carries = 9 }, OfLink, 0, "carries", `"#9"`},
		{"script address", func(g *Graph) { g.Steps[0].Href = "javascript:alert(1)" }, OfStep, 0, "href", `"javascript:alert(1)"`},
		{"foreign host without a scheme", func(g *Graph) { g.Steps[0].Href = "//evil.example/" }, OfStep, 0, "href", "evil"},
		{"plain http", func(g *Graph) { g.Steps[0].Href = "http://a.example/" }, OfStep, 0, "href", "http:"},
		{"data address", func(g *Graph) { g.Steps[0].Href = "data:text/html,x" }, OfStep, 0, "href", "data:"},
		{"address with a line break", func(g *Graph) { g.Steps[0].Href = "java\nscript:x" }, OfStep, 0, "href", "java"},
		{"name and password", func(g *Graph) { g.Steps[0].Href = "https://a:b@c.example/" }, OfStep, 0, "href", "a:b"},
		{"prefix", func(g *Graph) { g.Prefix = `x" onload="` }, OfGraph, -1, "prefix", "cannot begin an id"},
		{"no steps", func(g *Graph) { *g = Graph{Name: "empty", Prefix: "e", Title: "Empty"} }, OfGraph, -1, "steps", `"empty" has no steps`},
		{"200 steps", func(g *Graph) { *g = manySteps(200) }, OfGraph, -1, "steps", "200 steps"},
	}
	for _, tt := range tests {
		g := replyDrafts("d")
		tt.change(&g)
		found := false
		for _, p := range g.Problems() {
			if p.Subject == tt.subject && p.Index == tt.index && p.Field == tt.field {
				found = true
				if !strings.Contains(p.Text, tt.says) || p.Hint == "" || strings.ToLower(p.Text[:1]) != p.Text[:1] {
					t.Errorf("%s: problem %+v does not say %q", tt.name, p, tt.says)
				}
			}
		}
		if !found {
			t.Errorf("%s: not found among %v", tt.name, g.Problems())
		}
		var f *Fault
		if _, err := NewPool(Options{}).Draw(context.Background(), g); !errors.As(err, &f) || f.Reason != Refused {
			t.Errorf("%s: Draw returns %v, not a refusal", tt.name, err)
		}
	}
}

func TestGoodAddresses(t *testing.T) {
	for _, a := range []string{"", "https://openai.com/policies?a=b#c", "/subprocessors/openai/", "../flows/", "#d1-s3", "?a"} {
		if !safeAddress(a) {
			t.Errorf("%q is refused", a)
		}
	}
}

// manySteps returns a flow of so many steps, one after the other.
func manySteps(n int) Graph {
	g := Graph{Name: "many", Prefix: "m", Title: "Many steps", Boundaries: []Boundary{{ID: "own", Title: "Production", Kind: Own}, {ID: "v", Title: "Vendor", Kind: Vendor}}}
	for i := range n {
		s := Step{ID: fmt.Sprint("s", i), Title: fmt.Sprint("Step ", i+1), Stage: Stage(i * stageCount / n), Kind: Process, Boundary: "own"}
		if i%4 == 3 {
			s.Boundary = "v"
		}
		g.Steps = append(g.Steps, s)
		if i > 0 {
			g.Links = append(g.Links, Link{From: g.Steps[i-1].ID, To: s.ID, Carries: Metadata})
		}
	}
	return g
}

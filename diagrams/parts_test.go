package diagrams

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestSmallFlowIsOnePart(t *testing.T) {
	g := twelve("t")
	if parts := Parts(g); len(parts) != 1 || parts[0].Prefix != "t" {
		t.Errorf("%d parts, want the flow itself", len(parts))
	}
}

// TestPartsHoldEverything splits flows of up to the most steps and checks that no
// step and no link is lost, that parts are small enough, and that they can be drawn.
func TestPartsHoldEverything(t *testing.T) {
	flows := []Graph{grown("g", 6), grown("g", 30), manySteps(60), star(16)}
	for i := range 40 {
		flows = append(flows, randomFlow(rand.New(rand.NewPCG(uint64(i), 3))))
	}
	pool := newTestPool(t, Options{})
	for n, g := range flows {
		if ps := g.Problems(); len(ps) > 0 {
			t.Fatalf("flow %d: %v", n, ps)
		}
		parts := Parts(g)
		if len(parts) < 2 {
			t.Errorf("flow %d of %d steps and %d links is one part", n, len(g.Steps), len(g.Links))
		}
		checkParts(t, fmt.Sprint("flow ", n), g, parts)
		if n > 12 {
			continue
		}
		for _, p := range parts {
			if _, err := pool.Draw(context.Background(), p); err != nil {
				t.Errorf("flow %d: %v", n, err)
			}
		}
	}
}

func checkParts(t *testing.T, name string, g Graph, parts []Graph) {
	t.Helper()
	home, links := map[int]int{}, map[int]int{}
	for i, p := range parts {
		if err := p.drawable(); err != nil {
			t.Errorf("%s: part %d: %v", name, i+1, err)
		}
		for _, s := range p.Steps {
			if s.Kind != Continuation {
				home[s.Number]++
			}
		}
		for _, l := range p.Links {
			links[l.Number]++
		}
	}
	for i := range g.Steps {
		if home[g.stepNumber(i)] != 1 {
			t.Errorf("%s: step %d is in %d parts", name, i+1, home[g.stepNumber(i)])
		}
	}
	for i := range g.Links {
		if n := links[g.linkNumber(i)]; n != 1 && n != 2 {
			t.Errorf("%s: link %d is in %d parts", name, i+1, n)
		}
	}
}

// TestContinuationsLeadOn: the address of a continuation is the id of its step in the
// part where it stands, and it lies in that step's boundary.
func TestContinuationsLeadOn(t *testing.T) {
	pool := newTestPool(t, Options{})
	all, wanted := "", []string{}
	for _, p := range Parts(grown("g", 8)) {
		pic, err := pool.Draw(context.Background(), p)
		if err != nil {
			t.Fatal(err)
		}
		all += string(pic.SVG)
		for _, s := range p.Steps {
			if s.Kind == Continuation {
				wanted = append(wanted, strings.TrimPrefix(s.Href, "#"))
			}
		}
	}
	if len(wanted) == 0 {
		t.Fatal("no continuation")
	}
	for _, id := range wanted {
		if strings.Count(all, ` id="`+id+`"`) != 1 || !strings.Contains(all, `href="#`+id+`"`) {
			t.Errorf("continuation leads to %q, which is not there once", id)
		}
	}
	if !strings.Contains(all, `role="group"`) {
		t.Error("a picture with links is an img, which hides them from readers")
	}
}

// star returns a flow whose middle has as many links as a step may have.
func star(steps int) Graph {
	g := manySteps(steps)
	g.Links = nil
	for i := 1; i < steps; i++ {
		g.Links = append(g.Links, Link{From: "s0", To: g.Steps[i].ID})
	}
	return g
}

func randomFlow(r *rand.Rand) Graph {
	g := manySteps(20 + r.IntN(MaxFlowSteps-19))
	for i := range g.Steps {
		g.Steps[i].Stage = Stage(r.IntN(stageCount))
	}
	g.Links = nil
	ends := map[string]int{}
	for range r.IntN(MaxFlowLinks) {
		from, to := g.Steps[r.IntN(len(g.Steps))].ID, g.Steps[r.IntN(len(g.Steps))].ID
		if ends[from]++; ends[from] > MaxStepLinks {
			continue
		}
		if ends[to]++; ends[to] > MaxStepLinks {
			continue
		}
		g.Links = append(g.Links, Link{From: from, To: to, Carries: Carries(r.IntN(3))})
	}
	return g
}

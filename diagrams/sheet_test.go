package diagrams

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSheet draws the samples into a page for a person to look at, at three widths.
// It runs only when asked to, because nothing but an eye can judge it.
func TestSheet(t *testing.T) {
	dir := os.Getenv("CANDOR_SHEET")
	if dir == "" {
		t.Skip("CANDOR_SHEET names no folder for the sheet")
	}
	css, err := os.ReadFile(filepath.Join("testdata", "sheet.css"))
	if err != nil {
		t.Fatal(err)
	}
	p := newTestPool(t, Options{})
	var drawn []string
	for _, g := range append([]Graph{replyDrafts("d1"), twelve("d2"), foreign("d3")}, Parts(grown("d4", 6))...) {
		pic, err := p.Draw(context.Background(), g)
		if err != nil {
			t.Fatal(err)
		}
		drawn = append(drawn, fmt.Sprintf("<h2>%s</h2><div class=\"flow-scroll\" tabindex=\"0\">%s</div>", g.Title, pic.SVG))
	}
	for _, width := range []int{1040, 640, 340} {
		page := fmt.Sprintf("<!doctype html><meta charset=utf-8><style>%s main{width:%dpx}</style><main>%s</main>", css, width, strings.Join(drawn, "\n"))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("x%d.html", width)), []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// grown returns the flow of twelve steps with more of them.
func grown(prefix string, more int) Graph {
	g := twelve(prefix)
	for i := range more {
		id := fmt.Sprint("extra", i)
		g.Steps = append(g.Steps, Step{ID: id, Title: fmt.Sprint("Extra step ", i), Stage: Stage(i % stageCount), Kind: Process, Boundary: "own"})
		g.Links = append(g.Links, Link{From: g.Steps[i%12].ID, To: id, Carries: Metadata})
	}
	return g
}

package diagrams

import (
	"context"
	"os"
	"regexp"
	"strings"
	"testing"
)

func plated(t *testing.T, g Graph, p Plate) string {
	t.Helper()
	g.Plate = &p
	pic, err := newTestPool(t, Options{}).Draw(context.Background(), g)
	if err != nil {
		t.Fatal(err)
	}
	return string(pic.Plate)
}

// TestAPlateStandsAlone: it says what it is, where it is from and how to read it, has colors of its own and a size, and leads nowhere.
func TestAPlateStandsAlone(t *testing.T) {
	g := replyDrafts("d")
	g.Steps[1].Href = "/policies/x/"
	plate := plated(t, g, Plate{Heading: "Reply <drafts>", Source: "Example trust center, https://trust.example/", Accent: "#0a1b2c"})
	for _, want := range []string{
		`class="plate-heading" x="24" y="44" font-size="20" text-anchor="start" font-weight="bold" fill="#16201c">Reply &lt;drafts&gt;</text>`, `>Example trust center, https://trust.example/</text>`,
		`aria-labelledby="d-title"`, `<title id="d-title">`, `<rect x="0" y="0" `, `stroke="#0a1b2c" stroke-width="2.4"`,
		">Outside party<", ">Process<", ">Store<", ">AI model<", ">Trust boundary<", ">Our own systems<", ">Customer data<", ">Metadata<", ">No data, a signal<",
	} {
		if !strings.Contains(plate, want) {
			t.Errorf("%s is not in the plate", want)
		}
	}
	for _, bad := range []string{"currentColor", "Canvas", "<a ", "href", "style", "Goes on in another part"} {
		if strings.Contains(plate, bad) {
			t.Errorf("%q is in the plate", bad)
		}
	}
	if size := regexp.MustCompile(` width="(\d+\.?\d*)" height="(\d+\.?\d*)" viewBox="0 0 `).FindStringSubmatch(plate); size == nil {
		t.Error("the plate has no size of its own")
	}
}

// TestAPlateIsAsked: without one, none is drawn, and the picture of the page is the same either way.
func TestAPlateIsAsked(t *testing.T) {
	pool := newTestPool(t, Options{})
	g := replyDrafts("d")
	without, err := pool.Draw(context.Background(), g)
	if err != nil {
		t.Fatal(err)
	}
	g.Plate = &Plate{Heading: "x"}
	with, err := pool.Draw(context.Background(), g)
	if err != nil {
		t.Fatal(err)
	}
	if without.Plate != nil || with.Plate == nil || string(with.SVG) != string(without.SVG) {
		t.Errorf("plates of %d and %d bytes, pictures of %d and %d", len(without.Plate), len(with.Plate), len(without.SVG), len(with.SVG))
	}
}

// TestPlatesOfHostileGraphs draws plates of names that try to get out of their place; Draw returns none that AuditPlate refuses.
func TestPlatesOfHostileGraphs(t *testing.T) {
	for i, s := range hostile {
		plate := plated(t, labeled("Of "+s, s, s), Plate{Heading: s, Source: s, Accent: s})
		if !strings.Contains(plate, accentInk) {
			t.Errorf("%d: %q is taken for a color", i, s)
		}
	}
}

func TestPartsHavePlatesOfTheirOwn(t *testing.T) {
	g := grown("d", 6)
	g.Plate = &Plate{Heading: "Big", Source: "here", Accent: "#000000"}
	parts := Parts(g)
	if len(parts) < 2 || parts[1].Plate.Heading != "Big, part 2 of "+string(rune('0'+len(parts))) || parts[1].Plate.Source != "here" || parts[1].Plate.Accent != "#000000" {
		t.Fatalf("%d parts, the second with %+v", len(parts), parts[1].Plate)
	}
	pic, err := newTestPool(t, Options{}).Draw(context.Background(), parts[1])
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(pic.Plate), ">Goes on in another part<") {
		t.Error("the legend does not say what a continuation is")
	}
	if g.Plate.Heading != "Big" {
		t.Errorf("the graph's own plate became %+v", g.Plate)
	}
}

func TestAuditPlateRefuses(t *testing.T) {
	head := `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9" role="img" aria-labelledby="p-title"><title id="p-title">x</title>`
	if err := AuditPlate([]byte(head+`<rect x="0" y="0" width="9" height="9" fill="#ffffff"/></svg>`), "p"); err != nil {
		t.Fatalf("a clean plate: %v", err)
	}
	for _, bad := range []string{
		`<script>alert(1)</script>`, `<style>*{}</style>`, `<foreignObject/>`, `<image href="x.png"/>`, `<use href="#p-title"/>`, `<a href="https://a.example"/>`,
		`<g onload="alert(1)"/>`, `<g style="color:red"/>`, `<rect fill="url(#x)"/>`, `<rect fill="currentColor"/>`, `<rect fill="red"/>`, `<g id="q-s1"/>`, `<!-- x -->`,
	} {
		if err := AuditPlate([]byte(head+bad+`</svg>`), "p"); err == nil {
			t.Errorf("%s passes", bad)
		}
	}
}

func TestFold(t *testing.T) {
	for _, one := range []struct {
		text string
		room float64
		most int
		want string
	}{
		{"", 100, 3, ""},
		{"short", 100, 3, "short"},
		{"one two three four", 40, 9, "one two|three|four"},
		{"one two three four", 40, 2, "one two|three…"},
		{"iiiiiiiiiiiiiiiiiiii", 22.3, 9, "iiiiiiiiii|iiiiiiiiii"},
		{"日本語日本語", 37, 9, "日本語|日本語"},
	} {
		if got := strings.Join(fold(one.text, 10, one.room, one.most), "|"); got != one.want {
			t.Errorf("fold %q in %g: %q, want %q", one.text, one.room, got, one.want)
		}
	}
}

// TestOneLegend holds the legend of a plate against the one that pages have.
func TestOneLegend(t *testing.T) {
	page, err := os.ReadFile("../themes/default/layout/flowlegend.html")
	if err != nil {
		t.Fatal(err)
	}
	g := Graph{Steps: []Step{{Kind: Continuation}}}
	for _, c := range g.conventions() {
		if !strings.Contains(string(page), "<dd>"+c.words+"</dd>") {
			t.Errorf("the legend of pages does not say %q", c.words)
		}
	}
}

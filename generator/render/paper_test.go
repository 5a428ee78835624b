package render_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/generator/browser"
	"candor/generator/theme"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

const paperMargin = 51 // points from the edge of a sheet to what is printed on it: 18 mm

// A sheet is a page of paper: its words in reading order, with where they stand, in points from the upper left corner.
type sheet struct {
	Words []struct {
		Left   float64 `xml:"xMin,attr"`
		Right  float64 `xml:"xMax,attr"`
		Top    float64 `xml:"yMin,attr"`
		Bottom float64 `xml:"yMax,attr"`
		Text   string  `xml:",chardata"`
	} `xml:"word"`
}

// text gives the words of a sheet in one line.
func (s sheet) text() string {
	var words []string
	for _, w := range s.Words {
		words = append(words, w.Text)
	}
	return strings.Join(words, " ")
}

// A paper is a page of the site as it is printed.
type paper struct {
	address string
	sheets  []sheet
	close   string // all words, with nothing between them: a long address is broken over lines
}

// printed gives what a page of the site becomes on paper.
func printed(t *testing.T, ctx context.Context, root, address string) paper {
	t.Helper()
	tab := browser.Open(t, ctx, root+address)
	browser.Await(t, tab, `document.readyState === "complete"`)
	file := filepath.Join(t.TempDir(), "page.pdf")
	if err := os.WriteFile(file, browser.PDF(t, tab), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-bbox", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Sheets []sheet `xml:"body>doc>page"`
	}
	if err := xml.Unmarshal(out, &document); err != nil {
		t.Fatal(err)
	}
	if len(document.Sheets) == 0 {
		t.Fatalf("%s prints no sheet", address)
	}
	p := paper{address: address, sheets: document.Sheets}
	for _, s := range p.sheets {
		p.close += strings.ReplaceAll(s.text(), " ", "")
	}
	return p
}

// sheetsOf gives the numbers of the sheets that a word is on, counted from 1.
func (p paper) sheetsOf(word string) (on []int) {
	for i, s := range p.sheets {
		for _, w := range s.Words {
			if strings.Trim(w.Text, ".,") == word {
				on = append(on, i+1)
			}
		}
	}
	return on
}

// A paperCheck says what is wrong with a printed page, and nothing of one that it has no business with.
type paperCheck struct {
	name string
	find func(paper) []string
}

var paperChecks = []paperCheck{
	{"each sheet has its number", func(p paper) (wrong []string) {
		for i, s := range p.sheets {
			if want := fmt.Sprintf("%d / %d", i+1, len(p.sheets)); !strings.Contains(s.text(), want) {
				wrong = append(wrong, fmt.Sprintf("sheet %d does not say %q", i+1, want))
			}
		}
		return wrong
	}},
	{"each sheet but the first says what it is of", runningTitle},
	{"a picture is whole on one sheet", func(p paper) (wrong []string) {
		return together(p, "/data-flows/ /print/", "label", "label", paperSteps, func(i int) (first, last string) { return "label1", fmt.Sprintf("label%d", i) })
	}},
	{"a row of the list is whole on one sheet", func(p paper) []string {
		return together(p, "/subprocessors/ /print/", "vendorfirst", "vendorlast", paperVendors, nil)
	}},
	{"a row of a policy's table is whole on one sheet", func(p paper) []string {
		return together(p, "/policies/paper/ /print/", "rowfirst", "rowlast", paperRows, nil)
	}},
	{"each sheet of a table has its header", func(p paper) (wrong []string) {
		for i, s := range p.sheets {
			for row, head := range map[string]string{`vendorlast\d+.* Receives `: "AI terms", `rowfirst\d`: "Headmark"} {
				if p.address != "/subprocessors/v07/" && regexp.MustCompile(row).MatchString(s.text()) && !strings.Contains(s.text(), head) {
					wrong = append(wrong, fmt.Sprintf("sheet %d has rows without %q", i+1, head))
				}
			}
		}
		return wrong
	}},
	{"links are spelled out once", func(p paper) []string {
		switch p.address {
		case "/policies/paper/":
			return spelled(p, 1, "(https://partner.example/agreement)", "https://spelled.example/once", "(https://trust.acme.example/policies/other/)")
		case "/subprocessors/v07/":
			return spelled(p, 1, "(https://vendor7.example)", "(https://vendor7.example/dpa)")
		case "/print/":
			return append(spelled(p, 1, "(https://partner.example/agreement)", "https://spelled.example/once", "(https://vendor7.example)"), spelled(p, 0, "acme.example/policies", "acme.example/subprocessors", "acme.example/answers")...)
		}
		return nil
	}},
	{"places of the same page are not spelled out", func(p paper) (wrong []string) {
		for _, found := range regexp.MustCompile(`\(#[^)]*\)|\(/[^)]*\)`).FindAllString(p.close, -1) {
			wrong = append(wrong, found+" is no address")
		}
		return wrong
	}},
	{"what is folded is open", func(p paper) []string {
		switch p.address {
		case "/subprocessors/":
			return spelled(p, 1, "Entity1,Inc.", "Entity14,Inc.", "(https://vendor7.example)")
		case "/answers/":
			return spelled(p, 1, "Answerfirst1", "answerlast1", "Answerfirst6", "answerlast6")
		case "/print/":
			return spelled(p, 1, "Entity1,Inc.", "Entity14,Inc.", "Answerfirst1", "answerlast6", "Alsoasked1?", "Alsoasked6?")
		}
		return nil
	}},
	{"nothing is shown of which only a screen has a use", func(p paper) (wrong []string) {
		for _, screen := range []string{"Skip to content", "Copy link", "Whole answer", "↕", "↑", "Search", "All kinds", "Name, A to Z", "Full screen", "Download", "100 %", "Point at", "Next Other policy", "More on", "On this page"} {
			for i, s := range p.sheets {
				if strings.Contains(s.text(), screen) {
					wrong = append(wrong, fmt.Sprintf("sheet %d shows %q", i+1, screen))
				}
			}
		}
		return wrong
	}},
}

// runningTitle holds the upper margin to saying what the sheet is of, in words that do not stand on each other.
func runningTitle(p paper) (wrong []string) {
	want := map[string]string{"/policies/paper/": "Paper policy", "/subprocessors/": "Sub-processors", "/print/": "23 November 2026"}[p.address]
	for i, s := range p.sheets[1:] {
		var top sheet
		for _, w := range s.Words {
			if w.Bottom < paperMargin {
				top.Words = append(top.Words, w)
			}
		}
		if !strings.Contains(top.text(), "Acme trust center") || !strings.Contains(top.text(), want) || len(top.Words) == 0 {
			wrong = append(wrong, fmt.Sprintf("above sheet %d stands %q, not %q", i+2, top.text(), want))
			continue
		}
		for n, w := range top.Words[1:] {
			for _, before := range top.Words[:n+1] {
				if w.Left < before.Right-.5 && before.Left < w.Right-.5 && w.Top < before.Top+4 && before.Top < w.Top+4 {
					wrong = append(wrong, fmt.Sprintf("above sheet %d %q stands in the way of %q", i+2, w.Text, before.Text))
				}
			}
		}
	}
	return wrong
}

// together says which of n things are not whole on one sheet, or not there, on the pages that have them.
func together(p paper, pages, first, last string, n int, names func(i int) (first, last string)) (wrong []string) {
	if !strings.Contains(" "+pages+" ", " "+p.address+" ") && !(strings.HasPrefix(p.address, "/data-flows/") && strings.HasPrefix(pages, "/data-flows/")) {
		return nil
	}
	for i := 1; i <= n; i++ {
		a, z := first+fmt.Sprint(i), last+fmt.Sprint(i)
		if names != nil {
			a, z = names(i)
		}
		ons, onz := p.sheetsOf(a), p.sheetsOf(z)
		if len(ons) == 0 || len(onz) == 0 {
			wrong = append(wrong, fmt.Sprintf("%s is on the sheets %v, %s on %v", a, ons, z, onz))
			continue
		}
		shared := false
		for _, x := range onz {
			shared = shared || slices.Contains(ons, x)
		}
		if !shared {
			wrong = append(wrong, fmt.Sprintf("%s is on the sheets %v, %s on %v", a, ons, z, onz))
		}
	}
	return wrong
}

// spelled says which texts are not printed so many times.
func spelled(p paper, times int, texts ...string) (wrong []string) {
	for _, text := range texts {
		if n := strings.Count(p.close, text); n != times {
			wrong = append(wrong, fmt.Sprintf("%q is there %d times", text, n))
		}
	}
	return wrong
}

var paperPages = []string{"/policies/paper/", "/subprocessors/", "/subprocessors/v07/", "/data-flows/tall/", "/answers/", "/print/"}

// needPaper passes over a test where what is printed cannot be read.
func needPaper(t *testing.T) context.Context {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("no pdftotext (package poppler-utils): what is printed cannot be read")
	}
	return browser.Of(t)
}

// TestPaper prints pages as a reader does, and reads the sheets.
func TestPaper(t *testing.T) {
	ctx := needPaper(t)
	for i, th := range []*theme.Theme{look(t), handbookLook(t)} {
		name := []string{"default", "handbook"}[i]
		root := browser.Serve(t, paperSite(t, th).Read)
		for _, address := range paperPages {
			start := time.Now()
			p := printed(t, ctx, root, address)
			t.Logf("%s, %s: %d sheets in %.1f s", name, address, len(p.sheets), time.Since(start).Seconds())
			for _, check := range paperChecks {
				for _, wrong := range check.find(p) {
					t.Errorf("%s, %s: %s, but %s", name, address, check.name, wrong)
				}
			}
		}
	}
}

// TestPaperIsLight prints for a reader whose screen is dark: what comes is what comes for one whose screen is light.
func TestPaperIsLight(t *testing.T) {
	ctx := needPaper(t)
	root := browser.Serve(t, paperSite(t, look(t)).Read)
	var looks [2][]byte
	for i, scheme := range []string{"light", "dark"} {
		tab := browser.Open(t, ctx, root+"/data-flows/tall/")
		if _, err := chromedp.Call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}); err != nil {
			t.Fatal(err)
		}
		if got := browser.Eval[bool](t, tab, `matchMedia("(prefers-color-scheme: `+scheme+`)").matches`); !got {
			t.Fatalf("the screen is not %s", scheme)
		}
		looks[i] = picture(t, browser.PDF(t, tab))
	}
	if !bytes.Equal(looks[0], looks[1]) {
		t.Error("on paper a page looks otherwise when the screen is dark")
	}
	if light := bytes.Count(looks[1], []byte{255}); light < len(looks[1])/2 {
		t.Errorf("of %d pixels only %d are white", len(looks[1]), light)
	}
}

// picture gives the first sheet as pixels, from black to white.
func picture(t *testing.T, pdf []byte) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftoppm", "-r", "40", "-gray", "-f", "1", "-l", "1", file).Output()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestPaperTells prints the same pages without any style for paper: each check has to find something that is wrong then.
func TestPaperTells(t *testing.T) {
	ctx := needPaper(t)
	m := paperSite(t, look(t))
	root := browser.Serve(t, func(path string) ([]byte, bool) {
		data, ok := m.Read(path)
		if strings.HasSuffix(path, ".css") {
			style := strings.NewReplacer("@media print", "@media speech", "@page", "@nopage").Replace(string(data))
			data = []byte(style + "thead{display:table-row-group!important}p a[href]::after{content:\"(\" attr(href) \")\"}")
		}
		return data, ok
	})
	told := map[string]string{}
	for _, address := range paperPages {
		p := printed(t, ctx, root, address)
		for _, check := range paperChecks {
			for _, wrong := range check.find(p) {
				told[check.name] = wrong
			}
		}
	}
	for _, check := range paperChecks {
		t.Logf("%s: %s", check.name, told[check.name])
		if told[check.name] == "" {
			t.Errorf("without styles for paper nothing tells that %q does not hold", check.name)
		}
	}
}

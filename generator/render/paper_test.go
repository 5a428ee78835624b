package render_test

import (
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"candor/generator/browser"
	"candor/generator/model"
	"candor/generator/page"
)

// A sheet is a page of paper: its words in reading order, with where they stand.
type sheet struct {
	Height float64 `xml:"height,attr"`
	Words  []struct {
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

// printed gives the sheets that a page of the site becomes.
func printed(t *testing.T, root, address string) []sheet {
	t.Helper()
	tab := browser.Open(t, browser.Of(t), root+address)
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
	return document.Sheets
}

// TestPaper prints pages as a reader does, and reads the sheets.
func TestPaper(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("no pdftotext (package poppler-utils): what is printed cannot be read")
	}
	files := folder(t)
	site := siteOf(t, files)
	m := rendered(t, files, site, page.Options{BaseURL: "https://trust.example.com"})
	root := browser.Serve(t, m.Read)
	for _, address := range []string{model.AddressPrint, model.AddressSubprocessors, model.Address(site.Policies[0])} {
		sheets := printed(t, root, address)
		all := ""
		for i, s := range sheets {
			all += s.text() + "\n"
			if want := fmt.Sprintf("%d / %d", i+1, len(sheets)); !strings.Contains(s.text(), want) {
				t.Errorf("%s: sheet %d does not say %q", address, i+1, want)
			}
		}
		for _, screen := range []string{"Skip to content", "Copy link", "Whole answer"} {
			if strings.Contains(all, screen) {
				t.Errorf("%s: paper shows %q, of which only a screen has a use", address, screen)
			}
		}
	}
}

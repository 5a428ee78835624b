package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/xuri/excelize/v2"
)

// TestEdit holds the XML of sheets with cells written into it against what it should be, byte for byte.
func TestEdit(t *testing.T) {
	names, err := filepath.Glob("testdata/edit/*.txtar")
	if err != nil || len(names) < 8 {
		t.Fatal("archives are missing", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var cells []written
			for _, line := range strings.Split(strings.TrimSpace(string(a.Files[1].Data)), "\n") {
				at, text, _ := strings.Cut(line, " ")
				row, column, ok := parseCell(at)
				if !ok {
					t.Fatal(at)
				}
				cells = append(cells, written{row: row, column: column, text: text})
			}
			f, err := scan(a.Files[0].Data)
			if err != nil {
				t.Fatal(err)
			}
			got, err := editCells(a.Files[0].Data, f, cells)
			if err != nil {
				t.Fatal(err)
			}
			if *update {
				a.Files[2].Data = got
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if string(got) != string(a.Files[2].Data) {
				t.Errorf("%s\ngot:\n%s\nwant:\n%s", a.Comment, got, a.Files[2].Data)
			}
		})
	}
}

func unzipped(t testing.TB, data []byte) map[string]*zip.File {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]*zip.File{}
	for _, f := range z.File {
		m[f.Name] = f
	}
	return m
}

func packed(t testing.TB, f *zip.File) []byte {
	t.Helper()
	r, err := f.OpenRaw()
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func unpacked(t testing.TB, f *zip.File) string {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestNothingElseChanges compares a filled workbook part by part with what it was.
func TestNothingElseChanges(t *testing.T) {
	before := unzipped(t, rawBook().zip(t))
	_, out := filledRaw(t)
	after := unzipped(t, out)
	touched := []string{"xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"}
	for name, f := range before {
		g := after[name]
		if g == nil {
			t.Errorf("%s is lost", name)
		} else if same := bytes.Equal(packed(t, f), packed(t, g)); same == slices.Contains(touched, name) {
			t.Errorf("%s: the same is %v", name, same)
		}
	}
	if len(after) != len(before)+1 {
		t.Errorf("%d parts became %d", len(before), len(after))
	}
	// taken out again, what was written leaves the sheet as it was
	sheet := unpacked(t, after["xl/worksheets/sheet1.xml"])
	for _, undo := range [][2]string{
		{`<c r="[A-Z]\d" t="inlineStr"><is><t xml:space="preserve">(?:Link|https:| &lt;b)[^<]*</t></is></c>`, ""},
		{`(<c r="B[23]" s="1") t="inlineStr"><is><t xml:space="preserve">(?:Yes|No)</t></is></c>`, "$1/>"},
		{`<dimension ref="A1:F4"/>`, `<dimension ref="A1:E4"/>`}, {`(<row r="[12]" spans=)"1:6"`, `$1"1:5"`},
	} {
		sheet = regexp.MustCompile(undo[0]).ReplaceAllString(sheet, undo[1])
	}
	if want := unpacked(t, before["xl/worksheets/sheet1.xml"]); sheet != want {
		t.Errorf("got:\n%s\nwant:\n%s", sheet, want)
	}
	book := unpacked(t, after["xl/workbook.xml"])
	book = strings.Replace(book, `<calcPr fullCalcOnLoad="1" calcId`, `<calcPr calcId`, 1)
	book = strings.Replace(book, `<sheet name="Candor  suggestions 1" sheetId="5" r:id="rId5"/>`, "", 1)
	if want := unpacked(t, before["xl/workbook.xml"]); book != want {
		t.Errorf("got:\n%s\nwant:\n%s", book, want)
	}
}

// TestStylesAreAdded adds two styles after those of the workbook, which stay.
func TestStylesAreAdded(t *testing.T) {
	_, out := filledRaw(t)
	styles := unpacked(t, unzipped(t, out)["xl/styles.xml"])
	for _, undo := range [][2]string{
		{`<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>`, `</fonts>`}, {`<fonts count="2"`, `<fonts count="1"`},
		{`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>`, `</cellXfs>`},
		{`<cellXfs count="4"`, `<cellXfs count="2"`},
	} {
		if strings.Count(styles, undo[0]) != 1 {
			t.Errorf("no %s in %s", undo[0], styles)
		}
		styles = strings.Replace(styles, undo[0], undo[1], 1)
	}
	if want := rawBook().parts["xl/styles.xml"]; styles != want {
		t.Errorf("got:\n%s\nwant:\n%s", styles, want)
	}
	sheet := unpacked(t, unzipped(t, out)["xl/worksheets/sheet2.xml"])
	for _, cell := range []string{`<c r="A1" s="2" t`, `<c r="A2" s="3" t`} {
		if !strings.Contains(sheet, cell) {
			t.Errorf("no %s in %s", cell, sheet)
		}
	}
}

// TestReadBack has the library read what was written: texts are texts, never formulas, and validations are what they were.
func TestReadBack(t *testing.T) {
	_, out := filledRaw(t)
	for name, f := range unzipped(t, out) {
		if strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") {
			wellFormed(t, name, unpacked(t, f))
		}
	}
	x, err := excelize.OpenReader(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range [][3]string{
		{"Q & A", "B2", "Yes"}, {"Q & A", "B3", "No"}, {"Q & A", "C2", " <b> & \"so\"\n_x0041_ =1+1 "}, {"Q & A", "F1", "Link"}, {"Q & A", "F2", "https://example.com/a?b=1&c=2"},
		{"Q & A", "A1", "Question"}, {"Q & A", "D3", "0"}, {"Candor  suggestions 1", "B2", `=HYPERLINK("x")`}, {"Candor  suggestions 1", "A1", "Row"},
	} {
		if got, err := x.GetCellValue(want[0], want[1]); got != want[2] || err != nil {
			t.Errorf("%s!%s is %q, want %q (%v)", want[0], want[1], got, want[2], err)
		}
		if f, _ := x.GetCellFormula(want[0], want[1]); f != "" && want[1] != "D3" {
			t.Errorf("%s!%s is the formula %q", want[0], want[1], f)
		}
	}
	rules, err := x.GetDataValidations("Q & A")
	if err != nil || len(rules) != 2 {
		t.Errorf("validations: %v %v", rules, err)
	}
}

func wellFormed(t testing.TB, name, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
	}
}

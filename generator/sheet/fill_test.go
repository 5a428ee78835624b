package sheet

import (
	"fmt"
	"strings"
	"testing"
)

// filledCells describes a book, fills all its rows with an answer, and gives the cells that changed as "B2 text".
func filledCells(t *testing.T, description string, extra []string, fill func(Row) Fill) (string, []Left) {
	t.Helper()
	b, err := Open("q.xlsx", described(t, description).zip(t))
	if err != nil {
		t.Fatal(err)
	}
	s, err := b.Survey(Choice{})
	if err != nil {
		t.Fatal(err)
	}
	var fills []Fill
	for _, r := range rowsOf(s) {
		f := fill(r)
		f.Sheet, f.Row = r.Sheet, r.Number
		fills = append(fills, f)
	}
	left := b.Write(s, extra, fills)
	out, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	again, err := Open("q.xlsx", out)
	if err != nil {
		t.Fatal(err)
	}
	var changed []string
	for i, p := range again.file.pages() {
		old := b.file.pages()[i]
		for r := 1; r <= len(p.cells); r++ {
			for c := 1; c <= p.width; c++ {
				if p.at(r, c) != old.at(r, c) {
					changed = append(changed, fmt.Sprintf("%s%d %s", letters(c), r, p.at(r, c)))
				}
			}
		}
	}
	return strings.Join(changed, "\n"), left
}

func TestWrite(t *testing.T) {
	yes := func(r Row) Fill {
		if word, _ := Word("yes", r.Allowed); word != "" {
			return Fill{Answer: word, Comment: "prose"}
		}
		return Fill{Answer: "Yes.", Comment: "prose"}
	}
	for _, c := range []struct {
		name, book string
		extra      []string
		fill       func(Row) Fill
		want, left string
	}{
		{"merged cells are written at their first cell", "sheet Q\n1 | # | Question | | Answer | | Comment\n2 | 1 | Is it safe? | | | |\n3 | 2 | Is it sound? | | | |\n4 | 3 | Is it dry? | | | |\nmerge D1:E1\nmerge D2:E2\nmerge B2:C2\nmerge D3:E4", nil, yes,
			"D2 Yes.\nF2 prose\nD3 Yes.\nF3 prose\nF4 prose", "4 its answer cell is that of row 3 too"},
		{"a mark stands in the column of the word", "sheet Q\n1 | # | Question | Yes | No | Remarks\n2 | 1 | Is it safe? | | |\n3 | 2 | Is it sound? | | x |", nil, yes,
			"C2 X\nE2 prose\nE3 prose", "3 it is answered already"},
		{"what is given stays", "sheet Q\n1 | # | Question | Answer | Comment | Evidence\n2 | 1 | Is it safe? | No | | see x\n3 | 2 | Is it sound? | Please select | No. |", nil, func(r Row) Fill { return Fill{Answer: "Yes.", Comment: "prose", Link: "https://l"} },
			"D2 prose\nC3 Yes.\nE3 https://l", "2 something stands there already\n2 something stands there already\n3 something stands there already"},
		{"a drop-down takes its words only", "sheet Q\n1 | # | Question | Answer | Comment\n2 | 1 | Is it safe? | |\n3 | 2 | Is it sound? | |\nlist C2 Yes,No\nlist C3 =INDIRECT(A3)", nil, func(Row) Fill { return Fill{Answer: "yes", Comment: "prose"} },
			"D2 prose\nD3 prose", "2 \"yes\" is no word of its drop-down\n3 the words of its drop-down cannot be told"},
		{"a formula stays", "sheet Q\n1 | # | Question | Answer\n2 | 1 | Is it safe? | =A2&\"\" -> \n3 | 2 | Is it sound? |", nil, yes, "C3 Yes.", "2 something stands there already"},
		{"boxes are marked", "sheet Q\n1 | # | Question | Answer\n2 | 1 | Is it safe? | ☐ Yes ☐ No\n3 | 2 | Is it sound? | [ ] No [ ] Yes\n4 | 3 | Is it dry? | Yes / No", nil, yes,
			"C2 ☒ Yes ☐ No\nC3 [ ] No [x] Yes\nC4 Yes", ""},
		{"answers beside a label below", "sheet Q\n1 | 1. Is it safe, and how?\n2 | Answer: |\n4 | 2. Is it sound, and how?\n5 | Answer: | given", nil, yes, "B2 Yes.", "4 something stands there already"},
		{"a sheet without a column for answers", "sheet Q\n2 | # | Question\n3 | 1 | Is it safe?\n4 | 2 | Is it sound?", []string{"Link"}, func(Row) Fill { return Fill{Answer: "Yes.", Extra: []string{"l"}} },
			"C2 Answer\nD2 Link\nC3 Yes.\nD3 l\nC4 Yes.\nD4 l", ""},
		{"extra columns stand right of all, below every header", "sheet Q\n1 | # | Question | Answer | | Points\n2 | 1 | Is it safe? | | | 5\n4 | # | Question | Answer | | Points\n5 | 2 | Is it sound? | | | 5", []string{"Link", "Confidence"}, func(r Row) Fill { return Fill{Answer: "A", Extra: []string{"l", "c"}} },
			"F1 Link\nG1 Confidence\nC2 A\nF2 l\nG2 c\nF4 Link\nG4 Confidence\nC5 A\nF5 l\nG5 c", ""},
		{"texts are cut to what the cell takes", "sheet Q\n1 | # | Question | Answer | Comment\n2 | 1 | Is it safe? | |\nlength D2 10", nil, func(Row) Fill { return Fill{Answer: "Yes", Comment: "one two three four"} },
			"C2 Yes\nD2 one two…", "2 the text was cut to what the cell takes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, left := filledCells(t, c.book, c.extra, c.fill)
			if got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
			var told []string
			for _, l := range left {
				told = append(told, fmt.Sprintf("%d %s", l.Row, l.Why))
			}
			if got := strings.Join(told, "\n"); got != c.left {
				t.Errorf("left:\n%s\nwant:\n%s", got, c.left)
			}
		})
	}
}

// TestStyleOfAddedCells gives cells that were not there the style of a cell in their row.
func TestStyleOfAddedCells(t *testing.T) {
	b, err := Open("q.xlsx", described(t, "sheet Q\n1 | Question | Answer\n2 | Is it safe? | \n3 | Is it sound? |\nbold A1:B1\nunlock B2:B3").zip(t))
	if err != nil {
		t.Fatal(err)
	}
	s, err := b.Survey(Choice{})
	if err != nil {
		t.Fatal(err)
	}
	b.Write(s, []string{"Link"}, []Fill{{Sheet: "Q", Row: 2, Answer: "Yes", Extra: []string{"l"}}})
	out, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	sheet := unpacked(t, unzipped(t, out)["xl/worksheets/sheet1.xml"])
	for _, cell := range []string{`<c r="C1" s="1" t`, `<c r="B2" s="2" t`, `<c r="C2" s="2" t`} {
		if !strings.Contains(sheet, cell) {
			t.Errorf("no %s in %s", cell, sheet)
		}
	}
}

// TestRecalculation asks for it when a formula may read what was written, and not otherwise; a workbook worked out by hand stays so.
func TestRecalculation(t *testing.T) {
	const questions = "sheet Q\n1 | # | Question | Answer\n2 | 1 | Is it safe? |\n3 | 2 | Is it sound? |\n"
	for _, c := range []struct{ name, book, from, to, want string }{
		{"no formula", questions, "", "", `<calcPr calcId="191029"/>`},
		{"a formula in the sheet", questions + "5 | =COUNTA(C2:C3) -> 0", "", "", `<calcPr fullCalcOnLoad="1" calcId="191029"/>`},
		{"a formula elsewhere", questions + "sheet Score\n1 | =COUNTIF(Q!C2:C3,\"Yes\") -> 0", "", "", `<calcPr fullCalcOnLoad="1" calcId="191029"/>`},
		{"a formula about something else", questions + "sheet Score\n1 | =A2 -> 0", "", "", `<calcPr calcId="191029"/>`},
		{"a formula with a name", questions + "sheet Score\n1 | =COUNTA(answers) -> 0\nname answers Q!$C$2:$C$3", "", "", `<calcPr fullCalcOnLoad="1" calcId="191029"/>`},
		{"by hand", questions + "5 | =COUNTA(C2:C3) -> 0", `<calcPr `, `<calcPr calcMode="manual" `, `<calcPr calcMode="manual" calcId="191029"/>`},
		{"said already", questions + "5 | =COUNTA(C2:C3) -> 0", `<calcPr `, `<calcPr fullCalcOnLoad="0" `, `<calcPr fullCalcOnLoad="1" calcId="191029"/>`},
		{"nothing about it", questions + "5 | =COUNTA(C2:C3) -> 0", `<calcPr calcId="191029"/>`, "", `</sheets><calcPr fullCalcOnLoad="1"/></workbook>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			parts := described(t, c.book)
			if c.from != "" {
				parts.put("xl/workbook.xml", strings.Replace(parts.parts["xl/workbook.xml"], c.from, c.to, 1))
			}
			b, err := Open("q.xlsx", parts.zip(t))
			if err != nil {
				t.Fatal(err)
			}
			s, err := b.Survey(Choice{})
			if err != nil {
				t.Fatal(err)
			}
			b.Write(s, nil, []Fill{{Sheet: "Q", Row: 2, Answer: "Yes"}})
			out, err := b.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			if got := unpacked(t, unzipped(t, out)["xl/workbook.xml"]); !strings.Contains(got, c.want) {
				t.Errorf("no %s in %s", c.want, got)
			}
		})
	}
}

// TestNewSheetNames makes names that a sheet may have.
func TestNewSheetNames(t *testing.T) {
	b, err := Open("q.xlsx", described(t, "sheet Candor suggestions\n1 | Question\n2 | Is it safe?").zip(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Candor suggestions", "candor SUGGESTIONS", "a/b:c", strings.Repeat("long ", 10), ""} {
		b.AddSheet(name, [][]string{{"a"}})
	}
	out, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	again, err := Open("q.xlsx", out)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range again.file.pages() {
		names = append(names, p.name)
	}
	if got, want := strings.Join(names, "|"), "Candor suggestions|Candor suggestions 2|candor SUGGESTIONS 3|a b c|long long long long long long l|Sheet"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

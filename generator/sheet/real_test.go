package sheet

import (
	"encoding/csv"
	"fmt"
	"os"
	"strings"
	"testing"
)

// asked is a question of a real questionnaire.
type asked struct{ id, section, question string }

func realQuestions(t testing.TB, name string) []asked {
	t.Helper()
	f, err := os.Open("testdata/questionnaires/" + name + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []asked
	for _, r := range records[1:] {
		all = append(all, asked{r[0], r[1], r[2]})
	}
	return all
}

// cell keeps what a description of a book would read as its own signs out of a text.
func cell(text string) string {
	return strings.NewReplacer("|", "/", " -> ", " to ", "\n", " ").Replace(text)
}

// forms are the ways in which the tests write a questionnaire: each gives a file, and whether it keeps sections.
var forms = []struct {
	name     string
	sections bool
	write    func(t testing.TB, all []asked) (string, []byte)
}{
	{"a list with commas", true, func(t testing.TB, all []asked) (string, []byte) {
		return "q.csv", []byte(separated(all, ",", "\n", "id,section,question\n"))
	}},
	{"a list with semicolons below a title, in UTF-16", true, func(t testing.TB, all []asked) (string, []byte) {
		head := "Vendor assessment;;;;\r\n\r\nPlease answer in column D;;;;\r\n\r\nRef;Domain;Requirement;Vendor response;Comments\r\n"
		return "q.csv", []byte(utf16Bytes(separated(all, ";", "\r\n", head), false, true))
	}},
	{"questions alone", false, func(t testing.TB, all []asked) (string, []byte) {
		var b strings.Builder
		b.WriteString("sheet Fragen\n")
		for i, a := range all {
			fmt.Fprintf(&b, "%d | %s\n", i+1, cell(a.question))
		}
		return "q.xlsx", described(t, b.String()).zip(t)
	}},
	{"a sheet with a title, a header in row 12 and drop-downs", true, func(t testing.TB, all []asked) (string, []byte) {
		var b strings.Builder
		b.WriteString("sheet Instructions\n1 | How to answer\n2 | Please choose Yes, No or N/A for every question and explain your answer.\nsheet Questionnaire\n2 | Vendor security questionnaire\n4 | Please complete all questions and return this file to us within ten days.\n12 | Control ID | Control Domain | Question | Answer (Yes/No/NA) | Comments / Evidence | Weight\n")
		for i, a := range all {
			fmt.Fprintf(&b, "%d | %s | %s | %s | | | 3\n", i+13, a.id, cell(a.section), cell(a.question))
		}
		fmt.Fprintf(&b, "list D13:D%d =Words!$A$1:$A$3\nsheet Words hidden\n1 | Yes\n2 | No\n3 | N/A\n", len(all)+12)
		return "q.xlsx", described(t, b.String()).zip(t)
	}},
	{"sections with headers of their own, questions as formulas into a hidden sheet", true, func(t testing.TB, all []asked) (string, []byte) {
		var b, data strings.Builder
		b.WriteString("sheet Assessment\n1 | Supplier assessment\n")
		row, section := 3, ""
		for i, a := range all {
			if a.section != section {
				section = a.section
				fmt.Fprintf(&b, "%d | %s\nmerge A%[1]d:E%[1]d\nbold A%[1]d\n%[3]d | # | Question | Compliant? | Vendor comments | Reviewer notes\n", row+1, cell(section), row+2)
				row += 3
			}
			fmt.Fprintf(&b, "%d | %s | =Data!$C%d | Please select | |\nx14list C%[1]d Please select,Yes,No,Partial\n", row, a.id, i+1)
			fmt.Fprintf(&data, "%d | %s | | %s\n", i+1, a.id, cell(a.question))
			row++
		}
		text := strings.ReplaceAll(b.String(), "x14list", "list") + "sheet Data hidden\n" + data.String()
		return "q.xlsx", described(t, text).zip(t)
	}},
}

func separated(all []asked, separator, end, head string) string {
	var b strings.Builder
	b.WriteString(head)
	for _, a := range all {
		for i, text := range []string{a.id, a.section, a.question} {
			if i > 0 {
				b.WriteString(separator)
			}
			b.WriteString(`"` + strings.ReplaceAll(text, `"`, `""`) + `"`)
		}
		b.WriteString(end)
	}
	return b.String()
}

// TestRealQuestionnaires finds every question of real questionnaires in every form, no other text, and its section; fills all, and reads it back.
func TestRealQuestionnaires(t *testing.T) {
	for _, name := range []string{"mvsp-3.0", "plainanswer", "cisa-vendor-scrm"} {
		all := realQuestions(t, name)
		for _, form := range forms {
			t.Run(name+"/"+form.name, func(t *testing.T) {
				file, data := form.write(t, all)
				b, err := Open(file, data)
				if err != nil {
					t.Fatal(err)
				}
				s, err := b.Survey(Choice{})
				if err != nil {
					t.Fatal(err)
				}
				rows := rowsOf(s)
				if len(rows) != len(all) {
					t.Errorf("%d of %d questions were found in %d tables", len(rows), len(all), len(s.Tables))
				}
				for i := range min(len(rows), len(all)) {
					compareRow(t, rows[i], all[i], form.sections)
				}
				refill(t, file, b, s)
			})
		}
	}
}

func compareRow(t *testing.T, r Row, want asked, sections bool) {
	t.Helper()
	if cell(r.Question) != cell(want.question) {
		t.Fatalf("row %d is %q, want %q", r.Number, r.Question, want.question)
	}
	if !shortName(want.section) {
		return // a note as long as a paragraph is the name of nothing
	}
	if sections && (r.ID != want.id || cell(r.Section) != strings.Join(strings.Fields(cell(want.section)), " ")) {
		t.Fatalf("row %d is %q in %q, want %q in %q", r.Number, r.ID, r.Section, want.id, want.section)
	}
	if r.Given != "" || r.GivenComment != "" {
		t.Fatalf("row %d: given %q, %q", r.Number, r.Given, r.GivenComment)
	}
}

func rowsOf(s Survey) []Row {
	var rows []Row
	for _, t := range s.Tables {
		rows = append(rows, t.Rows...)
	}
	return rows
}

// refill answers every row and reads the file again: what was written is given now, at the same rows.
func refill(t *testing.T, file string, b *Book, s Survey) {
	t.Helper()
	var fills []Fill
	for _, r := range rowsOf(s) {
		f := Fill{Sheet: r.Sheet, Row: r.Number, Answer: "We do this: " + r.Question, Comment: "See \"security\", <2>"}
		if len(r.Allowed) > 0 {
			f.Answer, _ = Word("yes", r.Allowed)
		}
		fills = append(fills, f)
	}
	if left := b.Write(s, []string{"Link", "Confidence"}, fills); len(left) > 0 {
		t.Error(left[0])
	}
	out, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	again, err := Open(file, out)
	if err != nil {
		t.Fatal(err)
	}
	read, err := again.Survey(Choice{})
	if err != nil {
		t.Fatal(err)
	}
	rows := rowsOf(read)
	for i, f := range fills {
		if i >= len(rows) || rows[i].Number != f.Row || rows[i].Given != f.Answer || s.Tables[0].Comment > 0 && rows[i].GivenComment != f.Comment {
			t.Fatalf("row %d was filled with %q and %q, and reads %+v", f.Row, f.Answer, f.Comment, rows[min(i, len(rows)-1)])
		}
	}
}

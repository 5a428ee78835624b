package sheet

import (
	"errors"
	"strings"
	"testing"
)

// FuzzText opens, surveys and fills arbitrary bytes as text. What was not written stays.
func FuzzText(f *testing.F) {
	for _, s := range []string{"Question,Answer\nIs it safe?,\n", "sep=;\na;b\r\n\"c\"\"d\";e", "\xff\xfea\x00,\x00b\x00", "\"", "Do you \xe4?\t\t\nWho?\t", "Is it safe, and sound?\nWhere?\n\"x"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Open("q.csv", data)
		if err != nil {
			checkRefusal(t, err)
			return
		}
		if out, err := b.Bytes(); err != nil || string(out) != string(data) {
			t.Errorf("untouched, %q became %q (%v)", data, out, err)
		}
		fillAll(t, b)
	})
}

// FuzzBook opens, surveys and fills a workbook whose sheet, texts, workbook and relations are arbitrary.
func FuzzBook(f *testing.F) {
	raw := rawBook()
	const sheet, texts, book, rels = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
	f.Add(raw.parts[sheet], raw.parts[texts], raw.parts[book], raw.parts[rels])
	d := described(f, "sheet Q\n1 | # | Question | Answer | Notes\n2 | 1 | Do you do it? | | \n3 | 2 | =A1&\"x\" | |\nlist C2:C3 =$F$1:$F$2\nmerge A4:D4\nlength D2 20\nhide row 3\nprotect")
	f.Add(d.parts["xl/worksheets/sheet1.xml"], raw.parts[texts], d.parts[book], d.parts[rels])
	f.Fuzz(func(t *testing.T, s, x, w, r string) {
		b := rawBook()
		b.put(sheet, s)
		b.put(texts, x)
		b.put(book, w)
		b.put(rels, r)
		opened, err := Open("q.xlsx", b.zip(t))
		if err != nil {
			checkRefusal(t, err)
			return
		}
		fillAll(t, opened)
	})
}

// FuzzArchive opens arbitrary bytes under a workbook's name.
func FuzzArchive(f *testing.F) {
	f.Add(rawBook().zip(f))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Open("q.xlsx", data)
		if err != nil {
			checkRefusal(t, err)
			return
		}
		fillAll(t, b)
	})
}

func checkRefusal(t *testing.T, err error) {
	t.Helper()
	var r *Refusal
	if !errors.As(err, &r) || r.Text == "" || r.Hint == "" {
		t.Errorf("%#v is no refusal with a hint", err)
	}
}

// fillAll fills whatever was found. What is written can be read again, and the survey finds it as given.
func fillAll(t *testing.T, b *Book) {
	t.Helper()
	s, err := b.Survey(Choice{})
	if err != nil {
		checkRefusal(t, err)
		return
	}
	var fills []Fill
	for _, table := range s.Tables {
		for _, r := range table.Rows {
			answer := "a <b> & \x01 =c"
			if len(r.Allowed) > 0 {
				answer = r.Allowed[0]
			}
			fills = append(fills, Fill{Sheet: r.Sheet, Row: r.Number, Answer: answer, Comment: "d", Extra: []string{"e"}})
		}
	}
	b.Write(s, []string{"Link"}, fills)
	b.AddSheet("Suggestions", [][]string{{"a"}, {"b"}})
	out, err := b.Bytes()
	if err != nil {
		return // what a sheet lacks may come out only then; nothing was written
	}
	again, err := Open(map[bool]string{true: "q.csv", false: "q.xlsx"}[b.CSV()], out)
	if err != nil {
		t.Errorf("what was written is refused: %v", err)
		return
	}
	if b.CSV() || len(fills) == 0 {
		return
	}
	found := false
	for _, p := range again.file.pages() {
		found = found || strings.HasPrefix(p.name, "Suggestions")
	}
	if !found {
		t.Error("the new sheet is not there")
	}
}

// FuzzMeant holds Harmless and Meant to be each other's reverse, for whatever does not begin with a tab or a line end.
func FuzzMeant(f *testing.F) {
	for _, s := range []string{"=1", "'=1", "''=1", "a; =1", "a|'=b", "- x", "\"=", " '+", "it's =", "＝"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if s = strings.TrimLeft(strings.ToValidUTF8(s, ""), "\t\r\n'"); Meant(Harmless(s)) != s {
			t.Errorf("%q became %q, then %q", s, Harmless(s), Meant(Harmless(s)))
		}
	})
}

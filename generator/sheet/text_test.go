package sheet

import (
	"strings"
	"testing"
	"unicode/utf16"
)

func utf16Bytes(text string, big, mark bool) string {
	var b strings.Builder
	units := utf16.Encode([]rune(text))
	if mark {
		units = append([]uint16{0xfeff}, units...)
	}
	for _, u := range units {
		if big {
			b.Write([]byte{byte(u >> 8), byte(u)})
		} else {
			b.Write([]byte{byte(u), byte(u >> 8)})
		}
	}
	return b.String()
}

// filledText fills the first question of a CSV file.
func filledText(t *testing.T, data string, extra []string, f Fill) (string, []Left) {
	t.Helper()
	b, err := Open("q.csv", []byte(data))
	if err != nil {
		t.Fatal(err)
	}
	s, err := b.Survey(Choice{})
	if err != nil {
		t.Fatal(err)
	}
	f.Row = s.Tables[0].Rows[0].Number
	left := b.Write(s, extra, []Fill{f})
	out, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return string(out), left
}

// TestTextStaysAsItWas fills one row: the file's letters, marks, ends of lines, and all other records stay byte for byte.
func TestTextStaysAsItWas(t *testing.T) {
	const lines = "#,Question,Answer,Comments\r\n1,\"Do you, Zoë, encrypt \"\"it\"\"?\",,\r\n2,Who has \"keys\" to it?,\"x\r\ny\" ,\r\n3,short?\r\n"
	const want = "#,Question,Answer,Comments\r\n1,\"Do you, Zoë, encrypt \"\"it\"\"?\",Yes,\"a, \"\"b\"\"\nc\"\r\n2,Who has \"keys\" to it?,\"x\r\ny\" ,\r\n3,short?\r\n"
	latin := func(s string) string { return strings.ReplaceAll(s, "ë", "\xeb") }
	for _, c := range []struct{ name, data, want string }{
		{"UTF-8", lines, want},
		{"UTF-8 with a mark", "\ufeff" + lines, "\ufeff" + want},
		{"Windows-1252", latin(lines), latin(want)},
		{"UTF-16, little end first", utf16Bytes(lines, false, true), utf16Bytes(want, false, true)},
		{"UTF-16, big end first", utf16Bytes(lines, true, true), utf16Bytes(want, true, true)},
		{"UTF-16 without a mark", utf16Bytes(lines, false, false), utf16Bytes(want, false, false)},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, left := filledText(t, c.data, nil, Fill{Answer: "Yes", Comment: "a, \"b\"\r\nc"})
			if got != c.want || len(left) > 0 {
				t.Errorf("got  %q\nwant %q\nleft %v", got, c.want, left)
			}
		})
	}
}

func TestSeparators(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"semicolons", "Question;Answer\nIs it safe, sound, and dry?;\nIs it sold?;\n", "Question;Answer\nIs it safe, sound, and dry?;\"a;b\"\nIs it sold?;\n"},
		{"tabs", "Question\tAnswer\nIs it safe, sound, and dry?\t\nIs it sold?\n", "Question\tAnswer\nIs it safe, sound, and dry?\t\"a;b\"\nIs it sold?\n"},
		{"bars", "Question|Answer\nIs it safe; sound; and dry?|\nIs it sold?|", "Question|Answer\nIs it safe; sound; and dry?|\"a;b\"\nIs it sold?|"},
		{"said in the first line", "sep=;\nQuestion;Answer\nIs it safe?;\n", "sep=;\nQuestion;Answer\nIs it safe?;\"a;b\"\n"},
		{"all in quotation marks", "\"Question\",\"Answer\"\n\"Is it safe?\",\"\"\n", "\"Question\",\"Answer\"\n\"Is it safe?\",\"a;b\"\n"},
		{"one column of sentences", "Is it safe, and sound?\nWhere, and how, is it kept?\n", "\"Is it safe, and sound?\",\"a;b\"\nWhere, and how, is it kept?\n"},
		{"a mark that is never closed", "Question,Answer\nIs \"it safe?,\n\"Is it sold?,\n", "Question,Answer\nIs \"it safe?,\"a;b\"\n\"Is it sold?,\n"},
		{"old ends of lines", "Question,Answer\rIs it safe?,\rIs it sold?,\r", "Question,Answer\rIs it safe?,\"a;b\"\rIs it sold?,\r"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, left := filledText(t, c.data, nil, Fill{Answer: "a;b"}); got != c.want || len(left) > 0 {
				t.Errorf("got  %q\nwant %q\nleft %v", got, c.want, left)
			}
		})
	}
}

// TestInert writes what a spreadsheet would run.
func TestInert(t *testing.T) {
	for _, text := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00a0=1", "＝1", "-- =1", "=HYPERLINK(\"http://x\",\"y\")"} {
		got, _ := filledText(t, "Question,Answer,Comment\nIs it safe?,,\n", []string{"Link"}, Fill{Answer: text, Comment: text, Extra: []string{text}})
		cells := split(got, 0, ',', 9)
		for i, f := range cells[1].fields[1:] {
			if f.value == text || !strings.Contains(f.value, "'") {
				t.Errorf("%q is written as %q in column %d", text, f.value, i+2)
			}
		}
	}
}

// TestLettersOfTheFile writes letters that the file's coding lacks.
func TestLettersOfTheFile(t *testing.T) {
	got, _ := filledText(t, "Question,Answer\nIs it s\xe4fe?,\n", nil, Fill{Answer: "a → b “c” – € 日本"})
	if want := "Question,Answer\nIs it s\xe4fe?,a -> b \x93c\x94 \x96 \x80 ??\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestExtraColumns(t *testing.T) {
	got, _ := filledText(t, "Question\nIs it safe, and sound?\nIs it sold?\n", []string{"Link", "Confidence"}, Fill{Answer: "Yes", Extra: []string{"https://example.com/", ".9"}})
	if want := "Question,Answer,Link,Confidence\n\"Is it safe, and sound?\",Yes,https://example.com/,.9\nIs it sold?\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	b, err := Open("q.csv", []byte("Question\nIs it safe?\n"))
	if err != nil || !b.CSV() || b.AddSheet("x", nil) {
		t.Error("a CSV file took a further sheet", err)
	}
}

// TestLongAnswers cuts at what a cell takes, at the end of a word, and says so.
func TestLongAnswers(t *testing.T) {
	long := strings.Repeat("words and ", 4000)
	got, left := filledText(t, "Question,Answer\nIs it safe?,\n", nil, Fill{Answer: long})
	cell := split(got, 0, ',', 9)[1].fields[1].value
	if len(cell) < 32000 || len([]rune(cell)) > maxLetters || !strings.HasSuffix(cell, "and…") && !strings.HasSuffix(cell, "words…") {
		t.Errorf("%d letters, the last %q", len(cell), cell[len(cell)-20:])
	}
	if len(left) != 1 || left[0].Row != 2 || left[0].Column != 2 {
		t.Errorf("left %v", left)
	}
	for _, c := range []struct {
		text    string
		longest int
		want    string
	}{{"a\x00b\x07c\ufffed\r\ne\rf", 0, "abcd\ne\nf"}, {"😀😀😀", 4, "😀…"}, {"one two three", 9, "one two…"}, {"one two", 7, "one two"}, {"", 3, ""}} {
		if got, _ := legal(c.text, c.longest); got != c.want {
			t.Errorf("legal(%q, %d) = %q, want %q", c.text, c.longest, got, c.want)
		}
	}
}

// TestNothingWritten writes no cell: the file is what it was.
func TestNothingWritten(t *testing.T) {
	for i, data := range [][]byte{[]byte("Question,Answer\nIs it safe?,yes\n"), rawBook().zip(t)} {
		b, err := Open([]string{"q.csv", "q.xlsx"}[i], data)
		if err != nil {
			t.Fatal(err)
		}
		s, err := b.Survey(Choice{})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(s, []string{"Link"}, nil)
		out, err := b.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 && string(out) != string(data) {
			t.Errorf("got %q", out)
		}
		if i == 1 {
			for name, f := range unzipped(t, data) {
				if string(packed(t, f)) != string(packed(t, unzipped(t, out)[name])) {
					t.Errorf("%s differs", name)
				}
			}
		}
	}
}

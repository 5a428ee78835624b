package diag_test

import (
	"bytes"
	"strings"
	"testing"

	"candor/generator/diag"
	"candor/generator/source"
)

func text(t *testing.T, findings ...diag.Finding) string {
	t.Helper()
	var b bytes.Buffer
	if err := diag.WriteText(&b, findings, diag.Style{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTextMarksTheValue(t *testing.T) {
	file := source.NewFile("content/flows/reply-drafts.yaml", []byte("title: x\n  - {id: draft, in: openia}\n"))
	at := strings.Index(string(file.Data), "openia")
	got := text(t, diag.Finding{Rule: "SUB01", At: file.Span(at, at+6), Message: `"openia" is no sub-processor`, Hint: `did you mean "openai"?`,
		Related: []diag.Related{{At: file.Span(0, 5), Text: "titled here"}}})
	want := `content/flows/reply-drafts.yaml:2:21: error: "openia" is no sub-processor [SUB01]
    2 |   - {id: draft, in: openia}
                            ^^^^^^
      = note: content/flows/reply-drafts.yaml:1:1: titled here
    1 | title: x
        -----
      = hint: did you mean "openai"?
`
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// TestTextShowsRelatedPlaces: in the same line by dashes beside the marker, elsewhere by a line of their own, once.
func TestTextShowsRelatedPlaces(t *testing.T) {
	site := source.NewFile("content/site.yaml", []byte("review: {policies: 1y}\n"))
	file := source.NewFile("content/policies/a.md", []byte("from: 2026-01-01, to: 2025-01-01\nnote: |\n  one\n  two\n\nend: x\n"))
	at := func(f *source.File, text string) source.Span {
		i := strings.Index(string(f.Data), text)
		return f.Span(i, i+len(text))
	}
	promised := diag.Related{At: at(site, "1y"), Text: "promised here"}
	got := text(t,
		diag.Finding{Rule: "POL02", At: at(file, "2025-01-01"), Message: "ends before it begins", Related: []diag.Related{{At: at(file, "2026-01-01"), Text: "begins here"}, promised}},
		diag.Finding{Rule: "SCH01", Severity: diag.Warning, At: at(file, "|\n  one\n  two\n"), Message: "m", Related: []diag.Related{promised}, Hint: "h"})
	want := `content/policies/a.md:1:23: error: ends before it begins [POL02]
    1 | from: 2026-01-01, to: 2025-01-01
              ----------      ^^^^^^^^^^
      = note: content/policies/a.md:1:7: begins here
      = note: content/site.yaml:1:20: promised here
    1 | review: {policies: 1y}
                           --
content/policies/a.md:2:7: warning: m [SCH01]
    2 | note: |
              ^ to line 4
      = note: content/site.yaml:1:20: promised here
      = hint: h
`
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// TestTextFitsTheTerminal: a quoted line never wraps, or its marker would stand below something else.
func TestTextFitsTheTerminal(t *testing.T) {
	file := source.NewFile("a.yaml", []byte(strings.Repeat("wörter und 漢字 ", 40)+"\n"))
	for _, columns := range []int{50, 80, 100, 200} {
		for at := 0; at < len(file.Data)-1; at += 97 {
			var b bytes.Buffer
			span := file.Span(file.Offset(1, at), file.Offset(1, at+3))
			if err := diag.WriteText(&b, []diag.Finding{{Rule: "SCH01", At: span, Message: "m"}}, diag.Style{Width: columns}); err != nil {
				t.Fatal(err)
			}
			quoted := strings.Split(b.String(), "\n")[1]
			if n := len([]rune(quoted)) + strings.Count(quoted, "漢") + strings.Count(quoted, "字"); n > columns || columns == 80 && n < 60 {
				t.Errorf("%d cells on %d columns: %q", n, columns, quoted)
			}
		}
	}
}

// TestTextIsSafe holds a terminal safe from what a file says, and markers under wide letters.
func TestTextIsSafe(t *testing.T) {
	file := source.NewFile("a.yaml", []byte("\x1b[31m漢字\t値: \u202ex"))
	at := strings.Index(string(file.Data), "値")
	got := text(t, diag.Finding{Rule: "SCH01", At: file.Span(at, at+3), Message: "\x1b]0;title\x07 bad \u202e"})
	if strings.ContainsAny(got, "\x1b\x07\u202e\t") {
		t.Errorf("control characters come through: %q", got)
	}
	lines := strings.Split(got, "\n")
	if want := strings.Repeat(" ", len("      | [31m")) + "    " + " " + "^^"; lines[2] != want {
		t.Errorf("marker %q, want %q", lines[2], want)
	}
}

func TestTextShortensLongLines(t *testing.T) {
	long := strings.Repeat("word ", 200)
	file := source.NewFile("a.yaml", []byte(long+"here "+long))
	got := text(t, diag.Finding{Rule: "SCH01", At: file.Span(1000, 1004), Message: "m"})
	for _, line := range strings.Split(got, "\n") {
		if len([]rune(line)) > 140 {
			t.Errorf("a line of %d characters: %q", len(line), line)
		}
	}
	lines := strings.Split(got, "\n")
	if i := strings.Index(lines[2], "^"); lines[1][len("    1 | …"):] == "" || string([]rune(lines[1])[i:i+4]) != "here" {
		t.Errorf("the marker is not below the word:\n%s", got)
	}
}

func TestListSortsAndCountsOnce(t *testing.T) {
	a, b := source.NewFile("a.yaml", []byte("one\ntwo")), source.NewFile("b.yaml", []byte("x"))
	list := &diag.List{}
	list.Add(diag.Finding{Rule: "B", At: b.Span(0, 1)}, diag.Finding{Rule: "A", At: a.Span(4, 7)}, diag.Finding{Rule: "A", At: a.Span(0, 3), Severity: diag.Warning},
		diag.Finding{Rule: "B", At: b.Span(0, 1)})
	var order []string
	for _, f := range list.Findings() {
		order = append(order, diag.Place(f.At))
	}
	if got := strings.Join(order, " "); got != "a.yaml:1:1 a.yaml:2:1 b.yaml:1:1" {
		t.Errorf("order %s", got)
	}
	if n := diag.CountOf(list.Findings()); n != (diag.Counts{2, 1, 0}) || !list.Fails(false) {
		t.Errorf("%s", n)
	}
	warned := &diag.List{}
	warned.Add(diag.Finding{Severity: diag.Warning})
	if warned.Fails(false) || !warned.Fails(true) {
		t.Error("a warning fails a strict build and no other")
	}
}

func TestNearest(t *testing.T) {
	names := []string{"openai", "anthropic", "aws", "name", "status"}
	for typed, want := range map[string]string{"openia": "openai", "OpenAI": "openai", "antropic": "anthropic", "asw": "", "stauts": "status", "nmae": "name",
		"completely-else": "", "": ""} {
		if got, _ := diag.Nearest(typed, names); got != want {
			t.Errorf("nearest to %q is %q, want %q", typed, got, want)
		}
	}
}

// TestSecretsAreStarred makes sure that no secret stands in a quoted line, its own or another finding's.
func TestSecretsAreStarred(t *testing.T) {
	file := source.NewFile("a.md", []byte("key AKIA1234567890ABCDEF and ghp_abcdefghijklmnop\nafter\n"))
	got := text(t,
		diag.Finding{Rule: "LEK02", At: file.Span(4, 24), Message: `"AKIA1234..." looks like a key`, Secret: true},
		diag.Finding{Rule: "LEK02", At: file.Span(29, 49), Message: `"ghp_abcd..." looks like a token`, Secret: true},
		diag.Finding{Rule: "POL04", At: file.Span(0, 3), Message: "m", Related: []diag.Related{{At: file.Span(29, 49), Text: "r"}}},
		diag.Finding{Rule: "POL04", At: file.Span(50, 55), Message: "m", Related: []diag.Related{{At: file.Span(4, 24), Text: "r"}}})
	if strings.Contains(got, "567890ABCDEF") || strings.Contains(got, "efghijklmnop") || !strings.Contains(got, "key AKIA1234************ and ghp_abcd************") {
		t.Errorf("got:\n%s", got)
	}
	if !strings.Contains(string(file.Data), "AKIA1234567890ABCDEF") {
		t.Error("the file itself was changed")
	}
}

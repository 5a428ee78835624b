package sheet

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what came out into testdata")

// TestSurvey holds what is found in a described book, or in a CSV file, against what a person would find. The comment of each archive says what the trap is.
func TestSurvey(t *testing.T) {
	names, err := filepath.Glob("testdata/survey/*.txtar")
	if err != nil || len(names) < 20 {
		t.Fatal("archives are missing", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := surveyed(t, a)
			for i, f := range a.Files {
				if f.Name != "survey" {
					continue
				}
				if *update {
					a.Files[i].Data = []byte(got)
					if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
						t.Fatal(err)
					}
				} else if got != string(f.Data) {
					t.Errorf("%s\ngot:\n%s\nwant:\n%s", strings.TrimSpace(string(a.Comment)), got, f.Data)
				}
			}
		})
	}
}

func surveyed(t *testing.T, a *txtar.Archive) string {
	var c Choice
	var data []byte
	name := "questions.xlsx"
	for _, f := range a.Files {
		switch f.Name {
		case "book":
			data = described(t, string(f.Data)).zip(t)
		case "csv":
			name, data = "questions.csv", []byte(strings.TrimSuffix(string(f.Data), "\n"))
		case "choice":
			c = choiceOf(t, string(f.Data))
		}
	}
	b, err := Open(name, data)
	if err != nil {
		return refused(t, err)
	}
	s, err := b.Survey(c)
	if err != nil {
		return refused(t, err)
	}
	return told(s)
}

func choiceOf(t *testing.T, text string) Choice {
	var c Choice
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		flag, value, _ := strings.Cut(line, " ")
		switch flag {
		case "--sheet":
			c.Sheet = value
		case "--question":
			c.Question = value
		case "--answer":
			c.Answer = value
		case "--comment":
			c.Comment = value
		case "--id":
			c.ID = value
		case "--from":
			c.From, _ = strconv.Atoi(value)
		default:
			t.Fatalf("%q is no choice", line)
		}
	}
	return c
}

func refused(t *testing.T, err error) string {
	r, ok := err.(*Refusal)
	if !ok || r.Text == "" || r.Hint == "" {
		t.Errorf("%#v is no refusal with a hint", err)
		return ""
	}
	return "refused: " + r.Text + "\nhint: " + r.Hint + "\n"
}

// told writes a survey as a person would tell it.
func told(s Survey) string {
	var b strings.Builder
	for _, t := range s.Tables {
		fmt.Fprintf(&b, "%s, headers %v:", t.Sheet, t.Headers)
		for _, c := range []struct {
			name   string
			column int
		}{{"id", t.ID}, {"section", t.Section}, {"title", t.Title}, {"question", t.Question}, {"answer", t.Answer}, {"comment", t.Comment}, {"link", t.Link}} {
			if c.column > 0 {
				fmt.Fprintf(&b, " %s %s", c.name, letters(c.column))
			}
		}
		for _, tick := range t.Ticks {
			fmt.Fprintf(&b, " %s=%s", letters(tick.Column), tick.Word)
		}
		if t.Added {
			b.WriteString(" added")
		}
		b.WriteByte('\n')
		for _, r := range t.Rows {
			b.WriteString(toldRow(r))
		}
	}
	for _, k := range s.Skipped {
		fmt.Fprintf(&b, "skipped %s: %s\n", k.Sheet, k.Why)
	}
	for _, n := range s.Notes {
		fmt.Fprintf(&b, "note: %s\n", n)
	}
	return b.String()
}

func toldRow(r Row) string {
	line := fmt.Sprintf("  %d", r.Number)
	if r.ID != "" {
		line += " [" + r.ID + "]"
	}
	if r.Section != "" {
		line += " (" + r.Section + ")"
	}
	if r.Title != "" {
		line += " {" + r.Title + "}"
	}
	if r.Lead != "" {
		line += " " + r.Lead + " ->"
	}
	line += " " + strings.ReplaceAll(r.Question, "\n", `\n`)
	if len(r.Allowed) > 0 {
		line += " {" + strings.Join(r.Allowed, "|") + "}"
	}
	for _, f := range []struct {
		name string
		is   bool
	}{{"unknown", r.Unknown}, {"locked", r.Locked}, {"hidden", r.Hidden}, {"given " + r.Given, r.Given != ""}, {"comment " + r.GivenComment, r.GivenComment != ""}, {"link " + r.GivenLink, r.GivenLink != ""}, {fmt.Sprint("of row ", r.Shared), r.Shared > 0}, {fmt.Sprint("at most ", r.Longest), r.Longest > 0}, {fmt.Sprint("comment at most ", r.LongestComment), r.LongestComment > 0}} {
		if f.is {
			line += " <" + f.name + ">"
		}
	}
	return line + "\n"
}

package questionnaire

import (
	"fmt"
	"strings"

	"candor/generator/sheet"
)

// Describe says what was found in a table: "sheet "Controls": 261 questions in column C from row 13; ids in A, drop-down in D (Yes, No, NA), text in E".
func Describe(t sheet.Table) string {
	var b strings.Builder
	if t.Sheet != "" {
		fmt.Fprintf(&b, "sheet %q: ", t.Sheet)
	}
	noun := "questions"
	if len(t.Rows) == 1 {
		noun = "question"
	}
	fmt.Fprintf(&b, "%d %s in column %s", len(t.Rows), noun, sheet.Letters(t.Question))
	if len(t.Rows) > 0 {
		fmt.Fprintf(&b, " from row %d", t.Rows[0].Number)
	}
	if len(t.Headers) == 0 {
		b.WriteString(", no header")
	} else if len(t.Headers) > 1 {
		fmt.Fprintf(&b, ", %d headers", len(t.Headers))
	}
	var places []string
	add := func(what string, column int) {
		if column > 0 {
			places = append(places, what+" "+sheet.Letters(column))
		}
	}
	add("ids in", t.ID)
	answers := "answers to"
	if words := dropDown(t); words != "" {
		answers = "drop-down (" + words + ") in"
	} else if t.Comment > 0 {
		answers = "verdicts to"
	}
	if t.Added {
		answers = "answers to the new column"
	}
	add(answers, t.Answer)
	add("text to", t.Comment)
	add("links to", t.Link)
	b.WriteString("; " + strings.Join(places, ", "))
	return b.String()
}

// mostWords is how many words of a drop-down are shown.
const mostWords = 5

// dropDown gives the words of the first drop-down of a table.
func dropDown(t sheet.Table) string {
	for _, r := range t.Rows {
		switch {
		case r.Unknown:
			return "its words cannot be told"
		case len(r.Allowed) > mostWords:
			return strings.Join(r.Allowed[:mostWords], ", ") + ", …"
		case len(r.Allowed) > 0:
			return strings.Join(r.Allowed, ", ")
		}
	}
	return ""
}

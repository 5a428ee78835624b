package questionnaire

import (
	"fmt"
	"io"
	"strings"

	"candor/generator/diag"
)

// Find gives the lines at a place: a row's number, or a sheet's name, an exclamation mark and the number. Rows of several sheets may have the number.
func (p *Plan) Find(at string) []*Line {
	i := strings.LastIndexByte(at, '!') // a sheet may have one in its name
	named, number := i >= 0, at[i+1:]
	name := strings.Trim(at[:max(i, 0)], "'")
	var found []*Line
	for i := range p.Lines {
		r := p.Lines[i].Row
		if fmt.Sprint(r.Number) == number && (!named || strings.EqualFold(r.Sheet, name)) {
			found = append(found, &p.Lines[i])
		}
	}
	return found
}

// Explain writes why a row came out as it did: every candidate with what spoke for and against it.
func (l *Library) Explain(w io.Writer, line *Line) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s\n", diag.Printable(line.Place()), diag.Printable(line.Row.Question))
	for _, r := range []struct{ name, text string }{{"id", line.Row.ID}, {"section", line.Row.Section}, {"outcome", line.Outcome.String()}, {"because", line.why()}} {
		if r.text != "" {
			fmt.Fprintf(&b, "  %-8s %s\n", r.name, diag.Printable(r.text))
		}
	}
	if line.Outcome != Given && len(line.Match.Candidates) == 0 {
		b.WriteString("  no answer shares anything with it\n")
	}
	for i, c := range line.Match.Candidates {
		a := l.answers[c.Answer]
		fmt.Fprintf(&b, "\n  %d. %s, %s  %s\n", i+1, a.ID.Value, percent(c.Confidence), diag.Printable(a.Question.Value))
		if why := l.barred[c.Answer]; why != "" {
			fmt.Fprintf(&b, "     may not be used: %s\n", diag.Printable(why))
		}
		for _, r := range c.Reasons {
			fmt.Fprintf(&b, "     %s\n", diag.Printable(r.String()))
		}
	}
	for i, part := range line.Match.Parts {
		fmt.Fprintf(&b, "\n  part %d: %s\n", i+1, diag.Printable(part.Text))
		for n, c := range part.Candidates[:min(len(part.Candidates), MostSuggestions)] {
			fmt.Fprintf(&b, "     %d. %s, %s\n", n+1, l.answers[c.Answer].ID.Value, percent(c.Confidence))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

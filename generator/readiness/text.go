package readiness

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"candor/generator/diag"
)

// The columns of the table, which is 100 characters wide with two spaces between columns and before the first.
const (
	titleWidth = 33
	placeWidth = 42
	tableWidth = 100
	nextIndent = 11
)

// tones are the colours of states on a terminal. The word says the same.
var tones = map[State]string{Proven: "32", Claimed: "33;1", Missing: "31;1"}

// WriteText writes the report for a person: a table of all items by phase, and below each item that is not proven what to do next.
func WriteText(w io.Writer, r Report, style diag.Style) error {
	var b strings.Builder
	fmt.Fprintf(&b, "SOC 2 in 90 days, as on %s: %s\n\n  %-7s  %s  %s  %s\n", r.On, r.summary(), "STATE", padded("ITEM", titleWidth), padded("WHERE", placeWidth), "UNTIL")
	for _, phase := range Phases {
		fmt.Fprintf(&b, "\n%s\n", bold(style, phase.Title))
		for _, one := range r.Results {
			if one.Phase == phase.Number {
				row(&b, one, style)
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// summary counts: "23 proven, 2 claimed only, 1 missing".
func (r Report) summary() string {
	return fmt.Sprintf("%d proven, %d claimed only, %d missing", r.Count(Proven), r.Count(Claimed), r.Count(Missing))
}

// row writes an item: its state, title and place, and for how long that holds; then what to do, or why there is nothing to do.
func row(b *strings.Builder, one Result, style diag.Style) {
	state := fmt.Sprintf("%-7s", one.State)
	if style.Color {
		state = "\x1b[" + tones[one.State] + "m" + state + "\x1b[0m"
	}
	line := fmt.Sprintf("  %s  %s  %s", state, padded(one.Title, titleWidth), padded(cut(where(one.Places), placeWidth), placeWidth))
	if one.Until != 0 {
		line += "  " + one.Until.String()
	}
	b.WriteString(strings.TrimRight(line, " ") + "\n")
	for _, text := range []string{one.Note, one.Next} {
		if text != "" {
			wrap(b, diag.Printable(text))
		}
	}
}

// where names the first place, and how many others there are: "content/controls.yaml:130 +2".
func where(places []Place) string {
	for i, p := range places {
		if p.At.IsZero() {
			continue
		}
		text := diag.Printable(lineOf(p))
		if more := len(places) - i - 1; more > 0 {
			text += fmt.Sprintf(" +%d", more)
		}
		return text
	}
	return ""
}

// lineOf gives a place as path:line.
func lineOf(p Place) string {
	at := p.At.Position()
	return fmt.Sprintf("%s:%d", at.Path, at.Line)
}

func padded(s string, n int) string {
	return s + strings.Repeat(" ", max(0, n-utf8.RuneCountInString(s)))
}

// cut keeps the end of a text that is too long: the line number stands there.
func cut(s string, n int) string {
	if runes := []rune(s); len(runes) > n {
		return "…" + string(runes[len(runes)-n+1:])
	}
	return s
}

// wrap writes a text in lines below a row.
func wrap(b *strings.Builder, text string) {
	width := 0
	for _, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case width == 0:
			b.WriteString(strings.Repeat(" ", nextIndent))
			width = nextIndent
		case width+1+n > tableWidth:
			b.WriteString("\n" + strings.Repeat(" ", nextIndent))
			width = nextIndent
		default:
			b.WriteByte(' ')
			width++
		}
		b.WriteString(word)
		width += n
	}
	b.WriteByte('\n')
}

func bold(style diag.Style, s string) string {
	if style.Color {
		return "\x1b[1m" + s + "\x1b[0m"
	}
	return s
}

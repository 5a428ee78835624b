package diag

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"candor/generator/source"

	"golang.org/x/text/width"
)

// A Style says how findings are written as text.
type Style struct {
	Color bool // ANSI colours, for a terminal
	Width int  // columns of the terminal; 0 when there is none
	Ahead bool // the day lies ahead: findings that have no From are there today
}

// WriteText writes findings for a person: place, severity, message and rule in one line, then the line of the file with a marker
// under the value, then each related place with its own line, and the hint. A related place is quoted once; later findings name it only.
func WriteText(w io.Writer, findings []Finding, style Style) error {
	t := textWriter{Style: style, quoted: map[source.Span]bool{}}
	for _, f := range Shown(findings) {
		t.finding(f)
	}
	_, err := io.WriteString(w, t.String())
	return err
}

// A textWriter is one text being written.
type textWriter struct {
	strings.Builder
	Style
	quoted map[source.Span]bool // related places whose line has been shown
}

func (s Style) paint(code, text string) string {
	if !s.Color || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// relatedTone is the colour of related places: blue, which no severity has.
const relatedTone = "34;1"

func (t *textWriter) finding(f Finding) {
	tone := map[Severity]string{Error: "31;1", Warning: "33;1", Incomplete: "36;1"}[f.Severity]
	when := ""
	switch {
	case f.From != "":
		when = " from " + t.paint("1", f.From)
	case t.Ahead:
		when = " today already"
	}
	fmt.Fprintf(t, "%s: %s: %s [%s]%s\n", t.paint("1", Place(f.At)), t.paint(tone, f.Severity.String()), printable(f.Message), f.Rule, when)
	var related []source.Span
	for _, r := range f.Related {
		related = append(related, r.At)
	}
	own := excerptOf(t.room(), '^', f.At, related...)
	t.excerpt(own, tone)
	indent := "      = "
	if own.line == 0 {
		indent = "  = "
	}
	for _, r := range f.Related {
		fmt.Fprintf(t, "%snote: %s: %s\n", indent, Place(r.At), printable(r.Text))
		if !own.shows(r.At) && !t.quoted[r.At] {
			t.quoted[r.At] = true
			t.excerpt(excerptOf(t.room(), '-', r.At), tone)
		}
	}
	if f.Hint != "" {
		fmt.Fprintf(t, "%s%s %s\n", indent, t.paint("1", "hint:"), printable(f.Hint))
	}
}

// Place gives a span as "path:line:column", or the path alone for a file that has no lines.
func Place(at source.Span) string {
	p := at.Position()
	if !hasLines(at) {
		return p.Path
	}
	return fmt.Sprintf("%s:%d:%d", p.Path, p.Line, p.Column)
}

// cells is the width of s on a terminal, once it is printable.
func cells(s string) int {
	n := 0
	for _, r := range printable(s) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}

// printable makes a text safe for a terminal: a tab is one space, other control and format characters (escape sequences,
// right-to-left overrides) are dropped.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r == '\n':
			return ' '
		case unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
}

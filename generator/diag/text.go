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
}

// WriteText writes findings for a person: place, severity, message and rule in one line, then the line of the file with a marker
// under the value, then the hint and the related places.
func WriteText(w io.Writer, findings []Finding, style Style) error {
	var b strings.Builder
	for _, f := range findings {
		style.finding(&b, f)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (s Style) paint(code, text string) string {
	if !s.Color {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (s Style) finding(b *strings.Builder, f Finding) {
	tone := map[Severity]string{Error: "31;1", Warning: "33;1", Incomplete: "36;1"}[f.Severity]
	fmt.Fprintf(b, "%s: %s: %s [%s]\n", s.paint("1", Place(f.At)), s.paint(tone, f.Severity.String()), printable(f.Message), f.Rule)
	number := 0
	if excerpt, marker, line := excerptOf(f.At); excerpt != "" {
		number = line
		fmt.Fprintf(b, "%5d | %s\n%s%s\n", line, excerpt, strings.Repeat(" ", len("      | ")), s.paint(tone, marker))
	}
	indent := "      = "
	if number == 0 {
		indent = "  = "
	}
	for _, r := range f.Related {
		fmt.Fprintf(b, "%snote: %s: %s\n", indent, Place(r.At), printable(r.Text))
	}
	if f.Hint != "" {
		fmt.Fprintf(b, "%s%s %s\n", indent, s.paint("1", "hint:"), printable(f.Hint))
	}
}

// Place gives a span as "path:line:column", or the path alone for a file that has no lines.
func Place(at source.Span) string {
	p := at.Position()
	if at.File == nil || !at.File.IsText() {
		return p.Path
	}
	return fmt.Sprintf("%s:%d:%d", p.Path, p.Line, p.Column)
}

const (
	excerptWidth = 120 // cells of a line that are shown
	contextWidth = 40  // cells shown before the marked value when the line is longer
)

// excerptOf gives the line that a span begins in, and a line of markers that stands under the span: as wide as the characters
// above it, so that tabs and East Asian letters do not shift it.
func excerptOf(at source.Span) (text, marker string, line int) {
	if at.File == nil || !at.File.IsText() || len(at.File.Data) == 0 {
		return "", "", 0
	}
	p := at.Position()
	runes := []rune(at.File.Line(p.Line))
	if len(runes) == 0 {
		return "", "", 0
	}
	from := min(p.Column-1, len(runes))
	to := min(from+len([]rune(firstLine(at.Text()))), len(runes))
	begin, lead := 0, ""
	if from > excerptWidth-contextWidth {
		begin, lead = from-contextWidth, "…"
	}
	end, tail := len(runes), ""
	if end > begin+excerptWidth {
		end, tail = begin+excerptWidth, "…"
	}
	to = min(to, end)
	gap := cells(string(runes[begin:from])) + cells(lead)
	return lead + printable(string(runes[begin:end])) + tail,
		strings.Repeat(" ", gap) + strings.Repeat("^", max(1, cells(string(runes[from:max(from, to)])))), p.Line
}

func firstLine(s string) string {
	first, _, _ := strings.Cut(s, "\n")
	return first
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

package diag

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"candor/generator/source"
)

const (
	excerptWidth = 120 // cells of a line that are shown, where the terminal has them
	excerptLeast = 40  // and where it has not
)

// gutter stands before a quoted line with its number in it, and blank before the marks below.
const gutter = "%5d | "

// An excerpt is one line of a file as it is shown, with marks below the values that it is about.
type excerpt struct {
	line   int // its number, 0 when there is nothing to show
	text   string
	marks  []rune // a cell each: '^' below the value, '-' below a related one
	last   int    // the line in which the value ends, when that is a later one, else 0
	marked []source.Span
}

// shows reports whether a span has a mark.
func (e excerpt) shows(at source.Span) bool { return slices.Contains(e.marked, at) }

// excerptOf gives the line that a span begins in with signs below the span, and dashes below the related ones that stand in the same line.
// The marks are as wide as the characters above, so that tabs and East Asian letters do not shift them. A line of more than width cells is
// cut on both sides.
func excerptOf(width int, sign rune, at source.Span, related ...source.Span) excerpt {
	if !hasLines(at) {
		return excerpt{}
	}
	line := at.Position().Line
	runes := []rune(at.File.Line(line))
	if len(runes) == 0 {
		return excerpt{}
	}
	e := excerpt{line: line}
	if further := strings.Count(strings.TrimSpace(at.Text()), "\n"); further > 0 {
		e.last = line + further
	}
	from := min(at.Position().Column-1, len(runes))
	begin, end := window(runes, from, width)
	lead, tail := "", ""
	if begin > 0 {
		lead = "…"
	}
	if end < len(runes) {
		tail = "…"
	}
	e.text = lead + printable(string(runes[begin:end])) + tail
	mark := func(at source.Span, sign rune) {
		from := at.Position().Column - 1
		to := min(from+len([]rune(firstLine(at.Text()))), end)
		if from < begin || from > end {
			return
		}
		first := cells(lead) + cells(string(runes[begin:from]))
		e.mark(first, max(1, cells(string(runes[from:max(from, to)]))), sign)
		e.marked = append(e.marked, at)
	}
	mark(at, sign)
	for _, r := range related {
		if r.File == at.File && r.Position().Line == line {
			mark(r, '-')
		}
	}
	return e
}

// mark puts signs below n cells, where there are none yet.
func (e *excerpt) mark(first, n int, sign rune) {
	for len(e.marks) < first+n {
		e.marks = append(e.marks, ' ')
	}
	for i := first; i < first+n; i++ {
		if e.marks[i] == ' ' {
			e.marks[i] = sign
		}
	}
}

// window gives the part of a line that is shown: from its beginning when the value stands near it, up to its end when it stands near that, else
// from a third of the width before the value.
func window(runes []rune, from, width int) (begin, end int) {
	if before := from - fitting(backward(runes[:from]), width/3); cells(string(runes[:from])) > width-width/3 {
		begin = min(before, len(runes)-fitting(backward(runes), width))
	}
	return begin, max(from, begin+fitting(slices.Values(runes[begin:]), width))
}

// fitting counts the first of runes that have room in width cells.
func fitting(runes iter.Seq[rune], width int) int {
	n := 0
	for r := range runes {
		if width -= cells(string(r)); width < 0 {
			break
		}
		n++
	}
	return n
}

func backward(runes []rune) iter.Seq[rune] {
	return func(yield func(rune) bool) {
		for _, r := range slices.Backward(runes) {
			if !yield(r) {
				return
			}
		}
	}
}

// room is the number of cells that are left for a quoted line.
func (s Style) room() int {
	if s.Width == 0 {
		return excerptWidth
	}
	return max(excerptLeast, min(excerptWidth, s.Width-len(fmt.Sprintf(gutter, 0))-2)) // two for the signs that a line was cut
}

// excerpt writes a quoted line and its marks, those of the finding in its tone.
func (t *textWriter) excerpt(e excerpt, tone string) {
	if e.line == 0 {
		return
	}
	fmt.Fprintf(t, gutter+"%s\n%s", e.line, e.text, strings.Repeat(" ", len(fmt.Sprintf(gutter, 0))))
	for rest := e.marks; len(rest) > 0; {
		n := slices.IndexFunc(rest, func(r rune) bool { return r != rest[0] })
		if n < 0 {
			n = len(rest)
		}
		run := string(rest[:n])
		switch rest[0] {
		case '^':
			run = t.paint(tone, run)
		case '-':
			run = t.paint(relatedTone, run)
		}
		t.WriteString(run)
		rest = rest[n:]
	}
	if e.last > 0 {
		fmt.Fprintf(t, " to line %d", e.last)
	}
	t.WriteString("\n")
}

func firstLine(s string) string {
	first, _, _ := strings.Cut(s, "\n")
	return first
}

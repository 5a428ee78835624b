package diag

import "candor/generator/source"

// A Quote is the line that a finding or a related place stands in, in three parts, safe to be shown; it is zero where there is no line.
type Quote struct {
	Line                  int // counted from 1
	Before, Marked, After string
}

// quoteWidth is how many characters are shown before and after what is marked.
const quoteWidth = 80

// QuoteOf gives the line of a place with the value in it marked, cut where it is long.
func QuoteOf(at source.Span) Quote {
	if !hasLines(at) {
		return Quote{}
	}
	p := at.Position()
	runes := []rune(at.File.Line(p.Line))
	from := min(p.Column-1, len(runes))
	to := min(from+len([]rune(firstLine(at.Text()))), len(runes), from+2*quoteWidth)
	before, after := runes[:from], runes[to:]
	lead, tail := "", ""
	if len(before) > quoteWidth {
		before, lead = before[len(before)-quoteWidth:], "…"
	}
	if len(after) > quoteWidth {
		after, tail = after[:quoteWidth], "…"
	}
	return Quote{p.Line, lead + printable(string(before)), printable(string(runes[from:to])), printable(string(after)) + tail}
}

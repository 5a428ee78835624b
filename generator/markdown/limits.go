package markdown

import (
	"bytes"
	"fmt"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// The limits. None is in the way of a document that a person wrote; each is
// there because the parser takes more than linear time past it.
const (
	maxSource   = 4 << 20 // bytes in a document
	maxNesting  = 100     // containers (quotes, lists, notes) within each other, and spans within each other
	maxMarks    = 2000    // characters in a paragraph that can begin or end a span
	maxNotes    = 1000    // footnote definitions in a document
	maxRefs     = 1000    // link definitions in a row
	maxCells    = 200_000 // table cells in a document
	maxPipes    = 1000    // escaped pipes in tables of a document
	maxWork     = 1 << 28 // sum over paragraphs of bytes times marks
	smallEnough = 512     // bytes in a paragraph that no count is made of
	maxReports  = 200     // pieces reported for one document

	maxCode     = 8 << 10  // bytes in a code block that is highlighted
	maxCodeLine = 240      // bytes in one of its lines
	maxBlank    = 8        // blank lines in a row in it
	maxAllCode  = 64 << 10 // bytes in all of a document's
)

// limits counts through one document what could make its parse explode.
type limits struct {
	src    []byte
	drop   func(DropKind, string, int, int)
	notes  int
	cells  int
	pipes  int
	work   int
	nested bool // reported once
	noted  bool
}

// nested is a container that is not opened past maxNesting; its marker is then
// text.
type nested struct{ parser.BlockParser }

func (p nested) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		depth++
	}
	if depth > maxNesting {
		l := pc.Get(stateKey).(*limits)
		if !l.nested {
			l.nested = true
			_, seg := r.PeekLine()
			l.drop(Limit, fmt.Sprintf("nesting of more than %d", maxNesting), seg.Start, seg.Start+1)
		}
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, r, pc)
}

// footnotes is the footnote definition, of which a document may hold maxNotes:
// goldmark looks each reference up in a list.
type footnotes struct{ parser.BlockParser }

func (p footnotes) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	l := pc.Get(stateKey).(*limits)
	if l.notes >= maxNotes {
		if _, seg := r.PeekLine(); !l.noted {
			l.noted = true
			l.drop(Limit, fmt.Sprintf("more than %d footnotes", maxNotes), seg.Start, seg.Stop)
		}
		return nil, parser.NoChildren
	}
	n, state := p.BlockParser.Open(parent, r, pc)
	if n != nil {
		l.notes++
	}
	return n, state
}

// isMark tells the characters that open or close a span.
var isMark = [256]bool{'[': true, ']': true, '*': true, '_': true, '~': true, '`': true, '<': true}

// marks counts runs of marks, brackets each on their own.
func marks(s []byte) int {
	n := 0
	var last byte
	for _, c := range s {
		if isMark[c] && (c != last || c == '[' || c == ']' || c == '<') {
			n++
		}
		last = c
	}
	return n
}

// lineFits says whether a single line (a heading) may be read for spans.
func (l *limits) lineFits(line []byte) bool {
	return len(line) <= smallEnough || marks(line) <= maxMarks
}

// beforeTables refuses paragraphs whose lines alone are too much, before they
// are read as link definitions or as tables.
type beforeTables struct{}

func (beforeTables) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	lines := p.Lines()
	if lines.Len() == 0 {
		return
	}
	l := pc.Get(stateKey).(*limits)
	size := lines.At(lines.Len()-1).Stop - lines.At(0).Start
	if lines.Len() > 1 && !l.tableFits(lines) {
		l.refuse(p, fmt.Sprintf("tables of more than %d cells or %d escaped pipes", maxCells, maxPipes))
		return
	}
	if size <= smallEnough {
		return
	}
	refs := 0
	for i := range lines.Len() {
		seg := lines.At(i)
		line := l.src[seg.Start:seg.Stop]
		if !l.lineFits(line) {
			l.refuse(p, fmt.Sprintf("more than %d marks in a line", maxMarks))
			return
		}
		if line = bytes.TrimLeft(line, " "); len(line) > 0 && line[0] == '[' {
			refs++
		}
	}
	if refs > maxRefs {
		l.refuse(p, fmt.Sprintf("more than %d link definitions in a row", maxRefs))
	}
}

// tableFits counts the cells a paragraph would have as a table. A row is
// filled up to the width of its head, so a short text can hold many cells.
func (l *limits) tableFits(lines *text.Segments) bool {
	for i := 1; i < lines.Len(); i++ {
		seg := lines.At(i)
		line := l.src[seg.Start:seg.Stop]
		if len(line) == 0 || bytes.IndexByte(line, '-') < 0 || len(bytes.Trim(line, "-|: \t\r\n")) > 0 {
			continue
		}
		l.cells += (bytes.Count(line, []byte{'|'}) + 1) * (lines.Len() - i)
		for j := i - 1; j < lines.Len(); j++ {
			seg := lines.At(j)
			l.pipes += bytes.Count(l.src[seg.Start:seg.Stop], []byte(`\|`))
		}
		break
	}
	return l.cells <= maxCells && l.pipes <= maxPipes
}

// afterTables refuses what is left as a paragraph if it holds too many marks:
// goldmark matches each against those before it.
type afterTables struct{}

func (afterTables) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	lines := p.Lines()
	if lines.Len() == 0 {
		return
	}
	size := lines.At(lines.Len()-1).Stop - lines.At(0).Start
	if size <= smallEnough {
		return
	}
	l := pc.Get(stateKey).(*limits)
	count := 0
	for i := range lines.Len() {
		seg := lines.At(i)
		count += marks(l.src[seg.Start:seg.Stop])
	}
	l.work += count * size
	if count > maxMarks || l.work > maxWork {
		l.refuse(p, fmt.Sprintf("more than %d marks in a paragraph", maxMarks))
	}
}

// refuse puts the text of a paragraph in its place, to be shown as it is.
func (l *limits) refuse(p *ast.Paragraph, what string) {
	lines := p.Lines()
	l.drop(Limit, what, lines.At(0).Start, lines.At(lines.Len()-1).Stop)
	n := &verbatim{}
	n.SetLines(lines)
	p.Parent().ReplaceChild(p.Parent(), p, n)
}

// verbatim is a block whose lines are shown as they were written.
type verbatim struct{ ast.BaseBlock }

var kindVerbatim = ast.NewNodeKind("Verbatim")

func (n *verbatim) Kind() ast.NodeKind            { return kindVerbatim }
func (n *verbatim) IsRaw() bool                   { return true }
func (n *verbatim) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

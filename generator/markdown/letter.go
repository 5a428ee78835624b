package markdown

import (
	"bytes"
	"strconv"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// Letter gives src as people write in a mail or in the cell of a spreadsheet: paragraphs apart by an empty line, items of lists with a dash or
// their number, rows of tables with bars between their cells, code as it is. Of a link and a picture there is the text alone.
func Letter(src []byte) string {
	w := newWriter(src, Options{})
	defer w.free()
	w.quiet = true
	root := w.parse()
	if root == nil {
		return ""
	}
	l := letter{writer: w}
	l.blocks(root, "", true)
	return string(bytes.TrimRight(l.out, "\n"))
}

// A letter is what Letter has written so far.
type letter struct {
	*writer
	out []byte
}

// blocks writes the blocks below n, each line but the first after the indent. loose puts an empty line between them.
func (l *letter) blocks(n ast.Node, indent string, loose bool) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c != n.FirstChild() {
			l.gap(indent, loose)
		}
		l.block(c, indent)
	}
}

// gap ends the line, leaves one empty when it is to be, and indents the next.
func (l *letter) gap(indent string, loose bool) {
	if len(l.out) == 0 {
		return
	}
	l.out = append(bytes.TrimRight(l.out, " \n"), '\n')
	if loose {
		l.out = append(l.out, '\n')
	}
	l.out = append(l.out, indent...)
}

func (l *letter) block(c ast.Node, indent string) {
	switch c := c.(type) {
	case *ast.ThematicBreak, *ast.LinkReferenceDefinition:
	case *ast.List:
		l.list(c, indent)
	case *ast.FencedCodeBlock, *ast.CodeBlock, *verbatim:
		for i := range c.Lines().Len() {
			if i > 0 {
				l.out = append(l.out, indent...)
			}
			seg := c.Lines().At(i)
			l.out = append(l.out, seg.Value(l.src)...)
		}
	case *ast.HTMLBlock:
		before := len(l.text)
		l.plainHTML(c)
		l.lines(l.text[before:], indent)
	case *east.Table:
		l.blocks(c, indent, false)
	case *east.TableHeader, *east.TableRow:
		for cell := c.FirstChild(); cell != nil; cell = cell.NextSibling() {
			if cell != c.FirstChild() {
				l.out = append(l.out, " | "...)
			}
			l.inline(cell)
		}
	default:
		if first := c.FirstChild(); first != nil && first.Type() == ast.TypeInline {
			l.inline(c)
			return
		}
		l.blocks(c, indent, true)
	}
}

func (l *letter) list(list *ast.List, indent string) {
	number := list.Start
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		if item != list.FirstChild() {
			l.gap(indent, !list.IsTight)
		}
		mark := "- "
		if list.IsOrdered() {
			mark = strconv.Itoa(number) + ". "
			number++
		}
		l.out = append(l.out, mark...)
		l.blocks(item, indent+"   "[:min(len(mark), 3)], !list.IsTight)
	}
}

// inline writes spans in one line.
func (l *letter) inline(n ast.Node) { l.out = append(l.out, bytes.TrimSpace(l.plainInline(nil, n))...) }

func (l *letter) lines(text []byte, indent string) {
	for i, line := range bytes.Split([]byte(tidy(text)), []byte("\n")) {
		if i > 0 {
			l.out = append(append(l.out, '\n'), indent...)
		}
		l.out = append(l.out, line...)
	}
}

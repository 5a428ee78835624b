package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// plainInline appends the text of the spans below n: alternative text for
// images, nothing for tags, scripts and footnote marks.
func (w *writer) plainInline(dst []byte, n ast.Node) []byte {
	for at := n.FirstChild(); at != nil; at = at.NextSibling() {
		switch c := at.(type) {
		case *ast.Text:
			value := c.Segment.Value(w.src)
			dst = w.decode(dst, value, !c.IsRaw(), -1)
			switch {
			case c.HardLineBreak():
				dst = append(dst, ' ')
			case c.SoftLineBreak():
				if next, ok := c.NextSibling().(*ast.Text); !ok || !joins(value, next.Segment.Value(w.src)) {
					dst = append(dst, ' ')
				}
			}
		case *ast.String:
			dst = w.decode(dst, c.Value, !c.IsRaw() && !c.IsCode(), -1)
		case *ast.AutoLink:
			dst = w.decode(dst, c.Label(w.src), false, -1)
		case *ast.RawHTML:
			switch name := w.tagName(c); {
			case name == "br":
				dst = append(dst, ' ')
			case withContent[name]:
				if last := endTag(c, w.src, name); last != nil {
					at = last
				}
			case name != "" && name[0] >= 'a' && name[0] <= 'z' && !w.isElement(name):
				dst = w.decode(dst, c.Segments.Value(w.src), false, -1)
			}
		case *east.FootnoteLink, *east.FootnoteBacklink, *east.TaskCheckBox:
		default:
			dst = w.plainInline(dst, c)
		}
	}
	return dst
}

// plainBlocks appends the text of the blocks below n to w.text, a line each.
func (w *writer) plainBlocks(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.FencedCodeBlock, *ast.CodeBlock, *ast.LinkReferenceDefinition, *ast.ThematicBreak:
		case *ast.HTMLBlock:
			w.plainHTML(c)
		case *east.TableHeader, *east.TableRow:
			for cell := c.FirstChild(); cell != nil; cell = cell.NextSibling() {
				if before := len(w.text); cell.HasChildren() && before > 0 && w.text[before-1] != '\n' {
					w.text = append(w.text, ' ')
				}
				w.text = w.plainInline(w.text, cell)
			}
			w.lineEnd()
		case *verbatim:
			for i := range c.Lines().Len() {
				seg := c.Lines().At(i)
				w.text = w.decode(w.text, seg.Value(w.src), false, -1)
			}
			w.lineEnd()
		default:
			if first := c.FirstChild(); first != nil && first.Type() == ast.TypeInline {
				w.text = w.plainInline(w.text, c)
				w.lineEnd()
			} else {
				w.plainBlocks(c)
			}
		}
	}
}

func (w *writer) lineEnd() {
	if n := len(w.text); n > 0 && w.text[n-1] != '\n' {
		w.text = append(w.text, '\n')
	}
}

// tidy gives the lines of s that hold something, each without white space
// around it and with single spaces.
func tidy(s []byte) string {
	out := make([]byte, 0, len(s))
	for line := range bytes.Lines(s) {
		before := len(out)
		for _, field := range bytes.Fields(line) {
			if len(out) > before {
				out = append(out, ' ')
			}
			out = append(out, field...)
		}
		if len(out) > before {
			out = append(out, '\n')
		}
	}
	return string(bytes.TrimSuffix(out, []byte("\n")))
}

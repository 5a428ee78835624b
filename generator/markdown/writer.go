package markdown

import (
	"slices"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// writer carries one document through one walk over its tree. The walk that
// only reads and the walk that writes are the same code, so that both agree on
// anchors, links and what is dropped.
type writer struct {
	src   []byte
	o     Options
	doc   Document
	out   []byte // the HTML
	text  []byte // plain text being put together
	tmp   []byte // text being decoded
	quiet bool   // writes nothing
	facts bool   // the document is wanted, not only the HTML
	clean bool   // the source is UTF-8 without NUL and direction changes
	full  bool   // maxReports was reached

	top     int // level of the shallowest heading
	heading int // headings written so far
	code    int // bytes highlighted so far
	tables  map[string]int

	tags     []openTag // raw HTML open at this point
	base     int       // first of tags that the current block may close
	phrasing bool      // within a paragraph or a heading
	raw      rawHTML
	seen     map[string]judgement // of tags
}

var writers = sync.Pool{New: func() any { return new(writer) }}

func newWriter(src []byte, o Options) *writer {
	w := writers.Get().(*writer)
	w.src, w.o, w.facts = src, o, true
	return w
}

// free gives the writer's buffers to the next document, unless this one made
// them large.
func (w *writer) free() {
	const keep = 1 << 20
	next := writer{out: w.out[:0], text: w.text[:0], tmp: w.tmp[:0], tags: w.tags[:0]}
	if cap(w.out)+cap(w.text)+cap(w.tmp) > keep {
		next = writer{}
	}
	*w = next
	writers.Put(w)
}

func (w *writer) run() {
	w.reportControls()
	root := w.parse()
	if root == nil {
		w.s("<pre tabindex=\"0\">")
		w.write(w.src, false, -1)
		w.s("</pre>\n")
		return
	}
	w.outline(root)
	w.blocks(root)
	w.closeTo(0)
	if n := len(w.out); n > 0 && w.out[n-1] != '\n' {
		w.s("\n")
	}
	slices.SortStableFunc(w.doc.Dropped, func(a, b Dropped) int { return a.Start - b.Start })
}

// drop reports a piece, up to maxReports of them.
func (w *writer) drop(kind DropKind, what string, start, end int) {
	if w.full {
		return
	}
	if len(w.doc.Dropped) == maxReports {
		w.full = true
		kind, what = Limit, "more pieces than are listed"
	}
	w.doc.Dropped = append(w.doc.Dropped, Dropped{kind, what, start, end})
}

// s writes markup of this package's own.
func (w *writer) s(markup ...string) {
	if w.quiet {
		return
	}
	for _, m := range markup {
		w.out = append(w.out, m...)
	}
}

// attr writes an attribute whose value is text.
func (w *writer) attr(name, value string) {
	if w.quiet {
		return
	}
	w.out = append(append(append(w.out, ' '), name...), '=', '"')
	w.out = append(escaped(w.out, []byte(value)), '"')
}

// url writes an attribute whose value is an address.
func (w *writer) url(name, value string) {
	if w.quiet {
		return
	}
	w.out = append(append(append(w.out, ' '), name...), '=', '"')
	w.out = append(appendURL(w.out, value), '"')
}

func (w *writer) blocks(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.block(c)
	}
}

// within writes an element around the children of n. Raw HTML that is opened
// inside is closed inside.
func (w *writer) within(n ast.Node, open, end string) {
	w.s(open)
	old := w.base
	w.base = len(w.tags)
	if first := n.FirstChild(); first != nil && first.Type() == ast.TypeInline {
		w.inline(n, 0)
	} else {
		w.blocks(n)
	}
	w.closeTo(w.base)
	w.base = old
	w.s(end)
}

// phrase is within for blocks that may hold spans only.
func (w *writer) phrase(n ast.Node, open, end string) {
	w.phrasing = true
	w.within(n, open, end)
	w.phrasing = false
}

func (w *writer) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		w.count(n)
		w.phrase(n, "<p>", "</p>\n")
	case *ast.TextBlock:
		w.count(n)
		w.within(n, "", "")
		if n.NextSibling() != nil {
			w.s("\n")
		}
	case *ast.Heading:
		w.headingBlock(n)
	case *ast.List:
		w.list(n)
	case *ast.ListItem:
		w.listItem(n)
	case *ast.Blockquote:
		w.within(n, "<blockquote>\n", "</blockquote>\n")
	case *ast.ThematicBreak:
		w.s("<hr>\n")
	case *ast.FencedCodeBlock:
		w.fence(n)
	case *ast.CodeBlock:
		w.plainCode(n.Lines())
	case *ast.HTMLBlock:
		w.htmlBlock(n)
	case *verbatim:
		w.s("<p>")
		w.lines(n.Lines())
		w.s("</p>\n")
	case *east.Table:
		w.table(n)
	case *east.FootnoteList:
		w.within(n, "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n", "</ol>\n</section>\n")
	case *east.Footnote:
		w.footnote(n)
	case *east.DefinitionList:
		w.within(n, "<dl>\n", "</dl>\n")
	case *east.DefinitionTerm:
		w.count(n)
		w.phrase(n, "<dt>", "</dt>\n")
	case *east.DefinitionDescription:
		w.within(n, "<dd>", "</dd>\n")
	}
}

// lines writes the lines of a block as they are.
func (w *writer) lines(lines *text.Segments) {
	for i := range lines.Len() {
		seg := lines.At(i)
		w.write(seg.Value(w.src), false, -1)
	}
}

// count adds a block's words, and keeps the first paragraph.
func (w *writer) count(n ast.Node) {
	if !w.facts {
		return
	}
	w.text = w.plainInline(w.text[:0], n)
	w.doc.Words += words(w.text)
	if w.doc.FirstParagraph == "" && n.Kind() == ast.KindParagraph && n.Parent().Kind() == ast.KindDocument {
		w.doc.FirstParagraph = oneLine(w.text)
	}
}

func (w *writer) list(n *ast.List) {
	switch {
	case !n.IsOrdered():
		w.within(n, "<ul>\n", "</ul>\n")
	case n.Start == 1:
		w.within(n, "<ol>\n", "</ol>\n")
	default:
		w.within(n, "<ol start=\""+itoa(n.Start)+"\">\n", "</ol>\n")
	}
}

func (w *writer) listItem(n *ast.ListItem) {
	open := "<li>"
	first := n.FirstChild()
	if first != nil {
		if box := first.FirstChild(); box != nil && box.Kind() == east.KindTaskCheckBox {
			open = "<li class=\"task\">"
		}
		if first.Kind() != ast.KindTextBlock {
			open += "\n"
		}
	}
	w.within(n, open, "</li>\n")
}

func (w *writer) headingBlock(n *ast.Heading) {
	level := n.Level
	if w.o.TopLevel > 0 {
		level = max(1, min(6, level-w.top+w.o.TopLevel))
	}
	var h Heading
	if w.heading < len(w.doc.Headings) {
		h = w.doc.Headings[w.heading]
		w.heading++
	}
	if w.facts {
		w.doc.Words += words([]byte(h.Text))
	}
	id := w.o.AnchorPrefix + h.Anchor
	w.s("<h", "0123456"[level:level+1])
	w.attr("id", id)
	w.phrase(n, ">", " <a class=\"anchor\"")
	w.url("href", "#"+id)
	name := h.Text
	if name == "" {
		name = h.Anchor
	}
	w.attr("aria-label", "Link to this section: "+name)
	w.s(">#</a></h", "0123456"[level:level+1], ">\n")
}

func (w *writer) footnote(n *east.Footnote) {
	w.s("<li")
	w.attr("id", w.o.AnchorPrefix+"fn:"+itoa(n.Index))
	w.within(n, ">\n", "</li>\n")
}

// table writes a table inside a region that can be scrolled by keyboard. The
// region is named by the table's head; a second one of the same name is
// numbered, so that a list of regions tells them apart.
func (w *writer) table(n *east.Table) {
	w.s("<div class=\"table\" role=\"region\" tabindex=\"0\"")
	w.attr("aria-label", w.tableName(n))
	w.s("><table>\n")
	body := false
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		_, head := row.(*east.TableHeader)
		if head {
			w.s("<thead>\n<tr>\n")
		} else {
			if !body {
				w.s("<tbody>\n")
				body = true
			}
			w.s("<tr>\n")
		}
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			if cell, ok := c.(*east.TableCell); ok {
				w.cell(cell, head)
			}
		}
		w.s("</tr>\n")
		if head {
			w.s("</thead>\n")
		}
	}
	if body {
		w.s("</tbody>\n")
	}
	w.s("</table></div>\n")
}

func (w *writer) cell(n *east.TableCell, head bool) {
	w.count(n)
	open, end := "<td", "</td>\n"
	if head && n.HasChildren() { // a head cell without text is no head of anything
		open, end = "<th scope=\"col\"", "</th>\n"
	}
	switch n.Alignment {
	case east.AlignLeft:
		open += " class=\"align-left\""
	case east.AlignCenter:
		open += " class=\"align-center\""
	case east.AlignRight:
		open += " class=\"align-right\""
	}
	w.within(n, open+">", end)
}

func (w *writer) tableName(n *east.Table) string {
	if w.quiet {
		return ""
	}
	const most = 120 // bytes
	var names []string
	if head := n.FirstChild(); head != nil {
		for c := head.FirstChild(); c != nil; c = c.NextSibling() {
			w.text = w.plainInline(w.text[:0], c)
			if name := oneLine(w.text); name != "" {
				names = append(names, name)
			}
		}
	}
	label := "Table"
	if len(names) > 0 {
		label = "Table: " + strings.Join(names, ", ")
	}
	if len(label) > most {
		label = strings.ToValidUTF8(label[:most], "") + "..."
	}
	if w.tables == nil {
		w.tables = map[string]int{}
	}
	w.tables[label]++
	if again := w.tables[label]; again > 1 {
		label += " (" + itoa(again) + ")"
	}
	return label
}

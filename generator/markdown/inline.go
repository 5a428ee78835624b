package markdown

import (
	"bytes"
	"strconv"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

func itoa(n int) string { return strconv.Itoa(n) }

// inline writes the spans below n. Past maxNesting only their text is written.
func (w *writer) inline(n ast.Node, depth int) {
	if depth == maxNesting+1 {
		start, end := w.span(nil, n.Pos())
		w.drop(Limit, "spans nested more than "+itoa(maxNesting)+" deep", start, end)
	}
	for at := n.FirstChild(); at != nil; at = at.NextSibling() {
		switch c := at.(type) {
		case *ast.Text:
			w.textSpan(c)
		case *ast.String:
			w.write(c.Value, !c.IsRaw() && !c.IsCode(), -1)
		case *ast.CodeSpan:
			w.s("<code>")
			w.codeSpan(c)
			w.s("</code>")
		case *ast.Emphasis:
			if c.Level == 1 {
				w.spanning(c, "<em>", "</em>", depth)
			} else {
				w.spanning(c, "<strong>", "</strong>", depth)
			}
		case *east.Strikethrough:
			w.spanning(c, "<del>", "</del>", depth)
		case *ast.Link:
			w.anchor(c, depth)
		case *ast.Image:
			w.image(c)
		case *ast.AutoLink:
			w.autoLink(c)
		case *ast.RawHTML:
			at = w.inlineHTML(c) // the last node of what it dealt with
		case *east.TaskCheckBox:
			w.checkBox(c)
		case *east.FootnoteLink:
			w.footnoteLink(c)
		case *east.FootnoteBacklink:
			w.footnoteBacklink(c)
		default: // what no span of this package knows still has text
			w.inline(c, depth+1)
		}
	}
}

// spanning writes an element around the spans below n.
func (w *writer) spanning(n ast.Node, open, end string, depth int) {
	if depth >= maxNesting {
		open, end = "", ""
	}
	w.s(open)
	old := w.base
	w.base = len(w.tags)
	w.inline(n, depth+1)
	w.closeTo(w.base)
	w.base = old
	w.s(end)
}

func (w *writer) textSpan(n *ast.Text) {
	value := n.Segment.Value(w.src)
	w.write(value, !n.IsRaw(), n.Segment.Start)
	switch {
	case n.HardLineBreak():
		w.s("<br>\n")
	case n.SoftLineBreak():
		if next, ok := n.NextSibling().(*ast.Text); !ok || !joins(value, next.Segment.Value(w.src)) {
			w.s("\n")
		}
	}
}

// codeSpan writes the text of a code span; a line end in it is a space.
func (w *writer) codeSpan(n *ast.CodeSpan) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok {
			continue
		}
		value := t.Segment.Value(w.src)
		line := trimLineEnd(value)
		w.write(line, false, -1)
		if len(line) < len(value) {
			w.s(" ")
		}
	}
}

func trimLineEnd(s []byte) []byte {
	if n := len(s); n > 0 && s[n-1] == '\n' {
		s = s[:n-1]
		if n > 1 && s[n-2] == '\r' {
			s = s[:n-2]
		}
	}
	return s
}

// spelled says of a link that its text is its address, which paper need not spell out once more.
const spelled = ` class="spelled"`

func (w *writer) anchor(n *ast.Link, depth int) {
	dest := string(w.decode(nil, n.Destination, true, -1))
	start, end := w.span(n.Destination, n.Pos())
	l := Link{Dest: dest, Kind: Anchor, Start: start, End: end}
	if w.facts {
		w.text = w.plainInline(w.text[:0], n)
		l.Text = oneLine(w.text)
	}
	address, ok := w.link(l)
	if !ok || depth >= maxNesting {
		w.spanning(n, "", "", depth)
		return
	}
	w.s("<a")
	w.url("href", address)
	if text, ok := n.FirstChild().(*ast.Text); ok && n.ChildCount() == 1 && bytes.Equal(text.Value(w.src), n.Destination) {
		w.s(spelled)
	}
	w.title(n.Title)
	if external(address) {
		w.s(" rel=\"noopener noreferrer\"")
	}
	w.spanning(n, ">", "</a>", depth)
}

func (w *writer) title(title []byte) {
	if len(title) == 0 {
		return
	}
	w.s(" title=\"")
	w.write(title, true, w.offset(title))
	w.s("\"")
}

func (w *writer) image(n *ast.Image) {
	dest := string(w.decode(nil, n.Destination, true, -1))
	start, end := w.span(n.Destination, n.Pos())
	w.text = w.plainInline(w.text[:0], n)
	alt := oneLine(w.text)
	address, ok := w.link(Link{Dest: dest, Kind: Image, Text: alt, Start: start, End: end})
	if !ok {
		if !w.quiet {
			w.out = escaped(w.out, []byte(alt))
		}
		return
	}
	if alt == "" {
		w.drop(NoAlt, "image without a text", start, end)
	}
	w.s("<img")
	w.url("src", address)
	w.attr("alt", alt)
	w.title(n.Title)
	w.s(" loading=\"lazy\">")
}

func (w *writer) autoLink(n *ast.AutoLink) {
	label := n.Label(w.src)
	dest := string(n.URL(w.src))
	if n.AutoLinkType == ast.AutoLinkEmail {
		dest = "mailto:" + dest
	}
	start, end := w.span(label, n.Pos())
	address, ok := w.link(Link{Dest: dest, Kind: Auto, Text: string(label), Start: start, End: end})
	if !ok {
		w.write(label, false, -1)
		return
	}
	w.s("<a")
	w.url("href", address)
	if n.AutoLinkType == ast.AutoLinkURL {
		w.s(spelled)
	}
	if external(address) {
		w.s(" rel=\"noopener noreferrer\"")
	}
	w.s(">")
	w.write(label, false, -1)
	w.s("</a>")
}

func (w *writer) checkBox(n *east.TaskCheckBox) {
	if n.IsChecked {
		w.s("<input type=\"checkbox\" disabled checked aria-label=\"done\"> ")
	} else {
		w.s("<input type=\"checkbox\" disabled aria-label=\"to do\"> ")
	}
}

// noteRef is the id of one of the places that refer to a footnote.
func (w *writer) noteRef(index, ref int) string {
	id := w.o.AnchorPrefix + "fnref:" + itoa(index)
	if ref > 0 {
		id += ":" + itoa(ref+1)
	}
	return id
}

func (w *writer) footnoteLink(n *east.FootnoteLink) {
	if w.quiet {
		return
	}
	number := itoa(n.Index)
	w.s("<sup")
	w.attr("id", w.noteRef(n.Index, n.RefIndex))
	w.s("><a class=\"footnote-ref\"")
	w.url("href", "#"+w.o.AnchorPrefix+"fn:"+number)
	w.s(" role=\"doc-noteref\" aria-label=\"Footnote ", number, "\">", number, "</a></sup>")
}

func (w *writer) footnoteBacklink(n *east.FootnoteBacklink) {
	if w.quiet {
		return
	}
	label := "Back to footnote mark " + itoa(n.Index)
	if n.RefIndex > 0 {
		label += ", place " + itoa(n.RefIndex+1)
	}
	w.s(" <a class=\"footnote-back\"")
	w.url("href", "#"+w.noteRef(n.Index, n.RefIndex))
	w.attr("aria-label", label)
	w.s(" role=\"doc-backlink\">\u21A9\uFE0E</a>")
}

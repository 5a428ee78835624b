package markdown

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// outline fills the document's headings before anything is written: the level
// of the first depends on all, and a chosen id takes precedence over one that
// is made from an earlier heading's text.
func (w *writer) outline(root ast.Node) {
	w.collect(root)
	used := map[string]bool{}
	for i := range w.doc.Headings {
		h := &w.doc.Headings[i]
		if h.Anchor == "" {
			continue
		}
		if used[h.Anchor] {
			w.drop(SameID, "second {#"+h.Anchor+"}", h.Start, h.End)
			h.Anchor = ""
			continue
		}
		used[h.Anchor] = true
	}
	last := map[string]int{}
	for i := range w.doc.Headings {
		h := &w.doc.Headings[i]
		if w.top == 0 || h.Level < w.top {
			w.top = h.Level
		}
		if h.Anchor != "" {
			continue
		}
		base := slug(h.Text)
		h.Anchor = base
		for n := last[base]; used[h.Anchor]; last[base] = n {
			n++
			h.Anchor = base + "-" + strconv.Itoa(n)
		}
		used[h.Anchor] = true
	}
}

// collect appends the headings below n. A chosen id stays in Anchor, one that
// is still to be made is left empty.
func (w *writer) collect(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		h, ok := c.(*ast.Heading)
		if !ok {
			if c.Type() == ast.TypeBlock && c.HasChildren() && c.FirstChild().Type() == ast.TypeBlock {
				w.collect(c)
			}
			continue
		}
		w.text = w.plainInline(w.text[:0], h)
		out := Heading{Level: h.Level, Text: oneLine(w.text)}
		out.Start, out.End = w.headingSpan(h)
		w.chosen(h, &out)
		w.doc.Headings = append(w.doc.Headings, out)
	}
}

// chosen takes over the id an author gave and reports the attributes beside it.
func (w *writer) chosen(n *ast.Heading, h *Heading) {
	at, ok := n.AttributeString("attributes")
	if !ok {
		return
	}
	span := at.([2]int)
	h.End = max(h.End, span[1])
	if id, ok := n.AttributeString("id"); ok {
		if h.Anchor = idOf(string(id.([]byte))); h.Anchor == "" {
			w.drop(Attribute, "id without a letter on a heading", span[0], span[1])
		}
	}
	if id := "{#" + h.Anchor + "}"; string(w.src[span[0]:span[1]]) != id && h.Anchor != "" {
		w.drop(Attribute, "attributes other than "+id+" on a heading", span[0], span[1])
	} else if h.Anchor == "" {
		w.drop(Attribute, "attributes on a heading", span[0], span[1])
	}
}

func (w *writer) headingSpan(h *ast.Heading) (start, end int) {
	start = max(h.Pos(), 0)
	end = start
	for end < len(w.src) && w.src[end] == '#' { // a heading without text has no lines
		end++
	}
	if lines := h.Lines(); lines.Len() > 0 {
		start = min(start, lines.At(0).Start)
		end = lines.At(lines.Len() - 1).Stop
	}
	for end > start && (w.src[end-1] == '\n' || w.src[end-1] == '\r' || w.src[end-1] == ' ') {
		end--
	}
	return start, end
}

// slug makes an anchor the way GitHub does: lower case, spaces to hyphens, and
// only letters, digits, marks, hyphens and underscores of any script kept.
func slug(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == ' ' || r == '-':
			b.WriteByte('-')
		case r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	if b.Len() == 0 {
		return "section"
	}
	return b.String()
}

// idOf keeps of an id that an author chose what may stand in one: the
// characters of a slug, in the case they have, and dots.
func idOf(s string) string {
	id := strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == '.' || unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
			return r
		}
		return -1
	}, strings.ToValidUTF8(s, ""))
	if strings.Trim(id, "-_.") == "" {
		return ""
	}
	return id
}

// oneLine gives s with every run of white space as one space.
func oneLine(s []byte) string {
	tidied := len(s) == 0 || s[0] > ' ' && s[len(s)-1] > ' '
	for i := 0; tidied && i < len(s); i++ {
		tidied = s[i] > ' ' && s[i] < utf8.RuneSelf || s[i] == ' ' && s[i-1] != ' '
	}
	if tidied {
		return string(s)
	}
	return strings.Join(strings.Fields(string(s)), " ")
}

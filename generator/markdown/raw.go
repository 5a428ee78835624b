package markdown

import (
	"bytes"
	"sort"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"
)

// rawHTML is the piece of raw HTML at hand. Its lines need not lie side by side
// in the source (a quote puts a mark before each), so their places are kept.
type rawHTML struct {
	bytes []byte
	lines []rawLine
}

// rawLine says that from byte at on, the piece lies at src in the source.
type rawLine struct{ at, src int }

// openTag is a tag of raw HTML that waits for its end.
type openTag struct {
	name       string // as the author wrote it, in lower case
	written    string // as it stands in the HTML; "" if it was dropped
	start, end int
}

// token is a token of raw HTML with its place in the piece.
type token struct {
	html.Token
	start, end int
}

// take makes lines the piece at hand and gives its tokens.
func (w *writer) take(lines *text.Segments, more ...text.Segment) []token {
	r := &w.raw
	r.bytes, r.lines = r.bytes[:0], r.lines[:0]
	add := func(seg text.Segment) {
		r.lines = append(r.lines, rawLine{len(r.bytes) + seg.Padding, seg.Start})
		r.bytes = append(r.bytes, seg.Value(w.src)...)
	}
	for i := range lines.Len() {
		add(lines.At(i))
	}
	for _, seg := range more {
		add(seg)
	}
	var tokens []token
	z := html.NewTokenizer(bytes.NewReader(r.bytes))
	for at := 0; z.Next() != html.ErrorToken; {
		end := at + len(z.Raw())
		tokens = append(tokens, token{z.Token(), at, end})
		at = end
	}
	return tokens
}

// place gives the source offset of a byte of the piece.
func (w *writer) place(at int) int {
	lines := w.raw.lines
	i := sort.Search(len(lines), func(i int) bool { return lines[i].at > at }) - 1
	if i < 0 {
		return lines[0].src
	}
	return min(lines[i].src+at-lines[i].at, len(w.src))
}

func (w *writer) dropRaw(kind DropKind, what string, start, end int) {
	w.drop(kind, what, w.place(start), w.place(end-1)+1)
}

// htmlBlock writes what may be published of a block of raw HTML. Its tags may
// stay open for the blocks after it, until the end of the one around it.
func (w *writer) htmlBlock(n *ast.HTMLBlock) {
	var tokens []token
	if n.HasClosure() {
		tokens = w.take(n.Lines(), n.ClosureLine)
	} else {
		tokens = w.take(n.Lines())
	}
	before := len(w.out)
	never := map[string]bool{}
	for i := 0; i < len(tokens); i++ {
		if last := endOf(tokens, i, never); last > i {
			w.dropRaw(Element, "<"+tokens[i].Data+">", tokens[i].start, tokens[last].end)
			i = last
		} else {
			w.token(&tokens[i])
		}
	}
	if n := len(w.out); n > before && w.out[n-1] != '\n' {
		w.s("\n")
	}
}

// endOf gives the index of the token that ends the element which tokens[i]
// starts, if it is one that goes with its content; i if it is not, or never
// ends. An element whose content the tokenizer takes as a whole ends at the
// last token. What was looked for in vain is kept in never.
func endOf(tokens []token, i int, never map[string]bool) int {
	name := tokens[i].Data
	if tokens[i].Type != html.StartTagToken || !withContent[name] || never[name] {
		return i
	}
	for j := i + 1; j < len(tokens); j++ {
		if tokens[j].Type == html.EndTagToken && tokens[j].Data == name {
			return j
		}
	}
	switch name {
	case "iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp":
		return len(tokens) - 1
	}
	never[name] = true
	return i
}

// inlineHTML writes a tag between text, and gives the last node that is dealt
// with: a script goes with what stands before its end tag.
func (w *writer) inlineHTML(n *ast.RawHTML) ast.Node {
	if name := w.tagName(n); withContent[name] {
		if last := endTag(n, w.src, name); last != nil {
			end := last.Segments.At(last.Segments.Len() - 1).Stop
			w.drop(Element, "<"+name+">", n.Segments.At(0).Start, end)
			return last
		}
	}
	tokens := w.take(n.Segments)
	for i := range tokens {
		w.token(&tokens[i])
	}
	return n
}

// tagName gives the name of the element that a tag starts, in lower case, or "".
func (w *writer) tagName(n *ast.RawHTML) string {
	if n.Segments.Len() == 0 {
		return ""
	}
	seg := n.Segments.At(0)
	tag := seg.Value(w.src)
	end := 1
	for end < len(tag) && bytes.IndexByte([]byte(" \t\r\n/>"), tag[end]) < 0 {
		end++
	}
	return strings.ToLower(string(tag[min(1, len(tag)):min(end, len(tag))]))
}

// endTag finds the end tag of an element among the spans after n.
func endTag(n ast.Node, src []byte, name string) *ast.RawHTML {
	for c := n.NextSibling(); c != nil; c = c.NextSibling() {
		raw, ok := c.(*ast.RawHTML)
		if !ok || raw.Segments.Len() == 0 {
			continue
		}
		seg := raw.Segments.At(0)
		tag := seg.Value(src)
		if len(tag) > len(name)+2 && tag[1] == '/' && strings.EqualFold(string(tag[2:2+len(name)]), name) &&
			bytes.IndexByte([]byte("> \t\r\n"), tag[2+len(name)]) >= 0 {
			return raw
		}
	}
	return nil
}

func (w *writer) token(t *token) {
	raw := w.raw.bytes[t.start:t.end]
	switch t.Type {
	case html.TextToken:
		w.doc.Words += words([]byte(t.Data))
		if n := strings.IndexFunc(t.Data, turns); n >= 0 && bytes.IndexByte(raw, '&') >= 0 {
			r := []rune(t.Data[n:])[0]
			w.dropRaw(Control, controlName(r), t.start, t.end)
		}
		w.write([]byte(t.Data), false, -1)
	case html.StartTagToken, html.SelfClosingTagToken:
		w.startTag(t, raw)
	case html.EndTagToken:
		w.endTag(t)
	case html.DoctypeToken:
		w.dropRaw(Element, "<!DOCTYPE>", t.start, t.end)
	case html.CommentToken:
		switch {
		case bytes.HasPrefix(raw, []byte("<!--")):
			if !bytes.HasSuffix(raw, []byte("-->")) && !bytes.HasSuffix(raw, []byte("--!>")) {
				w.dropRaw(Unclosed, "<!--", t.start, t.end)
			}
		default: // <?...>, <![CDATA[...]]>, </3
			w.dropRaw(Element, string(raw[:min(2, len(raw))]), t.start, t.end)
		}
	}
}

// startTag writes what the policy keeps of a start tag and reports the rest.
func (w *writer) startTag(t *token, raw []byte) {
	name := t.Data
	kept, ok := w.judge(raw)
	switch {
	case ok && len(w.tags) >= maxNesting && !void[name]:
		w.dropRaw(Limit, "nesting of more than "+itoa(maxNesting), t.start, t.end)
		return
	case !ok && !w.isElement(name):
		w.dropRaw(Element, "<"+shorten(name)+">, which is no HTML element", t.start, t.end)
		w.write(raw, false, -1)
		return
	case !ok:
		w.dropRaw(Element, "<"+name+">", t.start, t.end)
		if len(w.tags) < maxNesting {
			w.push(t, "")
		}
		return
	}
	if where := w.misplaced(name); where != "" {
		w.dropRaw(Element, "<"+name+"> "+where, t.start, t.end)
		if !void[name] {
			w.push(t, "")
		}
		return
	}
	places := attributes(raw)
	w.reportAttributes(t, kept, places)
	address, ok := "", true
	switch name {
	case "a":
		address, ok = w.rawLink(t, "href", HTMLAnchor, kept, places)
	case "img":
		address, ok = w.rawLink(t, "src", HTMLImage, kept, places)
	}
	if !ok {
		if !void[name] {
			w.push(t, "")
		}
		return
	}
	w.openElement(t, kept, address)
}

// reportAttributes reports the attributes of a tag that are not kept, but for
// addresses, which rawLink has more to say about.
func (w *writer) reportAttributes(t *token, kept []html.Attribute, places places) {
	for i, a := range t.Attr {
		// markdown="1" is an instruction to other programs, not to a browser.
		if find(t.Attr[:i], a.Key) != nil || a.Key == "markdown" || a.Key == "href" || a.Key == "src" {
			continue
		}
		if find(kept, a.Key) == nil {
			p := places.of(a.Key, t.end-t.start)
			w.dropRaw(Attribute, shorten(a.Key)+" attribute on <"+t.Data+">", t.start+p.start, t.start+p.end)
		}
	}
}

// openElement writes a start tag, and what every link and image here has.
func (w *writer) openElement(t *token, kept []html.Attribute, address string) {
	name := w.elementName(t.Data)
	w.imply(t.Data)
	w.s("<", name)
	switch name {
	case "a":
		w.url("href", address)
	case "img":
		w.url("src", address)
	}
	for _, a := range kept {
		if a.Key != "href" && a.Key != "src" {
			w.tmp = w.decode(w.tmp[:0], []byte(a.Val), false, -1)
			w.attr(a.Key, string(w.tmp))
		}
	}
	switch name {
	case "a":
		if external(address) {
			w.s(" rel=\"noopener noreferrer\"")
		}
	case "img":
		if find(kept, "alt") == nil {
			w.dropRaw(NoAlt, "image without a text", t.start, t.end)
			w.s(" alt=\"\"")
		}
		w.s(" loading=\"lazy\"")
	}
	w.s(">")
	switch {
	case void[name]:
	case t.Type == html.SelfClosingTagToken: // <div/> is a start tag to a browser, not to its author
		w.s("</", name, ">")
	default:
		w.push(t, name)
	}
}

// rawLink gives the address to write for a link or an image in raw HTML, and
// whether the tag is to be written.
func (w *writer) rawLink(t *token, attr string, kind LinkKind, kept []html.Attribute, places places) (string, bool) {
	a := find(t.Attr, attr)
	if a == nil { // a place to link to, or nothing: see the attributes dropped
		return "", false
	}
	p := places.of(attr, t.end-t.start)
	value := w.raw.bytes[t.start+p.valueStart : t.start+p.valueEnd]
	first := p.valueStart + len(value) - len(bytes.TrimLeft(value, " \t\r\n"))
	last := p.valueStart + len(bytes.TrimRight(value, " \t\r\n"))
	start := w.place(t.start + first)
	end := max(start, w.place(t.start+last-1)+1) // a blank address has no place of its own
	dest := strings.TrimSpace(string(w.decode(nil, []byte(a.Val), false, -1)))
	scheme, ok := schemeOf(dest)
	if find(kept, attr) == nil && (!ok || !w.readable(dest)) {
		what := "address that cannot be read"
		if !ok {
			what = schemeName(scheme) + ": " + noun(kind)
		}
		w.drop(Scheme, what, start, end)
		return "", false
	}
	l := Link{Dest: dest, Kind: kind, Start: start, End: end}
	if alt := find(t.Attr, "alt"); alt != nil && kind == HTMLImage {
		l.Text = oneLine([]byte(alt.Val))
	}
	return w.link(l)
}

// elementName moves headings in raw HTML to the levels of the others.
func (w *writer) elementName(name string) string {
	if w.o.TopLevel == 0 || len(name) != 2 || name[0] != 'h' || name[1] < '1' || name[1] > '6' {
		return name
	}
	level := int(name[1] - '0')
	if w.top > 0 {
		level += w.o.TopLevel - w.top
	}
	return "h" + itoa(max(w.o.TopLevel, min(6, level)))
}

func (w *writer) push(t *token, written string) {
	w.tags = append(w.tags, openTag{t.Data, written, w.place(t.start), w.place(t.end-1) + 1})
}

// endTag closes the innermost element of a name that was opened in the same
// block, and whatever is open inside it.
func (w *writer) endTag(t *token) {
	for i := len(w.tags) - 1; i >= w.base; i-- {
		if w.tags[i].name == t.Data {
			w.closeTo(i + 1)
			if tag := w.tags[i]; tag.written != "" {
				w.s("</", tag.written, ">")
			}
			w.tags = w.tags[:i]
			return
		}
	}
	if !w.isElement(t.Data) {
		w.write(w.raw.bytes[t.start:t.end], false, -1)
		return
	}
	w.dropRaw(Stray, "</"+t.Data+">", t.start, t.end)
}

// closeTo ends every tag opened since there were n of them.
func (w *writer) closeTo(n int) {
	for i := len(w.tags) - 1; i >= n; i-- {
		tag := w.tags[i]
		if tag.written == "" {
			continue
		}
		w.s("</", tag.written, ">")
		if !optionalEnd[tag.name] {
			w.drop(Unclosed, "<"+tag.name+">", tag.start, tag.end)
		}
	}
	w.tags = w.tags[:n]
}

// plainHTML appends the text of a block of raw HTML to w.text.
func (w *writer) plainHTML(n *ast.HTMLBlock) {
	tokens := w.take(n.Lines())
	never := map[string]bool{}
	for i := 0; i < len(tokens); i++ {
		t := &tokens[i]
		if last := endOf(tokens, i, never); last > i {
			i = last
		} else if t.Type == html.TextToken {
			w.text = w.decode(w.text, []byte(t.Data), false, -1)
		} else if flow[t.Data] || t.Data == "br" {
			w.text = append(w.text, ' ')
		}
	}
	w.lineEnd()
}

func find(attrs []html.Attribute, key string) *html.Attribute {
	for i := range attrs {
		if attrs[i].Key == key {
			return &attrs[i]
		}
	}
	return nil
}

func shorten(name string) string {
	if len(name) > 40 {
		return strings.ToValidUTF8(name[:40], "") + "..."
	}
	return name
}

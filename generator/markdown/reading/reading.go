// Package reading gives what a reader reads of a page of HTML: its blocks of text in their order, with the links in them.
//
// In comes a page, which may be anything; out comes a Page. What steers and dresses is left out: the head but for the title, scripts, styles, what is around <main>, and
// what is hidden from everybody. Two pages with equal readings tell a reader the same.
package reading

import (
	"bytes"
	"hash/fnv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A Page is what there is to read.
type Page struct {
	Title   string // of the document
	Heading string // its first heading of the highest level, "" for none
	Blocks  []Block
	MovedTo string // where the page leads at once, "" for nowhere
}

// A Block is a paragraph, an item of a list, a row of a table, a term with what it means, a drawing.
type Block struct {
	Under   string   // the heading that it stands under, itself excepted
	Text    string   // in one line
	Links   []string // where its links lead, in their order; also the addresses of pictures
	Drawing bool     // a drawing: its text is all the words in it
	Shape   uint64   // of a drawing: another number means that it was drawn otherwise; 0 for all else
}

// Of reads a page. What is no HTML has no blocks.
func Of(page []byte) Page {
	root, err := html.ParseWithOptions(bytes.NewReader(page), html.ParseOptionEnableScripting(false))
	if err != nil {
		return Page{} // nested deeper than the library takes
	}
	r := &reader{}
	r.head(root)
	start := first(root, atom.Main)
	if start == nil {
		start = first(root, atom.Body)
	}
	if start != nil {
		r.node(start)
	}
	r.flush()
	return r.page
}

func first(n *html.Node, name atom.Atom) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.DataAtom == name {
			return d
		}
	}
	return nil
}

// A reader goes through a page.
type reader struct {
	page   Page
	text   strings.Builder // of the block that is being read
	links  []string
	under  string // the heading above
	joined int    // how many elements around are told in one line: rows of tables, and what a term means
}

// head reads the title, and where a page leads that has moved.
func (r *reader) head(root *html.Node) {
	if title := first(root, atom.Title); title != nil && title.FirstChild != nil {
		r.page.Title = oneLine(title.FirstChild.Data)
	}
	for n := range root.Descendants() {
		if n.DataAtom == atom.Meta && strings.EqualFold(attribute(n, "http-equiv"), "refresh") {
			_, after, _ := strings.Cut(attribute(n, "content"), ";")
			after = strings.TrimSpace(after)
			if len(after) > 4 && strings.EqualFold(after[:4], "url=") {
				r.page.MovedTo = strings.Trim(after[4:], ` "'`)
			}
		}
	}
}

// silent are elements of which nothing is read.
var silent = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Template: true, atom.Head: true, atom.Object: true, atom.Iframe: true}

// blocks are elements that begin on a line of their own.
var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Li: true, atom.Dt: true, atom.Dd: true, atom.Tr: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	atom.Pre: true, atom.Blockquote: true, atom.Div: true, atom.Section: true, atom.Header: true, atom.Footer: true, atom.Nav: true, atom.Ul: true, atom.Ol: true,
	atom.Dl: true, atom.Table: true, atom.Thead: true, atom.Tbody: true, atom.Tfoot: true, atom.Caption: true, atom.Figure: true, atom.Figcaption: true,
	atom.Summary: true, atom.Details: true, atom.Aside: true, atom.Article: true, atom.Main: true, atom.Body: true, atom.Form: true, atom.Fieldset: true, atom.Hr: true,
}

func (r *reader) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		r.text.WriteString(n.Data)
	case n.Type != html.ElementNode || silent[n.DataAtom] || has(n, "hidden") || attribute(n, "aria-hidden") == "true":
	case n.DataAtom == atom.Svg:
		r.drawing(n)
	case n.DataAtom == atom.Br:
		r.text.WriteString(" ")
	case n.DataAtom == atom.Img:
		r.text.WriteString(" " + attribute(n, "alt") + " ")
		r.links = append(r.links, attribute(n, "src"))
	default:
		r.element(n)
	}
}

func (r *reader) element(n *html.Node) {
	r.open(n)
	if href := attribute(n, "href"); href != "" {
		r.links = append(r.links, href)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c)
	}
	r.close(n)
}

func (r *reader) open(n *html.Node) {
	switch {
	case n.DataAtom == atom.Td || n.DataAtom == atom.Th:
		r.between(" | ")
	case n.DataAtom == atom.Dd:
		r.joined++
	case r.joined > 0 && n.DataAtom == atom.Li:
		r.between("; ")
	case r.joined > 0 && blocks[n.DataAtom]:
		r.text.WriteString(" ")
	case blocks[n.DataAtom]:
		r.flush()
	}
	if n.DataAtom == atom.Tr {
		r.joined++
	}
}

func (r *reader) close(n *html.Node) {
	switch n.DataAtom {
	case atom.Dt:
		r.between(": ")
		return
	case atom.Tr, atom.Dd:
		r.joined--
		if r.joined == 0 {
			r.flush()
		}
		return
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		r.heading(n)
		return
	}
	switch {
	case r.joined > 0 && blocks[n.DataAtom]:
		r.text.WriteString(" ")
	case blocks[n.DataAtom]:
		r.flush()
	}
}

// between parts what is told in one line, unless nothing stands before.
func (r *reader) between(mark string) {
	if t := strings.TrimRight(r.text.String(), " \n\t"); t != "" && !strings.HasSuffix(t, strings.TrimSpace(mark)) && !strings.HasSuffix(t, ":") {
		r.text.Reset()
		r.text.WriteString(t + mark)
	}
}

func (r *reader) heading(n *html.Node) {
	text := oneLine(r.text.String())
	if r.joined > 0 {
		return
	}
	r.flush()
	if n.DataAtom == atom.H1 && r.page.Heading == "" {
		r.page.Heading = text
	}
	r.under = text
}

func (r *reader) flush() {
	text := oneLine(r.text.String())
	r.text.Reset()
	links := r.links
	r.links = nil
	if text == "" && len(links) == 0 {
		return
	}
	r.add(Block{Text: text, Links: links})
}

func (r *reader) add(b Block) {
	b.Under = r.under
	r.page.Blocks = append(r.page.Blocks, b)
}

// drawing reads the words of a drawing, and how it is drawn.
func (r *reader) drawing(n *html.Node) {
	var words []string
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			if w := oneLine(d.Data); w != "" && (len(words) == 0 || words[len(words)-1] != w) {
				words = append(words, w)
			}
		}
	}
	if r.joined == 0 {
		r.flush()
	}
	r.add(Block{Text: strings.Join(words, " · "), Drawing: true, Shape: shapeOf(n)})
}

// names are attributes by which the parts of a page find each other. Drawings are numbered through a site, so that one more gives others of these to all behind it.
var names = map[string]bool{"id": true, "aria-labelledby": true, "aria-describedby": true, "aria-controls": true}

// shapeOf gives a number for how a drawing is drawn.
func shapeOf(svg *html.Node) uint64 {
	sum := fnv.New64a()
	write := func(parts ...string) {
		for _, s := range parts {
			sum.Write([]byte(s + "\x00")) // a hash takes everything
		}
	}
	for d := range svg.Descendants() {
		write(oneLine(d.Data))
	}
	for d := range svg.Descendants() {
		for _, a := range d.Attr {
			if !names[a.Key] && !strings.HasPrefix(a.Val, "#") && !strings.Contains(a.Val, "url(#") {
				write(a.Key, a.Val)
			}
		}
	}
	for _, a := range svg.Attr {
		if !names[a.Key] {
			write(a.Key, a.Val)
		}
	}
	return max(1, sum.Sum64())
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

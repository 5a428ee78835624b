// Package markdown turns the body of a content file into HTML that is safe to
// publish, and into the facts a checker wants: headings, links, and whatever
// was left out.
//
// In comes Markdown (CommonMark 0.31 with the GitHub extensions, footnotes and
// definition lists) as bytes, without its front matter. Out come a Document,
// whose places are byte offsets into those bytes, and HTML.
//
// It never lets a script, a style, an event handler or an unknown URL scheme
// through, never writes a tag that outlives the block it was opened in, never
// touches a file, the clock or the network, and never panics: what it will not
// publish it reports in Document.Dropped. It keeps no syntax tree.
//
// Everything here is safe for use by several goroutines at once.
package markdown

import (
	"bytes"
	"io"
)

// Document is what a body says about itself, in the order of the text.
type Document struct {
	Headings []Heading
	Links    []Link
	// Dropped holds what a reader of the page will not get as it was written.
	Dropped []Dropped
	// Words counts words outside code blocks; a Han, Hiragana or Katakana
	// letter counts as one.
	Words int
	// FirstParagraph is the plain text of the first paragraph that stands on
	// its own, on one line, fit for a description. It is empty if there is none.
	FirstParagraph string
}

// Heading is one heading as written. Level is 1 to 6 as in the source; Text is
// plain; Anchor is unique in the document and is what Render writes as id
// (there behind Options.AnchorPrefix). Start and End are byte offsets of the
// heading without its line end; the underline of a Setext heading is outside.
type Heading struct {
	Level      int
	Text       string
	Anchor     string
	Start, End int
}

// LinkKind says how a link was written.
type LinkKind uint8

// The ways to write a link. HTMLAnchor is an <a href> and HTMLImage an
// <img src> in raw HTML.
const (
	Anchor LinkKind = iota
	Image
	Auto
	HTMLAnchor
	HTMLImage
)

// String names the kind for test output and messages.
func (k LinkKind) String() string {
	return [...]string{"link", "image", "autolink", "html link", "html image"}[k]
}

// Link is a destination that was kept. Dest is decoded (no backslash escapes,
// no character references) but not resolved. Text is the plain text of the
// link or the alternative text of the image. Start and End are the byte
// offsets of the destination; for a reference link they lie in its definition.
type Link struct {
	Dest       string
	Kind       LinkKind
	Text       string
	Start, End int
}

// DropKind sorts what was dropped, so that a caller can choose a severity.
type DropKind uint8

// The reasons to leave something out, or to mend it.
const (
	Element   DropKind = iota // an HTML element that is not published
	Attribute                 // an attribute of an element that is
	Scheme                    // a link whose address is neither http, https, mailto nor relative
	Unclosed                  // an HTML tag that is never closed; closed at the end of its block
	Stray                     // an HTML end tag without its start
	Control                   // a character that turns text around, NUL, or bytes that are not UTF-8
	Limit                     // nesting or repetition past a limit; shown as plain text
	NoAlt                     // an image without a text; published with an empty one
	SameID                    // a {#id} that another heading has already; numbered
)

// Dropped is one piece that is not published as written. What names it for a
// message: `<script>`, `style attribute on <p>`, `javascript: link`. Start and
// End are byte offsets of the piece.
type Dropped struct {
	Kind       DropKind
	What       string
	Start, End int
}

// Options say how Render and Convert write a document.
type Options struct {
	// Resolve maps the decoded destination of a link or an image to the
	// address to write; nil keeps it. It is not asked about destinations that
	// are only a fragment ("#scope"). What it returns is held to the same
	// schemes as what the author wrote.
	Resolve func(dest string) string
	// TopLevel is the level that the shallowest heading is written as, the
	// others following; 0 keeps levels as written. No level passes 6.
	TopLevel int
	// AnchorPrefix is put before every id and every link to a fragment of the
	// same document, for pages that show several documents.
	AnchorPrefix string
}

// Read gives the outline and the links of src and what would be dropped from
// it. It writes no HTML.
func Read(src []byte) Document {
	w := newWriter(src, Options{})
	defer w.free()
	w.quiet = true
	w.run()
	return w.doc
}

// Render writes src to out as HTML. The only errors are those of out.
func Render(out io.Writer, src []byte, o Options) error {
	w := newWriter(src, o)
	defer w.free()
	w.facts = false
	w.run()
	_, err := out.Write(w.out)
	return err
}

// Convert gives what Read gives and the HTML that Render writes, from one parse.
func Convert(src []byte, o Options) (Document, []byte) {
	w := newWriter(src, o)
	defer w.free()
	w.run()
	return w.doc, bytes.Clone(w.out)
}

// PlainText gives the readable text of src for search and descriptions: no
// markup, no code blocks, blocks apart by a line end, footnotes last.
func PlainText(src []byte) string {
	w := newWriter(src, Options{})
	defer w.free()
	w.quiet = true
	root := w.parse()
	if root == nil {
		return ""
	}
	w.plainBlocks(root)
	return tidy(w.text)
}

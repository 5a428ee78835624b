package markdown

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// The whole of what output may hold, whatever the input: elements with their
// attributes. Everything else in the parsed output fails a test.
var allowed = map[string]string{
	"a": "href rel title aria-label role class lang dir", "img": "src alt title loading width height align lang dir",
	"input": "type disabled checked aria-label", "pre": "class tabindex lang dir", "code": "lang dir",
	"div": "class role tabindex aria-label align lang dir", "section": "class role aria-label",
	"sup": "id lang dir", "li": "id class value lang dir", "ol": "start type reversed lang dir", "span": "class title lang dir",
	"h1": "id align lang dir", "h2": "id align lang dir", "h3": "id align lang dir",
	"h4": "id align lang dir", "h5": "id align lang dir", "h6": "id align lang dir",
	"td": "class align colspan rowspan lang dir", "th": "class scope align colspan rowspan lang dir",
	"tr": "align lang dir", "table": "align lang dir", "p": "align lang dir", "col": "span lang dir", "colgroup": "span lang dir",
	"time": "datetime lang dir", "details": "open lang dir", "abbr": "title lang dir", "dfn": "title lang dir",
}

var plainElements = strings.Fields(`b bdi blockquote br caption cite dd del dl dt em figcaption figure hr i ins kbd
	mark q rp rt ruby s samp small strike strong sub summary tbody tfoot thead tt u ul var wbr`)

// ownClasses are the classes of this package's markup; the rest are chroma's.
var ownClasses = strings.Fields(`anchor spelled table task footnotes footnote-ref footnote-back chroma align-left align-center align-right`)

// checkOutput holds the HTML of src against the allow-list, sees that it stays
// in the element it is put into, and that it agrees with Read.
func checkOutput(t *testing.T, src []byte, o Options) {
	t.Helper()
	doc, out := Convert(src, o)
	page := "<!DOCTYPE html><body><main><div id=\"candor-inside\">" + string(out) +
		"</div></main><footer id=\"candor-after\"></footer></body>"
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatalf("output does not parse: %v\n%s", err, out)
	}
	body := root.LastChild.LastChild
	main, footer := body.FirstChild, body.LastChild
	if main.Data != "main" || footer.Data != "footer" || main.NextSibling != footer || footer.FirstChild != nil ||
		main.FirstChild != main.LastChild || main.FirstChild.Data != "div" {
		t.Fatalf("%q leaves its element:\n%s", src, out)
	}
	seen := &inOutput{}
	for n := range main.FirstChild.Descendants() {
		seen.check(t, n)
	}
	if t.Failed() {
		t.Fatalf("from %q\ncame %s", src, out)
	}
	seen.compareAnchors(t, doc, o)
	if t.Failed() {
		t.Fatalf("from %q\ncame %s", src, out)
	}
}

// inOutput is what a reader of the HTML finds.
type inOutput struct {
	anchors []string // of headings, by their self link
}

func (s *inOutput) check(t *testing.T, n *html.Node) {
	switch n.Type {
	case html.TextNode:
		checkText(t, n.Data)
		return
	case html.ElementNode:
	default:
		t.Errorf("node of type %d: %q", n.Type, n.Data)
		return
	}
	attrs, ok := allowed[n.Data]
	if !ok && !slices.Contains(plainElements, n.Data) {
		t.Errorf("element <%s>", n.Data)
	}
	names := append(strings.Fields(attrs), "lang", "dir")
	for _, a := range n.Attr {
		checkText(t, a.Val)
		if !slices.Contains(names, a.Key) {
			t.Errorf("attribute %s on <%s>", a.Key, n.Data)
		}
		switch a.Key {
		case "href", "src":
			if !published(a.Val) {
				t.Errorf("%s=%q", a.Key, a.Val)
			}
		case "class":
			if !slices.Contains(ownClasses, a.Val) && !slices.Contains(StyleClasses(), a.Val) {
				t.Errorf("class %q", a.Val)
			}
			if a.Val == "anchor" {
				s.anchors = append(s.anchors, n.Parent.Attr[0].Val)
			}
		}
	}
}

// published is a second opinion on addresses, written apart from schemeOf.
func published(dest string) bool {
	dest = strings.Map(func(r rune) rune {
		if r <= ' ' {
			return -1
		}
		return r
	}, strings.ToLower(dest))
	before, _, found := strings.Cut(dest, ":")
	if !found || strings.ContainsAny(before, "/?#") {
		return true
	}
	return before == "http" || before == "https" || before == "mailto"
}

func checkText(t *testing.T, s string) {
	if strings.ContainsRune(s, 0) || strings.IndexFunc(s, turns) >= 0 || strings.ToValidUTF8(s, "") != s {
		t.Errorf("control characters in %q", s)
	}
}

// compareAnchors sees that headings have their anchors.
func (s *inOutput) compareAnchors(t *testing.T, doc Document, o Options) {
	t.Helper()
	var want []string
	for _, h := range doc.Headings {
		want = append(want, o.AnchorPrefix+h.Anchor)
	}
	slices.Sort(want)
	slices.Sort(s.anchors)
	if !slices.Equal(want, s.anchors) {
		t.Errorf("anchors %q, in the HTML %q", want, s.anchors)
	}
	if len(slices.Compact(want)) != len(doc.Headings) {
		t.Errorf("anchors are not unique: %q", want)
	}
}

// checkLinks sees that the HTML links to what Read lists, in the same order.
func checkLinks(t *testing.T, src []byte) {
	t.Helper()
	doc, out := Convert(src, Options{})
	for _, d := range doc.Dropped {
		if d.Kind == Limit { // links past the limit are read, not written
			return
		}
	}
	var want, got []string
	for _, l := range doc.Links {
		want = append(want, html.UnescapeString(string(appendURL(nil, l.Dest))))
	}
	z := html.NewTokenizer(bytes.NewReader(out))
	for z.Next() != html.ErrorToken {
		token := z.Token()
		if token.Type != html.StartTagToken {
			continue
		}
		dest, found, own := "", false, false
		for _, a := range token.Attr {
			switch a.Key {
			case "href", "src":
				dest, found = a.Val, true
			case "class":
				own = a.Val != "spelled"
			}
		}
		if found && !own {
			got = append(got, dest)
		}
	}
	if !slices.Equal(want, got) {
		t.Fatalf("links %q\nin the HTML %q\n%s", want, got, out)
	}
}

// checkReadAgrees sees that Read and Convert say the same.
func checkReadAgrees(t *testing.T, src []byte) {
	t.Helper()
	read := Read(src)
	doc, _ := Convert(src, Options{TopLevel: 2})
	if a, b := outlineText(src, read), outlineText(src, doc); a != b {
		t.Fatalf("Read says\n%s\nConvert says\n%s", a, b)
	}
	for _, l := range read.Links {
		if l.Start < 0 || l.End > len(src) || l.Start > l.End {
			t.Fatalf("link %q at [%d:%d] of %d bytes", l.Dest, l.Start, l.End, len(src))
		}
	}
	for _, d := range read.Dropped {
		if d.Start < 0 || d.End > len(src) || d.Start > d.End {
			t.Fatalf("dropped %q at [%d:%d] of %d bytes", d.What, d.Start, d.End, len(src))
		}
	}
	if bytes.ContainsAny([]byte(PlainText(src)), "\x00") {
		t.Fatalf("NUL in the plain text of %q", src)
	}
}

// textOf gives the text of the code block that out is.
func textOf(t *testing.T, out []byte) string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.LastChild.LastChild.FirstChild.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return b.String()
}

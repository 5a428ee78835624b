package markdown

import (
	"bytes"

	"golang.org/x/net/html"
)

// misplaced says where an element stands that cannot stand there.
func (w *writer) misplaced(name string) string {
	if w.phrasing && flow[name] {
		return "inside a paragraph or a heading"
	}
	if parents := inside[name]; parents != nil {
		for _, tag := range w.tags[w.base:] {
			if parents[tag.written] {
				return ""
			}
		}
		return "outside of what it belongs to"
	}
	return ""
}

// imply ends the sibling that a start tag ends by itself, as browsers do.
func (w *writer) imply(name string) {
	rule, ok := implied[name]
	if !ok {
		return
	}
	for i := len(w.tags) - 1; i >= w.base; i-- {
		switch open := w.tags[i].written; {
		case rule.ends[open]:
			w.closeTo(i)
			return
		case rule.within[open]:
			return
		}
	}
}

// readable asks the policy once more about an address, with what may not stand
// in one encoded: it refuses <a href="mailto:a@b.example?subject=An incident">.
func (w *writer) readable(dest string) bool {
	kept, _ := w.judge(append(appendURL([]byte("<a href=\""), dest), "\">"...))
	return find(kept, "href") != nil
}

// judgement is what the policy leaves of a tag.
type judgement struct {
	kept []html.Attribute
	ok   bool
}

// judge asks the policy about one start tag; of <br> and <td> a document has
// many alike.
func (w *writer) judge(raw []byte) ([]html.Attribute, bool) {
	const most = 100
	j, known := w.seen[string(raw)]
	if known {
		return j.kept, j.ok
	}
	z := html.NewTokenizer(bytes.NewReader(policy().SanitizeBytes(raw)))
	switch z.Next() {
	case html.StartTagToken, html.SelfClosingTagToken:
		j = judgement{z.Token().Attr, true}
	}
	if w.seen == nil {
		w.seen = map[string]judgement{}
	}
	if len(w.seen) < most && len(raw) < most {
		w.seen[string(raw)] = j
	}
	return j.kept, j.ok
}

// isElement says whether HTML has an element of a name.
func (w *writer) isElement(name string) bool {
	_, ok := w.judge([]byte("<" + name + ">"))
	return ok || withContent[name] || otherElements[name]
}

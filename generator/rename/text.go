package rename

import (
	"path"
	"reflect"
	"slices"
	"strings"

	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"
)

// A piece is the part of a link, or of a value, that says an id.
type piece struct {
	start, end int
	with       string
}

// pieceOf finds the old id in a link that stands in the file from, or in a value that is an address or a path of the content.
func (w *work) pieceOf(from, dest string) (piece, bool) {
	for _, s := range w.subjects {
		for _, found := range []func(subject, string, string) (int, bool){w.inAddress, w.inPath} {
			if at, ok := found(s, from, dest); ok {
				return piece{at, at + len(s.ID), s.now}, true
			}
		}
	}
	return piece{}, false
}

// inAddress finds the id in an address of a record: /policies/ID/, /controls/#ID, and either with base_url before it.
func (w *work) inAddress(s subject, _, dest string) (int, bool) {
	before := 0
	if base := strings.TrimSuffix(w.content.Site.Config.BaseURL.Value, "/"); base != "" && strings.HasPrefix(dest, base+"/") {
		before = len(base)
	}
	page, _, anchored := strings.Cut(s.address, "#")
	if s.address == "" {
		return 0, false
	}
	file, rest := cut(dest[before:])
	if !anchored {
		if strings.TrimSuffix(file, "/") == strings.TrimSuffix(s.address, "/") {
			return before + len(s.address) - len(s.ID) - len("/"), true
		}
		page = path.Dir(strings.TrimSuffix(s.address, "/")) + "/" // the page that lists the kind has a place for each
		if slices.ContainsFunc(w.content.Site.Topics, func(t *model.Topic) bool { return s.Kind == model.KindAnswer && t.ID.Value == s.ID }) {
			return 0, false // the place is the topic's
		}
	}
	if strings.TrimSuffix(file, "/") == strings.TrimSuffix(page, "/") && rest == "#"+s.ID {
		return before + len(file) + len("#"), true
	}
	return 0, false
}

// inPath finds the id in a path that leads to the file of a record from another file, or from content/.
func (w *work) inPath(s subject, from, dest string) (int, bool) {
	if s.path == "" || strings.HasPrefix(dest, "/") {
		return 0, false
	}
	file, _ := cut(dest)
	base := path.Base(s.path)
	if path.Base(file) != base || !strings.HasSuffix(file, base) {
		return 0, false
	}
	full := path.Join(path.Dir(from), file)
	return len(file) - len(base), full == s.path
}

// cut parts a link before its query or anchor.
func cut(dest string) (file, rest string) {
	if i := strings.IndexAny(dest, "?#"); i >= 0 {
		return dest[:i], dest[i:]
	}
	return dest, ""
}

// texts mends values that are an address of a record, or a path of its file as exceptions in site.yaml have it.
func (w *work) texts() {
	for _, t := range link.Texts(w.content.Site) {
		p, ok := w.pieceOf("content/site.yaml", t.Value)
		if !ok {
			p, ok = w.pieceOf("site.yaml", t.Value)
		}
		if ok && strings.ContainsRune(t.Value, '/') {
			w.replace(t, p.start, p.end, p.with)
		}
	}
}

// bodies mends links in Markdown.
func (w *work) bodies() {
	for _, r := range w.content.Site.BesideConfig() {
		v := reflect.ValueOf(r).Elem().FieldByName("Body")
		if !v.IsValid() {
			continue
		}
		body, ok := v.Addr().Interface().(*model.Body)
		if !ok || body.Span.IsZero() {
			continue
		}
		w.body(r, body)
	}
}

func (w *work) body(r model.Headed, body *model.Body) {
	f := r.Head().File
	var edits []source.Edit
	seen := map[int]bool{} // a definition that several links have
	for _, l := range body.Outline.Links {
		p, ok := w.pieceOf(f.Path, l.Dest)
		if !ok || seen[l.Start] {
			continue
		}
		seen[l.Start] = true
		if !strings.HasPrefix(string(body.Source[l.Start:l.End]), l.Dest) { // it is written otherwise than it is read
			w.result.Left = append(w.result.Left, body.At(l.Start, l.End))
			continue
		}
		if a, ok := r.(*model.Answer); ok {
			w.replace(a.Text, l.Start+p.start, l.Start+p.end, p.with)
			continue
		}
		w.result.Mended++
		edits = append(edits, source.Edit{At: body.At(l.Start+p.start, l.Start+p.end), Text: p.with})
	}
	if len(edits) == 0 {
		return
	}
	plan := w.in(f)
	plan.body = append(plan.body, edits...)
	if p, ok := r.(*model.Policy); ok && p.ApprovalHash.Value == body.Hash() {
		hash := model.Body{Source: source.Apply(body.Span, edits)}.Hash()
		plan.replaced = append(plan.replaced, parse.Replacement{At: p.ApprovalHash.At, Start: 0, End: len(p.ApprovalHash.Value), Text: hash})
		w.result.Approved = append(w.result.Approved, p.ID.Value)
	}
}

package markdown

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// InsetOptions say how a page becomes a part of another.
type InsetOptions struct {
	Prefix  string                   // of its ids, and of what names them
	Deeper  int                      // levels that its headings are lowered by; the sixth is the lowest
	Resolve func(dest string) string // where a link leads that leads out of it
}

// Inset makes HTML a part of another page that is to be read on paper: ids are its own, headings are lowered, what is folded is open, and what only a screen has a
// use for is left out, which is forms, buttons, navigation, scripts and what is written for them (data-label alone is for styles), what makes landmarks
// of sections with a heading, for a book has many of one name, what is hidden, links to where they stand,
// and whatever says data-book="no". Every element that it opens is closed, and it closes no other. All else comes out byte for byte, but for comments.
func Inset(text string, o InsetOptions) string {
	w := insetWriter{InsetOptions: o, z: html.NewTokenizer(strings.NewReader(text))}
	for {
		switch w.z.Next() {
		case html.ErrorToken: // the end; a tag that the text ends in is none
			w.leave(0)
			return w.out.String()
		case html.TextToken:
			w.text(string(w.z.Raw()))
		case html.StartTagToken, html.SelfClosingTagToken:
			w.start()
		case html.EndTagToken:
			w.end()
		}
	}
}

// insetWriter writes what Inset gives, tag by tag.
type insetWriter struct {
	InsetOptions
	z    *html.Tokenizer
	out  strings.Builder
	open []string // elements that are open, the outermost first
	left int      // how many are open with the one that is left out; 0 when none is
}

// insetLeftOut are elements of which paper shows nothing, and one that has no end.
var insetLeftOut = map[string]bool{"nav": true, "form": true, "button": true, "script": true, "plaintext": true}

// insetVoid are the elements without content.
var insetVoid = map[string]bool{"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true, "link": true, "meta": true,
	"param": true, "source": true, "track": true, "wbr": true}

// insetEnders are the elements that end an open one whose end tag may be left away.
var insetEnders = map[string]string{
	"li": "li", "dt": "dt dd", "dd": "dt dd", "option": "option optgroup", "tr": "tr tbody tfoot", "td": "td th tr tbody tfoot", "th": "td th tr tbody tfoot",
	"thead": "tbody tfoot", "tbody": "tbody tfoot",
	"p": "address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr main nav ol p pre section table ul",
}

// insetIDs are the attributes that hold ids, with spaces between them.
var insetIDs = map[string]bool{"id": true, "for": true, "form": true, "headers": true, "list": true, "itemref": true, "aria-labelledby": true, "aria-describedby": true,
	"aria-controls": true, "aria-owns": true, "aria-details": true, "aria-flowto": true, "aria-activedescendant": true, "aria-errormessage": true, "popovertarget": true}

// text takes what stands between tags. A "<" at its end would make a tag of what is written behind it.
func (w *insetWriter) text(text string) {
	if w.left > 0 {
		return
	}
	for _, end := range []string{"<", "</"} {
		if before, ok := strings.CutSuffix(text, end); ok {
			text = before + "&lt;" + end[1:]
		}
	}
	w.out.WriteString(text)
}

// start takes a start tag.
func (w *insetWriter) start() {
	raw := slices.Clone(w.z.Raw()) // the tokenizer puts names in lower case where they stand
	tag := w.z.Token()
	foreign := w.foreign()
	if foreign {
		w.z.NextIsNotRawText()
	}
	for len(w.open) > 0 && !foreign && slices.Contains(strings.Fields(insetEnders[w.open[len(w.open)-1]]), tag.Data) {
		w.leave(len(w.open) - 1)
	}
	foreign = foreign || tag.Data == "svg" || tag.Data == "math"
	opens := !insetVoid[tag.Data]
	if foreign {
		opens = tag.Type == html.StartTagToken
	}
	out := w.left > 0 || unwanted(tag)
	if opens {
		w.open = append(w.open, tag.Data)
		if out && w.left == 0 {
			w.left = len(w.open)
		}
	}
	if !out {
		w.tag(raw, tag, foreign)
	}
}

// end takes an end tag. One that ends nothing is left out.
func (w *insetWriter) end() {
	raw := slices.Clone(w.z.Raw())
	name, _ := w.z.TagName()
	at := len(w.open) - 1
	for at >= 0 && w.open[at] != string(name) {
		at--
	}
	if at < 0 {
		return
	}
	inside := w.left > 0 && at >= w.left-1
	w.leave(at + 1)
	w.open = w.open[:at]
	if w.left > at {
		w.left = 0
	}
	if !inside {
		w.out.Write(w.lowered(raw, string(name), len("</")))
	}
}

// leave ends the open elements down to the first n, in words where a page would not end them by itself.
func (w *insetWriter) leave(n int) {
	for i := len(w.open) - 1; i >= n; i-- {
		name := w.open[i]
		if w.left == 0 && insetEnders[name] == "" {
			w.out.Write(w.lowered([]byte("</"+name+">"), name, len("</")))
		}
		if w.left > i {
			w.left = 0
		}
	}
	w.open = w.open[:n]
}

// foreign tells whether what follows is of a drawing or a formula, whose elements have other rules.
func (w *insetWriter) foreign() bool {
	for _, name := range slices.Backward(w.open) {
		switch name {
		case "svg", "math":
			return true
		case "foreignobject", "desc", "title":
			return false
		}
	}
	return false
}

// unwanted tells whether paper has no use for an element.
func unwanted(tag html.Token) bool {
	for _, a := range tag.Attr {
		if a.Key == "hidden" || a.Key == "data-book" && a.Val == "no" || a.Key == "class" && slices.Contains(strings.Fields(a.Val), "anchor") {
			return true
		}
	}
	return insetLeftOut[tag.Data]
}

// lowered gives a tag whose name begins at the offset, of a lower level when it is a heading's.
func (w *insetWriter) lowered(raw []byte, name string, at int) []byte {
	if len(name) == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' {
		raw[at+1] = byte(min(int(name[1])+w.Deeper, '6'))
	}
	return raw
}

// tag writes a start tag; what of it need not change is as it was.
func (w *insetWriter) tag(raw []byte, tag html.Token, foreign bool) {
	raw = w.lowered(raw, tag.Data, len("<"))
	values := map[string]string{}
	for _, a := range slices.Backward(tag.Attr) {
		values[a.Key] = a.Val // of several with one name the first counts
	}
	last := 0
	if _, open := values["open"]; tag.Data == "details" && !open {
		last = len("<details")
		w.out.Write(raw[:last])
		w.out.WriteString(" open")
	}
	for _, place := range attributes(raw) {
		script := strings.HasPrefix(place.name, "data-") && place.name != "data-label"
		landmark := tag.Data == "section" && place.name == "aria-labelledby" || values["role"] == "region" && (place.name == "role" || strings.HasPrefix(place.name, "aria-label"))
		if script || landmark {
			before := raw[last:place.start]
			if n := len(before) - 1; n >= 0 && before[n] == ' ' && place.end < len(raw) && (raw[place.end] == ' ' || raw[place.end] == '>') {
				before = before[:n]
			}
			w.out.Write(before)
			last = place.end
			continue
		}
		was, ok := values[place.name]
		is := w.value(place.name, was, foreign)
		if !ok || is == was {
			continue
		}
		delete(values, place.name)
		w.out.Write(raw[last : place.start+len(place.name)])
		w.out.WriteString(`="` + html.EscapeString(is) + `"`)
		last = place.end
	}
	w.out.Write(raw[last:])
}

// value gives what an attribute is to be.
func (w *insetWriter) value(name, value string, foreign bool) string {
	switch {
	case insetIDs[name]:
		ids := strings.Fields(value)
		for i := range ids {
			ids[i] = w.Prefix + ids[i]
		}
		return strings.Join(ids, " ")
	case name == "href" || name == "xlink:href" || name == "usemap":
		if id, within := strings.CutPrefix(value, "#"); !within {
			return w.Resolve(value)
		} else if id != "" {
			return "#" + w.Prefix + id
		}
	case foreign:
		return strings.NewReplacer("url(#", "url(#"+w.Prefix, `url("#`, `url("#`+w.Prefix, "url('#", "url('#"+w.Prefix).Replace(value)
	}
	return value
}

package check

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"strings"

	"candor/generator/pattern"
)

// A harm is something in a picture that runs, leads away, or tells too much.
type harm struct {
	start, end int
	what, hint string
}

const (
	savePlain = "save it as a plain SVG, without scripts and links"
	takeOut   = "take out the ids, comments and titles of the program that drew it"
)

// An attribute of an element, its value as it reads.
type attribute struct{ space, name, value string }

// harmInFile says what in a picture would run or load something when it is opened by itself: a script, an event handler, a link that is
// neither https nor of the picture's own, a document type with entities; and what its drawing program left.
func harmInFile(data []byte) []harm {
	var all []harm
	within := "" // the element whose text is read
	dec := xml.NewDecoder(bytes.NewReader(data))
	for {
		start := int(dec.InputOffset())
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		end := min(int(dec.InputOffset()), len(data))
		add := func(what, hint string) {
			if what != "" {
				all = append(all, harm{min(start, end), end, what, hint})
			}
		}
		if err != nil {
			add("is not well-formed SVG", savePlain)
			return all
		}
		switch t := token.(type) {
		case xml.ProcInst:
			if t.Target != "xml" {
				add(fmt.Sprintf("holds the instruction %q", shorten(t.Target)), savePlain)
			}
		case xml.Comment:
			add(traceInComment(string(t)), takeOut)
		case xml.CharData:
			if within == "style" && loads(string(t)) {
				add("loads something in a style", savePlain)
			}
			if within == "title" {
				add(traceInTitle(string(t)), takeOut)
			}
		case xml.EndElement:
			within = ""
		case xml.Directive:
			if bytes.Contains(t, []byte("ENTITY")) {
				add("declares entities", savePlain)
			}
		case xml.StartElement:
			within = strings.ToLower(t.Name.Local)
			var attributes []attribute
			for _, a := range t.Attr {
				attributes = append(attributes, attribute{a.Name.Space, strings.ToLower(a.Name.Local), a.Value})
			}
			for _, what := range harmOf(within, attributes, leadsInFile) {
				add(what, savePlain)
			}
			for _, what := range moves(within, attributes) {
				add(what, savePlain)
			}
			add(traceIn(attributes), takeOut)
		}
	}
}

// harmInPage says the same of the pictures that begin at the places of a page, which load and run nothing but by a script, a handler or a link.
func harmInPage(data []byte, places []int) []harm {
	var all []harm
	var w walker
	whole := "" // the page from the first picture on that is not simply that
	from, end, done := 0, 0, 0
	for i, at := range places {
		if at < done {
			continue
		}
		if end <= at {
			end = len(data)
			if n := bytes.Index(data[at:], []byte("</svg>")); n >= 0 {
				end = at + n + len("</svg>")
			}
		}
		if i+1 == len(places) || places[i+1] >= end {
			w.text = string(data[at:end])
		} else {
			if whole == "" {
				whole, from = string(data[at:]), at
			}
			w.text = whole[at-from:]
		}
		done = at + w.picture(func(h harm) { all = append(all, harm{h.start + at, h.end + at, h.what, h.hint}) })
	}
	return all
}

// A walker reads the tags of a picture in a page.
type walker struct {
	text       string
	attributes []attribute // of the tag that was read last
}

// picture reads the picture, and gives where it ends.
func (w *walker) picture(do func(harm)) int {
	at, depth := 0, 0
	for {
		i := strings.IndexByte(w.text[at:], '<')
		if i < 0 {
			return len(w.text)
		}
		start := at + i
		if rest, ok := strings.CutPrefix(w.text[start:], "<!--"); ok {
			comment, _, _ := strings.Cut(rest, "-->")
			at = start + 4 + len(comment)
			if what := traceInComment(comment); what != "" {
				do(harm{start, at, what, takeOut})
			}
			continue
		}
		name, end, closed := w.tag(start)
		at = end
		switch {
		case name == "svg" && !closed:
			depth++
		case name == "/svg":
			depth--
		case name == "title":
			text, _, _ := strings.Cut(w.text[end:], "<")
			if what := traceInTitle(html.UnescapeString(text)); what != "" {
				do(harm{end, end + len(text), what, takeOut})
			}
		}
		for _, what := range harmOf(name, w.attributes, leadsInPage) {
			do(harm{start, end, what, "take it out of the template or the text that it comes from"})
		}
		if what := traceIn(w.attributes); what != "" {
			do(harm{start, end, what, takeOut})
		}
		if depth == 0 {
			return at
		}
	}
}

// tag reads the tag that begins at a place, as a browser does: its name ("/g" for an end), where it ends, and whether it ends in "/>".
func (w *walker) tag(at int) (name string, end int, closed bool) {
	s, i := w.text, at+1
	w.attributes = w.attributes[:0]
	for i < len(s) && (isWordByte(s[i]) || s[i] == '/' && i == at+1 || s[i] == ':' || s[i] == '-') {
		i++
	}
	name = strings.ToLower(s[at+1 : i])
	for i < len(s) && s[i] != '>' {
		if c := s[i]; c <= ' ' || c == '/' {
			closed = c == '/'
			i++
			continue
		}
		start := i
		for i < len(s) && s[i] > ' ' && s[i] != '=' && s[i] != '>' && s[i] != '/' {
			i++
		}
		a := attribute{name: strings.ToLower(s[start:i])}
		if space, local, ok := strings.Cut(a.name, ":"); ok {
			a.space, a.name = space, local
		}
		if i == start {
			i++ // an "=" without a name
		}
		if i < len(s) && s[i] == '=' {
			a.value, i = valueAt(s, i+1)
		}
		closed = false
		w.attributes = append(w.attributes, a)
	}
	return name, min(i+1, len(s)), closed
}

// valueAt reads the value of an attribute, quoted or not, and gives where it ends.
func valueAt(s string, i int) (string, int) {
	start, end := i, i
	if i < len(s) && (s[i] == '"' || s[i] == '\'') {
		start = i + 1
		end = len(s)
		if n := strings.IndexByte(s[start:], s[i]); n >= 0 {
			end = start + n
		}
		i = min(end+1, len(s))
	} else {
		for end < len(s) && s[end] > ' ' && s[end] != '>' {
			end++
		}
		i = end
	}
	value := s[start:end]
	if strings.IndexByte(value, '&') >= 0 {
		value = html.UnescapeString(value)
	}
	return value, i
}

// harmOf tells what an element runs or leads to.
func harmOf(name string, attributes []attribute, leads func(element, value string) bool) (all []string) {
	switch name {
	case "script", "foreignobject", "iframe", "object", "embed", "handler", "listener":
		all = append(all, fmt.Sprintf("holds the element %q", name))
	}
	for _, a := range attributes {
		switch {
		case strings.HasPrefix(a.name, "on") && len(a.name) > 3:
			all = append(all, fmt.Sprintf("holds the event handler %q", a.name))
		case (a.name == "href" || a.name == "src") && !leads(name, strings.ToLower(strings.TrimSpace(a.value))):
			all = append(all, fmt.Sprintf("links to %q", shorten(a.value)))
		}
	}
	return all
}

// moves tells what else in a file could load something or change what it leads to.
func moves(name string, attributes []attribute) (all []string) {
	switch name {
	case "set", "animate", "animatemotion", "animatetransform", "audio", "video":
		all = append(all, fmt.Sprintf("holds the element %q", name))
	}
	for _, a := range attributes {
		switch value := strings.TrimSpace(a.value); {
		case a.name == "base" && a.space != "":
			all = append(all, fmt.Sprintf("has the base %q", shorten(value)))
		case a.name != "href" && a.name != "src" && loads(value):
			all = append(all, "loads something in a style")
		}
	}
	return all
}

// leadsInFile tells the addresses that an element of a file may have: anything in the picture itself, a link also to the web, a picture in it
// also raster data.
func leadsInFile(element, value string) bool {
	switch {
	case value == "" || strings.HasPrefix(value, "#"):
		return true
	case element == "a":
		return strings.HasPrefix(value, "https://")
	case element == "image":
		return isRaster(value)
	}
	return false
}

// leadsInPage tells the addresses that an element of a picture in a page may have: https, mailto, and what has no scheme.
func leadsInPage(element, value string) bool {
	value = strings.Map(func(r rune) rune { // as browsers do
		if r < ' ' {
			return -1
		}
		return r
	}, value)
	scheme, _, ok := strings.Cut(value, ":")
	return !ok || strings.ContainsAny(scheme, "/?#") || scheme == "https" || scheme == "mailto" || element == "image" && isRaster(value)
}

func isRaster(value string) bool {
	return strings.HasPrefix(value, "data:image/png;") || strings.HasPrefix(value, "data:image/jpeg;") || strings.HasPrefix(value, "data:image/webp;")
}

// loads tells a style that names something outside the picture.
func loads(style string) bool {
	style = strings.ToLower(strings.ReplaceAll(style, " ", ""))
	return strings.Contains(style, "@import") || strings.Contains(style, "\\") || strings.Count(style, "url(") != strings.Count(style, "url(#")
}

var (
	drawnID      = pattern.Of(`^(?:a_)?(?:node|edge|graph|clust)\d+$`)
	drawnTitle   = pattern.Of(`^\s*(?:%\d+|(?:node|edge|graph)\d+|cluster_\w*|[\w.:]+-[->][\w.:]+)\s*$`)
	drawnComment = pattern.Of(`(?i)generated by graphviz|^\s*title: .*pages: \d|^\s*(?:(?:node|edge|graph|clust)\d+|cluster_\w*|[\w.:]+(?:-|&#45;)(?:-|>|&#45;|&gt;)[\w.:]+)\s*$`)
)

// traceIn tells an element that Graphviz numbered: id="node1" class="node".
func traceIn(attributes []attribute) string {
	id, class := "", ""
	for _, a := range attributes {
		switch a.name {
		case "id":
			id = a.value
		case "class":
			class = a.value
		}
	}
	if drawnID.MatchString(id) && (class == "node" || class == "edge" || class == "graph" || class == "cluster" || strings.HasPrefix(id, "a_")) {
		return fmt.Sprintf("keeps the id %q of the program that drew it", id)
	}
	return ""
}

// traceInTitle tells a title that names a thing as the source of a drawing does: "cluster_prod", "db->cache".
func traceInTitle(s string) string {
	if drawnTitle.MatchString(s) {
		return fmt.Sprintf("keeps the title %q of the program that drew it", shorten(s))
	}
	return ""
}

func traceInComment(s string) string {
	if drawnComment.MatchString(s) {
		return fmt.Sprintf("keeps the comment %q of the program that drew it", shorten(s))
	}
	return ""
}

package render

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"candor/generator/model"
	"candor/generator/source"
)

// published gives the files of the content that readers may have, in the order of their paths: the brand's, those of public documents,
// and the pictures and papers that a published text shows or links to. Whatever else lies in the content stays there.
func published(site *model.Site) []*source.File {
	wanted := map[string]bool{}
	for _, d := range site.Documents {
		if d.Access.Value == "public" && !d.FilePath.IsZero() {
			wanted["content/"+d.FilePath.Value] = true
		}
	}
	show := func(r model.Record, b model.Body, from *source.File) {
		if !r.Published() {
			return
		}
		for _, l := range b.Outline.Links {
			if target, ok := site.Resolve(from.Path, l.Dest); ok && target.Asset != "" {
				wanted[target.Asset] = true
			}
		}
	}
	for _, p := range site.Policies {
		show(p, p.Body, p.File)
	}
	for _, a := range site.Answers() {
		show(a, a.Body, a.File)
	}
	for _, u := range site.Updates {
		show(u, u.Body, u.File)
	}
	for _, b := range []model.Text{site.Config.Brand.Logo, site.Config.Brand.Favicon} {
		wanted["content/"+b.Value] = !b.IsZero()
	}
	var files []*source.File
	for _, a := range site.Assets {
		if wanted[a.Path] || strings.HasPrefix(a.Path, "content/brand/social.") {
			files = append(files, a)
		}
	}
	return files
}

// harmIn says what in a picture would run or load something when it is opened by itself: a script, an event handler, a link that is
// neither https nor of the picture's own, a document type with entities. Only SVG can.
func harmIn(name string, data []byte) []string {
	if !strings.EqualFold(path.Ext(name), ".svg") {
		return nil
	}
	var harm []string
	dec := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return harm
		}
		if err != nil {
			return append(harm, "is not well-formed SVG")
		}
		switch t := token.(type) {
		case xml.Directive:
			if bytes.Contains(t, []byte("ENTITY")) {
				harm = append(harm, "declares entities")
			}
		case xml.StartElement:
			harm = append(harm, harmOf(t)...)
		}
	}
}

func harmOf(e xml.StartElement) (harm []string) {
	switch strings.ToLower(e.Name.Local) {
	case "script", "foreignobject", "iframe", "object", "embed", "handler", "set", "animate":
		harm = append(harm, fmt.Sprintf("holds the element %q", e.Name.Local))
	}
	for _, a := range e.Attr {
		name, value := strings.ToLower(a.Name.Local), strings.ToLower(strings.TrimSpace(a.Value))
		switch {
		case strings.HasPrefix(name, "on"):
			harm = append(harm, fmt.Sprintf("holds the event handler %q", a.Name.Local))
		case name == "href" && value != "" && !strings.HasPrefix(value, "#") && !strings.HasPrefix(value, "https://"):
			harm = append(harm, fmt.Sprintf("links to %q", shorten(a.Value)))
		case name == "style" && strings.Contains(value, "url("):
			harm = append(harm, "loads something in a style")
		}
	}
	return harm
}

func shorten(s string) string {
	if runes := []rune(s); len(runes) > 40 {
		return string(runes[:40]) + "..."
	}
	return s
}

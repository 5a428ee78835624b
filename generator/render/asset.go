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
	style := false
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
		case xml.ProcInst:
			if t.Target != "xml" {
				harm = append(harm, fmt.Sprintf("holds the instruction %q", shorten(t.Target)))
			}
		case xml.CharData:
			if style && loads(string(t)) {
				harm = append(harm, "loads something in a style")
			}
		case xml.EndElement:
			style = false
		case xml.Directive:
			if bytes.Contains(t, []byte("ENTITY")) {
				harm = append(harm, "declares entities")
			}
		case xml.StartElement:
			style = strings.EqualFold(t.Name.Local, "style")
			harm = append(harm, harmOf(t)...)
		}
	}
}

func harmOf(e xml.StartElement) (harm []string) {
	switch strings.ToLower(e.Name.Local) {
	case "script", "foreignobject", "iframe", "object", "embed", "handler", "listener", "set", "animate", "animatemotion", "animatetransform", "audio", "video":
		harm = append(harm, fmt.Sprintf("holds the element %q", e.Name.Local))
	}
	for _, a := range e.Attr {
		name, value := strings.ToLower(a.Name.Local), strings.ToLower(strings.TrimSpace(a.Value))
		switch {
		case strings.HasPrefix(name, "on"):
			harm = append(harm, fmt.Sprintf("holds the event handler %q", a.Name.Local))
		case (name == "href" || name == "src") && !leads(e.Name.Local, value):
			harm = append(harm, fmt.Sprintf("links to %q", shorten(a.Value)))
		case name == "base" && a.Name.Space != "":
			harm = append(harm, fmt.Sprintf("has the base %q", shorten(a.Value)))
		case loads(value):
			harm = append(harm, "loads something in a style")
		}
	}
	return harm
}

// leads tells the addresses that an element may have: anything in the picture itself, a link also to the web, a picture in it also raster data.
func leads(element, value string) bool {
	switch {
	case value == "" || strings.HasPrefix(value, "#"):
		return true
	case strings.EqualFold(element, "a"):
		return strings.HasPrefix(value, "https://")
	case strings.EqualFold(element, "image"):
		return strings.HasPrefix(value, "data:image/png;") || strings.HasPrefix(value, "data:image/jpeg;") || strings.HasPrefix(value, "data:image/webp;")
	}
	return false
}

// loads tells a style that names something outside the picture.
func loads(style string) bool {
	style = strings.ToLower(strings.ReplaceAll(style, " ", ""))
	return strings.Contains(style, "@import") || strings.Contains(style, "\\") || strings.Count(style, "url(") != strings.Count(style, "url(#")
}

func shorten(s string) string {
	if runes := []rune(s); len(runes) > 40 {
		return string(runes[:40]) + "..."
	}
	return s
}

package diagrams

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

const svgSpace = "http://www.w3.org/2000/svg"

// allowed names every element a finished picture may have, with the attributes each
// may carry. There is no script, style, image, event or foreign content.
var allowed = map[string]string{
	"svg":     "class viewBox role aria-labelledby aria-describedby font-family fill",
	"title":   "id",
	"desc":    "id",
	"g":       "id class data-step data-link data-from data-to stroke stroke-width stroke-linejoin paint-order",
	"a":       "href",
	"path":    "class d stroke stroke-width stroke-dasharray fill",
	"polygon": "class points stroke stroke-width stroke-dasharray fill",
	"ellipse": "class cx cy rx ry stroke stroke-width stroke-dasharray fill",
	"circle":  "class cx cy r fill stroke",
	"text":    "class x y font-size text-anchor direction fill",
}

// allowedAlone is what a plate may have; it leads nowhere and needs no script's marks.
var allowedAlone = map[string]string{
	"svg":     "width height viewBox role aria-labelledby aria-describedby font-family fill",
	"title":   "id",
	"desc":    "id",
	"g":       "id class transform data-step data-link data-from data-to stroke stroke-width stroke-linejoin paint-order",
	"rect":    "x y width height rx stroke stroke-width stroke-dasharray fill",
	"path":    "class d stroke stroke-width stroke-dasharray fill",
	"polygon": "class points stroke stroke-width stroke-dasharray fill",
	"ellipse": "class cx cy rx ry stroke stroke-width stroke-dasharray fill",
	"circle":  "class cx cy r fill stroke",
	"text":    "class x y font-size font-weight text-anchor direction fill",
}

// paints are the only values of fill and stroke: the page's own colors.
const paints = "none currentColor Canvas"

// Audit checks a finished picture as it will lie in a page: elements and attributes
// are on the list, ids begin with prefix and are there once, addresses are https or
// this site's, nothing is a comment, an instruction or a color. It returns nil for
// whatever Draw returns, which has passed it already.
func Audit(svg []byte, prefix string) error {
	return auditor{prefix: prefix + "-", ids: map[string]bool{}, allowed: allowed}.run(svg)
}

// AuditPlate checks a plate: as Audit does, but colors are plain codes and nothing
// leads anywhere. It returns nil for whatever Draw returns.
func AuditPlate(svg []byte, prefix string) error {
	return auditor{prefix: prefix + "-", ids: map[string]bool{}, allowed: allowedAlone, alone: true}.run(svg)
}

func (a auditor) run(svg []byte) error {
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		t, err := d.Token()
		if err == io.EOF {
			return a.references()
		}
		if err != nil {
			return fmt.Errorf("audit svg: %w", err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			err = a.element(t)
		case xml.Comment, xml.Directive, xml.ProcInst:
			err = fmt.Errorf("%T is not allowed", t)
		}
		if err != nil {
			return fmt.Errorf("audit svg: %w", err)
		}
	}
}

type auditor struct {
	prefix string
	ids    map[string]bool
	refers []string

	allowed map[string]string
	alone   bool // a plate
}

func (a *auditor) element(e xml.StartElement) error {
	names, ok := a.allowed[e.Name.Local]
	if !ok || e.Name.Space != svgSpace {
		return fmt.Errorf("element %q is not allowed", e.Name.Local)
	}
	for _, at := range e.Attr {
		if at.Name.Space == "" && at.Name.Local == "xmlns" && e.Name.Local == "svg" {
			continue
		}
		if at.Name.Space != "" || !listed(names, at.Name.Local) {
			return fmt.Errorf("attribute %q of %q is not allowed", at.Name.Local, e.Name.Local)
		}
		if err := a.value(at.Name.Local, at.Value); err != nil {
			return err
		}
	}
	return nil
}

func (a *auditor) value(name, value string) error {
	ok := true
	switch name {
	case "id":
		ok = strings.HasPrefix(value, a.prefix) && !a.ids[value]
		a.ids[value] = true
	case "aria-labelledby", "aria-describedby":
		a.refers = append(a.refers, value)
	case "href":
		ok = safeAddress(value)
	case "fill", "stroke":
		ok = !a.alone && listed(paints, value) || a.alone && (value == "none" || colorCode.MatchString(value))
	}
	if !ok {
		return fmt.Errorf("%s %q is not allowed", name, short(value))
	}
	return nil
}

// references checks that what names the picture is in it.
func (a *auditor) references() error {
	if len(a.refers) == 0 {
		return errors.New("audit svg: no title")
	}
	for _, r := range a.refers {
		if !a.ids[r] {
			return fmt.Errorf("audit svg: %q is not in the picture", short(r))
		}
	}
	return nil
}

func listed(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if w == word {
			return true
		}
	}
	return false
}

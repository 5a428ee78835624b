package diagrams

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// point is a place in the picture, in points, y downwards.
type point struct{ x, y float64 }

// box is an upright rectangle.
type box struct{ min, max point }

// nowhere is the box that holds no point yet.
var nowhere = box{point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}}

func (b box) with(p point) box {
	return box{point{min(b.min.x, p.x), min(b.min.y, p.y)}, point{max(b.max.x, p.x), max(b.max.y, p.y)}}
}

func (b box) grown(by float64) box {
	return box{point{b.min.x - by, b.min.y - by}, point{b.max.x + by, b.max.y + by}}
}

func (b box) holds(c box) bool {
	return c.min.x >= b.min.x && c.min.y >= b.min.y && c.max.x <= b.max.x && c.max.y <= b.max.y
}

func (b box) meets(c box) bool {
	return b.min.x < c.max.x && c.min.x < b.max.x && b.min.y < c.max.y && c.min.y < b.max.y
}

// line is what is drawn with one stroke: a polygon's corners, or the control points
// of a chain of cubic curves (first point, then three for each), or an ellipse's
// center and radii.
type line struct {
	kind   lineKind
	points []point
}

type lineKind uint8

const (
	polygon lineKind = iota
	curves
	ellipse
)

// bounds returns the smallest box around the line; for curves, around samples.
func (l line) bounds() box {
	b, points := nowhere, l.points
	switch l.kind {
	case ellipse:
		c, r := l.points[0], l.points[1]
		return b.with(point{c.x - r.x, c.y - r.y}).with(point{c.x + r.x, c.y + r.y})
	case curves:
		points = walk(l).points
	}
	for _, p := range points {
		b = b.with(p)
	}
	return b
}

// words is one line of text as drawn: where its baseline begins, has its middle, or
// ends.
type words struct {
	at     point
	anchor anchor
	text   string
}

type anchor uint8

const (
	middle anchor = iota
	begin
	end
)

// bounds estimates the box of the line, set in size points.
func (w words) bounds(size float64) box {
	width := textWidth(w.text, size)
	left := w.at.x - width*[...]float64{middle: 0.5, begin: 0, end: 1}[w.anchor]
	return box{point{left, w.at.y - size*0.75}, point{left + width, w.at.y + size*0.2}}
}

// drawn is one element of Graphviz's drawing.
type drawn struct {
	id    string // as our DOT gave it: b2, s3, l5
	lines []line
	words []words
}

// bounds returns the box around all lines of the element.
func (d drawn) bounds() box {
	b := nowhere
	for _, l := range d.lines {
		lb := l.bounds()
		b = b.with(lb.min).with(lb.max)
	}
	return b
}

// drawing is what was understood of the renderer's SVG. Coordinates begin at the
// picture's upper left corner.
type drawing struct {
	size     point
	elements []drawn
}

const (
	maxElements = 4000
	maxPoints   = 20000
)

// reader goes through the renderer's SVG. It understands the few elements Graphviz
// writes for our DOT and refuses everything else.
type reader struct {
	xml    *xml.Decoder
	out    drawing
	shift  point
	points int
}

// readDrawing parses the renderer's SVG. Nothing of it is kept but numbers, ids and
// the words of labels.
func readDrawing(svg []byte) (drawing, error) {
	r := &reader{xml: xml.NewDecoder(bytes.NewReader(svg))}
	for {
		t, err := r.xml.Token()
		if err == io.EOF {
			return drawing{}, errors.New("no svg element")
		}
		if err != nil {
			return drawing{}, err
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		if e.Name.Local != "svg" {
			return drawing{}, fmt.Errorf("root element %q", e.Name.Local)
		}
		if err := r.root(e); err != nil {
			return drawing{}, err
		}
		return r.out, nil
	}
}

// children calls f for each child element, and text for character data.
func (r *reader) children(f func(xml.StartElement) error, text func(string)) error {
	for {
		t, err := r.xml.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := f(t); err != nil {
				return err
			}
		case xml.CharData:
			if text != nil {
				text(string(t))
			}
		case xml.EndElement:
			return nil
		}
	}
}

func (r *reader) root(e xml.StartElement) error {
	v, err := numbers(attr(e, "viewBox"), 4)
	if err != nil {
		return fmt.Errorf("viewBox: %w", err)
	}
	if v[0] != 0 || v[1] != 0 || v[2] <= 0 || v[3] <= 0 {
		return fmt.Errorf("viewBox %v", v)
	}
	r.out.size = point{v[2], v[3]}
	graphs := 0
	return r.children(func(e xml.StartElement) error {
		if graphs++; e.Name.Local != "g" || graphs > 1 {
			return fmt.Errorf("unexpected element %q", e.Name.Local)
		}
		return r.graph(e)
	}, nil)
}

// graph reads the outermost group, whose transform moves everything.
func (r *reader) graph(e xml.StartElement) error {
	_, move, ok := strings.Cut(attr(e, "transform"), "scale(1 1) rotate(0) translate(")
	v, err := numbers(strings.TrimSuffix(move, ")"), 2)
	if !ok || err != nil {
		return fmt.Errorf("transform %q", attr(e, "transform"))
	}
	r.shift = point{v[0], v[1]}
	return r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "title", "polygon": // the graph's name and its background
			return r.xml.Skip()
		case "g":
			return r.group(e)
		}
		return fmt.Errorf("unexpected element %q", e.Name.Local)
	}, nil)
}

// group reads a boundary, a step or a link.
func (r *reader) group(e xml.StartElement) error {
	d := drawn{id: attr(e, "id")}
	if len(r.out.elements) == maxElements {
		return errors.New("too many elements")
	}
	err := r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "title":
			return r.xml.Skip()
		case "text":
			w, err := r.text(e)
			d.words = append(d.words, w)
			return err
		}
		l, err := r.line(e)
		d.lines = append(d.lines, l)
		return err
	}, nil)
	r.out.elements = append(r.out.elements, d)
	return err
}

func (r *reader) text(e xml.StartElement) (words, error) {
	at, err := r.place([]string{attr(e, "x"), attr(e, "y")})
	if err != nil {
		return words{}, err
	}
	w := words{at: at[0]}
	switch a := attr(e, "text-anchor"); a {
	case "middle":
	case "start":
		w.anchor = begin
	default:
		return words{}, fmt.Errorf("text anchor %q", a)
	}
	err = r.children(func(e xml.StartElement) error {
		return fmt.Errorf("element %q inside text", e.Name.Local)
	}, func(s string) { w.text += s })
	return w, err
}

func (r *reader) line(e xml.StartElement) (line, error) {
	var l line
	var err error
	switch e.Name.Local {
	case "polygon":
		l.kind = polygon
		l.points, err = r.place(split(attr(e, "points")))
		if n := len(l.points); n > 1 && l.points[0] == l.points[n-1] {
			l.points = l.points[:n-1] // closed as it is
		}
		if err == nil && len(l.points) < 3 {
			err = errors.New("too few corners")
		}
	case "path":
		l.kind = curves
		l.points, err = r.path(attr(e, "d"))
	case "ellipse":
		l.kind = ellipse
		if l.points, err = r.place([]string{attr(e, "cx"), attr(e, "cy")}); err == nil {
			var radii []float64
			radii, err = numbers(attr(e, "rx")+" "+attr(e, "ry"), 2)
			l.points = append(l.points, toPoint(radii))
		}
	default:
		return l, fmt.Errorf("unexpected element %q", e.Name.Local)
	}
	if err != nil {
		return l, fmt.Errorf("%s: %w", e.Name.Local, err)
	}
	return l, r.xml.Skip()
}

// path reads the one form Graphviz writes: "M", a point, "C", triples of points.
func (r *reader) path(d string) ([]point, error) {
	rest, ok := strings.CutPrefix(d, "M")
	start, curve, ok2 := strings.Cut(rest, "C")
	if !ok || !ok2 {
		return nil, errors.New("not one chain of curves")
	}
	ps, err := r.place(append(split(start), split(curve)...))
	if err == nil && len(ps)%3 != 1 {
		err = errors.New("curve without its three points")
	}
	return ps, err
}

// place reads coordinates, two for a point, and moves them to the picture's corner.
func (r *reader) place(coordinates []string) ([]point, error) {
	if r.points += len(coordinates) / 2; r.points > maxPoints {
		return nil, errors.New("too many points")
	}
	v, err := parseNumbers(coordinates)
	if err != nil {
		return nil, err
	}
	if len(v) < 2 || len(v)%2 != 0 {
		return nil, fmt.Errorf("%d coordinates", len(v))
	}
	ps := make([]point, 0, len(v)/2)
	for p := range slices.Chunk(v, 2) {
		ps = append(ps, point{p[0] + r.shift.x, p[1] + r.shift.y})
	}
	return ps, nil
}

func toPoint(v []float64) point {
	if len(v) != 2 {
		return point{}
	}
	return point{v[0], v[1]}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Space == "" && a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func split(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == '\n' })
}

func numbers(s string, count int) ([]float64, error) {
	v, err := parseNumbers(split(s))
	if err == nil && len(v) != count {
		err = fmt.Errorf("%d numbers, not %d", len(v), count)
	}
	return v, err
}

// parseNumbers takes plain decimals of a size a picture can have.
func parseNumbers(fields []string) ([]float64, error) {
	v := make([]float64, len(fields))
	for i, f := range fields {
		x, err := strconv.ParseFloat(f, 64)
		if err != nil || math.IsNaN(x) || math.Abs(x) > 1e6 {
			return nil, fmt.Errorf("number %q", short(f))
		}
		v[i] = x
	}
	return v, nil
}

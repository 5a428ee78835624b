package diagrams

import (
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Picture is a finished diagram.
type Picture struct {
	SVG           []byte  // one svg element, without a declaration, for use inside a page
	Plate         []byte  // the same as a file of its own, nil when the graph asks for none
	Width, Height float64 // natural size in points; a browser's px are 4/3 of it
	Restarted     int     // how many child processes had to be replaced before it was drawn
}

// WidthStep is the unit a picture's width is rounded up to, in points: 40 px. The
// class flow-w12 says that the natural width is 12 of them, so that a style sheet
// without inline styles can hold the picture to its natural size.
const WidthStep = 30.0

// lines' widths and dashes, in points: kinds are told apart without color.
const (
	thinLine   = 1.1
	dottedLine = 1.6
	thickLine  = 2.4
	dots       = "1.6 3.4"
	dashes     = "6 4"
)

// canvas writes the SVG. It writes the few elements and attributes named here, with
// numbers it has formatted and text it has escaped, and no byte of the renderer's.
type canvas struct {
	strings.Builder
	prefix     string
	shift      float64 // added to every x
	ink, paper string  // what lines and letters are painted with, and what lies below them
	accent     string  // ink of customer data, on a plate
	alone      bool    // a plate: no style sheet paints it and no address leads on from it
}

func (g Graph) paint(t text, p picture) Picture {
	columns := max(1, math.Ceil(p.size.x/WidthStep))
	width := columns * WidthStep
	traces := traces(p)
	for i := range g.Boundaries {
		p.boundaries[i].words = placeTitle(p.boundaries[i], traces)
	}
	numbers := discs(g, p, traces)
	c := &canvas{prefix: g.Prefix, shift: (width - p.size.x) / 2, ink: "currentColor", paper: "Canvas"}
	c.head(g, columns, p.size.y)
	c.elements(g, t, p, numbers)
	c.WriteString("</svg>")
	pic := Picture{SVG: []byte(c.String()), Width: width, Height: p.size.y}
	if g.Plate != nil {
		pic.Plate = g.plate(t, p, numbers)
	}
	return pic
}

// head opens the svg of a page and says what it is.
func (c *canvas) head(g Graph, columns, height float64) {
	role := "img"
	for _, s := range g.Steps {
		if s.Href != "" {
			role = "group" // what an img holds is hidden from readers, its links too
		}
	}
	fmt.Fprintf(c, `<svg xmlns="http://www.w3.org/2000/svg" class="flow-picture flow-w%g" viewBox="0 0 %s %s" role="%s"`,
		columns, number(columns*WidthStep), number(height), role)
	c.name(clean(g.Title), clean(g.Desc))
}

// name ends an svg's tag with its accessible name and description.
func (c *canvas) name(title, desc string) {
	fmt.Fprintf(c, ` aria-labelledby="%s-title"`, c.prefix)
	if desc != "" {
		fmt.Fprintf(c, ` aria-describedby="%s-desc"`, c.prefix)
	}
	c.WriteString(` font-family="Helvetica, Arial, sans-serif" fill="none">`)
	fmt.Fprintf(c, `<title id="%s-title">%s</title>`, c.prefix, escaped(title))
	if desc != "" {
		fmt.Fprintf(c, `<desc id="%s-desc">%s</desc>`, c.prefix, escaped(desc))
	}
}

// elements writes what was drawn, from the ground up.
func (c *canvas) elements(g Graph, t text, p picture, numbers []disc) {
	for i, b := range g.Boundaries {
		c.boundary(b, i, p.boundaries[i])
	}
	for i, s := range g.Steps {
		c.step(s, g.stepNumber(i), p.steps[i])
	}
	at := g.stepIndex()
	for i, l := range g.Links {
		c.link(l, g.linkNumber(i), g.stepNumber(at[l.From]), g.stepNumber(at[l.To]), p.links[i])
	}
	for i, b := range g.Boundaries {
		c.boundaryTitle(b, p.boundaries[i].words, t.terms[i])
	}
	for i, d := range numbers {
		c.disc(g.Links[i], g.linkNumber(i), d)
	}
}

func (c *canvas) boundary(b Boundary, i int, d drawn) {
	fmt.Fprintf(c, `<g id="%s-b%d" class="boundary boundary-%s">`, c.prefix, i+1, b.Kind)
	full := clean(b.Title)
	if t := clean(b.Terms); t != "" {
		full += ": " + t
	}
	c.title(full)
	c.use(softInk)
	attributes := c.stroke() + ` stroke-dasharray="` + dashes + `"`
	if c.alone && b.Kind == Own {
		attributes += ` fill="` + washInk + `"`
	}
	c.line(d.lines[0], "boundary-box", attributes)
	c.WriteString("</g>")
}

// boundaryTitle writes a boundary's title above the links, with a rim in the color
// of the page, so that it can be read where a link passes behind it.
func (c *canvas) boundaryTitle(b Boundary, lines []words, terms int) {
	fmt.Fprintf(c, `<g class="boundary boundary-%s" stroke="%s" stroke-width="3" stroke-linejoin="round" paint-order="stroke">`, b.Kind, c.paper)
	for j, w := range lines {
		class := "boundary-title"
		c.use(darkInk)
		if j >= len(lines)-terms {
			class = "boundary-terms"
			c.use(softInk)
		}
		c.words(w, class, boundaryFont)
	}
	c.WriteString("</g>")
}

func (c *canvas) step(s Step, n int, d drawn) {
	fmt.Fprintf(c, `<g id="%s-s%d" class="step step-%s stage-%s" data-step="%d">`, c.prefix, n, s.Kind, s.Stage, n)
	c.title(clean(s.Title))
	c.use(darkInk)
	if s.Href != "" && !c.alone {
		fmt.Fprintf(c, `<a href="%s">`, escaped(s.Href))
	}
	stroke := c.stroke()
	size := stepFont
	if s.Kind == Continuation {
		size = smallFont
		stroke += ` stroke-dasharray="` + dots + `"`
	}
	// A model's outer border comes second, but what is filled must lie below.
	outline := 0
	if s.Kind == ModelStep {
		outline = len(d.lines) - 1
	}
	fill := ""
	if c.alone {
		fill = ` fill="` + c.paper + `"`
	}
	c.line(d.lines[outline], "step-box", stroke+fill)
	for i, l := range d.lines {
		if i != outline {
			c.line(l, "step-edge", stroke)
		}
	}
	for _, w := range d.words {
		c.words(w, "step-title", size)
	}
	if s.Href != "" && !c.alone {
		c.WriteString("</a>")
	}
	c.WriteString("</g>")
}

func (c *canvas) link(l Link, n, from, to int, d drawn) {
	fmt.Fprintf(c, `<g id="%s-l%d" class="link link-%s" data-link="%d" data-from="%d" data-to="%d">`, c.prefix, n, l.Carries, n, from, to)
	c.title(linkWords(l, n))
	c.carry(l.Carries)
	c.line(d.lines[0], "link-line", c.stroke()+linkStrokes[l.Carries])
	c.line(d.lines[1], "link-head", c.stroke()+` fill="`+c.ink+`"`)
	c.WriteString("</g>")
}

// linkStrokes are the lines' attributes by what a link carries, besides the ink.
var linkStrokes = [...]string{
	Nothing:      fmt.Sprintf(` stroke-width="%g"`, thinLine),
	Metadata:     fmt.Sprintf(` stroke-width="%g" stroke-dasharray="%s"`, dottedLine, dots),
	CustomerData: fmt.Sprintf(` stroke-width="%g"`, thickLine),
}

func (c *canvas) stroke() string { return `stroke="` + c.ink + `"` }

// disc writes a link's number, on a disc the color of the page.
func (c *canvas) disc(l Link, n int, d disc) {
	fmt.Fprintf(c, `<g id="%s-n%d" class="link link-%s" data-link="%d">`, c.prefix, n, l.Carries, n)
	c.title(linkWords(l, n))
	c.carry(l.Carries)
	fmt.Fprintf(c, `<circle class="link-disc" cx="%s" cy="%s" r="%g" fill="%s" stroke="%s"/>`,
		number(d.center.x+c.shift), number(d.center.y), d.radius, c.paper, c.ink)
	c.words(words{at: point{d.center.x, d.center.y + numberFont*0.36}, text: strconv.Itoa(n)}, "link-number", numberFont)
	c.WriteString("</g>")
}

func linkWords(l Link, n int) string {
	if t := clean(l.Title); t != "" {
		return strconv.Itoa(n) + ". " + t
	}
	return strconv.Itoa(n)
}

func (c *canvas) title(s string) { fmt.Fprintf(c, "<title>%s</title>", escaped(s)) }

// line writes one line with attributes of ours.
func (c *canvas) line(l line, class, attributes string) {
	switch l.kind {
	case ellipse:
		fmt.Fprintf(c, `<ellipse class="%s" cx="%s" cy="%s" rx="%s" ry="%s" %s/>`, class,
			number(l.points[0].x+c.shift), number(l.points[0].y), number(l.points[1].x), number(l.points[1].y), attributes)
	case polygon:
		fmt.Fprintf(c, `<polygon class="%s" points="%s" %s/>`, class, c.places(l.points), attributes)
	case curves:
		fmt.Fprintf(c, `<path class="%s" d="M%sC%s" %s/>`, class, c.places(l.points[:1]), c.places(l.points[1:]), attributes)
	}
}

func (c *canvas) places(ps []point) string {
	var b strings.Builder
	for i, p := range ps {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(number(p.x + c.shift))
		b.WriteByte(',')
		b.WriteString(number(p.y))
	}
	return b.String()
}

// words writes one line of text. Text that reads from right to left begins at its
// right end.
func (c *canvas) words(w words, class string, size float64) {
	anchors, direction := [...]string{middle: "middle", begin: "start", end: "end"}, ""
	if rightToLeft(w.text) {
		anchors, direction = [...]string{middle: "middle", begin: "end", end: "start"}, ` direction="rtl"`
	}
	weight := ""
	if c.alone && bold[class] {
		weight = ` font-weight="bold"`
	}
	fmt.Fprintf(c, `<text class="%s" x="%s" y="%s" font-size="%g" text-anchor="%s"%s%s fill="%s">%s</text>`,
		class, number(w.at.x+c.shift), number(w.at.y), size, anchors[w.anchor], direction, weight, c.ink, escaped(w.text))
}

// number writes a coordinate to a tenth of a point.
func number(x float64) string {
	x = math.Round(x*10) / 10
	if x == 0 {
		x = 0 // not -0
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// escaped makes s safe as text and inside double quotes.
func escaped(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // writing to a Builder has no error
	return b.String()
}

// stepNumber returns the number of step i: its own, or its place in the list.
func (g Graph) stepNumber(i int) int {
	if n := g.Steps[i].Number; n != 0 {
		return n
	}
	return i + 1
}

// linkNumber returns the number of link i: its own, or its place in the list.
func (g Graph) linkNumber(i int) int {
	if n := g.Links[i].Number; n != 0 {
		return n
	}
	return i + 1
}

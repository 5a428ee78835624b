package diagrams

import (
	"fmt"
	"regexp"
	"strings"
)

// Plate is what a picture says when it stands alone: as a file that somebody puts
// into a report or a slide, where there is no page around it.
type Plate struct {
	Heading string // above the picture
	Source  string // below it: where it is from, and as of when
	Accent  string // color of customer data as #rrggbb, dark enough for white paper; "" for the program's own
}

// A plate is painted by attributes alone: programs that are not browsers know no
// style sheets, and a Content-Security-Policy stops those within a file. So it has
// the light colors, whatever the reader's screen is set to.
const (
	darkInk   = "#16201c"
	softInk   = "#55615c"
	washInk   = "#f3f8f6"
	paperInk  = "#ffffff"
	accentInk = "#1f6f5c"
)

// Measures of a plate, in points.
const (
	plateMargin  = 24.0
	plateLeast   = 480.0 // width, so that the legend has room
	headingFont  = 20.0
	plateFont    = 10.0
	legendKey    = 34.0 // width of a key
	legendRow    = 20.0
	legendGap    = 18.0
	boldWidth    = 1.08 // how much wider bold letters are taken to be
	headingLines = 3
	sourceLines  = 3
)

// bold names the classes of text that a style sheet sets in bold.
var bold = map[string]bool{"boundary-title": true, "link-number": true, "plate-heading": true}

// use takes another ink for what follows, where no style sheet does that.
func (c *canvas) use(ink string) {
	if c.alone {
		c.ink = ink
	}
}

// carry takes the ink of a link.
func (c *canvas) carry(what Carries) {
	switch {
	case !c.alone:
	case what == CustomerData:
		c.ink = c.accent
	default:
		c.ink = softInk
	}
}

// plate paints the picture as a file of its own: heading, picture, legend, source.
func (g Graph) plate(t text, p picture, numbers []disc) []byte {
	room := max(p.size.x, plateLeast)
	c := &canvas{prefix: g.Prefix, shift: plateMargin + (room-p.size.x)/2, ink: darkInk, paper: paperInk, alone: true, accent: g.Plate.Accent}
	if !colorCode.MatchString(c.accent) {
		c.accent = accentInk
	}
	heading := fold(clean(g.Plate.Heading), headingFont*boldWidth, room, headingLines)
	source := fold(clean(g.Plate.Source), plateFont, room, sourceLines)
	legend := legendRows(g.conventions(), room)

	top := plateMargin + float64(len(heading))*headingFont*1.25 + 12
	below := top + p.size.y + 20
	end := below + float64(len(legend))*legendRow + 8
	height := end + float64(len(source))*plateFont*1.4 + plateMargin
	width := room + 2*plateMargin

	fmt.Fprintf(c, `<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s" role="img"`,
		number(width*4/3), number(height*4/3), number(width), number(height))
	c.name(clean(g.Title), clean(g.Desc))
	fmt.Fprintf(c, `<rect x="0" y="0" width="%s" height="%s" fill="%s"/>`, number(width), number(height), paperInk)
	c.lines(heading, "plate-heading", headingFont, plateMargin+headingFont, 1.25)
	fmt.Fprintf(c, `<g transform="translate(0 %s)">`, number(top))
	c.elements(g, t, p, numbers)
	c.WriteString("</g>")
	for i, row := range legend {
		for _, e := range row {
			c.convention(e.convention, e.x+plateMargin, below+float64(i)*legendRow)
		}
	}
	c.use(softInk)
	c.lines(source, "plate-source", plateFont, end+plateFont, 1.4)
	c.WriteString("</svg>\n")
	return []byte(c.String())
}

// lines writes lines of text at the left margin, the first with its foot at y.
func (c *canvas) lines(list []string, class string, size, y, leading float64) {
	shift := c.shift
	defer func() { c.shift = shift }()
	c.shift = 0
	for i, line := range list {
		w := words{at: point{plateMargin, y + float64(i)*size*leading}, anchor: begin, text: line}
		if rightToLeft(line) {
			w.anchor = end // its right end at its own width: it stands at the left margin as the others do
			w.at.x += textWidth(line, size)
		}
		c.words(w, class, size)
	}
}

// fold breaks a line of text so that each part fits into room, between words where
// there are any, and gives at most so many parts.
func fold(s string, size, room float64, most int) []string {
	var list []string
	line := ""
	for _, word := range strings.Fields(s) {
		joined := strings.TrimSpace(line + " " + word)
		if textWidth(joined, size) <= room {
			line = joined
			continue
		}
		if line != "" {
			list = append(list, line)
		}
		line = ""
		for _, r := range word {
			if line != "" && textWidth(line+string(r), size) > room {
				list, line = append(list, line), ""
			}
			line += string(r)
		}
	}
	if line != "" {
		list = append(list, line)
	}
	if len(list) > most {
		list = list[:most]
		list[most-1] = strings.TrimRight(list[most-1], " ,;:") + "…"
	}
	return list
}

// A convention is one entry of the legend: how something is drawn, and what it is.
type convention struct {
	shape string
	words string
}

// conventions gives the legend of a picture: every way of drawing that there is, since
// whoever sees it alone asks what a missing one would look like too.
func (g Graph) conventions() []convention {
	list := []convention{
		{"external", "Outside party"}, {"process", "Process"}, {"store", "Store"}, {"model", "AI model"}, {"boundary", "Trust boundary"}, {"own", "Our own systems"},
		{"customer", "Customer data"}, {"metadata", "Metadata"}, {"nothing", "No data, a signal"},
	}
	for _, s := range g.Steps {
		if s.Kind == Continuation {
			return append(list, convention{"continuation", "Goes on in another part"})
		}
	}
	return list
}

type placedConvention struct {
	convention
	x float64
}

// legendRows spreads the legend over rows of columns that are equally wide.
func legendRows(list []convention, room float64) [][]placedConvention {
	widest := 0.0
	for _, e := range list {
		widest = max(widest, textWidth(e.words, plateFont))
	}
	columns := max(1, int((room+legendGap)/(legendKey+8+widest+legendGap)))
	var rows [][]placedConvention
	for i, e := range list {
		if i%columns == 0 {
			rows = append(rows, nil)
		}
		x := float64(i%columns) * (room + legendGap) / float64(columns)
		rows[len(rows)-1] = append(rows[len(rows)-1], placedConvention{e, x})
	}
	return rows
}

// convention writes an entry of the legend with its upper left corner at x, y.
func (c *canvas) convention(e convention, x, y float64) {
	c.use(darkInk)
	fmt.Fprintf(c, `<g transform="translate(%s %s)">`, number(x), number(y))
	box := func(x, y, w, h, r float64, more string) {
		fmt.Fprintf(c, `<rect x="%g" y="%g" width="%g" height="%g" rx="%g" %s/>`, x, y, w, h, r, more)
	}
	switch e.shape {
	case "external":
		box(1, 1, 24, 12, 0, c.stroke())
	case "process":
		box(1, 1, 24, 12, 5, c.stroke())
	case "model":
		box(1, 0, 24, 14, 5, c.stroke())
		box(3.5, 2.5, 19, 9, 3, c.stroke())
	case "continuation":
		box(1, 2, 24, 10, 5, c.stroke()+` stroke-dasharray="`+dots+`"`)
	case "store":
		fmt.Fprintf(c, `<path d="M1,3v9c0,2.5 24,2.5 24,0v-9c0,-2.5 -24,-2.5 -24,0c0,2.5 24,2.5 24,0" %s/>`, c.stroke())
	case "boundary":
		c.use(softInk)
		box(1, 1, 30, 12, 0, c.stroke()+` stroke-dasharray="`+dashes+`"`)
	case "own":
		c.use(softInk)
		box(1, 1, 30, 12, 0, c.stroke()+` stroke-dasharray="`+dashes+`" fill="`+washInk+`"`)
	default:
		what := map[string]Carries{"customer": CustomerData, "metadata": Metadata, "nothing": Nothing}[e.shape]
		c.carry(what)
		fmt.Fprintf(c, `<path d="M1,7h24" %s%s/><polygon points="25,4 32,7 25,10" %s fill="%s"/>`, c.stroke(), linkStrokes[what], c.stroke(), c.ink)
	}
	c.use(darkInk)
	fmt.Fprintf(c, `<text x="%g" y="10.5" font-size="%g" text-anchor="start" fill="%s">%s</text></g>`, legendKey+8, plateFont, c.ink, escaped(e.words))
}

// colorCode is a color as a plate has it.
var colorCode = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

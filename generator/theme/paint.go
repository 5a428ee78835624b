package theme

import (
	"math"
	"strconv"
	"strings"

	"github.com/lucasb-eyer/go-colorful"
)

// The colours that a theme is measured by are those of three custom properties of :root. A theme that does not set them is not measured.
const (
	inkProperty   = "--link"  // of text in the accent, and of marks
	paperProperty = "--paper" // the ground of a page
	washProperty  = "--wash"  // the ground of what is set off from it
)

const (
	textContrast = 4.5  // of text to its ground at least (WCAG 2.2, 1.4.3); marks need 3 (1.4.11), and have the same colour
	shade        = 0.01 // of lightness in OKLCH, a difference that is hardly seen
)

// A Pairing is the accent as text on a ground.
type Pairing struct {
	Dark  bool // on a screen that asks for dark pages
	Wash  bool // on what is set off from the page, else on the page itself
	Ratio float64
}

// Readable reports whether the text reaches WCAG AA.
func (p Pairing) Readable() bool { return p.Ratio >= textContrast }

// Paint measures what the theme really paints with an accent: the text in it on each ground, in light and in dark, from the colours in the stylesheet. What the
// stylesheet does not say, or says in words that only a browser understands, is left out.
func (s *Colours) Paint(accent string) []Pairing {
	c, err := parseHex(accent)
	if err != nil {
		return nil
	}
	return s.pairings(c)
}

// Nearest gives the colour that is nearest to an accent, by eye, among those of its hue that can be read wherever the theme paints text in them, as #rrggbb; "" where there
// is none.
func (s *Colours) Nearest(accent string) string {
	c, err := parseHex(accent)
	if err != nil {
		return ""
	}
	l, chroma, hue := c.OkLch()
	best, nearest := math.Inf(1), ""
	for dc := 0.0; dc <= chroma+shade/2 && dc < best; dc += shade / 2 {
		for _, way := range []float64{-1, 1} {
			at := func(dl float64) (colorful.Color, bool) {
				try := colorful.OkLch(l+way*dl, max(0, chroma-dc), hue)
				shown := asShown(try)
				return shown, nearlyValid(try) && s.readable(shown)
			}
			if dl, ok := first(func(dl float64) bool { _, ok := at(dl); return ok }, min(1, math.Sqrt(max(0, best*best-dc*dc)))); ok && math.Hypot(dl, dc) < best {
				found, _ := at(dl)
				best, nearest = math.Hypot(dl, dc), found.Hex()
			}
		}
	}
	return nearest
}

// first gives the least value up to most for which something holds, as far as steps of a shade and halving them find it.
func first(holds func(float64) bool, most float64) (float64, bool) {
	high := 0.0
	for !holds(high) {
		if high += shade; high > most {
			return 0, false
		}
	}
	low := max(0, high-shade)
	for range 6 {
		if middle := (low + high) / 2; holds(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return high, true
}

// nearlyValid reports whether a screen can show a colour, but for what rounding takes.
func nearlyValid(c colorful.Color) bool {
	for _, part := range []float64{c.R, c.G, c.B} {
		if !(part > -0.002 && part < 1.002) {
			return false
		}
	}
	return true
}

// readable reports whether an accent can be read on every ground that is known.
func (s *Colours) readable(accent colorful.Color) bool {
	for _, p := range s.pairings(accent) {
		if !p.Readable() {
			return false
		}
	}
	return true
}

func (s *Colours) pairings(accent colorful.Color) []Pairing {
	var all []Pairing
	for _, dark := range []bool{false, true} {
		in := scheme{values: s.light, accent: accent}
		if dark {
			in.values = s.dark
		}
		ink, ok := in.property(inkProperty, 0)
		for _, wash := range []bool{false, true} {
			name := paperProperty
			if wash {
				name = washProperty
			}
			if ground, known := in.property(name, 0); ok && known {
				all = append(all, Pairing{Dark: dark, Wash: wash, Ratio: contrast(asShown(ink), asShown(ground))})
			}
		}
	}
	return all
}

// asShown gives a colour as a screen shows it, with 256 steps for each part.
func asShown(c colorful.Color) colorful.Color {
	shown, _ := colorful.Hex(c.Clamped().Hex())
	return shown
}

// A scheme is the custom properties of a stylesheet as they hold on one kind of screen, with an accent.
type scheme struct {
	values map[string]string
	accent colorful.Color
}

const deepest = 16 // how many properties may lie in one another: one that holds itself has no value

// property gives the colour that a custom property is.
func (s scheme) property(name string, depth int) (colorful.Color, bool) {
	switch name {
	case "--brand-accent":
		return s.accent, true
	case "--brand-accent-on-dark":
		return onDark(s.accent), true
	}
	value, ok := s.values[name]
	if !ok || depth > deepest {
		return colorful.Color{}, false
	}
	return s.colour(value, depth+1)
}

// colour gives the colour that a value of CSS is: in hexadecimal digits, by the names white and black, in oklch(), as a property, or mixed from others.
func (s scheme) colour(value string, depth int) (colorful.Color, bool) {
	value = strings.TrimSpace(value)
	name, rest, isCall := strings.Cut(value, "(")
	inside, closed := strings.CutSuffix(rest, ")")
	switch {
	case !isCall:
		return plainColour(value)
	case !closed:
		return colorful.Color{}, false
	}
	parts := arguments(inside)
	switch strings.ToLower(name) {
	case "var":
		if c, ok := s.property(parts[0], depth); ok {
			return c, true
		}
		if len(parts) > 1 {
			return s.colour(strings.Join(parts[1:], ","), depth)
		}
	case "oklch":
		return oklch(inside)
	case "color-mix":
		if len(parts) == 3 {
			return s.mix(parts, depth)
		}
	}
	return colorful.Color{}, false
}

func plainColour(value string) (colorful.Color, bool) {
	switch strings.ToLower(value) {
	case "white":
		return white, true
	case "black":
		return black, true
	}
	c, err := parseHex(value)
	return c, err == nil
}

// oklch reads "62% 0.1 160" and "0.62 0.1 160deg".
func oklch(inside string) (colorful.Color, bool) {
	parts := strings.Fields(inside)
	if len(parts) != 3 {
		return colorful.Color{}, false
	}
	l, err := strconv.ParseFloat(strings.TrimSuffix(parts[0], "%"), 64)
	c, err2 := strconv.ParseFloat(parts[1], 64)
	h, err3 := strconv.ParseFloat(strings.TrimSuffix(parts[2], "deg"), 64)
	if strings.HasSuffix(parts[0], "%") {
		l /= 100
	}
	return colorful.OkLch(l, c, h).Clamped(), err == nil && err2 == nil && err3 == nil
}

// mix reads "in oklab", "red 14%", "blue": color-mix of CSS Color 5, in oklab or srgb.
func (s scheme) mix(parts []string, depth int) (colorful.Color, bool) {
	var colours [2]colorful.Color
	shares := [2]float64{-1, -1}
	for i, part := range parts[1:] {
		part = strings.TrimSpace(part)
		if at := strings.LastIndexByte(part, ' '); at > 0 && strings.HasSuffix(part, "%") {
			share, err := strconv.ParseFloat(part[at+1:len(part)-1], 64)
			if err != nil {
				return colorful.Color{}, false
			}
			part, shares[i] = part[:at], share/100
		}
		c, ok := s.colour(part, depth)
		if !ok {
			return colorful.Color{}, false
		}
		colours[i] = c
	}
	of := shares[1] // how much of the second
	switch {
	case shares[0] < 0 && shares[1] < 0:
		of = 0.5
	case shares[1] < 0:
		of = 1 - shares[0]
	case shares[0] >= 0:
		of = shares[1] / (shares[0] + shares[1])
	}
	if of < 0 || of > 1 || math.IsNaN(of) {
		return colorful.Color{}, false
	}
	switch strings.ToLower(strings.Join(strings.Fields(parts[0]), " ")) {
	case "in oklab":
		return colours[0].BlendOkLab(colours[1], of), true
	case "in srgb":
		return colours[0].BlendRgb(colours[1], of), true
	}
	return colorful.Color{}, false
}

// arguments splits what stands in a call at its own commas.
func arguments(inside string) []string {
	var parts []string
	depth, from := 0, 0
	for i, c := range inside {
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		case ',':
			if depth == 0 {
				parts = append(parts, strings.TrimSpace(inside[from:i]))
				from = i + 1
			}
		}
	}
	return append(parts, strings.TrimSpace(inside[from:]))
}

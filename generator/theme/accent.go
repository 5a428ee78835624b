package theme

import (
	"fmt"
	"math"
	"strconv"
)

// colour is a colour in sRGB, each part from 0 to 1.
type colour [3]float64

var (
	white     = colour{1, 1, 1}
	nearBlack = colour{0.075, 0.078, 0.086} // the darkest ground that a theme is asked to put text on
)

const readable = 4.5 // contrast of text to its ground (WCAG 2.2, 1.4.3)

// accentProperties gives the rule that carries the brand's colour; see Options.Accent.
func accentProperties(accent string) (string, error) {
	c, err := parseColour(accent)
	if err != nil {
		return "", err
	}
	ink := white
	if contrast(c, white) < contrast(c, nearBlack) {
		ink = nearBlack
	}
	return fmt.Sprintf(":root{--brand-accent:%s;--brand-accent-ink:%s;--brand-accent-on-light:%s;--brand-accent-on-dark:%s}\n",
		c, ink, c.toward(colour{}, white), c.toward(white, nearBlack)), nil
}

func parseColour(s string) (colour, error) {
	digits := s
	if len(s) == 4 && s[0] == '#' {
		digits = string([]byte{'#', s[1], s[1], s[2], s[2], s[3], s[3]})
	}
	if len(digits) != 7 || digits[0] != '#' {
		return colour{}, fmt.Errorf("theme: accent %q is no colour, write #rrggbb", s)
	}
	n, err := strconv.ParseUint(digits[1:], 16, 32)
	if err != nil {
		return colour{}, fmt.Errorf("theme: accent %q is no colour, write #rrggbb", s)
	}
	return colour{float64(n>>16) / 255, float64(n>>8&255) / 255, float64(n&255) / 255}, nil
}

// String gives the colour as #rrggbb.
func (c colour) String() string {
	return fmt.Sprintf("#%02x%02x%02x", int(math.Round(c[0]*255)), int(math.Round(c[1]*255)), int(math.Round(c[2]*255)))
}

// toward mixes the colour with end, no more than is needed to read it on ground.
func (c colour) toward(end, ground colour) colour {
	mixed := c
	for part := 0; part <= 20; part++ {
		for i := range mixed {
			mixed[i] = c[i] + (end[i]-c[i])*float64(part)/20
		}
		if contrast(mixed, ground) >= readable+0.05 { // what rounding to #rrggbb may take away
			break
		}
	}
	return mixed
}

// contrast gives the ratio of WCAG 2.2, from 1 to 21.
func contrast(a, b colour) float64 {
	la, lb := a.luminance(), b.luminance()
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance is the relative luminance of WCAG 2.2.
func (c colour) luminance() float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v := c[i] / 12.92
		if c[i] > 0.04045 {
			v = math.Pow((c[i]+0.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}

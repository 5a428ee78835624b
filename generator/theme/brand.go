package theme

import (
	"fmt"
	"strings"

	"github.com/lucasb-eyer/go-colorful"
)

// A Brand is what makes a theme look like the company's own. Each part may be "", for the theme's own. They become custom properties of :root at the end of
// the stylesheet.
type Brand struct {
	// Accent is a colour as #rgb or #rrggbb: --brand-accent, which is that very colour, --brand-accent-ink, which is black or white to write upon it, and
	// --brand-accent-on-dark, which is the same hue, as light as text on a dark ground has to be.
	Accent string
	Font   string // a font stack as CSS has it, which ends in a generic name: --brand-font
	Radius string // how round boxes are, a length of CSS or a number of pixels: --brand-radius
}

// properties gives the rule that carries the brand, "" for a brand that says nothing.
func (b Brand) properties() (string, error) {
	var set []string
	if b.Accent != "" {
		accent, err := parseHex(b.Accent)
		if err != nil {
			return "", err
		}
		ink := white
		if contrast(accent, white) < contrast(accent, black) {
			ink = black
		}
		set = append(set, "--brand-accent:"+accent.Hex(), "--brand-accent-ink:"+ink.Hex(), "--brand-accent-on-dark:"+onDark(accent).Hex())
	}
	for _, p := range []struct{ name, value string }{{"--brand-font", b.Font}, {"--brand-radius", b.Radius}} {
		if strings.ContainsAny(p.value, `{};()\<>@`) {
			return "", fmt.Errorf("theme: %q cannot stand in a style", p.value)
		}
		if p.value != "" {
			set = append(set, p.name+":"+length(strings.TrimSpace(p.value)))
		}
	}
	if len(set) == 0 {
		return "", nil
	}
	return ":root{" + strings.Join(set, ";") + "}\n", nil
}

// length gives a bare number the unit that CSS wants, and leaves all else alone.
func length(value string) string {
	if value != "" && strings.Trim(value, "0123456789.") == "" {
		return value + "px"
	}
	return value
}

var (
	white = colorful.Color{R: 1, G: 1, B: 1}
	black = colorful.Color{}
)

// lightOnDark is how light the accent is on dark grounds at least, in OKLCH: what is lighter already stays as it is.
const lightOnDark = 0.76

// onDark gives the accent for a dark ground: its hue, lighter, and no more colourful than a screen can show.
func onDark(accent colorful.Color) colorful.Color {
	l, c, h := accent.OkLch()
	if l >= lightOnDark {
		return accent
	}
	for lighter := colorful.OkLch(lightOnDark, c, h); ; lighter = colorful.OkLch(lightOnDark, c, h) {
		if lighter.IsValid() || c < 0.001 {
			return lighter.Clamped()
		}
		c *= 0.97
	}
}

func parseHex(s string) (colorful.Color, error) {
	digits, hash := strings.CutPrefix(s, "#")
	if hash && (len(digits) == 3 || len(digits) == 6) && strings.Trim(digits, "0123456789abcdefABCDEF") == "" {
		if c, err := colorful.Hex(s); err == nil {
			return c, nil
		}
	}
	return colorful.Color{}, fmt.Errorf("theme: accent %q is no colour, write #rrggbb", s)
}

// contrast gives the ratio of WCAG 2.2, from 1 to 21.
func contrast(a, b colorful.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(c colorful.Color) float64 {
	r, g, b := c.LinearRgb()
	return 0.2126*r + 0.7152*g + 0.0722*b
}

package theme

import (
	"math"
	"strings"
	"testing"

	"candor/themes"

	"github.com/lucasb-eyer/go-colorful"
)

func coloursOf(t *testing.T, css string) *Colours {
	t.Helper()
	c, err := ColoursOf(files("layout/base.css", css))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestPaint reads colours as a browser would.
func TestPaint(t *testing.T) {
	const words = `:root{--link:var(--brand-accent);--paper:#fff;--wash:#eee}`
	for _, test := range []struct {
		name, css, accent string
		light, dark       [2]float64 // on the page, on what is set off from it; 0 for what is not known
	}{
		{"black on white", words, "#000000", [2]float64{21, 18.1}, [2]float64{21, 18.1}},
		{"the grey that just passes", words, "#767676", [2]float64{4.54, 3.91}, [2]float64{4.54, 3.91}},
		{"three digits", words, "#777", [2]float64{4.47, 3.86}, [2]float64{4.47, 3.86}},
		{"a dark scheme", words + `@media screen and (prefers-color-scheme: dark) { :root { --paper: #000; --wash: black } }`, "#777777", [2]float64{4.47, 3.86}, [2]float64{4.69, 4.69}},
		{"paper, windows and chosen colours do not count", words + `@media print{:root{--paper:#000}}@media (max-width:40em){:root{--paper:#000}}@media (forced-colors:active){:root{--paper:Canvas}}`, "#000", [2]float64{21, 18.1}, [2]float64{21, 18.1}},
		{"the last one counts, in @supports too", words + `@supports (color: color-mix(in oklab, red, blue)) { :root { --paper: #000 } } @supports not (color: red) { :root { --wash: #000 } }`, "#000", [2]float64{1, 18.1}, [2]float64{1, 18.1}},
		{"of elements it is that of the page", words + `.card{--paper:#000}main :root{--paper:#000}`, "#000", [2]float64{21, 18.1}, [2]float64{21, 18.1}},
		{"mixed in srgb", `:root{--link:var(--brand-accent);--paper:color-mix(in srgb, #fff 50%, #000)}`, "#000000", [2]float64{5.32, 0}, [2]float64{5.32, 0}},
		{"mixed in oklab", `:root{--link:color-mix(in oklab, var(--brand-accent) 50%, white);--paper:#000}`, "#000000", [2]float64{3.5, 0}, [2]float64{3.5, 0}},
		{"in oklch", `:root{--link:var(--brand-accent);--paper:oklch(100% 0 0)}`, "#000000", [2]float64{21, 0}, [2]float64{21, 0}},
		{"another property where the first is not set", `:root{--link:var(--brand-accent);--paper:var(--none, var(--ground));--ground:#fff}`, "#000000", [2]float64{21, 0}, [2]float64{21, 0}},
		{"a property that holds itself", `:root{--link:var(--brand-accent);--paper:var(--wash);--wash:var(--paper)}`, "#000000", [2]float64{}, [2]float64{}},
		{"words of a browser's own", `:root{--link:var(--brand-accent);--paper:Canvas;--wash:light-dark(#fff,#000)}`, "#000000", [2]float64{}, [2]float64{}},
		{"a theme with other names", `:root{--bg:#fff}a{color:red}`, "#000000", [2]float64{}, [2]float64{}},
	} {
		got := map[bool]*[2]float64{false: {}, true: {}}
		for _, p := range coloursOf(t, test.css).Paint(test.accent) {
			at := 0
			if p.Wash {
				at = 1
			}
			got[p.Dark][at] = p.Ratio
		}
		for i := range 2 {
			if math.Abs(got[false][i]-test.light[i]) > 0.02 || math.Abs(got[true][i]-test.dark[i]) > 0.02 {
				t.Errorf("%s: light %.2f, dark %.2f, want %.2f and %.2f", test.name, *got[false], *got[true], test.light, test.dark)
				break
			}
		}
	}
}

// TestNearest holds every proposal to what it promises: it can be read, it has the accent's hue, and no colour between it and the accent, in lightness alone, can be read.
func TestNearest(t *testing.T) {
	colours, err := ColoursOf(themes.Default())
	if err != nil {
		t.Fatal(err)
	}
	for _, accent := range []string{"#f5a623", "#ff0000", "#00e5ff", "#ffffff", "#ffff00", "#7fff00", "#ff69b4", "#808080", "#4a90d9"} {
		was, _ := parseHex(accent)
		if colours.readable(was) {
			t.Errorf("%s can be read: it shows nothing here", accent)
			continue
		}
		nearest := colours.Nearest(accent)
		is, err := parseHex(nearest)
		if err != nil || !colours.readable(is) {
			t.Errorf("%s: %q cannot be read", accent, nearest)
			continue
		}
		l, c, h := was.OkLch()
		l2, c2, h2 := is.OkLch()
		if off := math.Abs(math.Remainder(h-h2, 360)); off > 4 && c2 > 0.02 {
			t.Errorf("%s: %s has another hue, by %.1f degrees", accent, nearest, off)
		}
		distance := math.Hypot(l-l2, c-c2)
		for step := 0.0; step < distance-0.01; step += 0.002 {
			for _, lightness := range []float64{l - step, l + step} {
				if try := colorful.OkLch(lightness, c, h); try.IsValid() && colours.readable(asShown(try)) {
					t.Fatalf("%s: %s is %.3f away, and %s only %.3f", accent, nearest, distance, try.Hex(), step)
				}
			}
		}
	}
	if got := colours.Nearest("#1f6f5c"); got != "#1f6f5c" {
		t.Errorf("a colour that can be read becomes %s", got)
	}
	if got := coloursOf(t, `:root{--link:var(--brand-accent);--paper:#fff;--wash:#6f6f6f}`).Nearest("#888888"); got != "" {
		t.Errorf("%s can be read on white and on grey", got)
	}
}

// TestAccentOnDark has every accent lighter on dark pages, so that it can be read in the themes that come with the program.
func TestAccentOnDark(t *testing.T) {
	for _, name := range ShelfOf(files(), themes.BuiltIn()).Names() {
		layers, err := ShelfOf(files(), themes.BuiltIn()).Layers(name)
		if err != nil {
			t.Fatal(err)
		}
		colours, err := ColoursOf(layers...)
		if err != nil {
			t.Fatal(err)
		}
		for _, accent := range []string{"#000000", "#ffffff", "#0000ff", "#1f6f5c", "#ff0000", "#ffff00", "#440022"} {
			pairs := 0
			for _, p := range colours.Paint(accent) {
				if p.Dark {
					pairs++
				}
				if p.Dark && !p.Readable() {
					t.Errorf("%s, %s: a contrast of %.2f", name, accent, p.Ratio)
				}
			}
			if pairs != 2 {
				t.Errorf("%s: %d grounds of dark pages are known, want 2", name, pairs)
			}
		}
	}
}

func TestBrandProperties(t *testing.T) {
	for _, test := range []struct {
		brand Brand
		want  string
	}{
		{Brand{}, ""},
		{Brand{Accent: "#1f6f5c"}, ":root{--brand-accent:#1f6f5c;--brand-accent-ink:#ffffff;--brand-accent-on-dark:"},
		{Brand{Accent: "#ff0"}, ":root{--brand-accent:#ffff00;--brand-accent-ink:#000000;--brand-accent-on-dark:#ffff00}"},
		{Brand{Font: `Inter, "Helvetica Neue", sans-serif`}, `:root{--brand-font:Inter, "Helvetica Neue", sans-serif}`},
		{Brand{Radius: "8"}, ":root{--brand-radius:8px}"},
		{Brand{Radius: "0"}, ":root{--brand-radius:0px}"},
		{Brand{Radius: ".5rem"}, ":root{--brand-radius:.5rem}"},
	} {
		if got, err := test.brand.properties(); err != nil || !strings.HasPrefix(got, test.want) || (got == "") != (test.want == "") {
			t.Errorf("%+v: %q and %v, want %q", test.brand, got, err, test.want)
		}
	}
	for _, brand := range []Brand{{Accent: "red"}, {Accent: "#12345"}, {Accent: "#}a{x:1"}, {Font: `a;}b{color:red`}, {Font: `url(x), serif`}, {Radius: "4px}"}} {
		if got, err := brand.properties(); err == nil {
			t.Errorf("%+v is taken: %q", brand, got)
		}
	}
}

func FuzzColours(f *testing.F) {
	for _, css := range []string{`:root{--link:#000;--paper:color-mix(in oklab, var(--link) 14%, #fff)}`, `@media screen{:root{--paper:var(--paper,(}}`, `:root{--paper:oklch(1 2 3);--wash:color-mix(in srgb,#fff -1%,#000 1%)`, `}}}@media{`} {
		f.Add(css)
	}
	f.Fuzz(func(t *testing.T, css string) {
		for _, p := range readColours([]byte(css)).Paint("#123456") {
			if !(p.Ratio >= 1 && p.Ratio <= 21.01) {
				t.Errorf("a contrast of %v", p.Ratio)
			}
		}
	})
}

package render

import (
	"testing"

	"candor/generator/page"
)

// TestEmbed holds a page inside another to its own ids, links and levels, and to what paper can show.
func TestEmbed(t *testing.T) {
	c := page.Chapter{Prefix: "p_", Deeper: 2, Resolve: func(dest string) string { return "#to" + dest }}
	for _, test := range [][2]string{
		{`<h1 id="a">A</h1>`, `<h3 id="p_a">A</h3>`},
		{`<h5>deep</h5>`, `<h6>deep</h6>`},
		{`<a href="#a">x</a> <a href=/b/?c&amp;d>y</a>`, `<a href="#p_a">x</a> <a href="#to/b/?c&amp;d">y</a>`},
		{`<svg viewBox="0 0 1 1" aria-labelledby="t d"><path marker-end="url(#m)" /></svg>`, `<svg viewBox="0 0 1 1" aria-labelledby="p_t p_d"><path marker-end="url(#p_m)" /></svg>`},
		{`<details><summary>s</summary></details>`, `<details open><summary>s</summary></details>`},
		{`a<nav><nav>x</nav>y</nav>b<p hidden>c</p>d<input hidden>e`, `abde`},
		{`<section data-book="no"><section>x</section></section><p title="a > b">y</p>`, `<p title="a > b">y</p>`},
	} {
		if got := embed(test[0], c); got != test[1] {
			t.Errorf("%s became\n%s, want\n%s", test[0], got, test[1])
		}
	}
}

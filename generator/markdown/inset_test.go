package markdown

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

var insetExample = InsetOptions{Prefix: "p_", Deeper: 2, Resolve: func(dest string) string { return "#to" + dest }}

// TestInset holds a page inside another to its own ids, links and levels, and to what paper can show.
func TestInset(t *testing.T) {
	for _, test := range [][2]string{
		{`<h1 id="a">A</h1>`, `<h3 id="p_a">A</h3>`},
		{`<H5 Class=x>deep</H5 >`, `<H6 Class=x>deep</H6 >`},
		{`<a href="#a">x</a> <a href=/b/?c&amp;d>y</a> <a href="#">top</a>`, `<a href="#p_a">x</a> <a href="#to/b/?c&amp;d">y</a> <a href="#">top</a>`},
		{`<td headers='a  b'>`, `<td headers="p_a p_b">`},
		{`<a href="/a/" id="b" title='c "d"'>`, `<a href="#to/a/" id="p_b" title='c "d"'></a>`},
		{`<a href="/x/&quot;&gt;">y</a>`, `<a href="#to/x/&#34;&gt;">y</a>`},
		{`<details><summary>s</summary></details><details class=x open></details>`, `<details open><summary>s</summary></details><details class=x open></details>`},

		{`a<nav><nav>x</nav>y</nav>b<p hidden>c</p>d<input hidden>e`, `abde`},
		{`<tr id="a" data-search="x y" data-label="z" data-n=1><td data-x>`, `<tr id="p_a" data-label="z"><td>`},
		{`<svg><g data-x/><g/data-x/><g class=a data-x="1"id=b data-y=2/></g></svg>`, `<svg><g /><g//><g class=a id="p_b"></g></svg>`},
		{`<section class="a" aria-labelledby="b"><h2 id="b">B</h2></section><div role="region" aria-label="C" class=d><p aria-label="d">`, `<section class="a"><h4 id="p_b">B</h4></section><div class=d><p aria-label="d"></div>`},
		{`<section data-book="no"><section>x</section></section><p title="a > b">y</p>`, `<p title="a > b">y</p>`},
		{`<p title="data-book=no hidden">a</p><a class="big anchor" href="#x">#</a><a class="anchorage">b</a>`, `<p title="data-book=no hidden">a</p><a class="anchorage">b</a>`},
		{`a<script>if (a < b) { "</p><nav>" }</script>b<button/>c</button>d`, `abd`},
		{`<p><textarea><nav></textarea></p>`, `<p><textarea><nav></textarea></p>`},

		{`<div><p hidden>a<ul><li>b</ul></div>c`, `<div><ul><li>b</ul></div>c`},
		{`<ul><li hidden>a<li>b</ul>c`, `<ul><li>b</ul>c`},
		{`<section><nav>a</section>b`, `<section></section>b`},
		{`<div><b><i>a</b>b</i>`, `<div><b><i>a</i></b>b</div>`},
		{`</div>a</p>b<nav>c`, `ab`},
		{`a<p class="x`, `a`},
		{`a<!-- b --><!doctype html>c<!-- d`, `ac`},
		{`<h2>a`, `<h4>a</h4>`},

		{`<svg viewBox="0 0 1 1" aria-labelledby="t d"><path marker-end="url(#m)" /></svg>`, `<svg viewBox="0 0 1 1" aria-labelledby="p_t p_d"><path marker-end="url(#p_m)" /></svg>`},
		{`<svg><linearGradient id=g gradientUnits="userSpaceOnUse"/><path fill="url(&quot;#g&quot;)"/><use xlink:href="#g"/></svg><p title="url(#g)">`,
			`<svg><linearGradient id="p_g" gradientUnits="userSpaceOnUse"/><path fill="url(&#34;#p_g&#34;)"/><use xlink:href="#p_g"/></svg><p title="url(#g)">`},
		{`<svg><title id="t">a &lt; b</title><style>a{}</style><g id="x"><nav/></g></svg><nav></nav>`, `<svg><title id="p_t">a &lt; b</title><style>a{}</style><g id="p_x"></g></svg>`},
	} {
		if got := Inset(test[0], insetExample); got != test[1] {
			t.Errorf("%s became\n%s, want\n%s", test[0], got, test[1])
		}
	}
}

// TestInsetKeepsBytes holds what need not change to every byte, however it is written.
func TestInsetKeepsBytes(t *testing.T) {
	for _, text := range []string{
		"a &amp; b &copy c &#x41; & d < e > f\r\n\tg \u202e",
		`<P  CLASS = 'a "b"'   lang=1 >x<BR/><br ><img alt="" src=/a.svg/></P >`,
		`<ul><li>a<li>b</ul><table><tr><td>a<td>b<tr><th>c</table><dl><dt>a<dd>b<dt>c</dl><p>a<p>b`,
		`<svg viewBox="0 0 1 1" preserveAspectRatio="none"><clipPath><path d="M0 0"/></clipPath><foreignObject><p>x</p></foreignObject></svg>`,
		`<a href="https://example.com/?a=1&b=2&amp;c">x</a>`,
	} {
		if got := Inset(text, InsetOptions{Prefix: "p_", Resolve: func(dest string) string { return dest }}); got != text {
			t.Errorf("%q became\n%q", text, got)
		}
	}
}

// FuzzInset holds what comes of any text to its promises, as a tokenizer that knows nothing of them reads it.
func FuzzInset(f *testing.F) {
	for _, seed := range []string{`<h1 id=a>x</h1><nav>`, `<svg viewBox="0 0 1 1"><title>a</title><g fill="url(#a)"/></svg>`, `<ul><li hidden>a<li>b</ul>`, `<p><b><i></b></p></div>`,
		`<details name=x><summary>`, `<textarea></p>`, `<a href='/b/"'>`, `<div id="a b" id=c hidden=`, `<math><mi/><annotation-xml>`, `<plaintext><p>`, "<a id=\x00\r\n>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := Inset(text, insetExample)
		z := html.NewTokenizer(strings.NewReader(once))
		for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
			tag := z.Token()
			if kind == html.CommentToken || kind == html.DoctypeToken {
				t.Fatalf("%q keeps %q, as %q", text, tag.Data, once)
			}
			if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
				continue
			}
			if unwanted(tag) {
				t.Fatalf("%q keeps %s, as %q", text, tag, once)
			}
			for i, a := range tag.Attr {
				first := tag.Attr[i].Key == a.Key
				for _, b := range tag.Attr[:i] {
					first = first && b.Key != a.Key
				}
				if a.Key == "id" && first && strings.Trim(a.Val, " \t\n\f\r") != "" && !strings.HasPrefix(a.Val, "p_") {
					t.Fatalf("%q keeps the id %q, as %q", text, a.Val, once)
				}
			}
		}
		same := InsetOptions{Resolve: func(dest string) string { return dest }}
		if twice := Inset(once, same); twice != once {
			t.Fatalf("%q became\n%q, and that\n%q", text, once, twice)
		}
	})
}

package reading

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func TestOf(t *testing.T) {
	page := Of([]byte(`<!doctype html><html><head><title>OpenAI ·
 Trust</title><style>p{}</style></head><body><header><p>above</p></header>
<main><h1>OpenAI</h1><p>Writes <b>reply</b>
 drafts, see <a href="/data-flows/x/">Reply drafts</a>.<br>Twice.</p>
<h2>What we know</h2><dl><div><dt>Receives</dt><dd><ul><li>Prompts <span>personal</span></li><li>Passages</li></ul></dd></div></dl>
<table><tr><th>Name</th><th>Where</th></tr><tr><td><p>OpenAI</p></td><td><a href="/us/">US</a></td></tr></table>
<p hidden>not this</p><script>nor()</script><span aria-hidden="true">nor this</span>
<svg><title>A flow</title><text>Start</text><text>Start</text><text>End</text></svg><img src="/a.png" alt="a picture"></main><footer>below</footer></body></html>`))
	var got []string
	for _, b := range page.Blocks {
		got = append(got, fmt.Sprintf("%s > %s %v %v", b.Under, b.Text, b.Links, b.Drawing))
	}
	want := []string{
		" > OpenAI [] false",
		"OpenAI > Writes reply drafts, see Reply drafts. Twice. [/data-flows/x/] false",
		"OpenAI > What we know [] false",
		"What we know > Receives: Prompts personal; Passages [] false",
		"What we know > Name | Where [] false",
		"What we know > OpenAI | US [/us/] false",
		"What we know > A flow · Start · End [] true",
		"What we know > a picture [/a.png] false",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if page.Title != "OpenAI · Trust" || page.Heading != "OpenAI" || page.MovedTo != "" {
		t.Errorf("title %q, heading %q, moved to %q", page.Title, page.Heading, page.MovedTo)
	}
}

func TestMoved(t *testing.T) {
	if to := Of([]byte(`<meta http-equiv="Refresh" content="0; URL='/policies/new/'"><p>moved</p>`)).MovedTo; to != "/policies/new/" {
		t.Errorf("moved to %q", to)
	}
}

// Another drawing of the same words is told from the first.
func TestShape(t *testing.T) {
	one := Of([]byte(`<main><svg width="1"><text>a</text></svg></main>`)).Blocks
	other := Of([]byte(`<main><svg width="2"><text>a</text></svg></main>`)).Blocks
	if len(one) != 1 || len(other) != 1 || one[0].Shape == other[0].Shape || one[0].Text != other[0].Text {
		t.Errorf("%+v and %+v", one, other)
	}
}

// A drawing is the same under another number.
func TestShapeUnderAnotherNumber(t *testing.T) {
	of := func(svg string) []Block { return Of([]byte("<main>" + svg + "</main>")).Blocks }
	one := of(`<svg id="d1" aria-labelledby="d1-t"><title id="d1-t">T</title><g id="d1-n1"><use href="#d1-x"/></g></svg>`)
	other := of(`<svg id="d2" aria-labelledby="d2-t"><title id="d2-t">T</title><g id="d2-n1"><use href="#d2-x"/></g></svg>`)
	if !reflect.DeepEqual(one, other) {
		t.Errorf("%+v and %+v", one, other)
	}
	if moved := of(`<svg id="d1" aria-labelledby="d1-t"><title id="d1-t">T</title><g id="d1-n1" x="1"><use href="#d1-x"/></g></svg>`); moved[0].Shape == one[0].Shape {
		t.Error("a part that is elsewhere makes no other drawing")
	}
}

// What a reader does not see does not matter.
func TestSameReading(t *testing.T) {
	a := Of([]byte(`<head><link rel="stylesheet" href="/assets/site.1.css"></head><main class="a"><p id=x>Text here</p></main><footer>23 November</footer>`))
	b := Of([]byte("<head><link rel=\"stylesheet\" href=\"/assets/site.2.css\"></head><main>\n<div><p>Text\n\n<i>here</i></p></div></main><footer>24 November</footer>"))
	if !reflect.DeepEqual(a, b) {
		t.Errorf("%+v and %+v", a, b)
	}
}

func FuzzOf(f *testing.F) {
	for _, s := range []string{"", "<main><p>a", "<table><tr><td><table><tr><td>x", "<dl><dt>a<dd>b<dt>c", "<svg><foreignObject><main>", "<meta http-equiv=refresh content='0;url='>", strings.Repeat("<b>", 2000)} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, b := range Of(data).Blocks {
			if strings.ContainsAny(b.Text, "\n\t") || b.Text != strings.TrimSpace(b.Text) {
				t.Errorf("a block is not one line: %q", b.Text)
			}
		}
	})
}

package render_test

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"strings"
	"testing"

	"candor/diagrams"
	"candor/generator/browser"
	"candor/generator/output"
	"candor/generator/page"
	"candor/generator/render"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// boxes draws a picture with the marks that the page's script goes by: steps below each other, links at their right.
func boxes(_ context.Context, g diagrams.Graph) (diagrams.Picture, error) {
	var b bytes.Buffer
	height := 30*len(g.Links) + 40*len(g.Steps) + 20
	at := map[string]int{}
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" class="flow-picture flow-w12" viewBox="0 0 360 %d" role="img" aria-labelledby="%s-title" fill="none"><title id="%[2]s-title">%s</title>`, height, g.Prefix, html.EscapeString(g.Title))
	for i, s := range g.Steps {
		at[s.ID] = s.Number
		fmt.Fprintf(&b, `<g class="step step-process" data-step="%d"><title>%s</title><rect class="step-box" x="10" y="%d" width="100" height="30" stroke="currentColor"/></g>`, s.Number, html.EscapeString(s.Title), 10+40*i)
	}
	for i, l := range g.Links {
		fmt.Fprintf(&b, `<g class="link link-%s" data-link="%d" data-from="%d" data-to="%d"><title>%d. %s</title><circle class="link-disc" cx="300" cy="%d" r="10" stroke="currentColor"/></g>`,
			l.Carries, l.Number, at[l.From], at[l.To], l.Number, html.EscapeString(l.Title), 20+30*i)
	}
	b.WriteString("</svg>")
	plate := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200" viewBox="0 0 300 200"><rect x="0" y="0" width="300" height="200" fill="#1f6f5c"/><text>%s %s</text></svg>`,
		html.EscapeString(g.Plate.Heading), html.EscapeString(g.Plate.Source))
	return diagrams.Picture{SVG: b.Bytes(), Plate: []byte(plate), Width: 360, Height: float64(height)}, nil
}

// flowPage opens the flow of reply drafts, which has 10 steps and 11 links, in a tab of its own.
func flowPage(t *testing.T, hash string) context.Context {
	t.Helper()
	ctx := browser.Of(t)
	files := folder(t)
	m := &output.Memory{}
	j := job(t, files, siteOf(t, files), page.Options{}, m)
	j.Draw = boxes
	if _, err := render.Pages(context.Background(), j); err != nil {
		t.Fatal(err)
	}
	tab := browser.Open(t, ctx, browser.Serve(t, m.Read)+"/data-flows/reply-drafts/"+hash)
	browser.Await(t, tab, `document.querySelector(".scripted") !== null`)
	return tab
}

// lit gives what is lit: the numbers of links and steps in the picture, of links in the list, and the names of rows.
const lit = `(() => {
	const of = (selector, key) => [...new Set([...document.querySelectorAll(selector)].map(key))].join(" ");
	return [of("g.link.lit", e => e.dataset.link), of("g.step.lit", e => e.dataset.step), of(".links li.lit", e => e.dataset.link), of("tr.lit", e => e.querySelector("th a").textContent), of(".stage li.lit", e => e.dataset.step)].join(" | ");
})()`

func TestOneThingIsFollowedThroughPictureListAndTable(t *testing.T) {
	tab := flowPage(t, "")
	hover := func(selector string) {
		browser.Eval[bool](t, tab, fmt.Sprintf(`document.querySelector(%q).dispatchEvent(new PointerEvent("pointerover", {bubbles: true})), true`, selector))
	}
	focus := func(selector string) {
		browser.Eval[bool](t, tab, fmt.Sprintf(`document.querySelector(%q).focus(), true`, selector))
	}
	const seven = "7 | 4 6 | 7 | OpenAI | "
	const openAI = "3 7 | 3 6 | 3 7 | OpenAI | "
	for _, one := range []struct {
		what string
		do   func()
		want string
	}{
		{"pointing at a link of the picture", func() { hover(`svg g.link[data-link="7"]`) }, seven},
		{"pointing at an entry of the list", func() { hover(`.links li[data-link="7"]`) }, seven},
		{"focusing a number of the list", func() { focus(`.links li[data-link="7"] a`) }, seven},
		{"focusing a number of the table", func() { focus(`.recipients a[data-link="7"]`) }, seven},
		{"focusing a recipient", func() { focus(`.recipients a[href$="/openai/"]`) }, openAI},
		{"focusing one's own systems, which have no page", func() { focus(`.recipients a[href^="#step-"]`) }, "9 | 1 8 | 9 | Customer | "},
		{"pointing at a step of the picture", func() { hover(`svg g.step[data-step="6"]`) }, "7 8 | 4 6 7 | 7 8 | OpenAI | 6"},
		{"pointing at a step of the list of stages", func() { hover(`.stage li[data-step="6"]`) }, "7 8 | 4 6 7 | 7 8 | OpenAI | 6"},
	} {
		one.do()
		if got := browser.Eval[string](t, tab, lit); got != one.want {
			t.Errorf("%s lights %q, want %q", one.what, got, one.want)
		}
	}
	if got := browser.Eval[string](t, tab, `document.querySelector(".readout").textContent`); !strings.HasPrefix(got, "Write a draft. Model · OpenAI") {
		t.Errorf("below the picture stands %q", got)
	}
	browser.Eval[bool](t, tab, `document.activeElement.blur(), document.querySelector("[data-linked]").dispatchEvent(new PointerEvent("pointerleave")), true`)
	if got := browser.Eval[string](t, tab, lit); got != " |  |  |  | " {
		t.Errorf("with the pointer gone, %q is lit", got)
	}

	// What was clicked stays, is in the address, and goes with Escape.
	browser.Eval[bool](t, tab, `document.querySelector('svg g.link[data-link="7"]').dispatchEvent(new MouseEvent("click", {bubbles: true})), document.querySelector("[data-linked]").dispatchEvent(new PointerEvent("pointerleave")), true`)
	if got := browser.Eval[string](t, tab, `location.hash + " " + `+lit); got != "#link-7 "+seven {
		t.Errorf("after a click: %q", got)
	}
	browser.Eval[bool](t, tab, `document.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape"})), true`)
	if got := browser.Eval[string](t, tab, `location.hash + " " + `+lit); got != "  |  |  |  | " {
		t.Errorf("after Escape: %q", got)
	}
	again := flowPage(t, "#step-6")
	if got := browser.Eval[string](t, again, lit); got != "7 8 | 4 6 7 | 7 8 | OpenAI | 6" {
		t.Errorf("an address with a step lights %q", got)
	}
}

func TestThePictureIsEnlargedInItsFrame(t *testing.T) {
	tab := flowPage(t, "")
	box := func() string {
		return browser.Eval[string](t, tab, `document.querySelector(".flow-picture").getAttribute("viewBox") + " " + document.querySelector(".zoom output").textContent`)
	}
	size := `(({width, height}) => width + " " + height)(document.querySelector(".picture").getBoundingClientRect())`
	whole, frame := box(), browser.Eval[string](t, tab, size)
	if !strings.HasPrefix(whole, "0 0 360 ") || !strings.HasSuffix(whole, " 100 %") {
		t.Fatalf("at first the picture shows %q", whole)
	}
	key := func(key string) {
		browser.Eval[bool](t, tab, fmt.Sprintf(`document.querySelector(".diagram").dispatchEvent(new KeyboardEvent("keydown", {key: %q, bubbles: true, cancelable: true})), true`, key))
	}
	key("+")
	in := box()
	if !strings.HasPrefix(in, "36 ") || !strings.Contains(in, " 288 ") || !strings.HasSuffix(in, " 125 %") {
		t.Errorf("after + it shows %q", in)
	}
	key("ArrowRight")
	if moved := box(); !strings.HasPrefix(moved, "72 ") {
		t.Errorf("after an arrow it shows %q", moved)
	}
	if got := browser.Eval[string](t, tab, size); got != frame {
		t.Errorf("the frame was %s and is %s", frame, got)
	}
	key("0")
	if got := box(); got != whole {
		t.Errorf("after 0 it shows %q", got)
	}
	key("-")
	if got := box(); got != whole {
		t.Errorf("it became smaller than whole: %q", got)
	}
	browser.Eval[bool](t, tab, `document.querySelector("[data-zoom=in]").click(), true`)
	if got := box(); got != in {
		t.Errorf("the button shows %q, the key %q", got, in)
	}
	browser.Eval[bool](t, tab, `document.querySelector("[data-zoom=fit]").click(), true`)
	if !browser.Eval[bool](t, tab, `!document.querySelector(".diagram").dispatchEvent(new WheelEvent("wheel", {deltaY: -200, ctrlKey: true, bubbles: true, cancelable: true, clientX: 0, clientY: 0}))`) || !strings.HasSuffix(box(), " 200 %") {
		t.Errorf("the wheel with ctrl shows %q", box())
	}
	if browser.Eval[bool](t, tab, `!document.querySelector(".diagram").dispatchEvent(new WheelEvent("wheel", {deltaY: -200, bubbles: true, cancelable: true}))`) {
		t.Error("the wheel alone no longer scrolls the page")
	}
}

func TestThePictureIsDrawnAlong(t *testing.T) {
	tab := flowPage(t, "")
	browser.Eval[bool](t, tab, `document.querySelector("[data-zoom=in]").click(), document.querySelector(".diagram").scrollIntoView({block: "start"}), true`)
	before := browser.Eval[string](t, tab, `document.querySelector(".flow-picture").getAttribute("viewBox")`)
	at := browser.Eval[[]float64](t, tab, `(({left, top}) => [left + 200, top + 200])(document.querySelector(".diagram").getBoundingClientRect())`)
	for _, step := range []struct {
		is input.DispatchMouseEventType
		x  float64
	}{{input.DispatchMouseEventTypeMousePressed, 0}, {input.DispatchMouseEventTypeMouseMoved, -10}, {input.DispatchMouseEventTypeMouseMoved, -20}, {input.DispatchMouseEventTypeMouseReleased, -20}} {
		browser.Do(t, tab, chromedp.MouseEvent(step.is, at[0]+step.x, at[1], chromedp.ButtonLeft))
	}
	if after := browser.Eval[string](t, tab, `document.querySelector(".flow-picture").getAttribute("viewBox")`); after == before {
		t.Errorf("it still shows %s", after)
	}
}

func TestThePictureIsTakenAlong(t *testing.T) {
	tab := flowPage(t, "")
	got := browser.Eval[string](t, tab, `new Promise(done => {
		HTMLAnchorElement.prototype.click = function () { done(this.download + " " + this.href.slice(0, 5)); };
		document.querySelector("[data-png]").click();
	})`)
	if got != "reply-drafts.png blob:" {
		t.Errorf("what is taken along is %q", got)
	}
	size := browser.Eval[string](t, tab, `new Promise(done => {
		HTMLCanvasElement.prototype.toBlob = function () { done(this.width + " " + this.height + " " + [...this.getContext("2d").getImageData(5, 5, 1, 1).data]); };
		document.querySelector("[data-png]").click();
	})`)
	if size != "600 400 31,111,92,255" {
		t.Errorf("the PNG is %q", size)
	}
	if got := browser.Eval[string](t, tab, `document.querySelector(".downloads a").getAttribute("href") + " " + document.querySelector(".downloads a").hasAttribute("download")`); got != "/data-flows/reply-drafts/reply-drafts.svg true" {
		t.Errorf("the SVG is at %q", got)
	}
}

// TestThePictureFillsTheScreen asks for the full screen as a person does, with a click, under the policy of hosts.
func TestThePictureFillsTheScreen(t *testing.T) {
	tab := flowPage(t, "")
	browser.Eval[bool](t, tab, `document.querySelector("[data-fullscreen]").scrollIntoView({block: "center"}), true`)
	at := browser.Eval[[]float64](t, tab, `(({left, top, width, height}) => [left + width / 2, top + height / 2])(document.querySelector("[data-fullscreen]").getBoundingClientRect())`)
	browser.Do(t, tab, chromedp.MouseClickXY(at[0], at[1]))
	browser.Await(t, tab, `document.fullscreenElement?.matches(".picture-and-steps")`)
	browser.Await(t, tab, `document.querySelector("[data-fullscreen]").getAttribute("aria-pressed") === "true"`)
	if !browser.Eval[bool](t, tab, `document.querySelector(".picture").matches(".shown") && document.querySelector(".flow-picture").getBoundingClientRect().width > document.querySelector(".flow-picture").viewBox.baseVal.width`) {
		t.Error("the picture is not larger than before")
	}
	browser.Eval[bool](t, tab, `document.exitFullscreen().then(() => true)`)
	browser.Await(t, tab, `document.querySelector("[data-fullscreen]").getAttribute("aria-pressed") === "false"`)
}

// TestNothingOfTheScriptIsLostWithoutIt: what only a script can do is not there for who has none, and all that it lights is linked.
func TestNothingOfTheScriptIsLostWithoutIt(t *testing.T) {
	files := folder(t)
	m := &output.Memory{}
	j := job(t, files, siteOf(t, files), page.Options{}, m)
	j.Draw = boxes
	if _, err := render.Pages(context.Background(), j); err != nil {
		t.Fatal(err)
	}
	data, _ := m.Read("data-flows/reply-drafts/index.html")
	for _, want := range []string{`class="zoom by-script"`, `class="by-script" data-png="/data-flows/reply-drafts/reply-drafts.svg"`, `class="readout by-script"`} {
		if !strings.Contains(string(data), want) {
			t.Errorf("%s is not in the page", want)
		}
	}
	for n := 1; n <= 11; n++ { // in the list, in the steps that it leaves and enters, and in the table where it crosses
		if strings.Count(string(data), fmt.Sprintf(`href="#link-%d"`, n)) < 3 {
			t.Errorf("link %d can be followed from fewer than three places", n)
		}
	}
}

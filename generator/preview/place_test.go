package preview_test

import (
	"strings"
	"testing"

	"candor/generator/browser"
)

// TestReloadKeepsWhatWasTyped has text come above, so that pixels alone would not lead back.
func TestReloadKeepsWhatWasTyped(t *testing.T) {
	s := newStage(t, base())
	body := long("It was so.") + `<form><label>Find <input name="q" id="q"></label></form>`
	s.put("policies/access/index.html", policy(body))
	page := open(t, browser.Of(t), s.url("/policies/access/"))
	awaitText(t, page, "Find")
	mark(t, page)
	top := `Math.round(document.getElementById("s40").getBoundingClientRect().top)`
	eval[bool](t, page, `document.getElementById("q").value = "typed", document.getElementById("q").focus(), document.getElementById("s40").scrollIntoView(), true`)
	before := eval[int](t, page, top)
	s.put("assets/site.00000003.js", "document.body.dataset.script = 'second'")
	s.put("policies/access/index.html", strings.ReplaceAll(policy("<p>More,</p><p>and more.</p>"+body), "00000002.js", "00000003.js"))
	await(t, page, `document.body.dataset.script === "second" && document.readyState === "complete"`)
	await(t, page, `document.getElementById("q").value === "typed" && document.activeElement.id === "q"`)
	if marked(t, page) {
		t.Error("with another script the page was not reloaded")
	}
	for range 10 {
		if now := eval[int](t, page, top); now < before-2 || now > before+2 {
			t.Fatalf("what was at %d is at %d", before, now)
		}
	}
}

// TestStyleAndTextInOneStep has the page never stand there without a style.
func TestStyleAndTextInOneStep(t *testing.T) {
	s := newStage(t, base())
	page := open(t, browser.Of(t), s.url("/policies/"))
	mark(t, page)
	eval[bool](t, page, `window.bare = 0, (function look() {
		const colour = getComputedStyle(document.body).color;
		if (colour !== "rgb(0, 0, 1)" && colour !== "rgb(9, 0, 0)") window.bare++;
		requestAnimationFrame(look);
	})(), true`)
	s.change(func(site map[string]string) {
		delete(site, "assets/site.00000001.css")
		site["assets/site.0000000a.css"] = "body { color: rgb(9, 0, 0) }"
		site["policies/index.html"] = strings.ReplaceAll(policy("<h1>Policies of ours</h1>"), "site.00000001.css", "site.0000000a.css")
	})
	await(t, page, `getComputedStyle(document.body).color === "rgb(9, 0, 0)"`)
	awaitText(t, page, "of ours")
	await(t, page, `document.querySelectorAll("link[rel=stylesheet]").length === 1`)
	if n := eval[int](t, page, "window.bare"); n > 0 || !marked(t, page) {
		t.Errorf("the page was without a style %d times", n)
	}
}

func TestAPageThatMoves(t *testing.T) {
	s := newStage(t, base())
	page := open(t, browser.Of(t), s.url("/policies/access/"))
	s.change(func(site map[string]string) {
		site["policies/access/index.html"] = strings.Replace(policy("<p>moved</p>"), "<link", `<meta http-equiv="refresh" content="0; url=/policies/entry/"><link`, 1)
		site["policies/entry/index.html"] = policy("<h1>It went here</h1>")
	})
	await(t, page, `location.pathname === "/policies/entry/"`)
	awaitText(t, page, "It went here")
}

func TestThePageForMissingOnesChanges(t *testing.T) {
	s := newStage(t, base())
	page := open(t, browser.Of(t), s.url("/policies/new/"), "404")
	awaitText(t, page, "Nothing here")
	s.put("404.html", policy("<h1>Nothing at all</h1>"))
	awaitText(t, page, "Nothing at all")
}

// TestAnotherPictureAtTheSameAddress changes what no page's text tells.
func TestAnotherPictureAtTheSameAddress(t *testing.T) {
	picture := func(width string) string {
		return `<svg xmlns="http://www.w3.org/2000/svg" width="` + width + `" height="5"><path d="M0 0h9"/></svg>`
	}
	site := base()
	site["policies/a b.svg"], site["policies/access/index.html"] = picture("10"), policy(`<img id="i" alt="" src="/policies/a%20b.svg">`)
	s := newStage(t, site)
	ctx := browser.Of(t)
	page, other := open(t, ctx, s.url("/policies/access/")), open(t, ctx, s.url("/policies/"))
	mark(t, other)
	await(t, page, `document.getElementById("i").naturalWidth === 10`)
	s.put("policies/a b.svg", picture("20"))
	await(t, page, `document.getElementById("i").naturalWidth === 20`)
	if !marked(t, other) {
		t.Error("a page without the picture was reloaded")
	}
}

// TestScriptsKeepWhatTheyHold has a page with scripts like the theme's and like others': what a script listens to or has read is never exchanged behind
// its back, and what is inside of it is.
func TestScriptsKeepWhatTheyHold(t *testing.T) {
	flow := func(inside, word string) string {
		return policy(`<h1>` + word + `</h1><div class="both" data-linked><svg viewBox="0 0 10 10"><g data-step="1"><title>` + word + `</title></g></svg><ol><li data-link="1">` + word +
			`</li></ol></div><section class="fold"><h2 class="handle">Handle</h2><p>` + word + `</p></section>` + inside)
	}
	site := base()
	site["assets/site.00000002.js"] = `const p = document.createElement("p"); p.id = "by-script"; document.body.append(p);
		document.querySelector("[data-linked]").addEventListener("pointerover", () => {});
		for (const one of document.querySelectorAll(".handle")) one.addEventListener("click", () => { window.clicked = one.textContent; });`
	site["flows/x/index.html"] = flow("", "first")
	s := newStage(t, site)
	page := open(t, browser.Of(t), s.url("/flows/x/"))
	mark(t, page)
	s.put("flows/x/index.html", flow("", "second"))
	awaitText(t, page, "second")
	if got := eval[string](t, page, `document.querySelector("svg title").textContent + document.querySelector("li").textContent`); got != "secondsecond" || !marked(t, page) {
		t.Errorf("inside of what a script listens to stands %q, in place: %v", got, marked(t, page))
	}
	s.put("flows/x/index.html", flow(`<section class="fold"><h2 class="handle">Another handle</h2></section>`, "third"))
	awaitText(t, page, "Another handle")
	await(t, page, `document.getElementById("by-script") !== null`)
	eval[bool](t, page, `document.querySelectorAll(".handle")[1].click(), true`)
	await(t, page, `window.clicked === "Another handle"`)
}

// TestBelowABasePathInABrowser has all that tabs are told lead below the path of the site.
func TestBelowABasePathInABrowser(t *testing.T) {
	site := base()
	for name, text := range site {
		site[name] = strings.ReplaceAll(text, `="/assets/`, `="/trust/assets/`)
	}
	s := served(t, "/trust", site)
	page := open(t, browser.Of(t), s.url("/trust/policies/access/"))
	mark(t, page)
	s.change(func(site map[string]string) {
		site["assets/site.0000000a.css"] = "body { color: rgb(9, 0, 0) }"
		for name, text := range site {
			site[name] = strings.ReplaceAll(text, "site.00000001.css", "site.0000000a.css")
		}
	})
	await(t, page, `getComputedStyle(document.body).color === "rgb(9, 0, 0)"`)
	s.change(func(site map[string]string) {
		site["policies/access/index.html"] = strings.Replace(site["policies/access/index.html"], "It was so.", "It is otherwise.", 1)
	})
	awaitText(t, page, "It is otherwise.")
	if !marked(t, page) {
		t.Error("the page was reloaded")
	}
	s.change(func(site map[string]string) { delete(site, "policies/access/index.html") })
	await(t, page, `location.pathname === "/trust/policies/"`)
}

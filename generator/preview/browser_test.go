package preview_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/generator/browser"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

// open opens a page in a tab of its own, and has the test fail on whatever its console complains of that is not expected.
func open(t *testing.T, ctx context.Context, url string, expected ...string) context.Context {
	t.Helper()
	ctx = browser.Open(t, ctx, url, expected...)
	await(t, ctx, `document.querySelector("candor-preview") !== null`)
	return ctx
}

// eval gives what an expression is in a page.
func eval[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	return browser.Eval[T](t, ctx, expression)
}

// await waits until an expression is true; a page may be on its way to another meanwhile.
func await(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	browser.Await(t, ctx, expression)
}

func awaitText(t *testing.T, ctx context.Context, text string) {
	t.Helper()
	await(t, ctx, fmt.Sprintf("document.body.textContent.includes(%q)", text))
}

// mark leaves a mark in a page that a reload would take away.
func mark(t *testing.T, ctx context.Context) {
	t.Helper()
	eval[bool](t, ctx, `window.marked = true`)
}

func marked(t *testing.T, ctx context.Context) bool {
	t.Helper()
	return eval[bool](t, ctx, `window.marked === true`)
}

// policy gives a page like the theme's own.
func policy(body string) string {
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Policy</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/assets/site.00000001.css">` +
		`<script src="/assets/site.00000002.js" defer></script></head><body class="on-policy"><main id="section-main">` + body + "</main>\n</body>\n</html>\n"
}

// long gives a body that has to be scrolled.
func long(changed string) string {
	var b strings.Builder
	b.WriteString("<h1>Access</h1><p>" + changed + "</p>")
	for i := range 60 {
		fmt.Fprintf(&b, "<h2 id=\"s%d\">Section %d</h2><p>Some words of it.</p><details><summary>More</summary><p>Hidden words.</p></details>", i, i)
	}
	return b.String()
}

func base() map[string]string {
	return map[string]string{
		"index.html": policy("<h1>Home</h1>"), "404.html": policy("<h1>Nothing here</h1>"),
		"policies/index.html": policy("<h1>Policies</h1>"), "policies/access/index.html": policy(long("It was so.")),
		"assets/site.00000001.css": "body { color: rgb(0, 0, 1) }",
		"assets/site.00000002.js":  `const p = document.createElement("p"); p.id = "by-script"; document.body.append(p);`,
	}
}

func TestAChangedPageKeepsItsPlace(t *testing.T) {
	s := newStage(t, base())
	ctx := browser.Of(t)
	page := open(t, ctx, s.url("/policies/access/"))
	other := open(t, ctx, s.url("/policies/"))
	mark(t, page)
	mark(t, other)
	eval[bool](t, page, `document.querySelectorAll("details")[40].open = true, document.getElementById("s40").scrollIntoView(), true`)
	top := `Math.round(document.getElementById("s40").getBoundingClientRect().top)`
	before := eval[int](t, page, top)

	s.put("policies/access/index.html", policy(long("Now it is otherwise, and it takes more words to say so.")))
	awaitText(t, page, "otherwise")
	if !marked(t, page) {
		t.Error("a changed sentence had the page reloaded")
	}
	if now := eval[int](t, page, top); now < before-2 || now > before+2 {
		t.Errorf("what was at %d is at %d", before, now)
	}
	if !eval[bool](t, page, `document.querySelectorAll("details")[40].open`) {
		t.Error("what was open is closed")
	}

	// Another script has the page reloaded.
	s.put("assets/site.00000003.js", `document.body.dataset.script = "second"`)
	s.put("policies/access/index.html", strings.ReplaceAll(policy(long("And once more.")), "00000002.js", "00000003.js"))
	await(t, page, `document.body.dataset.script === "second"`)
	awaitText(t, page, "And once more.")
	if marked(t, page) {
		t.Error("with another script the page was not reloaded")
	}
	await(t, page, fmt.Sprintf("Math.abs(%s - %d) <= 3", top, before))
	if !eval[bool](t, page, `document.querySelectorAll("details")[40].open`) {
		t.Error("what was open is closed after a reload")
	}
	if !marked(t, other) {
		t.Error("a page that did not change was reloaded")
	}
}

func TestAnotherStyleIsPutOn(t *testing.T) {
	s := newStage(t, base())
	page := open(t, browser.Of(t), s.url("/policies/"))
	mark(t, page)
	colour := `getComputedStyle(document.body).color`
	if got := eval[string](t, page, colour); got != "rgb(0, 0, 1)" {
		t.Fatalf("the colour is %s", got)
	}
	s.change(func(site map[string]string) {
		delete(site, "assets/site.00000001.css")
		site["assets/site.0000000a.css"] = "body { color: rgb(9, 0, 0) }"
		for name, text := range site {
			site[name] = strings.ReplaceAll(text, "site.00000001.css", "site.0000000a.css")
		}
	})
	await(t, page, colour+` === "rgb(9, 0, 0)"`)
	await(t, page, `document.querySelectorAll("link[rel=stylesheet]").length === 1`)
	if !marked(t, page) {
		t.Error("another style had the page reloaded")
	}
	s.put("policies/index.html", strings.ReplaceAll(policy("<h1>Policies of ours</h1>"), "site.00000001.css", "site.0000000a.css"))
	awaitText(t, page, "of ours")
	if !marked(t, page) || eval[string](t, page, colour) != "rgb(9, 0, 0)" {
		t.Error("a sentence after a style is not shown in its place")
	}
}

func TestADiagramIsExchangedInPlace(t *testing.T) {
	s := newStage(t, base())
	flow := func(word string) string {
		return policy(`<h1>Flow</h1><div class="sketch" tabindex="0"><svg viewBox="0 0 10 10"><g class="step" data-step="1"><title>` + word + `</title><path d="M0 0h9"/></g></svg></div>` +
			`<ol><li data-link="1" data-from="1" data-to="2">` + word + ` to the model</li></ol>`)
	}
	s.put("flows/x/index.html", flow("Prompt"))
	page := open(t, browser.Of(t), s.url("/flows/x/"))
	mark(t, page)
	s.put("flows/x/index.html", flow("Redacted prompt"))
	await(t, page, `document.querySelector("svg title").textContent === "Redacted prompt"`)
	awaitText(t, page, "Redacted prompt to the model")
	if !marked(t, page) {
		t.Error("another diagram had the page reloaded")
	}
	if got := eval[string](t, page, `document.querySelector("svg").namespaceURI`); got != "http://www.w3.org/2000/svg" {
		t.Errorf("the diagram is of %s", got)
	}
}

func TestAPageThatVanishes(t *testing.T) {
	s := newStage(t, base())
	page := open(t, browser.Of(t), s.url("/policies/access/"))
	s.change(func(site map[string]string) { delete(site, "policies/access/index.html") })
	await(t, page, `location.pathname === "/policies/"`)
	s.change(func(site map[string]string) { delete(site, "policies/index.html") })
	await(t, page, `location.pathname === "/"`)
}

// TestAPageThatComes has the missing page give way to the page that was asked for.
func TestAPageThatComes(t *testing.T) {
	s := newStage(t, base())
	page := open(t, browser.Of(t), s.url("/policies/new/"), "404")
	awaitText(t, page, "Nothing here")
	s.put("policies/new/index.html", policy("<h1>It came</h1>"))
	awaitText(t, page, "It came")
}

func TestFindingsLieAboveTheLastGoodSite(t *testing.T) {
	s := newStage(t, base())
	ctx := browser.Of(t)
	page, second := open(t, ctx, s.url("/policies/access/")), open(t, ctx, s.url("/"))
	mark(t, page)
	inside := `document.querySelector("candor-preview").shadowRoot`
	s.find(true, finding("content/flows/a b.yaml", "in: openia\n", "openia", "no sub-processor <b>openia</b>"))
	for _, tab := range []context.Context{page, second} {
		await(t, tab, inside+`.querySelector("section[role=dialog]")`)
	}
	text := eval[string](t, page, inside+`.querySelector("section").textContent`)
	for _, want := range []string{"error", "SUB01", "content/flows/a b.yaml:1:5", "no sub-processor <b>openia</b>", "in: openia", "did you mean"} {
		if !strings.Contains(text, want) {
			t.Errorf("the overlay does not say %q: %s", want, text)
		}
	}
	if got := eval[string](t, page, inside+`.querySelector("mark").textContent`); got != "openia" {
		t.Errorf("marked is %q", got)
	}
	if got := eval[string](t, page, inside+`.querySelector("a").href`); got != "vscode://file/a%20site/content/flows/a%20b.yaml:1:5" {
		t.Errorf("the place opens %q", got)
	}
	if !eval[bool](t, page, `document.body.textContent.includes("It was so.")`) || !marked(t, page) {
		t.Error("the last good site is gone")
	}
	eval[bool](t, page, `dispatchEvent(new KeyboardEvent("keydown", {key: "Escape"}))`)
	await(t, page, inside+`.querySelector("section") === null && `+inside+`.querySelector(".badge.heavy")`)
	s.find(true, finding("content/flows/a b.yaml", "in: openib\n", "openib", "no sub-processor openib"))
	time.Sleep(100 * time.Millisecond)
	if eval[bool](t, page, inside+`.querySelector("section") !== null`) {
		t.Error("what was put away came back with the next letter")
	}
	s.find(false)
	for _, tab := range []context.Context{page, second} {
		await(t, tab, inside+`.querySelector("section, .badge") === null`)
	}
	s.find(false, warning("content/site.yaml", "company: {}\n", "company", "looks empty"))
	await(t, page, inside+`.querySelector(".badge:not(.heavy)")?.textContent === "1 warning"`)
	if eval[bool](t, page, inside+`.querySelector("section") !== null`) {
		t.Error("a warning covers the page")
	}
	eval[bool](t, page, inside+`.querySelector(".badge").click(), true`)
	await(t, page, inside+`.querySelector("section")?.textContent.includes("looks empty")`)
}

// TestABadBeginning opens the preview of a site that never was without gaps, and mends it.
func TestABadBeginning(t *testing.T) {
	s := newStage(t, base(), finding("content/site.yaml", "x: 1\n", "x", "no key"))
	page := open(t, browser.Of(t), s.url("/policies/"), "503")
	await(t, page, `document.querySelector("candor-preview").shadowRoot.querySelector("section")`)
	s.find(false)
	awaitText(t, page, "Policies")
}

// TestTenTabs has ten pages listen at once: a browser allows six connections to a host, but for channels of this kind.
func TestTenTabs(t *testing.T) {
	s := newStage(t, base())
	ctx := browser.Of(t)
	var tabs []context.Context
	for range 10 {
		tabs = append(tabs, open(t, ctx, s.url("/policies/access/")))
	}
	for round := range 3 {
		s.put("policies/access/index.html", policy(long(fmt.Sprint("Round ", round, "."))))
		for _, tab := range tabs {
			awaitText(t, tab, fmt.Sprint("Round ", round, "."))
		}
	}
	fresh := open(t, ctx, s.url("/policies/"))
	awaitText(t, fresh, "Policies")
}

// TestTheServerStartsAgain ends the preview while a tab is open, and begins another one at the same address.
func TestTheServerStartsAgain(t *testing.T) {
	s := newStage(t, base())
	page := open(t, browser.Of(t), s.url("/policies/access/"), "WebSocket", "ERR_CONNECTION_REFUSED")
	mark(t, page)
	s.stop()
	s.site["policies/access/index.html"] = policy(long("Said after the break."))
	s.start()
	awaitText(t, page, "Said after the break.")
	if !marked(t, page) {
		t.Error("the page was reloaded")
	}
}

// TestManySavesInARow writes faster than a page can follow: in the end it shows the last.
func TestManySavesInARow(t *testing.T) {
	s := newStage(t, base())
	page := open(t, browser.Of(t), s.url("/policies/access/"))
	for i := range 100 {
		s.put("policies/access/index.html", policy(long(fmt.Sprintf("Save %d.", i))))
		time.Sleep(time.Duration(i%7) * time.Millisecond)
	}
	awaitText(t, page, "Save 99.")
}

// TestPatchedIsLoaded edits a page at random and holds what became of it against the page loaded anew.
func TestPatchedIsLoaded(t *testing.T) {
	s := newStage(t, base())
	ctx := browser.Of(t)
	r := rand.New(rand.NewPCG(8, 8))
	blocks := []string{"<p>One &amp; two.</p>", "<h2 id=\"a\">A</h2>", "<ul><li>x</li><li>y</li></ul>", "<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
		"<pre class=\"chroma\" tabindex=\"0\"><code>k: v</code></pre>", "<details><summary>S</summary><p>T</p></details>", "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg>",
		"<form><input name=\"q\"></form>", "<p data-search=\"words\">Words</p>", "plain text", "<!-- a note -->", "<p class=\"late\">Late</p>", "<p lang=\"ar\" dir=\"rtl\">نص</p>"}
	body := []string{blocks[0]}
	page := open(t, ctx, s.url("/policies/access/"))
	reloads, swapped := 0, 0
	for i := range 150 {
		switch n := r.IntN(4); {
		case n == 0 && len(body) > 1:
			at := r.IntN(len(body))
			body = slices.Delete(body, at, at+1)
		case n == 1:
			at := r.IntN(len(body))
			body[at] = strings.Replace(body[at], "p>", "p >", 1)
			body[at] = strings.Replace(body[at], " >", fmt.Sprintf(" title=\"t%d\">", i), 1)
		case n == 2 && len(body) > 2:
			a, b := r.IntN(len(body)), r.IntN(len(body))
			body[a], body[b] = body[b], body[a]
		default:
			body = slices.Insert(body, r.IntN(len(body)+1), blocks[r.IntN(len(blocks))])
		}
		mark(t, page)
		html := policy(fmt.Sprintf("<h1>Edit %d</h1>", i) + strings.Join(body, "\n"))
		s.put("policies/access/index.html", html)
		awaitText(t, page, fmt.Sprintf("Edit %d", i))
		await(t, page, `document.readyState === "complete" && document.getElementById("by-script")`)
		if marked(t, page) {
			swapped++
		} else {
			reloads++
		}
		same := fmt.Sprintf(`document.querySelector("main").isEqualNode(new DOMParser().parseFromString(%q, "text/html").querySelector("main"))`, html)
		if !eval[bool](t, page, same) {
			t.Fatalf("edit %d: the page is\n%s\nwant\n%s", i, eval[string](t, page, `document.querySelector("main").outerHTML`), html)
		}
	}
	t.Logf("%d in place, %d reloads", swapped, reloads)
	if swapped < 30 || reloads < 5 {
		t.Errorf("%d in place, %d reloads: too few of a kind to show anything", swapped, reloads)
	}
}

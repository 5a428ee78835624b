package render_test

import (
	"testing"

	"candor/generator/browser"
	"candor/generator/page"

	"github.com/chromedp/chromedp"
)

const (
	current = `[...document.querySelectorAll(".rail [aria-current]")].map(link => link.textContent).join()`
	shifted = `new Promise(done => {
		let sum = 0;
		new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; }).observe({type: "layout-shift", buffered: true});
		setTimeout(() => done(sum), 200);
	})`
	folded = `!document.querySelector(".rail details").open`
)

// leastShift is what counts as one: a line that grows by 5 px counts 0.002. A mark that is painted before the word behind it has arrived counts 0.00003.
const leastShift = .0005

// TestContentsFollow reads a policy from top to end, goes to its headings, and looks at which of them the contents say is being read.
func TestContentsFollow(t *testing.T) {
	files := folder(t)
	site := browser.Serve(t, rendered(t, files, siteOf(t, files), page.Options{NoDiagrams: true}).Read)
	tab := browser.Open(t, browser.Of(t), site+"/policies/incident-response/")
	await := func(name string) {
		t.Helper()
		browser.Await(t, tab, current+` === "`+name+`"`)
	}
	await("")
	for _, to := range []struct{ id, name string }{{"severity", "Severity"}, {"telling-customers", "Telling customers"}, {"response", "Response"}} {
		// So that the heading is above the upper fifth of the window, and the one that follows is not.
		browser.Eval[bool](t, tab, `scrollTo(0, document.getElementById("`+to.id+`").getBoundingClientRect().top + scrollY - 90), true`)
		await(to.name)
	}
	// Links work where two headings stand close, and at the end, where the last one cannot reach the top.
	for _, to := range []struct{ id, name string }{{"purpose", "Purpose"}, {"scope", "Scope"}, {"section-proof", "What it meets and who relies on it"}, {"exceptions", "Exceptions"}} {
		browser.Eval[bool](t, tab, `document.querySelector(".rail [href='#`+to.id+`']").click(), true`)
		browser.Await(t, tab, `location.hash === "#`+to.id+`"`)
		browser.Eval[bool](t, tab, `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(true), 50))))`)
		await(to.name)
	}
	browser.Eval[bool](t, tab, `scrollTo(0, 0), true`)
	await("")
	if shift := browser.Eval[float64](t, tab, shifted); shift >= leastShift {
		t.Errorf("the page moved by %g", shift)
	}
	if browser.Eval[bool](t, tab, folded) {
		t.Error("the contents are folded in a window that has room for them")
	}
}

// TestContentsBeginAtTheTop opens a policy in a window so high that several headings stand in its upper fifth: what is read before anything was scrolled is the
// first, and after that the last of them.
func TestContentsBeginAtTheTop(t *testing.T) {
	files := folder(t)
	site := browser.Serve(t, rendered(t, files, siteOf(t, files), page.Options{NoDiagrams: true}).Read)
	tab := browser.Tab(t, browser.Of(t))
	browser.Do(t, tab, chromedp.EmulateViewport(390, 5000), chromedp.Navigate(site+"/policies/incident-response/"))
	browser.Await(t, tab, current+` === "Purpose"`)
	browser.Eval[bool](t, tab, `scrollTo(0, 1), true`)
	browser.Await(t, tab, `![ "", "Purpose" ].includes(`+current+`)`)
	browser.Eval[bool](t, tab, `scrollTo(0, 0), true`)
	browser.Await(t, tab, current+` === "Purpose"`)
}

// TestContentsFold has the contents folded on a phone, where they lie over the text and fold again when a heading was chosen, left or escaped from.
func TestContentsFold(t *testing.T) {
	files := folder(t)
	site := browser.Serve(t, rendered(t, files, siteOf(t, files), page.Options{NoDiagrams: true}).Read)
	tab := browser.Tab(t, browser.Of(t))
	for _, page := range []string{"/answers/", "/policies/access-control/"} {
		browser.Do(t, tab, chromedp.EmulateViewport(390, 800), chromedp.Navigate(site+page))
		browser.Await(t, tab, folded)
		if shift := browser.Eval[float64](t, tab, shifted); shift >= leastShift {
			t.Errorf("%s moved while it loaded: %g", page, shift)
		}
	}
	top := `document.getElementById("purpose").getBoundingClientRect().top`
	before := browser.Eval[float64](t, tab, top)
	open := func() {
		t.Helper()
		browser.Eval[bool](t, tab, `document.querySelector(".rail summary").focus(), document.querySelector(".rail summary").click(), true`)
		browser.Await(t, tab, "!("+folded+")")
	}
	open()
	if now := browser.Eval[float64](t, tab, top); now != before {
		t.Errorf("the text moved from %g to %g", before, now)
	}
	browser.Do(t, tab, chromedp.KeyEvent("\u001b"))
	browser.Await(t, tab, folded+` && document.activeElement.matches(".rail summary")`)
	open()
	browser.Eval[bool](t, tab, `document.querySelector(".rail [href='#reviewing-access']").focus(), document.querySelector(".rail [href='#reviewing-access']").click(), true`)
	browser.Await(t, tab, folded+` && document.querySelector(".rail .here").textContent === "Reviewing access"`)
	if bar := browser.Eval[float64](t, tab, `document.getElementById("reviewing-access").getBoundingClientRect().top - document.querySelector(".rail").getBoundingClientRect().bottom`); bar < 0 {
		t.Errorf("%g pixels of the heading are under the bar", -bar)
	}
	open()
	browser.Eval[bool](t, tab, `document.querySelector(".brand").focus(), true`)
	browser.Await(t, tab, folded)
	browser.Do(t, tab, chromedp.EmulateViewport(1000, 700))
	browser.Await(t, tab, "!("+folded+")")
}

// TestContentsWithoutScript has the contents in reach of readers whose browser runs no script.
func TestContentsWithoutScript(t *testing.T) {
	files := folder(t)
	m := rendered(t, files, siteOf(t, files), page.Options{NoDiagrams: true})
	tab := browser.Open(t, browser.Of(t), browser.Serve(t, func(path string) ([]byte, bool) {
		data, ok := m.Read(path)
		if len(path) > 3 && path[len(path)-3:] == ".js" {
			return nil, true
		}
		return data, ok
	})+"/policies/access-control/")
	if !browser.Eval[bool](t, tab, folded+` && document.querySelector(".rail a").checkVisibility({contentVisibilityAuto: true}) && document.querySelector(".rail a").getBoundingClientRect().height > 10`) {
		t.Error("without a script the contents cannot be seen")
	}
}

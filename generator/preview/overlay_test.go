package preview_test

import (
	"fmt"
	"testing"

	"candor/generator/browser"
	"candor/generator/diag"

	"github.com/chromedp/chromedp"
)

const shade = `document.querySelector("candor-preview").shadowRoot`

// TestTheOverlayLeavesTheFocus types in a field of the page while gaps come and go.
func TestTheOverlayLeavesTheFocus(t *testing.T) {
	site := base()
	site["answers/index.html"] = policy(`<form><input id="q"></form>`)
	s := newStage(t, site)
	page := open(t, browser.Of(t), s.url("/answers/"))
	eval[bool](t, page, `document.getElementById("q").focus(), true`)
	s.find(true, finding("content/a.yaml", "in: openia\n", "openia", "no sub-processor"))
	await(t, page, shade+`.querySelector("section[role=dialog][aria-labelledby=title] #title")`)
	await(t, page, shade+`.querySelector("[role=status]").textContent.includes("1 error")`)
	if got := eval[string](t, page, `document.activeElement.id`); got != "q" {
		t.Errorf("the focus went to %q", got)
	}
	if err := chromedp.Do(page, chromedp.KeyEvent("\x1b")); err != nil { // Esc, in the field
		t.Fatal(err)
	}
	await(t, page, shade+`.querySelector("section") === null`)
	if got := eval[string](t, page, `document.activeElement.id`); got != "q" {
		t.Errorf("after Esc the focus went to %q", got)
	}
	// Whoever opens it is led into it, and back out of it.
	eval[bool](t, page, shade+`.querySelector(".badge").click(), true`)
	await(t, page, shade+`.activeElement?.textContent === "Hide"`)
	s.find(true, finding("content/a.yaml", "in: openib\n", "openib", "no sub-processor either"))
	await(t, page, shade+`.querySelector("section").textContent.includes("either")`)
	await(t, page, shade+`.activeElement?.textContent === "Hide"`)
	eval[bool](t, page, shade+`.activeElement.click(), true`)
	await(t, page, shade+`.activeElement?.classList.contains("badge")`)
}

// TestTheOverlayCounts lists the first of many findings, counts them all, and lists what is excused.
func TestTheOverlayCounts(t *testing.T) {
	s := newStage(t, base())
	page := open(t, browser.Of(t), s.url("/"))
	var many []diag.Finding
	for n := range 203 {
		many = append(many, finding("content/a.yaml", "in: openia\n", "openia", fmt.Sprint("gap ", n)))
	}
	s.find(true, many...)
	await(t, page, shade+`.querySelector("header p")?.textContent === "203 errors"`)
	await(t, page, shade+`.querySelector("li:last-child").textContent === "3 more stand in the terminal"`)
	excused := finding("content/b.yaml", "rule: SUB07\n", "SUB07", "")
	s.change(func(map[string]string) {
		s.findings, s.stopped = nil, false
		s.exceptions = []diag.Exception{{Rule: "SUB07", Reason: "Their report is late", Owner: "security-lead", Expires: "2027-01-15", At: excused.At}}
	})
	await(t, page, shade+`.querySelector(".badge:not(.heavy)")?.textContent === "1 exception"`)
	eval[bool](t, page, shade+`.querySelector(".badge").click(), true`)
	await(t, page, shade+`.querySelector("li").textContent === "exception content/b.yaml:1:7SUB07Their report is lateuntil 2027-01-15, security-lead"`)
}

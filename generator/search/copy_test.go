package search_test

import (
	"testing"

	"candor/generator/browser"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

const starterAnswer = "https://trust.fernlight.example/answers/trains-on-customer-data/"

// TestCopyLink copies the address of an answer: through the clipboard's own interface, and where a browser has none, as on http.
func TestCopyLink(t *testing.T) {
	site := few(t)
	for _, name := range []string{"with the interface", "without"} {
		t.Run(name, func(t *testing.T) {
			page := browser.Open(t, browser.Of(t), site+"/answers/trains-on-customer-data/")
			for _, name := range []string{"clipboard-read", "clipboard-write"} {
				grant := cdpbrowser.SetPermissionParams{Origin: site, Permission: &cdpbrowser.PermissionDescriptor{Name: name}, Setting: cdpbrowser.PermissionSettingGranted}
				if _, err := chromedp.CallBrowser(page, cdpbrowser.SetPermission, grant); err != nil {
					t.Fatal(err)
				}
			}
			browser.Eval[bool](t, page, `globalThis.board = navigator.clipboard, true`)
			if name == "without" {
				browser.Eval[bool](t, page, `Object.defineProperty(navigator, "clipboard", {value: undefined}), true`)
			}
			for _, button := range []string{".link-copy button", ".address button"} {
				browser.Eval[bool](t, page, `(async () => { await board.writeText("before").catch(() => {}); return true })()`)
				browser.Do(t, page, chromedp.Click(chromedp.CSS(button)))
				browser.Await(t, page, `document.querySelector("`+button+`").textContent === "Copied"`)
				browser.Await(t, page, `[...document.querySelectorAll("[role=status]")].some(e => e.textContent === "Copied: `+starterAnswer+`")`)
				if got := browser.Eval[string](t, page, `board.readText()`); got != starterAnswer {
					t.Errorf("the clipboard holds %q", got)
				}
				if got := browser.Eval[string](t, page, `document.activeElement.textContent`); got != "Copied" {
					t.Errorf("the focus went to %q", got)
				}
				browser.Await(t, page, `document.querySelector("`+button+`").textContent.startsWith("Copy ") || document.querySelector("`+button+`").textContent === "Copy"`)
			}
		})
	}
}

package share_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"

	"candor/generator/browser"
	"candor/generator/output"
	"candor/generator/share"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// served gives the address of a site with a sealed page, and the link that opens it.
func served(t *testing.T) (site, link string) {
	t.Helper()
	m := built(t, input(t, folder(t), secretOf(t, 1)))
	site = serve(t, m)
	return site, share.Link(site, id, secretOf(t, 1))
}

func serve(t *testing.T, m *output.Memory) string {
	return browser.Serve(t, func(path string) ([]byte, bool) { return m.Read(path) })
}

// before runs a script in every page of a tab, before the page's own.
func before(source string) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: source})
		return chromedp.Void{}, err
	}
}

func noScripts(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	return chromedp.Void{}, err
}

const isOpen = `document.querySelector(".letter h1")?.textContent === "Answers for ` + customer + `"`

// reads gives what a person sees of the main part of a page.
const reads = `document.querySelector("main").innerText`

// TestOpensInTheBrowser opens a sealed page with its link, as a customer does: the key is in the address and goes nowhere else.
func TestOpensInTheBrowser(t *testing.T) {
	site, link := served(t)
	ctx := browser.Tab(t, browser.Of(t))
	var mu sync.Mutex
	var asked []string
	if err := chromedp.Listen(ctx, func(ev any) {
		if e, ok := ev.(*network.EventRequestWillBeSent); ok {
			mu.Lock()
			defer mu.Unlock()
			asked = append(asked, e.Request.URL)
			for _, v := range e.Request.Headers {
				asked = append(asked, fmt.Sprint(v))
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	enable := func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, network.Enable, network.EnableParams{})
		return chromedp.Void{}, err
	}
	browser.Do(t, ctx, enable, chromedp.Navigate(link))
	browser.Await(t, ctx, isOpen)
	text := browser.Eval[string](t, ctx, reads)
	for _, want := range []string{privateText, "Who turns the keys?", "4.2", "The vault in Lisbon, Portugal", "This answer is not public.", "This answer is public", "2 answers, one of which is not public."} {
		if !strings.Contains(text, want) {
			t.Errorf("a customer does not read %q", want)
		}
	}
	if title := browser.Eval[string](t, ctx, "document.title"); !strings.HasPrefix(title, "Answers for "+customer) {
		t.Errorf("the title is %q", title)
	}
	if at := browser.Eval[string](t, ctx, "location.href"); at != link {
		t.Errorf("the address is %s: a bookmark would not open the page", at)
	}
	if kept := browser.Eval[int](t, ctx, "localStorage.length + sessionStorage.length + document.cookie.length"); kept != 0 {
		t.Error("the page keeps something in the browser")
	}
	if n := browser.Eval[int](t, ctx, `document.querySelectorAll("main script, main style, main iframe, main [onclick], main [style]").length`); n != 0 {
		t.Error("the page has something that runs or loads")
	}
	key := link[strings.Index(link, "#")+1:]
	mu.Lock()
	if len(asked) == 0 {
		t.Error("no request was seen")
	}
	for _, a := range asked {
		u, err := url.Parse(a)
		if strings.Contains(a, key) || err == nil && strings.HasPrefix(u.Scheme, "http") && !strings.HasPrefix(a, site) {
			t.Errorf("the page asks for %s", a)
		}
	}
	mu.Unlock()

	// A link within the page keeps the key, goes to its place, and works from outside.
	browser.Do(t, ctx, chromedp.Click(`.glance a`))
	browser.Await(t, ctx, `document.activeElement.id === "answer-vault-keys"`)
	if at := browser.Eval[string](t, ctx, "location.hash"); at != "#"+key+"/answer-vault-keys" {
		t.Errorf("a link within the page leads to %s", at)
	}
	browser.Do(t, ctx, chromedp.Reload())
	browser.Await(t, ctx, isOpen+` && document.activeElement.id === "answer-vault-keys"`)

	// A link out of the page says nothing of where it was.
	browser.Do(t, ctx, chromedp.Click(`a[href="/answers/staff-mfa/"]`))
	browser.Await(t, ctx, `location.pathname === "/answers/staff-mfa/"`)
	if from := browser.Eval[string](t, ctx, "document.referrer"); from != "" {
		t.Errorf("the next page is told %q", from)
	}
	browser.Eval[string](t, ctx, `history.back() || ""`) // no load is to be awaited: the page may have been kept as it was
	browser.Await(t, ctx, isOpen)
}

// TestNarrow: nothing sticks out on a narrow phone, before the page is open and after.
func TestNarrow(t *testing.T) {
	_, link := served(t)
	address, key, _ := strings.Cut(link, "#")
	ctx := browser.Tab(t, browser.Of(t))
	browser.Do(t, ctx, chromedp.EmulateViewport(320, 700), chromedp.Navigate(address))
	for _, state := range []string{reads + `.includes("This link has no key")`, isOpen} {
		browser.Await(t, ctx, state)
		if wide := browser.Eval[int](t, ctx, "document.documentElement.scrollWidth"); wide > 320 {
			t.Errorf("the page is %d pixels wide when %s", wide, state)
		}
		browser.Eval[string](t, ctx, `location.hash = "`+key+`"`)
	}
}

// TestMangledLinks opens the page with what mail programs make of links.
func TestMangledLinks(t *testing.T) {
	_, link := served(t)
	address, key, _ := strings.Cut(link, "#")
	for what, fragment := range map[string]string{"a full stop": key + ".", "a bracket": key + ">", "capitals": strings.ToUpper(key), "a space": key[:20] + "%20" + key[20:], "a soft hyphen": key[:20] + "%C2%AD" + key[20:]} {
		t.Run(what, func(t *testing.T) {
			ctx := browser.Open(t, browser.Of(t), address+"#"+fragment)
			browser.Await(t, ctx, isOpen)
		})
	}
}

// TestWhatToDo: where a page cannot be opened, it says why and what to do, and shows none of what is in it.
func TestWhatToDo(t *testing.T) {
	_, link := served(t)
	address, key, _ := strings.Cut(link, "#")
	wrong := "a" + key[1:]
	if wrong == key {
		wrong = "b" + key[1:]
	}
	cases := map[string]struct {
		at    string
		first chromedp.Action[chromedp.Void]
		want  []string // texts that are read
		paste bool     // the link can be pasted
	}{
		"no key":        {at: address, want: []string{"This link has no key", "security@fernlight.example"}, paste: true},
		"half a key":    {at: address + "#" + key[:30], want: []string{"A part of the key is missing", "30 of the 52 characters"}, paste: true},
		"a wrong key":   {at: address + "#" + wrong, want: []string{"This key does not open the page"}, paste: true},
		"a long key":    {at: address + "#" + key + "abc", want: []string{"This key does not open the page"}, paste: true},
		"a % alone":     {at: address + "#%", want: []string{"This link has no key"}, paste: true},
		"no JavaScript": {at: link, first: noScripts, want: []string{"A sealed page", "JavaScript is switched off", "The browser is an old one"}},
		"an old browser": {at: link, first: before(`Object.defineProperty(Crypto.prototype, "subtle", {value: undefined})`),
			want: []string{"This browser cannot open the page", "current version"}},
		"no https": {at: strings.Replace(link, "127.0.0.1", "trust.fernlight.test", 1), want: []string{"Open this page over https", "The same link over https"}},
		"the end": {at: link, first: before(`Date.prototype.toISOString = () => "2090-01-01T00:00:00.000Z"`),
			want: []string{"This page has ended", "until 23 November 2086"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			all := browser.Of(t)
			if name == "no https" { // a name that is not this machine's own is no secure context
				var end func()
				var err error
				all, end, err = browser.Start(chromedp.Flag("host-resolver-rules", "MAP trust.fernlight.test 127.0.0.1"))
				if err != nil {
					t.Fatal(err)
				}
				defer end()
			}
			ctx := browser.Tab(t, all)
			if c.first != nil {
				browser.Do(t, ctx, c.first)
			}
			browser.Do(t, ctx, chromedp.Navigate(c.at))
			text := ""
			for _, want := range c.want {
				browser.Await(t, ctx, reads+`.includes(`+"`"+want+"`"+`)`)
				text = browser.Eval[string](t, ctx, reads)
			}
			if n := browser.Eval[int](t, ctx, `[...document.querySelectorAll("h1")].filter(h => h.checkVisibility()).length`); n != 1 {
				t.Errorf("the page has %d headings", n)
			}
			if shown := browser.Eval[bool](t, ctx, `document.querySelector(".sealed form").checkVisibility()`); shown != c.paste {
				t.Errorf("the link can be pasted: %t", shown)
			}
			html := browser.Eval[string](t, ctx, "document.documentElement.outerHTML")
			for _, hidden := range []string{customer, privateText, "vault"} {
				if strings.Contains(text, hidden) || strings.Contains(html, hidden) {
					t.Errorf("the page tells %q", hidden)
				}
			}
			if name == "no https" {
				if to := browser.Eval[string](t, ctx, `document.querySelector('[data-fill="https"]').href`); to != strings.Replace(c.at, "http:", "https:", 1) {
					t.Errorf("the link over https is %s", to)
				}
			}
		})
	}
}

// TestPaste opens the page after all: with the link pasted, or with another one put into the address.
func TestPaste(t *testing.T) {
	_, link := served(t)
	address, key, _ := strings.Cut(link, "#")
	for _, pasted := range []string{link, key} {
		ctx := browser.Open(t, browser.Of(t), address)
		browser.Await(t, ctx, reads+`.includes("This link has no key")`)
		browser.Do(t, ctx, chromedp.SendKeys("#section-link", pasted+"\n"))
		browser.Await(t, ctx, isOpen)
		if at := browser.Eval[string](t, ctx, "location.href"); at != link {
			t.Errorf("the address is %s", at)
		}
	}
	ctx := browser.Open(t, browser.Of(t), address+"#"+key[:10])
	browser.Await(t, ctx, reads+`.includes("10 of the 52 characters")`)
	browser.Eval[string](t, ctx, `location.hash = "`+key+`"`)
	browser.Await(t, ctx, isOpen)
	browser.Eval[string](t, ctx, `location.hash = "`+strings.Repeat("b", len(key))+`"`)
	browser.Await(t, ctx, reads+`.includes("This key does not open the page")`)
}

// TestNothingRuns: even if somebody came to seal a page that would run a script, with a host that sends no policy, it would not run.
func TestNothingRuns(t *testing.T) {
	hostile := `<div class="letter" data-title="x" data-ends="2099-01-01"><h1>Answers for ` + customer + `</h1><script>window.ran = 1</script><img src="x:y" onerror="window.ran = 2">` +
		`<svg onload="window.ran = 3"></svg><a id="bad" href="java&#10;script:window.ran=4">a</a><iframe srcdoc="<script>parent.ran = 5</script>"></iframe><p style="color:red" onclick="window.ran = 6">b</p>` +
		`<a id="good" href="/policies/#x">c</a><form action="javascript:window.ran=7"><button formaction="javascript:window.ran=8">d</button></form></div>`
	m := built(t, input(t, folder(t), secretOf(t, 1)))
	outer, _ := m.Read(page)
	at := strings.Index(string(outer), `data-sealed="`) + len(`data-sealed="`)
	end := at + strings.IndexByte(string(outer[at:]), '"')
	forged := string(outer[:at]) + hexOf(secretOf(t, 1).Key(id).Seal(id, []byte(hostile))) + string(outer[end:])
	site := open(t, func(path string) ([]byte, bool) {
		if path == page {
			return []byte(forged), true
		}
		return m.Read(path)
	})
	ctx := browser.Open(t, browser.Of(t), share.Link(site, id, secretOf(t, 1)), "net::ERR_")
	browser.Await(t, ctx, isOpen)
	browser.Eval[string](t, ctx, `document.querySelector("#bad").click() || document.querySelector(".letter p").click() || ""`)
	if ran := browser.Eval[string](t, ctx, `new Promise(done => setTimeout(() => done(String(window.ran)), 300))`); ran != "undefined" {
		t.Errorf("script %s ran", ran)
	}
	if to := browser.Eval[string](t, ctx, `document.querySelector("#good").getAttribute("href")`); to != "/policies/#x" {
		t.Errorf("a good link leads to %s", to)
	}
}

// TestOldAddress: a host shows the missing page where a sealed one was; it says that the link has ended, and elsewhere that nothing is there.
func TestOldAddress(t *testing.T) {
	m := built(t, input(t, folder(t), secretOf(t, 1)))
	site := browser.Serve(t, func(path string) ([]byte, bool) {
		if data, ok := m.Read(path); ok {
			return data, true
		}
		return m.Read("404.html")
	})
	ctx := browser.Open(t, browser.Of(t), site+"/q/"+other+"/#abc")
	browser.Await(t, ctx, `document.querySelector("h1").textContent === "This link has ended"`)
	ctx = browser.Open(t, browser.Of(t), site+"/policies/none/")
	browser.Await(t, ctx, `document.querySelector("h1").textContent === "This page does not exist"`)
}

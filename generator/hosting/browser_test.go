package hosting_test

import (
	"context"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"candor/content"
	"candor/generator"
	"candor/generator/browser"
	"candor/generator/hosting"
	"candor/generator/model"
	"candor/generator/output"
	"candor/generator/seal"
	"candor/generator/share"
	"candor/themes"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/chromedp"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

const sharedPage = "q7m2xk4vahn3zt5bpw6ydc2rse"

// starter builds the starter below a path of a host, with a sealed page.
func starter(t *testing.T) (*output.Memory, seal.Secret) {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(content.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := content.Files.ReadFile(name)
		files["content/"+name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	on, err := model.ParseDay(content.Day)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := seal.NewSecret(rand.NewChaCha8([32]byte{1}))
	if err != nil {
		t.Fatal(err)
	}
	order := share.Order{For: "Quibblethorpe", On: on, Expires: on.Add(model.Period{Count: 60, Unit: 'y'}), Owner: "security-lead", Items: []share.Item{{Answer: "staff-mfa"}}}
	files[share.Path(sharedPage)] = &fstest.MapFile{Data: order.File(sharedPage, secret)}
	m := &output.Memory{}
	report, err := generator.Build(context.Background(), generator.Input{Files: files, On: on, Themes: themes.BuiltIn(), Secret: secret, BaseURL: "https://fernlight.example/trust"}, m)
	if err != nil || report.Failed {
		t.Fatalf("%v, %v", err, report.Findings)
	}
	return m, secret
}

// hosted serves a site with nginx as it is told to; without nginx, with the same headers from here.
func hosted(t *testing.T, m *output.Memory, more map[string]string) string {
	t.Helper()
	if _, ok := programOf("nginx"); !ok {
		return plainHost(t, m, more)
	}
	dir := t.TempDir()
	site := filepath.Join(dir, "www", "trust")
	for _, f := range m.Set().Files() {
		data, _ := m.Read(f.Path)
		place(t, site, f.Path, data)
	}
	for name, data := range more {
		place(t, site, name, []byte(data))
	}
	return start(t, servers[0], dir, filepath.Join(site, ".hosting/nginx.conf")) + "/trust"
}

func place(t *testing.T, dir, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func plainHost(t *testing.T, m *output.Memory, more map[string]string) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/trust/")
		if strings.HasSuffix(r.URL.Path, "/") {
			name = path.Join(name, "index.html")
		}
		data, ok := m.Read(name)
		if text, added := more[name]; added {
			data, ok = []byte(text), true
		}
		for _, h := range hosting.Headers(name, true) {
			w.Header().Set(h.Name, h.Value)
		}
		if !ok {
			w.WriteHeader(http.StatusNotFound)
			data, _ = m.Read("404.html")
		}
		w.Write(data)
	}))
	t.Cleanup(s.Close)
	return s.URL + "/trust"
}

// complaints collects what the browser says of a tab: of the Content-Security-Policy above all, which no page's script can hide.
func complaints(t *testing.T, tab context.Context) func() []string {
	t.Helper()
	var mu sync.Mutex
	var said []string
	if err := chromedp.Listen(tab, func(ev any) {
		if e, ok := ev.(*log.EventEntryAdded); ok {
			mu.Lock()
			defer mu.Unlock()
			said = append(said, string(e.Entry.Source)+": "+e.Entry.Text)
		}
	}); err != nil {
		t.Fatal(err)
	}
	browser.Do(t, tab, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, log.Enable, cdp.Empty{})
		return chromedp.Void{}, err
	})
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		list := said
		said = nil
		return list
	}
}

var kind = regexp.MustCompile(`<body class="on-([a-z]+)"`)

// TestPagesLiveWithTheirHeaders opens a page of each kind in a real browser, as its host serves it: nothing is stopped, the search searches, and a sealed page
// opens. What a policy would stop is stopped, or the test could not fail.
func TestPagesLiveWithTheirHeaders(t *testing.T) {
	ctx := browser.Of(t)
	m, secret := starter(t)
	site := hosted(t, m, map[string]string{"inline/index.html": `<!doctype html><title>x</title><p style="color: red">x</p><script>document.title = "ran"</script>`})
	tab := browser.Tab(t, ctx, "Content Security Policy", "404")
	said := complaints(t, tab)

	seen := map[string]bool{}
	for _, f := range m.Set().Files() {
		data, _ := m.Read(f.Path)
		is := kind.FindSubmatch(data)
		if is == nil || seen[string(is[1])] || string(is[1]) == "redirect" {
			continue
		}
		seen[string(is[1])] = true
		browser.Do(t, tab, chromedp.Navigate(site+"/"+strings.TrimSuffix(f.Path, "index.html")))
		if !browser.Eval[bool](t, tab, `getComputedStyle(document.body).margin === "0px" && document.styleSheets[0].cssRules.length > 50`) {
			t.Errorf("%s goes without its style", f.Path)
		}
		if list := said(); len(list) > 0 {
			t.Errorf("%s: %q", f.Path, list)
		}
	}
	if len(seen) < 14 {
		t.Errorf("only these kinds of pages were opened: %v", seen)
	}

	browser.Do(t, tab, chromedp.Navigate(site+"/answers/?q=mfa"))
	browser.Await(t, tab, `performance.getEntriesByType("resource").some(r => /answers\.[0-9a-f]{8}\.json$/.test(r.name) && r.responseStatus === 200)`)
	browser.Do(t, tab, chromedp.Navigate(share.Link(site, sharedPage, secret)))
	browser.Await(t, tab, `document.querySelector(".letter h1")?.textContent === "Answers for Quibblethorpe"`)
	browser.Do(t, tab, chromedp.Navigate(site+"/policies/data-retention/?a=b#section-main"))
	browser.Await(t, tab, `location.pathname + location.search + location.hash === "/trust/policies/data-handling/?a=b#section-main"`)
	if list := said(); len(list) > 0 {
		t.Errorf("the browser says: %q", list)
	}
	another := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "text/html") }))
	t.Cleanup(another.Close)
	elsewhere := browser.Open(t, ctx, another.URL, "CORS", "Failed to load resource")
	for name, want := range map[string]string{"/answers.json": "read", "/": "refused", "/q/" + sharedPage + "/": "refused"} {
		if got := browser.Eval[string](t, elsewhere, `fetch("`+site+name+`").then(a => a.text()).then(() => "read", () => "refused")`); got != want {
			t.Errorf("from another site's page, %s is %s", name, got)
		}
	}

	browser.Do(t, tab, chromedp.Navigate(site+"/inline/"))
	if browser.Eval[string](t, tab, `document.title + getComputedStyle(document.querySelector("p")).color`) != "xrgb(0, 0, 0)" {
		t.Error("an inline style or script is not stopped")
	}
	var list []string
	for end := time.Now().Add(10 * time.Second); len(list) < 2 && time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		list = append(list, said()...)
	}
	if len(list) < 2 {
		t.Errorf("of an inline style and an inline script, the browser says: %q", list)
	}
}

// TestDiagramsMayFillTheScreen: the site's own pages may, and nobody whom they show.
func TestDiagramsMayFillTheScreen(t *testing.T) {
	for _, h := range hosting.Headers("data-flows/x/index.html", true) {
		if h.Name == "Permissions-Policy" && strings.Contains(h.Value, "fullscreen=(self)") {
			return
		}
	}
	t.Error("pages may not fill the screen")
}

// TestOnePolicy holds the policy that the tests of other packages serve pages with to the one that hosts are told.
func TestOnePolicy(t *testing.T) {
	for _, h := range hosting.Headers("index.html", true) {
		if h.Name == "Content-Security-Policy" && (h.Value != browser.Policy || strings.Contains(h.Value, "unsafe") || strings.Contains(h.Value, "*")) {
			t.Errorf("hosts are told %q", h.Value)
		}
	}
}

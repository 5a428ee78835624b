package preview

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// theBrowser is one browser for all tests: it takes a second to start.
var theBrowser = sync.OnceValues(func() (context.Context, context.CancelFunc) {
	name := ""
	for _, candidate := range []string{os.Getenv("CANDOR_BROWSER"), "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(candidate); candidate != "" && err == nil {
			name = path
			break
		}
	}
	if name == "" {
		return nil, func() {}
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(name), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("headless", "new"), chromedp.Flag("disable-quic", true), chromedp.WindowSize(1280, 900))
	allocated, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocated)
	if err := chromedp.Do(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "start the browser:", err)
		os.Exit(1)
	}
	return ctx, func() { cancel(); stop() }
})

func TestMain(m *testing.M) {
	code := m.Run()
	if browserStarted {
		_, stop := theBrowser()
		stop()
	}
	os.Exit(code)
}

var browserStarted bool

// A window is a tab of the browser, as a test sees it.
type window struct {
	t   *testing.T
	ctx context.Context

	mu       sync.Mutex
	accepted []string // what the console may say
}

// look opens an address in a new tab. Whatever the console complains of fails the test.
func look(t *testing.T, url string) *window {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes seconds to start")
	}
	parent, _ := theBrowser()
	if parent == nil {
		t.Skip("no browser: neither CANDOR_BROWSER nor chromium is there")
	}
	browserStarted = true
	ctx, cancel := chromedp.NewContext(parent)
	w := &window{t: t, ctx: ctx}
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	go func() {
		for message, err := range chromedp.Console(ctx) {
			if err != nil {
				return
			}
			w.heard(message)
		}
	}()
	w.do(chromedp.Navigate(url))
	w.listens()
	return w
}

// heard fails the test for what the console should not say.
func (w *window) heard(m chromedp.ConsoleMessage) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if m.Type != chromedp.ConsoleError && m.Type != chromedp.ConsoleException && m.Type != chromedp.ConsoleWarning && m.Type != chromedp.ConsoleDebug {
		return
	}
	for _, part := range w.accepted {
		if strings.Contains(m.Text, part) {
			return
		}
	}
	w.t.Errorf("the console says %s: %s (%s)", m.Type, m.Text, m.URL)
}

// accept has the console say this.
func (w *window) accept(parts ...string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.accepted = append(w.accepted, parts...)
}

func (w *window) do(steps ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		w.t.Fatal(err)
	}
}

// eval gives the value of an expression as text.
func (w *window) eval(expression string) string {
	w.t.Helper()
	value, err := w.try(expression)
	if err != nil {
		w.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

func (w *window) try(expression string) (string, error) {
	ctx, cancel := context.WithTimeout(w.ctx, 10*time.Second)
	defer cancel()
	await := func(p *runtime.EvaluateParams) { yes := true; p.AwaitPromise = &yes }
	return chromedp.Run(ctx, chromedp.Evaluate[string]("(async () => String(await ("+expression+")))()", await))
}

// becomes waits until an expression has a value, on whatever page the tab is by then.
func (w *window) becomes(expression, want string) {
	w.t.Helper()
	var got string
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		value, err := w.try(expression)
		if err == nil && value == want {
			return
		}
		if got = value; err != nil {
			got = err.Error()
		}
	}
	w.t.Fatalf("%s is %q, want %q", expression, got, want)
}

// stays fails if an expression has another value than it should, now and after a while.
func (w *window) stays(expression, want string) {
	w.t.Helper()
	for range 10 {
		if got := w.eval(expression); got != want {
			w.t.Fatalf("%s is %q, want %q", expression, got, want)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// listens waits until the tab is connected.
func (w *window) listens() {
	w.t.Helper()
	w.becomes(`document.readyState`, "complete")
	w.becomes(`!!document.querySelector("candor-preview")`, "true")
}

// mark puts something into the page that a reload loses.
func (w *window) mark() { w.t.Helper(); w.eval(`window.marked = "yes"`) }

// marked tells whether the page is still the one that was marked.
func (w *window) marked(want bool) {
	w.t.Helper()
	if got := w.eval(`window.marked === "yes"`); got != fmt.Sprint(want) {
		w.t.Errorf("the page is the same: %s, want %v", got, want)
	}
}

// Package browser opens pages in a real browser, for tests and the benchmark.
//
// In come addresses and expressions; out come what a page says, and failed tests. One browser is shared by all tests of a package, each of which has
// tabs of its own; a test that cannot have one says that it was skipped. CANDOR_BROWSER names the browser, and who names one wants no test passed over; "none" passes over all of them.
// Nothing of the product imports this.
package browser

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// errNone says that this machine has no browser, errUnwanted that none is to be used.
var (
	errNone     = errors.New("no browser: neither CANDOR_BROWSER nor chromium is there")
	errUnwanted = errors.New("no browser: CANDOR_BROWSER is none")
)

// Start starts a browser with one tab, and gives what ends it. The options are added to those that every browser here has.
func Start(options ...chromedp.ExecAllocatorOption) (ctx context.Context, end func(), err error) {
	path, err := find()
	if err != nil {
		return nil, nil, err
	}
	all := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("headless", "new"), chromedp.Flag("disable-quic", true))
	all = append(all, options...)
	for range 4 { // it crashes now and then before it has begun
		allocated, stop := chromedp.NewExecAllocator(context.Background(), all...)
		ctx, cancel := chromedp.NewContext(allocated)
		if err = chromedp.Do(ctx); err == nil {
			return ctx, func() { cancel(); stop() }, nil
		}
		cancel()
		stop()
	}
	return nil, nil, err
}

func find() (string, error) {
	switch named := os.Getenv("CANDOR_BROWSER"); named {
	case "":
	case "none":
		return "", errUnwanted
	default:
		return exec.LookPath(named)
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errNone
}

var shared struct {
	sync.Once
	ctx context.Context
	end func()
	err error
}

// Main runs the tests of a package and ends their browser: func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }.
func Main(m *testing.M) int {
	code := m.Run()
	if shared.end != nil {
		shared.end()
	}
	return code
}

// Of gives the browser of the package's tests, for Open.
func Of(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes seconds to start")
	}
	shared.Do(func() { shared.ctx, shared.end, shared.err = Start() })
	if errors.Is(shared.err, errNone) || errors.Is(shared.err, errUnwanted) {
		t.Skip(shared.err)
	}
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return shared.ctx
}

// Tab gives an empty tab of 1,000 by 700 pixels, and has the test fail on whatever its console complains of that is not expected: exceptions, files that are
// not there, and what the Content-Security-Policy stopped.
func Tab(t *testing.T, ctx context.Context, expected ...string) context.Context {
	t.Helper()
	ctx, cancel := chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	Do(t, ctx, chromedp.EmulateViewport(1000, 700))
	messages := chromedp.Console(ctx)
	go func() {
		for m, err := range messages {
			if err != nil {
				return
			}
			known := slices.ContainsFunc(expected, func(part string) bool { return strings.Contains(m.Text, part) })
			if !known && (m.IsException() || m.Type == "error" || m.Type == "warning") {
				t.Errorf("the console says: %s", m.Text)
			}
		}
	}()
	return ctx
}

// Open opens a page in a Tab of its own.
func Open(t *testing.T, ctx context.Context, url string, expected ...string) context.Context {
	t.Helper()
	ctx = Tab(t, ctx, expected...)
	Do(t, ctx, chromedp.Navigate(url))
	return ctx
}

// Do does something in a page.
func Do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// Eval gives what an expression is in a page. A promise is awaited.
func Eval[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// Await waits until an expression is true; a page may be on its way to another meanwhile.
func Await(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+expression+")")); err == nil && ok {
			return
		}
	}
	html, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`location + "\n" + document.documentElement.outerHTML.slice(0, 20000)`))
	t.Fatalf("never came true: %s\n%s", expression, html)
}

// PDF gives a page as the browser prints it on A4 paper: with the style's own margins, and no words that are not the page's.
func PDF(t *testing.T, ctx context.Context) []byte {
	t.Helper()
	data, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

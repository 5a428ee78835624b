package preview_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"candor/generator/diag"
	"candor/generator/output"
	"candor/generator/preview"
	"candor/generator/watch"

	"github.com/coder/websocket"
)

// A bench is a preview whose builds a test ends one by one.
type bench struct {
	t       *testing.T
	server  *httptest.Server
	changes chan watch.Change
	asked   chan asked
	told    chan error
	again   chan time.Time
	day     chan string
}

// An asked is a build that waits for the test to end it.
type asked struct {
	preview.Request
	ctx context.Context
	end chan func() (preview.Outcome, error)
}

// build hands a build to the test. Like every Builder it ends when it is called off.
func (b *bench) build(ctx context.Context, r preview.Request) (preview.Outcome, error) {
	a := asked{r, ctx, make(chan func() (preview.Outcome, error))}
	b.asked <- a
	select {
	case end := <-a.end:
		return end()
	case <-ctx.Done():
		return preview.Outcome{}, ctx.Err()
	}
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{t: t, changes: make(chan watch.Change), asked: make(chan asked), told: make(chan error, 100), again: make(chan time.Time), day: make(chan string, 1)}
	today := "2026-11-23"
	p := preview.New(preview.Options{Build: b.build, Changes: b.changes, Base: func() string { return "" }, Again: b.again,
		Tell: func(_ preview.Request, _ preview.Outcome, err error) { b.told <- err },
		Today: func() string {
			select {
			case today = <-b.day:
			default:
			}
			return today
		}})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); p.Run(ctx) }()
	b.server = httptest.NewServer(p.Handler())
	t.Cleanup(func() {
		cancel()
		<-done
		b.server.CloseClientConnections()
		b.server.Close()
	})
	return b
}

// next gives the build that is asked for next.
func (b *bench) next() asked {
	b.t.Helper()
	return within(b.t, b.asked, "no build was asked for")
}

// within gives what comes on a channel.
func within[T any](t *testing.T, c <-chan T, otherwise string) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(5 * time.Second):
		t.Fatal(otherwise)
		panic("unreachable")
	}
}

// done ends a build.
func (b *bench) done(a asked, out preview.Outcome, err error) {
	b.t.Helper()
	a.end <- func() (preview.Outcome, error) { return out, err }
	within(b.t, b.told, "nothing was told of a build")
}

// memory makes a site of one page.
func memory(t *testing.T, text string) *output.Memory {
	t.Helper()
	m := &output.Memory{}
	if err := m.Put("a/index.html", []byte(text)); err != nil {
		t.Fatal(err)
	}
	return m
}

// A listener is a tab without a browser.
type listener struct {
	t    *testing.T
	conn *websocket.Conn
}

func (b *bench) listen(sum string) listener {
	b.t.Helper()
	conn, _, err := websocket.Dial(b.t.Context(), "ws"+strings.TrimPrefix(b.server.URL, "http")+"/_candor/channel", nil)
	if err != nil {
		b.t.Fatal(err)
	}
	conn.SetReadLimit(10 << 20)
	b.t.Cleanup(func() { conn.CloseNow() })
	hello, err := json.Marshal(map[string]string{"file": "a/index.html", "sum": sum})
	if err != nil {
		b.t.Fatal(err)
	}
	if err := conn.Write(b.t.Context(), websocket.MessageText, hello); err != nil {
		b.t.Fatal(err)
	}
	return listener{b.t, conn}
}

// hears gives the next order of a kind.
func (l listener) hears(kind string) map[string]any {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.t.Context(), 5*time.Second)
	defer cancel()
	for {
		_, data, err := l.conn.Read(ctx)
		if err != nil {
			l.t.Fatalf("no %q: %v", kind, err)
		}
		var order map[string]any
		if err := json.Unmarshal(data, &order); err != nil {
			l.t.Fatal(err)
		}
		if order["kind"] == kind {
			return order
		}
	}
}

// TestWhatCameEarlyIsTakenBack has a gap on another page stop a build whose first pages were shown.
func TestWhatCameEarlyIsTakenBack(t *testing.T) {
	b := newBench(t)
	first := b.next()
	if !first.Change.All {
		t.Error("the first build is not of everything")
	}
	b.done(first, preview.Outcome{Site: memory(t, "good")}, nil)
	tab := b.listen("")
	tab.hears("load")
	b.changes <- watch.Change{Paths: []string{"content/a.md"}}
	build := b.next()
	if !slices.Equal(build.First, []string{"a/index.html"}) || build.Change.All || !slices.Equal(build.Change.Paths, []string{"content/a.md"}) {
		t.Errorf("asked for %+v", build.Request)
	}
	build.Early(memory(t, "leaky"))
	if got := tab.hears("page")["html"]; got != "leaky" {
		t.Errorf("early came %q", got)
	}
	gap := finding("content/b.md", "secret\n", "secret", "leaks")
	b.done(build, preview.Outcome{Findings: []diag.Finding{gap}}, nil)
	if got := tab.hears("page")["html"]; got != "good" {
		t.Errorf("the last good page is %q", got)
	}
	report := tab.hears("report")
	if report["stopped"] != true || len(report["findings"].([]any)) != 1 {
		t.Errorf("reported was %v", report)
	}
}

// TestAChangeMeanwhile calls off what is left of a build once its first pages were shown, and has the next one begin at once, with all that changed.
func TestAChangeMeanwhile(t *testing.T) {
	b := newBench(t)
	b.done(b.next(), preview.Outcome{Site: memory(t, "0")}, nil)
	b.changes <- watch.Change{Paths: []string{"content/a.md"}}
	build := b.next()
	b.changes <- watch.Change{Paths: []string{"content/c.md"}}
	b.changes <- watch.Change{Paths: []string{"content/b.md", "content/c.md"}}
	if build.ctx.Err() != nil {
		t.Error("a build was called off before it showed anything")
	}
	build.Early(memory(t, "1"))
	within(t, build.ctx.Done(), "the rest was not called off")
	if err := within(t, b.told, "nothing was told"); !errors.Is(err, context.Canceled) {
		t.Errorf("told was %v", err)
	}
	next := b.next()
	if got := next.Change.Paths; !slices.Equal(got, []string{"content/b.md", "content/c.md"}) {
		t.Errorf("the next build is told of %q", got)
	}
	b.done(next, preview.Outcome{Site: memory(t, "2")}, nil)
	tab := b.listen("")
	tab.hears("load")
	b.changes <- watch.Change{All: true}
	b.done(b.next(), preview.Outcome{Site: memory(t, "3")}, nil)
	if got := tab.hears("page")["html"]; got != "3" {
		t.Errorf("shown is %q", got)
	}
}

// TestTroubleEndsNothing has builds fall over and fail; the site stays, and the next change is built.
func TestTroubleEndsNothing(t *testing.T) {
	b := newBench(t)
	b.done(b.next(), preview.Outcome{Site: memory(t, "good")}, nil)
	tab := b.listen("")
	tab.hears("load")
	tab.hears("report")
	b.changes <- watch.Change{Paths: []string{"content/a.md"}}
	build := b.next()
	build.end <- func() (preview.Outcome, error) { panic("rule SUB01 stumbled") }
	if got := tab.hears("report")["trouble"]; !strings.Contains(fmt.Sprint(got), "rule SUB01 stumbled") {
		t.Errorf("reported was %v", got)
	}
	within(t, b.told, "nothing was told")
	b.changes <- watch.Change{Paths: []string{"content/a.md"}}
	b.done(b.next(), preview.Outcome{}, errors.New("the disk is gone"))
	if got := tab.hears("report")["trouble"]; got != "the disk is gone" {
		t.Errorf("reported was %v", got)
	}
	b.changes <- watch.Change{Paths: []string{"content/a.md"}}
	b.done(b.next(), preview.Outcome{Site: memory(t, "mended")}, nil)
	if got := tab.hears("page")["html"]; got != "mended" {
		t.Errorf("shown is %q", got)
	}
	if report := tab.hears("report"); report["trouble"] != nil || report["stopped"] != false {
		t.Errorf("reported was %v", report)
	}
}

func TestAnotherDayBuildsAgain(t *testing.T) {
	b := newBench(t)
	b.done(b.next(), preview.Outcome{Site: memory(t, "1")}, nil)
	b.again <- time.Time{}
	select {
	case <-b.asked:
		t.Fatal("the same day was built again")
	case <-time.After(50 * time.Millisecond):
	}
	b.day <- "2026-11-24"
	b.again <- time.Time{}
	if build := b.next(); !build.Change.All {
		t.Error("another day has not all built again")
	} else {
		b.done(build, preview.Outcome{Site: memory(t, "2")}, nil)
	}
}

// TestATabThatDoesNotListen takes nothing off its channel, while the site changes and another tab looks on.
func TestATabThatDoesNotListen(t *testing.T) {
	b := newBench(t)
	b.done(b.next(), preview.Outcome{Site: memory(t, "0")}, nil)
	b.listen("")
	tab := b.listen("")
	tab.hears("load")
	page := strings.Repeat("<p>words</p>", 20_000)
	for n := range 30 {
		b.changes <- watch.Change{Paths: []string{"content/a.md"}}
		b.done(b.next(), preview.Outcome{Site: memory(t, fmt.Sprint(n, page))}, nil)
		if html := tab.hears("page")["html"].(string); !strings.HasPrefix(html, fmt.Sprint(n)) {
			t.Fatalf("page %d begins with %.20s", n, html)
		}
	}
}

// TestTheFrontPageComesFirst has the front page served while the rest of the first build is under way, and every other page when it is there.
func TestTheFrontPageComesFirst(t *testing.T) {
	goOn := make(chan struct{})
	build := func(_ context.Context, r preview.Request) (preview.Outcome, error) {
		m := &output.Memory{}
		if !slices.Contains(r.First, "index.html") {
			t.Errorf("first are %q", r.First)
		}
		m.Put("index.html", []byte("<body>the front</body>"))
		m.Put("assets/site.00000001.css", []byte("a{}"))
		r.Early(m)
		<-goOn
		m.Put("policies/index.html", []byte("<body>policies</body>"))
		return preview.Outcome{Site: m}, nil
	}
	p := preview.New(preview.Options{Build: build, Changes: make(chan watch.Change), Today: func() string { return "" }, Base: func() string { return "" }})
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() { p.Run(ctx) })
	server := httptest.NewServer(p.Handler())
	get := func(address string) string {
		r, err := http.Get(server.URL + address)
		if err != nil {
			t.Error(err)
			return ""
		}
		defer r.Body.Close()
		data, _ := io.ReadAll(r.Body)
		return string(data)
	}
	<-p.Ready()
	if page := get("/"); !strings.Contains(page, "the front") {
		t.Errorf("the front page is %q", page)
	}
	if style := get("/assets/site.00000001.css"); style != "a{}" {
		t.Errorf("its style is %q", style)
	}
	later := make(chan string)
	go func() { later <- get("/policies/") }()
	select {
	case page := <-later:
		t.Errorf("a page that is not there yet is %q", page)
	case <-time.After(50 * time.Millisecond):
	}
	close(goOn)
	if page := <-later; !strings.Contains(page, "policies") {
		t.Errorf("when it is there it is %q", page)
	}
	server.Close()
	cancel()
	wg.Wait()
}

// TestTypingWithoutAPause changes something during every build: now and then one is let come to its end.
func TestTypingWithoutAPause(t *testing.T) {
	b := newBench(t)
	b.done(b.next(), preview.Outcome{Site: memory(t, "0")}, nil)
	b.changes <- watch.Change{Paths: []string{"content/a.md"}}
	for range 50 {
		build := b.next()
		b.changes <- watch.Change{Paths: []string{"content/a.md"}}
		build.Early(memory(t, "1"))
		select {
		case <-build.ctx.Done():
			within(t, b.told, "nothing was told")
		case <-time.After(200 * time.Millisecond):
			b.done(build, preview.Outcome{Site: memory(t, "2")}, nil)
			b.done(b.next(), preview.Outcome{Site: memory(t, "3")}, nil)
			return
		}
	}
	t.Error("50 builds in a row were called off")
}

// TestWhatTroubleMissedIsReadAgain has a build end in trouble: nobody knows whether it read what it was told of, so the next one reads everything.
func TestWhatTroubleMissedIsReadAgain(t *testing.T) {
	b := newBench(t)
	b.done(b.next(), preview.Outcome{Site: memory(t, "0")}, nil)
	b.changes <- watch.Change{Paths: []string{"content/a.md"}}
	b.done(b.next(), preview.Outcome{}, errors.New("the disk is gone"))
	b.changes <- watch.Change{Paths: []string{"content/b.md"}}
	next := b.next()
	if !next.Change.All {
		t.Errorf("after trouble the next build is told of %q alone", next.Change.Paths)
	}
	b.done(next, preview.Outcome{Site: memory(t, "1")}, nil)
	b.changes <- watch.Change{Paths: []string{"content/c.md"}}
	next = b.next()
	if next.Change.All {
		t.Error("when that has gone well, everything is read again")
	}
	b.done(next, preview.Outcome{Site: memory(t, "2")}, nil)
}

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// A served site is a fresh starter whose preview runs within the test.
type served struct {
	t    *testing.T
	dir  string
	said *lines
	url  string
	stop func() int // gives the exit code
}

// lines takes what a command says.
type lines struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.String()
}

// preview starts `candor serve` on a fresh starter.
func serveStarter(t *testing.T, args ...string) *served {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	s := &served{t: t, dir: filepath.Join(t.TempDir(), "site"), said: &lines{}}
	a := &app{stdout: io.Discard, stderr: io.Discard, now: time.Now, getenv: os.Getenv}
	if code := a.run(t.Context(), []string{"new", "--on", "2026-11-23", s.dir}); code != exitOK {
		t.Fatalf("candor new ends with %d", code)
	}
	s.start(args...)
	return s
}

func (s *served) start(args ...string) {
	s.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	a := &app{stdout: io.Discard, stderr: s.said, now: time.Now, getenv: os.Getenv}
	ended := make(chan int, 1)
	go func() {
		ended <- a.run(ctx, append([]string{"-C", s.dir, "serve", "--addr", "127.0.0.1:0", "--on", "2026-11-23", "--no-diagrams"}, args...))
	}()
	s.stop = sync.OnceValue(func() int {
		cancel()
		select {
		case code := <-ended:
			return code
		case <-time.After(5 * time.Second):
			s.t.Error("the preview does not end")
			return -1
		}
	})
	s.t.Cleanup(func() { s.stop() })
	s.url = s.awaitSaid(`(http://\S+) shows the site`)[1]
}

// awaitSaid waits until something was said, and gives what the pattern took of it.
func (s *served) awaitSaid(pattern string) []string {
	s.t.Helper()
	re := regexp.MustCompile(pattern)
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if m := re.FindStringSubmatch(s.said.String()); m != nil {
			return m
		}
	}
	s.t.Fatalf("never said: %s\n%s", pattern, s.said)
	return nil
}

func (s *served) get(address string) (int, string) {
	s.t.Helper()
	r, err := http.Get(s.url + strings.TrimPrefix(address, "/"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return r.StatusCode, string(data)
}

// awaitPage waits until a page holds a text.
func (s *served) awaitPage(address, text string) {
	s.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if _, page := s.get(address); strings.Contains(page, text) {
			return
		}
	}
	s.t.Fatalf("%s never says %q; said was\n%s", address, text, s.said)
}

// edit puts one text in the place of another in a file of the site, saving as editors do: beside it, then renamed.
func (s *served) edit(name, old, text string) {
	s.t.Helper()
	path := filepath.Join(s.dir, name)
	data, err := os.ReadFile(path)
	if err != nil {
		s.t.Fatal(err)
	}
	if !bytes.Contains(data, []byte(old)) {
		s.t.Fatalf("%s does not say %q", name, old)
	}
	if err := os.WriteFile(path+"~", bytes.Replace(data, []byte(old), []byte(text), 1), 0o644); err != nil {
		s.t.Fatal(err)
	}
	if err := os.Rename(path+"~", path); err != nil {
		s.t.Fatal(err)
	}
}

func TestServeShowsWhatIsWritten(t *testing.T) {
	s := serveStarter(t)
	if code, page := s.get("/policies/encryption/"); code != 200 || !strings.Contains(page, "Encryption policy") || !strings.Contains(page, "/_candor/client.js") {
		t.Errorf("%d %s", code, page)
	}
	s.edit("content/subprocessors/openai.yaml", "purpose: Generates", "purpose: Daily generates")
	s.awaitPage("/subprocessors/", "Daily generates")

	// An approved text that is being written is shown, with a warning.
	s.edit("content/policies/encryption.md", "\n## ", "\nA sentence that is new.\n\n## ")
	s.awaitPage("/policies/encryption/", "A sentence that is new.")
	s.awaitSaid(`encryption\.md:\d+:\d+: warning: .*\[POL03\]`)

	// A gap leaves the last good site, and is told once.
	s.edit("content/subprocessors/openai.yaml", "summary:", "sumary:")
	s.awaitSaid(`no key "sumary" here \[SCH01\]`)
	s.awaitSaid(`openai\.yaml: not shown: 1 error, 1 warning`)
	s.awaitPage("/subprocessors/", "Daily generates")
	s.edit("content/subprocessors/openai.yaml", "purpose: Daily", "purpose: Hourly")
	s.awaitSaid(`(?s)not shown.*not shown`)
	if n := strings.Count(s.said.String(), `no key "sumary"`); n != 1 {
		t.Errorf("a gap that stayed was told %d times", n)
	}
	s.edit("content/subprocessors/openai.yaml", "sumary:", "summary:")
	s.awaitPage("/subprocessors/", "Hourly generates")
	s.awaitSaid(`1 mended`)

	// New and removed files, and the site's own theme.
	data, err := os.ReadFile(filepath.Join(s.dir, "content/updates", first(t, filepath.Join(s.dir, "content/updates"))))
	if err != nil {
		t.Fatal(err)
	}
	added := filepath.Join(s.dir, "content/updates/preview-news.md")
	if err := os.WriteFile(added, regexp.MustCompile(`(?m)^title: .*$`).ReplaceAll(data, []byte("title: News of a preview")), 0o644); err != nil {
		t.Fatal(err)
	}
	s.awaitPage("/updates/", "News of a preview")
	if err := os.Remove(added); err != nil {
		t.Fatal(err)
	}
	s.awaitGone("/updates/", "News of a preview")
	if err := os.MkdirAll(filepath.Join(s.dir, "themes/site/layout"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.dir, "themes/site/layout/crumbs.html"), []byte("<p>Own crumbs</p>"), 0o644); err != nil {
		t.Fatal(err)
	}
	s.awaitPage("/policies/", "Own crumbs")
	if err := os.WriteFile(filepath.Join(s.dir, "themes/site/layout/crumbs.html"), []byte("<p>{{.Nonsense}}</p>"), 0o644); err != nil {
		t.Fatal(err)
	}
	s.awaitSaid(`crumbs\.html`)
	s.awaitPage("/policies/", "Own crumbs")
	if err := os.RemoveAll(filepath.Join(s.dir, "themes")); err != nil {
		t.Fatal(err)
	}
	s.awaitGone("/policies/", "Own crumbs")

	if _, err := os.Stat(filepath.Join(s.dir, "public")); err == nil {
		t.Error("a preview wrote into public/")
	}
	began := time.Now()
	if code := s.stop(); code != exitOK {
		t.Errorf("the preview ends with %d", code)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("it took %v to end", took)
	}
}

func (s *served) awaitGone(address, text string) {
	s.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if _, page := s.get(address); !strings.Contains(page, text) {
			return
		}
	}
	s.t.Fatalf("%s still says %q; said was\n%s", address, text, s.said)
}

func first(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) == 0 {
		t.Fatal(folder, err)
	}
	return entries[0].Name()
}

// TestServeTakesABurstAsOne writes 500 files at once, as checking out a branch does.
func TestServeTakesABurstAsOne(t *testing.T) {
	s := serveStarter(t)
	before := strings.Count(s.said.String(), " in ")
	for i := range 500 {
		text := fmt.Sprintf("---\ntitle: Update %d\ndate: 2026-11-01\nkind: news\nsummary: One of many.\n---\nWords.\n", i)
		if err := os.WriteFile(filepath.Join(s.dir, fmt.Sprintf("content/updates/burst-%d.md", i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s.awaitPage("/updates/", "Update 499")
	time.Sleep(300 * time.Millisecond)
	if n := strings.Count(s.said.String(), " in ") - before; n > 2 {
		t.Errorf("500 files were %d builds:\n%s", n, s.said)
	}
}

func TestServeBelowAPath(t *testing.T) {
	s := serveStarter(t, "--base-url", "https://x.example/trust")
	if !strings.HasSuffix(s.url, "/trust/") {
		t.Errorf("the address is %s", s.url)
	}
	if code, _ := s.get("policies/"); code != 200 {
		t.Errorf("below the path: %d", code)
	}
	root := strings.TrimSuffix(s.url, "trust/")
	r, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Get(root)
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode != http.StatusFound || r.Header.Get("Location") != "/trust/" {
		t.Errorf("the root answers %d %s", r.StatusCode, r.Header.Get("Location"))
	}
}

func TestServeTakesTheNextPort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	said := &lines{}
	a := &app{stderr: said}
	listener, err := a.listen(taken.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	if listener.Addr().String() == taken.Addr().String() || !strings.Contains(said.String(), "in use") {
		t.Errorf("listens at %s, and said %q", listener.Addr(), said)
	}
	for addr, want := range map[string]string{"127.0.0.1:http": "no port", "a:b:c": "no address", "127.0.0.1:70000": "no port", "203.0.113.1:8017": "cannot serve"} {
		if _, err := a.listen(addr); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", addr, err)
		}
	}
	said.all.Reset()
	open, err := a.listen("0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	open.Close()
	if !strings.Contains(said.String(), "can be read by everybody") {
		t.Errorf("bound to every address it said %q", said)
	}
}

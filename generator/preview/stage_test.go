package preview_test

import (
	"context"
	"maps"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"candor/generator/diag"
	"candor/generator/output"
	"candor/generator/preview"
	"candor/generator/source"
	"candor/generator/watch"
)

// A stage is a preview of a site that tests write by hand, served on loopback.
type stage struct {
	t    *testing.T
	addr string

	mu       sync.Mutex
	site     map[string]string
	findings []diag.Finding
	stopped  bool

	exceptions []diag.Exception

	preview *preview.Preview
	changes chan watch.Change
	end     func()
	base    atomic.Pointer[string] // path that the site is served below
}

func newStage(t *testing.T, site map[string]string, findings ...diag.Finding) *stage {
	t.Helper()
	s := &stage{t: t, site: site, findings: findings, stopped: len(findings) > 0}
	s.start()
	t.Cleanup(func() { s.stop() })
	return s
}

// start serves, at the same address as before if it was served before.
func (s *stage) start() {
	s.t.Helper()
	addr := s.addr
	if addr == "" {
		addr = "127.0.0.1:0"
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		s.t.Fatal(err)
	}
	s.addr = listener.Addr().String()
	s.changes = make(chan watch.Change, 1000)
	ctx, cancel := context.WithCancel(context.Background())
	editor, err := preview.EditorOf("vscode")
	if err != nil {
		s.t.Fatal(err)
	}
	s.preview = preview.New(preview.Options{Build: s.build, Changes: s.changes, Today: func() string { return "2026-11-23" }, Base: s.below,
		Editor: editor, Root: "/a site", Hosts: []string{"mara.lan"}})
	server := &http.Server{Handler: s.preview.Handler(), BaseContext: func(net.Listener) context.Context { return ctx }}
	var wg sync.WaitGroup
	wg.Go(func() { server.Serve(listener) })
	wg.Go(func() { s.preview.Run(ctx) })
	s.end = sync.OnceFunc(func() {
		cancel()
		server.Close()
		wg.Wait()
	})
}

func (s *stage) below() string {
	if base := s.base.Load(); base != nil {
		return *base
	}
	return ""
}

func (s *stage) stop() { s.end() }

func (s *stage) url(address string) string { return "http://" + s.addr + address }

// change edits the site.
func (s *stage) change(edit func(map[string]string)) {
	s.mu.Lock()
	edit(s.site)
	s.mu.Unlock()
	s.changes <- watch.Change{Paths: []string{"content/x.md"}}
}

func (s *stage) put(path, text string) {
	s.change(func(site map[string]string) { site[path] = text })
}

// find has builds find something from now on, and stop for it or not.
func (s *stage) find(stopped bool, findings ...diag.Finding) {
	s.change(func(map[string]string) { s.findings, s.stopped = findings, stopped })
}

func (s *stage) build(ctx context.Context, r preview.Request) (preview.Outcome, error) {
	s.mu.Lock()
	site, out, stopped := maps.Clone(s.site), preview.Outcome{Findings: s.findings, Exceptions: s.exceptions}, s.stopped
	s.mu.Unlock()
	if stopped {
		return out, nil
	}
	m := &output.Memory{}
	put := func(match func(string) bool) {
		for path, text := range site {
			if match(path) {
				if err := m.Put(path, []byte(text)); err != nil {
					s.t.Error(err)
				}
			}
		}
	}
	first := map[string]bool{}
	for _, path := range r.First {
		first[path] = true
	}
	put(func(path string) bool { return first[path] || strings.HasPrefix(path, "assets/") })
	r.Early(m)
	select {
	case <-ctx.Done():
		return preview.Outcome{}, ctx.Err()
	case <-time.After(2 * time.Millisecond):
	}
	put(func(path string) bool { return !first[path] && !strings.HasPrefix(path, "assets/") })
	out.Site = m
	return out, nil
}

// finding makes one error about a value in a file of one line.
func finding(path, text, value, message string) diag.Finding {
	f := source.NewFile(path, []byte(text))
	at := strings.Index(text, value)
	return diag.Finding{Rule: "SUB01", Severity: diag.Error, At: f.Span(at, at+len(value)), Message: message, Hint: `did you mean "openai"?`}
}

func warning(path, text, value, message string) diag.Finding {
	f := finding(path, text, value, message)
	f.Severity = diag.Warning
	return f
}

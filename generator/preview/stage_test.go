package preview

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"net"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"candor/generator/diag"
	"candor/generator/output"
	"candor/generator/source"
	"candor/generator/watch"
)

// A stage is a preview of a site that a test holds in its hands, served at a real address.
type stage struct {
	t       *testing.T
	url     string // "http://127.0.0.1:40001"
	base    string
	preview *Preview
	changes chan watch.Change
	built   chan error // a value for each build that came to an end
	stop    func()

	mu    sync.Mutex
	files map[string]string
	next  Outcome                                                // what the next build comes to, beside the site
	fails error                                                  // what the next build ends with
	early func(ctx context.Context, r Request, m *output.Memory) // runs before a build comes to an end
}

// open has files on show.
func open(t *testing.T, base string, files map[string]string) *stage {
	t.Helper()
	s := &stage{t: t, base: base, files: maps.Clone(files)}
	s.start("127.0.0.1:0")
	t.Cleanup(func() { s.stop() })
	return s
}

// start starts a preview at an address, and waits for its first build.
func (s *stage) start(address string) {
	s.t.Helper()
	var listener net.Listener
	for try := 0; listener == nil; try++ {
		var err error
		if listener, err = net.Listen("tcp", address); err != nil {
			if try == 100 {
				s.t.Fatal(err)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	s.url = "http://" + listener.Addr().String()
	s.changes, s.built = make(chan watch.Change), make(chan error, 100)
	s.preview = New(Options{Build: s.build, Changes: s.changes, Today: func() string { return "2026-11-23" }, Base: func() string { return s.base },
		Tell: func(_ Request, _ Outcome, err error, _ bool) { s.built <- err }, Editor: "vscode://file{path}:{line}:{column}", Root: "/home/mara/a site"})
	ctx, cancel := context.WithCancel(context.Background())
	server := &http.Server{Handler: s.preview.Handler(), BaseContext: func(net.Listener) context.Context { return ctx }}
	var group sync.WaitGroup
	group.Go(func() { server.Serve(listener) })
	group.Go(func() { s.preview.Run(ctx) })
	s.stop = sync.OnceFunc(func() {
		cancel()
		server.Close()
		group.Wait()
	})
	<-s.built
	<-s.preview.Ready()
}

// build is the Builder.
func (s *stage) build(ctx context.Context, r Request) (Outcome, error) {
	s.mu.Lock()
	files, out, err, early := maps.Clone(s.files), s.next, s.fails, s.early
	s.mu.Unlock()
	memory := &output.Memory{}
	for _, path := range slices.Sorted(maps.Keys(files)) {
		if err := memory.Put(path, []byte(files[path])); err != nil {
			return Outcome{}, err
		}
	}
	if early != nil {
		early(ctx, r, memory)
	}
	if err == nil {
		err = ctx.Err()
	}
	out.Site, out.Pages = memory, len(files)
	if err != nil || diag.CountOf(out.Findings)[diag.Error] > 0 {
		out.Site = nil
	}
	return out, err
}

// put changes files of the site, "" takes one away, and waits until the build is done.
func (s *stage) put(files map[string]string) {
	s.t.Helper()
	s.mu.Lock()
	for path, text := range files {
		if s.files[path] = text; text == "" {
			delete(s.files, path)
		}
	}
	s.mu.Unlock()
	s.again()
}

// find has the next builds find something.
func (s *stage) find(findings ...diag.Finding) {
	s.t.Helper()
	s.mu.Lock()
	s.next.Findings, s.fails = findings, nil
	s.mu.Unlock()
	s.again()
}

// fail has the next builds end with an error of the machine's.
func (s *stage) fail(text string) {
	s.t.Helper()
	s.mu.Lock()
	s.fails = errors.New(text)
	s.mu.Unlock()
	s.again()
}

func (s *stage) again() {
	s.t.Helper()
	s.changes <- watch.Change{Paths: []string{"content/a.md"}}
	select {
	case <-s.built:
	case <-time.After(10 * time.Second):
		s.t.Fatal("no build came to an end")
	}
}

// gap gives a finding in a line of YAML with something of every width in it.
func gap(severity diag.Severity) diag.Finding {
	file := source.NewFile("content/flows/reply drafts.yaml", []byte("steps:\n  - {id: draft, title: 顧客の下書き, in: openia, model: gpt-4.1}\n"))
	at := func(text string) source.Span {
		i := bytes.Index(file.Data, []byte(text))
		return file.Span(i, i+len(text))
	}
	return diag.Finding{Rule: "SUB01", Severity: severity, At: at("openia"), Message: `step "draft" sends customer.content to "openia", which is no sub-processor`,
		Hint: `did you mean "openai"?`, Related: []diag.Related{{At: at("draft"), Text: "the step begins here"}}}
}

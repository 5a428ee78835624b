package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"candor/generator"
	"candor/generator/diag"
	"candor/generator/output"
	"candor/generator/preview"
	"candor/generator/source"
	"candor/generator/watch"

	"github.com/spf13/cobra"
)

// A serveFlags holds what decides on a preview besides what decides on the site.
type serveFlags struct {
	buildFlags
	addr, editor string
	hosts        []string
	open, bell   bool
	poll         time.Duration
}

const (
	defaultPort = "8017"
	usualPoll   = 300 * time.Millisecond
	portsTried  = 20
)

func (a *app) serveCommand() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Show the site in the browser while it is being written",
		Long: `Build the site into memory and show it; build it again whenever a file of content/ or themes/ changes,
and have the browser show what is new. Nothing is written into public/.

While the content has gaps, the last site without stays, and the gaps lie above it, each with its place;
a click opens the editor. Ctrl-C ends the preview.`,
		Args: arguments(0, 0, "candor serve"),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context(), f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.addr, "addr", "127.0.0.1:"+defaultPort, "serve at this `ADDRESS`; if its port is in use, at the next free one")
	flags.BoolVar(&f.open, "open", false, "open the browser")
	flags.StringVar(&f.editor, "editor", "vscode", "`NAME` of the editor that a click on a place opens ("+strings.Join(preview.EditorNames(), ", ")+"), or an address with {path}, {line} and {column}")
	flags.StringSliceVar(&f.hosts, "host", nil, "answer to this `NAME` too, beside localhost and addresses")
	flags.BoolVar(&f.bell, "bell", false, "ring the terminal's bell when a first error comes up")
	flags.DurationVar(&f.poll, "poll", 0, "look for changes this `OFTEN` instead of waiting to be told of them")
	flags.Lookup("poll").NoOptDefVal = usualPoll.String()
	flags.StringVar(&f.on, "on", "", "build as on this `DATE` (default today, UTC)")
	flags.StringVar(&f.baseURL, "base-url", "", "the `URL` of the site, in the place of base_url in site.yaml")
	flags.StringVar(&f.source, "source", "", sourceUsage)
	flags.StringVar(&f.theme, "theme", "", "use the theme in themes/`NAME` of the site folder")
	flags.BoolVar(&f.strict, "strict", false, "warnings stop a build too")
	flags.BoolVar(&f.noDiagrams, "no-diagrams", false, "show data flows as text alone")
	flags.BoolVar(&f.noCache, "no-cache", false, "take nothing from earlier builds, and keep nothing for later ones")
	return cmd
}

func (a *app) serve(ctx context.Context, f serveFlags) error {
	editor, err := preview.EditorOf(f.editor)
	if err != nil {
		return advice{err, "write one of " + strings.Join(preview.EditorNames(), ", ") + ", or an address like myeditor://open?file={path}&line={line}"}
	}
	in, done, err := a.input(f.buildFlags)
	if err != nil {
		return err
	}
	defer done()
	listener, err := a.listen(f.addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	if !f.noDiagrams {
		pool, err := a.pool(f.buildFlags)
		if err != nil {
			return err
		}
		defer pool.Close()
		in.Draw, in.Warm = pool.Draw, pool.Warm
	}
	root, err := filepath.Abs(a.dir)
	if err != nil {
		return fmt.Errorf("find %s: %w", shown(a.dir), err)
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	watcher, err := watch.Start(ctx, watch.Options{Root: root, Folders: watched(nil, f), Ignore: meansNothing, Poll: f.poll, Now: a.now,
		Say: func(n watch.Notice) { a.notice(n.Text, n.Hint) }})
	if err != nil {
		return err
	}
	s := &studio{app: a, flags: f, in: in, shop: &generator.Workshop{Store: a.store(f.buildFlags), Hold: true}, said: map[string]int{}}
	again := time.NewTicker(time.Minute)
	defer again.Stop()
	p := preview.New(preview.Options{Build: s.build, Changes: watcher.Changes(), Watch: func(folders []string) { watcher.SetFolders(watched(folders, f)) },
		Tell: s.tell, Again: again.C, Today: s.today, Base: s.base, Editor: editor, Root: root, Hosts: a.hosts(f, listener)})
	return a.present(ctx, p, listener, f, s)
}

// present serves until the context ends.
func (a *app) present(ctx context.Context, p *preview.Preview, listener net.Listener, f serveFlags, s *studio) error {
	server := &http.Server{Handler: p.Handler(), ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	built := make(chan struct{})
	go func() {
		defer close(built)
		p.Run(ctx)
	}()
	select {
	case <-p.Ready():
		address := "http://" + reachable(listener.Addr()) + s.base() + "/"
		a.say("%s shows the site; Ctrl-C ends it\n", address)
		if f.open {
			if err := a.browse(address); err != nil {
				a.notice(err.Error(), "open the address by hand")
			}
		}
	case <-ctx.Done():
	case err := <-failed:
		return fmt.Errorf("serve at %s: %w", listener.Addr(), err)
	}
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
		err = fmt.Errorf("serve at %s: %w", listener.Addr(), err)
	}
	server.Close() // tabs hold their channels open; there is nothing to wait for
	<-built
	return err
}

// watched gives the folders that a site depends on; code are those of source code that its flows name.
func watched(code []string, f serveFlags) []string {
	folders := []string{"content", "themes"}
	for _, folder := range code {
		if f.source != "" {
			folder = filepath.Join(f.source, filepath.FromSlash(folder))
			if !filepath.IsAbs(folder) {
				folder = filepath.ToSlash(folder)
			}
		}
		folders = append(folders, folder)
	}
	return folders
}

// meansNothing tells files and folders that no site depends on: what editors leave behind, and what package managers fill.
func meansNothing(name string) bool {
	return source.IsLitter(name) || name == "node_modules" || name == "vendor" || name == "venv" || name == "__pycache__" || name == "target"
}

// listen takes the address, or the next free port.
func (a *app) listen(addr string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		if host, port = addr, defaultPort; strings.Contains(addr, ":") && net.ParseIP(addr) == nil {
			return nil, advice{fmt.Errorf("--addr %q is no address", addr), "write a host and a port: --addr 127.0.0.1:" + defaultPort}
		}
	}
	number, err := strconv.Atoi(port)
	if err != nil || number < 0 || number > 65535 {
		return nil, advice{fmt.Errorf("--addr %q has no port", addr), "write a host and a port: --addr 127.0.0.1:" + defaultPort}
	}
	if host != "localhost" {
		if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
			a.notice(fmt.Sprintf("the preview can be read by everybody who reaches %s", net.JoinHostPort(host, port)), "content that is not published yet is in it; --addr 127.0.0.1:"+port+" keeps it on this machine")
		}
	}
	var first error
	for try := range portsTried {
		listener, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(number+try)))
		if err == nil {
			if try > 0 {
				a.say("port %d is in use, so this is another one\n", number)
			}
			return listener, nil
		}
		if first == nil {
			first = err
		}
		if number == 0 || number+try >= 65535 || !inUse(err) {
			break
		}
	}
	return nil, advice{fmt.Errorf("cannot serve at %s: %w", net.JoinHostPort(host, port), reason(first)), "name another address: --addr 127.0.0.1:0 takes any free port"}
}

// reason gives what lies at the bottom of an error of package net.
func reason(err error) error {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err
}

// reachable gives an address that a browser on this machine can open.
func reachable(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

// hosts gives the names that the preview answers to: those that were named, and this machine's when others may reach it.
func (a *app) hosts(f serveFlags, listener net.Listener) []string {
	var names []string
	for _, name := range f.hosts {
		names = append(names, strings.ToLower(name))
	}
	host, _, err := net.SplitHostPort(f.addr)
	if err == nil && net.ParseIP(host) == nil {
		names = append(names, strings.ToLower(host))
	}
	if tcp, ok := listener.Addr().(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
		if name, err := os.Hostname(); err == nil {
			names = append(names, strings.ToLower(name))
		}
	}
	return names
}

// browse opens an address in the browser that the system or BROWSER names.
func (a *app) browse(address string) error {
	name, args := "xdg-open", []string{address}
	switch {
	case a.getenv("BROWSER") != "":
		name = a.getenv("BROWSER")
	case runtime.GOOS == "darwin":
		name = "open"
	case runtime.GOOS == "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	cmd := exec.Command(name, args...)
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("no browser could be opened with %q", name)
	}
	go cmd.Wait()
	return nil
}

// notice says something that a person should know, with what to do.
func (a *app) notice(text, hint string) {
	a.say("candor: %s\n", text)
	if hint != "" {
		a.say("  hint: %s\n", hint)
	}
}

// A studio builds for a preview, and says on the terminal what came of it. build and tell are called by one goroutine each, in turn.
type studio struct {
	*app
	flags serveFlags
	in    generator.Input
	shop  *generator.Workshop
	last  *output.Memory // the last whole site
	began time.Time
	path  atomic.Pointer[string] // of the site's address
	said  map[string]int         // findings that were printed last, by how they read
	bad   bool                   // the last build was stopped
}

// build builds once more from what changed.
func (s *studio) build(ctx context.Context, r preview.Request) (preview.Outcome, error) {
	s.began = s.now()
	in := s.in
	in.Writing = true
	var err error
	if in.On, err = s.day(s.flags.on); err != nil {
		return preview.Outcome{}, err
	}
	if err := s.hasContent(in.Files); err != nil {
		return preview.Outcome{}, err
	}
	if in.Themes, err = layers(in.Files, s.flags.theme); err != nil {
		return preview.Outcome{}, err
	}
	site := &output.Memory{}
	if s.last != nil {
		site = s.last.Next()
	}
	early := func(baseURL string) {
		s.setBase(baseURL)
		r.Early(site)
	}
	report, err := s.shop.Build(ctx, in, generator.Step{All: r.Change.All, Changed: r.Change.Paths, First: r.First, Early: early}, site)
	s.setBase(report.BaseURL)
	out := preview.Outcome{Findings: report.Findings, Exceptions: report.Exceptions, Folders: report.Folders, Pages: report.Pages, Diagrams: report.Diagrams}
	if err != nil || report.Failed {
		return out, err
	}
	if s.shop.Store != nil { // what later builds of this run need, they have in memory
		s.shop.Store.Close(true)
		s.shop.Store = nil
	}
	site.Finish()
	s.last, out.Site = site, site
	return out, nil
}

// today gives the day that is built for.
func (s *studio) today() string {
	if s.flags.on != "" {
		return s.flags.on
	}
	return s.now().UTC().Format(time.DateOnly)
}

// base gives the path below which the site is served.
func (s *studio) base() string {
	if path := s.path.Load(); path != nil {
		return *path
	}
	return ""
}

// tell prints what is new.
func (s *studio) tell(r preview.Request, out preview.Outcome, err error, _ bool) {
	if errors.Is(err, context.Canceled) {
		return
	}
	took := s.now().Sub(s.began).Milliseconds()
	now := map[string]int{}
	var fresh []diag.Finding
	names := diag.Fingerprints(out.Findings)
	for i, f := range out.Findings {
		if now[names[i]]++; now[names[i]] > s.said[names[i]] {
			fresh = append(fresh, f)
		}
	}
	mended := 0
	for name, n := range s.said {
		mended += max(0, n-now[name])
	}
	s.said = now
	if err := diag.WriteText(s.stderr, fresh, s.style(s.terminal)); err != nil {
		return
	}
	stopped := err != nil || out.Site == nil
	if stopped && !s.bad && s.flags.bell {
		fmt.Fprint(s.stderr, "\a")
	}
	s.bad = stopped
	line := s.now().Format(time.TimeOnly) + " " + changed(r.Change) + ": "
	switch {
	case err != nil:
		s.complain(err)
		line += "not built"
	case out.Site == nil:
		line += "not shown: " + diag.CountOf(out.Findings).String()
	default:
		line += fmt.Sprintf("%s in %d ms", count(out.Pages, "page"), took)
		if len(out.Findings) > 0 {
			line += ", " + diag.CountOf(out.Findings).String()
		}
	}
	if mended > 0 {
		line += ", " + strconv.Itoa(mended) + " mended"
	}
	s.say("%s%s\n", line, excepted(out.Exceptions))
}

// changed says in a word what a build was made for.
func changed(c watch.Change) string {
	switch {
	case c.All || len(c.Paths) == 0:
		return "all"
	case len(c.Paths) == 1:
		return c.Paths[0]
	}
	return fmt.Sprintf("%s and %d more", c.Paths[0], len(c.Paths)-1)
}

// setBase notes the path of the site's address.
func (s *studio) setBase(address string) {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		path := strings.TrimRight(u.Path, "/")
		s.path.Store(&path)
	}
}

func inUse(err error) bool { return errors.Is(err, syscall.EADDRINUSE) }

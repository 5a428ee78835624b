package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"candor/generator"
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
	flags.StringVar(&f.theme, "theme", "", themeUsage)
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
	defer func() { s.shop.Store.Close(false) }() // of a site that never was without gaps
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

// notice says something that a person should know, with what to do.
func (a *app) notice(text, hint string) {
	a.say("candor: %s\n", text)
	if hint != "" {
		a.say("  hint: %s\n", hint)
	}
}

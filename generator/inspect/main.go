// Command inspect looks at built sites as their readers, their browsers and the checkers of the trade do, and says what is wrong with them.
//
// In come folders of built sites, each with a name: inspect starter=public; out come a table of what was looked at and each failure as
//
//	starter/answers/: axe: what is wrong, where (selector); hint
//
// It exits with 1 where there is one. Each site is served on loopback as a real host serves it, with the headers of generator/hosting. What looks is a browser driven by the
// scripts in looks, with axe-core, Lighthouse and linkinator, and beside it the Nu HTML checker; package.json pins them, and they are kept in a folder of their own
// outside the repository. It needs node, npm, java and a browser: chromium, or what CANDOR_BROWSER names.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() {
	var o order
	flag.Func("sample", "`NAME=FOLDER` of a site of which some pages are looked at: of each kind the one with the most text and the one with the longest word", func(s string) error { return o.add(s, true) })
	flag.Func("only", "have the browser alone look, at pages whose paths this `REGEXP` matches", func(s string) (err error) {
		o.only, err = regexp.Compile(s)
		return err
	})
	flag.IntVar(&o.tabs, "tabs", 2, "pages that are looked at side by side, each by a browser of its own")
	flag.BoolVar(&o.quick, "quick", false, "without Lighthouse")
	limit := flag.Duration("timeout", 40*time.Minute, "give up after this `TIME`")
	flag.StringVar(&o.cache, "cache", "", "the `FOLDER` that the checkers are kept in (default: candor-ci in the user's cache)")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	o.progress = os.Stderr
	ctx, end := context.WithTimeoutCause(ctx, *limit, fmt.Errorf("not done after %v; look at fewer sites, or give more time with -timeout", *limit))
	failures, err := run(ctx, &o, flag.Args(), os.Stdout)
	if err != nil && ctx.Err() != nil {
		err = context.Cause(ctx) // not what the checkers said when they were ended
	}
	end()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "inspect:", err)
		os.Exit(2)
	}
	if failures > 0 {
		os.Exit(1)
	}
}

// An order is what to look at.
type order struct {
	sites   []*site
	tabs    int
	quick   bool
	only    *regexp.Regexp // of the paths of pages; nil for all
	cache   string
	browser string
	// progress is where is written what is being done, a line at a time.
	progress io.Writer
}

// add takes a site in the form NAME=FOLDER.
func (o *order) add(given string, sample bool) error {
	name, dir, ok := strings.Cut(given, "=")
	if !ok || name == "" || dir == "" {
		return fmt.Errorf("%q is no site: give NAME=FOLDER, as in starter=public", given)
	}
	s, err := readSite(name, dir, sample)
	if err != nil {
		return err
	}
	if o.only != nil {
		s.Pages = slices.DeleteFunc(s.Pages, func(p page) bool { return !o.only.MatchString(p.Path) })
	}
	o.sites = append(o.sites, s)
	return nil
}

// run looks at the sites, prints what it saw, and gives how many failures there were.
func run(ctx context.Context, o *order, sites []string, out io.Writer) (int, error) {
	begun := time.Now()
	r, err := o.report(ctx, sites)
	if r == nil {
		return 0, err
	}
	if err != nil { // what was seen until then is told all the same
		r.print(out, o.sites, time.Since(begun))
		return 0, err
	}
	r.print(out, o.sites, time.Since(begun))
	return len(r.failures), nil
}

// report looks at the sites, those given as NAME=FOLDER and those that the order has already.
func (o *order) report(ctx context.Context, sites []string) (*report, error) {
	for _, given := range sites {
		if err := o.add(given, false); err != nil {
			return nil, err
		}
	}
	if len(o.sites) == 0 {
		return nil, errors.New("no site is named: give NAME=FOLDER, as in starter=public")
	}
	if err := o.findBrowser(); err != nil {
		return nil, err
	}
	tools, err := install(ctx, o.cache)
	if err != nil {
		return nil, err
	}
	axe, err := os.ReadFile(filepath.Join(tools.dir, "node_modules/axe-core/axe.min.js"))
	if err != nil {
		return nil, err
	}
	for _, s := range o.sites {
		defer s.serve(axe)()
	}
	r := &report{progress: o.progress, begun: time.Now()}
	return r, o.look(ctx, tools, r)
}

// errNoBrowser says that this machine has no browser.
var errNoBrowser = errors.New("no browser")

func (o *order) findBrowser() error {
	names := []string{"chromium", "chromium-browser", "google-chrome"}
	if named := os.Getenv("CANDOR_BROWSER"); named != "" {
		names = []string{named}
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			o.browser = path
			return nil
		}
	}
	return fmt.Errorf("%w: %s is not there; install chromium, or name one in CANDOR_BROWSER", errNoBrowser, strings.Join(names, ", "))
}

// cacheFolder gives where the checkers are kept.
func cacheFolder(given string) (string, error) {
	if given != "" {
		return given, nil
	}
	dir, err := os.UserCacheDir()
	return filepath.Join(dir, "candor-ci"), err
}

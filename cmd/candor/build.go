package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"candor/diagrams"
	"candor/generator"
	"candor/generator/cache"
	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/output"
	"candor/themes"

	"github.com/spf13/cobra"
)

// A buildFlags holds what decides on a site besides its folder.
type buildFlags struct {
	on, baseURL, theme, out, source string
	since                           string // where the trust.json of the last publication is
	exceptions                      bool   // list them
	strict, noDiagrams, noCache     bool
	format                          format
}

func (a *app) buildCommand() *cobra.Command {
	var f buildFlags
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Check the content, then write the site whole or not at all",
		Long: `Check the content of the site folder, then write the site into public/.

With --since, the page of updates, the feeds and trust.json tell what changed since the last publication,
fact by fact, beside what the content dates; without it, only the latter. What was told once is told again.

Exit 0: the site was built. Exit 1: the content has gaps; each is printed with its place, and the
old site stands untouched. Exit 2: something else is in the way.`,
		Example: `  candor build
  candor build --since https://trust.fernlight.example
  candor build --since public          what changed since the build before`,
		Args: arguments(0, 0, "candor build"),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.build(cmd.Context(), f) },
	}
	cmd.Flags().StringVarP(&f.out, "out", "o", "public", "write the site into `FOLDER`")
	cmd.Flags().StringVar(&f.on, "on", "", "build as on this `DATE` (default today, UTC)")
	cmd.Flags().StringVar(&f.baseURL, "base-url", "", "the `URL` of the site, in the place of base_url in site.yaml")
	cmd.Flags().StringVar(&f.source, "source", "", sourceUsage)
	cmd.Flags().StringVar(&f.theme, "theme", "", themeUsage)
	cmd.Flags().BoolVar(&f.strict, "strict", false, "fail on warnings too")
	cmd.Flags().BoolVar(&f.noDiagrams, "no-diagrams", false, "publish data flows as text alone; the pages say so")
	cmd.Flags().BoolVar(&f.noCache, "no-cache", false, "take nothing from earlier builds, and keep nothing for later ones")
	cmd.Flags().StringVar(&f.since, "since", "", "tell what changed since the last publication, `WHERE` its trust.json is: a file, a folder, or the address of the site")
	formatFlag(cmd, &f.format)
	return cmd
}

// input gathers what a build or check depends on. The function it gives lets go of the folder.
func (a *app) input(f buildFlags) (generator.Input, func(), error) {
	day, err := a.day(f.on)
	if err != nil {
		return generator.Input{}, nil, err
	}
	root, err := os.OpenRoot(a.dir)
	if err != nil {
		return generator.Input{}, nil, advice{fmt.Errorf("no site folder %q", a.dir), "`candor new DIR` makes one; -C DIR names another"}
	}
	in := generator.Input{Files: root.FS(), On: day, BaseURL: f.baseURL, Strict: f.strict, Version: version, Themes: themes.BuiltIn(), Theme: f.theme}
	if err := a.hasContent(in.Files); err != nil {
		root.Close()
		return in, nil, err
	}
	if err := a.hasTheme(in.Files, f.theme); err != nil {
		root.Close()
		return in, nil, err
	}
	if in.Secret, err = a.secret(); err != nil {
		root.Close()
		return in, nil, err
	}
	if f.source == "" {
		return in, func() { root.Close() }, nil
	}
	code, err := os.OpenRoot(a.below(f.source))
	if err != nil {
		root.Close()
		return in, nil, advice{fmt.Errorf("no folder %q with source code", f.source), `name the one in which the paths under "source" of flows begin`}
	}
	in.Source = code.FS()
	return in, func() { root.Close(); code.Close() }, nil
}

// hasContent gives what to say of a site folder that holds no content.
func (a *app) hasContent(files fs.FS) error {
	if isFolder(files, "content") {
		return nil
	}
	return advice{fmt.Errorf("no folder %q in %s", "content", shown(a.dir)), "`candor new DIR` makes a complete example; -C DIR names another site folder"}
}

// sourceUsage explains the flag --source.
const sourceUsage = "look for vendors in source code from `DIR` on: paths under \"source\" of flows begin there (default the site folder)"

// below gives a path that was typed as one from the site folder on.
func (a *app) below(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(a.dir, path)
}

// checked reads and checks the content of the site folder.
func (a *app) checked(f buildFlags) (*generator.Content, error) {
	in, done, err := a.input(f)
	if err != nil {
		return nil, err
	}
	defer done()
	return generator.Check(in)
}

func shown(dir string) string {
	if dir == "." {
		return "this folder"
	}
	return fmt.Sprintf("%q", dir)
}

func isFolder(files fs.FS, name string) bool {
	info, err := fs.Stat(files, name)
	return err == nil && info.IsDir()
}

func (a *app) build(ctx context.Context, f buildFlags) error {
	if err := f.format.known(); err != nil {
		return err
	}
	began := a.now()
	debug.SetGCPercent(50) // a large site is mostly text that stays until it is written: twice as much garbage beside it is no gain
	in, done, err := a.input(f)
	if err != nil {
		return err
	}
	defer done()
	if in.Since, err = a.published(ctx, f.since); err != nil {
		return err
	}
	if !f.noDiagrams {
		pool, err := a.pool(f)
		if err != nil {
			return err
		}
		defer pool.Close()
		in.Draw, in.Warm = pool.Draw, pool.Warm
	}
	store := a.store(f)
	shop := &generator.Workshop{Store: store, Now: a.now}
	out := a.below(f.out)
	result, report, err := write(ctx, shop, in, out)
	if err == nil && !report.Failed && result.Set != nil {
		a.finished(shop, in, report, out, result)
	}
	store.Close(err == nil && !report.Failed) // a cache that cannot be kept is no reason to say anything
	if err := a.findings(f.format, report, in.On, err); err != nil {
		return err
	}
	if report.Failed {
		a.say("nothing was written: %s%s\n", diag.CountOf(report.Findings), excepted(report.Exceptions))
		a.summarize(report.Findings)
		a.code = exitGaps
		return nil
	}
	for _, name := range result.Edited {
		a.say("%s was edited by hand; edit the content instead\n", filepath.Join(out, name))
	}
	if len(result.Foreign) > 0 {
		a.say("kept, though candor did not write it: %s\n", strings.Join(result.Foreign, ", "))
	}
	a.say("%s, %s, %s in %d ms%s\n", count(report.Pages, "page"), count(report.Diagrams, "diagram"), diag.CountOf(report.Findings), a.now().Sub(began).Milliseconds(), excepted(report.Exceptions))
	a.say("%s: %s, %d written, %d kept, %d removed\n", out, count(result.Files, "file"), result.Written, result.Linked, result.Removed)
	return nil
}

// finished has the next build know the site that stands now, unless something of it is another's.
func (a *app) finished(shop *generator.Workshop, in generator.Input, report generator.Report, out string, result output.Result) {
	if len(result.Foreign) > 0 || len(result.Edited) > 0 {
		return // which is said with each build
	}
	whole, err := filepath.Abs(out)
	if err != nil {
		return
	}
	paths := []string{output.ManifestName}
	for _, f := range result.Set.Files() {
		paths = append(paths, f.Path)
	}
	shop.Finished(in, report, whole, paths)
}

// write builds the site beside the folder and puts it in its place. When anything fails, the old site stands. A site that is there already, as the build before
// left it, stands too.
func write(ctx context.Context, shop *generator.Workshop, in generator.Input, out string) (output.Result, generator.Report, error) {
	if whole, err := filepath.Abs(out); err == nil {
		if report, files, ok := shop.Standing(in, whole); ok {
			return output.Result{Files: files, Linked: files}, report, nil
		}
	}
	staging, err := output.Stage(out)
	if err != nil {
		return output.Result{}, generator.Report{}, err
	}
	defer staging.Abort()
	report, err := shop.Build(ctx, in, generator.Step{All: true}, staging)
	if err != nil || report.Failed {
		return output.Result{}, report, err
	}
	if err := ctx.Err(); err != nil {
		return output.Result{}, report, err
	}
	result, err := staging.Commit()
	return result, report, err
}

// store opens what earlier builds of the site folder kept. With --no-cache, or where there is no folder for it, it keeps for this build alone.
func (a *app) store(f buildFlags) *cache.Store {
	var o cache.Options
	site, err := filepath.Abs(a.dir)
	self, found := a.itself()
	if folder, ok := a.cacheFolder("site", f); ok && found && err == nil {
		o = cache.Options{Folder: folder, Name: site, Version: self, Now: a.now}
	}
	return cache.Open(o)
}

// cacheFolder gives the folder below the user's own for one kind of thing that is kept.
func (a *app) cacheFolder(kind string, f buildFlags) (string, bool) {
	folder, err := os.UserCacheDir()
	return filepath.Join(folder, "candor", kind), err == nil && !f.noCache
}

// itself tells this program from every other build of it: what another one kept may be made otherwise.
func (a *app) itself() (string, bool) {
	path, err := os.Executable()
	if err != nil {
		return "", false
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", false
	}
	return fmt.Sprintf("%s %d %d", version, info.Size(), info.ModTime().UnixNano()), true
}

// pool makes the processes that draw: this same program with its hidden verb.
func (a *app) pool(f buildFlags) (*diagrams.Pool, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find the program to draw with: %w", err)
	}
	options := diagrams.Options{Command: []string{self, diagramsVerb}}
	if folder, ok := a.cacheFolder("diagrams", f); ok { // a drawing that did not change costs a file read
		options.Cache = folder
	}
	return diagrams.NewPool(options), nil
}

// findings prints what a build found: text among the rest that it says, for a machine to standard output. It gives trouble back; findings that
// were cut short by trouble are for a person alone, since a machine would take them for all there are.
func (a *app) findings(f format, report generator.Report, on model.Day, trouble error) error {
	if f != formatText && trouble == nil {
		return a.printFindings(f, report.Findings, report.Exceptions, on, 0)
	}
	if err := diag.WriteText(a.stderr, report.Findings, a.style(a.terminal)); err != nil && trouble == nil && !errors.Is(err, os.ErrClosed) {
		return fmt.Errorf("print findings: %w", err)
	}
	return trouble
}

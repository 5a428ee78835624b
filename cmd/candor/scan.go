package main

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"candor/generator"
	"candor/generator/catalog"
	"candor/generator/diag"
	"candor/generator/inventory"
	"candor/generator/model"
	"candor/generator/scan"
	"candor/generator/source"

	"github.com/spf13/cobra"
)

// A scanFlags holds what is looked into, and how it is told.
type scanFlags struct {
	source, on                string
	all, notes, strict, write bool
	format                    format
	ownSite                   bool // -C names a site folder
}

var scanFormats = []string{string(formatText), string(formatJSON), string(formatSARIF), string(formatGitHub)}

func (a *app) scanCommand() *cobra.Command {
	var f scanFlags
	cmd := &cobra.Command{
		Use:   "scan [DIR...]",
		Short: "Find vendors in source code that the content does not list",
		Long: `Look into the source code in each DIR (default: this folder) for vendors: packages that manifests
ask for, environment variables, hosts that are called, infrastructure, pipelines, images. Each vendor
that is in use and that no sub-processor of the content stands for is an error, with the places where
it shows and the command that adds it. A strong sign is enough, or two weak ones of different kinds;
less is told as "may be in use" and fails nothing. Vendors that see a company's own code alone (where
it is kept, built, deployed) are told, and fail nothing.

Told as well: sub-processors in use of which the code shows nothing, and, for flows whose "source:"
lies in what is looked into, vendors that the code there shows and the flow leaves out, and the other
way round. Paths under "source:" begin in the site folder, with --source DIR in that one, or else in
one of the folders that are looked into.

What git ignores, what others wrote and lock files are not read; of environment files only examples,
and of these never a value. Without content, what is found is listed.

--format json has every sign; candor scan --format schema prints its JSON Schema. sarif and github have what is missing as
findings of FLW11, with paths of the repository.

Exit 0: nothing is missing. Exit 1: something is. Exit 2: something else is in the way.`,
		Example: `  candor scan ../app ../infra
  candor scan -C trust . --strict          vendors of models that a flow leaves out fail it too
  candor scan ../app --write               and write a file to complete for each one that is missing`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			f.ownSite = cmd.Flags().Changed("dir")
			return a.scan(cmd.Context(), args, f)
		},
	}
	cmd.Flags().StringVar(&f.source, "source", "", "paths under \"source\" of flows begin in `DIR` (default the site folder)")
	cmd.Flags().BoolVar(&f.all, "all", false, "show every sign, and the vendors that are listed")
	cmd.Flags().BoolVar(&f.notes, "notes", false, "show what was not read, and why")
	cmd.Flags().BoolVar(&f.strict, "strict", false, "fail on vendors of models that a flow leaves out, too")
	cmd.Flags().BoolVar(&f.write, "write", false, "write content/subprocessors/ID.yaml for each vendor that is missing; never over a file")
	cmd.Flags().StringVar(&f.on, "on", "", "compare as on this `DATE` (default today, UTC)")
	cmd.Flags().StringVar((*string)(&f.format), "format", string(formatText), "print as `FORMAT`: text, json, sarif or github")
	complete := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return scanFormats, cobra.ShellCompDirectiveNoFileComp
	}
	cobra.CheckErr(cmd.RegisterFlagCompletionFunc("format", complete))
	return cmd
}

func (a *app) scan(ctx context.Context, dirs []string, f scanFlags) error {
	if f.format == "schema" {
		_, err := a.stdout.Write(inventory.Schema())
		return err
	}
	if !slices.Contains(scanFormats, string(f.format)) {
		return advice{fmt.Errorf("no format %q", string(f.format)), "write --format text, json, sarif or github"}
	}
	content, err := a.contentFor(f)
	if err != nil {
		return err
	}
	trees, err := a.treesOf(dirs)
	if err != nil {
		return err
	}
	defer closeAll(trees)
	if content != nil {
		a.hideSite(trees)
	}
	known := knownTo(content)
	found, err := a.lookInto(ctx, trees, known)
	if err != nil {
		return err
	}
	report, err := a.compare(trees, content, known(), found, f)
	if err != nil {
		return err
	}
	if err := a.printScan(report, found, f); err != nil {
		return fmt.Errorf("print what was found: %w", err)
	}
	a.sumUpScan(report, found, content, f)
	if report.HasSite && report.Fails(f.strict) {
		a.code = exitGaps
	}
	if f.write {
		return a.writeMissing(report, content.Site, known())
	}
	return nil
}

// compare holds what was found against the content, which is nil where there is none.
func (a *app) compare(trees []*codeTree, content *generator.Content, known *catalog.Catalog, found scan.Found, f scanFlags) (*inventory.Report, error) {
	in := inventory.Input{Catalog: known, Signs: found.Signs}
	var err error
	if in.On, err = a.day(f.on); err != nil {
		return nil, err
	}
	if content != nil {
		in.Site = content.Site
		if in.Sources, err = a.sourcesIn(trees, content.Site, f); err != nil {
			return nil, err
		}
	}
	return inventory.Compare(in), nil
}

// contentFor gives the content to compare with; nil where there is none and none was asked for.
func (a *app) contentFor(f scanFlags) (*generator.Content, error) {
	if _, err := os.Stat(a.below("content")); err != nil && !f.ownSite && !f.write {
		return nil, nil
	}
	return a.checked(buildFlags{on: f.on})
}

// knownTo gives the catalog of a site, or that of the program.
func knownTo(content *generator.Content) func() *catalog.Catalog {
	if content == nil {
		return catalog.Load
	}
	return sync.OnceValue(func() *catalog.Catalog { return catalog.Of(content.Tree, &diag.List{}) })
}

// A codeTree is a folder that is looked into.
type codeTree struct {
	name string // as it was typed, and as paths begin that are printed
	full string
	root *os.Root
	hide []string // folders in it that are no source code
}

// treesOf opens folders, without those that lie in another one.
func (a *app) treesOf(dirs []string) ([]*codeTree, error) {
	if len(dirs) == 0 {
		dirs = []string{"."}
	}
	var trees []*codeTree
	for _, dir := range dirs {
		root, err := os.OpenRoot(dir)
		if err != nil {
			return nil, advice{fmt.Errorf("no folder %q", dir), "name the folder with the source code: candor scan ../app"}
		}
		full, err := realPath(dir)
		if err != nil {
			return nil, fmt.Errorf("look into %q: %w", dir, cause(err))
		}
		trees = append(trees, &codeTree{name: filepath.ToSlash(filepath.Clean(dir)), full: full, root: root})
	}
	var kept []*codeTree
	for i, t := range trees {
		if slices.ContainsFunc(trees[:i], func(other *codeTree) bool { return inside(other.full, t.full) != "" }) ||
			slices.ContainsFunc(trees[i+1:], func(other *codeTree) bool { return other.full != t.full && inside(other.full, t.full) != "" }) {
			t.root.Close()
			continue
		}
		kept = append(kept, t)
	}
	return kept, nil
}

func closeAll(trees []*codeTree) {
	for _, t := range trees {
		t.root.Close()
	}
}

// realPath gives the absolute path of a folder, with symbolic links followed.
func realPath(dir string) (string, error) {
	full, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(full)
}

// inside gives the path of name from folder on, with slashes, "." for the folder itself; "" where it lies elsewhere.
func inside(folder, name string) string {
	rel, err := filepath.Rel(folder, name)
	if err != nil || !filepath.IsLocal(rel) {
		return ""
	}
	return filepath.ToSlash(rel)
}

// hideSite keeps the site's own folders from being taken for source code.
func (a *app) hideSite(trees []*codeTree) {
	for _, folder := range []string{"content", "public", "themes"} {
		full, err := realPath(a.below(folder))
		if err != nil {
			continue
		}
		for _, t := range trees {
			if rel := inside(t.full, full); rel != "" && rel != "." {
				t.hide = append(t.hide, rel)
			}
		}
	}
}

// lookInto looks for signs of vendors, and says on a terminal that it is at work when that takes long.
func (a *app) lookInto(ctx context.Context, trees []*codeTree, known func() *catalog.Catalog) (scan.Found, error) {
	var all []scan.Tree
	for _, t := range trees {
		all = append(all, scan.Tree{Name: t.name, Files: without(t.root.FS(), t.hide)})
	}
	if a.terminal && !a.quiet {
		const word = "reading source code ..."
		slow := time.AfterFunc(time.Second, func() { fmt.Fprint(a.stderr, word) })
		defer func() {
			if !slow.Stop() { // it was said, and makes room for what was found
				fmt.Fprintf(a.stderr, "\r%*s\r", len(word), "")
			}
		}()
	}
	return scan.Trees(ctx, all, known)
}

// sourcesIn gives the folders that current flows are built from, as paths of signs begin, as far as they lie in the trees.
func (a *app) sourcesIn(trees []*codeTree, site *model.Site, f scanFlags) ([]inventory.Source, error) {
	bases := []string{a.dir}
	if f.source != "" {
		if info, err := os.Stat(a.below(f.source)); err != nil || !info.IsDir() {
			return nil, advice{fmt.Errorf("no folder %q with source code", f.source), `name the one in which the paths under "source" of flows begin`}
		}
		bases = []string{a.below(f.source)}
	}
	for _, t := range trees {
		bases = append(bases, t.full)
	}
	var all []inventory.Source
	for _, flow := range site.Flows {
		if flow.Status.Value == "retired" {
			continue
		}
		for _, s := range flow.Sources() {
			if folder := folderIn(trees, bases, s.Folder); folder != "" {
				all = append(all, inventory.Source{Flow: flow, Folder: folder, Named: s.Named})
			}
		}
	}
	return all, nil
}

// folderIn gives a folder as paths of signs begin; "" where it is not there, or in no tree.
func folderIn(trees []*codeTree, bases []string, folder string) string {
	for _, base := range bases {
		full, err := realPath(filepath.Join(base, filepath.FromSlash(folder)))
		if err != nil {
			continue
		}
		for _, t := range trees {
			if rel := inside(t.full, full); rel != "" {
				return path.Join(t.name, rel)
			}
		}
	}
	return ""
}

func (a *app) printScan(r *inventory.Report, found scan.Found, f scanFlags) error {
	view := inventory.View{Content: filepath.ToSlash(filepath.Clean(a.dir)), All: f.all, Style: a.style(a.outTerminal)}
	if f.ownSite {
		view.Flags = " -C " + a.dir
	}
	switch f.format {
	case formatText:
		return inventory.WriteText(a.stdout, r, view)
	case formatJSON:
		return inventory.WriteJSON(a.stdout, r, found, view)
	}
	findings := r.Findings(view)
	move := a.inRepository()
	for i := range findings {
		findings[i].At = move(findings[i].At)
		for j := range findings[i].Related {
			findings[i].Related[j].At = move(findings[i].Related[j].At)
		}
	}
	run := diag.Run{Findings: findings, Rules: generator.Rules(), Version: version, On: r.On.String()}
	if f.format == formatSARIF {
		return diag.WriteSARIF(a.stdout, run)
	}
	return diag.WriteGitHub(a.stdout, run)
}

// inRepository gives a function that makes of a place in the folder where the command runs one in its repository.
func (a *app) inRepository() func(source.Span) source.Span {
	moved := map[*source.File]*source.File{}
	here, err := realPath(".")
	if err != nil {
		return func(s source.Span) source.Span { return s }
	}
	repository := a.repository(here)
	return func(s source.Span) source.Span {
		if s.File == nil {
			return s
		}
		if moved[s.File] == nil {
			full := filepath.FromSlash(s.File.Path)
			if !filepath.IsAbs(full) {
				full = filepath.Join(here, full)
			}
			moved[s.File] = s.File
			if rel := inside(repository, full); rel != "" {
				copied := *s.File
				copied.Path = rel
				moved[s.File] = &copied
			}
		}
		return source.Span{File: moved[s.File], Start: s.Start, End: s.End}
	}
}

// sumUpScan counts, and says what comes next.
func (a *app) sumUpScan(r *inventory.Report, found scan.Found, content *generator.Content, f scanFlags) {
	if f.notes {
		for _, n := range found.Notes {
			a.say("not read: %s %s\n", diag.Printable(n.Path), diag.Printable(n.Why))
		}
	}
	var parts []string
	for _, p := range []struct {
		verdict inventory.Verdict
		word    string
	}{{inventory.Undeclared, "not listed"}, {inventory.Removed, "removed and still in use"}, {inventory.Possible, "may be in use"}, {inventory.Excused, "excused"}, {inventory.Inside, "inside"}, {inventory.Listed, "listed"}} {
		if n := len(r.Of(p.verdict)); n > 0 {
			if !r.HasSite && p.verdict == inventory.Undeclared {
				p.word = "in use"
			}
			parts = append(parts, fmt.Sprintf("%d %s", n, p.word))
		}
	}
	if parts == nil {
		parts = []string{"no vendor"}
	}
	unread := ""
	if n := len(found.Notes); n > 0 {
		unread = fmt.Sprintf("; %d not read", n)
		if !f.notes {
			unread += " (--notes shows why)"
		}
	}
	a.say("%s looked at: %s%s\n", count(found.Files, "file"), strings.Join(parts, ", "), unread)
	switch {
	case found.Files == 0:
		a.say("hint: name the folder with the source code: candor scan ../app\n")
	case !r.HasSite:
		a.say("no content to compare with: `candor new DIR` makes a complete example, `candor scan -C DIR` compares with it\n")
	case len(content.Site.Unread) > 0:
		a.say("the content has files that cannot be read, and what they list is not known; `candor check` shows them\n")
	}
}

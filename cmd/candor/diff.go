package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"strings"

	"candor/generator/compare"
	"candor/generator/disclosure"
	"candor/generator/output"
	"candor/generator/verify"

	"github.com/spf13/cobra"
)

// diffFlags are the flags of the verb diff.
type diffFlags struct {
	on, format    string
	all, exitCode bool
}

func (a *app) diffCommand() *cobra.Command {
	var f diffFlags
	cmd := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Tell what would change for readers between two sites",
		Long: `Compare two sites: folders, addresses of published ones, or the trust.json of either. Told are the notices that
customers are due, and by when they have to go out; the facts that differ, field by field; the pages that were
added, removed, renamed or changed; other files.

Pages are compared by what is read on them: another style or the day in the foot is no change. Of a published site
only what differs from NEW is fetched. Of a trust.json alone, facts and notices are compared.

Exit 0, whether or not something changes; with --exit-code 1 when it does. Exit 2: one of the two cannot be read.`,
		Example: `  candor diff https://trust.fernlight.example public
  candor diff last/trust.json public --format markdown    a comment for a pull request`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 2 {
				return nil
			}
			return advice{fmt.Errorf("%s takes what was and what is", cmd.CommandPath()), "write `candor diff OLD NEW`, like `candor diff https://trust.example.com public`"}
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.diff(cmd.Context(), args[0], args[1], f) },
	}
	cmd.Flags().StringVar(&f.on, "on", "", "the `DATE` from which on notices can go out (default today, UTC)")
	cmd.Flags().StringVar(&f.format, "format", "text", "print the comparison as `FORMAT`: text, markdown or json")
	cmd.Flags().BoolVar(&f.all, "all", false, "print every page and every change, as text")
	cmd.Flags().BoolVar(&f.exitCode, "exit-code", false, "exit with 1 when something changes")
	return cmd
}

func (a *app) diff(ctx context.Context, before, after string, f diffFlags) error {
	if f.format != "text" && f.format != "markdown" && f.format != "json" {
		return advice{fmt.Errorf("no format %q", f.format), "write --format text, --format markdown or --format json"}
	}
	day, err := a.day(f.on)
	if err != nil {
		return err
	}
	o := compare.Options{On: day, Workers: runtime.GOMAXPROCS(0)}
	var sides [2]compare.Side
	for i, where := range []string{before, after} {
		side, done, err := a.side(ctx, where)
		if err != nil {
			return err
		}
		defer done()
		if sides[i] = side; isAddress(where) {
			o.Workers = fetchJobs
		}
	}
	report, err := compare.Of(ctx, sides[0], sides[1], o)
	if err != nil {
		return err
	}
	switch f.format {
	case "json":
		err = report.WriteJSON(a.stdout)
	case "markdown":
		err = report.WriteMarkdown(a.stdout, compare.MaxComment)
	default:
		limits := compare.Terminal
		if f.all {
			limits = compare.Unlimited
		}
		err = report.WriteText(a.stdout, limits)
	}
	if err == nil && f.exitCode && !report.Empty() {
		a.code = exitGaps
	}
	return err
}

// side gives one of two sites: a folder, a published one, or the facts of one alone. The function that it gives lets go of the folder.
func (a *app) side(ctx context.Context, where string) (compare.Side, func(), error) {
	nothing := func() {}
	if isAddress(where) && !strings.HasSuffix(where, ".json") {
		side, err := a.publishedSide(ctx, where)
		return side, nothing, err
	}
	info, err := os.Stat(a.below(where))
	if err != nil || !info.IsDir() {
		d, err := a.earlier(ctx, where)
		return compare.Side{Name: where, Document: d}, nothing, err
	}
	root, err := a.siteFolder(where)
	if err != nil {
		return compare.Side{}, nothing, err
	}
	side, err := folderSide(ctx, where, root.FS())
	if err != nil {
		root.Close()
		return compare.Side{}, nothing, err
	}
	return side, func() { root.Close() }, nil
}

func folderSide(ctx context.Context, where string, files fs.FS) (compare.Side, error) {
	list, err := compare.Folder(ctx, files)
	if err != nil {
		return compare.Side{}, fmt.Errorf("%q: %w", where, cause(err))
	}
	side := compare.Side{Name: where, Files: list, Read: func(_ context.Context, name string) ([]byte, error) { return fs.ReadFile(files, name) }}
	if has(list, "index.html") == nil && has(list, disclosure.Name) == nil {
		return side, advice{fmt.Errorf("the folder %q holds no site: neither index.html nor %s", where, disclosure.Name), "`candor build` writes the site into public"}
	}
	if has(list, disclosure.Name) == nil {
		return side, nil
	}
	file, err := files.Open(disclosure.Name)
	if err != nil {
		return side, fmt.Errorf("%q: %w", where, cause(err))
	}
	defer file.Close()
	data, err := limited(file)
	if err == nil {
		side.Document, err = disclosure.Read(data)
	}
	if err != nil {
		return side, fmt.Errorf("%s in %q: %w", disclosure.Name, where, cause(err))
	}
	return side, nil
}

// publishedSide asks for the list of a site's files, and for its facts; pages are asked for when they differ.
func (a *app) publishedSide(ctx context.Context, where string) (compare.Side, error) {
	remote, err := a.remote(where)
	if err != nil {
		return compare.Side{}, err
	}
	a.fetching(where)
	manifest, err := remote.Manifest(ctx)
	if errors.Is(err, verify.ErrNoManifest) {
		d, err := a.earlier(ctx, where) // a site of an earlier version, or of somebody who leaves the list out
		if errors.Is(err, errUnpublished) {
			err = advice{err, "name the address under which a site of candor's is published"}
		}
		return compare.Side{Name: where, Document: d}, err
	}
	if err != nil {
		return compare.Side{}, noManifest(err, where, "name the address under which the site is published, or a folder")
	}
	files, err := output.ParseManifest(manifest)
	if err != nil {
		return compare.Side{}, fmt.Errorf("%s of %q: %w", output.ManifestName, where, err)
	}
	side := compare.Side{Name: where, Files: files, Read: func(ctx context.Context, name string) ([]byte, error) {
		data, err := remote.Read(ctx, name)
		if f := has(files, name); err == nil && f != nil && sha256.Sum256(data) != f.Hash {
			a.say("%s is not what %s lists; `candor verify %s` says more\n", remote.Address(name), output.ManifestName, where)
		}
		return data, err
	}}
	if has(files, disclosure.Name) != nil {
		side.Document, err = a.earlier(ctx, remote.Address(disclosure.Name))
	}
	return side, err
}

// has finds a file by its path.
func has(files []output.File, name string) *output.File {
	for i := range files {
		if files[i].Path == name {
			return &files[i]
		}
	}
	return nil
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"candor/generator/output"
	"candor/generator/verify"

	"github.com/spf13/cobra"
)

// verifyFlags are the flags of the verb verify.
type verifyFlags struct {
	against, format string
	strict          bool
}

func (a *app) verifyCommand() *cobra.Command {
	var f verifyFlags
	cmd := &cobra.Command{
		Use:   "verify [DIR|URL]",
		Short: "Tell whether a site is, byte for byte, what candor wrote",
		Long: `Hold a folder or a published site (default public) against SHA256SUMS, the list of its files with their hashes
that candor writes into each site. Of a published site every file is fetched at its address, as a reader gets it,
the page for missing addresses at one where there is nothing; no redirect leads to another host.
Where something differs, the likely cause is told: line ends that git changed, e-mail addresses that the host
hides, a script that it inserts, an old copy in a cache, a file that an upload left out.

Who can change the pages of a site can change its list with them. --against takes the list from a place that
you trust, such as the folder that you built from the same commit; the lines that differ are shown then.

Files in a folder that candor did not write are told; --strict fails for them.

Exit 0: it is what candor wrote. Exit 1: it is not. Exit 2: it could not be read.`,
		Example: `  candor verify
  candor verify https://trust.fernlight.example --against public`,
		Args: arguments(0, 1, "candor verify https://trust.example.com"),
		RunE: func(cmd *cobra.Command, args []string) error {
			where := "public"
			if len(args) == 1 {
				where = args[0]
			}
			return a.verify(cmd.Context(), where, f)
		},
	}
	cmd.Flags().StringVar(&f.against, "against", "", "take "+output.ManifestName+" from this `PLACE`, a folder or the file itself, and not from the site")
	cmd.Flags().BoolVar(&f.strict, "strict", false, "fail on files that candor did not write, too")
	cmd.Flags().StringVar(&f.format, "format", "text", "print the report as `FORMAT`: text or json")
	return cmd
}

func (a *app) verify(ctx context.Context, where string, f verifyFlags) error {
	if f.format != "text" && f.format != "json" {
		return advice{fmt.Errorf("no format %q", f.format), "write --format text or --format json"}
	}
	o, done, err := a.trusted(f.against)
	if err != nil {
		return err
	}
	defer done()
	report, err := a.verified(ctx, where, o)
	if err != nil {
		return err
	}
	printed := report.WriteText
	if f.format == "json" {
		printed = report.WriteJSON
	}
	if err := printed(a.stdout, where); err != nil {
		return err
	}
	switch {
	case report.Unreachable():
		a.code = exitTrouble
	case len(report.Faults) > 0, f.strict && len(report.Strays) > 0:
		a.code = exitGaps
	}
	return nil
}

// verified makes the report of a folder or of a published site.
func (a *app) verified(ctx context.Context, where string, o verify.Options) (*verify.Report, error) {
	if !isAddress(where) {
		root, err := a.siteFolder(where)
		if err != nil {
			return nil, err
		}
		defer root.Close()
		o.Workers = runtime.GOMAXPROCS(0)
		report, err := verify.Folder(ctx, root.FS(), o)
		return report, noManifest(err, where, "name the folder of a site that candor built, like public, or give a list with --against")
	}
	remote, err := a.remote(where)
	if err != nil {
		return nil, err
	}
	a.fetching(where)
	o.Workers = fetchJobs
	report, err := verify.Site(ctx, remote, o)
	return report, noManifest(err, where, "name the address under which a site of candor's is published, or give its list with --against")
}

// noManifest says of which place something is wrong, and what to do.
func noManifest(err error, where, hint string) error {
	switch {
	case err == nil, errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, verify.ErrNoManifest):
		return advice{fmt.Errorf("%q holds no %s, by which one could tell", where, output.ManifestName), hint}
	}
	return advice{fmt.Errorf("verify %q: %w", where, cause(err)), hint}
}

// siteFolder opens the folder of a built site; nothing outside of it can be reached through it.
func (a *app) siteFolder(where string) (*os.Root, error) {
	name := a.below(where)
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, advice{fmt.Errorf("no folder %q", where), "`candor build` writes the site into public; the address of a published one begins with https://"}
	case err != nil:
		return nil, fmt.Errorf("read %q: %w", where, cause(err))
	case !info.IsDir():
		return nil, advice{fmt.Errorf("%q is a file, not the folder of a site", where), "name the folder that it lies in"}
	}
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, fmt.Errorf("open %q: %w", where, cause(err))
	}
	return root, nil
}

// trusted reads the manifest that a site is held against. The function that it gives lets go of the folder.
func (a *app) trusted(against string) (verify.Options, func(), error) {
	if against == "" {
		return verify.Options{}, func() {}, nil
	}
	name, done := a.below(against), func() {}
	var o verify.Options
	info, err := os.Stat(name)
	if err == nil && info.IsDir() {
		root, err := a.siteFolder(against)
		if err != nil {
			return o, nil, err
		}
		o.Originals, done = root.FS(), func() { root.Close() }
		name = filepath.Join(name, output.ManifestName)
	}
	if err == nil {
		o.Manifest, err = os.ReadFile(name)
	}
	if err != nil {
		done()
		return o, nil, advice{fmt.Errorf("--against %q: %w", against, cause(err)), "name a copy of the site that you trust, or its " + output.ManifestName}
	}
	return o, done, nil
}

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"candor/generator/diag"
	"candor/generator/output"
	"candor/generator/permalinks"

	"github.com/spf13/cobra"
)

func (a *app) permalinksCommand() *cobra.Command {
	var on string
	var reworded []string
	cmd := &cobra.Command{
		Use:   "permalinks",
		Short: "Write down what is published, so that nothing vanishes or changes in silence",
		Long: `Write content/permalinks.yaml: every id that was ever published, and what customers are told of each sub-processor.
Do it at each release, and commit the file. From then on an id that vanishes fails the build (LNK02), and a sub-processor
that is added, changed or removed asks for an update (NOT03).

What changed without an update is not taken over, so that NOT03 goes on asking for one; --reworded takes it over.
Exit 0: the file is up to date. Exit 1: the content has errors, and nothing was written.`,
		Example: "  candor permalinks --reworded openai    only the words of its purpose changed",
		Args:    arguments(0, 0, "candor permalinks"),
		RunE:    func(*cobra.Command, []string) error { return a.permalinks(on, reworded) },
	}
	cmd.Flags().StringVar(&on, "on", "", "the `DATE` of the release (default today, UTC)")
	cmd.Flags().StringSliceVar(&reworded, "reworded", nil, "take over what is told of the sub-processor `ID` without an update")
	return cmd
}

func (a *app) permalinks(on string, reworded []string) error {
	content, err := a.checked(buildFlags{on: on})
	if err != nil {
		return err
	}
	if gaps := unpublishable(content.Findings.Findings()); len(gaps) > 0 {
		return a.refuse("nothing was written", gaps)
	}
	if err := knownVendors(content.Site, reworded); err != nil {
		return err
	}
	release := permalinks.Of(content.Site, content.On, reworded)
	if len(release.Held) > 0 {
		a.say("not taken over, since no update says what changed: %s\n", strings.Join(release.Held, ", "))
	}
	name := filepath.Join(a.dir, filepath.FromSlash(permalinks.Path))
	if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, release.Data) {
		a.say("%s: as it was\n", permalinks.Path)
		return nil
	}
	if err := replace(name, release.Data); err != nil {
		return err
	}
	a.say("%s: %s added, %s recorded\n", permalinks.Path, count(release.IDs, "id"), count(len(release.Told), "sub-processor"))
	return nil
}

// unpublishable gives the errors with which nothing is released. What has vanished or was not announced has been published before.
func unpublishable(findings []diag.Finding) []diag.Finding {
	var gaps []diag.Finding
	for _, f := range findings {
		if f.Severity == diag.Error && f.Rule != "LNK02" && f.Rule != "NOT03" {
			gaps = append(gaps, f)
		}
	}
	return gaps
}

// replace puts data in the place of a file, or makes it.
func replace(name string, data []byte) error {
	if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
		if err := os.WriteFile(name, data, 0o644); err != nil {
			return fmt.Errorf("write %q: %w", name, cause(err))
		}
		return nil
	}
	return output.Replace(name, data)
}

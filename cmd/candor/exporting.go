package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"candor/generator/register"

	"github.com/spf13/cobra"
)

// An exportFlags holds what list is written, and where.
type exportFlags struct {
	form, out, on string
	all, force    bool
}

func (a *app) exportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the sub-processors as a list for a compliance platform or a spreadsheet",
		Args:  arguments(0, 0, "candor export vendors --for drata"),
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.exportVendorsCommand())
	return cmd
}

func (a *app) exportVendorsCommand() *cobra.Command {
	var f exportFlags
	cmd := &cobra.Command{
		Use:   "vendors --for " + strings.Join(register.Forms(), "|"),
		Short: "Write the sub-processors as CSV",
		Long: `Write the sub-processors of the content as CSV, to standard output or with -o into a file. Listed
are those that are published and were not removed; --all adds internal tools and removed ones.

  drata        columns as Drata's public interface names them
  vanta        columns as Vanta's public interface names them
  secureframe  plain words: nothing is publicly known of what Secureframe takes
  csv          every key of the files; candor import vendors reads it back without loss, comments apart

No platform publishes a template for its import of CSV: compare the headers with what yours asks for,
and rename them there where it does not. The content knows no level of risk and no end of a contract,
so those columns stay empty. Categories are those of the content. No cell can become a formula in a
spreadsheet: an apostrophe stands before what could, and the import takes it off again.

Form csv has notes of the company's own: keep it inside.`,
		Example: `  candor export vendors --for vanta -o vendors.csv
  candor export vendors --for csv --all -o everything.csv`,
		Args: arguments(0, 0, "candor export vendors --for drata"),
		RunE: func(*cobra.Command, []string) error { return a.exportVendors(f) },
	}
	cmd.Flags().StringVar(&f.form, "for", "", "what the list is `FOR`: "+strings.Join(register.Forms(), ", "))
	cmd.Flags().StringVarP(&f.out, "out", "o", "", "write into `FILE`")
	cmd.Flags().BoolVar(&f.all, "all", false, "list internal tools and removed vendors too")
	cmd.Flags().BoolVar(&f.force, "force", false, "write over a file that is there")
	cmd.Flags().StringVar(&f.on, "on", "", "list those that are not removed on this `DATE` (default today, UTC)")
	complete := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return register.Forms(), cobra.ShellCompDirectiveNoFileComp
	}
	cobra.CheckErr(cmd.RegisterFlagCompletionFunc("for", complete))
	return cmd
}

func (a *app) exportVendors(f exportFlags) error {
	if !slices.Contains(register.Forms(), f.form) {
		err := fmt.Errorf("no list for %q is known", f.form)
		if f.form == "" {
			err = fmt.Errorf("what the list is for is not said")
		}
		return advice{err, "write --for " + strings.Join(register.Forms(), ", --for ")}
	}
	if _, err := os.Lstat(f.out); f.out != "" && err == nil && !f.force {
		return advice{fmt.Errorf("%q is there already", f.out), "name another file, or write --force"}
	}
	content, err := a.checked(buildFlags{on: f.on})
	if err != nil {
		return err
	}
	form := register.Form(f.form)
	data, named, err := register.Export(content.Site, form, content.On, f.all)
	if err != nil {
		return err
	}
	if f.out == "" {
		if _, err := a.stdout.Write(data); err != nil {
			return fmt.Errorf("print the list: %w", err)
		}
	} else if err := replace(f.out, data); err != nil {
		return err
	}
	a.say("%s\n", vendorsNamed(named, len(content.Site.Subprocessors), f))
	if empty := register.Empty(form); empty != nil {
		a.say("the content does not know %s: that stays empty\n", strings.Join(empty, " and "))
	}
	if content.Findings.Fails(false) {
		a.say("the content has gaps, which the list may have too; `candor check` shows them\n")
	}
	return nil
}

// vendorsNamed says how many vendors a list names, and how many it does not.
func vendorsNamed(named, all int, f exportFlags) string {
	text := count(named, "vendor")
	if f.out != "" {
		text = f.out + ": " + text
	}
	if named < all {
		text += fmt.Sprintf("; %d internal or removed left out (--all lists them)", all-named)
	}
	return text
}

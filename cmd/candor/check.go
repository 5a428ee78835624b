package main

import (
	"fmt"

	"candor/generator"
	"candor/generator/diag"

	"github.com/spf13/cobra"
)

func (a *app) checkCommand() *cobra.Command {
	var f buildFlags
	var format string
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Print every gap in the content, with its place and how to mend it",
		Long: `Hold the content against every rule and print all findings at once. Writes nothing.

Exit 0: no gaps. Exit 1: gaps. Exit 2: something else is in the way.
What only finished pages show (LEK01, LEK03, and what a theme adds to LEK02) is looked for by candor build.`,
		Example: "  candor check --on 2027-03-01    what will fail by then",
		Args:    arguments(0, 0, "candor check"),
		RunE:    func(*cobra.Command, []string) error { return a.check(f, format) },
	}
	cmd.Flags().StringVar(&f.on, "on", "", "check as on this `DATE` (default today, UTC)")
	cmd.Flags().BoolVar(&f.strict, "strict", false, "fail on warnings too")
	cmd.Flags().StringVar(&format, "format", "text", "print findings as text or json")
	return cmd
}

func (a *app) check(f buildFlags, format string) error {
	if format != "text" && format != "json" {
		return advice{fmt.Errorf("no format %q", format), "write --format text or --format json"}
	}
	in, done, err := a.input(f)
	if err != nil {
		return err
	}
	defer done()
	content, err := generator.Check(in)
	if err != nil {
		return err
	}
	findings := content.Findings.Findings()
	if content.Findings.Fails(f.strict) {
		a.code = exitGaps
	}
	if format == "json" {
		return diag.WriteJSON(a.stdout, findings)
	}
	style := a.style()
	if err := diag.WriteText(a.stdout, findings, style); err != nil {
		return fmt.Errorf("print findings: %w", err)
	}
	a.say("%s on %s\n", tally(findings), in.On)
	return nil
}

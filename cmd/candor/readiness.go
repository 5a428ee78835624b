package main

import (
	"fmt"
	"slices"

	"candor/generator/diag"
	"candor/generator/readiness"

	"github.com/spf13/cobra"
)

// reportFormats are what --format takes.
var reportFormats = []string{"text", "json", "md"}

func (a *app) readinessCommand() *cobra.Command {
	var f buildFlags
	var format string
	cmd := &cobra.Command{
		Use:   "readiness",
		Short: "Show where the company stands on the 90-day plan to a SOC 2 report",
		Long: `Show, for each item of the 90-day plan of an AI company to a SOC 2 report, whether the content
proves it, only claims it, or lacks it; where; and what to do next. For the company itself: no page
of the site shows any of it. Writes nothing.

Proven needs something current: a control that names the practice, carried out within its cadence,
with evidence on file that is dated and has not expired; a complete record; a report in its state.
A policy that says so is a claim.

--format json prints {"on", "proven", "claimed", "missing", "items"}; an item has "id", "phase",
"title", "state", "places" ("path", "line", "column", "what"), "until", "next", "note", "proof",
"rules" and "source".

Exit 0: nothing is missing. Exit 1: something is. Exit 2: something else is in the way.`,
		Example: "  candor readiness --on 2027-03-01    what will have lapsed by then",
		Args:    arguments(0, 0, "candor readiness"),
		RunE:    func(*cobra.Command, []string) error { return a.readiness(f, format) },
	}
	cmd.Flags().StringVar(&f.on, "on", "", "judge as on this `DATE` (default today, UTC)")
	cmd.Flags().StringVar(&format, "format", "text", "print the plan as text, json or md")
	return cmd
}

func (a *app) readiness(f buildFlags, format string) error {
	if !slices.Contains(reportFormats, format) {
		return advice{fmt.Errorf("no format %q", format), "write --format text, --format json or --format md"}
	}
	content, err := a.checked(f)
	if err != nil {
		return err
	}
	findings := content.Findings.Findings()
	report := readiness.Of(content.Site, findings, content.On)
	if report.Count(readiness.Missing) > 0 {
		a.code = exitGaps
	}
	switch format {
	case "json":
		err = readiness.WriteJSON(a.stdout, report)
	case "md":
		err = readiness.WriteMarkdown(a.stdout, report)
	default:
		err = readiness.WriteText(a.stdout, report, a.style(a.outTerminal))
	}
	if err != nil {
		return fmt.Errorf("print the plan: %w", err)
	}
	if content.Findings.Fails(false) {
		a.say("the content has %s, which may hide more; `candor check` shows them\n", diag.CountOf(findings))
	}
	return nil
}

package main

import (
	"fmt"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"

	"github.com/spf13/cobra"
)

func (a *app) checkCommand() *cobra.Command {
	var f buildFlags
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Print every gap in the content, with its place and how to mend it",
		Long: `Hold the content against every rule and print all findings at once. Writes nothing.

With a day ahead, print what is found on that day if nothing is done until then: first what is not
there today, each with the day from which on it is, then what is there already.

Exit 0: no gaps. Exit 1: gaps. Exit 2: something else is in the way.
What only finished pages show (LEK01, LEK03, and what a theme adds to LEK02) is looked for by candor build.`,
		Example: `  candor check --on 2027-03-01              what will fail by then
  candor check --exceptions                 what is known and excused, until when
  candor check --format sarif > gaps.sarif  for code scanning
  candor check --format github              annotations, in a GitHub workflow
  candor check --format gitlab > quality.json   a Code Quality report, in a GitLab pipeline`,
		Args: arguments(0, 0, "candor check"),
		RunE: func(*cobra.Command, []string) error { return a.check(f) },
	}
	cmd.Flags().StringVar(&f.on, "on", "", "check as on this `DATE` (default today, UTC)")
	cmd.Flags().BoolVar(&f.strict, "strict", false, "fail on warnings too")
	cmd.Flags().BoolVar(&f.exceptions, "exceptions", false, "list every exception that holds, with what it takes off the list")
	cmd.Flags().StringVar(&f.source, "source", "", sourceUsage)
	formatFlag(cmd, &f.format)
	return cmd
}

func (a *app) check(f buildFlags) error {
	if err := f.format.known(); err != nil {
		return err
	}
	content, err := a.checked(f)
	if err != nil {
		return err
	}
	findings, today := content.Findings.Findings(), model.Day(0)
	if now := model.DayOf(a.now()); content.On > now {
		findings, today = content.Forecast(now), now
	}
	if content.Findings.Fails(f.strict) {
		a.code = exitGaps
	}
	if f.format != formatText {
		if f.format != formatGitHub { // which counts in its last line
			a.say("%s%s\n", outlook(findings, content.On, today), excepted(content.Exceptions))
		}
		return a.printFindings(f.format, findings, content.Exceptions, content.On, today)
	}
	style := a.style(a.outTerminal)
	style.Ahead = today != 0
	if err := diag.WriteText(a.stdout, findings, style); err != nil {
		return fmt.Errorf("print findings: %w", err)
	}
	if f.exceptions {
		if err := diag.WriteExceptions(a.stdout, content.Exceptions, style); err != nil {
			return fmt.Errorf("print exceptions: %w", err)
		}
	}
	if f.source != "" && len(content.NoSource) > 0 {
		a.say("not there, so not looked into: %s\n", strings.Join(content.NoSource, ", "))
	}
	a.say("%s%s\n", outlook(findings, content.On, today), excepted(content.Exceptions))
	a.summarize(findings)
	return nil
}

// excepted counts what exceptions take off the list, for the end of a summary.
func excepted(exceptions []diag.Exception) string {
	if len(exceptions) == 0 {
		return ""
	}
	n := 0
	for _, e := range exceptions {
		n += len(e.Findings)
	}
	return fmt.Sprintf("; %s excepted by %s", count(n, "finding"), count(len(exceptions), "exception"))
}

// outlook counts findings of a day. On a day ahead it tells those that are not there today from those that are.
func outlook(findings []diag.Finding, on, today model.Day) string {
	total := fmt.Sprintf("%s on %s", diag.CountOf(findings), on)
	if today == 0 {
		return total
	}
	total += ", in " + count(int(on-today), "day")
	coming := 0
	for coming < len(findings) && findings[coming].From != "" {
		coming++
	}
	switch coming {
	case 0:
		if len(findings) > 0 {
			total += "; today already"
		}
		return total
	case len(findings):
		return fmt.Sprintf("%s; none today, the first on %s", total, findings[0].From)
	}
	return fmt.Sprintf("%s: %s to come, the first on %s; %s today already", total, diag.CountOf(findings[:coming]), findings[0].From, diag.CountOf(findings[coming:]))
}

package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"candor/generator"
	"candor/generator/diag"

	"github.com/spf13/cobra"
)

func (a *app) rulesCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:     "rules [ID]",
		Short:   "Print the rules, or one of them: what, why, bad, good",
		Example: "  candor rules SUB01\n  candor rules --format md    the reference page",
		Args:    arguments(0, 1, "candor rules SUB01"),
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 1:
				return a.explainRule(args[0])
			case format == "md":
				return generator.WriteRules(a.stdout)
			case format == "text":
				return a.listRules()
			}
			return advice{fmt.Errorf("no format %q", format), "write --format text or --format md"}
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "print the list as text, or all rules in full as md")
	return cmd
}

func (a *app) listRules() error {
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, r := range generator.Rules() {
		fmt.Fprintf(w, "%s\t%s\t%s\n", r.ID, r.Severity, r.Title)
	}
	return w.Flush()
}

func (a *app) explainRule(id string) error {
	var ids []string
	for _, r := range generator.Rules() {
		if strings.EqualFold(r.ID, id) {
			_, err := fmt.Fprint(a.stdout, r.Text())
			return err
		}
		ids = append(ids, r.ID)
	}
	hint := "`candor rules` lists them"
	if near, ok := diag.Nearest(id, ids); ok {
		hint = fmt.Sprintf("did you mean %s?", near)
	}
	return advice{fmt.Errorf("no rule %q", id), hint}
}

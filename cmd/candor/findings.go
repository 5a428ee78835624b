package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"candor/generator"
	"candor/generator/diag"
	"candor/generator/model"

	"github.com/spf13/cobra"
)

// A format is a way to print findings.
type format string

const (
	formatText   format = "text"
	formatJSON   format = "json"
	formatSARIF  format = "sarif"
	formatGitHub format = "github"
	formatGitLab format = "gitlab"
)

var formats = []string{string(formatText), string(formatJSON), string(formatSARIF), string(formatGitHub), string(formatGitLab)}

// formatFlag adds --format.
func formatFlag(cmd *cobra.Command, f *format) {
	cmd.Flags().StringVar((*string)(f), "format", string(formatText), "print findings as `FORMAT`: text, json, sarif, github (annotations of a workflow), or gitlab (a Code Quality report)")
	complete := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return formats, cobra.ShellCompDirectiveNoFileComp
	}
	cobra.CheckErr(cmd.RegisterFlagCompletionFunc("format", complete))
}

// known gives the error to answer a format with that there is not.
func (f format) known() error {
	if slices.Contains(formats, string(f)) {
		return nil
	}
	return advice{fmt.Errorf("no format %q", string(f)), "write --format text, json, sarif, github or gitlab"}
}

// printFindings prints findings of a day for a machine, to standard output. today is a day when that one lies ahead of it, else 0.
func (a *app) printFindings(f format, findings []diag.Finding, exceptions []diag.Exception, on, today model.Day) error {
	run := diag.Run{Findings: findings, Exceptions: exceptions, Rules: generator.Rules(), Version: version, On: on.String(), Today: today.String()}
	write := diag.WriteJSON
	switch f {
	case formatSARIF:
		write, run.Folder = diag.WriteSARIF, a.folder()
	case formatGitHub:
		write, run.Folder = diag.WriteGitHub, a.folder()
	case formatGitLab:
		write, run.Folder = diag.WriteGitLab, a.folder()
	}
	if err := write(a.stdout, run); err != nil {
		return fmt.Errorf("print findings: %w", err)
	}
	return nil
}

// folder gives the site folder in its repository, "" when it is the repository, or lies in none.
func (a *app) folder() string {
	site, err := filepath.Abs(a.dir)
	if err != nil {
		return ""
	}
	if real, err := filepath.EvalSymlinks(site); err == nil {
		site = real
	}
	folder, err := filepath.Rel(a.repository(site), site)
	if err != nil || folder == "." || !filepath.IsLocal(folder) {
		return ""
	}
	return filepath.ToSlash(folder)
}

// repository gives the folder that the paths of a code host begin in: the checkout of a GitHub workflow, else the nearest folder with a .git, else
// the one that the command runs in.
func (a *app) repository(site string) string {
	if workspace := a.getenv("GITHUB_WORKSPACE"); workspace != "" {
		if real, err := filepath.EvalSymlinks(workspace); err == nil {
			workspace = real
		}
		if rel, err := filepath.Rel(workspace, site); err == nil && filepath.IsLocal(rel) {
			return workspace
		}
	}
	for dir := site; ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	here, err := filepath.Abs(".")
	if real, e := filepath.EvalSymlinks(here); err == nil && e == nil {
		here = real
	}
	return here
}

// many is the number of findings from which on they are counted by rule too.
const many = 10

// summarize gives the last words on findings: by rule when they are many, and how to learn more when a person reads them.
func (a *app) summarize(findings []diag.Finding) {
	if len(findings) == 0 {
		return
	}
	if len(findings) >= many {
		a.say("%s", byRule(findings))
	}
	if a.terminal {
		a.say("`candor rules %s` explains the rule\n", findings[0].Rule)
	}
}

// byRule counts findings by rule, the most frequent first: a line each, if there are several rules.
func byRule(findings []diag.Finding) string {
	type tally struct {
		rule  diag.Rule
		count int
	}
	var all []tally
	for _, r := range generator.Rules() {
		n := 0
		for _, f := range findings {
			if f.Rule == r.ID {
				n++
			}
		}
		if n > 0 {
			all = append(all, tally{r, n})
		}
	}
	if len(all) < 2 {
		return ""
	}
	slices.SortStableFunc(all, func(a, b tally) int { return cmp.Compare(b.count, a.count) })
	var b strings.Builder
	for _, t := range all {
		fmt.Fprintf(&b, "%5d  %-5s  %s\n", t.count, t.rule.ID, t.rule.Title)
	}
	return b.String()
}

// refuse prints the gaps for which a verb does nothing, and says so: "nothing was written".
func (a *app) refuse(so string, gaps []diag.Finding) error {
	if err := diag.WriteText(a.stderr, gaps, a.style(a.terminal)); err != nil {
		return fmt.Errorf("print findings: %w", err)
	}
	a.say("%s: %s\n", so, diag.CountOf(gaps))
	a.code = exitGaps
	return nil
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"candor/generator"
	"candor/generator/amend"
	"candor/generator/check"
	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/output"
	"candor/generator/publish"
	"candor/generator/publish/branch"
	"candor/generator/sheet"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// An app is one run of the command: all it knows of the world.
type app struct {
	stdout, stderr io.Writer
	now            func() time.Time
	getenv         func(string) string
	environ        func() []string
	random         io.Reader
	terminal       bool // standard error is a terminal
	outTerminal    bool // standard output is one
	columns        int  // of the terminal, 0 when there is none

	dir   string // -C
	quiet bool   // --quiet
	code  int    // exit code of a verb that came to an end without an error
}

// An advice is an error with a hint, printed below it.
type advice struct {
	error
	hint string
}

func (a advice) Unwrap() error { return a.error }

// Advice gives the hint to whoever shows an error elsewhere than on the terminal.
func (a advice) Advice() string { return a.hint }

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// columnsOf gives the width of the first file that is a terminal, else 0.
func columnsOf(files ...*os.File) int {
	for _, f := range files {
		if columns, _, err := term.GetSize(int(f.Fd())); err == nil {
			return columns
		}
	}
	return 0
}

// run runs the verb that args name and gives the exit code.
func (a *app) run(ctx context.Context, args []string) (code int) {
	defer func() { // a mistake of the program's own ends like any other trouble
		if fell := recover(); fell != nil {
			stumble, ok := fell.(*check.Stumble)
			if !ok {
				panic(fell)
			}
			a.complain(advice{stumble, "this is a mistake in candor: take away what changed last until it is gone, and report what it was"})
			code = exitTrouble
		}
	}()
	root := a.command()
	root.SetArgs(args)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	if err := root.ExecuteContext(ctx); err != nil {
		a.complain(err)
		return exitTrouble
	}
	return a.code
}

// complain prints an error as the user reads it: what is wrong, then what to do.
func (a *app) complain(err error) {
	hint := ""
	var adv advice
	var out *output.Error
	var refusal *amend.Refusal
	var locked *generator.Locked
	var unread *sheet.Refusal
	var unpublished *publish.Error
	var unpushed *branch.Error
	var foreign *generator.Foreign
	switch {
	case errors.As(err, &adv):
		hint = adv.hint
	case errors.As(err, &out):
		hint = out.Hint
	case errors.As(err, &refusal):
		hint = refusal.Hint
	case errors.As(err, &locked):
		hint = lockedHint(locked)
	case errors.As(err, &unread):
		hint = unread.Hint
	case errors.As(err, &unpublished):
		hint = unpublished.Hint
	case errors.As(err, &unpushed):
		hint = unpushed.Hint
	case errors.As(err, &foreign):
		hint = "name the one of this site; where the site moved or the company has another name, write " + strconv.Quote(foreign.Here) + " in a copy of it and name that"
	case errors.Is(err, context.Canceled):
		err = errors.New("interrupted; nothing was written")
	}
	fmt.Fprintf(a.stderr, "candor: %s\n", strings.TrimSpace(err.Error()))
	if hint != "" {
		fmt.Fprintf(a.stderr, "  hint: %s\n", hint)
	}
}

func (a *app) command() *cobra.Command {
	root := &cobra.Command{
		Use:   "candor",
		Short: "Compile a trust center from Markdown and YAML, and fail where it has gaps",
		Long: `Candor compiles content/ (policies, sub-processors, data flows, models, controls, answers)
into a trust center in public/. A gap fails the build: a flow to a vendor that is not declared,
a model vendor without a retention agreement on file, an overdue policy, an answer without proof.`,
		Example:       "  candor new trust && cd trust && candor build",
		Version:       version,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			hint := "`candor --help` lists the commands"
			if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
				hint = fmt.Sprintf("did you mean `candor %s`?", near[0])
			}
			return advice{fmt.Errorf("no command %q", args[0]), hint}
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return advice{err, fmt.Sprintf("`%s --help` lists the flags", cmd.CommandPath())}
	})
	root.PersistentFlags().StringVarP(&a.dir, "dir", "C", ".", "work on the site folder `DIR`")
	root.PersistentFlags().BoolVarP(&a.quiet, "quiet", "q", false, "print nothing but findings and errors")
	root.SuggestionsMinimumDistance = 2
	root.AddCommand(a.newCommand(), a.serveCommand(), a.buildCommand(), a.checkCommand(), a.approveCommand(), a.permalinksCommand(), a.noticeCommand(), a.publishCommand(), a.verifyCommand(), a.diffCommand(), a.shareCommand(), a.answerCommand(), a.renameCommand(), a.vendorsCommand(), a.addCommand(), a.scanCommand(), a.importCommand(), a.exportCommand(),
		a.readinessCommand(), a.rulesCommand(), a.schemaCommand(), a.themeCommand(),
		a.diagramsCommand())
	return root
}

// arguments gives a check of the number of arguments that says what to type.
func arguments(least, most int, usage string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) >= least && len(args) <= most {
			return nil
		}
		text := fmt.Sprintf("%s takes no argument %q", cmd.CommandPath(), strings.Join(args, " "))
		switch {
		case len(args) < least:
			text = cmd.CommandPath() + " needs an argument"
		case most > 0:
			text = cmd.CommandPath() + " takes one argument"
		}
		return advice{errors.New(text), "write `" + usage + "`"}
	}
}

// day reads --on; without it, it is today in UTC.
func (a *app) day(on string) (model.Day, error) {
	if on == "" {
		return model.DayOf(a.now()), nil
	}
	day, err := model.ParseDay(on)
	if err != nil {
		return 0, advice{fmt.Errorf("--on %q is no date", on), "write year, month and day: --on 2026-11-23"}
	}
	return day, nil
}

// style says how findings are printed: in colour and no wider than it is on a terminal, and never in colour with NO_COLOR (no-color.org).
func (a *app) style(terminal bool) diag.Style {
	if !terminal {
		return diag.Style{}
	}
	return diag.Style{Color: a.getenv("NO_COLOR") == "" && a.getenv("TERM") != "dumb", Width: a.columns}
}

// say prints progress and summaries for a person.
func (a *app) say(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintf(a.stderr, format, args...)
	}
}

// count gives a number with its noun: "1 page", "2 pages".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"candor/generator/amend"
	"candor/generator/diag"
	"candor/generator/link"
	"candor/generator/parse"
	"candor/generator/rename"
	"candor/generator/source"

	"github.com/spf13/cobra"
)

func (a *app) renameCommand() *cobra.Command {
	var dryRun bool
	var on string
	cmd := &cobra.Command{
		Use:   "rename KIND OLD NEW",
		Short: "Give a policy, an answer or anything else another id, and mend whatever names it",
		Long: `Give something another id: its file or its key in a list is renamed, and so are all references,
citations and links to it anywhere in content/. KIND is ` + kindsInWords() + `.
A step is named with its flow: candor rename step reply-drafts/draft write.

Where readers may know it by its old id, that becomes an alias, so that its old address goes on
working and the build does not fail for it (LNK02); permalinks.yaml stays as it is. Back to an
earlier id, the alias changes places. A class of data takes those that are part of it along.

Where a link in the text of an approved policy changes its address, the approval goes on holding:
its approval_hash is written anew, since not a word of it has changed. A text that was not
the approved one stays so.

It is done as a whole or not at all: where it would bring up a finding, nothing is written.
What names the old id in comments or sentences is listed, for you to change.

Exit 0: renamed. Exit 1: there would be findings; each is printed. Exit 2: something else is in the way.`,
		Example: `  candor rename answer mfa multi-factor-authentication
  candor rename policy data-retention data-handling --dry-run    print the diff, write nothing`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 3 {
				return nil
			}
			return advice{fmt.Errorf("%s takes a kind, the old id and the new one", cmd.CommandPath()), "write `candor rename KIND OLD NEW`, like `candor rename policy data-retention data-handling`"}
		},
		ValidArgsFunction: a.completeRename,
		RunE: func(_ *cobra.Command, args []string) error {
			kind, ok := rename.KindOf(args[0])
			if !ok {
				return advice{fmt.Errorf("no kind %q", args[0]), suggestKind(args[0])}
			}
			return a.rename(rename.Order{Kind: kind, Old: args[1], New: args[2], DryRun: dryRun}, on)
		},
	}
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "print what would change as a diff, and write nothing")
	cmd.Flags().StringVar(&on, "on", "", "check the content as of this `DATE` (default today, UTC)")
	return cmd
}

// kindWords gives the kinds as they are typed.
func kindWords() []string {
	var words []string
	for _, k := range rename.Kinds {
		words = append(words, rename.Word(k))
	}
	return words
}

func kindsInWords() string {
	words := kindWords()
	return "one of\n" + strings.Join(words[:8], ", ") + ",\n" + strings.Join(words[8:], ", ")
}

func suggestKind(typed string) string {
	if near, ok := diag.Nearest(typed, kindWords()); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "kinds are " + strings.Join(kindWords(), ", ")
}

// completeRename gives the shell what may stand next: a kind, or an id of it.
func (a *app) completeRename(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	switch len(args) {
	case 0:
		return kindWords(), cobra.ShellCompDirectiveNoFileComp
	case 1:
		return a.idsOf(args[0]), cobra.ShellCompDirectiveNoFileComp
	}
	return nil, cobra.ShellCompDirectiveNoFileComp
}

// idsOf gives the ids of a kind with what people call the records, as completions have it.
func (a *app) idsOf(word string) []string {
	kind, ok := rename.KindOf(word)
	root, err := os.OpenRoot(a.dir)
	if !ok || err != nil {
		return nil
	}
	defer root.Close()
	tree, err := source.Read(root.FS(), parse.Folder)
	if err != nil {
		return nil
	}
	diags := &diag.List{}
	var ids []string
	for _, n := range rename.Names(link.Draft(parse.Tree(tree, diags), diags), kind) {
		ids = append(ids, cobra.CompletionWithDesc(n.ID, n.Title))
	}
	return ids
}

func (a *app) rename(order rename.Order, on string) error {
	in, done, err := a.input(buildFlags{on: on})
	if err != nil {
		return err
	}
	defer done()
	folder := amend.Folder{Files: in.Files, Check: a.checkOf(in), Write: amend.WriteInto(a.dir), Move: amend.MoveIn(a.dir)}
	result, err := rename.Run(folder, order)
	switch {
	case err != nil:
		return err
	case len(result.Findings) > 0 && result.PutBack:
		return a.refuse("the files were put back as they were", result.Findings)
	case len(result.Findings) > 0:
		return a.refuse("nothing was renamed, since this would come up", result.Findings)
	}
	text := amend.Diff(result.Changes)
	if !order.DryRun {
		text = changesOf(result.Changes)
	}
	if !a.quiet || order.DryRun {
		if _, err := io.WriteString(a.stdout, text); err != nil {
			return fmt.Errorf("print what was renamed: %w", err)
		}
	}
	a.renamed(result, order)
	return nil
}

// changesOf gives changes as a person reads them, file by file.
func changesOf(changes []*amend.Change) string {
	var b strings.Builder
	for _, c := range changes {
		b.WriteString(c.File.Path)
		if c.To != c.File.Path {
			b.WriteString(" is now " + c.To)
		}
		b.WriteString("\n")
		for _, line := range c.Lines() {
			b.WriteString("  " + line + "\n")
		}
	}
	return b.String()
}

// renamed sums up what came of an order.
func (a *app) renamed(result rename.Result, order rename.Order) {
	kind, verb := order.Kind.Spoken(), "is"
	if order.DryRun {
		verb = "would be"
	}
	a.say("%s %q %s %q: %s in %s\n", kind, order.Old, verb, order.New, count(result.Mended, "mention"), count(len(result.Changes), "file"))
	if n := len(result.Renamed) - 1; n > 0 {
		a.say("renamed with it: %s\n", strings.Join(result.Renamed[1:], ", "))
	}
	if len(result.Kept) > 0 {
		a.say("earlier ids go on working: %s\n", strings.Join(result.Kept, ", "))
	}
	if len(result.Approved) > 0 {
		a.say("still approved, since the address of a link alone changed: %s\n", strings.Join(result.Approved, ", "))
	}
	if len(result.Left) > 0 {
		a.say("still said here, for you to change:\n")
		for _, at := range result.Left {
			p := at.Position()
			a.say("  %s:%d:%d: %s\n", p.Path, p.Line, p.Column, at.Text())
		}
	}
	if order.DryRun {
		a.say("nothing was written: --dry-run\n")
	}
}

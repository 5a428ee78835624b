package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"candor/generator"
	"candor/generator/amend"
	"candor/generator/approval"
	"candor/generator/model"

	"github.com/spf13/cobra"
)

func (a *app) approveCommand() *cobra.Command {
	var order approval.Order
	var on, next string
	cmd := &cobra.Command{
		Use:   "approve POLICY...",
		Short: "Write into a policy who approved its text, when, and as which version",
		Long: `Write approver, day, version and a hash of the text into the front matter of policies, and leave
the rest of their files as it is. POLICY is an id, an old id, or the path of the file. From then on
a build fails when the text is another one than the one that was approved (POL03).

A policy that has findings of its own is not approved. Where the text has changed since the last
approval, the last number of its version is raised; where history in the front matter begins with
a version that follows the approved one, that one is taken. Several policies are approved all or none.

Exit 0: approved. Exit 1: the policy has gaps; each is printed. Exit 2: something else is in the way.`,
		Example: `  candor approve access-control --by cto
  candor approve --dry-run content/policies/*.md
  candor approve --keep content/policies/*.md    for texts that were approved before there were hashes`,
		Args: arguments(1, math.MaxInt, "candor approve POLICY"),
		RunE: func(cmd *cobra.Command, args []string) error {
			order.Policies = args
			return a.approve(order, on, next)
		},
	}
	cmd.Flags().StringVar(&order.By, "by", "", "the `OWNER` who approves, an id of site.yaml (default the one who did before)")
	cmd.Flags().StringVar(&on, "on", "", "the `DATE` of the approval (default today, UTC)")
	cmd.Flags().StringVar(&order.Version, "version", "", "the version that is approved, `V` (default the next one if the text has changed)")
	cmd.Flags().StringVar(&next, "next-review", "", "the `DATE` on which the policy is to be reviewed again, for next_review")
	cmd.Flags().BoolVar(&order.Keep, "keep", false, "keep approver, day and version, and add the hash alone")
	cmd.Flags().BoolVar(&order.DryRun, "dry-run", false, "print what would be written, and write nothing")
	return cmd
}

func (a *app) approve(order approval.Order, on, next string) error {
	in, done, err := a.input(buildFlags{on: on})
	if err != nil {
		return err
	}
	defer done()
	order.On = in.On
	order.Version = strings.TrimSpace(order.Version)
	if order.Keep && order.By+order.Version+next != "" {
		return advice{errors.New("--keep changes no approver, version or review"), "leave --keep away to approve anew"}
	}
	if order.Version != "" && len(order.Policies) > 1 {
		return advice{fmt.Errorf("--version %q is for one policy", order.Version), "approve them one by one"}
	}
	if next != "" {
		if order.NextReview, err = model.ParseDay(next); err != nil {
			return advice{fmt.Errorf("--next-review %q is no date", next), "write year, month and day: --next-review 2027-11-23"}
		}
	}
	for i, name := range order.Policies {
		order.Policies[i] = a.inFolder(name)
	}
	result, err := approval.Run(amend.Folder{Files: in.Files, Check: a.checkOf(in), Write: amend.WriteInto(a.dir)}, order)
	if err != nil {
		return err
	}
	return a.approved(result, order)
}

// checkOf gives the check of a build, for whatever files.
func (a *app) checkOf(in generator.Input) func(fs.FS) (amend.Content, error) {
	return func(files fs.FS) (amend.Content, error) {
		in := in
		in.Files = files
		content, err := generator.Check(in)
		if err != nil {
			return amend.Content{}, err
		}
		return amend.Content{Site: content.Site, Findings: content.Findings.Findings()}, nil
	}
}

// inFolder gives the path in the site folder of a file that was named as the shell sees it; any other name stays as it is.
func (a *app) inFolder(name string) string {
	dir, err := filepath.Abs(a.dir)
	if err == nil && filepath.Ext(name) == ".md" {
		if full, err := filepath.Abs(name); err == nil {
			if rel, err := filepath.Rel(dir, full); err == nil && filepath.IsLocal(rel) {
				name = rel
			}
		}
	}
	return filepath.ToSlash(name)
}

// approved prints what came of an order.
func (a *app) approved(result approval.Result, order approval.Order) error {
	if len(result.Findings) > 0 {
		if result.PutBack {
			return a.refuse("the files were put back as they were", result.Findings)
		}
		return a.refuse("nothing was approved", result.Findings)
	}
	var b strings.Builder
	for _, s := range result.Stamps {
		p := s.Policy
		fmt.Fprintf(&b, "%s: version %s, approved by %s on %s\n", p.File.Path, p.Version, p.ApprovedBy, p.ApprovedOn.Day)
		if len(s.Changes) == 0 {
			b.WriteString("  stands so already\n")
		}
		for _, line := range s.Changes {
			fmt.Fprintf(&b, "  %s\n", line)
		}
	}
	if !a.quiet || order.DryRun {
		if _, err := io.WriteString(a.stdout, b.String()); err != nil {
			return fmt.Errorf("print what was approved: %w", err)
		}
	}
	a.toVerify(result.Stamps)
	if order.DryRun {
		a.say("nothing was written: --dry-run\n")
	}
	return nil
}

// toVerify tells which answers an approval leaves behind, file by file.
func (a *app) toVerify(stamps []*approval.Stamp) {
	var files []string
	ids := map[string][]string{}
	n := 0
	for _, s := range stamps {
		for _, answer := range s.Stale {
			file, id := answer.File.Path, answer.ID.Value
			if slices.Contains(ids[file], id) {
				continue // it cites several
			}
			if n++; ids[file] == nil {
				files = append(files, file)
			}
			ids[file] = append(ids[file], id)
		}
	}
	switch n {
	case 0:
		return
	case 1:
		a.say("1 answer cites what was approved and must be verified again:\n")
	default:
		a.say("%d answers cite what was approved and must be verified again:\n", n)
	}
	for _, file := range files {
		a.say("  %s: %s\n", file, strings.Join(ids[file], ", "))
	}
}

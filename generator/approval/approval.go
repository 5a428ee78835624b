// Package approval writes into policies who approved their text, when, and as which version.
//
// In come the site folder and an Order; out comes a Stamp for each policy, or what stands in the way: an amend.Refusal when the order has to say more, or
// the findings that a policy would still have once it is approved. Approver, day, version and the hash of the text go into the front matter; the rest of
// the file stays byte for byte. A policy is approved when it is free of findings, so the check of a build runs over the content with the stamps laid
// over it before anything is written, and over what was written afterwards; if that does not hold, the old bytes are put back. Several policies
// are stamped all or none. A text is never changed here, and the day of an approval always comes from the order.
package approval

import (
	"errors"
	"io/fs"

	"candor/generator/amend"
	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/parse"
)

// An Order says what is approved, and how. What it leaves open stays as it was, or follows from that.
type Order struct {
	Policies   []string  // ids, aliases, or paths like content/policies/access-control.md
	By         string    // id of the owner who approves, "" for the one who did before
	On         model.Day // the day of the approval
	Version    string    // "" for the same one, or for the next one when the text has changed
	NextReview model.Day // 0 to leave it as it is

	// Keep takes the text for the one that was approved before: its hash is added, and nothing else is touched.
	Keep bool
	// DryRun leaves the files as they are.
	DryRun bool
}

// A Stamp is one policy with its approval written in.
type Stamp struct {
	Policy  *model.Policy   // as it is approved
	Changes []string        // the lines that differ: "- " or "+ ", and the line
	Stale   []*model.Answer // those that cite it and were verified before this approval

	was    *model.Policy
	change *amend.Change
}

// A Result is what came of an order. Where there are Findings, they stand in the way and no file has changed.
type Result struct {
	Stamps   []*Stamp
	Findings []diag.Finding
	PutBack  bool // the findings came up once the files were written, so they were put back
}

// A formRefusal is one that is about how the front matter is written.
type formRefusal struct{ *amend.Refusal }

// Unwrap gives the refusal.
func (r formRefusal) Unwrap() error { return r.Refusal }

// A judge holds content against an order.
type judge struct {
	folder amend.Folder
	order  Order
	stamps []*Stamp
}

// Run does what the order says. The error is an amend.Refusal, or the machine's.
func Run(f amend.Folder, order Order) (Result, error) {
	content, err := f.Check(f.Files)
	if err != nil {
		return Result{}, err
	}
	policies, unread, err := find(content.Site, order.Policies)
	if err != nil {
		return Result{}, err
	}
	if content.Site.IsUnread(model.KindOwner, "") {
		unread = append(unread, parse.Folder+"/site.yaml")
	}
	if len(unread) > 0 {
		return Result{Findings: misread(content.Findings, unread)}, nil
	}
	var stamps []*Stamp
	for _, p := range policies {
		s, err := stamp(f.Files, content.Site, p, order)
		if err != nil {
			_, form := errors.AsType[formRefusal](err)
			if found := misread(content.Findings, []string{p.File.Path}); form && len(found) > 0 {
				return Result{Findings: found}, nil
			}
			return Result{}, err
		}
		stamps = append(stamps, s)
	}
	changes := make([]*amend.Change, len(stamps))
	for i, s := range stamps {
		changes[i] = s.change
	}
	j := judge{f, order, stamps}
	if gaps, err := j.gaps(amend.Over(f.Files, changes)); err != nil || len(gaps) > 0 {
		return Result{Findings: gaps}, err
	}
	if order.DryRun {
		return Result{Stamps: stamps}, nil
	}
	var gaps []diag.Finding
	kept, err := f.Apply(changes, func() (bool, error) {
		gaps, err = j.gaps(f.Files)
		return len(gaps) == 0, err
	})
	if err != nil || !kept {
		return Result{Findings: gaps, PutBack: true}, err
	}
	return Result{Stamps: stamps}, nil
}

// stamp works out what an approval changes in the file of a policy.
func stamp(files fs.FS, site *model.Site, p *model.Policy, order Order) (*Stamp, error) {
	settings, err := order.settings(site, p)
	if err != nil {
		return nil, err
	}
	edits, err := parse.Set(p.File, settings)
	if err != nil {
		return nil, formRefusal{amend.Refuse(`write it on a line of its own, like "approved_by: cto", and approve again`, "policy %q cannot be stamped: %v", p.ID.Value, err)}
	}
	change, err := amend.Plan(files, p.File, edits, "")
	if err != nil {
		return nil, err
	}
	return &Stamp{Changes: change.Lines(), was: p, change: change}, nil
}

// gaps checks the content and gives what the stamped policies still have against them.
func (j judge) gaps(files fs.FS) ([]diag.Finding, error) {
	stamps, order := j.stamps, j.order
	content, err := j.folder.Check(files)
	if err != nil {
		return nil, err
	}
	var all []diag.Finding
	for _, s := range stamps {
		s.Policy = policyIn(content.Site, s.was.File.Path)
		gaps := s.gaps(content.Findings)
		if err := order.leftDue(content.Site, s, gaps); err != nil {
			return nil, err
		}
		all = append(all, gaps...)
		s.Stale = stale(content.Site, s)
	}
	for i := range all {
		all[i] = unstamped(all[i], stamps)
	}
	var once diag.List
	once.Add(all...)
	return once.Findings(), nil
}

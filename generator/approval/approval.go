// Package approval writes into policies who approved their text, when, and as which version.
//
// In come the site folder and an Order; out comes a Stamp for each policy, or what stands in the way: a Refusal when the order has to say more, or
// the findings that a policy would still have once it is approved. Approver, day, version and the hash of the text go into the front matter; the rest of
// the file stays byte for byte. A policy is approved when it is free of findings, so the check of a build runs over the content with the stamps laid
// over it before anything is written, and over what was written afterwards; if that does not hold, the old bytes are put back. Several policies
// are stamped all or none. A text is never changed here, and the day of an approval always comes from the order.
package approval

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"
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

// A Folder is the site folder.
type Folder struct {
	Files fs.FS
	Check func(fs.FS) (Content, error)         // as of the day of the order
	Write func(path string, data []byte) error // puts data in the place of a file, in one step
}

// A Content is what a check gives.
type Content struct {
	Site     *model.Site
	Findings []diag.Finding
}

// A Stamp is one policy with its approval written in.
type Stamp struct {
	Policy  *model.Policy   // as it is approved
	Changes []string        // the lines that differ: "- " or "+ ", and the line
	Stale   []*model.Answer // those that cite it and were verified before this approval

	was           *model.Policy
	edits         []source.Edit
	before, after []byte // of its file
}

// A Result is what came of an order. Where there are Findings, they stand in the way and no file has changed.
type Result struct {
	Stamps   []*Stamp
	Findings []diag.Finding
	PutBack  bool // the findings came up once the files were written, so they were put back
}

// A Refusal says why nothing was stamped, and what to type instead.
type Refusal struct {
	Text, Hint string

	form bool // it is about how the front matter is written
}

// Error gives the reason.
func (r *Refusal) Error() string { return r.Text }

func refuse(hint, format string, args ...any) *Refusal {
	return &Refusal{Text: fmt.Sprintf(format, args...), Hint: hint}
}

// Run does what the order says. The error is a Refusal, or the machine's.
func Run(f Folder, order Order) (Result, error) {
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
			refusal, ok := errors.AsType[*Refusal](err)
			if found := misread(content.Findings, []string{p.File.Path}); ok && refusal.form && len(found) > 0 {
				return Result{Findings: found}, nil
			}
			return Result{}, err
		}
		stamps = append(stamps, s)
	}
	if gaps, err := f.judge(over(f.Files, stamps), stamps, order); err != nil || len(gaps) > 0 {
		return Result{Findings: gaps}, err
	}
	if order.DryRun {
		return Result{Stamps: stamps}, nil
	}
	return f.write(stamps, order)
}

// stamp works out what an approval changes in the file of a policy.
func stamp(files fs.FS, site *model.Site, p *model.Policy, order Order) (*Stamp, error) {
	settings, err := order.settings(site, p)
	if err != nil {
		return nil, err
	}
	edits, err := parse.Set(p.File, settings)
	if err != nil {
		refusal := refuse(`write it on a line of its own, like "approved_by: cto", and approve again`, "policy %q cannot be stamped: %v", p.ID.Value, err)
		refusal.form = true
		return nil, refusal
	}
	slices.SortStableFunc(edits, func(a, b source.Edit) int { return cmp.Compare(a.At.Start, b.At.Start) })
	raw, err := fs.ReadFile(files, p.File.Path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", p.File.Path, err)
	}
	after, ok := p.File.Patch(raw, edits)
	if !ok {
		return nil, changedMeanwhile(p.File.Path)
	}
	return &Stamp{Changes: changes(p.File, edits), was: p, edits: edits, before: raw, after: after}, nil
}

func changedMeanwhile(path string) error {
	return refuse("save it, and approve again", "%s was changed while it was read", path)
}

// judge checks the content and gives what the stamped policies still have against them.
func (f Folder) judge(files fs.FS, stamps []*Stamp, order Order) ([]diag.Finding, error) {
	content, err := f.Check(files)
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

// write puts the stamped files in their places, checks what lies there now, and puts the old ones back when that is not as it was to be.
func (f Folder) write(stamps []*Stamp, order Order) (Result, error) {
	var written []*Stamp
	for _, s := range stamps {
		if len(s.edits) == 0 {
			continue
		}
		if now, err := fs.ReadFile(f.Files, s.was.File.Path); err != nil || !bytes.Equal(now, s.before) {
			return Result{}, f.putBack(written, changedMeanwhile(s.was.File.Path))
		}
		written = append(written, s)
		if err := f.Write(s.was.File.Path, s.after); err != nil {
			return Result{}, f.putBack(written, err)
		}
	}
	gaps, err := f.judge(f.Files, stamps, order)
	if err != nil || len(gaps) > 0 {
		return Result{Findings: gaps, PutBack: true}, f.putBack(written, err)
	}
	return Result{Stamps: stamps}, nil
}

// putBack writes files as they were, but for one that somebody else has changed since, and gives the reason with what came up on the way.
func (f Folder) putBack(written []*Stamp, reason error) error {
	for _, s := range written {
		path := s.was.File.Path
		now, err := fs.ReadFile(f.Files, path)
		switch {
		case err == nil && bytes.Equal(now, s.before):
		case err == nil && !bytes.Equal(now, s.after):
			reason = errors.Join(reason, fmt.Errorf("%s was changed meanwhile, so it was left as it is", path))
		default:
			if err := f.Write(path, s.before); err != nil {
				reason = errors.Join(reason, fmt.Errorf("put %s back: %w", path, err))
			}
		}
	}
	return reason
}

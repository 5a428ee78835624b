// Package amend changes files that an author wrote: all that belong together or none of them, and never into content that is worse for it.
//
// In come the site folder and Changes, each the edits of one file and, where it is to have another name, that name. Apply puts them in their
// places, has the content judged as it lies there then, and puts everything back when it does not hold; Over shows the content as it will be, so that it can
// be judged before anything is written. Every byte outside of an edit stays, the byte-order mark and the ends of lines too. What stands in
// the way is told as a Refusal, with what to type instead. Which edits there are is for others to say: approval, rename, learning.
package amend

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"
)

// A Folder is the site folder.
type Folder struct {
	Files fs.FS
	Check func(fs.FS) (Content, error)         // as of one day
	Write func(path string, data []byte) error // puts data in the place of a file, in one step; see WriteInto
	Move  func(from, to string) error          // gives a file another name that is free; nil for verbs that rename nothing; see MoveIn
}

// A Content is what a check gives.
type Content struct {
	Site     *model.Site
	Findings []diag.Finding
}

// A Refusal says why nothing was changed, and what to type instead.
type Refusal struct {
	Text, Hint string
}

// Error gives the reason.
func (r *Refusal) Error() string { return r.Text }

// Refuse makes a refusal: what to type, and why.
func Refuse(hint, format string, args ...any) *Refusal {
	return &Refusal{Text: fmt.Sprintf(format, args...), Hint: hint}
}

// A Change is what happens to one file.
type Change struct {
	File  *source.File // as it was read
	To    string       // its path afterwards
	Edits []source.Edit

	before, after []byte // as they lie on the disk
}

// Plan works out a change of a file: its edits, in whatever order, and the path that it is to have, "" for the one it has. A file that is not any more
// what it was when it was read is refused.
func Plan(files fs.FS, f *source.File, edits []source.Edit, to string) (*Change, error) {
	raw, err := fs.ReadFile(files, f.Path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", f.Path, err)
	}
	c := &Change{File: f, To: to, Edits: source.Sorted(edits), before: raw}
	if to == "" {
		c.To = f.Path
	}
	after, ok := f.Patch(raw, c.Edits)
	if !ok {
		return nil, changedMeanwhile(f.Path)
	}
	c.after = after
	return c, nil
}

func changedMeanwhile(path string) error {
	return Refuse("save it, and repeat the command", "%s was changed while it was read", path)
}

// changesNothing reports whether the file stays as it is.
func (c *Change) changesNothing() bool { return c.To == c.File.Path && bytes.Equal(c.before, c.after) }

// Apply makes changes, and then asks judge whether the content may stay so. When it may not, when judge gives an error, or when a file cannot be
// written, all of them are put back as they were, which kept tells; the error is the machine's or a Refusal.
func (f Folder) Apply(changes []*Change, judge func() (holds bool, err error)) (kept bool, err error) {
	var made []*Change
	for _, c := range changes {
		if c.changesNothing() {
			continue
		}
		if now, err := fs.ReadFile(f.Files, c.File.Path); err != nil || !bytes.Equal(now, c.before) {
			return false, f.putBack(made, changedMeanwhile(c.File.Path))
		}
		made = append(made, c)
		if err := f.make(c); err != nil {
			return false, f.putBack(made, err)
		}
	}
	holds, err := judge()
	if err != nil || !holds {
		return false, f.putBack(made, err)
	}
	return true, nil
}

// make writes a file in the place that it has, and then gives it the new one.
func (f Folder) make(c *Change) error {
	if !bytes.Equal(c.before, c.after) {
		if err := f.Write(c.File.Path, c.after); err != nil {
			return err
		}
	}
	if c.To != c.File.Path {
		return f.Move(c.File.Path, c.To)
	}
	return nil
}

// putBack writes files as they were, but for one that somebody else has changed since, and gives the reason with what came up on the way.
func (f Folder) putBack(made []*Change, reason error) error {
	for _, c := range made {
		path := c.File.Path
		if c.To != path {
			if _, err := fs.Stat(f.Files, c.To); err == nil {
				if err := f.Move(c.To, path); err != nil {
					reason = errors.Join(reason, fmt.Errorf("give %s its name back: %w", c.To, err))
					continue
				}
			}
		}
		now, err := fs.ReadFile(f.Files, path)
		switch {
		case err == nil && bytes.Equal(now, c.before):
		case err == nil && !bytes.Equal(now, c.after):
			reason = errors.Join(reason, fmt.Errorf("%s was changed meanwhile, so it was left as it is", path))
		default:
			if err := f.Write(path, c.before); err != nil {
				reason = errors.Join(reason, fmt.Errorf("put %s back: %w", path, err))
			}
		}
	}
	return reason
}

// New gives the findings that came up between two checks of one content. Findings are the same by rule, file and message, wherever in the file they stand
// now; renamed gives a message or a path of either as it is to be compared, nil for as it is.
func New(before, after []diag.Finding, renamed func(string) string) []diag.Finding {
	if renamed == nil {
		renamed = func(s string) string { return s }
	}
	type identity struct {
		rule, path, message string
		severity            diag.Severity
	}
	of := func(f diag.Finding) identity {
		id := identity{rule: f.Rule, message: renamed(f.Message), severity: f.Severity}
		if f.At.File != nil {
			id.path = renamed(f.At.File.Path)
		}
		return id
	}
	known := map[identity]int{}
	for _, f := range before {
		known[of(f)]++
	}
	var fresh []diag.Finding
	for _, f := range after {
		if known[of(f)]--; known[of(f)] < 0 {
			fresh = append(fresh, f)
		}
	}
	return fresh
}

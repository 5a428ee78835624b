package publish

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"candor/generator/output"
)

const manifestName = output.ManifestName

// keep is how long an asset outlives the last page that used it.
const keep = time.Hour

// Reason says why a file is written or taken away.
type Reason string

// The reasons, as people read them.
const (
	New      Reason = "new"
	Changed  Reason = "changed"
	Headers  Reason = "other headers" // the same bytes with another type, caching or compression
	Missing  Reason = "missing there"
	Altered  Reason = "altered there by somebody else"
	Replaced Reason = "in the place of what others put there"
	Gone     Reason = "no part of the site any more"
	Expired  Reason = "out of use" // an asset that was kept for open pages
)

// A Step is a file that is written or taken away.
type Step struct {
	Phase  Phase
	Reason Reason
	Entry  // as it is to be, or, to be deleted, as it is

	wanted wanted
}

// A Plan is what is to be done, in order, and what is not.
type Plan struct {
	Steps   []Step
	Kept    int      // files that are there as they are to be
	Foreign []string // what others put there, sorted; it is left alone
	Astray  []string // what an earlier publish wrote, somebody else changed, and the site has no more, sorted; it is left alone
	Retired []Entry  // assets that are kept for open pages though the site has them no more, sorted
	First   bool     // nothing was published there before
	Resumed bool     // an earlier upload ended in the middle
	Bytes   int64    // to be sent, before compression

	site  *Site
	there *There
	kept  []Entry // files of the site that are there, sorted
	stays []Entry // of ours, everything that is not taken away nor kept: to be written over, to be retired; sorted
}

// NewPlan works out what is to be done so that the site is in a place that keeps files in this manner. What may not be done is an *Error.
func NewPlan(site *Site, there *There, m Manner, o Options) (*Plan, error) {
	if err := permitted(site, there, o); err != nil {
		return nil, err
	}
	files, err := site.wants(m)
	if err != nil {
		return nil, err
	}
	p := &Plan{site: site, there: there, First: there.State == nil}
	p.Resumed = there.State != nil && there.State.Upload != nil
	for _, w := range files {
		if err := p.write(w, m, o); err != nil {
			return nil, err
		}
	}
	p.takeAway(files, m, o)
	for _, object := range there.Foreign {
		if !slices.ContainsFunc(p.Steps, func(s Step) bool { return s.Reason == Replaced && s.Path == object.Path }) {
			p.Foreign = append(p.Foreign, object.Path)
		}
	}
	inOrder(p.Steps)
	return p, nil
}

// Nothing reports whether the place is as it is to be, down to the record.
func (p *Plan) Nothing() bool {
	s := p.there.State
	return len(p.Steps) == 0 && s != nil && s.Upload == nil && s.Facts == p.site.Facts && slices.EqualFunc(s.Files, p.kept, sameEntry) && slices.EqualFunc(s.Retired, p.Retired, sameEntry)
}

func sameEntry(a, b Entry) bool {
	if !a.Since.Equal(b.Since) {
		return false
	}
	a.Since, b.Since = time.Time{}, time.Time{}
	return a == b
}

// permitted holds what the site says of itself against what is there.
func permitted(site *Site, there *There, o Options) error {
	if there.State == nil {
		if len(there.Foreign) > 0 && o.Foreign == Refuse {
			return foreignThere(there.Foreign)
		}
		return nil
	}
	all := []Facts{there.State.Facts}
	if upload := there.State.Upload; upload != nil {
		all = append(all, upload.Facts)
	}
	for _, f := range all {
		if f.BaseURL != "" && !sameBase(f.BaseURL, site.BaseURL) && !o.Moved {
			return &Error{
				Kind: KindOtherSite, Path: f.BaseURL, Text: fmt.Sprintf("is published there, and this site was built for %q", site.BaseURL),
				Hint: fmt.Sprintf("candor build --base-url %s, or publish to another place", f.BaseURL),
			}
		}
		if cmp.Compare(site.BuiltOn, f.BuiltOn) < 0 && !o.Older {
			return &Error{
				Kind: KindOlder, Text: fmt.Sprintf("this site was built on %s, and the one that is published there on %s", site.BuiltOn, f.BuiltOn),
				Hint: "build it again, and publish that",
			}
		}
	}
	return nil
}

// sameBase compares base URLs, with and without a slash at the end.
func sameBase(a, b string) bool { return strings.TrimSuffix(a, "/") == strings.TrimSuffix(b, "/") }

func foreignThere(objects []Object) *Error {
	text := "is there, and candor did not publish it"
	if n := len(objects) - 1; n == 1 {
		text += ", nor one other"
	} else if n > 1 {
		text += fmt.Sprintf(", nor %d others", n)
	}
	return &Error{Kind: KindForeign, Path: objects[0].Path, Text: text, Hint: "publish to an empty place, or beside what is there, which then stays as it is"}
}

// write plans one file of the site.
func (p *Plan) write(w wanted, m Manner, o Options) error {
	step := Step{Entry: w.Entry, wanted: w}
	is, isOurs := entry(p.there.Ours, w.Path)
	was, isAltered := entry(p.there.Altered, w.Path)
	_, isForeign := slices.BinarySearchFunc(p.there.Foreign, w.Path, func(object Object, path string) int { return cmp.Compare(object.Path, path) })
	switch {
	case isForeign && o.Foreign != Replace:
		return &Error{
			Kind: KindCollision, Path: w.Path, Text: "is there already, and candor did not publish it",
			Hint: "take it away or rename it there; nothing was changed",
		}
	case isForeign:
		step.Reason = Replaced
	case isAltered:
		step.Reason = Altered
	case isOurs && is.SHA256 != w.SHA256:
		step.Reason = Changed
	case isOurs && (is.Encoding != w.Encoding || m.Headers && is.Attributes != w.Attributes):
		step.Reason = Headers
	case isOurs:
		is.Since = time.Time{}
		p.kept = append(p.kept, is)
		p.Kept++
		return nil
	case p.there.State.has(w.Path):
		step.Reason = Missing
	default:
		step.Reason = New
	}
	step.Phase = phaseOf(w.sourcePath(), is.Loose || was.Loose || step.Reason == New || step.Reason == Missing || step.Reason == Replaced)
	p.Steps = append(p.Steps, step)
	p.Bytes += w.Size
	return nil
}

// has reports whether the record says that a file was there.
func (s *State) has(path string) bool {
	if s == nil {
		return false
	}
	_, is := entry(s.Files, path)
	return is
}

// takeAway plans what happens to what the site has no more.
func (p *Plan) takeAway(files []wanted, m Manner, o Options) {
	isWanted := func(path string) bool {
		_, is := slices.BinarySearchFunc(files, path, func(w wanted, path string) int { return cmp.Compare(w.Path, path) })
		return is
	}
	now := o.Now()
	for _, e := range p.there.Ours {
		switch {
		case isWanted(e.Path):
			if _, kept := entry(p.kept, e.Path); !kept {
				p.stays = append(p.stays, e)
			}
		case !outlives(e) || m.OneStep || o.Prune:
			p.Steps = append(p.Steps, Step{Phase: deletionOf(e), Reason: Gone, Entry: e})
		case !e.Since.IsZero() && !now.Before(e.Since.Add(keep)):
			p.Steps = append(p.Steps, Step{Phase: deletionOf(e), Reason: Expired, Entry: e})
		default:
			p.Retired = append(p.Retired, e)
		}
	}
	for _, e := range p.there.Altered {
		if !isWanted(e.Path) {
			p.Astray = append(p.Astray, e.Path)
		}
	}
}

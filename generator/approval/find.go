package approval

import (
	"path"
	"slices"
	"strings"

	"candor/generator/amend"
	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"
)

// folder is where policies lie.
const folder = parse.Folder + "/policies/"

// find gives the policies that were named, each once, and the files of those that could not be read.
func find(site *model.Site, names []string) (policies []*model.Policy, unread []string, err error) {
	for _, name := range names {
		id, isPath := strings.CutSuffix(path.Base(path.Clean(name)), ".md")
		if dir := path.Dir(path.Clean(name)); dir != "." && dir+"/" != folder {
			id, isPath = name, true // a file elsewhere
		}
		p, _ := site.Find(model.KindPolicy, id).(*model.Policy)
		switch {
		case p != nil && (!isPath || p.File.Path == folder+id+".md"):
			if !slices.Contains(policies, p) {
				policies = append(policies, p)
			}
		case site.IsUnread(model.KindPolicy, id):
			unread = append(unread, folder+id+".md")
		default:
			return nil, nil, unknown(site, name, id)
		}
	}
	return policies, unread, nil
}

func unknown(site *model.Site, name, id string) error {
	var ids []string
	for _, p := range site.Policies {
		ids = append(ids, p.ID.Value)
		for _, a := range p.Aliases {
			ids = append(ids, a.Value)
		}
	}
	for _, k := range site.Unread {
		if k.Kind == model.KindPolicy {
			ids = append(ids, k.ID)
		}
	}
	hint := diag.Suggest(path.Base(id), ids)
	if hint == "" {
		hint = "write the name of a file in " + folder + ", or its path"
	}
	return amend.Refuse(hint, "no policy %q", name)
}

// policyIn gives the policy that a file holds, nil when it could not be read.
func policyIn(site *model.Site, file string) *model.Policy {
	for _, p := range site.Policies {
		if p.File.Path == file {
			return p
		}
	}
	return nil
}

// misread gives the findings that say why one of these files cannot be read as it is meant.
func misread(findings []diag.Finding, files []string) []diag.Finding {
	var found []diag.Finding
	for _, f := range findings {
		if f.Rule == parse.SCH01 && f.Severity == diag.Error && f.At.File != nil && slices.Contains(files, f.At.File.Path) {
			found = append(found, f)
		}
	}
	return found
}

// gaps gives the errors and warnings that a stamped policy has. A finding elsewhere counts when it points to the policy, but for one that points
// to the approval: that is what the approval sets off.
func (s *Stamp) gaps(findings []diag.Finding) []diag.Finding {
	var found []diag.Finding
	for _, f := range findings {
		if f.Severity != diag.Incomplete && s.concerns(f) {
			found = append(found, f)
		}
	}
	return found
}

func (s *Stamp) concerns(f diag.Finding) bool {
	if s.holds(f.At) {
		return true
	}
	return slices.ContainsFunc(f.Related, func(r diag.Related) bool {
		return s.holds(r.At) && (s.Policy == nil || r.At != s.Policy.ApprovedOn.At)
	})
}

// holds reports whether a place is in the policy's file.
func (s *Stamp) holds(at source.Span) bool {
	return at.File != nil && at.File.Path == s.was.File.Path
}

// unstamped gives a finding with the places at which it stands in the files as they were.
func unstamped(f diag.Finding, stamps []*Stamp) diag.Finding {
	f.Related = slices.Clone(f.Related)
	for _, s := range stamps {
		f.At = s.unstamped(f.At)
		for i := range f.Related {
			f.Related[i].At = s.unstamped(f.Related[i].At)
		}
	}
	return f
}

func (s *Stamp) unstamped(at source.Span) source.Span {
	if !s.holds(at) || !at.File.IsText() {
		return at
	}
	return s.was.File.Span(s.offset(at.Start), s.offset(at.End))
}

// offset gives where a byte of the stamped file stood before; one that is new, where it was put in.
func (s *Stamp) offset(stamped int) int {
	shift := 0 // how much longer the stamped file is, up to here
	for _, e := range s.change.Edits {
		if e.At.Start+shift >= stamped {
			break
		}
		if stamped < e.At.Start+shift+len(e.Text) {
			return e.At.Start
		}
		shift += len(e.Text) - (e.At.End - e.At.Start)
	}
	return stamped - shift
}

// stale gives the answers that cite a policy and were verified before it was approved anew.
func stale(site *model.Site, s *Stamp) []*model.Answer {
	if s.Policy == nil || s.Policy.ApprovedOn.Day == s.was.ApprovedOn.Day {
		return nil
	}
	var found []*model.Answer
	for _, a := range site.Answers() {
		if !a.ReviewedOn.IsZero() && a.ReviewedOn.Day < s.Policy.ApprovedOn.Day &&
			slices.ContainsFunc(a.Evidence, func(c model.Citation) bool { return c.To == model.Record(s.Policy) }) {
			found = append(found, a)
		}
	}
	return found
}

package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"
)

var exc01 = Rule{
	Rule: diag.Rule{
		ID:       "EXC01",
		Severity: diag.Error,
		Title:    "an exception has expired, gives no reason, or takes nothing off the list",
		Why:      "An exception is a promise to mend something by a day. One that outlives its day or its gap hides the next gap.",
		Source:   "SOC 2 CC3.2 and CC5.3",
		Bad: `# subprocessors/slack.yaml, on 2026-11-23
exceptions:
  - {rule: SUB07, reason: n/a, owner: security-lead, expires: 2026-10-31}`,
		Good: `# subprocessors/slack.yaml, on 2026-11-23
exceptions:
  - {rule: SUB07, reason: The review waits for their new report in December, owner: security-lead, expires: 2027-01-15}`,
		Remark: `An exception stands in the file that the finding is in; in a list of records, in the record that it is in. Findings in source code (FLW11) are
excepted in the flow that is built from it, those in permalinks.yaml in site.yaml, with "in: permalinks.yaml". SCH, LEK and EXC findings cannot be excepted. On the day on which it expires an exception has expired.`,
	},
}

// scope is where an exception can stand, and what it then reaches.
type scope struct {
	exceptions []model.Exception
	extent     source.Span // the lines of the record
	config     bool        // site.yaml
}

// exempt takes off the list what live exceptions reach, reports the others, and gives those that are live.
func exempt(p *pass) []diag.Exception {
	var live []diag.Exception
	for _, s := range scopes(p.site) {
		for _, e := range s.exceptions {
			if gap, hint := p.invalid(e, s.config); gap != "" {
				p.report(e.Rule.At, gap, hint)
				continue
			}
			if e.Rule.IsZero() || e.Expires.IsZero() || e.Reason.IsZero() {
				continue // reported while reading
			}
			if e.Expires.Day <= p.on {
				p.report(e.Expires.At, fmt.Sprintf("the exception to %s expired on %s", e.Rule.Value, e.Expires.Day), "mend what it excuses and remove it, or agree on a new day")
				continue
			}
			taken := p.diags.Take(func(f diag.Finding) bool { return f.Rule == e.Rule.Value && s.reaches(e, f) })
			switch {
			case len(taken) > 0:
				live = append(live, diag.Exception{Rule: e.Rule.Value, Reason: e.Reason.Value, Owner: e.Owner.Value, Expires: e.Expires.Day.String(), At: e.Rule.At, Findings: taken})
			case len(p.site.Unread)+len(p.site.Refused) == 0: // else the gap may be hidden
				p.report(e.Rule.At, fmt.Sprintf("the exception to %s takes nothing off the list", e.Rule.Value), "remove it: what it excused is mended")
			}
		}
	}
	slices.SortFunc(live, func(a, b diag.Exception) int {
		return cmp.Or(strings.Compare(a.At.File.Path, b.At.File.Path), cmp.Compare(a.At.Start, b.At.Start))
	})
	return live
}

// invalid tells what is wrong with an exception at any time, "" for nothing.
func (p *pass) invalid(e model.Exception, config bool) (gap, hint string) {
	_, known := Find(e.Rule.Value)
	switch {
	case e.Rule.IsZero():
	case !known:
		var ids []string
		for _, r := range Rules() {
			ids = append(ids, r.ID)
		}
		return fmt.Sprintf("%q is no rule", e.Rule.Value), hintFor(e.Rule.Value, ids, "write an id that `candor rules` lists")
	case !CanBeExcepted(e.Rule.Value):
		return fmt.Sprintf("findings of %s cannot be excepted", e.Rule.Value), "mend them, and remove the exception"
	case !e.Reason.IsZero() && isNoReason(e.Reason.Value):
		return fmt.Sprintf("the exception to %s gives %q as its reason", e.Rule.Value, shorten(e.Reason.Value)), "write why the gap has to stay, and what is done until it is mended"
	case !e.In.IsZero() && !config:
		return fmt.Sprintf("the exception to %s is for findings in %q, but stands in another file", e.Rule.Value, e.In.Value), `remove "in", or move the exception into site.yaml`
	}
	return "", ""
}

// CanBeExcepted reports whether an exception may take findings of a rule off the list.
func CanBeExcepted(id string) bool {
	switch strings.TrimRight(id, "0123456789") {
	case "SCH", "LEK", "EXC":
		return false
	}
	return true
}

// reaches reports whether a finding is one that the exception takes off: one in the record, or one in source code that names the record.
func (s scope) reaches(e model.Exception, f diag.Finding) bool {
	if f.At.File == nil {
		return false
	}
	if s.config && !e.In.IsZero() {
		return f.At.File.Path == e.In.Value || f.At.File.Path == "content/"+e.In.Value
	}
	return s.holds(f.At) || !strings.HasPrefix(f.At.File.Path, "content/") && slices.ContainsFunc(f.Related, func(r diag.Related) bool { return s.holds(r.At) })
}

func (s scope) holds(at source.Span) bool {
	return at.File == s.extent.File && at.Start >= s.extent.Start && at.Start <= s.extent.End
}

// scopes gives all places at which exceptions are written, in the order of the site.
func scopes(site *model.Site) []scope {
	var all []scope
	if c := site.Config; len(c.Exceptions) > 0 {
		all = append(all, scope{c.Exceptions, wholeOf(c.File), true})
	}
	for _, r := range site.All() {
		if h := r.Head(); len(h.Exceptions) > 0 {
			all = append(all, scope{exceptions: h.Exceptions, extent: h.Extent})
		}
	}
	// the narrowest first, so that an exception of a whole file is not told to be of use when one of its records has its own
	slices.SortStableFunc(all, func(a, b scope) int { return (a.extent.End - a.extent.Start) - (b.extent.End - b.extent.Start) })
	return all
}

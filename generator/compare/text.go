package compare

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"candor/generator/disclosure"
)

// Limits says how much of a report is written.
type Limits struct {
	Pages   int // that are told of with what changed on them
	Changes int // of one page
}

// Terminal is how much a person reads in a terminal.
var Terminal = Limits{Pages: 40, Changes: 6}

// Unlimited writes everything.
var Unlimited = Limits{Pages: 1 << 30, Changes: 1 << 30}

// WriteJSON writes a report for programs, whole.
func (r *Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	if err := e.Encode(r); err != nil {
		return fmt.Errorf("write the comparison: %w", err)
	}
	return nil
}

// A script writes a report in one of its forms.
type script struct {
	b strings.Builder
	l Limits
}

func (s *script) line(format string, args ...any) { fmt.Fprintf(&s.b, format+"\n", args...) }

// WriteText writes a report for a person: the summary in the first line, then notices, facts, pages and files.
func (r *Report) WriteText(w io.Writer, l Limits) error {
	s := &script{l: l}
	s.line("%s", r.Summary)
	for _, n := range r.Notices {
		s.line("\n%s", n.Headline)
		for _, d := range n.details() {
			s.line("  %s", d)
		}
	}
	s.facts(r)
	s.pages(r)
	s.files(r)
	for _, n := range r.Notes {
		s.line("note: %s", n)
	}
	if _, err := io.WriteString(w, s.b.String()); err != nil {
		return fmt.Errorf("write the comparison: %w", err)
	}
	return nil
}

// details says of a notice by when, why, and what to do.
func (n Notice) details() []string {
	var all []string
	add := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	if len(n.Fields) > 0 {
		add("changed: %s", strings.Join(n.Fields, ", "))
	}
	if n.Concerns != "" {
		add("concerns %s", n.Concerns)
	}
	switch {
	case !slices.Contains(objectionable, n.What):
		add("customers are told; there is nothing to object to%s", behind("; it receives nothing from ", string(n.Effective)))
	case n.Promised == "":
		add("site.yaml promises no time before such a change; the law wants customers told before it, so that they may object%s", behind("; effective ", string(n.Effective)))
	case n.Effective == "":
		add("no day says from when it holds: told today, it may hold from %s, %s later as promised", n.Earliest, n.Promised)
	case n.Late > 0:
		add("the notice comes too late: effective %s, and %s before are promised, so it was due by %s, %s ago", n.Effective, n.Promised, n.Latest, counted(n.Late, "day"))
		add("to keep the promise when it is told today, write effective_on: %s or later", n.Earliest)
	default:
		add("the notice has to go out by %s: effective %s, and %s before are promised", n.Latest, n.Effective, n.Promised)
	}
	if n.ObjectUntil != "" && slices.Contains(objectionable, n.What) {
		add("objections until %s, when it goes out today", n.ObjectUntil)
	}
	if n.Update == "" {
		add("no update tells of it; `candor notice --update` drafts one")
	} else {
		add("told in %s", n.Update)
	}
	return all
}

func (s *script) facts(r *Report) {
	for _, k := range r.kinds() {
		s.line("\n%s", capital(plural(spoken(k))))
		for _, one := range r.Facts {
			if one.Kind != k {
				continue
			}
			s.line("  %-8s %s%s", one.What, one.Name, one.known())
			for _, f := range one.Fields {
				s.line("           %s", fieldLine(f))
			}
		}
	}
}

// known says what a record was called before, and whether what differs is news.
func (one Record) known() string {
	text := ""
	if one.Was != "" {
		text += fmt.Sprintf(" (%s, before %s)", one.ID, one.Was)
	} else if one.Name != one.ID {
		text += fmt.Sprintf(" (%s)", one.ID)
	}
	if one.Quiet {
		text += ", which is no news"
	}
	return text
}

// maxValue is how many letters of a fact are shown.
const maxValue = 300

// fieldLine tells of one fact: "retention: state: 30 days -> keeps nothing".
func fieldLine(f disclosure.Field) string {
	label := cmp.Or(f.Words, f.Key)
	if strings.HasSuffix(f.Key, "text_sha256") {
		return label + ": another one" // two hashes tell a person nothing
	}
	var parts []string
	for _, g := range f.Gone {
		parts = append(parts, "- "+shortened(g, maxValue))
	}
	for _, n := range f.New {
		parts = append(parts, "+ "+shortened(n, maxValue))
	}
	if len(parts) > 0 {
		return label + ": " + strings.Join(parts, ", ")
	}
	return fmt.Sprintf("%s: %s -> %s", label, nothing(f.Before), nothing(f.After))
}

func nothing(s string) string {
	if s == "" {
		return "(nothing)"
	}
	return shortened(s, maxValue)
}

func (s *script) pages(r *Report) {
	if len(r.Pages) > 0 {
		s.line("\nPages")
	}
	for i, p := range r.Pages {
		if i == s.l.Pages {
			s.line("  and %s more; --all shows them", counted(len(r.Pages)-i, "page"))
			break
		}
		s.line("  %-8s %s  %s%s%s", p.What, p.Address, p.Title, p.fate(), p.elsewhere())
		for n, c := range p.Changes {
			if n == s.l.Changes {
				s.line("             and %s more; --all shows them", counted(len(p.Changes)-n, "change"))
				break
			}
			s.line("           %s", c.inline())
		}
	}
}

// fate says what readers find at the address that they know.
func (p Page) fate() string {
	switch {
	case p.What == Renamed && p.Broken:
		return fmt.Sprintf("; before %s, which leads nowhere now: write the old id into aliases", p.Was)
	case p.What == Renamed:
		return fmt.Sprintf("; before %s, which leads there", p.Was)
	case p.What == Removed:
		return "; its address leads nowhere now"
	case p.Leads != "":
		return "; leads to " + p.Leads
	}
	return ""
}

// elsewhere says that what changed on a page stands with another one.
func (p Page) elsewhere() string {
	if p.Repeated > 0 && len(p.Changes) == 0 {
		return "; as on a page above"
	}
	return ""
}

// inline gives a change with what went in [-…-] and what came in {+…+}.
func (c Change) inline() string {
	var parts []string
	for _, p := range c.Pieces {
		switch p.Op {
		case Gone:
			parts = append(parts, "[-"+p.Text+"-]")
		case New:
			parts = append(parts, "{+"+p.Text+"+}")
		default:
			parts = append(parts, p.Text)
		}
	}
	return strings.Join(parts, " ")
}

func (s *script) files(r *Report) {
	if len(r.Files) > 0 {
		s.line("\nOther files")
	}
	for i, f := range r.Files {
		if i == s.l.Pages {
			s.line("  and %d more", len(r.Files)-i)
			break
		}
		s.line("  %-8s %s", f.What, visible(f.Path))
	}
	tail := false
	say := func(format string, args ...any) {
		if !tail {
			s.line("")
		}
		tail = true
		s.line(format, args...)
	}
	if n := len(r.Markup); n > 0 && len(r.Pages)+len(r.Facts)+len(r.Files) > 0 {
		say("%s written otherwise, and read the same", counted(n, "page"))
	}
	if r.Sealed != (Sealed{}) {
		say("sealed pages: %d added, %d changed, %d removed", r.Sealed.Added, r.Sealed.Changed, r.Sealed.Removed)
	}
	if len(r.Notes) > 0 && !tail {
		s.line("")
	}
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

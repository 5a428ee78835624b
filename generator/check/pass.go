package check

import (
	"fmt"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"
)

// A pass is one rule at work on one site.
type pass struct {
	site  *model.Site
	on    model.Day
	rule  diag.Rule
	diags *diag.List
	folio *folio // the texts of the site, shared by the rules of a run
}

// report adds a finding of the pass's rule, with the rule's severity.
func (p *pass) report(at source.Span, message, hint string, related ...diag.Related) {
	p.reportAs(p.rule.Severity, at, message, hint, related...)
}

// reportAs is report for the rules that have two severities.
func (p *pass) reportAs(severity diag.Severity, at source.Span, message, hint string, related ...diag.Related) {
	f := diag.Finding{Rule: p.rule.ID, Severity: severity, At: at, Message: message, Hint: hint}
	for _, r := range related {
		if !r.At.IsZero() {
			f.Related = append(f.Related, r)
		}
	}
	p.diags.Add(f)
}

// note makes a related place.
func note(at source.Span, text string) diag.Related { return diag.Related{At: at, Text: text} }

// anyUnread reports whether any record of one of these kinds stands in a file that could not be read: then nothing is said of what
// seems to be missing from all of them.
func (p *pass) anyUnread(kinds ...model.Kind) bool {
	for _, u := range p.site.Unread {
		for _, k := range kinds {
			if u.Kind == k {
				return true
			}
		}
	}
	return false
}

// configUnread reports whether site.yaml could not be read, so that nothing is known of promises and cadences.
func (p *pass) configUnread() bool { return p.anyUnread(model.KindOwner) }

// missing reports whether a reference was written that leads nowhere, for a reason that this run can know.
func missing[T any](p *pass, r model.Ref[T], kind model.Kind) bool {
	return !r.IsZero() && r.To == nil && !p.site.IsUnread(kind, r.Value)
}

// idsOf gives the ids of records, for hints.
func idsOf[T model.Record](records []T) []string {
	ids := make([]string, len(records))
	for i, r := range records {
		ids[i] = r.Key().ID
	}
	return ids
}

// hintFor gives the nearest of names for what was typed, else the advice.
func hintFor(typed string, names []string, advice string) string {
	if near, ok := diag.Nearest(typed, names); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return advice
}

// near gives the place of the first text that was written, else the record's own.
func near(r model.Record, texts ...model.Text) source.Span {
	for _, t := range texts {
		if !t.At.IsZero() {
			return t.At
		}
	}
	return r.Place()
}

// list joins words for a sentence: "a", "a and b", "a, b and c".
func list(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}

// A need is a key that a rule asks for.
type need struct {
	key   string
	given bool
}

// lacking gives the keys among needs that were not given.
func lacking(needs ...need) []string {
	var keys []string
	for _, n := range needs {
		if !n.given {
			keys = append(keys, n.key)
		}
	}
	return keys
}

// write gives the advice to add keys.
func write(keys []string) string {
	quoted := make([]string, len(keys))
	for i, key := range keys {
		quoted[i] = fmt.Sprintf(`"%s: ..."`, key)
	}
	return "write " + list(quoted)
}

// shorten keeps a quoted value within a line.
func shorten(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > 60 {
		return string(runes[:57]) + "..."
	}
	return s
}

// dataOn gives the classes that a link carries, as they were written.
func dataOn(links []*model.Link) []string {
	var ids []string
	seen := map[string]bool{}
	for _, l := range links {
		for _, d := range l.Data {
			if !seen[d.Value] {
				seen[d.Value] = true
				ids = append(ids, d.Value)
			}
		}
	}
	return ids
}

// yearly is how often things are looked at where nothing is said.
var yearly = model.Period{Count: 365, Unit: 'd'}

// cadence gives how often something is looked at: as written, else as is usual.
func cadence(written model.Duration, usual model.Period) model.Duration {
	if written.IsZero() {
		written.Period = usual
	}
	return written
}

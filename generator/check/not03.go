package check

import (
	"fmt"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"
)

var not03 = Rule{
	Rule: diag.Rule{
		ID:       "NOT03",
		Severity: diag.Warning,
		Title:    "a sub-processor was added, changed or removed since the last release, and no update says so",
		Why:      "Who may object must hear of a change, and the feed of updates is the record that they could.",
		Source:   "GDPR Art. 28(2)",
		Bad: `# permalinks.yaml: facts: {openai: {since: 2026-09-01, locations: ["US, process"]}}
# subprocessors/openai.yaml, and nothing in updates/
locations: [{country: US, activity: [process]}, {country: DE, activity: [process]}]`,
		Good: `# updates/2026-11-20-openai-in-germany.md
---
title: OpenAI will work in Germany too
date: 2026-11-20
kind: notice
concerns: [subprocessor:openai]
---`,
		Remark: `Compared are the facts in permalinks.yaml, as the last release left them: status, legal entity, purpose, engagement, data, locations, transfer, and the terms on training, retention and human review.
An update counts that concerns the vendor, is no news, and is dated after the day on which those facts were first published (since), or on that day if it is not in permalinks.yaml yet. A planned vendor that becomes
active has been announced. A change of words alone is taken over by candor permalinks --reworded ID.`,
	},
	run: unannouncedChanges,
}

// A silence is what readers of the list were not told of a sub-processor.
type silence struct {
	vendor *model.Subprocessor
	before *model.PublishedVendor // nil for one that was added
	facts  []model.Change
}

// Unannounced gives the sub-processors that were added or changed since the last release without an update that says so.
func Unannounced(site *model.Site) []*model.Subprocessor {
	var vendors []*model.Subprocessor
	for _, c := range unannounced(site) {
		vendors = append(vendors, c.vendor)
	}
	return vendors
}

func unannounced(site *model.Site) []silence {
	if site.Permalinks == nil {
		return nil
	}
	listed, told := idSet(site.Permalinks.Subprocessors), site.LastPublished()
	notices := noticesOf(site)
	seen := idSet(site.Permalinks.Updates)
	var all []silence
	for _, v := range site.Subprocessors {
		if !v.Published() {
			continue
		}
		c := silence{vendor: v, before: told[v]}
		if c.before == nil {
			old := isListed(v, listed) && len(told) == 0 // by a file that holds no facts
			if !old && v.Status.Value != model.StatusRemoved && len(notices[v]) == 0 {
				all = append(all, c)
			}
			continue
		}
		c.facts = site.Changed(c.before, v.Publication())
		since := c.before.Since.Day
		if since == 0 {
			since = site.Permalinks.PublishedOn.Day
		}
		noticed := slices.ContainsFunc(notices[v], func(u *model.Update) bool { return isLater(u, since, seen) })
		if len(c.facts) > 0 && !noticed {
			all = append(all, c)
		}
	}
	return all
}

// noticesOf gives the updates that concern each sub-processor, but for mere news.
func noticesOf(site *model.Site) map[*model.Subprocessor][]*model.Update {
	notices := map[*model.Subprocessor][]*model.Update{}
	for _, u := range site.Updates {
		for _, c := range u.Concerns {
			if v, ok := c.To.(*model.Subprocessor); ok && u.Kind.Value != "news" {
				notices[v] = append(notices[v], u)
			}
		}
	}
	return notices
}

// isLater reports whether an update came after facts that were published on a day. One of the same day that was published by then told of
// those facts, not of what followed.
func isLater(u *model.Update, since model.Day, seen map[string]bool) bool {
	return u.Date.Day > since || u.Date.Day == since && !seen[u.ID.Value]
}

func idSet(ids []model.Text) map[string]bool {
	m := make(map[string]bool, len(ids))
	for _, id := range ids {
		m[id.Value] = true
	}
	return m
}

func isListed(v *model.Subprocessor, listed map[string]bool) bool {
	return listed[v.ID.Value] || slices.ContainsFunc(v.Aliases, func(a model.Text) bool { return listed[a.Value] })
}

func unannouncedChanges(p *pass) {
	if p.anyUnread(model.KindUpdate, model.KindDataClass) {
		return
	}
	for _, c := range unannounced(p.site) {
		v := c.vendor
		if p.tried(v.Extent, "") || p.tried(wholeOf(p.site.Permalinks.File), "") {
			continue // a fact that could not be read has not changed
		}
		hint := fmt.Sprintf(`write updates/%s-%s.md with "kind: notice" and "concerns: [subprocessor:%s]"`, p.on, v.ID.Value, v.ID.Value)
		if c.before == nil {
			p.report(near(v, v.Title), fmt.Sprintf("sub-processor %q is new, and no update announces it", v.ID.Value), hint, note(p.site.Permalinks.PublishedOn.At, "the last release"))
			continue
		}
		p.changed(c, hint)
	}
}

// changed reports what differs from the facts that were published.
func (p *pass) changed(c silence, hint string) {
	v, first := c.vendor, c.facts[0]
	var words []string
	var related []diag.Related
	for _, f := range c.facts {
		words = append(words, f.Before.Words)
		related = append(related, note(placeOf(f.Before, c.before.ID.At), fmt.Sprintf("%s published as %s", f.Before.Words, quoted(f.Before))))
	}
	for _, u := range p.site.Updates {
		if u.Kind.Value == "news" && u.Date.Day >= c.before.Since.Day && slices.ContainsFunc(u.Concerns, func(c model.Citation) bool { return c.To == model.Record(v) }) {
			related = append(related, note(u.Kind.At, "this is news, not a notice"))
		}
	}
	since := ""
	if !c.before.Since.IsZero() {
		since = fmt.Sprintf(" since %s", c.before.Since.Day)
	}
	message := fmt.Sprintf("the %s of sub-processor %q changed%s, and no update says so", list(words), v.ID.Value, since)
	switch {
	case first.Now.Key == "status":
		message = fmt.Sprintf("sub-processor %q is %s now, and no update%s says so", v.ID.Value, v.Status.Value, since)
	case len(c.facts) == 1:
		message = fmt.Sprintf("the %s of sub-processor %q changed to %s%s, and no update says so", words[0], v.ID.Value, quoted(first.Now), since)
	}
	if !slices.ContainsFunc(c.facts, func(f model.Change) bool { return !prose[f.Now.Key] }) {
		hint += fmt.Sprintf("; if its words alone changed, run candor permalinks --reworded %s", v.ID.Value)
	}
	p.report(placeOf(first.Now, near(v, v.Title)), message, hint, related...)
}

// prose are facts in an author's own words, which may be put better without a change.
var prose = map[string]bool{"purpose": true, "engagement": true, "exceptions": true}

// placeOf gives where a fact is written, else another place.
func placeOf(f model.Fact, other source.Span) source.Span {
	if len(f.Values) > 0 {
		return f.Values[0].At
	}
	return other
}

// quoted gives the values of a fact for a message.
func quoted(f model.Fact) string {
	if len(f.Values) == 0 {
		return "nothing"
	}
	var values []string
	for _, t := range f.Values {
		values = append(values, t.Value)
	}
	return fmt.Sprintf("%q", shorten(strings.Join(values, "; ")))
}

package notice

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"candor/generator/disclosure"
	"candor/generator/model"
)

// A writer makes changes of differences.
type writer struct {
	before, now *disclosure.Document
	o           Options
	facts       map[string][]disclosure.Field // of each sub-processor of today, every fact in words
	warnings    []Warning
}

// factsOf gives every fact of each sub-processor in words: what differs from a document that tells of none.
func factsOf(d *disclosure.Document) map[string][]disclosure.Field {
	none := &disclosure.Document{Version: d.Version, DataClasses: d.DataClasses}
	facts := map[string][]disclosure.Field{}
	for _, diff := range disclosure.Compare(none, d) {
		if diff.Kind == model.KindSubprocessor {
			facts[diff.ID] = diff.Fields
		}
	}
	return facts
}

// material are the facts whose change concerns a customer, as subjectOf calls them: the ones that model.PublishedVendor holds, and who the vendor works through.
// What an author wrote in words of their own, which may be put better without a change, is true.
var material = []struct {
	key     string
	subject string
	prose   bool
}{
	{"legal_entity", "legal entity", false}, {"postal_address", "legal entity", false}, {"country", "legal entity", false},
	{"purpose", "purpose", true}, {"engagement", "customers concerned", false}, {"condition", "customers concerned", true},
	{"data", "data", false}, {"data_subjects", "people concerned", false}, {"locations", "locations", false}, {"transfer", "transfer mechanism", false},
	{"ai.role", "AI terms", false}, {"ai.training.used", "training terms", false},
	{"ai.retention.state", "retention", false}, {"ai.retention.keep", "retention", false}, {"ai.retention.exceptions", "retention", true},
	{"ai.retention", "retention", false}, // both in one
	{"ai.retention.covers", "retention", false}, {"ai.human_review", "human review", false},
	{"hosted_by", "host", false}, {"maker", "maker of its models", false}, {"replaced_by", "successor", false},
	{"effective_on", "effective date", false}, {"status", "that it stays", false}, {"removed_on", "that it stays", false},
}

// kindOf gives what is known of a fact's key: locations[US].activity is one of "locations".
func kindOf(key string) (subject string, prose, ok bool) {
	for _, m := range material {
		if m.key == "ai.retention" && key != m.key {
			continue // its evidence and its dates are not told
		}
		if rest, found := strings.CutPrefix(key, m.key); found && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			return m.subject, m.prose, true
		}
	}
	return "", false, false
}

func subjectOf(key string) string {
	subject, _, _ := kindOf(key)
	return subject
}

// change gives what a notice tells of a difference; false when customers need not hear of it.
func (w *writer) change(d disclosure.Difference) (Change, bool) {
	v, old := vendorOf(w.now, d.ID), vendorOf(w.before, cmp.Or(d.Was, d.ID))
	if v == nil {
		if old == nil || old.Status == model.StatusRemoved {
			return Change{}, false
		}
		return w.gone(old), true
	}
	c := Change{ID: v.ID, Name: line(v.Name), Address: v.Address, Facts: describe(v, w.facts[v.ID])}
	c.Concerns, c.Everybody = concerned(v)
	if u := w.told(v); u != nil {
		c.Why, c.Update = line(u.Summary), u.Address
	}
	c.What = w.what(v, old, d.Fields)
	switch c.What {
	case "":
		return Change{}, false
	case Added:
		w.added(&c, v)
	case Leaving:
		c.Effective, c.Facts = v.RemovedOn, identity(c.Facts)
		if r := vendorOf(w.now, v.ReplacedBy); r != nil {
			c.ReplacedBy = &Vendor{ID: r.ID, Name: line(r.Name), Address: r.Address}
		}
	default:
		c.Fields = keeping(concerning(d.Fields, old, v), old, v)
		if c.What == Changed && !c.stays() {
			w.changed(&c, v)
		}
	}
	if c.Why == "" && c.What != Reworded {
		c.About = line(v.Summary)
	}
	return c, true
}

// gone tells of a vendor that is not in the content any more, from what was said of it before.
func (w *writer) gone(old *disclosure.Subprocessor) Change {
	w.warn(fmt.Sprintf("%q is not among the sub-processors of the content any more, so its page is gone, and the notice has no day for it", old.ID),
		`keep its file, with "status: removed" and "removed_on"`)
	c := Change{What: Leaving, ID: old.ID, Name: line(old.Name), Effective: old.RemovedOn, Facts: identity(describe(old, factsOf(w.before)[old.ID]))}
	c.Concerns, c.Everybody = concerned(old)
	return c
}

// what gives what became of a vendor; "" when it is nothing that concerns customers.
func (w *writer) what(v, old *disclosure.Subprocessor, fields []disclosure.Field) What {
	if old == nil || old.Status == model.StatusRemoved {
		if v.Status == model.StatusRemoved {
			return "" // it came and went, or was gone before
		}
		return Added
	}
	switch {
	case leaves(v) && (!leaves(old) || v.RemovedOn != old.RemovedOn):
		return Leaving
	case v.Status == model.StatusRemoved:
		return "" // on the day that was told
	}
	of := concerning(fields, old, v)
	switch {
	case len(of) == 0:
		return ""
	case slices.ContainsFunc(of, func(f disclosure.Field) bool { _, prose, _ := kindOf(f.Key); return !prose }):
		return Changed
	case slices.Contains(w.o.Reworded, v.ID):
		return ""
	}
	return Reworded
}

// leaves reports whether a vendor is gone, on its way out, or has a day to go.
func leaves(v *disclosure.Subprocessor) bool {
	return v.Status == model.StatusRemoved || v.Status == model.StatusRetiring || v.RemovedOn != ""
}

// concerning keeps the facts whose change concerns customers. That a vendor stays which was said to leave is one; every other status is told as what becomes of
// it. The day from which a vendor receives data is one as long as it lies ahead.
func concerning(fields []disclosure.Field, old, v *disclosure.Subprocessor) []disclosure.Field {
	var kept []disclosure.Field
	for _, f := range fields {
		_, _, ok := kindOf(f.Key)
		switch f.Key {
		case "status", "removed_on":
			ok = leaves(old) && !leaves(v)
		case "effective_on":
			ok = old.Status == model.StatusPlanned
		}
		if ok && !f.Quiet {
			f.Words, f.Before, f.After, f.Gone, f.New = line(f.Words), line(f.Before), line(f.After), lines(f.Gone), lines(f.New)
			kept = append(kept, f)
		}
	}
	return kept
}

func lines(all []string) []string {
	var kept []string
	for _, s := range all {
		if s = line(s); s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}

// concerned says for which customers a vendor is used.
func concerned(v *disclosure.Subprocessor) (words string, everybody bool) {
	condition := line(v.Condition)
	switch {
	case v.Engagement == "opt-in" && condition != "":
		return "you only if you opted in: " + condition, false
	case v.Engagement == "opt-in":
		return "you only if you opted in", false
	case v.Engagement == "conditional" || condition != "":
		return "you only if this applies to you: " + cmp.Or(condition, "see its page"), false
	}
	return "every customer", true
}

// told gives the newest update since the last publication that tells of a vendor and is no mere news; nil for none.
func (w *writer) told(v *disclosure.Subprocessor) *disclosure.Update {
	var newest *disclosure.Update
	for i, u := range w.now.Updates {
		concerns := slices.ContainsFunc(append([]string{v.ID}, v.Former...), func(id string) bool {
			return slices.Contains(u.Concerns, string(model.KindSubprocessor)+":"+id)
		})
		known := slices.ContainsFunc(w.before.Updates, func(old disclosure.Update) bool { return old.ID == u.ID || slices.Contains(u.Former, old.ID) })
		if concerns && u.Kind != "news" && !known && (newest == nil || u.Date > newest.Date) {
			newest = &w.now.Updates[i]
		}
	}
	return newest
}

// replacements has a vendor that comes in the place of another tell of both, and leaves out the other's own change.
func replacements(changes []Change, now *disclosure.Document) []Change {
	for i := range changes {
		c := &changes[i]
		if c.What != Added {
			continue
		}
		for _, v := range now.Subprocessors {
			if v.ReplacedBy == c.ID && slices.ContainsFunc(changes, func(o Change) bool { return o.ID == v.ID }) {
				c.What = Replacing
				c.Replaces = append(c.Replaces, Vendor{ID: v.ID, Name: line(v.Name), Until: v.RemovedOn, Address: v.Address})
			}
		}
	}
	return slices.DeleteFunc(changes, func(c Change) bool {
		return (c.What == Leaving || len(c.Fields) == 1 && c.Fields[0].Key == "replaced_by") && slices.ContainsFunc(changes, func(o Change) bool {
			return slices.ContainsFunc(o.Replaces, func(r Vendor) bool { return r.ID == c.ID })
		})
	})
}

func vendorOf(d *disclosure.Document, id string) *disclosure.Subprocessor {
	for i, v := range d.Subprocessors {
		if id != "" && (v.ID == id || slices.Contains(v.Former, id)) {
			return &d.Subprocessors[i]
		}
	}
	return nil
}

func (w *writer) warn(text, hint string) { w.warnings = append(w.warnings, Warning{text, hint}) }

package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var lnk02 = Rule{
	Rule: diag.Rule{
		ID:       "LNK02",
		Severity: diag.Error,
		Title:    "something that was published has vanished",
		Why:      "A customer's questionnaire, a contract or a mail links to it, and nobody can mend those.",
		Bad: `# permalinks.yaml: policies: [data-retention], and policies/data-retention.md was renamed to data-handling.md
title: Data handling policy`,
		Good: `# policies/data-handling.md
title: Data handling policy
aliases: [data-retention]`,
		Remark: `Every id in permalinks.yaml is that of a record, or stands in the aliases of one, and readers can see it. A sub-processor that is gone keeps its file, with the status removed; a flow that is gone is retired. The command "candor rename KIND OLD NEW" gives something another id with its alias, and mends whatever names the old one.
What was never published can be taken out of permalinks.yaml by hand.`,
	},
	run: vanishedIDs,
}

// manyGone is how many ids of one kind may be gone before it is pointless to look for the new name of each.
const manyGone = 100

func vanishedIDs(p *pass) {
	for _, l := range p.site.Permalinks.Listings() {
		var gone []model.Text
		for _, id := range l.IDs {
			switch r := p.site.Find(l.Kind, id.Value); {
			case r == nil && !p.site.IsUnread(l.Kind, id.Value):
				gone = append(gone, id)
			case r != nil && !r.Published():
				p.hidden(r, id)
			}
		}
		if len(gone) == 0 {
			continue
		}
		fresh, listed := p.visible(l)
		for _, id := range gone {
			hint := p.restoration(id, fresh, listed, len(gone))
			p.report(id.At, fmt.Sprintf("%s %q was published, and is gone", l.Kind.Spoken(), id.Value), hint+whenOver[l.Kind])
		}
	}
}

// whenOver says, for kinds that have an end of their own, how it is written.
var whenOver = map[model.Kind]string{
	model.KindSubprocessor: `; a vendor that is used no more keeps its file, with "status: removed"`,
	model.KindFlow:         `; a flow that runs no more keeps its file, with "status: retired"`,
}

// hidden reports a record that was published and that readers no longer see.
func (p *pass) hidden(r model.Record, id model.Text) {
	at, how, back := r.Place(), "is no longer published", "publish it again"
	switch r := r.(type) {
	case *model.Answer:
		at, how, back = r.Visibility.At, "is private now", `remove "visibility: private"`
	case *model.Policy:
		at, how, back = r.Visibility.At, "is internal now", `remove "visibility: internal"`
	case *model.Subprocessor:
		at, how, back = r.Role.At, "is an internal tool now", `write "role: subprocessor"; one that receives customer data no more has "status: removed"`
	}
	hint := fmt.Sprintf(`%s, or give it another id and write "aliases: [%s]" in what readers find in its place`, back, id.Value)
	p.report(at, fmt.Sprintf("%s %q was published, and %s", r.Key().Kind.Spoken(), id.Value, how), hint, note(id.At, "published under this id"))
}

// visible gives the records of a kind that readers see: those that are not in permalinks.yaml yet, and those that are.
func (p *pass) visible(l model.Listing) (fresh, listed []model.Record) {
	old := idSet(l.IDs)
	for _, r := range p.site.BesideConfig() {
		switch k := r.Key(); {
		case k.Kind != l.Kind || k.ID == "" || !r.Published():
		case old[k.ID]:
			listed = append(listed, r)
		default:
			fresh = append(fresh, r)
		}
	}
	return fresh, listed
}

// restoration gives the hint for an id that is gone. Under a new id it most likely stands as the nearest one that is new, or as the only one
// that is new when nothing else is gone; an id that was published before is a record of its own, so that comes second.
func (p *pass) restoration(id model.Text, fresh, listed []model.Record, gone int) string {
	alias := fmt.Sprintf(`write "aliases: [%s]"`, id.Value)
	at := func(r model.Record) string {
		return fmt.Sprintf("%s at %q in %s", alias, r.Key().ID, r.Place().File.Path)
	}
	const verb = " (`candor rename` does that by itself)"
	if gone <= manyGone {
		r := nearestRecord(id.Value, fresh)
		if r == nil && len(fresh) == 1 && gone == 1 {
			r = fresh[0]
		}
		if r != nil {
			return at(r) + " if that took its place" + verb + ", else restore it"
		}
		if r = nearestRecord(id.Value, listed); r != nil {
			return "restore it, or " + at(r) + " if that took its place" + verb
		}
	}
	return "restore it, or " + alias + " in what took its place" + verb
}

func nearestRecord(id string, records []model.Record) model.Record {
	if near, ok := diag.Nearest(id, idsOf(records)); ok {
		for _, r := range records {
			if r.Key().ID == near {
				return r
			}
		}
	}
	return nil
}

package disclosure

import (
	"strings"
	"unicode/utf8"

	"candor/generator/model"
)

// dated gives an entry for everything that the facts of a document date, up to its day.
func (d *Document) dated() []Entry {
	var all []Entry
	add := func(r Entry, day Day, what What, title, summary string) {
		if day == "" || day > d.Site.BuiltOn {
			return
		}
		r.Day, r.What, r.Title, r.Summary = day, what, title, summary
		r.ID = string(day) + "-" + r.Record + "-" + string(what)
		was := r.Former
		r.Former = nil
		for _, id := range was { // under which it was told before the record was renamed
			r.Former = append(r.Former, string(day)+"-"+id+"-"+string(what))
		}
		all = append(all, r)
	}
	for _, v := range d.Subprocessors {
		r := Entry{Kind: string(model.KindSubprocessor), Record: v.ID, Former: v.Former, Name: v.Name, About: v.Address, Announced: v.AnnouncedOn, Effective: v.EffectiveOn}
		told := r
		told.ObjectUntil = v.ObjectUntil
		add(told, v.AnnouncedOn, Announced, v.Name+" was announced as a sub-processor"+behind(", from ", v.EffectiveOn.Long()), v.Purpose)
		add(r, v.EffectiveOn, Effective, v.Name+" became a sub-processor", v.Purpose)
		r.Effective = v.RemovedOn
		add(r, v.RemovedOn, Removed, v.Name+" was removed as a sub-processor", "")
	}
	for _, c := range d.Certifications {
		r := Entry{Kind: string(model.KindCertification), Record: c.ID, Former: c.Former, Name: c.Name, About: c.Address}
		done := map[string]string{"assessment": "completed", "test": "completed"}[c.Kind]
		if done == "" {
			done = "issued"
		}
		add(r, c.IssuedOn, Issued, c.Name+" was "+done, c.Summary)
		add(r, c.From, Observing, c.Name+": the time that is observed began"+behind(", until ", c.To.Long()), c.Summary)
		if c.ValidUntil != "" && c.IssuedOn != "" {
			add(r, dayOf(c.ValidUntil.Time()+1), Expired, c.Name+" expired"+behind(", valid until ", c.ValidUntil.Long()), "")
		}
	}
	for _, p := range d.Policies {
		r := Entry{Kind: string(model.KindPolicy), Record: p.ID, Former: p.Former, Name: p.Title, About: p.Address}
		add(r, p.ApprovedOn, Approved, p.Title+behind(", version ", p.Version)+", was approved", p.news())
	}
	return all
}

// news gives what the approved version changed, or what the policy is about where its history does not say.
func (p Policy) news() string {
	for _, r := range p.History {
		if r.Version == p.Version && len(r.Changes) > 0 {
			said := make([]string, len(r.Changes))
			for i, change := range r.Changes {
				said[i] = change
				if last, _ := utf8.DecodeLastRuneInString(change); !strings.ContainsRune(".!?。", last) {
					said[i] += "."
				}
			}
			return strings.Join(said, " ")
		}
	}
	return p.Summary
}

// news gives what a difference tells, as an entry of a day; it is false for one that is no news to readers of a feed.
func (d *Document) news(x Difference, day Day) (Entry, bool) {
	e := Entry{Day: day, Kind: string(x.Kind), Record: x.ID, Name: x.Name, About: x.Address, What: x.What}
	switch {
	case x.Kind != model.KindSubprocessor && x.Kind != model.KindCertification && x.Kind != model.KindPolicy, x.What == Renamed:
		return e, false
	case x.What == Removed:
		e.About = ""
		e.Title = x.Name + map[model.Kind]string{model.KindSubprocessor: " is no longer listed as a sub-processor", model.KindCertification: " is no longer listed",
			model.KindPolicy: " was withdrawn"}[x.Kind]
	case x.What == Added:
		e.Title = x.Name + map[model.Kind]string{model.KindSubprocessor: " was added to the sub-processors", model.KindCertification: " was added",
			model.KindPolicy: " was published"}[x.Kind]
	default:
		e.Fields = loud(x.Fields)
		if len(e.Fields) == 0 {
			return e, false
		}
	}
	d.dress(&e)
	return e, true
}

// loud gives the fields that are news.
func loud(fields []Field) []Field {
	var list []Field
	for _, f := range fields {
		if !f.Quiet {
			list = append(list, f)
		}
	}
	return list
}

// dress gives an entry what it takes from its record as it is today.
func (d *Document) dress(e *Entry) {
	switch model.Kind(e.Kind) {
	case model.KindSubprocessor:
		for _, v := range d.Subprocessors {
			if v.ID == e.Record && e.What == Added {
				e.Announced, e.Effective, e.ObjectUntil, e.Summary = v.AnnouncedOn, v.EffectiveOn, v.ObjectUntil, v.Purpose
			}
		}
	case model.KindCertification:
		for _, c := range d.Certifications {
			if c.ID == e.Record {
				c.dress(e)
			}
		}
	case model.KindPolicy:
		for _, p := range d.Policies {
			if p.ID == e.Record && e.What == Added {
				e.Summary = p.Summary
			}
		}
	}
}

// dress tells a certification that was added, or whose state changed, by its state of today.
func (c *Certification) dress(e *Entry) {
	if e.What == Added {
		e.Summary = c.Summary
	}
	if e.What != Added && !has(e.Fields, "state") {
		return
	}
	switch c.State {
	case model.StatePlanned:
		e.What, e.Title = Planned, c.Name+" is planned"+behind(" for ", c.PlannedFor.Long())
	case model.StateObserving:
		e.What, e.Title = Observing, c.Name+" is being observed"+behind(", until ", c.To.Long())
	case model.StateHeld:
		e.What, e.Title = Issued, c.Name+" is held"+behind(", issued ", c.IssuedOn.Long())
	case model.StateLapsed:
		e.What, e.Title = Lapsed, c.Name+" is held no longer"
	}
}

func has(fields []Field, key string) bool {
	for _, f := range fields {
		if f.Key == key {
			return true
		}
	}
	return false
}

// tells are the fields that an entry for a dated event tells; the date itself comes first. Of a certification and a policy, where a new report or version brings
// everything else along, it tells all of them.
var tells = map[What][]string{
	Announced: {"announced_on"}, Effective: {"effective_on", "status"}, Removed: {"removed_on", "status", "replaced_by"},
	Issued: {"issued_on"}, Observing: {"window_from"}, Expired: {"valid_until"}, Approved: {"approved_on"},
}

// split parts the fields of a difference into those that a dated entry tells and the others.
func (e *Entry) split(fields []Field) (told, rest []Field) {
	all := model.Kind(e.Kind) != model.KindSubprocessor && e.What != Expired
	for _, f := range fields {
		switch {
		case all, e.What == Expired && f.Key == "state":
			told = append(told, f)
		default:
			in := false
			for _, key := range tells[e.What] {
				in = in || key == f.Key
			}
			if in {
				told = append(told, f)
			} else {
				rest = append(rest, f)
			}
		}
	}
	return told, rest
}

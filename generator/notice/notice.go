// Package notice writes what a company owes its customers when its sub-processors change: an e-mail, and the draft of an update.
//
// In come two documents of public facts, that of the last publication and that of today, and the day on which the notice is sent; out comes a Notice: what
// changes, for whom, from when, until when they may object, and how. It is written as plain text, HTML, a message for a mail program, and JSON. A company that
// changes nothing which concerns customers gets none. Nothing here sends anything, knows to whom it goes, or reads the clock.
//
// What a notice has to say: the processor informs the controller of any intended changes concerning the addition or replacement of other processors, thereby giving
// the controller the opportunity to object (Regulation (EU) 2016/679, Article 28(2)); it points to each change by itself, since access to a list that is kept up to
// date is not enough (EDPB, Guidelines 07/2020, version 2.0, paragraph 128); and it names who they are, with name, address and contact, and what they do for whom and
// where (EDPB, Opinion 22/2024, adopted 7 October 2024, executive summary and paragraphs 31 and 32). Looked up on 2026-11-26.
package notice

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"candor/generator/diag"
	"candor/generator/disclosure"
	"candor/generator/model"
)

// What says what becomes of a sub-processor.
type What string

// What can become of one, in the order in which a notice tells it.
const (
	Added     What = "added"
	Replacing What = "replacing" // added, in the place of another one
	Changed   What = "changed"
	Leaving   What = "leaving"  // it receives nothing any more, or soon
	Reworded  What = "reworded" // only texts that an author wrote differ
)

var order = []What{Added, Replacing, Changed, Leaving, Reworded}

// Options are what a notice depends on besides the facts.
type Options struct {
	On        model.Day // the day on which it is sent
	Effective model.Day // from which day changes hold that no day in the content tells of; 0 for the promised notice after On
	Reworded  []string  // ids of sub-processors of which the words alone were put better: they are left out
}

// A Notice is one e-mail.
type Notice struct {
	Subject string    `json:"subject"`
	On      model.Day `json:"-"`
	Sent    string    `json:"on"`      // YYYY-MM-DD
	Company string    `json:"company"` // its name in contracts, else what it is called
	Brand   string    `json:"-"`       // what it is called
	Product string    `json:"product,omitempty"`
	Contact string    `json:"contact,omitempty"` // whom to write to with an objection: an e-mail address, or one on the web
	List    string    `json:"list"`              // the address of the list of all sub-processors
	Changes []Change  `json:"changes"`

	Warnings []Warning `json:"-"` // for who sends it
}

// A Change is what a notice tells of one sub-processor. Days are "" where there is none.
type Change struct {
	What        What               `json:"what"`
	ID          string             `json:"id"`
	Name        string             `json:"name"`
	Headline    string             `json:"headline"`
	Why         string             `json:"why,omitempty"`      // the summary of the update that tells of it
	About       string             `json:"about,omitempty"`    // what the content says of the vendor, where no update tells of it
	Concerns    string             `json:"concerns"`           // for which customers it is used, in words
	Everybody   bool               `json:"every_customer"`     // it is used for every customer
	Facts       []Fact             `json:"facts"`              // who it is and what it may do, as it will be
	Fields      []disclosure.Field `json:"differs,omitempty"`  // what differs, for one that was there before
	Replaces    []Vendor           `json:"replaces,omitempty"` // those in whose place it comes
	ReplacedBy  *Vendor            `json:"replaced_by,omitempty"`
	Effective   disclosure.Day     `json:"effective,omitempty"`    // from when it holds; of a leaving one, from when it receives nothing
	ObjectUntil disclosure.Day     `json:"object_until,omitempty"` // the last day for objections
	Address     string             `json:"address,omitempty"`      // its page; "" when there is none any more
	Update      string             `json:"update,omitempty"`       // the address of the update that tells of it
}

// A Fact is something that readers need to know of a sub-processor.
type Fact struct {
	Words  string   `json:"words"`  // what is told: "where"
	Values []string `json:"values"` // at least one
}

// A Vendor names a sub-processor beside the one that a change is about.
type Vendor struct {
	ID      string         `json:"id"`
	Name    string         `json:"name"`
	Until   disclosure.Day `json:"until,omitempty"` // from when it receives nothing
	Address string         `json:"address,omitempty"`
}

// A Warning is what who sends a notice should know before: a promise that it cannot keep, or what it does not say.
type Warning struct {
	Text string // lower case, the value quoted, no full stop
	Hint string // what to do, may be ""
}

// Of gives the notice of what changed from one document to the other. It has no Changes when customers need not hear of any.
func Of(before, now *disclosure.Document, o Options) *Notice {
	w := &writer{before: before, now: now, o: o, facts: factsOf(now)}
	n := &Notice{On: o.On, Sent: o.On.String(), Company: line(cmp.Or(now.Site.LegalEntity, now.Site.Company)), Brand: line(now.Site.Company), Product: line(now.Site.Product),
		Contact: line(cmp.Or(now.Site.Contacts.Privacy, now.Site.Contacts.Security)), List: now.Site.BaseURL + "/subprocessors/"}
	for _, d := range disclosure.Compare(before, now) {
		if d.Kind != model.KindSubprocessor {
			continue
		}
		if c, ok := w.change(d); ok {
			n.Changes = append(n.Changes, c)
		}
	}
	n.Changes = replacements(n.Changes, now)
	slices.SortStableFunc(n.Changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(slices.Index(order, plainly(a.What)), slices.Index(order, plainly(b.What))), strings.Compare(string(later(a.Effective)), string(later(b.Effective))),
			strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.ID, b.ID))
	})
	for i := range n.Changes {
		n.Changes[i].Headline = n.Changes[i].headline(o.On)
	}
	n.Subject = n.subject()
	n.Warnings = slices.Concat(w.strange(), w.warnings, n.untold())
	if len(n.Changes) > 0 && n.Contact == "" {
		n.Warnings = append(n.Warnings, Warning{"the notice cannot say where to object", `write "contacts: {privacy: ...}" in content/site.yaml`})
	}
	return n
}

// untold warns of changes that no update tells of: the notice has no reason for them but what the content says of the vendor.
func (n *Notice) untold() []Warning {
	var ids []string
	for _, c := range n.Changes {
		if c.Update == "" && c.What != Reworded && c.Address != "" {
			ids = append(ids, strconv.Quote(c.ID))
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return []Warning{{fmt.Sprintf("no update tells of %s, so the notice does not say why", list(ids)),
		"`candor notice --update` drafts one; write why in it, and make the notice again"}}
}

// plainly has those that come in the place of another stand among the added ones, by their day.
func plainly(w What) What {
	if w == Replacing {
		return Added
	}
	return w
}

// later has what has no day stand behind what has one.
func later(d disclosure.Day) disclosure.Day { return cmp.Or(d, "9999-99-99") }

// MayObject reports whether the notice tells of anything to object to. The law gives the opportunity, whether or not a contract names a time for it.
func (n *Notice) MayObject() bool { return slices.ContainsFunc(n.Changes, Change.mayObject) }

func (c Change) mayObject() bool { return c.What == Added || c.What == Replacing || c.What == Changed }

// longest is how many letters of a name stand in a subject or a headline.
const longest = 60

// short gives a name that does not fill a subject by itself.
func short(name string) string {
	if runes := []rune(name); len(runes) > longest {
		return strings.TrimSpace(string(runes[:longest-1])) + "…"
	}
	return name
}

func (n *Notice) subject() string {
	var first disclosure.Day
	for _, c := range n.Changes {
		if c.Effective != "" && c.Effective.Time() >= n.On && (first == "" || c.Effective < first) {
			first = c.Effective
		}
	}
	switch len(n.Changes) {
	case 0:
		return ""
	case 1:
		return short(n.Brand) + ": " + n.Changes[0].Headline
	}
	subject := fmt.Sprintf("%s: %d changes to our sub-processors", short(n.Brand), len(n.Changes))
	if first != "" {
		subject += ", the first on " + first.Long()
	}
	return subject
}

// headline says in a line what becomes of a vendor, as from the day on which the notice is sent.
func (c Change) headline(on model.Day) string {
	name, day := short(c.Name), c.Effective.Long()
	past := day != "" && c.Effective.Time() <= on
	switch {
	case c.What == Leaving && day == "" && c.Address == "":
		return name + " is no sub-processor any more"
	case c.What == Leaving && day == "":
		return name + " will receive no more data"
	case c.What == Leaving && past:
		return name + " has received no data since " + day
	case c.What == Leaving:
		return name + " receives no more data from " + day + " on"
	case c.What == Added && past:
		return name + " has been a sub-processor since " + day
	case c.What == Added:
		return name + " becomes a sub-processor" + behind(" on ", day)
	case c.What == Changed && c.stays():
		return name + " stays a sub-processor"
	case c.What == Reworded:
		return name + " is described in other words"
	}
	when := behind(" from ", day)
	if past {
		when = behind(" since ", day)
	}
	if c.What == Changed {
		return fmt.Sprintf("Change at %s: %s%s", name, list(subjects(c.Fields)), behind(",", when))
	}
	var names []string
	for _, r := range c.Replaces {
		names = append(names, short(r.Name))
	}
	if past {
		return fmt.Sprintf("%s has taken the place of %s%s", name, list(names), when)
	}
	return fmt.Sprintf("%s takes the place of %s%s", name, list(names), when)
}

// stays reports whether all that changes of a vendor is that it does not leave, as was said before.
func (c Change) stays() bool {
	return !slices.ContainsFunc(c.Fields, func(f disclosure.Field) bool { return f.Key != "status" && f.Key != "removed_on" })
}

// behind puts a text behind a word, nothing behind nothing.
func behind(word, s string) string {
	if s == "" {
		return ""
	}
	return word + s
}

// subjects gives what fields are about, in a word or two each.
func subjects(fields []disclosure.Field) []string {
	var all []string
	for _, f := range fields {
		if words := subjectOf(f.Key); !slices.Contains(all, words) {
			all = append(all, words)
		}
	}
	const most = 3
	if len(all) > most {
		return append(all[:most-1:most-1], "other terms")
	}
	return all
}

func list(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:len(items)-1], ", ") + " and " + items[len(items)-1]
}

// line gives a text in one line, without characters that show nothing.
func line(s string) string { return strings.Join(strings.Fields(diag.Printable(s)), " ") }

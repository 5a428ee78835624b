package register

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"candor/generator/catalog"
	"candor/generator/model"
	"candor/generator/roster"
	"candor/generator/sheet"
)

// A Fate is what becomes of a vendor of a list.
type Fate string

// The fates.
const (
	New         Fate = "new"           // a file is written
	Declared    Fate = "already there" // the content has it
	NoProcessor Fate = "left out"      // the list says that it is no sub-processor
	Ended       Fate = "ended"         // the list says that it is not used any more
)

// An Entry is one vendor of a list.
type Entry struct {
	Rows   []int // of the list, in their order
	Name   string
	ID     string
	Fate   Fate
	Vendor *catalog.Vendor // nil for one that the catalog does not have
	By     string          // by what it was found there: name, legal entity, website
	Doubt  string          // why it may be another one; "" for none
	Record *model.Subprocessor
	Notes  []string // what differs from the record, or between rows
	Path   string   // of its file, from the site folder on; "" where none is written
	Data   []byte   // what is in it

	values map[Field]value
	rest   []value // of columns without a field
}

// A value is a cell that is not empty.
type value struct {
	header, text string
	row          int
}

// An Order is what a list is held against.
type Order struct {
	Catalog *catalog.Catalog
	Site    *model.Site
	On      model.Day
	All     bool              // take in what is no sub-processor, as a tool of the company's own people, and what is not used any more
	Taken   func(string) bool // whether a path of the site folder is taken already
}

// A Plan is what becomes of a list.
type Plan struct {
	Table   *Table
	Entries []*Entry // in the order of their first rows
	Notes   []string
}

// Of gives how many entries have a fate.
func (p *Plan) Of(f Fate) int {
	n := 0
	for _, e := range p.Entries {
		if e.Fate == f {
			n++
		}
	}
	return n
}

// Plan holds a list against the catalog and the site, and makes the files of new vendors.
func (t *Table) Plan(o Order) *Plan {
	p := &Plan{Table: t, Notes: slices.Clone(t.Notes)}
	if t.own {
		p.takeOwn(o)
	} else {
		p.gather(directoryOf(o.Catalog))
	}
	r, ids := roster.Of(o.Site), map[string]int{}
	for _, e := range p.Entries {
		e.judge(r, o)
		if e.Fate != New {
			continue
		}
		e.settleID(ids, o.Taken)
		if !t.own {
			e.Data = e.draft(t, o)
		}
	}
	if !t.own && t.column(Subprocessor) < 0 && p.Of(New) > 0 {
		p.Notes = append(p.Notes, `the list does not say which vendors are sub-processors, so all are written as such: write "role: internal-tool" in those that no customer data reaches, or delete their files`)
	}
	return p
}

// gather makes entries of rows, those of one vendor together.
func (p *Plan) gather(d *directory) {
	index := map[string]*Entry{}
	nameless := 0
	for _, row := range p.Table.Rows {
		name, website := oneLine(p.Table.of(row, Name)), firstAddress(p.Table.of(row, Website))
		found := d.find(name, p.Table.of(row, LegalEntity), website)
		if isTotal(name, row) {
			continue
		}
		if name == "" && found.vendor != nil {
			name = found.vendor.Name.Value
		}
		if name == "" {
			if name = roster.Host(website); name == "" {
				nameless++
				continue
			}
		}
		key := roster.PlainName(withoutForms(name))
		if found.vendor != nil && found.doubt == "" {
			key = found.vendor.ID.Value + "\x00"
		}
		e := index[key]
		if e == nil {
			e = &Entry{Name: cut(name, 200), Vendor: found.vendor, By: found.by, Doubt: found.doubt, values: map[Field]value{}}
			index[key] = e
			p.Entries = append(p.Entries, e)
		}
		e.add(p.Table, row)
	}
	if nameless > 0 {
		p.Notes = append(p.Notes, fmt.Sprintf("%d rows name no vendor and were passed over", nameless))
	}
}

// isTotal reports whether a row sums up the others.
func isTotal(name string, row Row) bool {
	filled := 0
	for _, c := range row.cells {
		if _, err := strconv.Atoi(c); c != "" && err != nil {
			filled++
		}
	}
	return filled == 1 && slices.Contains([]string{"total", "totals", "sum", "summe", "gesamt", "count", "grand total"}, strings.ToLower(strings.TrimRight(name, ":")))
}

// isCount reports whether a cell is the number of its row.
func isCount(header, text string) bool {
	switch strings.Join(headerWords(header), " ") {
	case "", "no", "nr", "s no", "sr no", "lfd nr", "row":
		_, err := strconv.Atoi(text)
		return err == nil
	}
	return false
}

// add takes a row into an entry. What an earlier row said stays, and what differs from it is noted.
func (e *Entry) add(t *Table, row Row) {
	e.Rows = append(e.Rows, row.Number)
	for i, c := range t.Columns {
		text := row.cells[i]
		if text == "" {
			continue
		}
		if isCount(c.Header, text) {
			continue
		}
		v := value{cmp.Or(c.Header, "column "+sheet.Letters(i+1)), text, row.Number}
		before, is := e.values[c.Field]
		switch {
		case c.Field == "":
			e.rest = append(e.rest, v)
		case !is:
			e.values[c.Field] = v
		case !strings.EqualFold(before.text, text):
			e.rest = append(e.rest, v)
			if c.Field == Name {
				continue
			}
			e.Notes = append(e.Notes, fmt.Sprintf("row %d says %q for %s, row %d %q: the first is taken", row.Number, cut(text, 60), spoken(c.Field), before.row, cut(before.text, 60)))
			if c.Field == Subprocessor && saysSubprocessor(text) > 0 {
				e.values[c.Field] = v
			}
		}
	}
}

// judge decides on the fate of an entry.
func (e *Entry) judge(r *roster.Roster, o Order) {
	e.Fate = New
	names := []string{e.Name, withoutForms(e.Name), e.text(LegalEntity), e.ID}
	website := firstAddress(e.text(Website))
	if e.Vendor != nil && e.Doubt == "" {
		names = append(names, e.Vendor.Known.Names...)
		if website == "" {
			website = e.Vendor.Website.Value
		}
	}
	if there := r.Named(website, names...); len(there) > 0 {
		e.Fate, e.Record, e.ID = Declared, there[0], there[0].ID.Value
		e.compare(o.On)
		return
	}
	if o.All || e.values == nil {
		return
	}
	_, state := e.status()
	switch {
	case e.processor() < 0:
		e.Fate = NoProcessor
	case state == model.StatusRemoved:
		e.Fate = Ended
	}
}

// processor gives 1 where the list calls it a sub-processor, -1 where it calls it none, else 0.
func (e *Entry) processor() int {
	if v, ok := e.values[Subprocessor]; ok {
		return saysSubprocessor(v.text)
	}
	if v, ok := e.values[Category]; ok && strings.Contains(strings.Join(headerWords(v.text), " "), "sub processor") {
		return 1
	}
	return 0
}

// status gives the status that the list means, and what it says.
func (e *Entry) status() (said value, state string) {
	for _, f := range []Field{SubprocessorActive, Status} {
		v, ok := e.values[f]
		if !ok {
			continue
		}
		if state = stateOf(v.text); state != "" {
			return v, state
		}
		if yes, ok := truth(v.text); ok {
			if yes {
				return v, model.StatusActive
			}
			return v, model.StatusRemoved
		}
	}
	return value{}, ""
}

// compare notes what the list says otherwise than the record that is there.
func (e *Entry) compare(on model.Day) {
	if said := firstAddress(e.text(Website)); said != "" && !roster.SameHost(roster.Host(said), roster.Host(e.Record.Website.Value)) && !e.Record.Website.IsZero() {
		e.Notes = append(e.Notes, fmt.Sprintf("website %s in the list, %s in the content", said, e.Record.Website.Value))
	}
	if said := categoryOfWords(e.text(Category)); said != "" && said != e.Record.Category.Value {
		e.Notes = append(e.Notes, fmt.Sprintf("category %q in the list, %q in the content", e.text(Category), e.Record.Category.Value))
	}
	if e.processor() < 0 && e.Record.Published() {
		e.Notes = append(e.Notes, "no sub-processor in the list, one in the content")
	}
	if e.processor() > 0 && !e.Record.Published() {
		e.Notes = append(e.Notes, `a sub-processor in the list, "role: internal-tool" in the content`)
	}
	gone := roster.IsGone(e.Record, on)
	switch _, state := e.status(); {
	case state == model.StatusRemoved && !gone:
		e.Notes = append(e.Notes, fmt.Sprintf("not active in the list, %q in the content", e.Record.Status.Value))
	case state == model.StatusActive && gone:
		e.Notes = append(e.Notes, "active in the list, removed in the content")
	}
}

// settleID gives a new entry an id that nothing has: that of the catalog, else one made of its name or its host.
func (e *Entry) settleID(ids map[string]int, taken func(string) bool) {
	base := e.ID
	if base == "" && e.Vendor != nil && e.Doubt == "" {
		base = e.Vendor.ID.Value
	}
	if base == "" {
		base = idOf(e.Name)
	}
	if base == "" {
		base = idOf(strings.ReplaceAll(ownedBy(roster.Host(firstAddress(e.text(Website)))), ".", " "))
	}
	if base == "" {
		base = fmt.Sprintf("vendor-%d", e.Rows[0])
	}
	for n := 1; ; n++ {
		e.ID = base
		if n > 1 {
			e.ID = fmt.Sprintf("%s-%d", base, n)
		}
		e.Path = fileOf(e.ID)
		if ids[e.ID]++; ids[e.ID] > 1 {
			continue
		}
		if taken != nil && taken(e.Path) {
			e.Fate, e.Path = Declared, ""
			e.Notes = append(e.Notes, fmt.Sprintf("%s is there already, and is not touched", fileOf(e.ID)))
		}
		return
	}
}

func fileOf(id string) string { return "content/subprocessors/" + id + ".yaml" }

func (e *Entry) text(f Field) string { return e.values[f].text }

// firstAddress gives the first web address of a text.
func firstAddress(text string) string {
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(" ,;\n", c) }) {
		if address := webAddress(part); address != "" {
			return address
		}
	}
	return ""
}

// cut shortens a text to a number of characters, in one line.
func cut(s string, most int) string {
	letters := []rune(oneLine(s))
	if len(letters) <= most {
		return string(letters)
	}
	return strings.TrimSpace(string(letters[:most-1])) + "…"
}

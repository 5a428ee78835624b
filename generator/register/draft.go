package register

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"candor/generator/addition"
	"candor/generator/model"
	"candor/generator/roster"
	"candor/generator/schema"
)

// A drafter writes one file of the content.
type drafter struct {
	strings.Builder
	e    *Entry
	t    *Table
	o    Order
	used map[Field]bool // fields that became a key, so that no comment repeats them
}

// draft gives the file of a new vendor: what the list says where it says it for certain, who the vendor is where the catalog knows, and the rest of the list
// as comments. What only a contract tells is left out, so that candor check asks for it.
func (e *Entry) draft(t *Table, o Order) []byte {
	d := &drafter{e: e, t: t, o: o, used: map[Field]bool{Name: true}}
	if line := schema.Modeline(e.Path); line != "" {
		d.WriteString(strings.TrimRight(line, "\n") + "\n")
	}
	d.comment(fmt.Sprintf("From %s, %s, on %s. `candor check` tells what is missing.", t.File, rowsOf(e.Rows), o.On))
	known := e.Vendor != nil && e.Doubt == ""
	switch {
	case known:
		d.comment(fmt.Sprintf("Known by its %s; what Candor knows of it is public material of %s: confirm it in your contract.", e.By, o.Catalog.Compiled.Value))
	case e.Vendor != nil:
		d.comment(fmt.Sprintf("It may be a vendor that Candor knows (%s), but %s.", e.Vendor.ID.Value, e.Doubt))
	}
	d.identity(known)
	d.role()
	d.work()
	d.agreement()
	d.left()
	return []byte(d.String())
}

func rowsOf(rows []int) string {
	if len(rows) == 1 {
		return fmt.Sprintf("row %d", rows[0])
	}
	var all []string
	for _, r := range rows {
		all = append(all, strconv.Itoa(r))
	}
	return "rows " + strings.Join(all, ", ")
}

// identity writes who the vendor is.
func (d *drafter) identity(known bool) {
	name := d.e.Name
	if known {
		name = d.e.Vendor.Name.Value
	}
	d.key("name", name, "")
	if known && d.e.Name != name {
		d.comment(fmt.Sprintf("called %q in the list", d.e.Name))
	}
	d.legalEntity(known)
	if v := d.e.text(Address); v != "" {
		d.fromList("address", cut(v, 2000), Address)
	}
	d.seat(known)
	website := firstAddress(d.e.text(Website))
	switch {
	case known:
		d.key("website", d.e.Vendor.Website.Value, "")
		d.used[Website] = pathOf(website) == "" && roster.Host(website) == roster.Host(d.e.Vendor.Website.Value)
	case website != "":
		d.key("website", website, "")
		d.used[Website] = true
	}
	trust := firstAddress(d.e.text(TrustURL))
	switch {
	case trust != "":
		d.fromList("trust_url", trust, TrustURL)
	case known:
		d.key("trust_url", d.e.Vendor.TrustURL.Value, "")
	}
	if contact := contactOf(d.e.text(Contact)); contact != "" {
		d.fromList("contact", contact, Contact)
	}
	d.category(known)
}

func (d *drafter) legalEntity(known bool) {
	legal := d.e.text(LegalEntity)
	switch {
	case legal != "":
		d.fromList("legal_entity", cut(legal, 500), LegalEntity)
	case known && d.e.Vendor.LegalEntity.Value != "":
		note := "confirm in your contract"
		if strings.HasPrefix(d.e.Vendor.LegalEntitySource.Value, "known") {
			note = "not seen in a document: confirm in your contract"
		}
		d.key("legal_entity", d.e.Vendor.LegalEntity.Value, note)
	}
}

func (d *drafter) seat(known bool) {
	said := countriesOf(d.e.text(Country))
	switch {
	case len(said) == 1:
		d.fromList("country", said[0], Country)
	case known:
		d.key("country", d.e.Vendor.Country.Value, "")
	}
}

func (d *drafter) category(known bool) {
	said := categoryOfWords(d.e.text(Category))
	if said == "" && !known {
		said = categoryOfWords(d.e.text(Purpose))
	}
	switch {
	case known:
		d.key("category", addition.CategoryOf(d.e.Vendor), "")
		d.used[Category] = said == addition.CategoryOf(d.e.Vendor)
	case said != "":
		d.key("category", said, "")
	default:
		d.key("category", "other", "the list does not say it in words that are known")
	}
}

// role writes what the vendor is to the company.
func (d *drafter) role() {
	if d.e.processor() < 0 {
		d.fromList("role", "internal-tool", Subprocessor)
	}
	d.used[Subprocessor] = d.e.processor() != 0
	d.tier()
	said, state := d.e.status()
	switch {
	case state != "":
		d.key("status", state, "")
		d.used[SubprocessorActive] = d.e.values[SubprocessorActive] == said
		d.used[Status] = d.e.values[Status] == said
	default:
		d.key("status", model.StatusActive, "the list does not say it")
	}
}

func (d *drafter) tier() {
	if v := d.e.text(Critical); v != "" {
		yes, ok := truth(v)
		level := levelOf(v)
		switch {
		case ok && yes, level >= 3:
			d.fromList("tier", "critical", Critical)
		case ok, level > 0:
			d.fromList("tier", "standard", Critical)
		}
		return
	}
	switch level := levelOf(d.e.text(Risk)); {
	case level >= 3:
		d.fromList("tier", "critical", Risk)
	case level > 0:
		d.fromList("tier", "standard", Risk)
	}
}

// work writes what the vendor does, with which data and where.
func (d *drafter) work() {
	if v := d.e.text(Purpose); v != "" {
		d.key("purpose", cut(v, 2000), "")
		d.used[Purpose] = len([]rune(v)) <= 2000
	}
	if ids := d.classes(d.e.text(Data)); ids != nil {
		d.raw("data", "["+strings.Join(ids, ", ")+"]")
		d.used[Data] = true
	}
	if countries := countriesOf(d.e.text(Location)); countries != nil {
		d.comment(fmt.Sprintf("%s in the list: %s. Confirm that this is where it works on your data, and write what happens there: activity: [process, store]", quoted(d.e.values[Location].header), cut(d.e.text(Location), 200)))
		d.WriteString("locations:\n")
		for _, c := range countries {
			fmt.Fprintf(d, "  - {country: %s}\n", c)
		}
		d.used[Location] = true
	}
	if m := transferOf(d.e.text(Transfer)); m != "" {
		d.raw("transfer", "{mechanism: "+m+"}")
		d.used[Transfer] = true
	}
}

// classes gives the classes of data that a text names and nothing else, by id or title.
func (d *drafter) classes(text string) []string {
	var ids []string
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(",;|\n", c) }) {
		part = strings.TrimSpace(part)
		i := slices.IndexFunc(d.o.Site.DataClasses, func(c *model.DataClass) bool {
			return c.ID.Value == part || strings.EqualFold(c.Title.Value, part)
		})
		if i < 0 {
			return nil
		}
		ids = append(ids, d.o.Site.DataClasses[i].ID.Value)
	}
	return ids
}

// agreement writes what is agreed with the vendor and when it was looked at, as far as a list can tell.
func (d *drafter) agreement() {
	address, signed := firstAddress(d.e.text(DPA)), dayOf(d.e.text(DPASigned))
	if signed == 0 && address == "" {
		if signed = dayOf(d.e.text(DPA)); signed != 0 {
			d.used[DPA] = true
		}
	}
	var parts []string
	if address != "" {
		parts = append(parts, "url: "+quoted(address))
		d.used[DPA] = true
	}
	if signed != 0 && signed <= d.o.On {
		parts = append(parts, "signed_on: "+signed.String())
		d.used[DPASigned] = true
	}
	if len(parts) > 0 {
		d.raw("dpa", "{"+strings.Join(parts, ", ")+"}")
	} else if d.e.Vendor != nil && d.e.Doubt == "" && d.e.Vendor.DPAURL.Value != "" {
		d.comment("dpa: {url: " + quoted(d.e.Vendor.DPAURL.Value) + ", signed_on: ...} is the vendor's own; take it in if it is what you signed")
	}
	if all := certificationsOf(d.e.text(Certifications)); all != nil {
		d.raw("certifications", "["+strings.Join(all, ", ")+"]")
		d.used[Certifications] = true
	}
	if id := d.owner(d.e.text(Owner)); id != "" {
		d.fromList("owner", id, Owner)
	}
	if day := dayOf(d.e.text(Reviewed)); day != 0 && day <= d.o.On {
		d.key("reviewed_on", day.String(), "")
		d.used[Reviewed] = true
	}
}

// owner gives the id of the owner that a text names by id, title, name or e-mail; "" for none.
func (d *drafter) owner(text string) string {
	for _, w := range d.o.Site.Config.Owners {
		for _, name := range []string{w.ID.Value, w.Title.Value, w.Internal.Person.Value, w.Internal.Email.Value} {
			if name != "" && strings.EqualFold(name, oneLine(text)) {
				return w.ID.Value
			}
		}
	}
	return ""
}

// left writes what became no key, as comments, so that nothing of the list is lost.
func (d *drafter) left() {
	var lines []string
	for _, f := range known().fields {
		if v, ok := d.e.values[f]; ok && !d.used[f] {
			lines = append(lines, fmt.Sprintf("%s: %s", v.header, cut(v.text, 1000)))
		}
	}
	for _, v := range d.e.rest {
		line := fmt.Sprintf("%s: %s", v.header, cut(v.text, 1000))
		if len(d.e.Rows) > 1 {
			line += fmt.Sprintf(" (row %d)", v.row)
		}
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return
	}
	d.comment("Also in the list:")
	for _, line := range lines {
		d.comment("  " + line)
	}
}

// fromList writes a key with the words of the list beside it, where these are others.
func (d *drafter) fromList(key, text string, f Field) {
	d.used[f] = true
	said := d.e.values[f]
	note := ""
	if oneLine(said.text) != text {
		note = fmt.Sprintf("%s: %s", said.header, cut(said.text, 200))
	}
	d.key(key, text, note)
}

func (d *drafter) key(key, text, note string) {
	if text == "" {
		return
	}
	d.WriteString(key + ": " + quoted(text))
	if note != "" {
		d.WriteString(" # " + oneLine(note))
	}
	d.WriteString("\n")
}

func (d *drafter) raw(key, text string) { d.WriteString(key + ": " + text + "\n") }

func (d *drafter) comment(text string) {
	d.WriteString("# " + strings.TrimRight(oneLineKept(text), " ") + "\n")
}

// oneLineKept is oneLine, with the indentation kept.
func oneLineKept(s string) string {
	trimmed := strings.TrimLeft(s, " ")
	return s[:len(s)-len(trimmed)] + oneLine(trimmed)
}

// bare are texts that need no quotes in YAML, in a list in brackets neither.
var bare = regexp.MustCompile(`^[A-Za-z]([A-Za-z0-9._+/() -]*[A-Za-z0-9.)])?$|^https?://[A-Za-z0-9./_~-]+$|^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)

// quoted gives a text as YAML has it.
func quoted(s string) string {
	switch strings.ToLower(s) {
	case "null", "true", "false", "yes", "no", "on", "off", "y", "n":
		return strconv.Quote(s)
	}
	if bare.MatchString(s) {
		return s
	}
	return strconv.Quote(s)
}

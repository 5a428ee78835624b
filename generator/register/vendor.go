package register

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"candor/generator/catalog"
	"candor/generator/roster"
)

// A directory finds vendors of the catalog by what lists call them.
type directory struct {
	byName map[string]*catalog.Vendor
	byHost map[string][]*catalog.Vendor
	hosts  map[*catalog.Vendor][]string // all that a vendor is known to have pages at
	firms  map[string][]string          // by legal entity, the ids of its vendors
}

func directoryOf(c *catalog.Catalog) *directory {
	d := &directory{byName: map[string]*catalog.Vendor{}, byHost: map[string][]*catalog.Vendor{}, hosts: map[*catalog.Vendor][]string{}, firms: map[string][]string{}}
	claimed := map[string]int{}
	each := func(enter func(v *catalog.Vendor, name string)) {
		for _, v := range c.Vendors {
			own := map[string]bool{}
			for _, name := range v.Known.Names {
				for _, plain := range []string{roster.PlainName(name), roster.PlainName(withoutForms(name))} {
					if plain != "" && !own[plain] {
						own[plain] = true
						enter(v, plain)
					}
				}
			}
		}
	}
	each(func(_ *catalog.Vendor, name string) { claimed[name]++ })
	each(func(v *catalog.Vendor, name string) {
		if claimed[name] == 1 { // a name of two vendors is neither's
			d.byName[name] = v
		}
	})
	for _, v := range c.Vendors {
		d.firms[v.Known.Legal] = append(d.firms[v.Known.Legal], v.ID.Value)
		host := roster.Host(v.Website.Value)
		d.byHost[host] = append(d.byHost[host], v)
		for _, address := range []string{v.Website.Value, v.DPAURL.Value, v.SubprocessorsURL.Value, v.SecurityURL.Value, v.TrustURL.Value} {
			if h := roster.Host(address); h != "" {
				d.hosts[v] = append(d.hosts[v], h)
			}
		}
		for _, h := range v.Signatures.Hosts {
			h, _, _ := strings.Cut(h.Value, "/")
			d.hosts[v] = append(d.hosts[v], strings.TrimPrefix(h, "*."))
		}
	}
	return d
}

// A hit is a vendor of the catalog that a row names.
type hit struct {
	vendor *catalog.Vendor
	by     string // "name", "legal entity", "website"
	doubt  string // why it may be another one of the same name; "" for no doubt
}

// find gives the vendor of the catalog that a row names; a hit without a vendor for none. What leaves no doubt goes before what does.
func (d *directory) find(name, legal, website string) hit {
	var doubted hit
	for _, said := range []struct{ by, text string }{{"name", name}, {"legal entity", legal}} {
		for _, called := range variants(said.text) {
			v := d.byName[roster.PlainName(called)]
			if v == nil {
				continue
			}
			h := hit{v, said.by, cmp.Or(d.elsewhere(v, website), d.isFirm(v, called))}
			if h.doubt == "" {
				return h
			}
			if doubted.vendor == nil {
				doubted = h
			}
		}
	}
	if v := d.at(website); v != nil && doubted.vendor == nil {
		return hit{v, "website", ""}
	}
	return doubted
}

// elsewhere says that a website is none of a vendor's.
func (d *directory) elsewhere(v *catalog.Vendor, website string) string {
	host := roster.Host(website)
	if host == "" || slices.ContainsFunc(d.hosts[v], func(h string) bool { return ownedBy(h) == ownedBy(host) }) {
		return ""
	}
	if brand, _, _ := strings.Cut(ownedBy(host), "."); slices.Contains([]string{roster.PlainName(v.Name.Value), v.ID.Value}, brand) {
		return "" // notion.so, notion.com
	}
	return fmt.Sprintf("the list has it at %s, the catalog at %s: it may be another company of that name", website, v.Website.Value)
}

// isFirm says that a name is that of a company with several vendors of the catalog, and not of one of them: Microsoft Ireland Operations Ltd.
func (d *directory) isFirm(v *catalog.Vendor, name string) string {
	all := d.firms[v.Known.Legal]
	if v.Known.Legal == "" || len(all) < 2 {
		return ""
	}
	plain := roster.PlainName(name)
	for i, own := range v.Known.Names { // the first two are its id and its name
		prefix := roster.PlainName(own)
		if strings.HasPrefix(plain, prefix) && (i < 2 || withoutForms(own) == own && !strings.HasPrefix(roster.PlainName(v.Known.Legal), prefix)) {
			return ""
		}
	}
	return fmt.Sprintf("that company has several (%s): write which one it is", strings.Join(all, ", "))
}

// at gives the vendor whose website an address is, or is part of. Of several at one host it is the one with the longest path that begins the address.
func (d *directory) at(website string) *catalog.Vendor {
	for host := roster.Host(website); strings.Contains(host, "."); _, host, _ = strings.Cut(host, ".") {
		var best *catalog.Vendor
		longest, several := -1, false
		for _, v := range d.byHost[host] {
			path := pathOf(v.Website.Value)
			switch {
			case path != "" && !strings.HasPrefix(pathOf(website)+"/", path+"/"):
			case len(path) > longest:
				best, longest, several = v, len(path), false
			case len(path) == longest:
				several = true
			}
		}
		if best != nil && !several {
			return best
		}
		if several {
			return nil
		}
	}
	return nil
}

func pathOf(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	_, path, _ := strings.Cut(rest, "/")
	return strings.Trim(path, "/")
}

// ownedBy gives the part of a host that somebody registered: two names, or three where the second last one is that of a registry.
func ownedBy(host string) string {
	parts := strings.Split(host, ".")
	n := min(2, len(parts))
	if len(parts) > 2 && len(parts[len(parts)-1]) == 2 && slices.Contains([]string{"co", "com", "org", "net", "ac", "gov"}, parts[len(parts)-2]) {
		n = 3
	}
	return strings.Join(parts[len(parts)-n:], ".")
}

// variants gives what else a name may be written for: without brackets and what is in them, its parts at a slash or a dash, without its legal form.
func variants(name string) []string {
	if name == "" {
		return nil
	}
	all := []string{name, withoutForms(name)}
	if outside := strings.TrimSpace(withoutBrackets(name)); outside != name && outside != "" {
		all = append(all, outside, withoutForms(outside))
		if i := strings.IndexAny(name, "(["); i >= 0 {
			all = append(all, strings.TrimRight(name[i+1:], ")] "))
		}
	}
	for _, cut := range []string{" / ", "/", " - ", " – ", " — ", " dba ", " d/b/a ", " formerly "} {
		if before, after, ok := strings.Cut(name, cut); ok {
			all = append(all, after, withoutForms(after), before, withoutForms(before))
		}
	}
	return append(all, shortened(name))
}

// forms are what companies are by law.
var forms = []string{"inc", "incorporated", "llc", "ltd", "limited", "corp", "corporation", "co", "company", "gmbh", "ag", "sarl", "sas", "sa", "bv", "nv", "plc", "pbc", "lp", "llp", "pty", "pte", "oy", "ab", "aps", "kg", "ug", "srl", "spa",
	"kk", "se", "sl", "opco", "ulc", "eirl", "ek", "mbh", "kft", "doo", "as"}

// general are words behind a name that say little.
var general = []string{"technologies", "technology", "software", "labs", "platform", "services", "holdings", "systems", "solutions", "international", "global", "ireland", "europe", "emea", "usa", "us", "uk"}

// withoutForms takes the legal form off a name: "Stripe, Inc." is "Stripe".
func withoutForms(name string) string { return without(name, forms) }

// shortened takes the legal form and words that say little off a name: "Slack Technologies, LLC" is "Slack".
func shortened(name string) string { return without(name, append(slices.Clone(forms), general...)) }

func without(name string, words []string) string {
	parts := strings.Fields(strings.ReplaceAll(name, ",", " "))
	for len(parts) > 1 && slices.Contains(words, strings.ToLower(strings.ReplaceAll(parts[len(parts)-1], ".", ""))) {
		parts = parts[:len(parts)-1]
	}
	return strings.Join(parts, " ")
}

// idOf makes an id of a name; "" where no letter of it goes into one.
func idOf(name string) string {
	name = accents.Replace(strings.ToLower(withoutForms(name)))
	words := strings.FieldsFunc(name, func(c rune) bool { return (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '\'' })
	id := strings.ReplaceAll(strings.Join(words, "-"), "'", "")
	return strings.Trim(id[:min(len(id), 60)], "-")
}

// Package roster tells which sub-processors of a site are a vendor that Candor knows.
//
// In come the records of a linked site; asked for a vendor of the catalog, or for names and a website that somebody wrote in a list, out come the
// records that stand for it. Names are compared without capitals, spaces and signs, websites by their hosts. Rules, the comparison with source code
// and the import of vendor lists share it, so that one vendor is the same one to all of them.
package roster

import (
	"net/url"
	"strings"
	"unicode"

	"candor/generator/model"
)

// A Roster is the sub-processors of one site, to be asked by vendor. It does not change, so any number of goroutines may ask it.
type Roster struct {
	records []*model.Subprocessor
	byName  map[string][]*model.Subprocessor // by whatever an author may have written of the vendor itself, as PlainName has it
	through map[string][]*model.Subprocessor // by the maker of what it serves, and by the cloud that it is reached through
	hosts   []string                         // of the records' websites, one for each record
}

// Of gives the roster of a site.
func Of(site *model.Site) *Roster {
	r := &Roster{records: site.Subprocessors, byName: map[string][]*model.Subprocessor{}, through: map[string][]*model.Subprocessor{}}
	for _, v := range r.records {
		enter(r.byName, v, append([]model.Text{v.ID, v.Title, v.LegalEntity}, v.Aliases...)...)
		enter(r.through, v, v.Maker, v.HostedBy.Text)
		r.hosts = append(r.hosts, Host(v.Website.Value))
	}
	return r
}

func enter(index map[string][]*model.Subprocessor, v *model.Subprocessor, names ...model.Text) {
	for _, t := range names {
		if name := PlainName(t.Value); name != "" {
			index[name] = append(index[name], v)
		}
	}
}

// Standing gives the records that stand for a vendor on a day, and one that did until it was removed, nil if there is none.
func (r *Roster) Standing(k *model.KnownVendor, on model.Day) (declared []*model.Subprocessor, gone *model.Subprocessor) {
	all := r.recordsOf(k)
	for _, v := range r.records {
		switch {
		case !all[v]:
		case IsGone(v, on):
			gone = v
		default:
			declared = append(declared, v)
		}
	}
	return declared, gone
}

// IsGone reports whether a record is of a vendor that was removed by a day.
func IsGone(v *model.Subprocessor, on model.Day) bool {
	return v.Status.Value == model.StatusRemoved || !v.RemovedOn.IsZero() && v.RemovedOn.Day <= on
}

// recordsOf gives the records that are a vendor by their names or website or serve what it makes, or the one that it is part of under one legal entity.
func (r *Roster) recordsOf(k *model.KnownVendor) map[*model.Subprocessor]bool {
	all := map[*model.Subprocessor]bool{}
	for ; k != nil; k = parentOf(k) {
		for _, v := range r.Named(k.Website, k.Names...) {
			all[v] = true
		}
		for _, name := range k.Names {
			for _, v := range r.through[PlainName(name)] {
				all[v] = true
			}
		}
	}
	return all
}

// Named gives the records that have one of these names, or whose website is at the host of website; in the order of the site. Either may be "".
func (r *Roster) Named(website string, names ...string) []*model.Subprocessor {
	all := map[*model.Subprocessor]bool{}
	for _, name := range names {
		for _, v := range r.byName[PlainName(name)] {
			all[v] = true
		}
	}
	host := Host(website)
	for i, other := range r.hosts {
		if SameHost(other, host) {
			all[r.records[i]] = true
		}
	}
	var named []*model.Subprocessor
	for _, v := range r.records {
		if all[v] {
			named = append(named, v)
		}
	}
	return named
}

// parentOf gives the vendor that another is part of, if they have one legal entity: who contracts with it contracts with both.
func parentOf(k *model.KnownVendor) *model.KnownVendor {
	if k.Parent != nil && k.Parent.Legal == k.Legal && k.Legal != "" {
		return k.Parent
	}
	return nil
}

// PlainName takes from a name what people write in several ways: capitals, spaces and signs.
func PlainName(name string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, name)
}

// SameHost reports whether two hosts are one, or one is part of the other: platform.openai.com and openai.com. Two parts of a third, like
// cloud.google.com and workspace.google.com, are often two services.
func SameHost(a, b string) bool {
	return strings.Contains(a, ".") && strings.Contains(b, ".") && (a == b || strings.HasSuffix(a, "."+b) || strings.HasSuffix(b, "."+a))
}

// Host gives the host of a web address in lower case, without "www."; "" where there is none.
func Host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

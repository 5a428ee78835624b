package check

import (
	"net/url"
	"strings"
	"unicode"

	"candor/generator/model"
)

// A vendorList tells which sub-processors of a site stand for a vendor that Candor knows.
type vendorList struct {
	records []*model.Subprocessor
	byName  map[string][]*model.Subprocessor // by whatever of a vendor an author may have written, as plainName has it
	hosts   []string                         // of the records' websites, one for each record
}

func vendorListOf(site *model.Site) *vendorList {
	d := &vendorList{records: site.Subprocessors, byName: map[string][]*model.Subprocessor{}}
	for _, v := range d.records {
		for _, t := range append([]model.Text{v.ID, v.Title, v.LegalEntity, v.Maker, v.HostedBy.Text}, v.Aliases...) {
			if name := plainName(t.Value); name != "" {
				d.byName[name] = append(d.byName[name], v)
			}
		}
		d.hosts = append(d.hosts, hostOf(v.Website.Value))
	}
	return d
}

// standing gives the records that stand for a vendor on the pass's day, and one that did until it was removed, nil if there is none.
func (d *vendorList) standing(k *model.KnownVendor, p *pass) (declared []*model.Subprocessor, gone *model.Subprocessor) {
	all := d.recordsOf(k)
	for _, v := range d.records {
		switch {
		case !all[v]:
		case v.Status.Value == model.StatusRemoved || p.isPast(v.RemovedOn):
			gone = v
		default:
			declared = append(declared, v)
		}
	}
	return declared, gone
}

// recordsOf gives the records that are a vendor by their names or website, or the one that it is part of under one legal entity.
func (d *vendorList) recordsOf(k *model.KnownVendor) map[*model.Subprocessor]bool {
	all := map[*model.Subprocessor]bool{}
	for ; k != nil; k = parentOf(k) {
		for _, name := range k.Names {
			for _, v := range d.byName[plainName(name)] {
				all[v] = true
			}
		}
		website := hostOf(k.Website)
		for i, host := range d.hosts {
			if sameHost(host, website) {
				all[d.records[i]] = true
			}
		}
	}
	return all
}

// parentOf gives the vendor that another is part of, if they have one legal entity: who contracts with it contracts with both.
func parentOf(k *model.KnownVendor) *model.KnownVendor {
	if k.Parent != nil && k.Parent.Legal == k.Legal && k.Legal != "" {
		return k.Parent
	}
	return nil
}

// plainName takes from a name what people write in several ways: capitals, spaces and signs.
func plainName(name string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, name)
}

// sameHost reports whether two hosts are one, or one is part of the other: platform.openai.com and openai.com. Two parts of a third, like
// cloud.google.com and workspace.google.com, are often two services.
func sameHost(a, b string) bool {
	return strings.Contains(a, ".") && strings.Contains(b, ".") && (a == b || strings.HasSuffix(a, "."+b) || strings.HasSuffix(b, "."+a))
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

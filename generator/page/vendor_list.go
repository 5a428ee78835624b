package page

import (
	"cmp"
	"slices"

	"candor/generator/model"
)

// inOrder sorts by what is read; what reads alike stays as it was.
func inOrder[T any](list []T, read func(T) string) []T {
	order := model.Alphabet()
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b T) int { return order(read(a), read(b)) })
	return list
}

func (p *planner) byName(list []*model.Subprocessor) []*model.Subprocessor {
	return inOrder(list, func(s *model.Subprocessor) string { return s.Title.Value })
}

// listedKinds gives the kinds of data that any vendor receives, and those that they are part of, by title.
func (p *planner) listedKinds() []*model.DataClass {
	seen := map[*model.DataClass]bool{}
	var list []*model.DataClass
	for _, s := range published(p.site.Subprocessors) {
		for _, d := range s.Data {
			for c := d.To; c != nil && !seen[c]; c = c.Parent {
				seen[c] = true
				list = append(list, c)
			}
		}
	}
	return inOrder(list, func(c *model.DataClass) string { return c.Title.Value })
}

// listed gives a vendor for the list. Who looks for a kind of data wants those that get a part of it, and those that get what it is a part of.
func (p *planner) listed(s *model.Subprocessor, kinds []*model.DataClass) Vendor {
	v := p.vendor(s)
	for _, k := range kinds {
		if slices.ContainsFunc(s.Data, func(d model.Ref[model.DataClass]) bool { return d.To != nil && (d.To.Within(k) || k.Within(d.To)) }) {
			v.Within = append(v.Within, k.ID.Value)
		}
	}
	return v
}

// places gives the countries where data goes today, and the vendors of which no place is known.
func (p *planner) places() (list []Place, unknown []Link) {
	there := map[Country][]*model.Subprocessor{}
	var countries []Country
	for _, s := range p.byName(p.active()) {
		at := locations(s)
		if len(at) == 0 {
			unknown = append(unknown, p.link(s))
		}
		for _, l := range at {
			if len(there[l.Country]) == 0 {
				countries = append(countries, l.Country)
			}
			if !slices.Contains(there[l.Country], s) {
				there[l.Country] = append(there[l.Country], s)
			}
		}
	}
	for _, c := range inOrder(countries, func(c Country) string { return c.Name }) {
		list = append(list, p.place(c, there[c]))
	}
	return list, unknown
}

func (p *planner) place(c Country, vendors []*model.Subprocessor) Place {
	place := Place{Country: c, Count: count(len(vendors), "sub-processor", "sub-processors"), Data: atMost(6, titlesOf(dataClasses(widest(vendors))), "other kinds of data")}
	for _, g := range grouped(vendors, func(s *model.Subprocessor) string { return cmp.Or(upperFirst(doesIn(s, c)), "Not said") }) {
		var links []Link
		for _, s := range g.vendors {
			links = append(links, p.link(s))
		}
		d := Doing{Activity: g.word, Count: len(links), Few: links}
		if len(links) > 12 {
			d.Few, d.Rest = links[:10], links[10:]
		}
		place.Doing = append(place.Doing, d)
	}
	grounds := grouped(vendors, func(s *model.Subprocessor) string { return cmp.Or(transfer(s.Transfer), "No ground is recorded") })
	for _, g := range grounds {
		ground := Ground{Transfer: g.word}
		if len(grounds) > 1 {
			var names []string
			for _, s := range g.vendors {
				names = append(names, s.Title.Value)
			}
			ground.Vendors = atMost(3, names, "more")
		}
		place.Transfers = append(place.Transfers, ground)
	}
	return place
}

// doesIn says what a vendor does in a country, wherever there: one that stores in one region and processes in another does both.
func doesIn(s *model.Subprocessor, c Country) string {
	var does []string
	for _, one := range []string{"process", "store", "support", "access"} {
		for _, l := range s.Locations {
			if country(l.Country.Value) == c && slices.Contains(values(l.Activity), one) && !slices.Contains(does, activityWords[one]) {
				does = append(does, activityWords[one])
			}
		}
	}
	return series(does)
}

// widest gives the kinds of data that vendors receive, without those that are part of another one.
func widest(vendors []*model.Subprocessor) []model.Ref[model.DataClass] {
	var all, list []model.Ref[model.DataClass]
	for _, s := range vendors {
		all = append(all, s.Data...)
	}
	for _, d := range all {
		if d.To != nil && !slices.ContainsFunc(all, func(o model.Ref[model.DataClass]) bool { return o.To != nil && o.To != d.To && d.To.Within(o.To) }) {
			list = append(list, d)
		}
	}
	return list
}

type group struct {
	word    string
	vendors []*model.Subprocessor
}

// grouped puts vendors together of which the same is said, the largest group first.
func grouped(vendors []*model.Subprocessor, say func(*model.Subprocessor) string) []group {
	var list []group
	for _, s := range vendors {
		word := say(s)
		i := slices.IndexFunc(list, func(g group) bool { return g.word == word })
		if i < 0 {
			i = len(list)
			list = append(list, group{word: word})
		}
		list[i].vendors = append(list[i].vendors, s)
	}
	slices.SortStableFunc(list, func(a, b group) int { return cmp.Compare(len(b.vendors), len(a.vendors)) })
	return list
}

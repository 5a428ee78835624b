package page

import (
	"slices"

	"candor/generator/model"
)

// mostContents is how many pages of a section stand in its contents: a page may not grow with the number of all others.
const mostContents = 40

// contentsOf gives the pages of each section that has pages of its own, by the section's address; for look-ups, never ranged over.
func (p *planner) contentsOf() map[string][]NavPage {
	contents := map[string][]NavPage{}
	add := func(section string, r model.Record) {
		contents[section] = append(contents[section], NavPage{Text: r.Name(), Address: p.where(r)})
	}
	for _, r := range published(p.site.Policies) {
		add(model.AddressPolicies, r)
	}
	for _, r := range published(p.site.Subprocessors) {
		add(model.AddressSubprocessors, r)
	}
	alphabet := model.Alphabet()
	slices.SortStableFunc(contents[model.AddressSubprocessors], func(a, b NavPage) int { return alphabet(a.Text, b.Text) })
	for _, r := range published(p.site.Flows) {
		add(model.AddressFlows, r)
	}
	for _, t := range p.site.Topics {
		if len(published(t.Answers)) > 0 {
			contents[model.AddressAnswers] = append(contents[model.AddressAnswers], NavPage{Text: t.Title, Address: p.address(model.AddressAnswers) + "#" + topicID(t)})
		}
	}
	return contents
}

// around gives the contents of a section for one of its pages, with that one marked, and how many there are when these are not all.
func around(pages []NavPage, address string) (shown []NavPage, all int) {
	at := slices.IndexFunc(pages, func(i NavPage) bool { return i.Address == address })
	from := 0
	if len(pages) > mostContents {
		from, all = min(max(0, at-mostContents/2), len(pages)-mostContents), len(pages)
	}
	shown = slices.Clone(pages[from:min(len(pages), from+mostContents)])
	if at >= 0 {
		shown[at-from].Current = true
	}
	return shown, all
}

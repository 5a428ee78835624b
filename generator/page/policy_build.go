package page

import (
	"fmt"

	"candor/generator/markdown"
	"candor/generator/model"
)

const wordsPerMinute = 200 // what people read of such texts

func (p *planner) policyPages() []Page {
	all := published(p.site.Policies)
	pages := []Page{p.list("policies", model.AddressPolicies, 0, func(r Renderer) (any, error) { return p.policies(r, all), nil })}
	for i, one := range all {
		pages = append(pages, p.single("policy", one, one.ApprovedOn.Day, func(r Renderer) (any, error) { return p.policy(r, all, i) }))
	}
	return pages
}

func (p *planner) policies(r Renderer, all []*model.Policy) Policies {
	v := Policies{}
	var last model.Day
	overdue := 0
	for _, one := range all {
		row := PolicyRow{Title: one.Title.Value, Address: p.where(one), Summary: one.Summary.Value, Version: one.Version.Value, Owner: owner(one.Owner),
			Approved: date(one.ApprovedOn.Day), NextReview: date(one.Due), Overdue: p.overdue(one), Meets: criterionList(one.Meets)}
		if row.Overdue {
			overdue++
		}
		last = max(last, one.ApprovedOn.Day)
		v.Policies = append(v.Policies, row)
	}
	switch {
	case len(all) == 0:
		v.Sentence = "No policy is published."
	case overdue == 0:
		v.Sentence = sentence(joined("; ", joined(", ", count(len(all), "policy", "policies"), long("the last approved on ", last)), "none is overdue for review"))
	default:
		v.Sentence = sentence(count(len(all), "policy", "policies") + "; " + fmt.Sprint(overdue) + " overdue for review")
	}
	v.Frame = p.frame(r, "policies", "Policies", v.Sentence, model.AddressPolicies)
	return v
}

func (p *planner) overdue(one *model.Policy) bool { return one.Due != 0 && one.Due < p.on }

func (p *planner) policy(r Renderer, all []*model.Policy, i int) (any, error) {
	one := all[i]
	address := model.Address(one)
	html, err := r.Markdown(p.body(one.Body, 2, ""))
	if err != nil {
		return nil, err
	}
	description := one.Summary.Value
	if description == "" {
		description = one.Body.Outline.FirstParagraph
	}
	v := Policy{
		Frame:   p.frame(r, "policy", one.Title.Value, description, address, Link{Text: "Policies", Address: p.address(model.AddressPolicies)}),
		Summary: one.Summary.Value, Version: one.Version.Value, Owner: owner(one.Owner), ApprovedBy: owner(one.ApprovedBy),
		Approved: date(one.ApprovedOn.Day), NextReview: date(one.Due), Overdue: p.overdue(one),
		Minutes: max(1, (one.Body.Outline.Words+wordsPerMinute/2)/wordsPerMinute), Contents: contents(one.Body.Outline.Headings), Body: html,
		Meets: criterionList(one.Meets), Incident: incident(one.Incident), Playbooks: playbooks(one.Playbooks), History: revisions(one.History), URL: p.whole(address),
	}
	for _, c := range one.Controls {
		if p.proven[c] {
			v.Controls = append(v.Controls, p.link(c))
		}
	}
	for _, by := range one.CitedBy {
		switch {
		case !by.Published():
		case by.Key().Kind == model.KindFlow:
			v.Flows = append(v.Flows, p.link(by))
		default:
			v.Answers = append(v.Answers, p.link(by))
		}
	}
	if i > 0 {
		v.Previous = linkIf(p, all[i-1])
	}
	if i+1 < len(all) {
		v.Next = linkIf(p, all[i+1])
	}
	return v, nil
}

// contents gives the headings of the two highest levels that a text has.
func contents(all []markdown.Heading) []Heading {
	top := 7
	for _, h := range all {
		top = min(top, h.Level)
	}
	var list []Heading
	for _, h := range all {
		if level := h.Level - top + 1; level <= 2 {
			list = append(list, Heading{Text: h.Text, Address: "#" + h.Anchor, Level: level})
		}
	}
	return list
}

func incident(i *model.Incident) *Incident {
	if i == nil {
		return nil
	}
	v := &Incident{Contact: contactLink(i.Contact.Value), NoticeHours: i.NoticeHours.Value, Severities: values(i.Severities), Exercised: date(i.ExercisedOn.Day)}
	if v.NoticeHours > 0 {
		v.Notice = "Customers are told within " + count(v.NoticeHours, "hour", "hours")
	}
	return v
}

func playbooks(all []*model.Playbook) []Playbook {
	var list []Playbook
	for _, b := range all {
		list = append(list, Playbook{ID: "playbook-" + b.ID.Value, Title: b.Title.Value, Kind: word(playbookKinds, b.Kind.Value), Summary: b.Summary.Value,
			ReportTo: b.ReportTo.Value, Owner: owner(b.Owner), Disable: b.Disable.Value, Notice: b.Notice.Value, Record: b.Record.Value})
	}
	return list
}

func revisions(all []*model.Revision) []Revision {
	var list []Revision
	for _, r := range all {
		list = append(list, Revision{Version: r.Version.Value, Date: date(r.Date.Day), Changes: values(r.Changes)})
	}
	return list
}

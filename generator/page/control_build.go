package page

import (
	"fmt"
	"strings"

	"candor/generator/criteria"
	"candor/generator/model"
)

func (p *planner) controlPages() []Page {
	return []Page{p.list("controls", model.AddressControls, 0, p.controlList)}
}

// shows reports whether the page of controls shows a control: one with current evidence, or one that is claimed where the site shows claims.
func (p *planner) shows(c *model.Control) bool { return p.proven[c] || p.claims() }

// claims reports whether the page of controls shows what is claimed and no more.
func (p *planner) claims() bool { return p.site.Config.Controls.Show.Value == "claimed" }

// provenControls gives the controls that have current evidence.
func (p *planner) provenControls() []*model.Control {
	var list []*model.Control
	for _, c := range p.site.Controls {
		if p.proven[c] {
			list = append(list, c)
		}
	}
	return list
}

func (p *planner) controlList(r Renderer) (any, error) {
	v := Controls{Claims: p.claims()}
	for _, c := range p.site.Controls {
		if p.shows(c) {
			v.Controls = append(v.Controls, p.control(c))
		}
	}
	standards, sum := p.standards()
	v.Standards = standards
	v.Sentence = "No control has current evidence."
	if n := len(p.provenControls()); n > 0 {
		text := count(n, "control", "controls") + " with current evidence"
		if sum.inScope > 0 {
			text += ", behind " + sum.String()
		} else {
			text += ", meeting " + count(sum.evidenced, "criterion", "criteria")
		}
		v.Sentence = sentence(text)
	}
	v.Frame = p.frame(r, "controls", "Controls", v.Sentence, model.AddressControls)
	return v, nil
}

func (p *planner) control(c *model.Control) Control {
	v := Control{ID: c.ID.Value, Former: former(c.Head()), Title: c.Title.Value, Address: p.where(c), State: coverStates["claimed"], Summary: c.Summary.Value,
		Meets: criterionList(c.Meets), LastDone: date(c.LastDone.Day), Owner: owner(c.Owner), Policies: links(p, criteria.Policies(c)), Flows: links(p, c.Flows)}
	if p.proven[c] {
		v.State = coverStates["evidenced"]
	}
	if !c.Cadence.IsZero() {
		v.Cadence = "Every " + strings.TrimPrefix(c.Cadence.Long(), "1 ")
		v.NextDue = date(criteria.Due(c))
	}
	for _, ref := range c.Evidence {
		if e := evidence(ref.To); e != nil {
			v.Evidence = append(v.Evidence, *e)
		}
	}
	return v
}

// An extent counts criteria in scope, and those that have current evidence.
type extent struct{ evidenced, inScope int }

// String gives it as part of a sentence: "all 35 criteria in scope".
func (e extent) String() string {
	switch e.evidenced {
	case e.inScope:
		return fmt.Sprintf("all %d criteria in scope", e.inScope)
	case 0:
		return fmt.Sprintf("none of the %d criteria in scope", e.inScope)
	}
	return fmt.Sprintf("%d of the %d criteria in scope", e.evidenced, e.inScope)
}

// standards gives what is met of each standard in scope. Where the site puts nothing in scope, it gives what is met of any standard, and nothing
// counts as in scope.
func (p *planner) standards() ([]Standard, extent) {
	var list []Standard
	var sum extent
	for _, parts := range p.frameworks() {
		v, t := p.standard(parts)
		if len(v.Groups) > 0 || t.inScope > 0 {
			list = append(list, v)
		}
		sum.evidenced += t.evidenced
		sum.inScope += t.inScope
	}
	return list, sum
}

// isScoped reports whether the site puts any framework in scope.
func (p *planner) isScoped() bool { return len(p.site.Config.Frameworks) > 0 }

// frameworks gives the frameworks in scope, else all that are known; those of one standard together, each once.
func (p *planner) frameworks() [][]criteria.Framework {
	names := values(p.site.Config.Frameworks)
	if !p.isScoped() {
		names = criteria.FrameworkNames()
	}
	var list [][]criteria.Framework
	place, seen := map[string]int{}, map[string]bool{}
	for _, name := range names {
		f, ok := criteria.FindFramework(name)
		if !ok || seen[name] {
			continue
		}
		seen[name] = true
		i, begun := place[f.Standard.Key]
		if !begun {
			i = len(list)
			place[f.Standard.Key] = i
			list = append(list, nil)
		}
		list[i] = append(list[i], f)
	}
	return list
}

// standard gives what is met of one standard, of which some parts are in scope.
func (p *planner) standard(parts []criteria.Framework) (Standard, extent) {
	s := parts[0].Standard
	v := Standard{ID: "section-" + s.Key, Name: s.Name}
	var t extent
	for _, f := range parts {
		groups, one := p.criterionGroups(f)
		v.Groups = append(v.Groups, groups...)
		t.evidenced += one.evidenced
		t.inScope += one.inScope
	}
	v.Sentence = sentence(count(t.evidenced, "criterion", "criteria") + " with current evidence")
	if t.inScope > 0 {
		v.Sentence = sentence(upperFirst(t.String()) + " have current evidence")
	}
	if from, shown := s.Publication(); shown {
		v.Source = &Link{Text: from.Publisher, Address: from.Source, External: true}
		license, _, _ := strings.Cut(from.License, ",")
		v.License = from.Version + ", " + license
	}
	return v, t
}

// criterionGroups gives the parts of a framework with the criteria in them that are shown.
func (p *planner) criterionGroups(f criteria.Framework) ([]CriterionGroup, extent) {
	var list []CriterionGroup
	var sum extent
	all := map[string]criteria.Coverage{}
	for _, c := range criteria.Cover(p.site, f, p.on) {
		all[c.ID] = c
	}
	for _, g := range f.Groups() {
		v := CriterionGroup{Title: g.Title}
		evidenced := 0
		for _, id := range g.IDs {
			c := all[id]
			if c.Evidenced() {
				evidenced++
			}
			if c.Evidenced() || c.Claimed() && p.claims() {
				v.Criteria = append(v.Criteria, p.metCriterion(c))
			}
		}
		sum.evidenced += evidenced
		v.Count = fmt.Sprint(evidenced)
		if p.isScoped() {
			sum.inScope += len(g.IDs)
			v.Count = fmt.Sprintf("%d of %d", evidenced, len(g.IDs))
		}
		if len(v.Criteria) > 0 {
			list = append(list, v)
		}
	}
	return list, sum
}

// metCriterion tells what meets a criterion: controls with current evidence where there are any, else those that claim it.
func (p *planner) metCriterion(c criteria.Coverage) MetCriterion {
	v := MetCriterion{Criterion: criterionOf(c.Criterion), State: coverStates["claimed"]}
	if c.Evidenced() {
		v.State = coverStates["evidenced"]
	}
	if text, ok := c.Text(); ok {
		v.Title = text.Title
		v.Text = &CriterionText{Lead: text.Lead, Tail: text.Tail}
		for _, item := range text.Items {
			v.Text.Items = append(v.Text.Items, CriterionItem{Text: item.Text, Items: item.Items})
		}
	}
	var controls []*model.Control
	var policies []*model.Policy
	for _, claim := range c.Controls {
		if claim.Proven || !c.Evidenced() {
			controls = append(controls, claim.Control)
		}
	}
	for _, claim := range c.Policies {
		policies = append(policies, claim.Policy)
	}
	if len(policies) == 0 {
		for _, control := range controls {
			policies = append(policies, criteria.Policies(control)...)
		}
	}
	v.Controls, v.Policies = links(p, controls), links(p, policies)
	return v
}

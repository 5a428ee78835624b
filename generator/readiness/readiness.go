// Package readiness tells where an AI company stands on the way to a SOC 2 report: a plan of 90 days, each item of it proven, claimed or missing.
//
// In come a linked site, the findings on it and the day; out comes a Report, and, on request, its text, JSON or Markdown. What an item
// asks for is read from the content alone: a control that carries it out with current evidence, a record that is complete, a report in its
// state. A policy that says so is a claim. The report is for the company itself. Nothing here is published: no package that makes pages can import
// this one. It reads no file and never changes a record.
package readiness

import (
	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"
)

// A State says how far an item is.
type State int

// The states of an item, the worst first.
const (
	Missing State = iota // nothing in the content says that it is done
	Claimed              // something says so, and nothing proves it today
	Proven               // it is done, and what proves it is current
)

// String gives the word that is printed.
func (s State) String() string { return [...]string{"missing", "claimed", "proven"}[s] }

// A Phase is a third of the plan.
type Phase struct {
	Number int
	Title  string
}

// Phases are the thirds of the plan in order.
var Phases = []Phase{
	{1, "Days 1 to 30: scope, vendors, data flows, sign-in and devices"},
	{2, "Days 31 to 60: access, models, tenants, logs and incidents"},
	{3, "Days 61 to 90: auditor, window, and what customers see"},
}

// An Item is one thing that the plan asks for.
type Item struct {
	ID     string   // "mfa"
	Phase  int      // number of its Phase
	Title  string   // in few words: it stands in a table
	Proof  string   // what proves it
	Source string   // who asks for it
	Rules  []string // while one of them finds something, the item is claimed and no more

	judge func(*plan) verdict
}

// A Place is where something stands that proves or claims an item, or that falls short.
type Place struct {
	At   source.Span
	What string // `control "mfa-enforcement"`
}

// A verdict is how far an item is, and why.
type verdict struct {
	State  State
	Places []Place
	Next   string    // what to do next, "" for nothing before Until
	Until  model.Day // the last day on which what proves it is current, as far as that can be told, else 0
	Note   string    // why nothing else has to be done, may be ""
}

// A Result is an item with its verdict.
type Result struct {
	Item
	verdict
}

// A Report is the whole plan on one day.
type Report struct {
	On      model.Day
	Results []Result // in the order of the plan
}

// Count gives the number of items in a state.
func (r Report) Count(s State) int {
	n := 0
	for _, one := range r.Results {
		if one.State == s {
			n++
		}
	}
	return n
}

// Of judges every item of the plan. The findings are those of all rules on the same site on the same day.
func Of(site *model.Site, findings []diag.Finding, on model.Day) Report {
	p := &plan{site: site, findings: findings, on: on}
	r := Report{On: on}
	for _, item := range Items() {
		v := item.judge(p)
		if f := p.finding(item.Rules...); f != nil && v.State == Proven {
			v = short(Claimed, f)
		}
		if v.State != Proven || v.Until < on {
			v.Until = 0
		}
		r.Results = append(r.Results, Result{item, v})
	}
	return r
}

// A plan is what items are judged by.
type plan struct {
	site     *model.Site
	findings []diag.Finding
	on       model.Day
}

// finding gives the first finding of some rules, nil when all of them are quiet.
func (p *plan) finding(rules ...string) *diag.Finding {
	for i, f := range p.findings {
		for _, rule := range rules {
			if f.Rule == rule {
				return &p.findings[i]
			}
		}
	}
	return nil
}

// findingIn gives the first finding in the lines of a record, nil for none.
func (p *plan) findingIn(extent source.Span) *diag.Finding {
	for i, f := range p.findings {
		if !extent.IsZero() && f.At.File == extent.File && f.At.Start >= extent.Start && f.At.Start <= extent.End {
			return &p.findings[i]
		}
	}
	return nil
}

// short gives the verdict that a finding leads to.
func short(s State, f *diag.Finding) verdict {
	next := f.Message + " [" + f.Rule + "]"
	if f.Hint != "" {
		next += ": " + f.Hint
	}
	return verdict{State: s, Places: []Place{{f.At, "finding of " + f.Rule}}, Next: next}
}

// place gives the place of a record.
func place(r model.Record) Place {
	k := r.Key()
	return Place{r.Place(), string(k.Kind) + ` "` + k.ID + `"`}
}

// places gives the places of records.
func places[R model.Record](records []R) []Place {
	var list []Place
	for _, r := range records {
		list = append(list, place(r))
	}
	return list
}

// earlier gives the earlier of two days, of which 0 is none.
func earlier(a, b model.Day) model.Day {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}

// year is how long things count that say nothing of their own.
var year = model.Period{Count: 1, Unit: 'y'}

// within gives the period, or a year where none is written.
func within(d model.Duration) model.Period {
	if d.IsZero() {
		return year
	}
	return d.Period
}

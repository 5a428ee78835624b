package criteria

import (
	"candor/generator/model"
	"candor/generator/source"
)

// A Coverage tells what a site says of one criterion on one day: who claims that it is met, and what of that has evidence.
type Coverage struct {
	Criterion
	Policies []PolicyClaim
	Controls []ControlClaim
}

// A PolicyClaim is a policy that says that it meets a criterion.
type PolicyClaim struct {
	Policy *model.Policy
	At     source.Span // of the criterion in its "meets"
}

// A ControlClaim is a control that says that it meets a criterion.
type ControlClaim struct {
	Control *model.Control
	At      source.Span // of the criterion in its "meets"
	Proven  bool        // it has current evidence
	Lacking Shortfall   // else why not
}

// Claimed reports whether anything says that it meets the criterion.
func (c Coverage) Claimed() bool { return len(c.Policies) > 0 || len(c.Controls) > 0 }

// Evidenced reports whether a control that has current evidence meets the criterion.
func (c Coverage) Evidenced() bool {
	for _, claim := range c.Controls {
		if claim.Proven {
			return true
		}
	}
	return false
}

// HasPolicy reports whether a policy stands behind the criterion: one that meets it, or one that a control with current evidence, which meets
// it, carries out.
func (c Coverage) HasPolicy() bool {
	for _, claim := range c.Controls {
		if claim.Proven && len(Policies(claim.Control)) > 0 {
			return true
		}
	}
	return len(c.Policies) > 0
}

// Policies gives the policies that a control carries out, each once.
func Policies(c *model.Control) []*model.Policy {
	var list []*model.Policy
	seen := map[*model.Policy]bool{nil: true}
	for _, ref := range append([]model.Ref[model.Policy]{c.Policy}, c.Policies...) {
		if !seen[ref.To] {
			seen[ref.To] = true
			list = append(list, ref.To)
		}
	}
	return list
}

// Cover gives the coverage of every criterion of a framework, in the order of its standard.
func Cover(site *model.Site, f Framework, on model.Day) []Coverage {
	index := map[string]int{}
	all := make([]Coverage, len(f.IDs))
	for i, id := range f.IDs {
		all[i].Criterion = Criterion{Standard: f.Standard.Key, ID: id}
		index[id] = i
	}
	each := func(meets []model.Meeting, claim func(c *Coverage, at source.Span)) {
		seen := map[string]bool{}
		for _, m := range meets {
			met, ok := Lookup(m.Value)
			if i, in := index[met.ID]; ok && in && met.Standard == f.Standard.Key && !seen[met.ID] {
				seen[met.ID] = true
				claim(&all[i], m.At)
			}
		}
	}
	for _, p := range site.Policies {
		each(p.Meets, func(c *Coverage, at source.Span) { c.Policies = append(c.Policies, PolicyClaim{p, at}) })
	}
	for _, control := range site.Controls {
		lacking, proven := Proven(control, on)
		each(control.Meets, func(c *Coverage, at source.Span) {
			c.Controls = append(c.Controls, ControlClaim{Control: control, At: at, Proven: proven, Lacking: lacking})
		})
	}
	return all
}

package readiness

import (
	"fmt"
	"slices"
	"strings"

	"candor/generator/criteria"
	"candor/generator/model"
)

// chosenFramework asks for the categories that the report is to cover.
func chosenFramework(p *plan) verdict {
	var chosen []Place
	names := map[string]bool{}
	for _, f := range p.site.Config.Frameworks {
		if strings.HasPrefix(f.Value, "soc2-") {
			chosen = append(chosen, Place{f.At, fmt.Sprintf("framework %q", f.Value)})
			names[f.Value] = true
		}
	}
	if len(chosen) == 0 {
		return verdict{State: Missing, Next: `write "frameworks: [soc2-security]" in site.yaml, and a category for each further promise: soc2-confidentiality, soc2-availability`}
	}
	if !names["soc2-security"] {
		return verdict{State: Claimed, Places: chosen, Next: `add "soc2-security" to frameworks in site.yaml: every SOC 2 report covers it`}
	}
	for _, c := range p.reports(0) {
		for _, category := range c.Scope.Criteria {
			name := "soc2-" + strings.ReplaceAll(strings.ToLower(category.Value), " ", "-")
			if _, known := criteria.FindFramework(name); known && !names[name] {
				return verdict{State: Claimed, Places: []Place{{category.At, fmt.Sprintf("certification %q", c.ID.Value)}},
					Next: fmt.Sprintf("add %q to frameworks in site.yaml: the report is to cover it", name)}
			}
		}
	}
	return verdict{State: Proven, Places: chosen}
}

// vendors gives the vendors that receive data today.
func (p *plan) vendors() []*model.Subprocessor {
	var list []*model.Subprocessor
	for _, v := range p.site.Subprocessors {
		if v.InUse() && v.Published() {
			list = append(list, v)
		}
	}
	return list
}

// documentedVendors asks for a complete file for every vendor in use, looked at in time.
func documentedVendors(p *plan) verdict {
	if f := p.finding("SUB01"); f != nil {
		return short(Missing, f)
	}
	list := p.vendors()
	if len(list) == 0 {
		return verdict{State: Missing, Next: "write a file in subprocessors/ for each vendor that receives data"}
	}
	v := verdict{State: Proven, Places: places(list)}
	for _, one := range list {
		due := one.ReviewedOn.Day.Add(within(p.site.Config.Review.Subprocessors))
		if one.ReviewedOn.IsZero() || one.ReviewedOn.Day > p.on || due < p.on {
			return verdict{State: Claimed, Places: []Place{place(one)}, Next: fmt.Sprintf(`review sub-processor %q, and write "reviewed_on: ..."`, one.ID.Value)}
		}
		v.Until = earlier(v.Until, due)
	}
	return v
}

// aiCategories are those of vendors whose terms the plan asks for.
var aiCategories = []string{"llm-api", "vector-database", "fine-tuning", "inference"}

// aiTerms asks for the terms of every vendor that runs a model, keeps vectors or tunes.
func aiTerms(p *plan) verdict {
	v := verdict{State: Proven}
	for _, one := range p.vendors() {
		if one.AI == nil {
			if slices.Contains(aiCategories, one.Category.Value) {
				return verdict{State: Claimed, Places: []Place{place(one)},
					Next: fmt.Sprintf(`write what the contract of %q says: "ai: {role: ..., training: {used: never, evidence: ...}, retention: {state: ..., evidence: ...}}"`, one.ID.Value)}
			}
			continue
		}
		for _, terms := range []struct {
			what     string
			evidence model.Ref[model.Evidence]
		}{{"training", one.AI.Training.Evidence}, {"retention", one.AI.Retention.Evidence}} {
			if terms.evidence.IsZero() {
				return verdict{State: Claimed, Places: []Place{place(one)},
					Next: fmt.Sprintf(`file the terms of %q on %s, and write "evidence: ..." under ai.%[2]s`, one.ID.Value, terms.what)}
			}
			gap, current := criteria.Current(terms.evidence, within(p.site.Config.Review.Subprocessors), p.on)
			if !current {
				return verdict{State: Claimed, Places: []Place{{gap.At, fmt.Sprintf("sub-processor %q", one.ID.Value)}},
					Next: fmt.Sprintf("what %q says on %s %s: %s", one.ID.Value, terms.what, gap.Text, gap.Hint)}
			}
			if e := terms.evidence.To; !e.Expires.IsZero() {
				v.Until = earlier(v.Until, e.Expires.Day-1)
			}
		}
		v.Places = append(v.Places, place(one))
	}
	if len(v.Places) == 0 {
		if flows := p.aiFlows(); len(flows) > 0 && p.finding("SUB01") == nil {
			return verdict{State: Proven, Places: places(flows), Note: "no vendor in use runs a model, keeps vectors or tunes"}
		}
		return verdict{State: Missing, Next: "write a file in subprocessors/ for each vendor of models, vectors or tuning, with its terms under ai"}
	}
	return v
}

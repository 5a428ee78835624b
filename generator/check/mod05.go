package check

import (
	"fmt"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/pattern"
)

var mod05 = Rule{
	Rule: diag.Rule{
		ID:       "MOD05",
		Severity: diag.Error,
		Title:    "an AI feature that people in the European Union use does not say how they learn that it is AI",
		Why:      "People who deal with an AI system have to be told so, unless it is obvious; the provider designs for that before the feature goes out.",
		Source:   "Regulation (EU) 2024/1689 (AI Act), Art. 50(1)",
		Bad: `# flows/reply-drafts.yaml
feature: ai
market: [US, EU]`,
		Good: `# flows/reply-drafts.yaml
feature: ai
market: [US, EU]
disclosure: Every draft carries the line "Written by AI. Check before sending." in the editor.`,
		Remark: `The market is that of the flow, else markets of site.yaml; EU, EEA, a member state or the whole world includes the Union. By Art. 113 the duty applies from
2 August 2026; the rule asks on any day. Features with exposure: internal are not asked.`,
	},
	run: undisclosedAI,
}

func undisclosedAI(p *pass) {
	for _, f := range p.site.Flows {
		if !facesCustomers(f) || !f.Disclosure.IsZero() && !isNoReason(f.Disclosure.Value) {
			continue
		}
		markets := f.Market
		if len(markets) == 0 {
			markets = p.site.Config.Markets
		}
		for _, m := range markets {
			if inUnion(m.Value) {
				p.report(near(f, f.Disclosure, f.Title), fmt.Sprintf("AI feature %q is offered in %q, but does not say how people learn that it is AI", f.ID.Value, m.Value),
					`write "disclosure: ..." with what they see and where`, note(m.At, "offered here"))
				break
			}
		}
	}
}

var (
	unionWide = pattern.Of(`(?i)\b(?:EU|EEA|EMEA|europe|european\s+(?:union|economic\s+area))\b|^(?:the\s+)?(?:whole\s+)?(?:world|worldwide|global|globally|everywhere|all)$`)
	unionLess = pattern.Of(`(?i)\b(?:non|not|no|outside|except|excluding|without|ex)\b`)
)

// inUnion reports whether a market includes the European Union or a member state, by its code or its name.
func inUnion(market string) bool {
	if unionWide.MatchString(market) {
		return !unionLess.MatchString(market)
	}
	for code := range strings.FieldsSeq(economicArea) {
		switch code {
		case "IS", "LI", "NO": // in the Economic Area, not in the Union
			continue
		}
		if strings.EqualFold(market, code) || strings.EqualFold(strings.TrimPrefix(market, "The "), model.CountryName(code)) {
			return true
		}
	}
	return false
}

package readiness

import (
	"fmt"

	"candor/generator/criteria"
	"candor/generator/model"
	"candor/generator/pattern"
)

// A habit is something that one control carries out again and again: a practice, as controls name it.
type habit struct {
	says *pattern.Late // the words by which a policy says that it is done: a claim, never proof
	todo string        // what to do where nobody does it
}

var habits = map[string]habit{
	"sso": {pattern.Of(`(?i)\bsingle[\s-]+sign[\s-]?on\b|\bSSO\b|\bidentity\s+provider\b`),
		"let staff sign in to every system through one identity provider"},
	"mfa": {pattern.Of(`(?i)\b(?:multi|two)[\s-]?factor\b|\bsecond\s+factor\b|\bMFA\b|\b2FA\b|\bpasskeys?\b`),
		"require a second factor for every account of staff"},
	"password-manager": {pattern.Of(`(?i)\bpassword[\s-]+(?:manager|vault)s?\b`),
		"give everybody a password manager"},
	"device-inventory": {pattern.Of(`(?i)\b(?:device|asset|laptop)s?\s+inventor(?:y|ies)\b|\binventory\s+of\s+(?:all\s+)?(?:device|asset|laptop)s\b`),
		"list every laptop and phone with its owner and its settings"},
	"patching": {pattern.Of(`(?i)\bpatch(?:es|ed|ing)?\b|\bsecurity\s+updates?\b`),
		"set times within which things are patched, and check that they are kept"},
	"access-review": {pattern.Of(`(?i)\baccess\s+reviews?\b|\breviews?\s+(?:of\s+)?access\b|\breviewing\s+access\b|\baccess\s+is\s+reviewed\b`),
		"review every quarter who can access what"},
	"model-approval": {pattern.Of(`(?i)\bapprove[sd]?\s+(?:a\s+|the\s+|each\s+|every\s+)?models?\b|\bapproval\s+of\s+(?:a\s+|each\s+|every\s+)?models?\b|\bregister\s+of\s+models\b|\bmodel\s+register\b`),
		"say who approves a model, and hold the register against what production calls"},
	"tuning-approval": {pattern.Of(`(?i)\bfine-?\s?tun(?:e|ed|ing)\b|\btuned\s+models?\b`),
		"say who approves that a model is tuned, and on which data"},
	"redaction": {pattern.Of(`(?i)\bredact(?:s|ed|ion|ing)?\b|\bde-?identif\w+\b|\banonymi[sz]\w+\b|\bpseudonymi[sz]\w+\b`),
		"take personal data out before a model is called, and test that it is gone"},
	"tenant-isolation": {pattern.Of(`(?i)\btenant\s+isolation\b|\bisolat\w+\s+(?:of\s+)?tenants\b|\bseparation\s+of\s+(?:customers|tenants)\b`),
		"test that one tenant cannot read another's data"},
	"access-logging": {pattern.Of(`(?i)\baudit\s+(?:log|trail)s?\b|\baccess\s+logs?\b|\blogs?\s+of\s+access\b|\bsecurity\s+logs?\b`),
		"log who accessed what, and have somebody read the log"},
	"output-logging": {pattern.Of(`(?i)\bprompt\s+logs?\b|\bmodel\s+outputs?\s+(?:is|are)\s+logged\b|\blogs?\s+(?:all\s+)?prompts\b`),
		"log what models return, and check the log"},
	"incident-runbook": {pattern.Of(`(?i)\b(?:wrong|harmful|incorrect|unsafe)(?:\s+or\s+\w+)?\s+(?:model\s+)?outputs?\b`),
		"exercise the playbook for wrong output"},
	"readiness-review": {pattern.Of(`(?i)\breadiness\s+(?:review|check|assessment)s?\b|\binternal\s+(?:audit|control\s+check)s?\b|\bgap\s+(?:analysis|assessment)\b`),
		"have somebody who does not run the controls test a sample of them"},
}

// practice makes the judgement of an item that one control carries out.
func practice(word string) func(*plan) verdict {
	return func(p *plan) verdict { return p.practice(word) }
}

// practice tells how far something is that a control carries out: proven by a control with current evidence; claimed by one without, or by a policy
// that says so.
func (p *plan) practice(word string) verdict {
	var unproven *verdict
	for _, c := range p.controls(word) {
		gap, proven := criteria.Proven(c, p.on)
		if proven {
			return verdict{State: Proven, Places: p.proof(c), Until: criteria.Until(c, p.on)}
		}
		if unproven == nil {
			unproven = &verdict{State: Claimed, Places: []Place{{gap.At, fmt.Sprintf("control %q", c.ID.Value)}},
				Next: fmt.Sprintf("control %q %s: %s", c.ID.Value, gap.Text, gap.Hint)}
		}
	}
	if unproven != nil {
		return *unproven
	}
	if claim, ok := p.inPolicy(word); ok {
		return verdict{State: Claimed, Places: []Place{claim}, Next: undone(word)}
	}
	return verdict{State: Missing, Next: habits[word].todo + "; then " + undone(word)}
}

// undone says what to write once a practice is carried out.
func undone(word string) string {
	return fmt.Sprintf(`write "practices: [%s]" in the control that does it, with "cadence", "last_done" and "evidence"`, word)
}

// controls gives the controls that carry out a practice.
func (p *plan) controls(word string) []*model.Control {
	var list []*model.Control
	for _, c := range p.site.Controls {
		for _, have := range c.Practices {
			if have.Value == word {
				list = append(list, c)
				break
			}
		}
	}
	return list
}

// proof gives the places that prove a control: its own, and those of its current evidence.
func (p *plan) proof(c *model.Control) []Place {
	list := []Place{place(c)}
	for _, ref := range c.Evidence {
		if _, ok := criteria.Current(ref, within(c.Cadence), p.on); ok {
			list = append(list, place(ref.To))
		}
	}
	return list
}

// inPolicy gives the first place at which a policy says that a practice is followed.
func (p *plan) inPolicy(word string) (Place, bool) {
	for _, one := range p.site.Policies {
		if at := habits[word].says.FindIndex(one.Body.Source); at != nil {
			return Place{one.Body.At(at[0], at[1]), fmt.Sprintf("policy %q", one.ID.Value)}, true
		}
	}
	return Place{}, false
}

// quarter is the longest time between two reviews that count as quarterly: a quarter has at most 92 days.
const quarter = 92

// quarterlyReviews asks for reviews of access, and for their pace.
func quarterlyReviews(p *plan) verdict {
	v := p.practice("access-review")
	if v.State != Proven {
		return v
	}
	var slow *model.Control
	for _, c := range p.controls("access-review") {
		if _, proven := criteria.Proven(c, p.on); !proven {
			continue
		}
		if !c.Cadence.IsZero() && c.Cadence.Days() <= quarter {
			return verdict{State: Proven, Places: p.proof(c), Until: criteria.Until(c, p.on)}
		}
		slow = c
	}
	at := slow.Cadence.At
	if slow.Cadence.IsZero() {
		at = slow.Place()
	}
	return verdict{State: Claimed, Places: []Place{{at, fmt.Sprintf("control %q", slow.ID.Value)}},
		Next: fmt.Sprintf(`control %q is not done every quarter: do it, and write "cadence: 90d"`, slow.ID.Value)}
}

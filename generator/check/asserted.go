package check

import (
	"fmt"

	"candor/generator/model"
	"candor/generator/pattern"
	"candor/generator/source"
)

// This file compares what answers assert with practices that are said of many places: one place that differs makes "true" false, and
// "false" is false where all of them hold.

// A tally counts places at which a practice holds, and keeps the first at which it does not.
type tally struct {
	hold   int
	breaks *conflict
	more   int // places that break it, beside the first
}

func (t *tally) add(holds bool, says string, at source.Span, note string) {
	switch {
	case holds:
		t.hold++
	case t.breaks == nil:
		t.breaks = &conflict{says: says, at: at, note: note}
	default:
		t.more++
	}
}

// against gives the conflict of a flag with what was counted. all says what holds everywhere.
func (t *tally) against(said model.Flag, all string) []conflict {
	switch {
	case said.Value && t.breaks != nil:
		c := *t.breaks
		if t.more > 0 {
			c.says += fmt.Sprintf(", the first of %d places", t.more+1)
		}
		return []conflict{c}
	case !said.Value && t.breaks == nil && t.hold > 0:
		return []conflict{{says: all}}
	}
	return nil
}

// compareTransit looks at links between parties. What does not say how it is carried is a matter of FLW05.
func compareTransit(p *pass, a *model.Assertions) []conflict {
	var t tally
	for _, f := range p.site.Flows {
		if !isCurrent(f) {
			continue
		}
		for _, l := range f.Links {
			if !crosses(l) || l.Over.IsZero() {
				continue
			}
			t.add(l.Over.Value != "plaintext" && l.Over.Value != "in-process",
				fmt.Sprintf("flow %q goes from %q to %q over %q", f.ID.Value, l.From.Value, l.To.Value, l.Over.Value), l.Over.At, "carried here")
		}
	}
	return t.against(a.EncryptedInTransit, "every link between two parties is encrypted")
}

// compareRest looks at stores of customer data. What does not say whether it is encrypted is a matter of FLW07.
func compareRest(p *pass, a *model.Assertions) []conflict {
	var t tally
	p.eachStep(func(f *model.Flow, s *model.Step) {
		if s.IsStore() && !s.In.Customer && s.Encrypted.Set && len(customerData(f, s)) > 0 {
			t.add(s.Encrypted.Value, fmt.Sprintf("store %q of flow %q is not encrypted", s.ID.Value, f.ID.Value), s.Encrypted.At, "written here")
		}
	})
	return t.against(a.EncryptedAtRest, "every store of customer data is encrypted")
}

// compareIsolation looks at vector stores that customers share. What does not say how they are kept apart is a matter of VEC01.
func compareIsolation(p *pass, a *model.Assertions) []conflict {
	var t tally
	p.eachStep(func(f *model.Flow, s *model.Step) {
		if s.HoldsVectors() && f.MultiTenant() && s.Isolation != nil && !s.Isolation.By.IsZero() {
			t.add(s.Isolation.By.Value != "none", fmt.Sprintf("vector store %q of flow %q keeps tenants apart by %q", s.ID.Value, f.ID.Value, s.Isolation.By.Value), s.Isolation.By.At, "written here")
		}
	})
	return t.against(a.TenantIsolation, "every vector store keeps tenants apart")
}

var secondFactor = pattern.Of(`(?i)\b(?:mfa|2fa|(?:multi|two|second)[\s-]*factors?|passkeys?|webauthn|fido2?|security keys?|hardware keys?)\b`)

// compareMFA looks for a control that carries a second factor out, or a control or policy that speaks of one.
func compareMFA(p *pass, a *model.Assertions) []conflict {
	var spoken bool
	for _, c := range p.site.Controls {
		for _, practice := range c.Practices {
			if practice.Value != "mfa" {
				continue
			}
			if a.MFA.Value {
				return nil
			}
			return []conflict{{says: fmt.Sprintf("control %q carries it out", c.ID.Value), at: practice.At, note: "carried out here"}}
		}
		spoken = spoken || secondFactor.MatchString(c.Title.Value+" "+c.Summary.Value)
	}
	for _, policy := range p.site.Policies {
		spoken = spoken || secondFactor.MatchString(policy.Title.Value) || secondFactor.Match(policy.Body.Source)
	}
	if spoken || !a.MFA.Value || p.anyUnread(model.KindControl, model.KindPolicy) {
		return nil
	}
	return unbacked(`write "practices: [mfa]" at the control that carries it out`)
}

var penTest = pattern.Of(`(?i)\bpen(?:etration)?[\s-]*test`)

// comparePenTest looks for the latest penetration test that is over. It has two days, that of its end and that of its report, and an answer
// may name either.
func comparePenTest(p *pass, a *model.Assertions) []conflict {
	var last *model.Certification
	var day model.Date
	for _, c := range p.site.Certifications {
		if c.Kind.Value != "test" && !penTest.MatchString(c.Title.Value) || c.State.Value != model.StateHeld && c.State.Value != model.StateLapsed {
			continue
		}
		if d := later(c.IssuedOn, c.AsOf); last == nil || d.Day > day.Day {
			last, day = c, d
		}
	}
	switch {
	case last == nil && p.anyUnread(model.KindCertification):
		return nil
	case last == nil:
		return unbacked("add the test to certifications.yaml with kind: test")
	case a.PenTestOn.Day != last.IssuedOn.Day && a.PenTestOn.Day != last.AsOf.Day:
		return []conflict{{says: fmt.Sprintf("the latest test, %q, is of %s", last.ID.Value, day.Day), at: day.At, note: "dated here"}}
	}
	return nil
}

func later(a, b model.Date) model.Date {
	if b.Day > a.Day {
		return b
	}
	return a
}

// compareReport looks for a SOC 2 report of a type in the state that is asserted. A report of last year may be held while the next is
// observed, so one that agrees is enough.
func compareReport(p *pass, said model.Text, kind int) []conflict {
	var other *model.Certification
	for _, c := range p.site.Certifications {
		if reportType(c) != kind || !soc2.MatchString(c.Title.Value) && !soc2.MatchString(c.ID.Value) {
			continue
		}
		if c.State.Value == said.Value || c.State.IsZero() {
			return nil
		}
		other = c
	}
	switch {
	case other != nil:
		return []conflict{{says: fmt.Sprintf("%q is %q", other.ID.Value, other.State.Value), at: other.State.At, note: "its state"}}
	case p.anyUnread(model.KindCertification):
		return nil
	}
	return unbacked("add the report to certifications.yaml, with its state")
}

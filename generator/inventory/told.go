package inventory

import (
	"fmt"
	"slices"

	"candor/generator/diag"
	"candor/generator/model"
)

// Rule is the rule that the findings of a comparison are of.
const Rule = "FLW11"

// InOrder gives the signs with those that prove it first.
func (v *Vendor) InOrder() []model.Sign {
	rest := slices.DeleteFunc(slices.Clone(v.Signs), func(s model.Sign) bool {
		return slices.ContainsFunc(v.Proof, func(p model.Sign) bool { return p.At == s.At && p.Seen == s.Seen })
	})
	return append(slices.Clone(v.Proof), rest...)
}

// Command gives the command that adds the vendor to the content; "" where it is there.
func (v *Vendor) Command() string {
	switch v.Verdict {
	case Listed, Removed, Excused:
		return ""
	case Undeclared: // the code says so, whatever the source of flows shows
		return "candor add subprocessor " + v.Known.ID + " --status active"
	}
	return "candor add subprocessor " + v.Known.ID
}

// Hint gives what to do about a vendor, to somebody who has to add flags to commands; "" for nothing.
func (v *Vendor) Hint(flags string) string {
	switch v.Verdict {
	case Undeclared:
		return v.Command() + flags
	case Possible:
		return "if it is used: " + v.Command() + flags
	case Inside:
		return v.Command() + flags + `, with "role: internal-tool": this kind sees your own code, not your customers' data`
	case Removed:
		return "take it out of the code, or declare it again"
	}
	return ""
}

// Doubt says why the signs of a vendor are no proof, and what would be one.
func (v *Vendor) Doubt() string {
	if slices.ContainsFunc(v.Signs, func(s model.Sign) bool { return !s.Aside && s.Strength == model.SignWeak }) {
		return "weak signs of one kind alone: one of another kind would prove it"
	}
	if v.isAside() {
		return "only in tests, documents or pipelines"
	}
	return "what was seen goes with others as well, or with a server of your own"
}

// isAside reports whether a vendor that is not proved shows in tests, documents and pipelines alone.
func (v *Vendor) isAside() bool {
	return v.Verdict == Possible && !slices.ContainsFunc(v.Signs, func(s model.Sign) bool { return !s.Aside })
}

// Findings gives what is missing as findings with places in the code: a vendor that no sub-processor stands for is an error, one that works with models and is
// left out of a flow a warning. When all is true, vendors that may be in use are warnings too.
func (r *Report) Findings(view View) []diag.Finding {
	var all []diag.Finding
	for _, v := range r.Vendors {
		f := diag.Finding{Rule: Rule, Severity: diag.Error, At: v.InOrder()[0].At, Hint: v.Hint(view.Flags)}
		switch v.Verdict {
		case Undeclared:
			f.Message = fmt.Sprintf("%s to %s, which is no sub-processor", seenOf(v.Proof), v.Known.Name)
		case Removed:
			f.Message = fmt.Sprintf("%s to %s, which is no sub-processor any more", seenOf(v.Proof), v.Known.Name)
			if !v.Gone.RemovedOn.IsZero() {
				f.Message = fmt.Sprintf("%s to %s, which was removed on %s", seenOf(v.Proof), v.Known.Name, v.Gone.RemovedOn.Day)
			}
		case Possible:
			if !view.All {
				continue
			}
			f.Severity = diag.Warning
			f.Message = fmt.Sprintf("%s may belong to %s, which is no sub-processor", v.Signs[0].Seen, v.Known.Name)
		default:
			continue
		}
		for _, s := range v.InOrder()[1:] {
			if len(f.Related) < someSigns {
				f.Related = append(f.Related, diag.Related{At: s.At, Text: s.Seen + " is here"})
			}
		}
		all = append(all, f)
	}
	for _, g := range r.Gaps {
		if !g.Vendor.Known.AI {
			continue
		}
		id := g.Vendor.Records[0].ID.Value
		all = append(all, diag.Finding{Rule: Rule, Severity: diag.Warning, At: g.Signs[0].At,
			Message: fmt.Sprintf("%s to sub-processor %q, which is in no flow that is built from here", seenOf(g.Signs), id),
			Hint:    fmt.Sprintf(`draw it: a step with "in: %s" in flow %q`, id, g.Source.Flow.ID.Value)})
	}
	return all
}

// seenOf says what proves a vendor, with its verb.
func seenOf(proof []model.Sign) string {
	if len(proof) == 1 {
		return proof[0].Seen + " belongs"
	}
	return proof[0].Seen + " and " + proof[1].Seen + " belong"
}

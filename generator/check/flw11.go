package check

import (
	"fmt"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/roster"
)

var flw11 = Rule{
	Rule: diag.Rule{
		ID:       "FLW11",
		Severity: diag.Warning,
		Title:    "the source code of a flow shows a vendor that is no sub-processor, or that its flow leaves out",
		Why:      "The vendor that nobody wrote down is already in the manifest: code is where the forgotten one shows first.",
		Source:   "GDPR Art. 28(2); SOC 2 CC9.2",
		Bad: `# flows/reply-drafts.yaml
source: [services/drafts]
# services/drafts/package.json; there is no subprocessors/langfuse.yaml
"dependencies": {"langfuse": "^3.38.0"}`,
		Good: `# subprocessors/langfuse.yaml
name: Langfuse
category: monitoring
status: active`,
		Remark: `Manifests, examples of environment files, Docker and Compose files are read in the folders that flows name under "source", from the site folder on or from --source DIR; lock files are not.
A direct dependency, a variable or a host that only this vendor has is enough; what is for development or tests needs a second sign of another kind. A client that speaks to servers of one's own as well proves nothing.
A sub-processor stands for a vendor by its id, name, legal entity, website or maker. One with "role: internal-tool" does too. That a flow leaves a vendor out is said of vendors that work with models.`,
	},
	run: forgottenVendors,
}

// A trace is all signs of one vendor in the code of current flows.
type trace struct {
	vendor *model.KnownVendor
	signs  []model.Sign
}

func forgottenVendors(p *pass) {
	if p.anyUnread(model.KindSubprocessor) {
		return // it may be the vendor
	}
	list := roster.Of(p.site)
	for _, t := range p.traces(list) {
		declared, gone := list.Standing(t.vendor, p.on)
		switch {
		case len(declared) == 0:
			p.undeclared(t, gone)
		case t.vendor.AI && !p.anyUnread(model.KindFlow):
			p.leftOut(t, declared)
		}
	}
}

// traces gives the signs by vendor, in the order in which vendors are seen first.
func (p *pass) traces(list *roster.Roster) []trace {
	var all []trace
	index := map[*model.KnownVendor]int{}
	for _, s := range p.site.Signs {
		if flows := p.builtFrom(s); flows == nil || s.Kind == model.SignPackage && p.servesAnother(s, flows, list) {
			continue
		}
		i, known := index[s.Vendor]
		if !known {
			i = len(all)
			index[s.Vendor] = i
			all = append(all, trace{vendor: s.Vendor})
		}
		all[i].signs = append(all[i].signs, s)
	}
	return all
}

// builtFrom gives the current flows that are built from the code in which a sign stands.
func (p *pass) builtFrom(s model.Sign) []*model.Flow {
	var flows []*model.Flow
	for _, f := range p.site.Flows {
		if _, ok := f.BuiltFrom(s.Folders); ok && isCurrent(f) {
			flows = append(flows, f)
		}
	}
	return flows
}

// servesAnother reports whether a package may be the client of a vendor that one of the flows uses, rather than of its own.
func (p *pass) servesAnother(s model.Sign, flows []*model.Flow, list *roster.Roster) bool {
	return slices.ContainsFunc(s.Vendor.Compatible, func(other *model.KnownVendor) bool {
		declared, _ := list.Standing(other, p.on)
		return usesAny(flows, declared)
	})
}

// usesAny reports whether one of the flows uses one of the vendors.
func usesAny(flows []*model.Flow, vendors []*model.Subprocessor) bool {
	for _, f := range flows {
		if f.Names(vendors) {
			return true
		}
	}
	return false
}

// undeclared reports a vendor that no sub-processor stands for. gone is one that did until it was removed, nil if there is none.
func (p *pass) undeclared(t trace, gone *model.Subprocessor) {
	shown := model.Proof(t.signs)
	if shown == nil || !t.vendor.Receives {
		return
	}
	related := p.places(shown[0], shown[1:])
	seen, verb := shown[0].Seen, "belongs"
	if len(shown) > 1 {
		seen, verb = seen+" and "+shown[1].Seen, "belong"
	} else {
		for _, s := range t.signs {
			if s.At.File != shown[0].At.File && len(related) < 4 {
				related = append(related, note(s.At, s.Seen+" is here"))
			}
		}
	}
	if gone != nil {
		at := gone.RemovedOn.At
		if at.IsZero() {
			at = gone.Status.At
		}
		p.report(shown[0].At, fmt.Sprintf("%s %s to %s, which is no sub-processor any more", seen, verb, t.vendor.Name),
			"take it out of the code, or declare the vendor again", append([]diag.Related{note(at, "removed here")}, related...)...)
		return
	}
	p.report(shown[0].At, fmt.Sprintf("%s %s to %s, which is no sub-processor", seen, verb, t.vendor.Name),
		fmt.Sprintf(`declare it in subprocessors/%s.yaml, with "role: internal-tool" if no customer data goes there`, t.vendor.ID), related...)
}

// places explains a sign: the other ones that go with it, and the flows that are built from its code.
func (p *pass) places(s model.Sign, others []model.Sign) []diag.Related {
	var related []diag.Related
	for _, other := range others {
		related = append(related, note(other.At, other.Seen+" is here"))
	}
	for _, f := range p.builtFrom(s) {
		text, _ := f.BuiltFrom(s.Folders)
		related = append(related, note(text.At, fmt.Sprintf("flow %q is built from it", f.ID.Value)))
	}
	return related
}

// leftOut reports a vendor in use that stands in no flow that is built from the code in which it shows, once for each such code.
func (p *pass) leftOut(t trace, declared []*model.Subprocessor) {
	inUse := slices.DeleteFunc(slices.Clone(declared), func(v *model.Subprocessor) bool { return !v.InUse() || !v.Published() })
	if len(inUse) == 0 {
		return
	}
	said := map[string]bool{}
	for _, s := range t.signs {
		flows := p.builtFrom(s)
		code := strings.Join(s.Folders, " ")
		if s.Strength != model.SignStrong || s.Shared || said[code] || usesAny(flows, declared) {
			continue
		}
		said[code] = true
		id := inUse[0].ID.Value
		p.report(s.At, fmt.Sprintf("%s belongs to sub-processor %q, which is in no flow that is built from here", s.Seen, id),
			fmt.Sprintf(`draw it: a step with "in: %s" in flow %q`, id, flows[0].ID.Value), p.places(s, nil)...)
	}
}

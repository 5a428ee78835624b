package model

import (
	"slices"

	"candor/generator/source"
)

// An Involvement is the part that a vendor has in a step: the step happens there, its prompts are logged there, or the model that it calls
// comes from there or runs there.
type Involvement struct {
	Vendor *Subprocessor
	At     source.Span // where the flow names what brings the vendor in
}

// Involved gives the vendors of a step, each once.
func (s *Step) Involved() []Involvement {
	if s.IsNone() {
		return nil
	}
	var all []Involvement
	add := func(v *Subprocessor, at source.Span) {
		for ; v != nil; v = v.HostedBy.To { // a circle of hosts ends where it began
			if slices.ContainsFunc(all, func(i Involvement) bool { return i.Vendor == v }) {
				return
			}
			all = append(all, Involvement{v, at})
		}
	}
	add(s.In.Subprocessor, s.In.At)
	if s.PromptLog != nil {
		add(s.PromptLog.Store.Subprocessor, s.PromptLog.Store.At)
	}
	if m := s.Model.To; m != nil {
		add(m.HostedBy.To, s.Model.At)
	}
	add(s.ModelProvider().To, s.Model.At)
	return all
}

// ModelProvider gives the vendor that a step's model comes from; a tuned model is served where it was trained unless said otherwise.
func (s *Step) ModelProvider() Ref[Subprocessor] {
	switch {
	case s.Model.To != nil:
		return s.Model.To.Provider
	case s.Tuned != nil && s.Tuned.Provider.IsZero():
		return s.Tuned.TrainedAt
	case s.Tuned != nil:
		return s.Tuned.Provider
	}
	return Ref[Subprocessor]{}
}

// Names reports whether a step of the flow involves one of the vendors.
func (f *Flow) Names(vendors []*Subprocessor) bool {
	return slices.ContainsFunc(f.Steps, func(s *Step) bool {
		return slices.ContainsFunc(s.Involved(), func(i Involvement) bool { return slices.Contains(vendors, i.Vendor) })
	})
}

// A FlowSource is a folder of source code that a flow is built from.
type FlowSource struct {
	Folder string // as fs.FS has paths
	Named  Text   // as the flow names it
}

// Sources gives the folders that a flow is built from, in its order.
func (f *Flow) Sources() []FlowSource {
	var all []FlowSource
	for _, t := range f.Internal.Source {
		all = append(all, FlowSource{sourceFolder(t), t})
	}
	return all
}

package link

import (
	"fmt"
	"slices"

	"candor/generator/diag"
	"candor/generator/model"
)

// flow resolves what is named within one flow: the ends of its links, where prompts are logged, tuned models. It numbers steps and
// links in the order in which they are written, as the picture, the list and the table show them.
func (l *linker) flow(f *model.Flow) {
	number := 0
	for _, s := range f.Steps {
		s.Tuned, s.Number = nil, 0
		if s.IsNone() {
			continue
		}
		number++
		s.Number = number
		l.complete(f, s)
		s.Tuned, _ = l.site.Find(model.KindModel, s.Model.Value).(*model.TunedModel)
		if s.PromptLog != nil {
			store := &s.PromptLog.Store
			store.Step = f.Step(store.Value)
			store.Subprocessor = nil
			if store.Step == nil {
				store.Subprocessor, _ = l.site.Find(model.KindSubprocessor, store.Value).(*model.Subprocessor)
			}
		}
	}
	for i, link := range f.Links {
		link.Number = i + 1
		link.From.Step = f.Step(link.From.Value)
		link.To.Step = f.Step(link.To.Value)
	}
}

// complete reports what every step needs that is there: an id, a kind, a title and a place.
func (l *linker) complete(f *model.Flow, s *model.Step) {
	at := s.ID
	if at.IsZero() {
		at = s.Stage
	}
	if at.IsZero() {
		at.At = f.Place()
	}
	for _, key := range []struct {
		name  string
		value model.Text
	}{{"id", s.ID}, {"kind", s.Kind}, {"title", s.Title}, {"in", s.In.Text}} {
		if key.value.IsZero() {
			l.add(at, fmt.Sprintf("%q of this step is missing", key.name), fmt.Sprintf(`write "%s: ..." here, or "none: ..." with why the flow lacks this stage`, key.name))
		}
	}
	for _, other := range f.Steps {
		if other == s {
			return
		}
		if other.ID.Value == s.ID.Value && !s.ID.IsZero() {
			l.diags.Add(diag.Finding{Rule: sch01, At: s.ID.At, Message: fmt.Sprintf("step %q is there twice", s.ID.Value), Hint: "give one of the two another id",
				Related: []diag.Related{{At: other.ID.At, Text: "the first is here"}}})
			return
		}
	}
}

// backlinks tells each record who refers to it.
func (l *linker) backlinks() {
	l.clear()
	for _, f := range l.site.Flows {
		for _, s := range f.Steps {
			if v := s.In.Subprocessor; v != nil {
				v.Flows = appendNew(v.Flows, f)
			}
			if s.PromptLog != nil && s.PromptLog.Store.Subprocessor != nil {
				v := s.PromptLog.Store.Subprocessor
				v.Flows = appendNew(v.Flows, f)
			}
			if m := s.Model.To; m != nil {
				m.Flows = appendNew(m.Flows, f)
			}
			if m := s.Tuned; m != nil {
				m.Flows = appendNew(m.Flows, f)
			}
			l.cites(f, s.Policy.To)
			for _, c := range s.Controls {
				l.carries(f, c.To)
			}
		}
		for _, p := range f.Policies {
			l.cites(f, p.To)
		}
		for _, c := range f.Controls {
			l.carries(f, c.To)
		}
	}
	for _, c := range l.site.Controls {
		for _, p := range append([]model.Ref[model.Policy]{c.Policy}, c.Policies...) {
			if p.To != nil {
				p.To.Controls = appendNew(p.To.Controls, c)
			}
		}
	}
	for _, a := range l.site.Answers() {
		for _, c := range a.Evidence {
			switch to := c.To.(type) {
			case *model.Policy:
				l.cites(a, to)
			case *model.Flow:
				to.CitedBy = appendNew(to.CitedBy, model.Record(a))
			}
		}
	}
}

func (l *linker) clear() {
	for _, v := range l.site.Subprocessors {
		v.Flows = nil
	}
	for _, m := range l.site.Models {
		m.Flows = nil
	}
	for _, m := range l.site.Tuned {
		m.Flows = nil
	}
	for _, c := range l.site.Controls {
		c.Flows = nil
	}
	for _, p := range l.site.Policies {
		p.CitedBy, p.Controls = nil, nil
	}
	for _, f := range l.site.Flows {
		f.CitedBy = nil
	}
}

func (l *linker) cites(by model.Record, p *model.Policy) {
	if p != nil {
		p.CitedBy = appendNew(p.CitedBy, by)
	}
}

func (l *linker) carries(f *model.Flow, c *model.Control) {
	if c != nil {
		c.Flows = appendNew(c.Flows, f)
	}
}

func appendNew[T comparable](list []T, item T) []T {
	if slices.Contains(list, item) {
		return list
	}
	return append(list, item)
}

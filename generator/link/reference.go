package link

import (
	"fmt"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
)

func resolve[T any](l *linker, r *model.Ref[T], kind model.Kind, left bool) {
	r.To = nil
	if r.IsZero() {
		return
	}
	found := l.site.Find(kind, r.Value)
	if to, ok := any(found).(*T); ok {
		r.To = to
		return
	}
	if found == nil && !left && !l.site.IsUnread(kind, r.Value) {
		l.add(r.Text, fmt.Sprintf("%q is no %s", r.Value, kind.Spoken()), l.hint(kind, r.Value))
	}
}

// places says where records of a kind are declared.
var places = map[model.Kind]string{
	model.KindOwner: "owners in site.yaml", model.KindBoundary: "boundaries in site.yaml", model.KindDataClass: "data-classes.yaml",
	model.KindEvidence: "evidence.yaml", model.KindModel: "models.yaml", model.KindControl: "controls.yaml",
	model.KindCertification: "certifications.yaml", model.KindDocument: "documents.yaml", model.KindPolicy: "policies/",
	model.KindSubprocessor: "subprocessors/", model.KindFlow: "flows/", model.KindAnswer: "answers/", model.KindUpdate: "updates/",
}

func (l *linker) hint(kind model.Kind, typed string) string {
	if hint := diag.Suggest(typed, l.names[kind]); hint != "" {
		return hint
	}
	return "declare it under " + places[kind]
}

// party resolves where a step happens. One's own boundaries come before vendors of the same name.
func (l *linker) party(p *model.Party, left bool) {
	p.Customer, p.Boundary, p.Subprocessor = false, nil, nil
	if p.IsZero() {
		return
	}
	if p.Value == model.CustomerBoundary {
		p.Customer = true
		return
	}
	p.Boundary, _ = l.site.Find(model.KindBoundary, p.Value).(*model.Boundary)
	if p.Boundary == nil {
		p.Subprocessor, _ = l.site.Find(model.KindSubprocessor, p.Value).(*model.Subprocessor)
	}
	if !p.IsKnown() && !left && !l.site.IsUnread(model.KindBoundary, p.Value) && !l.site.IsUnread(model.KindSubprocessor, p.Value) {
		l.add(p.Text, fmt.Sprintf("%q is neither a boundary nor a sub-processor", p.Value), l.hint(model.KindSubprocessor, p.Value))
	}
}

// citation resolves "policy:access-control". A name that has no kind, or one that does not exist, is reported here even where a rule
// looks after unknown records.
func (l *linker) citation(c *model.Citation, left bool) {
	c.To = nil
	if c.IsZero() {
		return
	}
	kind, id, ok := strings.Cut(c.Value, ":")
	for _, k := range model.Citable {
		if string(k) == kind && ok {
			c.To = l.site.Find(k, id)
			if c.To == nil && !left && !l.site.IsUnread(k, id) {
				l.add(c.Text, fmt.Sprintf("%q is no %s", id, k.Spoken()), l.citationHint(k, id))
			}
			return
		}
	}
	var kinds []string
	for _, k := range model.Citable {
		if l.site.Find(k, c.Value) != nil {
			l.add(c.Text, fmt.Sprintf("%q does not say of what kind it is", c.Value), fmt.Sprintf("write %s:%s", k, c.Value))
			return
		}
		kinds = append(kinds, string(k))
	}
	l.add(c.Text, fmt.Sprintf("%q is nothing that can be cited", c.Value), "write the kind and the id, like policy:access-control; kinds are "+strings.Join(kinds, ", "))
}

func (l *linker) citationHint(kind model.Kind, typed string) string {
	if near, ok := diag.Nearest(typed, l.names[kind]); ok {
		return fmt.Sprintf("did you mean %q?", string(kind)+":"+near)
	}
	return l.hint(kind, typed)
}

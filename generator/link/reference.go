package link

import (
	"fmt"
	"reflect"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
)

// resolveAll walks every record and resolves what refers to another.
func (l *linker) resolveAll() {
	l.walk(reflect.ValueOf(l.site.Config).Elem(), false)
	for _, r := range l.site.All() {
		switch r.(type) {
		case *model.Owner, *model.Boundary: // walked with site.yaml
		default:
			l.walk(reflect.ValueOf(r).Elem(), false)
		}
	}
}

// walk resolves the references in v, a struct of the model. left tells that a rule reports unknown names here.
func (l *linker) walk(v reflect.Value, left bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			l.walk(v.Elem(), left)
		}
	case reflect.Slice:
		for i := range v.Len() {
			l.walk(v.Index(i), left)
		}
	case reflect.Struct:
		if v.CanAddr() && l.reference(v.Addr().Interface(), left) {
			return
		}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if tag, ok := f.Tag.Lookup("yaml"); ok && tag != "-" && tag != ",body" {
				_, left := f.Tag.Lookup("ref")
				l.walk(v.Field(i), left)
			}
		}
	}
}

// reference resolves v when it is a reference, and reports whether it is one. Steps of a flow are named within it: see flow.
func (l *linker) reference(v any, left bool) bool {
	switch r := v.(type) {
	case *model.Ref[model.Owner]:
		resolve(l, r, model.KindOwner, left)
	case *model.Ref[model.Subprocessor]:
		resolve(l, r, model.KindSubprocessor, left)
	case *model.Ref[model.DataClass]:
		resolve(l, r, model.KindDataClass, left)
	case *model.Ref[model.Evidence]:
		resolve(l, r, model.KindEvidence, left)
	case *model.Ref[model.Policy]:
		resolve(l, r, model.KindPolicy, left)
	case *model.Ref[model.Control]:
		resolve(l, r, model.KindControl, left)
	case *model.Ref[model.Answer]:
		resolve(l, r, model.KindAnswer, left)
	case *model.Ref[model.Document]:
		resolve(l, r, model.KindDocument, left)
	case *model.Ref[model.Certification]:
		resolve(l, r, model.KindCertification, left)
	case *model.Ref[model.Model]:
		resolve(l, r, model.KindModel, left)
	case *model.Citation:
		l.citation(r, left)
	case *model.Party:
		l.party(r, left)
	case *model.StepRef, *model.LogStore:
	case *model.Text, *model.Date, *model.Duration, *model.Flag, *model.Number:
	default:
		return false
	}
	return true
}

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

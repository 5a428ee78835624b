package link

import (
	"reflect"
	"sync"

	"candor/generator/model"
)

// A route leads from a value of the model to the references in it. It is found once for each type: to ask every record anew what fields it has takes
// longer than resolving them.
type route struct {
	reference *reference // the value is one itself; or
	element   *route     // it is a pointer or a slice; or
	fields    []turn     // a struct
}

// A turn is a field in which there are references.
type turn struct {
	field int
	left  bool // a rule reports unknown names here
	route *route
}

// A reference is a type of the model that names records.
type reference struct {
	resolve func(l *linker, value any, left bool)               // value is a pointer to a field of a record
	named   func(s *model.Site, value any) (m Mention, ok bool) // what it names, once it is resolved
}

// references are all types that name records. The steps of a flow are named within it: see flow.
var references = map[reflect.Type]*reference{
	reflect.TypeFor[model.Ref[model.Owner]]():         referenceTo[model.Owner](model.KindOwner),
	reflect.TypeFor[model.Ref[model.Subprocessor]]():  referenceTo[model.Subprocessor](model.KindSubprocessor),
	reflect.TypeFor[model.Ref[model.DataClass]]():     referenceTo[model.DataClass](model.KindDataClass),
	reflect.TypeFor[model.Ref[model.Evidence]]():      referenceTo[model.Evidence](model.KindEvidence),
	reflect.TypeFor[model.Ref[model.Policy]]():        referenceTo[model.Policy](model.KindPolicy),
	reflect.TypeFor[model.Ref[model.Control]]():       referenceTo[model.Control](model.KindControl),
	reflect.TypeFor[model.Ref[model.Answer]]():        referenceTo[model.Answer](model.KindAnswer),
	reflect.TypeFor[model.Ref[model.Document]]():      referenceTo[model.Document](model.KindDocument),
	reflect.TypeFor[model.Ref[model.Certification]](): referenceTo[model.Certification](model.KindCertification),
	reflect.TypeFor[model.Ref[model.Model]]():         referenceTo[model.Model](model.KindModel),
	reflect.TypeFor[model.Citation](): {
		resolve: func(l *linker, v any, left bool) { l.citation(v.(*model.Citation), left) },
		named:   func(_ *model.Site, v any) (Mention, bool) { return mentionInCitation(v.(*model.Citation)) },
	},
	reflect.TypeFor[model.Party](): {
		resolve: func(l *linker, v any, left bool) { l.party(v.(*model.Party), left) },
		named:   func(_ *model.Site, v any) (Mention, bool) { return mentionInParty(v.(*model.Party)) },
	},
	reflect.TypeFor[model.LogStore](): {
		resolve: func(*linker, any, bool) {}, // a step of its flow comes first: see flow
		named:   func(_ *model.Site, v any) (Mention, bool) { return mentionInStore(v.(*model.LogStore)) },
	},
	reflect.TypeFor[model.StepRef](): {
		resolve: func(*linker, any, bool) {}, // see flow
		named:   func(*model.Site, any) (Mention, bool) { return Mention{}, false },
	},
}

func referenceTo[T any](kind model.Kind) *reference {
	return &reference{
		resolve: func(l *linker, v any, left bool) { resolve(l, v.(*model.Ref[T]), kind, left) },
		named: func(s *model.Site, v any) (Mention, bool) {
			text := v.(*model.Ref[T]).Text
			to := s.Find(kind, text.Value) // tuned models are no *T
			return Mention{Text: text, To: to}, to != nil
		},
	}
}

var routes sync.Map // reflect.Type to *route

// routeOf gives the route through a struct, nil where there are no references.
func routeOf(t reflect.Type) *route {
	known, ok := routes.Load(t)
	if !ok {
		known, _ = routes.LoadOrStore(t, findRoute(t))
	}
	return known.(*route)
}

// findRoute follows what authors write; links have the yaml tag "-" or none, so that the way stays within one record.
func findRoute(t reflect.Type) *route {
	if r, ok := references[t]; ok {
		return &route{reference: r}
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		if element := findRoute(t.Elem()); element != nil {
			return &route{element: element}
		}
	case reflect.Struct:
		var fields []turn
		for i := range t.NumField() {
			f := t.Field(i)
			if tag, ok := f.Tag.Lookup("yaml"); !ok || tag == "-" || tag == ",body" {
				continue
			}
			if r := findRoute(f.Type); r != nil {
				_, left := f.Tag.Lookup("ref")
				fields = append(fields, turn{i, left, r})
			}
		}
		if len(fields) > 0 {
			return &route{fields: fields}
		}
	}
	return nil
}

// resolveAll walks every record and resolves what refers to another.
func (l *linker) resolveAll() {
	eachReference(l.site, l.all, func(r *reference, value any, left bool) { r.resolve(l, value, left) })
}

// eachReference shows every reference in every record of a site, all of them.
func eachReference(site *model.Site, all []model.Headed, visit func(r *reference, value any, left bool)) {
	in := func(record any) {
		v := reflect.ValueOf(record).Elem()
		if r := routeOf(v.Type()); r != nil {
			follow(v, r, false, visit)
		}
	}
	in(site.Config)
	for _, r := range all {
		switch r.(type) {
		case *model.Owner, *model.Boundary: // walked with site.yaml
		default:
			in(r)
		}
	}
}

func follow(v reflect.Value, r *route, left bool, visit func(r *reference, value any, left bool)) {
	switch {
	case r.reference != nil:
		visit(r.reference, v.Addr().Interface(), left)
	case r.fields != nil:
		for _, t := range r.fields {
			follow(v.Field(t.field), t.route, t.left, visit)
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			follow(v.Index(i), r.element, left, visit)
		}
	case !v.IsNil():
		follow(v.Elem(), r.element, left, visit)
	}
}

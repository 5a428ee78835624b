package link

import (
	"reflect"
	"sync"

	"candor/generator/model"
)

// A route leads from a value of the model to the references in it. It is found once for each type: to ask every record anew what fields it has takes
// longer than resolving them.
type route struct {
	resolve resolver // the value is a reference itself; or
	element *route   // it is a pointer or a slice; or
	fields  []turn   // a struct
}

// A turn is a field in which there are references.
type turn struct {
	field int
	left  bool // a rule reports unknown names here
	route *route
}

// A resolver resolves a reference, a pointer to a field of a record.
type resolver func(l *linker, reference any, left bool)

// resolvers are those of each type of reference. Steps of a flow are named within it: see flow.
var resolvers = map[reflect.Type]resolver{
	reflect.TypeFor[model.Ref[model.Owner]]():         resolverOf[model.Owner](model.KindOwner),
	reflect.TypeFor[model.Ref[model.Subprocessor]]():  resolverOf[model.Subprocessor](model.KindSubprocessor),
	reflect.TypeFor[model.Ref[model.DataClass]]():     resolverOf[model.DataClass](model.KindDataClass),
	reflect.TypeFor[model.Ref[model.Evidence]]():      resolverOf[model.Evidence](model.KindEvidence),
	reflect.TypeFor[model.Ref[model.Policy]]():        resolverOf[model.Policy](model.KindPolicy),
	reflect.TypeFor[model.Ref[model.Control]]():       resolverOf[model.Control](model.KindControl),
	reflect.TypeFor[model.Ref[model.Answer]]():        resolverOf[model.Answer](model.KindAnswer),
	reflect.TypeFor[model.Ref[model.Document]]():      resolverOf[model.Document](model.KindDocument),
	reflect.TypeFor[model.Ref[model.Certification]](): resolverOf[model.Certification](model.KindCertification),
	reflect.TypeFor[model.Ref[model.Model]]():         resolverOf[model.Model](model.KindModel),
	reflect.TypeFor[model.Citation]():                 func(l *linker, r any, left bool) { l.citation(r.(*model.Citation), left) },
	reflect.TypeFor[model.Party]():                    func(l *linker, r any, left bool) { l.party(r.(*model.Party), left) },
}

func resolverOf[T any](kind model.Kind) resolver {
	return func(l *linker, r any, left bool) { resolve(l, r.(*model.Ref[T]), kind, left) }
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
	if r, ok := resolvers[t]; ok {
		return &route{resolve: r}
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
	l.resolveIn(l.site.Config)
	for _, r := range l.all {
		switch r.(type) {
		case *model.Owner, *model.Boundary: // walked with site.yaml
		default:
			l.resolveIn(r)
		}
	}
}

// resolveIn resolves the references in a record, a pointer to a struct of the model.
func (l *linker) resolveIn(record any) {
	v := reflect.ValueOf(record).Elem()
	if r := routeOf(v.Type()); r != nil {
		l.follow(v, r, false)
	}
}

func (l *linker) follow(v reflect.Value, r *route, left bool) {
	switch {
	case r.resolve != nil:
		r.resolve(l, v.Addr().Interface(), left)
	case r.fields != nil:
		for _, t := range r.fields {
			l.follow(v.Field(t.field), t.route, t.left)
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			l.follow(v.Index(i), r.element, left)
		}
	case !v.IsNil():
		l.follow(v.Elem(), r.element, left)
	}
}

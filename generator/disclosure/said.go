package disclosure

import (
	"reflect"
	"strings"

	"candor/generator/model"
)

// A sayer is a struct that is told in one sentence rather than field by field; the sentence has all of its fields.
type sayer interface{ say() string }

var sayerType = reflect.TypeFor[sayer]()

func isSaid(t reflect.Type) bool { return t.Implements(sayerType) }

func said(v reflect.Value) string { return v.Interface().(sayer).say() }

func (e Evidence) say() string {
	return joined(", ", e.Title, e.Kind, behind("dated ", e.Dated.Long()), behind("expires ", e.Expires.Long()))
}

func (l Location) say() string {
	place := country(l.Country)
	if l.Region != "" {
		place += " (" + l.Region + ")"
	}
	return joined(": ", place, strings.Join(l.Activity, ", "))
}

func (t Tool) say() string { return joined(": ", t.Name, inWords("approval", t.Approval)) }

func (a Absence) say() string { return joined(": ", a.Stage, a.Reason) }

func (a Asked) say() string { return joined(": ", a.Framework, strings.Join(a.IDs, ", ")) }

func (c Citation) say() string { return joined(" ", model.Kind(c.Kind).Spoken(), `"`+c.Title+`"`) }

func (t Topic) say() string { return joined(" ", t.Title, "("+t.ID+")") }

// joined puts the parts that are there together.
func joined(between string, parts ...string) string {
	var there []string
	for _, s := range parts {
		if s != "" {
			there = append(there, s)
		}
	}
	return strings.Join(there, between)
}

// behind puts a text behind a word, nothing behind nothing.
func behind(word, s string) string {
	if s == "" {
		return ""
	}
	return word + s
}

// say gives a value of the document in words.
func (r *register) say(v reflect.Value, tag reflect.StructTag) string {
	v = pointee(v)
	if !v.IsValid() {
		return ""
	}
	if isSaid(v.Type()) {
		return said(v)
	}
	if v.Kind() == reflect.Bool {
		return map[bool]string{true: "yes", false: "no"}[v.Bool()]
	}
	s := plain(v)
	switch kind := tag.Get("ref"); kind {
	case "":
		return inWords(tag.Get("as"), s)
	case "cited":
		k, id, ok := strings.Cut(s, ":")
		switch {
		case ok && k == "step":
			return "step " + id
		case ok:
			return r.nameOf(model.Kind(k), id)
		}
		return s
	default:
		return r.nameOf(model.Kind(kind), s)
	}
}

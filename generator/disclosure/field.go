package disclosure

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"candor/generator/model"
)

// compared gives the fields that differ between two records of a kind; one that is nil is not there.
func compared(kind model.Kind, before, now *told, old, today *register) []Field {
	c := &comparison{kind: kind, old: old, today: today}
	var a, b reflect.Value
	if before != nil {
		a = before.value
	}
	if now != nil {
		b = now.value
	}
	c.structs(a, b, place{})
	return c.fields
}

// A comparison gathers what differs of one record.
type comparison struct {
	kind       model.Kind
	old, today *register
	fields     []Field
}

// A place is where in a record a value stands.
type place struct {
	key   string // steps[draft].in
	plain string // the same without the keys of elements: steps.in
	words string
}

func (p place) below(key, words string) place {
	join := func(a, by, b string) string {
		if a == "" || b == "" {
			return a + b
		}
		return a + by + b
	}
	return place{join(p.key, ".", key), join(p.plain, ".", key), join(p.words, ": ", words)}
}

// structs compares two structs field by field; an invalid value is none.
func (c *comparison) structs(a, b reflect.Value, at place) {
	typ := a
	if !typ.IsValid() {
		typ = b
	}
	for i := range typ.NumField() {
		f := typ.Type().Field(i)
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		p := at.below(key, f.Tag.Get("words"))
		if key == "-" || exempted(Uncompared, c.kind, p.plain) {
			continue
		}
		c.values(fieldOf(a, i), fieldOf(b, i), p, f.Tag)
	}
}

func fieldOf(v reflect.Value, i int) reflect.Value {
	if !v.IsValid() {
		return v
	}
	return v.Field(i)
}

// values compares two values of one field.
func (c *comparison) values(a, b reflect.Value, at place, tag reflect.StructTag) {
	typ := typeOf(a, b)
	switch {
	case typ.Kind() == reflect.Slice && typ.Elem().Kind() == reflect.Struct && !isSaid(typ.Elem()):
		c.keyed(a, b, at, tag)
	case typ.Kind() == reflect.Slice:
		c.sets(a, b, at, tag)
	case typ.Kind() == reflect.Struct && !isSaid(typ):
		c.structs(a, b, at)
	case typ.Kind() == reflect.Pointer && typ.Elem().Kind() == reflect.Struct && !isSaid(typ.Elem()):
		if a, b = pointee(a), pointee(b); a.IsValid() || b.IsValid() {
			c.structs(a, b, at)
		}
	default:
		c.leaves(a, b, at, tag)
	}
}

func typeOf(a, b reflect.Value) reflect.Type {
	if a.IsValid() {
		return a.Type()
	}
	return b.Type()
}

// pointee gives what a pointer points at, an invalid value for nil and for none.
func pointee(v reflect.Value) reflect.Value {
	if v.IsValid() && v.Kind() == reflect.Pointer {
		return v.Elem()
	}
	return v
}

// leaves compares two values that are said in a word or a sentence.
func (c *comparison) leaves(a, b reflect.Value, at place, tag reflect.StructTag) {
	before, after := c.old.canonical(a, tag), c.today.canonical(b, tag)
	if before == after {
		return
	}
	c.fields = append(c.fields, Field{Key: at.key, Words: at.words, Before: c.old.say(a, tag), After: c.today.say(b, tag),
		Quiet: isQuiet(c.kind, at.plain, before, after)})
}

// sets compares two lists whose elements are said in a word or a sentence.
func (c *comparison) sets(a, b reflect.Value, at place, tag reflect.StructTag) {
	said := func(r *register, v reflect.Value) (canonical, words []string) {
		if !v.IsValid() {
			return nil, nil
		}
		for i := range v.Len() {
			canonical, words = append(canonical, r.canonical(v.Index(i), tag)), append(words, r.say(v.Index(i), tag))
		}
		return canonical, words
	}
	was, wasWords := said(c.old, a)
	is, isWords := said(c.today, b)
	f := Field{Key: at.key, Words: at.words}
	for i := range was {
		if !slices.Contains(is, was[i]) && !slices.Contains(f.Gone, wasWords[i]) {
			f.Gone = append(f.Gone, wasWords[i])
		}
	}
	for i := range is {
		if !slices.Contains(was, is[i]) && !slices.Contains(f.New, isWords[i]) {
			f.New = append(f.New, isWords[i])
		}
	}
	if len(f.Gone)+len(f.New) > 0 {
		f.Quiet = len(f.New) > 0 && exempted(Quiet, c.kind, at.plain)
		c.fields = append(c.fields, f)
	}
}

// keyed compares two lists of structs: elements of one key field by field, and says which ones are there on one side alone.
func (c *comparison) keyed(a, b reflect.Value, at place, tag reflect.StructTag) {
	was, is := elements(a), elements(b)
	f := Field{Key: at.key, Words: at.words}
	for _, e := range was {
		if find(is, e.key) == nil {
			f.Gone = append(f.Gone, e.name)
		}
	}
	for _, e := range is {
		if find(was, e.key) == nil {
			f.New = append(f.New, e.name)
		}
	}
	if len(f.Gone)+len(f.New) > 0 {
		c.fields = append(c.fields, f)
	}
	for _, e := range is {
		if old := find(was, e.key); old != nil {
			inside := at
			inside.key += "[" + e.key + "]"
			inside.words = strings.TrimSuffix(at.words, tag.Get("words")) + tag.Get("each") + " " + strconv.Quote(e.name)
			c.structs(old.value, e.value, inside)
		}
	}
}

// An element of a list is known by its key.
type element struct {
	key, name string
	value     reflect.Value
}

// elements gives the elements of a list with their keys, which are made different where they are not.
func elements(v reflect.Value) []element {
	var list []element
	if !v.IsValid() {
		return nil
	}
	seen := map[string]int{}
	for i := range v.Len() {
		one := v.Index(i)
		var keys []string
		e := element{value: one}
		for j := range one.NumField() {
			f := one.Type().Field(j)
			if _, ok := f.Tag.Lookup("key"); ok {
				keys = append(keys, one.Field(j).String())
			}
			if f.Name == "Title" {
				e.name = one.Field(j).String()
			}
		}
		e.key = strings.Join(keys, " to ")
		if e.name == "" {
			e.name = e.key
		}
		if seen[e.key]++; seen[e.key] > 1 {
			e.key += " " + strconv.Itoa(seen[e.key])
		}
		list = append(list, e)
	}
	return list
}

func find(list []element, key string) *element {
	for i := range list {
		if list[i].key == key {
			return &list[i]
		}
	}
	return nil
}

// canonical gives a value in the form in which it is compared.
func (r *register) canonical(v reflect.Value, tag reflect.StructTag) string {
	v = pointee(v)
	if !v.IsValid() {
		return ""
	}
	if isSaid(v.Type()) {
		return said(v)
	}
	s := plain(v)
	switch kind := tag.Get("ref"); kind {
	case "":
		if r.base != "" && strings.HasPrefix(s, r.base+"/") {
			return strings.TrimPrefix(s, r.base) // of the site itself, wherever it is
		}
		return s
	case "cited":
		if k, id, ok := strings.Cut(s, ":"); ok {
			return k + ":" + r.today(model.Kind(k), id)
		}
		return s
	default:
		return r.today(model.Kind(kind), s)
	}
}

// plain gives a value as it is written.
func plain(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case reflect.Int:
		return strconv.FormatInt(v.Int(), 10)
	}
	return v.String()
}

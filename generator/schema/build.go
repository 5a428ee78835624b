package schema

import (
	"reflect"
	"strings"

	"candor/generator/diag"
	"candor/generator/parse"
)

type builder struct {
	comments map[string]comment
	rules    []diag.Rule
}

// file gives the schema of a kind of file.
func (b *builder) file(shape parse.Shape) *node {
	n := b.value(shape.Root)
	n.Schema, n.Title, n.Description = draft, "Candor: "+shape.Files, b.about(shape.Root.Type)
	return n
}

// key gives the value of a key, with what is said of the key.
func (b *builder) key(f parse.Field) *node {
	n := b.value(f)
	n.Description = b.of(f)
	return n
}

// of says what a key is for.
func (b *builder) of(f parse.Field) string {
	text := b.comments[nameOf(f)].text
	if strings.HasSuffix(f.Struct.Name(), "Internal") {
		text += " It is not published."
	}
	return text
}

// nameOf gives the name of a field in the source.
func nameOf(f parse.Field) string { return f.Struct.Name() + "." + f.Name }

// about says what a type is, or what it is a list of.
func (b *builder) about(t reflect.Type) string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	return capital(strings.Replace(b.comments[t.Name()].text, t.Name()+" ", spoken(t.Name())+" ", 1))
}

// spoken gives the name of a type as a word: UntrustedInput is "untrusted input", AITerms "AI terms".
func spoken(name string) string {
	var words []string
	for start, i := 0, 1; i <= len(name); i++ {
		if i == len(name) || isUpper(name[i]) && (!isUpper(name[i-1]) || i+1 < len(name) && !isUpper(name[i+1])) {
			word := name[start:i]
			if len(word) == 1 || !isUpper(word[1]) {
				word = strings.ToLower(word)
			}
			words, start = append(words, word), i
		}
	}
	return strings.Join(words, " ")
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

// value gives what may be written in a place.
func (b *builder) value(f parse.Field) *node {
	switch t := f.Type; {
	case t.Kind() == reflect.Pointer:
		f.Type = t.Elem()
		return b.value(f)
	case t.Kind() == reflect.Slice && f.Keyed:
		return b.keyed(f)
	case t.Kind() == reflect.Slice:
		return b.list(f)
	case isScalar(t):
		return b.scalar(f)
	}
	return b.mapping(f)
}

// keyed gives a mapping of id to record.
func (b *builder) keyed(f parse.Field) *node {
	record := b.value(parse.Field{Type: f.Type.Elem()})
	record.Description = b.about(f.Type)
	n := &node{Type: types{"object"}, Additional: false, PropertyNames: &node{MaxLength: parse.MaxID}}
	switch f.IDs {
	case "page":
		n.PatternProperties = ordered[*node]{{parse.PageID, record}}
	case "name":
		n.PatternProperties = ordered[*node]{{parse.NameID, record}}
	default:
		n.Additional, n.PropertyNames = record, nil
	}
	return n
}

// list gives a list, and a single item in its place where that is allowed.
func (b *builder) list(f parse.Field) *node {
	item := b.value(f.Item())
	if isScalar(f.Type.Elem()) && f.Struct != nil {
		item = b.key(f.Item()) // an editor asks about the item, not about the list
	} else {
		item.Description = b.about(f.Type)
	}
	list := &node{Type: types{"array"}, Items: item, MaxItems: f.Most(parse.MaxItems)}
	if !f.OrOne {
		return list
	}
	if len(item.AnyOf) > 0 { // a mapping stands in the list alone, what it is written as in short may stand for the list too
		item = item.AnyOf[len(item.AnyOf)-1]
	}
	one := *item
	one.Description = b.of(f)
	return &node{AnyOf: []*node{list, &one}}
}

// mapping gives the keys of a struct, and a single text in their place where that is allowed.
func (b *builder) mapping(f parse.Field) *node {
	plan := parse.PlanOf(f.Type)
	if plan.Value != nil {
		return b.key(*plan.Value)
	}
	n := &node{Title: capital(spoken(f.Type.Name())), Type: types{"object"}, Additional: false}
	var need []string
	absent := false // a mapping that says with "none" that it stands for nothing needs no other key
	for _, known := range plan.Fields {
		n.Properties = append(n.Properties, entry[*node]{known.Key, b.key(known)})
		absent = absent || known.Key == "none"
		if known.Need || known.NeedAfter {
			need = append(need, known.Key)
		}
	}
	if absent {
		n.If, n.Else = &node{Required: []string{"none"}}, &node{Required: need}
	} else {
		n.Required = need
	}
	if plan.Short == nil {
		return n
	}
	return &node{AnyOf: []*node{n, b.key(*plan.Short)}}
}

package parse

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
)

// The most that is read where a field's max tag says nothing.
const (
	MaxText  = 500  // characters of a text
	MaxItems = 1000 // items of a list
)

// A Field is a key that may be written, as the tags of the model say.
type Field struct {
	Key    string
	Type   reflect.Type
	Struct reflect.Type // the struct that declares it
	Name   string       // what it is called there

	Words     []string // of an enumeration
	Default   string   // the word that counts where nothing is written
	Form      string   // the notation: url, contact, country, color, path
	IDs       string   // which ids its text, or the keys of its mapping, may be: page or name; "" for any text
	Max       int      // most characters of a text or items of a list, 0 for the usual
	Need      bool     // its absence is reported while reading
	NeedAfter bool     // its absence is reported while linking
	Keyed     bool     // a mapping of id to record
	OrOne     bool     // a single item may stand in the place of the list

	index  []int
	listed bool // an item of a list, not the value of a key
}

// Most gives the most characters or items that are read, where usual is what holds without a word on it.
func (f Field) Most(usual int) int {
	if f.Max > 0 {
		return f.Max
	}
	return usual
}

// Item gives what may be written for one item of the list that f is.
func (f Field) Item() Field {
	item := f
	item.Type = f.Type.Elem()
	item.Max, item.OrOne, item.listed = 0, false, true
	return item
}

// A Plan is all that may be written for one struct of the model, in the order of its fields.
type Plan struct {
	Fields []Field
	Value  *Field // the field that takes the whole value
	Short  *Field // the field for which a single text may stand in the place of the mapping

	byKey map[string]Field
}

var plans sync.Map // reflect.Type to *Plan

// PlanOf gives the plan of a struct type, made once from its tags.
func PlanOf(t reflect.Type) *Plan {
	if p, ok := plans.Load(t); ok {
		return p.(*Plan)
	}
	p := &Plan{byKey: map[string]Field{}}
	p.addFields(t, nil)
	plans.Store(t, p)
	return p
}

func (p *Plan) addFields(t reflect.Type, parent []int) {
	for i := range t.NumField() {
		sf := t.Field(i)
		tag, tagged := sf.Tag.Lookup("yaml")
		if !tagged || tag == "-" {
			continue
		}
		index := append(append([]int(nil), parent...), i)
		key, options, _ := strings.Cut(tag, ",")
		if options == "inline" {
			p.addFields(sf.Type, index)
			continue
		}
		f := fieldOf(t, sf, key)
		f.index, f.Keyed, f.OrOne = index, options == "keyed", options == "one"
		switch options {
		case "value":
			p.Value = &f
		case "body":
		case "short":
			p.Short = &f
			fallthrough
		default:
			p.Fields = append(p.Fields, f)
			p.byKey[key] = f
		}
	}
}

// fieldOf reads the tags of a field.
func fieldOf(t reflect.Type, sf reflect.StructField, key string) Field {
	f := Field{Key: key, Type: sf.Type, Struct: t, Name: sf.Name, Form: sf.Tag.Get("form"), IDs: sf.Tag.Get("ids"), Default: sf.Tag.Get("default")}
	if when, ok := sf.Tag.Lookup("need"); ok {
		f.Need, f.NeedAfter = when == "", when == "link"
	}
	if words := sf.Tag.Get("one"); words != "" {
		f.Words = strings.Split(words, "|")
	}
	if limit := sf.Tag.Get("max"); limit != "" {
		n, err := strconv.Atoi(limit)
		if err != nil {
			panic(fmt.Sprintf("max %q of %s.%s is no number", limit, t, sf.Name))
		}
		f.Max = n
	}
	return f
}

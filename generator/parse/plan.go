package parse

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
)

// A field is a key that may be written, as the tags of the model say.
type field struct {
	key    string
	index  []int
	one    []string // the words of an enumeration
	form   string   // the notation: url, contact, country, color, path
	max    int      // most characters of a text, 0 for the usual
	listed bool     // an item of a list, not the value of a key
	need   bool
	keyed  bool
	orOne  bool
}

func (f field) most(usual int) int {
	if f.max > 0 {
		return f.max
	}
	return usual
}

// A plan is all that may be written for one struct of the model, in the order of its fields.
type plan struct {
	fields []field
	byKey  map[string]field
	value  *field // the field that takes the whole value
	short  *field // the field for which a scalar may stand in the place of the mapping
}

var plans sync.Map // reflect.Type to *plan

// planOf gives the plan of a struct type, made once from its tags.
func planOf(t reflect.Type) *plan {
	if p, ok := plans.Load(t); ok {
		return p.(*plan)
	}
	p := &plan{byKey: map[string]field{}}
	p.addFields(t, nil)
	plans.Store(t, p)
	return p
}

func (p *plan) addFields(t reflect.Type, parent []int) {
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
		f := field{key: key, index: index, form: sf.Tag.Get("form"), keyed: options == "keyed", orOne: options == "one"}
		_, f.need = sf.Tag.Lookup("need")
		if words := sf.Tag.Get("one"); words != "" {
			f.one = strings.Split(words, "|")
		}
		if limit := sf.Tag.Get("max"); limit != "" {
			n, err := strconv.Atoi(limit)
			if err != nil {
				panic(fmt.Sprintf("max %q of %s.%s is no number", limit, t, sf.Name))
			}
			f.max = n
		}
		switch options {
		case "value":
			p.value = &f
		case "body":
		case "short":
			p.short = &f
			fallthrough
		default:
			p.fields = append(p.fields, f)
			p.byKey[key] = f
		}
	}
}

package check

import (
	"reflect"
	"strings"

	"candor/generator/model"
	"candor/generator/source"
)

// A passage is one text of a record: a value of YAML or front matter, or a body of Markdown.
type passage struct {
	record   model.Record // nil for site.yaml
	key      string       // "summary"; "" for a body
	text     string
	at       func(start, end int) source.Span
	internal bool // stands in an Internal struct
	body     bool
	value    model.Text
}

// eachPassage calls do for every text of every record, published or not, in the order of the records. References are no texts: they are
// ids.
func eachPassage(site *model.Site, do func(passage)) {
	walkTexts(nil, reflect.ValueOf(site.Config).Elem(), false, do)
	for _, r := range records(site) {
		walkTexts(r, reflect.ValueOf(r).Elem(), false, do)
		if b := bodyOf(r); b != nil {
			do(passage{record: r, text: string(b.Source), at: b.At, body: true})
		}
	}
}

// records gives all records but those of site.yaml, which stand in its Config.
func records(site *model.Site) []model.Record {
	var all []model.Record
	add := func(n int, at func(int) model.Record) {
		for i := range n {
			all = append(all, at(i))
		}
	}
	answers := site.Answers()
	add(len(site.DataClasses), func(i int) model.Record { return site.DataClasses[i] })
	add(len(site.Evidence), func(i int) model.Record { return site.Evidence[i] })
	add(len(site.Models), func(i int) model.Record { return site.Models[i] })
	add(len(site.Tuned), func(i int) model.Record { return site.Tuned[i] })
	add(len(site.Controls), func(i int) model.Record { return site.Controls[i] })
	add(len(site.Certifications), func(i int) model.Record { return site.Certifications[i] })
	add(len(site.Documents), func(i int) model.Record { return site.Documents[i] })
	add(len(site.Policies), func(i int) model.Record { return site.Policies[i] })
	add(len(site.Subprocessors), func(i int) model.Record { return site.Subprocessors[i] })
	add(len(site.Flows), func(i int) model.Record { return site.Flows[i] })
	add(len(answers), func(i int) model.Record { return answers[i] })
	add(len(site.Updates), func(i int) model.Record { return site.Updates[i] })
	add(len(site.Shares), func(i int) model.Record { return site.Shares[i] })
	return all
}

// bodyOf gives the Markdown of a record that is more than the value of a key, or nil.
func bodyOf(r model.Record) *model.Body {
	switch r := r.(type) {
	case *model.Policy:
		return &r.Body
	case *model.Update:
		return &r.Body
	}
	return nil
}

var (
	textType   = reflect.TypeFor[model.Text]()
	headerType = reflect.TypeFor[model.Header]()
)

// walkTexts finds the texts below v, a struct of the model. What is not written by authors has the yaml tag "-" and is passed over, so
// that the walk stays within one record.
func walkTexts(r model.Record, v reflect.Value, internal bool, do func(passage)) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		tag, ok := field.Tag.Lookup("yaml")
		if !ok || tag == "-" || field.Type == headerType {
			continue
		}
		key, _, _ := strings.Cut(tag, ",")
		walkValue(r, key, v.Field(i), internal || field.Name == "Internal", do)
	}
}

func walkValue(r model.Record, key string, v reflect.Value, internal bool, do func(passage)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			walkValue(r, key, v.Elem(), internal, do)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walkValue(r, key, v.Index(i), internal, do)
		}
	case reflect.Struct:
		if v.Type() == textType {
			if t := v.Interface().(model.Text); !t.IsZero() {
				do(passage{record: r, key: key, text: t.Value, at: func(start, end int) source.Span { return within(t, start, end) }, internal: internal, value: t})
			}
			return
		}
		walkTexts(r, v, internal, do)
	}
}

// within gives the place of a part of a text: exactly where the text stands in the file as it reads, by looking for it otherwise.
func within(t model.Text, start, end int) source.Span {
	return model.Body{Source: []byte(t.Value), Span: t.At}.At(start, end)
}

// published reports whether readers see a passage.
func (p passage) published() bool {
	return !p.internal && (p.record == nil || p.record.Published())
}

package check

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"unsafe"

	"candor/generator/model"
	"candor/generator/source"
)

// A passage is one text of a record: a value of YAML or front matter, or a body of Markdown.
type passage struct {
	record   model.Record // nil for site.yaml
	key      string       // "summary"; "" for a body
	text     string
	internal bool // stands in an Internal struct
	body     bool
	value    model.Text  // zero for a body
	whole    *model.Body // of a body
}

// at gives the place of a part of the text.
func (t passage) at(start, end int) source.Span {
	if t.whole != nil {
		return t.whole.At(start, end)
	}
	return within(t.value, start, end)
}

// passagesOf gives every text of a record, published or not; nil stands for site.yaml. References are no texts: they are ids.
func passagesOf(config *model.Config, r model.Record) []passage {
	all := scratch.Get().(*[]passage)
	defer func() {
		clear(*all)
		*all = (*all)[:0]
		scratch.Put(all)
	}()
	add := func(t passage) { *all = append(*all, t) }
	if r == nil {
		walkTexts(nil, reflect.ValueOf(config).Elem(), false, add)
		return slices.Clone(*all)
	}
	walkTexts(r, reflect.ValueOf(r).Elem(), false, add)
	if b := bodyOf(r); b != nil {
		text := unsafe.String(unsafe.SliceData(b.Source), len(b.Source)) // no copy: what was read is never written to, and a Desk keeps it
		add(passage{record: r, text: text, whole: b, body: true})
	}
	return slices.Clone(*all)
}

// scratch is where the texts of a record are gathered, so that what is kept of it is no longer than they are.
var scratch = sync.Pool{New: func() any { return new([]passage) }}

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

// A textField is a field of a struct of the model that holds texts, itself or further down.
type textField struct {
	index    int
	key      string
	internal bool
}

// textFields keeps the fields of each type: walking types anew for every record takes longer than reading the texts.
var textFields sync.Map // reflect.Type to []textField

// fieldsOf gives the fields of a struct that hold texts. What is not written by authors has the yaml tag "-" and is passed over, so that a
// walk stays within one record; so are references, which are ids.
func fieldsOf(t reflect.Type) []textField {
	if known, ok := textFields.Load(t); ok {
		return known.([]textField)
	}
	var fields []textField
	for i := range t.NumField() {
		f := t.Field(i)
		tag, ok := f.Tag.Lookup("yaml")
		if !ok || tag == "-" || f.Type == headerType || !holdsTexts(f.Type) {
			continue
		}
		key, _, _ := strings.Cut(tag, ",")
		fields = append(fields, textField{i, key, f.Name == "Internal"})
	}
	textFields.Store(t, fields)
	return fields
}

func holdsTexts(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		return holdsTexts(t.Elem())
	case reflect.Struct:
		return t == textType || len(fieldsOf(t)) > 0
	}
	return false
}

// walkTexts finds the texts below v, a struct of the model.
func walkTexts(r model.Record, v reflect.Value, internal bool, do func(passage)) {
	for _, f := range fieldsOf(v.Type()) {
		walkValue(r, f.key, v.Field(f.index), internal || f.internal, do)
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
		if v.Type() != textType {
			walkTexts(r, v, internal, do)
			return
		}
		if t := v.Interface().(model.Text); !t.IsZero() {
			do(passage{record: r, key: key, text: t.Value, internal: internal, value: t})
		}
	}
}

// isMarkdown reports whether a text is shown as Markdown.
func (t passage) isMarkdown() bool { return t.body || t.key == "answer" }

// within gives the place of a part of a text: exactly where the text stands in the file as it reads, by looking for it otherwise.
func within(t model.Text, start, end int) source.Span {
	return model.Body{Source: []byte(t.Value), Span: t.At}.At(start, end)
}

// published reports whether readers see a passage.
func (p passage) published() bool {
	return !p.internal && (p.record == nil || p.record.Published())
}

package register

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"
)

// A key is one key of a sub-processor's file that holds a value, or a list, and its column in a list of Candor's own.
type key struct {
	path []string // dpa, signed_on
	kind keyKind
	way  []step
}

// A step leads from a struct to a field of it.
type step struct {
	in   reflect.Type // the struct that declares the field, which may stand inline in another one
	name string
}

// A keyKind says how a value is written.
type keyKind int

const (
	oneText keyKind = iota
	oneWord         // a date, a number, a duration, true or false: never in quotes
	texts           // a list of texts
	records         // a list of mappings, as JSON
)

// column is what the key is called in the first row.
func (k key) column() string { return strings.Join(k.path, ".") }

// keys are all keys of a sub-processor's file, read off the model, so that a key that is new there is in the list from then on.
var keys = sync.OnceValue(func() []key { return keysOf(reflect.TypeFor[model.Subprocessor](), nil, nil) })

func keysOf(t reflect.Type, path []string, way []step) []key {
	var all []key
	for _, f := range parse.PlanOf(t).Fields {
		k := key{path: append(slices.Clone(path), f.Key), way: append(slices.Clone(way), step{f.Struct, f.Name})}
		typ := f.Type
		if typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		switch {
		case typ.Kind() == reflect.Slice && isScalar(typ.Elem()):
			k.kind = texts
		case typ.Kind() == reflect.Slice:
			k.kind = records
		case typ == reflect.TypeFor[model.Date](), typ == reflect.TypeFor[model.Number](), typ == reflect.TypeFor[model.Flag](), typ == reflect.TypeFor[model.Duration]():
			k.kind = oneWord
		case !isScalar(typ):
			all = append(all, keysOf(typ, k.path, k.way)...)
			continue
		}
		all = append(all, k)
	}
	return all
}

// isScalar reports whether a type of the model is written as one word or text.
func isScalar(t reflect.Type) bool {
	switch t {
	case reflect.TypeFor[model.Text](), reflect.TypeFor[model.Date](), reflect.TypeFor[model.Number](), reflect.TypeFor[model.Flag](), reflect.TypeFor[model.Duration]():
		return true
	}
	f, ok := t.FieldByName("Text")
	return ok && f.Anonymous
}

// said gives a value of the model as it is written; "" for nothing.
func said(v reflect.Value) string {
	switch t := v.Interface().(type) {
	case model.Text:
		return t.Value
	case model.Date:
		if !t.IsZero() {
			return t.Day.String()
		}
		return ""
	case model.Duration:
		if !t.IsZero() {
			return t.Period.String()
		}
		return ""
	case model.Number:
		if t.Set {
			return fmt.Sprint(t.Value)
		}
		return ""
	case model.Flag:
		if t.Set {
			return fmt.Sprint(t.Value)
		}
		return ""
	}
	return v.FieldByName("Text").FieldByName("Value").String()
}

// of gives the cell of a key for a record.
func (k key) of(v *model.Subprocessor) string {
	at := reflect.ValueOf(v).Elem()
	for _, s := range k.way {
		if at = reflect.Indirect(at); !at.IsValid() {
			return ""
		}
		at = declared(at, s.in).FieldByName(s.name)
	}
	switch k.kind {
	case texts:
		var all []string
		for i := range at.Len() {
			all = append(all, said(at.Index(i)))
		}
		return joined(all)
	case records:
		if at.Len() == 0 {
			return ""
		}
		var all []string
		for i := range at.Len() {
			all = append(all, object(at.Index(i)))
		}
		return "[" + strings.Join(all, ", ") + "]"
	}
	return said(at)
}

// declared gives the struct of a type that a value is, or that stands inline in it.
func declared(v reflect.Value, t reflect.Type) reflect.Value {
	if v.Type() == t {
		return v
	}
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.Tag.Get("yaml") == ",inline" {
			if inner := declared(v.Field(i), t); inner.IsValid() {
				return inner
			}
		}
	}
	return reflect.Value{}
}

// object writes a record as JSON, with the keys that it has, in their order.
func object(v reflect.Value) string {
	v = reflect.Indirect(v)
	var parts []string
	for _, f := range parse.PlanOf(v.Type()).Fields {
		at := declared(v, f.Struct).FieldByName(f.Name)
		if at.Kind() != reflect.Slice {
			if s := said(at); s != "" {
				parts = append(parts, jsonOf(f.Key)+": "+jsonOf(s))
			}
			continue
		}
		var items []string
		for i := range at.Len() {
			items = append(items, jsonOf(said(at.Index(i))))
		}
		if items != nil {
			parts = append(parts, jsonOf(f.Key)+": ["+strings.Join(items, ", ")+"]")
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func jsonOf(s string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // a text can be written always
	return strings.TrimSpace(b.String())
}

const between = " | "

// joined puts texts into one cell: with bars between them, or as JSON where a text has a bar, or looks like JSON.
func joined(all []string) string {
	plain := strings.Join(all, between)
	if !slices.Equal(parted(plain), all) {
		var items []string
		for _, s := range all {
			items = append(items, jsonOf(s))
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	return plain
}

// parted is the other way round.
func parted(cell string) []string {
	var all []string
	if strings.HasPrefix(cell, "[") && json.Unmarshal([]byte(cell), &all) == nil {
		return all
	}
	for _, s := range strings.Split(cell, "|") {
		if s = strings.TrimSpace(s); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// isOwn tells a list as Candor writes it: its first column is the id, and all columns are keys.
func isOwn(columns []Column) bool {
	if len(columns) < 3 || columns[0].Header != "id" || columns[1].Header == "" {
		return false
	}
	names := map[string]bool{"id": true, "": true}
	for _, k := range keys() {
		names[k.column()] = true
	}
	return !slices.ContainsFunc(columns, func(c Column) bool { return !names[c.Header] }) && slices.ContainsFunc(columns, func(c Column) bool { return c.Header == "name" })
}

// takeOwn makes entries of a list of Candor's own: its cells become keys again.
func (p *Plan) takeOwn(o Order) {
	for _, row := range p.Table.Rows {
		cells := map[string]string{}
		for i, c := range p.Table.Columns {
			cells[c.Header] = row.cells[i]
		}
		if problem, _ := parse.IDProblem(cells["id"], "page"); problem != "" || cells["name"] == "" {
			p.Notes = append(p.Notes, fmt.Sprintf("row %d has no id or no name and was passed over", row.Number))
			continue
		}
		e := &Entry{Rows: []int{row.Number}, Name: cells["name"], ID: cells["id"], Path: fileOf(cells["id"]), By: "id"}
		e.Vendor = o.Catalog.Find(e.ID)
		e.Data = fileFrom(cells)
		for _, f := range unreadable(e.Path, e.Data) {
			p.Notes = append(p.Notes, fmt.Sprintf("row %d: %s", row.Number, f.Message))
		}
		p.Entries = append(p.Entries, e)
	}
}

func unreadable(path string, data []byte) []diag.Finding {
	diags := &diag.List{}
	parse.YAML(source.NewFile(path, data), &model.Subprocessor{}, diags)
	return diags.Findings()
}

var word = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]*$`)

// fileFrom writes the file of a sub-processor from cells by column.
func fileFrom(cells map[string]string) []byte {
	var b strings.Builder
	var open []string
	for _, k := range keys() {
		cell := cells[k.column()]
		if cell == "" {
			continue
		}
		parents := k.path[:len(k.path)-1]
		common := 0
		for common < min(len(open), len(parents)) && open[common] == parents[common] {
			common++
		}
		for i := common; i < len(parents); i++ {
			fmt.Fprintf(&b, "%s%s:\n", strings.Repeat("  ", i), parents[i])
		}
		open = parents
		fmt.Fprintf(&b, "%s%s: %s\n", strings.Repeat("  ", len(parents)), k.path[len(parents)], k.yaml(cell))
	}
	return []byte(b.String())
}

// yaml gives a cell as the value of its key.
func (k key) yaml(cell string) string {
	switch k.kind {
	case oneWord:
		if word.MatchString(cell) {
			return cell
		}
	case texts:
		var items []string
		for _, s := range parted(cell) {
			items = append(items, quoted(s))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case records:
		var all []map[string]any
		if json.Unmarshal([]byte(cell), &all) == nil {
			return cell // which is YAML too
		}
	}
	return quoted(cell)
}

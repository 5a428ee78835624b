package parse

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"

	"gopkg.in/yaml.v3"
)

// scalar types of the model, which this file fills by hand
var (
	typeText     = reflect.TypeFor[model.Text]()
	typeDate     = reflect.TypeFor[model.Date]()
	typeDuration = reflect.TypeFor[model.Duration]()
	typeFlag     = reflect.TypeFor[model.Flag]()
	typeNumber   = reflect.TypeFor[model.Number]()
)

// decode fills v, a value of the model, from n. key is the key that n belongs to, for places; f says what may stand there.
func (r *reader) decode(key, n *yaml.Node, v reflect.Value, f Field) {
	n = r.resolve(n)
	if n == nil {
		return
	}
	switch {
	case v.Type() == typeText, v.Type() == typeDate, v.Type() == typeDuration, v.Type() == typeFlag, v.Type() == typeNumber:
		r.scalar(key, n, v, f)
	case v.Kind() == reflect.Struct && isReference(v.Type()):
		r.scalar(key, n, v.FieldByName("Text"), f)
	case v.Kind() == reflect.Pointer:
		one, before := reflect.New(v.Type().Elem()), r.reports
		r.decode(key, n, one.Elem(), f)
		if n.Kind == yaml.MappingNode || r.reports == before { // else nothing of it could be read
			v.Set(one)
		}
	case v.Kind() == reflect.Slice && f.Keyed:
		r.keyed(n, v, f)
	case v.Kind() == reflect.Slice:
		r.list(key, n, v, f)
	case v.Kind() == reflect.Struct:
		r.mapping(key, n, v, f)
	default:
		panic(fmt.Sprintf("no way to read a %s", v.Type())) // a mistake in the model, found by its test
	}
}

// isReference reports whether a type is a Text with more around it: a Ref, a Citation, a Party.
func isReference(t reflect.Type) bool {
	f, ok := t.FieldByName("Text")
	return ok && f.Anonymous && f.Type == typeText
}

// resolve follows aliases and counts every value that is read, so that a few lines cannot stand for a billion values.
func (r *reader) resolve(n *yaml.Node) *yaml.Node {
	if r.nodes++; r.nodes > maxNodes {
		if r.nodes == maxNodes+1 {
			r.broken = true
			r.add(r.span(n), fmt.Sprintf("this file stands for more than %d values", maxNodes), "write values out in the place of anchors and aliases (& and *)")
		}
		return nil
	}
	for depth := 0; n.Kind == yaml.AliasNode; depth++ {
		if depth > 10 {
			return nil
		}
		n = n.Alias
	}
	return n
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

// empty reports a key without a value.
func (r *reader) empty(key *yaml.Node) {
	r.add(r.span(key), fmt.Sprintf("%q has no value", key.Value), "write one after the colon, or remove the key")
}

// wrong reports a value of another shape than its key takes.
func (r *reader) wrong(key, n *yaml.Node, want string) {
	shape := map[yaml.Kind]string{yaml.SequenceNode: "a list", yaml.MappingNode: "a mapping", yaml.ScalarNode: fmt.Sprintf("%q", shorten(n.Value))}[n.Kind]
	if key == nil {
		r.add(r.span(n), fmt.Sprintf("%s stands where %s is expected", shape, want), "")
		return
	}
	r.add(r.span(n), fmt.Sprintf("%q is %s, not %s", shorten(key.Value), shape, want), "")
}

// shorten keeps a quoted value within a line.
func shorten(s string) string {
	if runes := []rune(s); len(runes) > 60 {
		return string(runes[:57]) + "..."
	}
	return s
}

func (r *reader) scalar(key, n *yaml.Node, v reflect.Value, f Field) {
	if isNull(n) {
		r.empty(key)
		return
	}
	want := map[reflect.Type]string{typeText: "a text", typeDate: "a date", typeDuration: "a duration", typeFlag: "true or false", typeNumber: "a whole number"}[v.Type()]
	if n.Kind != yaml.ScalarNode {
		r.wrong(key, n, want)
		return
	}
	if strings.HasPrefix(n.Tag, "!") && !strings.HasPrefix(n.Tag, "!!") || n.Tag == "!!binary" {
		r.add(r.span(n), fmt.Sprintf("tag %q is not read", n.Tag), "write the value alone")
		return
	}
	at := r.span(n)
	switch v.Type() {
	case typeText:
		if n.Tag == "!!bool" {
			r.add(at, fmt.Sprintf("%q is %s, not a text", key.Value, n.Value), fmt.Sprintf("write it in quotes if you mean the word: %q", n.Value))
			return
		}
		indent := key.Column // deeper than the key
		if f.listed {
			indent = n.Column - 2 // deeper than the dash
		}
		at = r.wholeSpan(n, indent)
		if r.text(key, n, at, f) {
			v.Set(reflect.ValueOf(model.Text{Value: strings.TrimSpace(n.Value), At: at}))
		}
	case typeDate:
		day, err := model.ParseDay(n.Value)
		if err != nil {
			r.add(at, fmt.Sprintf("%q is %q, which is no date of the calendar", key.Value, shorten(n.Value)), "write year, month and day: 2026-03-05")
			return
		}
		v.Set(reflect.ValueOf(model.Date{Day: day, At: at}))
	case typeDuration:
		period, err := model.ParsePeriod(n.Value)
		if err != nil {
			r.add(at, fmt.Sprintf("%q is %q, which is no duration", key.Value, shorten(n.Value)), "write days, months or years: 30d, 12m, 1y")
			return
		}
		v.Set(reflect.ValueOf(model.Duration{Period: period, At: at}))
	case typeFlag:
		if n.Value != "true" && n.Value != "false" {
			r.add(at, fmt.Sprintf("%q is %q, not true or false", key.Value, shorten(n.Value)), "write true or false")
			return
		}
		v.Set(reflect.ValueOf(model.Flag{Set: true, Value: n.Value == "true", At: at}))
	case typeNumber:
		number, err := strconv.Atoi(n.Value)
		if err != nil || number < 0 || number > 1_000_000 {
			r.add(at, fmt.Sprintf("%q is %q, not a whole number", key.Value, shorten(n.Value)), "write digits alone: 72")
			return
		}
		v.Set(reflect.ValueOf(model.Number{Set: true, Value: number, At: at}))
	}
}

func (r *reader) list(key, n *yaml.Node, v reflect.Value, f Field) {
	item := f.Item()
	switch {
	case isNull(n):
		r.empty(key)
		return
	case n.Kind == yaml.ScalarNode && f.OrOne:
		one := reflect.New(v.Type().Elem()).Elem()
		r.decode(key, n, one, item)
		v.Set(reflect.Append(v, one))
		return
	case n.Kind != yaml.SequenceNode:
		hint := ""
		if n.Kind == yaml.ScalarNode && len(n.Value) < 60 {
			hint = fmt.Sprintf("write [%s]", n.Value)
		}
		r.add(r.span(n), fmt.Sprintf("%q takes a list", key.Value), hint)
		return
	}
	if limit := f.Most(MaxItems); len(n.Content) > limit {
		r.broken = true // what refers to one of them would be reported as unknown
		r.add(r.span(key), fmt.Sprintf("%q has %d items, at most %d are read", key.Value, len(n.Content), limit), "split the file in two")
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), 0, len(n.Content))) // an empty list is more than no list
	for _, c := range n.Content {
		one := reflect.New(v.Type().Elem()).Elem()
		at := c
		if c.Kind == yaml.ScalarNode {
			at = key
			if isNull(c) {
				r.add(r.span(c), fmt.Sprintf("an item of %q has no value", key.Value), "write one after the dash, or remove it")
				continue
			}
		}
		before := r.reports
		r.decode(at, c, one, item)
		if r.reports == before || c.Kind == yaml.MappingNode || holdsText(one.Type()) {
			v.Set(reflect.Append(v, one))
		}
	}
}

// holdsText reports whether a type is a scalar of the model, so that one that was refused keeps its place in a list.
func holdsText(t reflect.Type) bool {
	return t == typeText || t.Kind() == reflect.Struct && isReference(t)
}

// keyed reads a mapping of id to record into a slice, in the order of the file.
func (r *reader) keyed(n *yaml.Node, v reflect.Value, f Field) {
	if n.Kind != yaml.MappingNode {
		r.wrong(nil, n, "a mapping of ids")
		return
	}
	r.duplicates(n)
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, val := n.Content[i], n.Content[i+1]
		if k.Kind != yaml.ScalarNode || seen[k.Value] {
			continue
		}
		seen[k.Value] = true
		one := reflect.New(v.Type().Elem()).Elem()
		r.decode(k, val, one, Field{})
		r.checkID(k.Value, r.span(k), f.IDs)
		record := reflect.Indirect(one)
		if !record.IsValid() || record.Kind() != reflect.Struct {
			continue
		}
		record.FieldByName("ID").Set(reflect.ValueOf(model.Text{Value: k.Value, At: r.span(k)}))
		if head, ok := record.Addr().Interface().(interface{ Head() *model.Header }); ok {
			head.Head().File, head.Head().Extent = r.file, r.extent(k)
		}
		v.Set(reflect.Append(v, one))
	}
}

// duplicates reports keys of one mapping that are written twice, of which YAML would keep one in silence.
func (r *reader) duplicates(n *yaml.Node) {
	first := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		if k.Kind != yaml.ScalarNode {
			r.add(r.span(k), "a key is a list or a mapping", "write one word and a colon")
			continue
		}
		if before, ok := first[k.Value]; ok {
			r.report(diag.Finding{Rule: SCH01, At: r.span(k), Message: fmt.Sprintf("%q is written twice", shorten(k.Value)), Hint: "keep one of the two",
				Related: []diag.Related{{At: r.span(before), Text: "first written here"}}})
			continue
		}
		first[k.Value] = k
	}
}

// mapping fills a struct, reports keys that it does not have, and keys that it needs.
func (r *reader) mapping(key, n *yaml.Node, v reflect.Value, f Field) {
	plan := PlanOf(v.Type())
	if plan.Value != nil {
		r.decode(key, n, v.FieldByIndex(plan.Value.index), *plan.Value)
		return
	}
	if isNull(n) && key != nil {
		r.empty(key)
		return
	}
	if plan.Short != nil && n.Kind == yaml.ScalarNode && key != nil {
		short := *plan.Short
		short.listed = f.listed
		r.decode(key, n, v.FieldByIndex(short.index), short)
		return
	}
	if n.Kind != yaml.MappingNode {
		r.wrong(key, n, "a mapping")
		return
	}
	if at := v.FieldByName("At"); at.IsValid() && at.Type() == reflect.TypeFor[source.Span]() && key != nil {
		at.Set(reflect.ValueOf(r.span(key)))
	}
	r.duplicates(n)
	seen, misspelt := map[string]bool{}, map[string]bool{} // the latter by the key that was probably meant
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		if k.Kind != yaml.ScalarNode || seen[k.Value] {
			continue
		}
		seen[k.Value] = true
		known, ok := plan.byKey[k.Value]
		if !ok {
			if meant := r.unknownKey(k, plan); meant != "" {
				misspelt[meant] = true
				r.refuse(meant, key, n)
			}
			continue
		}
		before := r.reports
		r.decode(k, n.Content[i+1], v.FieldByIndex(known.index), known)
		if r.reports > before {
			r.refuse(known.Key, key, n)
			if target := v.FieldByIndex(known.index); known.Keyed && target.Len() == 0 {
				r.lost = append(r.lost, known.Key)
			}
		}
	}
	for _, known := range plan.Fields {
		if known.Need && !seen[known.Key] && !misspelt[known.Key] && !seen["none"] {
			r.add(r.whereOf(key, n), fmt.Sprintf("%q is missing", known.Key), fmt.Sprintf("write \"%s: ...\" here", known.Key))
		}
	}
}

// whereOf gives the place to name when something is missing from a mapping: its key, else its first line.
func (r *reader) whereOf(key, n *yaml.Node) source.Span {
	if key != nil && key.Kind == yaml.ScalarNode {
		return r.span(key)
	}
	return r.span(n)
}

// refuse remembers that a key was written without success in a mapping, itself the value of another key unless that is nil.
func (r *reader) refuse(key string, of, mapping *yaml.Node) {
	first := mapping.Line
	if of != nil && of.Line > 0 {
		first = min(first, of.Line)
	}
	at := r.file.LineSpan(first + r.lines)
	at.End = r.file.LineSpan(lastLine(mapping) + r.lines).End
	r.refused = append(r.refused, model.Refusal{Key: key, Mapping: at})
}

// lastLine gives the last line on which a value below n begins.
func lastLine(n *yaml.Node) int {
	last := n.Line
	for _, c := range n.Content {
		last = max(last, lastLine(c))
	}
	return last
}

// unknownKey reports a key that a mapping does not have, and gives the one that was probably meant, "" for none.
func (r *reader) unknownKey(k *yaml.Node, p *Plan) (meant string) {
	if k.Value == "<<" {
		r.add(r.span(k), "merge keys (<<) are not read", "write the keys out")
		return ""
	}
	names := make([]string, len(p.Fields))
	for i, f := range p.Fields {
		names[i] = f.Key
	}
	hint := diag.Suggest(k.Value, names)
	if hint == "" {
		hint = "known here: " + strings.Join(names, ", ")
	}
	r.add(r.span(k), fmt.Sprintf("no key %q here", shorten(k.Value)), hint)
	meant, _ = diag.Nearest(k.Value, names)
	return meant
}

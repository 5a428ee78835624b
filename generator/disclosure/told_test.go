package disclosure_test

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"candor/generator/disclosure"
	"candor/generator/markdown"
	"candor/generator/model"
)

// A written value of the content: its path by type, and how to make it another one and back.
type writtenValue struct {
	path string
	edit func() (undo func())
}

// writtenValues gives every value of the records that an author wrote, but for what is internal.
func writtenValues(site *model.Site) []writtenValue {
	var all []writtenValue
	seen := map[any]bool{}
	var walk func(v reflect.Value, path string)
	walk = func(v reflect.Value, path string) {
		change := func(to func()) {
			all = append(all, writtenValue{path, func() func() {
				was := reflect.New(v.Type()).Elem()
				was.Set(v)
				to()
				return func() { v.Set(was) }
			}})
		}
		switch v.Type() {
		case reflect.TypeFor[model.Text]():
			t := v.Addr().Interface().(*model.Text)
			change(func() { t.Value += "other" })
			return
		case reflect.TypeFor[model.Date]():
			d := v.Addr().Interface().(*model.Date)
			change(func() { d.Day++ })
			return
		case reflect.TypeFor[model.Duration]():
			d := v.Addr().Interface().(*model.Duration)
			change(func() { d.Period = model.Period{Count: d.Count + 1, Unit: 'd'} })
			return
		case reflect.TypeFor[model.Number]():
			n := v.Addr().Interface().(*model.Number)
			change(func() { n.Set = true; n.Value++ })
			return
		case reflect.TypeFor[model.Flag]():
			f := v.Addr().Interface().(*model.Flag)
			change(func() { f.Set = true; f.Value = !f.Value })
			return
		case reflect.TypeFor[model.Body]():
			b := v.Addr().Interface().(*model.Body)
			change(func() {
				b.Source = append(slices.Clone(b.Source), " Another sentence."...)
				b.Outline = markdown.Document{}
			})
			return
		}
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() && v.Elem().Kind() == reflect.Struct && strings.HasPrefix(v.Type().Elem().PkgPath(), "candor/generator/model") && !seen[v.Interface()] {
				seen[v.Interface()] = true
				walk(v.Elem(), path)
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i), path)
			}
		case reflect.Struct:
			if first := v.Type().Field(0); first.Anonymous && first.Type == reflect.TypeFor[model.Text]() { // a reference: without its record it refers to nothing
				refers := false
				for i := 1; i < v.NumField(); i++ {
					refers = refers || !v.Field(i).IsZero()
				}
				if refers {
					change(func() {
						for i := 1; i < v.NumField(); i++ {
							v.Field(i).SetZero()
						}
					})
				}
				return
			}
			for i := range v.NumField() {
				f := v.Type().Field(i)
				tag, tagged := f.Tag.Lookup("yaml")
				if f.Name == "Internal" || !f.IsExported() || tagged && tag == "-" && f.Name != "ID" && f.Name != "Body" {
					continue
				}
				walk(v.Field(i), path+"."+f.Name)
			}
		}
	}
	r := reflect.ValueOf(&site.Records).Elem()
	for i := range r.NumField() {
		if name := r.Type().Field(i).Name; name != "Shares" && name != "Permalinks" && name != "Assets" && name != "Files" && name != "Refused" && name != "Unread" {
			walk(r.Field(i), name)
		}
	}
	return all
}

// TestWhatIsNotTold makes each value that an author wrote another one, found by reflection so that a new key cannot be forgotten, and looks whether trust.json is
// another one. Those that never reach it are listed in a file, each with the reason; a key that is new must be told or be listed there.
func TestWhatIsNotTold(t *testing.T) {
	site := starter(t)
	on := day(t, "2026-11-23")
	told := func() *disclosure.Document { return disclosure.Of(site, on, disclosure.Options{}) }
	before := told()
	const tries = 12 // of the values under one key: some are of records that are not published, or overridden by others
	tried, reached := map[string]int{}, map[string]bool{}
	var order []string
	for _, w := range writtenValues(site) {
		if tried[w.path] == 0 {
			order = append(order, w.path)
		}
		if reached[w.path] || tried[w.path] == tries {
			continue
		}
		tried[w.path]++
		undo := w.edit()
		reached[w.path] = !reflect.DeepEqual(before, told())
		undo()
	}
	if !reflect.DeepEqual(before, told()) {
		t.Fatal("the test left something changed")
	}
	if len(order) < 250 {
		t.Errorf("only %d keys were tried", len(order))
	}
	data, err := os.ReadFile("testdata/untold.txt")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		if key, why, ok := strings.Cut(strings.TrimSpace(line), ": "); ok && why != "" {
			listed[key] = true
		}
	}
	slices.Sort(order)
	for _, path := range order {
		if !reached[path] && !listed[path] {
			t.Errorf("%s is not told, and testdata/untold.txt does not say why", path)
		}
		if reached[path] && listed[path] {
			t.Errorf("%s is told, though testdata/untold.txt says that it is not", path)
		}
	}
}

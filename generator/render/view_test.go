package render

import (
	"bytes"
	"reflect"
	"testing"

	"candor/diagrams"
	"candor/generator/page"
)

// TestEveryFieldOfAViewIsTold changes every field that a view or a graph can have, one at a time, and has each change make other bytes: what did not would
// be a page that stays as it was.
func TestEveryFieldOfAViewIsTold(t *testing.T) {
	fields := 0
	for _, template := range append(page.Templates(), page.Template{Name: "a graph", View: diagrams.Graph{}}) {
		view := reflect.New(reflect.TypeOf(template.View)).Elem()
		fill(view, 3)
		told := func() string {
			var b bytes.Buffer
			writeView(&b, view.Interface())
			return b.String()
		}
		before := told()
		eachValue(view, template.Name, func(path string, v reflect.Value) {
			fields++
			was := reflect.New(v.Type()).Elem()
			was.Set(v)
			switch v.Kind() {
			case reflect.String:
				v.SetString(v.String() + "x")
			case reflect.Bool:
				v.SetBool(!v.Bool())
			case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
				v.SetInt(v.Int() + 1)
			case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
				v.SetUint(v.Uint() + 1)
			case reflect.Pointer, reflect.Slice:
				v.SetZero()
			default:
				t.Fatalf("%s is a %s", path, v.Type())
			}
			if told() == before {
				t.Errorf("%s may change, and nothing tells", path)
			}
			v.Set(was)
		})
	}
	if fields < 300 {
		t.Errorf("only %d fields were tried", fields)
	}
}

// fill makes every pointer and every list in v hold something, to a depth.
func fill(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Pointer:
		if depth > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem(), depth-1)
		}
	case reflect.Slice:
		if depth > 0 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			fill(v.Index(0), depth-1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), depth)
		}
	}
}

// eachValue calls do for everything in v that can be another value.
func eachValue(v reflect.Value, path string, do func(string, reflect.Value)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			eachValue(v.Field(i), path+"."+v.Type().Field(i).Name, do)
		}
		return
	case reflect.Pointer:
		if !v.IsNil() {
			eachValue(v.Elem(), path, do)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachValue(v.Index(i), path+"[]", do)
		}
	}
	if v.Kind() == reflect.Pointer && v.IsNil() || v.Kind() == reflect.Slice && v.Len() == 0 {
		return
	}
	do(path, v)
}

package render_test

import (
	"bytes"
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"

	"candor/generator/page"
)

// TestTemplatesFitTheirViews holds every template of the default theme against the struct it gets, field by field.
func TestTemplatesFitTheirViews(t *testing.T) {
	th := look(t)
	known := map[string]bool{}
	for _, one := range page.Templates() {
		known[one.Name] = true
		for _, err := range th.Check(one.Name, one.View) {
			t.Error(err)
		}
	}
	for _, name := range th.Pages() {
		if !known[name] {
			t.Errorf("no page is made with %s/page.html", name)
		}
	}
}

// fill puts something into every field of a view: texts that name themselves, lists of two, every pointer set.
func fill(v reflect.Value, name string) {
	switch v.Kind() {
	case reflect.String:
		switch {
		case v.Type() == reflect.TypeFor[template.HTML]():
			v.SetString("<p>" + name + "</p>")
		case strings.HasSuffix(name, "Address") || strings.HasSuffix(name, "URL"):
			v.SetString("/x/")
		default:
			v.SetString(name)
		}
	case reflect.Int:
		v.SetInt(3)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), name)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i), name+strconv.Itoa(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), name+"."+v.Type().Field(i).Name)
		}
	}
}

// TestTemplatesTakeAnyView executes every template with nothing but its zero view, and with one that is full, and with each list and
// pointer of the full one emptied in turn: what a template takes for granted shows up here.
func TestTemplatesTakeAnyView(t *testing.T) {
	th := look(t)
	for _, one := range page.Templates() {
		run := func(what string, v reflect.Value) string {
			var b bytes.Buffer
			if err := th.Execute(&b, one.Name, v.Interface()); err != nil {
				t.Errorf("%s: %s: %v", one.Name, what, err)
			}
			if strings.Contains(b.String(), "ZgotmplZ") || strings.Contains(b.String(), "<no value>") || strings.Contains(b.String(), "&lt;nil&gt;") {
				t.Errorf("%s: %s: a value was refused or is missing", one.Name, what)
			}
			return b.String()
		}
		typ := reflect.TypeOf(one.View)
		run("empty", reflect.New(typ).Elem())
		full := reflect.New(typ).Elem()
		fill(full, "view")
		text := run("full", full)
		if root, err := nethtml.Parse(strings.NewReader(text)); err != nil || !strings.Contains(textOf(root), "view.Frame.Title") {
			t.Errorf("%s does not show its title (%v)", one.Name, err)
		}
		for i := range typ.NumField() {
			part := reflect.New(typ).Elem()
			fill(part, "view")
			part.Field(i).SetZero()
			run("without "+typ.Field(i).Name, part)
		}
	}
}

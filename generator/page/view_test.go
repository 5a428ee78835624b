package page_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"html/template"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"candor/generator/page"
)

// TestViewsHoldNoRecords walks the types of all views: texts, numbers, flags, safe HTML and structs of this package, nothing else, so
// that no template can come to a record of the model.
func TestViewsHoldNoRecords(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var walk func(typ reflect.Type, where string)
	walk = func(typ reflect.Type, where string) {
		if seen[typ] {
			return
		}
		seen[typ] = true
		switch {
		case typ == reflect.TypeFor[template.HTML]() || typ == reflect.TypeFor[string]() || typ == reflect.TypeFor[int]() || typ == reflect.TypeFor[bool]():
		case typ.Kind() == reflect.Slice || typ.Kind() == reflect.Pointer:
			walk(typ.Elem(), where)
		case typ.Kind() == reflect.Struct && typ.PkgPath() == "candor/generator/page":
			for i := range typ.NumField() {
				if f := typ.Field(i); !f.IsExported() {
					t.Errorf("%s.%s is out of reach for templates", typ, f.Name)
				} else {
					walk(f.Type, typ.Name()+"."+f.Name)
				}
			}
		default:
			t.Errorf("%s is a %s", where, typ)
		}
	}
	for _, one := range page.Templates() {
		walk(reflect.TypeOf(one.View), one.Name)
	}
	if len(seen) < 40 {
		t.Errorf("only %d types were seen", len(seen))
	}
}

// TestViewsShowTheirFrame holds every view to embedding the Frame and to hiding none of its fields.
func TestViewsShowTheirFrame(t *testing.T) {
	frame := reflect.TypeFor[page.Frame]()
	for _, one := range page.Templates() {
		typ := reflect.TypeOf(one.View)
		if f, ok := typ.FieldByName("Frame"); !ok || !f.Anonymous || f.Type != frame {
			t.Errorf("%s does not embed the frame", typ)
		}
		for i := range frame.NumField() {
			name := frame.Field(i).Name
			if f, ok := typ.FieldByName(name); !ok || len(f.Index) != 2 {
				t.Errorf("%s.%s hides that of the frame", typ, name)
			}
		}
	}
}

// TestInternalIsOutOfReach looks through the source of everything that makes pages: none may name a field called Internal.
func TestInternalIsOutOfReach(t *testing.T) {
	files := 0
	for _, dir := range []string{".", "../theme", "../render", "../export"} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
				continue
			}
			files++
			set := token.NewFileSet()
			f, err := parser.ParseFile(set, filepath.Join(dir, e.Name()), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok && (strings.HasSuffix(s.Sel.Name, "Internal") || s.Sel.Name == "Signs") {
					t.Errorf("%s: %s is not for pages", set.Position(s.Pos()), s.Sel.Name)
				}
				return true
			})
		}
	}
	if files < 15 {
		t.Errorf("only %d files were looked through", files)
	}
}

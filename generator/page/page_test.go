package page_test

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"candor/diagrams"
	"candor/generator/diag"
	"candor/generator/link"
	"candor/generator/markdown"
	"candor/generator/model"
	"candor/generator/page"
	"candor/generator/parse"
	"candor/generator/search"
	"candor/generator/source"
)

// siteOf reads and links the content of an archive. Findings of SCH01 are trouble, unless the archive is there for them.
func siteOf(t testing.TB, files fs.FS) *model.Site {
	t.Helper()
	tree, err := source.Read(files, parse.Folder)
	if err != nil {
		t.Fatal(err)
	}
	diags := &diag.List{}
	site := link.Draft(parse.Tree(tree, diags), diags)
	for _, f := range diags.Findings() {
		p := f.At.Position()
		t.Errorf("%s:%d:%d: %s [%s]", p.Path, p.Line, p.Column, f.Message, f.Rule)
	}
	return site
}

func day(t testing.TB, s string) model.Day {
	t.Helper()
	d, err := model.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// plainRenderer renders Markdown, and writes of a diagram what it is asked to draw.
type plainRenderer struct{}

func (plainRenderer) Stylesheet() string { return "/assets/site.css" }
func (plainRenderer) Script() string     { return "" }

// Seal leaves open what it is given, by the title of the letter.
func (plainRenderer) Seal(_ *model.Share, name string, view any) (string, error) {
	return name + ": " + view.(page.Letter).Title, nil
}

func (plainRenderer) Chapter(c page.Chapter) (template.HTML, error) {
	return template.HTML(fmt.Sprintf("%s of %T", template.HTMLEscapeString(c.Prefix), c.View)), nil
}

func (plainRenderer) Scripts(template string) []string {
	return []string{"/assets/" + template + ".js"}
}

// Search names the index by what is in it.
func (plainRenderer) Search(entries []search.Entry) (string, error) {
	return fmt.Sprintf("%q", entries), nil
}

func (plainRenderer) Markdown(b page.Body) (template.HTML, error) {
	var out bytes.Buffer
	err := markdown.Render(&out, b.Source, markdown.Options{Resolve: b.Resolve, TopLevel: b.TopLevel, AnchorPrefix: b.Prefix})
	return template.HTML(out.String()), err
}

func (plainRenderer) Diagram(g diagrams.Graph, plate string) (page.Drawing, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %q %q", g.Prefix, g.Title, g.Desc)
	fmt.Fprintf(&b, " | %s %q %q %q", plate, g.Plate.Heading, g.Plate.Source, g.Plate.Accent)
	for _, x := range g.Boundaries {
		fmt.Fprintf(&b, " | %s %q %q", x.Kind, x.Title, x.Terms)
	}
	for _, x := range g.Steps {
		fmt.Fprintf(&b, " | %d %s %s %q in %s -> %q", x.Number, x.Stage, x.Kind, x.Title, x.Boundary, x.Href)
	}
	for _, x := range g.Links {
		fmt.Fprintf(&b, " | %s %d %s %s %q", x.From, x.Number, x.To, x.Carries, x.Title)
	}
	return page.Drawing{SVG: template.HTML(b.String()), Width: 40 * len(g.Steps), Height: 40 * len(g.Links), Plate: plate}, nil
}

// views makes every page and gives the views by path.
func views(t testing.TB, site *model.Site, on model.Day, o page.Options) map[string]any {
	t.Helper()
	all := map[string]any{}
	for _, p := range page.Plan(site, on, o) {
		v, err := p.Make(plainRenderer{})
		if err != nil {
			t.Fatalf("%s: %v", p.Path, err)
		}
		if all[p.Path] != nil {
			t.Errorf("two pages are at %s", p.Path)
		}
		all[p.Path] = v
	}
	return all
}

// at finds a value by a path like "Vendor.AI.Exceptions.0"; "#" is the length of a list. What is not there is "-".
func at(v reflect.Value, path string) string {
	for name := range strings.SplitSeq(path, ".") {
		for v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		switch {
		case !v.IsValid():
			return "-"
		case name == "#":
			return strconv.Itoa(v.Len())
		case v.Kind() == reflect.Slice:
			i, err := strconv.Atoi(name)
			if err != nil || i >= v.Len() {
				return "-"
			}
			v = v.Index(i)
		case v.Kind() == reflect.Struct:
			f, ok := v.Type().FieldByName(name)
			if !ok {
				return "no field " + name + " in " + v.Type().String()
			}
			v = v.FieldByIndex(f.Index)
		default:
			return "no " + name + " in " + v.Type().String()
		}
	}
	for v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return "-"
		}
		v = v.Elem()
	}
	return fmt.Sprint(v.Interface())
}

// TestPages reads testdata/*.txtar. Each archive is a small site; its comment begins with "on DATE" and may go on with "base URL" and
// "no diagrams". In the file "want" a line in brackets names a page and "PATH = VALUE" a value of its view; "none" says that there is no
// such page, and "~" in the place of "=" that the value holds a text.
func TestPages(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) < 8 {
		t.Fatal(archives, err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files := fstest.MapFS{}
			for _, f := range archive.Files {
				files[f.Name] = &fstest.MapFile{Data: f.Data}
			}
			var on model.Day
			var o page.Options
			for line := range strings.Lines(string(archive.Comment)) {
				switch key, value, _ := strings.Cut(strings.TrimSpace(line), " "); key {
				case "on":
					on = day(t, value)
				case "base":
					o.BaseURL = value
				case "no":
					o.NoDiagrams = true
				}
			}
			compare(t, views(t, siteOf(t, files), on, o), string(files["want"].Data))
		})
	}
}

func compare(t *testing.T, got map[string]any, want string) {
	t.Helper()
	checked := 0
	var view any
	var path string
	for line := range strings.Lines(want) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case strings.HasPrefix(line, "["):
			path = strings.Trim(line, "[]")
			view = got[path]
		case line == "none":
			checked++
			if view != nil {
				t.Errorf("there is a page at %s", path)
			}
		case view == nil:
			t.Fatalf("there is no page at %s", path)
		default:
			checked++
			key, value, holds := strings.Cut(line, " ~ ")
			if !holds {
				key, value, _ = strings.Cut(line+" ", " = ")
				value = strings.TrimSuffix(value, " ")
			}
			is := at(reflect.ValueOf(view), key)
			if !holds && is != value || holds && !strings.Contains(is, value) {
				t.Errorf("%s: %s\n got %s\nwant %s", path, key, is, value)
			}
		}
	}
	if checked == 0 {
		t.Error("the archive expects nothing")
	}
}

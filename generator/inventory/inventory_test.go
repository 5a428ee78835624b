package inventory

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"candor/generator/catalog"
	"candor/generator/diag"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/scan"
	"candor/generator/source"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

var update = flag.Bool("update", false, "write what is told into the archives")

// TestCompare holds small sites with their code against what is told of them. Files in content/ are the site, all others code.
func TestCompare(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			report, found, want := compared(t, archive)
			var b bytes.Buffer
			if err := WriteText(&b, report, View{All: strings.Contains(string(archive.Comment), "--all")}); err != nil {
				t.Fatal(err)
			}
			if report.Fails(false) {
				b.WriteString("fails\n")
			} else if report.Fails(true) {
				b.WriteString("fails when strict\n")
			}
			validate(t, report, found)
			if got := b.String(); got != want {
				if !*update {
					t.Errorf("got\n%s\nwant\n%s", got, want)
					return
				}
				archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
				archive.Files = append(archive.Files, txtar.File{Name: "want", Data: b.Bytes()})
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// compared compares the site and the code of an archive.
func compared(t *testing.T, archive *txtar.Archive) (*Report, scan.Found, string) {
	t.Helper()
	files, code, want := fstest.MapFS{}, fstest.MapFS{}, ""
	for _, f := range archive.Files {
		switch {
		case f.Name == "want":
			want = string(f.Data)
		case strings.HasPrefix(f.Name, "content/"):
			files[f.Name] = &fstest.MapFile{Data: f.Data}
		default:
			code[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	found, err := scan.Trees(t.Context(), []scan.Tree{{Name: ".", Files: code}}, catalog.Load)
	if err != nil {
		t.Fatal(err)
	}
	day, err := model.ParseDay("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	in := Input{Catalog: catalog.Load(), On: day, Signs: found.Signs}
	if len(files) > 0 {
		tree, err := source.Read(files, parse.Folder)
		if err != nil {
			t.Fatal(err)
		}
		in.Site = link.Draft(parse.Tree(tree, &diag.List{}), &diag.List{})
		for _, f := range in.Site.Flows {
			for _, s := range f.Sources() {
				in.Sources = append(in.Sources, Source{f, s.Folder, s.Named})
			}
		}
	}
	return Compare(in), found, want
}

// validate holds the JSON of a report against its schema.
func validate(t *testing.T, r *Report, found scan.Found) {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("scan.json", doc); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("scan.json")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := WriteJSON(&b, r, found, View{}); err != nil {
		t.Fatal(err)
	}
	var value any
	if err := json.Unmarshal(b.Bytes(), &value); err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(value); err != nil {
		t.Errorf("%v\n%s", err, b.Bytes())
	}
}

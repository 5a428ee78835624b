package link_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"candor/generator/diag"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what came out into the archives")

// site reads, parses and links files, and gives the findings as a person sees them.
func site(t testing.TB, files []txtar.File) (*model.Site, string) {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, f := range files {
		if strings.HasPrefix(f.Name, "content/") {
			data := strings.ReplaceAll(string(f.Data), "<TAB>", "\t")
			fsys[f.Name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(data, "<CR>", "\r")), Mode: 0o644}
		}
	}
	tree, err := source.Read(fsys, "content")
	if err != nil {
		t.Fatal(err)
	}
	diags := &diag.List{}
	linked := link.Draft(parse.Tree(tree, diags), diags)
	var out bytes.Buffer
	if err := diag.WriteText(&out, diags.Findings(), diag.Style{}); err != nil {
		t.Fatal(err)
	}
	return linked, out.String()
}

// TestArchives runs testdata: content as it is written, and in the file "want" every finding that reading and linking it gives.
func TestArchives(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) < 10 {
		t.Fatalf("%d archives found: %v", len(names), err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			_, got := site(t, archive.Files)
			for i, f := range archive.Files {
				if f.Name != "want" {
					continue
				}
				if string(f.Data) == got {
					return
				}
				if *update {
					archive.Files[i].Data = []byte(got)
					if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
						t.Fatal(err)
					}
					return
				}
				t.Fatalf("got:\n%s\nwant:\n%s", got, f.Data)
			}
			t.Fatal(`the archive has no file "want"`)
		})
	}
}

// TestEveryReferenceIsKnown finds each type of the model that is a text with what it leads to among those that are walked: otherwise renaming a record would
// miss its mentions there.
func TestEveryReferenceIsKnown(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var visit func(reflect.Type)
	visit = func(v reflect.Type) {
		if seen[v] {
			return
		}
		seen[v] = true
		switch v.Kind() {
		case reflect.Pointer, reflect.Slice:
			visit(v.Elem())
		case reflect.Struct:
			if f, ok := v.FieldByName("Text"); ok && f.Anonymous && f.Type == reflect.TypeFor[model.Text]() {
				if !link.IsWalked(v) {
					t.Errorf("%s is not walked", v)
				}
				return
			}
			for i := range v.NumField() {
				visit(v.Field(i).Type)
			}
		}
	}
	visit(reflect.TypeFor[model.Records]())
	if len(seen) < 50 {
		t.Fatalf("only %d types seen", len(seen))
	}
}

// TestMentions tells of each mention which record it is of, under an alias too, and where the name stands in the text.
func TestMentions(t *testing.T) {
	linked, _ := site(t, []txtar.File{
		{Name: "content/site.yaml", Data: []byte("owners: {lead: {title: L}}\nboundaries: {production: {title: P}}\nrequired: {policies: [access, gone]}\n")},
		{Name: "content/policies/access.md", Data: []byte("---\ntitle: A\nowner: lead\naliases: [entry]\n---\n")},
		{Name: "content/subprocessors/aws.yaml", Data: []byte("name: AWS\n")},
		{Name: "content/models.yaml", Data: []byte("models: {m: {provider: aws}}\ntuned: {t: {base: m}, u: {base: somebody-else}}\n")},
		{Name: "content/answers/a.yaml", Data: []byte("- id: x\n  evidence: [policy:entry, answer:x]\n")},
		{Name: "content/flows/f.yaml", Data: []byte("steps:\n  - {id: a, in: production, model: t, prompt_log: {store: a}}\n  - {id: b, in: aws, prompt_log: {store: aws}}\n  - {id: c, in: customer}\n")},
	})
	var got []string
	for _, m := range link.Mentions(linked) {
		got = append(got, m.Value+" is "+m.To.Key().String()+" by "+m.ID())
	}
	want := []string{"access is policy:access by access", "aws is subprocessor:aws by aws", "m is model:m by m", "lead is owner:lead by lead", "production is boundary:production by production",
		"t is model:t by t", "aws is subprocessor:aws by aws", "aws is subprocessor:aws by aws", "policy:entry is policy:access by entry", "answer:x is answer:x by x"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

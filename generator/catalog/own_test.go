package catalog

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"candor/generator/diag"
	"candor/generator/parse"
	"candor/generator/source"

	"golang.org/x/tools/txtar"
)

// treeOf reads the files of an archive as a site folder.
func treeOf(t *testing.T, files []txtar.File) *source.Tree {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, f := range files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	tree, err := source.Read(fsys, parse.Folder)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// TestOwn reads what sites say of vendors: the archives hold the files, what is asked, and what comes of it with all findings.
func TestOwn(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/own.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var files []txtar.File
	want := ""
	for _, f := range archive.Files {
		if f.Name == "want" {
			want = string(f.Data)
			continue
		}
		files = append(files, f)
	}
	diags := &diag.List{}
	tree := treeOf(t, files)
	own := Own(tree, diags)
	var got strings.Builder
	for _, v := range own {
		fmt.Fprintf(&got, "%s from %s\n", v.ID, v.File.Path)
	}
	for _, f := range diags.Findings() {
		fmt.Fprintf(&got, "%s: %s (%s)\n", diag.Place(f.At), f.Message, f.Hint)
		for _, r := range f.Related {
			fmt.Fprintf(&got, "  %s: %s\n", diag.Place(r.At), r.Text)
		}
	}
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

// TestWith corrects a vendor of the program's key by key, adds one, and leaves the catalog itself as it was.
func TestWith(t *testing.T) {
	diags := &diag.List{}
	c := Of(treeOf(t, txtar.Parse([]byte(`
-- content/vendors/openai.yaml --
legal_entity: OpenAI Ireland Ltd
signatures: {npm: [openai-of-ours], cargo: []}
ai: {zero_retention_available: unknown, source: "https://intranet.example/openai"}
-- content/vendors/quillgate.yaml --
name: Quillgate
website: https://quillgate.example
category: llm-api
compatible: [openai]
signatures: {env: [QUILLGATE_KEY], hosts: ["*.quillgate.example"], npm: [openai]}
`)).Files), diags)
	for _, f := range diags.Findings() {
		t.Errorf("%s: %s", diag.Place(f.At), f.Message)
	}
	openai := c.Find("openai")
	for _, q := range []struct{ what, got, want string }{
		{"corrected", openai.LegalEntity.Value, "OpenAI Ireland Ltd"},
		{"left as it was", openai.Website.Value, "https://openai.com"},
		{"of terms, one corrected", openai.AI.ZeroRetention.Value, "unknown"},
		{"of terms, one left", openai.AI.Trains.Value, "no"},
		{"a list replaced", fmt.Sprint(openai.Signatures.NPM), "[openai-of-ours]"},
		{"a list emptied", fmt.Sprint(openai.Signatures.Cargo), "[]"},
		{"a list left", fmt.Sprint(openai.Signatures.Gem), "[openai ruby-openai]"},
		{"known by its new name", openai.Known.Legal, "OpenAI Ireland Ltd"},
		{"a package that changed hands", owner(c.Package(NPM, "openai")), "quillgate"},
		{"a package that was added", owner(c.Package(NPM, "openai-of-ours")), "openai"},
		{"a crate that was taken away", owner(c.Package(Cargo, "async-openai")), ""},
		{"a host", owner(c.Host("api.quillgate.example", "")), "quillgate"},
		{"a variable", owner(c.Variable("QUILLGATE_KEY")), "quillgate"},
		{"refers to the corrected one", fmt.Sprint(c.Find("quillgate").Known.Compatible[0] == openai.Known), "true"},
		{"others refer to it too", fmt.Sprint(c.Find("azure-openai").Known != Load().Find("azure-openai").Known), "true"},
		{"the program's own", Load().Find("openai").LegalEntity.Value, "OpenAI OpCo, LLC"},
		{"its terms", Load().Find("openai").AI.ZeroRetention.Value, "yes"},
		{"its packages", owner(Load().Package(NPM, "openai")), "openai"},
		{"its number", fmt.Sprint(len(c.Vendors) - len(Load().Vendors)), "1"},
	} {
		if q.got != q.want {
			t.Errorf("%s: %q, want %q", q.what, q.got, q.want)
		}
	}
	if Load().With(nil) != Load() {
		t.Error("without vendors of one's own, it is another catalog")
	}
}

func owner(m Match, ok bool) string {
	if !ok {
		return ""
	}
	return m.Vendor.ID.Value
}

// FuzzOwn reads whatever somebody writes of a vendor: what can be used has what a vendor needs, answers for its own signatures unless something was found, and the
// program's own vendors stay.
func FuzzOwn(f *testing.F) {
	f.Add("name: Quillgate\nwebsite: https://quillgate.example\ncategory: llm-api\nsignatures: {hosts: ['*.x.example'], env: [Q_KEY]}\n")
	f.Add("id: openai\nsignatures: {npm: [], pypi: [a]}\nai: {source: x}\nparent: openai\n")
	f.Add("signatures: {hosts: ['*'], go: ['*/*']}\n")
	f.Fuzz(func(t *testing.T, text string) {
		diags := &diag.List{}
		own := Own(treeOf(t, []txtar.File{{Name: "content/vendors/openai.yaml", Data: []byte(text)}, {Name: "content/vendors/other.yaml", Data: []byte(text)}}), diags)
		c := Load().With(own)
		for _, v := range own {
			in := c.Find(v.ID.Value)
			if in == nil || len(lacking(in)) > 0 || in.Known == nil || in.File == nil {
				t.Fatalf("%q cannot be used", v.ID)
			}
			for _, name := range v.Signatures.Env {
				if m, ok := c.Variable(name.Value); len(diags.Findings()) == 0 && (!ok || m.Vendor != in) {
					t.Fatalf("%q is not a sign of %q", name, v.ID)
				}
			}
			in.Facts(c)
		}
		if len(c.Vendors) < len(Load().Vendors) || Load().Find("openai").Name.Value != "OpenAI" {
			t.Fatal("the program's own vendors are others now")
		}
	})
}

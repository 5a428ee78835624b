package link_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
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

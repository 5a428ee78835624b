package scan

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"candor/generator/catalog"
	"candor/generator/diag"
	"candor/generator/model"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what is found into the archives")

// TestTrees holds small trees of code, each with what a person says is to be seen in it, against what is found. The second line of an
// archive's comment names the folders.
func TestTrees(t *testing.T) {
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
			_, folders, ok := strings.Cut(string(archive.Comment), "folders: ")
			if !ok {
				t.Fatal("no line names the folders")
			}
			fsys, want := fstest.MapFS{}, ""
			for _, f := range archive.Files {
				if f.Name == "want" {
					want = string(f.Data)
					continue
				}
				fsys[f.Name] = &fstest.MapFile{Data: f.Data}
			}
			got := describe(Folders(fsys, strings.Fields(folders), catalog.Load))
			if got == want {
				return
			}
			if !*update {
				t.Errorf("found\n%s\nwant\n%s\n%s", got, want, difference(got, want))
				return
			}
			archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
			archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got)})
			if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// describe writes what was found, a sign a line. Folders are named where there are several.
func describe(found Found) string {
	var b bytes.Buffer
	strength := map[model.SignStrength]string{model.SignPossible: "possible", model.SignWeak: "weak", model.SignStrong: "strong"}
	for _, s := range found.Signs {
		fmt.Fprintf(&b, "%s: %s %s, %s", diag.Place(s.At), strength[s.Strength], s.Vendor.ID, s.Seen)
		if len(s.Folders) > 1 || s.Shared {
			fmt.Fprintf(&b, ", of %s", strings.Join(s.Folders, " "))
		}
		if s.Shared {
			b.WriteString(" from above")
		}
		b.WriteString("\n")
	}
	if found.Missing != nil {
		fmt.Fprintf(&b, "missing %s\n", strings.Join(found.Missing, " "))
	}
	return b.String()
}

// difference gives the lines that only one of two texts has.
func difference(got, want string) string {
	var b strings.Builder
	has := func(text, line string) bool { return strings.Contains("\n"+text, "\n"+line) }
	for line := range strings.Lines(got) {
		if !has(want, line) {
			b.WriteString("+ " + line)
		}
	}
	for line := range strings.Lines(want) {
		if !has(got, line) {
			b.WriteString("- " + line)
		}
	}
	return b.String()
}

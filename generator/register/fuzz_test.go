package register

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// FuzzRead reads anything as a list: nothing panics, each new vendor has an id and a file of its own, and that file is a sub-processor that is read without an error.
func FuzzRead(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if strings.HasSuffix(file.Name, ".csv") {
				f.Add(file.Data)
			}
		}
	}
	f.Add([]byte("\xff\xfen\x00a\x00m\x00e\x00\n\x00x\x00"))
	f.Add([]byte("id,name,locations,status,category\na,A,\"[{\"\"country\"\": \"\"US\"\"}]\",active,other\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 20_000 {
			t.Skip()
		}
		table, err := Read("list.csv", data, Choice{})
		if err != nil {
			return
		}
		o := orderOf(t, siteOf(t, nil))
		o.All = true
		paths := map[string]bool{}
		for _, e := range table.Plan(o).Entries {
			if e.Fate != New {
				continue
			}
			if paths[e.Path] || e.Path == "" || strings.Contains(e.ID, "/") {
				t.Errorf("%q has the path %q", e.Name, e.Path)
			}
			paths[e.Path] = true
			for _, problem := range unreadable(e.Path, e.Data) {
				if !table.own && !isValue(problem.Message) {
					t.Errorf("%s: %s\n%s", e.Path, problem.Message, e.Data)
				}
			}
		}
	})
}

// isValue tells what is wrong with a value that the list has, and is for its author to mend, from a file that is broken.
func isValue(message string) bool { return strings.Contains(message, "longer than") }

// FuzzHeader reads anything as a header.
func FuzzHeader(f *testing.F) {
	data, err := os.ReadFile("testdata/headers.txt")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		header, _, _ := strings.Cut(line, " = ")
		f.Add(header)
	}
	f.Fuzz(func(t *testing.T, header string) {
		for _, m := range meanings(header) {
			if m.sure < 2 || m.field == "" {
				t.Errorf("%q means %q, %d", header, m.field, m.sure)
			}
		}
	})
}

// Package trial is a site folder in memory, for tests of what changes files.
package trial

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"candor/generator/amend"
	"candor/generator/check"
	"candor/generator/diag"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"
)

// Folder gives the site folder that holds files, which are changed in place, and is checked as of the day on (YYYY-MM-DD).
func Folder(t testing.TB, files fstest.MapFS, on string) amend.Folder {
	t.Helper()
	day, err := model.ParseDay(on)
	if err != nil {
		t.Fatal(err)
	}
	return amend.Folder{
		Files: files,
		Check: func(fsys fs.FS) (amend.Content, error) {
			tree, err := source.Read(fsys, parse.Folder)
			if err != nil {
				return amend.Content{}, err
			}
			diags := &diag.List{}
			site := link.Draft(parse.Tree(tree, diags), diags)
			check.Site(site, day, diags)
			return amend.Content{Site: site, Findings: diags.Findings()}, nil
		},
		Write: func(path string, data []byte) error {
			files[path] = &fstest.MapFile{Data: data}
			return nil
		},
		Move: func(from, to string) error {
			files[to] = files[from]
			delete(files, from)
			return nil
		},
	}
}

package disclosure_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"candor/content"
	"candor/generator/diag"
	"candor/generator/disclosure"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"
)

func day(t *testing.T, s string) model.Day {
	t.Helper()
	d, err := model.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// starter links the starter anew, so that a test may change it.
func starter(t *testing.T) *model.Site {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(content.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(content.Files, name)
		files["content/"+name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	tree, err := source.Read(files, parse.Folder)
	if err != nil {
		t.Fatal(err)
	}
	return link.Draft(parse.Tree(tree, &diag.List{}), &diag.List{})
}

// told gives what the starter tells on a day.
func told(t *testing.T, on string, o disclosure.Options, edits ...func(*model.Site)) *disclosure.Document {
	t.Helper()
	site := starter(t)
	for _, edit := range edits {
		edit(site)
	}
	return disclosure.Of(site, day(t, on), o)
}

// disclosureOf gives what the starter tells on a day, as it is read back, with edits.
func disclosureOf(t *testing.T, on string, edits ...func(*disclosure.Document)) *disclosure.Document {
	t.Helper()
	return back(t, told(t, on, disclosure.Options{Version: "1.2", ContentHash: "abc"}), edits...)
}

// back writes a document and reads it again.
func back(t *testing.T, d *disclosure.Document, edits ...func(*disclosure.Document)) *disclosure.Document {
	t.Helper()
	data, err := d.JSON()
	if err != nil {
		t.Fatal(err)
	}
	again, err := disclosure.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, edit := range edits {
		edit(again)
	}
	return again
}

// small gives a site with one record of each kind that entries tell of.
func small() *model.Site {
	p, v, c := &model.Policy{}, &model.Subprocessor{}, &model.Certification{}
	p.ID.Value, v.ID.Value, c.ID.Value = "encryption", "openai", "soc2"
	site := &model.Site{Records: model.Records{Config: &model.Config{}, Policies: []*model.Policy{p}, Subprocessors: []*model.Subprocessor{v}, Certifications: []*model.Certification{c}}}
	site.Index = map[model.Key]model.Record{p.Key(): p, v.Key(): v, c.Key(): c}
	return site
}

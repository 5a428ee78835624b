package generator_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"candor/content"
	"candor/generator"
	"candor/generator/disclosure"
	"candor/generator/model"
	"candor/generator/output"
	"candor/themes"
)

// builtOn builds the starter with edits on a day, without diagrams.
func builtOn(t *testing.T, on string, since *disclosure.Document, edits map[string][2]string) (*output.Memory, generator.Report, error) {
	t.Helper()
	day, err := model.ParseDay(on)
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for name, data := range starterFiles(t) {
		if edit, ok := edits[name]; ok {
			if !bytes.Contains(data, []byte(edit[0])) {
				t.Fatalf("%s does not hold %q", name, edit[0])
			}
			data = bytes.Replace(data, []byte(edit[0]), []byte(edit[1]), 1)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	m := &output.Memory{}
	report, err := generator.Build(context.Background(), generator.Input{Files: files, On: day, Themes: themes.BuiltIn(), Version: "1", Since: since}, m)
	return m, report, err
}

func mustBuild(t *testing.T, on string, since *disclosure.Document, edits map[string][2]string) *output.Memory {
	t.Helper()
	m, report, err := builtOn(t, on, since, edits)
	if err != nil || report.Failed {
		t.Fatalf("%v %v", err, report.Findings)
	}
	return m
}

func trustOf(t *testing.T, m *output.Memory) *disclosure.Document {
	t.Helper()
	data, ok := m.Read(disclosure.Name)
	if !ok {
		t.Fatal("there is no trust.json")
	}
	d, err := disclosure.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// differing gives the paths of the files that two sites do not share.
func differing(a, b *output.Memory) []string {
	var list []string
	for _, f := range a.Set().Files() {
		one, _ := a.Read(f.Path)
		if other, ok := b.Read(f.Path); !ok || !bytes.Equal(one, other) {
			list = append(list, f.Path)
		}
	}
	for _, f := range b.Set().Files() {
		if _, ok := a.Read(f.Path); !ok {
			list = append(list, f.Path)
		}
	}
	return list
}

// TestADayLater builds the same content a day later: nothing is another file but the front page, which says the day, and trust.json, which does too; so that whoever
// uploads or compares sees what changed.
func TestADayLater(t *testing.T) {
	first := mustBuild(t, content.Day, nil, nil)
	if got := differing(first, mustBuild(t, content.Day, nil, nil)); len(got) > 0 {
		t.Errorf("the same build gives other bytes in %s", got)
	}
	for _, since := range []*disclosure.Document{nil, trustOf(t, first)} {
		if got := differing(first, mustBuild(t, "2026-11-24", since, nil)); !slices.Equal(got, []string{"index.html", "print/index.html", "trust.json"}) {
			t.Errorf("a day later, these are other files: %s", got)
		}
	}
}

// TestSinceIsToldEverywhere tells a change on the page of updates, in both feeds and in trust.json, and nowhere else.
func TestSinceIsToldEverywhere(t *testing.T) {
	edits := map[string][2]string{"content/subprocessors/workos.yaml": {"legal_entity: WorkOS, Inc.", "legal_entity: WorkOS Holdings, Inc."}}
	first := mustBuild(t, content.Day, nil, nil)
	plain, told := mustBuild(t, content.Day, nil, edits), mustBuild(t, content.Day, trustOf(t, first), edits)
	if got := differing(plain, told); !slices.Equal(got, []string{"feed.atom", "feed.json", "index.html", "print/index.html", "sitemap.xml", "trust.json", "updates/index.html"}) {
		t.Errorf("the change is told in %s", got)
	}
	for _, path := range []string{"feed.atom", "feed.json", "trust.json", "updates/index.html"} {
		if data, _ := told.Read(path); !strings.Contains(string(data), "2026-11-23-workos-changed") {
			t.Errorf("%s does not tell the change", path)
		}
	}
}

// TestForeign refuses the trust.json of another site, and takes that of a site built for another address.
func TestForeign(t *testing.T) {
	here := trustOf(t, mustBuild(t, content.Day, nil, nil))
	for name, edit := range map[string]func(d *disclosure.Document){
		"company":  func(d *disclosure.Document) { d.Site.Company = "Northwind" },
		"base_url": func(d *disclosure.Document) { d.Site.BaseURL = "https://trust.northwind.example" },
	} {
		other := *here
		edit(&other)
		m, _, err := builtOn(t, content.Day, &other, nil)
		foreign, ok := errors.AsType[*generator.Foreign](err)
		if !ok || foreign.Key != name || !strings.Contains(err.Error(), foreign.Here) || !strings.Contains(err.Error(), foreign.Said) {
			t.Errorf("%s: got %v", name, err)
		}
		if len(m.Set().Files()) > 0 {
			t.Errorf("%s: a site was made all the same", name)
		}
	}
}

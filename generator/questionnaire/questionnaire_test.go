package questionnaire_test

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

	"candor/generator/check"
	"candor/generator/diag"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/questionnaire"
	"candor/generator/sheet"
	"candor/generator/source"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what came out into the archives")

// stock reads, links and checks a site, and makes its library of answers.
func stock(t testing.TB, files fstest.MapFS, on model.Day) *questionnaire.Library {
	t.Helper()
	tree, err := source.Read(files, parse.Folder)
	if err != nil {
		t.Fatal(err)
	}
	diags := &diag.List{}
	site := link.Draft(parse.Tree(tree, diags), diags)
	for _, f := range diags.Findings() {
		t.Errorf("%s: %s [%s]", diag.Place(f.At), f.Message, f.Rule)
	}
	exceptions := check.Site(site, on, diags)
	return questionnaire.Stock(questionnaire.Source{Site: site, On: on, Findings: diags.Findings(), Excepted: exceptions})
}

// A case is an archive: a small site, the first line of whose comment ends in the day; a questionnaire; and what came of it.
type archive struct {
	name, sheetName string
	*txtar.Archive
	site    fstest.MapFS
	sheet   []byte
	on      model.Day
	outputs map[string]string
}

func readArchive(t *testing.T, name string) *archive {
	t.Helper()
	file, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	a := &archive{name: name, Archive: file, site: fstest.MapFS{}, outputs: map[string]string{}}
	first, _, _ := strings.Cut(string(file.Comment), "\n")
	if a.on, err = model.ParseDay(first[strings.LastIndexByte(first, ' ')+1:]); err != nil {
		t.Fatal(err)
	}
	for _, f := range file.Files {
		switch {
		case strings.HasPrefix(f.Name, "content/"):
			a.site[f.Name] = &fstest.MapFile{Data: f.Data}
		case strings.HasPrefix(f.Name, "want"):
			a.outputs[f.Name] = string(f.Data)
		default:
			a.sheetName, a.sheet = f.Name, f.Data
		}
	}
	return a
}

// compare holds what came out against the archive, or writes it there.
func (a *archive) compare(t *testing.T, names []string, got map[string]string) {
	t.Helper()
	if *update {
		a.Files = slices.DeleteFunc(a.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, "want") })
		for _, n := range names {
			a.Files = append(a.Files, txtar.File{Name: n, Data: []byte(got[n])})
		}
		if err := os.WriteFile(a.name, txtar.Format(a.Archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, n := range names {
		if got[n] != a.outputs[n] {
			t.Errorf("%s: got\n%s\nwant\n%s", n, got[n], a.outputs[n])
		}
	}
}

// text makes what came out fit for an archive.
func text(b []byte) string {
	s := strings.ReplaceAll(strings.TrimPrefix(string(b), "\ufeff"), "\r\n", "\n")
	if s != "" && !strings.HasSuffix(s, "\n") {
		s += "\n"
	}
	return s
}

func TestFills(t *testing.T) {
	archives, err := filepath.Glob("testdata/fill/*.txtar")
	if err != nil || len(archives) < 4 {
		t.Fatal(archives, err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a := readArchive(t, name)
			library := stock(t, a.site, a.on)
			book, err := sheet.Open(a.sheetName, a.sheet)
			if err != nil {
				t.Fatal(err)
			}
			survey, err := book.Survey(sheet.Choice{})
			if err != nil {
				t.Fatal(err)
			}
			plan := library.Plan(survey, questionnaire.Options{Name: a.sheetName})
			plan.Write(book)
			var found, report bytes.Buffer
			for _, table := range survey.Tables {
				fmt.Fprintln(&found, questionnaire.Describe(table))
			}
			if err := plan.WriteText(&report, diag.Style{}); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(&report, plan.Summary())
			filled, err := book.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			suggestions, err := plan.SuggestionsCSV()
			if err != nil {
				t.Fatal(err)
			}
			a.compare(t, []string{"want/found", "want/report", "want/filled", "want/suggestions"}, map[string]string{
				"want/found": found.String(), "want/report": report.String(), "want/filled": text(filled), "want/suggestions": text(suggestions),
			})
		})
	}
}

func TestLessons(t *testing.T) {
	archives, err := filepath.Glob("testdata/learn/*.txtar")
	if err != nil || len(archives) < 1 {
		t.Fatal(archives, err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a := readArchive(t, name)
			var marks [][]string
			if s := a.outputs["want-not/suggestions"]; s != "" {
				t.Fatal(s)
			}
			for i, f := range a.Files {
				if f.Name == "suggestions.csv" {
					book, err := sheet.Open(f.Name, f.Data)
					if err != nil {
						t.Fatal(err)
					}
					marks = book.Rows("")
					a.sheetName, a.sheet = a.Files[i-1].Name, a.Files[i-1].Data
				}
			}
			book, err := sheet.Open(a.sheetName, a.sheet)
			if err != nil {
				t.Fatal(err)
			}
			survey, err := book.Survey(sheet.Choice{})
			if err != nil {
				t.Fatal(err)
			}
			lessons, passed := stock(t, a.site, a.on).Lessons(survey, marks, questionnaire.Options{Name: a.sheetName})
			var got strings.Builder
			for _, l := range lessons {
				fmt.Fprintf(&got, "%s: %q is %s", l.From, l.Asked, l.Answer.ID.Value)
				if l.ID != "" {
					fmt.Fprintf(&got, ", %s %s", l.Framework, l.ID)
				}
				got.WriteByte('\n')
			}
			for _, p := range passed {
				fmt.Fprintf(&got, "%s: %q teaches nothing: %s\n", p.From, p.Question, p.Why)
			}
			a.compare(t, []string{"want"}, map[string]string{"want": got.String()})
		})
	}
}

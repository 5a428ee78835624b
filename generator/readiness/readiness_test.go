package readiness_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"candor/generator/check"
	"candor/generator/diag"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/readiness"
	"candor/generator/source"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write the tables into the archives")

// reportOf reads, links and checks a site, and judges it.
func reportOf(t testing.TB, files fstest.MapFS, on model.Day) readiness.Report {
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
	check.Site(site, on, diags)
	return readiness.Of(site, diags.Findings(), on)
}

// TestPlans reads testdata/*.txtar: small sites, the first line of whose comment ends in the day, and the table that comes of each.
func TestPlans(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) < 4 {
		t.Fatal(archives, err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			first, _, _ := strings.Cut(string(archive.Comment), "\n")
			on, err := model.ParseDay(first[strings.LastIndexByte(first, ' ')+1:])
			if err != nil {
				t.Fatal(err)
			}
			files, want := fstest.MapFS{}, ""
			kept := archive.Files[:0:0]
			for _, f := range archive.Files {
				if f.Name == "want" {
					want = string(f.Data)
					continue
				}
				files[f.Name] = &fstest.MapFile{Data: f.Data}
				kept = append(kept, f)
			}
			var got bytes.Buffer
			if err := readiness.WriteText(&got, reportOf(t, files, on), diag.Style{}); err != nil {
				t.Fatal(err)
			}
			if *update {
				archive.Files = append(kept, txtar.File{Name: "want", Data: got.Bytes()})
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got.String() != want {
				t.Errorf("got\n%s\nwant\n%s", got.String(), want)
			}
			for line := range strings.Lines(got.String()) {
				if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > 100 {
					t.Errorf("%d characters: %s", n, line)
				}
			}
		})
	}
}

// TestItems holds every item to its texts, and every rule that it names to being one.
func TestItems(t *testing.T) {
	id := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	seen := map[string]bool{}
	for _, one := range readiness.Items() {
		if !id.MatchString(one.ID) || seen[one.ID] {
			t.Errorf("%q is no id, or is there twice", one.ID)
		}
		seen[one.ID] = true
		if n := utf8.RuneCountInString(one.Title); n == 0 || n > 33 || one.Phase < 1 || one.Phase > len(readiness.Phases) || one.Proof == "" || one.Source == "" {
			t.Errorf("%s is not whole, or its title has %d characters", one.ID, n)
		}
		for _, rule := range one.Rules {
			if _, known := check.Find(rule); !known {
				t.Errorf("%s names %q, which is no rule", one.ID, rule)
			}
		}
	}
}

// TestWriters holds the other forms to the table: the same items in the same states.
func TestWriters(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/begun.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range archive.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	on, _ := model.ParseDay("2026-11-23")
	report := reportOf(t, files, on)
	var text, plain, data, md bytes.Buffer
	for _, err := range []error{readiness.WriteText(&text, report, diag.Style{Color: true}), readiness.WriteText(&plain, report, diag.Style{}),
		readiness.WriteJSON(&data, report), readiness.WriteMarkdown(&md, report)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if bare := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(text.String(), ""); bare != plain.String() || text.String() == plain.String() {
		t.Error("colour changes more than colour, or nothing")
	}
	var out struct {
		On                       string
		Proven, Claimed, Missing int
		Items                    []struct {
			ID, State, Next string
			Places          []struct {
				Path string
				Line int
			}
		}
	}
	if err := json.Unmarshal(data.Bytes(), &out); err != nil {
		t.Fatal(err)
	}
	if out.On != "2026-11-23" || len(out.Items) != len(readiness.Items()) || out.Proven+out.Claimed+out.Missing != len(out.Items) || out.Claimed == 0 || out.Missing == 0 {
		t.Errorf("JSON of %s has %d items: %d, %d, %d", out.On, len(out.Items), out.Proven, out.Claimed, out.Missing)
	}
	for _, item := range out.Items {
		if item.State != "proven" && item.Next == "" {
			t.Errorf("%s is %s, and nothing says what to do", item.ID, item.State)
		}
		if item.State != "missing" && (len(item.Places) == 0 || item.Places[0].Line == 0 || !strings.HasPrefix(item.Places[0].Path, "content/")) {
			t.Errorf("%s is %s, and nothing says where: %v", item.ID, item.State, item.Places)
		}
	}
	if n := strings.Count(md.String(), "\n| "); n != len(out.Items)+len(readiness.Phases) {
		t.Errorf("the tables in Markdown have %d rows:\n%s", n, md.String())
	}
}

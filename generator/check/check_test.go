package check

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"candor/generator/catalog"
	"candor/generator/diag"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/scan"
	"candor/generator/source"
	"candor/generator/theme"
	"candor/themes"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what is found into the archives")

// A scenario is one archive, laid over the base site.
type scenario struct {
	path    string
	archive *txtar.Archive
	on      model.Day
	files   map[string][]byte // of the site folder
	outputs []txtar.File      // to be scanned for leaks, in the order of the archive
	want    string
}

// readScenario reads an archive. The first line of its comment ends in the day. Its files replace those of the base; an empty one takes a
// file away; "edit NAME" holds lines that begin with "- " and are in the file, each followed by the lines "+ " that replace it; "public/..." is
// scanned for leaks; what lies elsewhere outside content/ is source code, or in themes/ a theme.
func readScenario(t *testing.T, path string) scenario {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s := scenario{path: path, archive: archive, files: map[string][]byte{}}
	first, _, _ := strings.Cut(string(archive.Comment), "\n")
	words := strings.Fields(strings.TrimRight(first, "."))
	if s.on, err = model.ParseDay(words[len(words)-1]); err != nil {
		t.Fatalf("%s: the first line ends in no day: %v", path, err)
	}
	for _, f := range baseFiles(t) {
		s.files[f.Name] = f.Data
	}
	for _, f := range archive.Files {
		name, isEdit := strings.CutPrefix(f.Name, "edit ")
		switch {
		case f.Name == "want":
			s.want = string(f.Data)
		case strings.HasPrefix(f.Name, "public/"):
			s.outputs = append(s.outputs, f)
		case isEdit:
			s.files[name] = edit(t, path, string(s.files[name]), string(f.Data))
		case len(bytes.TrimSpace(f.Data)) == 0:
			delete(s.files, f.Name)
		default:
			s.files[f.Name] = f.Data
		}
	}
	return s
}

// baseFiles gives the files of the base site.
func baseFiles(t *testing.T) []txtar.File {
	t.Helper()
	base, err := txtar.ParseFile("testdata/base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	return base.Files
}

// edit replaces lines of a file.
func edit(t *testing.T, path, text, changes string) []byte {
	t.Helper()
	lines := strings.SplitAfter(changes, "\n")
	for i := 0; i < len(lines); i++ {
		old, ok := strings.CutPrefix(lines[i], "- ")
		if !ok {
			if strings.TrimSpace(lines[i]) != "" {
				t.Fatalf("%s: line %q of an edit begins neither with - nor with +", path, lines[i])
			}
			continue
		}
		replacement := ""
		for i+1 < len(lines) && strings.HasPrefix(lines[i+1], "+ ") {
			i++
			replacement += lines[i][2:]
		}
		if strings.Count("\n"+text, "\n"+old) != 1 {
			t.Fatalf("%s: the line %q is not there exactly once", path, old)
		}
		text = strings.TrimPrefix(strings.Replace("\n"+text, "\n"+old, "\n"+replacement, 1), "\n")
	}
	return []byte(text)
}

// run reads, links and checks the site, and scans the outputs.
func (s scenario) run(t *testing.T) []diag.Finding {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, data := range s.files {
		fsys[name] = &fstest.MapFile{Data: data}
	}
	tree, err := source.Read(fsys, parse.Folder)
	if err != nil {
		t.Fatal(err)
	}
	diags := &diag.List{}
	site := link.Draft(parse.Tree(tree, diags), diags)
	if filepath.Base(filepath.Dir(s.path)) != "POL03" {
		approve(site)
	}
	site.Signs = scan.Folders(fsys, site.SourceFolders(), func() *catalog.Catalog { return catalog.Of(tree, diags) }).Signs
	site.Look = LookOf(theme.ShelfOf(fsys, themes.BuiltIn()), site.Config.Theme.Value, site.Config.Brand.Accent.Value)
	Site(site, s.on, diags)
	leaks := Leaks(site)
	for _, f := range s.outputs {
		diags.Add(leaks.Scan(f.Name, f.Data)...)
	}
	return diags.Findings()
}

// approve takes the text of every policy that has no approval_hash for the approved one, so that an archive may write and edit texts without
// having to know their hashes. Those of POL03 have to.
func approve(site *model.Site) {
	for _, p := range site.Policies {
		if p.ApprovalHash.IsZero() {
			p.ApprovalHash = model.Text{Value: p.Body.Hash(), At: p.Place()}
		}
	}
}

// compare holds findings against the archive's "want", or writes them into it.
func (s scenario) compare(t *testing.T, findings []diag.Finding) {
	t.Helper()
	var got bytes.Buffer
	if err := diag.WriteText(&got, findings, diag.Style{}); err != nil {
		t.Fatal(err)
	}
	if got.String() == s.want {
		return
	}
	if !*update {
		t.Errorf("%s: findings\n%s\nwant\n%s", s.path, got.String(), s.want)
		return
	}
	files := s.archive.Files[:0:0]
	for _, f := range s.archive.Files {
		if f.Name != "want" {
			files = append(files, f)
		}
	}
	s.archive.Files = append(files, txtar.File{Name: "want", Data: got.Bytes()})
	if err := os.WriteFile(s.path, txtar.Format(s.archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestRules runs the archives of every rule: what fires it, and what looks alike and does not.
func TestRules(t *testing.T) {
	for _, r := range Rules() {
		t.Run(r.ID, func(t *testing.T) {
			t.Parallel()
			fires := readScenario(t, filepath.Join("testdata", r.ID, "fires.txtar"))
			findings := fires.run(t)
			fires.compare(t, findings)
			own := 0
			for _, f := range findings {
				if f.Rule == r.ID {
					own++
				}
			}
			if own == 0 {
				t.Errorf("%s does not fire the rule", fires.path)
			}
			quiet := readScenario(t, filepath.Join("testdata", r.ID, "quiet.txtar"))
			for _, f := range quiet.run(t) {
				t.Errorf("%s: %s:%d: %s [%s]", quiet.path, f.At.Position().Path, f.At.Position().Line, f.Message, f.Rule)
			}
		})
	}
}

// TestArchives makes sure that no archive lies beside a rule that is not there.
func TestArchives(t *testing.T) {
	folders, err := filepath.Glob("testdata/*/")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		if _, ok := Find(filepath.Base(f)); !ok {
			t.Errorf("%s belongs to no rule", f)
		}
	}
}

// TestBase makes sure that the base site is in order, so that an archive fires what it changes and nothing else.
func TestBase(t *testing.T) {
	s := scenario{files: map[string][]byte{}}
	for _, f := range baseFiles(t) {
		s.files[f.Name] = f.Data
	}
	s.on, _ = model.ParseDay("2026-11-23")
	for _, f := range s.run(t) {
		t.Errorf("%s:%d: %s [%s]", f.At.Position().Path, f.At.Position().Line, f.Message, f.Rule)
	}
}

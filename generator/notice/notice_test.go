package notice_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"candor/generator/diag"
	"candor/generator/disclosure"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/notice"
	"candor/generator/parse"
	"candor/generator/source"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what came out into the archives")

// on is the day on which every notice of the tests is sent, lastly is that of the publication before.
const on, lastly = "2026-11-26", "2026-10-01"

func day(t testing.TB, s string) model.Day {
	t.Helper()
	d, err := model.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// an archive holds the files of content before and after: those of base.txtar, with those under before/ and now/ in their place; an empty one is not there.
type archive struct {
	*txtar.Archive
	path string
}

func open(t testing.TB, name string) archive {
	t.Helper()
	path := filepath.Join("testdata", name)
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return archive{a, path}
}

// site gives the linked content of one side.
func (a archive) site(t testing.TB, side string) *model.Site {
	t.Helper()
	files := fstest.MapFS{}
	for _, f := range append(open(t, "base.txtar").Files, a.Files...) {
		name, ok := strings.CutPrefix(f.Name, side+"/")
		if !ok {
			if name, ok = strings.CutPrefix(f.Name, "both/"); !ok {
				continue
			}
		}
		if delete(files, parse.Folder+"/"+name); len(f.Data) > 0 {
			files[parse.Folder+"/"+name] = &fstest.MapFile{Data: f.Data}
		}
	}
	tree, err := source.Read(files, parse.Folder)
	if err != nil {
		t.Fatal(err)
	}
	diags := &diag.List{}
	linked := link.Draft(parse.Tree(tree, diags), diags)
	for _, f := range diags.Findings() {
		if strings.HasPrefix(f.Rule, "SCH") {
			t.Errorf("%s: %s: %s", a.path, diag.Place(f.At), f.Message)
		}
	}
	return linked
}

// notice makes the notice of an archive. Its comment may name options, "effective 2027-02-01" or "reworded stripe", in lines of their own.
func (a archive) notice(t testing.TB) *notice.Notice {
	t.Helper()
	o := notice.Options{On: day(t, on)}
	for line := range strings.Lines(string(a.Comment)) {
		if s, ok := strings.CutPrefix(line, "effective "); ok {
			o.Effective = day(t, strings.TrimSpace(s))
		}
		if s, ok := strings.CutPrefix(line, "reworded "); ok {
			o.Reworded = strings.Fields(s)
		}
	}
	before := disclosure.Of(a.site(t, "before"), day(t, lastly), disclosure.Options{})
	data, err := before.JSON() // as it was published
	if err != nil {
		t.Fatal(err)
	}
	if before, err = disclosure.Read(data); err != nil {
		t.Fatal(err)
	}
	return notice.Of(before, disclosure.Of(a.site(t, "now"), o.On, disclosure.Options{Since: before}), o)
}

// written gives what a test compares: the text, what the sender is warned of, and the drafts.
func written(n *notice.Notice) []txtar.File {
	if len(n.Changes) == 0 {
		return []txtar.File{{Name: "nothing", Data: []byte("customers need not hear of anything\n")}}
	}
	files := []txtar.File{{Name: "text", Data: []byte("Subject: " + n.Subject + "\n\n" + n.Text())}}
	var warnings strings.Builder
	for _, w := range n.Warnings {
		fmt.Fprintf(&warnings, "%s\n  hint: %s\n", w.Text, w.Hint)
	}
	if warnings.Len() > 0 {
		files = append(files, txtar.File{Name: "warnings", Data: []byte(warnings.String())})
	}
	for _, d := range n.Drafts() {
		files = append(files, txtar.File{Name: "draft " + d.Path, Data: d.Data})
	}
	return files
}

// archives gives the names of all archives but the base.
func archives(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) < 8 {
		t.Fatalf("%d archives, %v", len(paths), err)
	}
	var names []string
	for _, p := range paths {
		if name := filepath.Base(p); name != "base.txtar" {
			names = append(names, name)
		}
	}
	return names
}

// TestNotices holds each archive against what it says that customers are told.
func TestNotices(t *testing.T) {
	for _, name := range archives(t) {
		t.Run(strings.TrimSuffix(name, ".txtar"), func(t *testing.T) {
			a := open(t, name)
			got := written(a.notice(t))
			var input, want []txtar.File
			for _, f := range a.Files {
				if strings.HasPrefix(f.Name, "before/") || strings.HasPrefix(f.Name, "now/") || strings.HasPrefix(f.Name, "both/") {
					input = append(input, f)
				} else {
					want = append(want, f)
				}
			}
			if *update {
				if err := os.WriteFile(a.path, txtar.Format(&txtar.Archive{Comment: a.Comment, Files: append(input, got...)}), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if g, w := string(txtar.Format(&txtar.Archive{Files: got})), string(txtar.Format(&txtar.Archive{Files: want})); g != w {
				t.Errorf("got:\n%s\nwant:\n%s", g, w)
			}
		})
	}
}

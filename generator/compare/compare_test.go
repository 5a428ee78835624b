package compare

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"candor/generator/disclosure"
	"candor/generator/model"
	"candor/generator/output"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what came out into the archives")

// sideOf makes a side of the files of an archive below a folder.
func sideOf(t *testing.T, name string, files fstest.MapFS) Side {
	t.Helper()
	list, err := Folder(context.Background(), files)
	if err != nil {
		t.Fatal(err)
	}
	s := Side{Name: name, Files: list, Read: func(_ context.Context, path string) ([]byte, error) { return fs.ReadFile(files, path) }}
	if f, ok := files[disclosure.Name]; ok {
		if s.Document, err = disclosure.Read(f.Data); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	if len(list) == 1 && s.Document != nil {
		s.Files = nil
	}
	return s
}

// TestArchives holds the report of two small sites against what is written beside them. The comment of an archive says what it shows, its last word the day.
func TestArchives(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) < 5 {
		t.Fatalf("%d archives, %v", len(names), err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			words := strings.Fields(string(archive.Comment))
			on, err := model.ParseDay(words[len(words)-1])
			if err != nil {
				t.Fatal(err)
			}
			sides := map[string]fstest.MapFS{"old": {}, "new": {}}
			want := map[string]*txtar.File{}
			for i, f := range archive.Files {
				side, path, ok := strings.Cut(f.Name, "/")
				if ok {
					sides[side][path] = &fstest.MapFile{Data: f.Data}
					continue
				}
				want[f.Name] = &archive.Files[i]
			}
			r, err := Of(context.Background(), sideOf(t, "old", sides["old"]), sideOf(t, "new", sides["new"]), Options{On: on, Workers: 3})
			if err != nil {
				t.Fatal(err)
			}
			var text, markdown bytes.Buffer
			if err := r.WriteText(&text, Terminal); err != nil {
				t.Fatal(err)
			}
			if err := r.WriteMarkdown(&markdown, 0); err != nil {
				t.Fatal(err)
			}
			for file, got := range map[string]*bytes.Buffer{"report.txt": &text, "report.md": &markdown} {
				w := want[file]
				if w == nil {
					continue
				}
				if *update {
					w.Data = got.Bytes()
				} else if got.String() != string(w.Data) {
					t.Errorf("%s is\n%s\nwant\n%s", file, got, w.Data)
				}
			}
			if len(want) == 0 {
				t.Error("the archive has no report")
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func page(body string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("<!doctype html><title>T</title><main><h1>H</h1>" + body + "</main><footer>foot</footer>")}
}

func reportOf(t *testing.T, old, now fstest.MapFS) *Report {
	t.Helper()
	r, err := Of(context.Background(), sideOf(t, "old", old), sideOf(t, "new", now), Options{On: mustDay(t, "2026-11-23")})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func mustDay(t *testing.T, s string) model.Day {
	t.Helper()
	d, err := model.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Nothing to tell is said, and no page is changed by what stands around it.
func TestNothingChanges(t *testing.T) {
	old := fstest.MapFS{"index.html": page("<p>a</p>"), "q/abc/index.html": page("sealed"), "assets/site.01234567.css": {Data: []byte("a")}}
	r := reportOf(t, old, old)
	if !r.Empty() || r.Summary != "nothing changes for readers" {
		t.Errorf("of a site and itself: %+v", r)
	}
	now := fstest.MapFS{"index.html": {Data: []byte(strings.ReplaceAll(string(old["index.html"].Data), "foot", "another foot"))}, "q/xyz/index.html": page("sealed"), "assets/site.89abcdef.css": {Data: []byte("b")}}
	r = reportOf(t, old, now)
	if len(r.Pages) != 0 || len(r.Markup) != 1 || r.Markup[0] != "/" || r.Empty() {
		t.Errorf("another foot: %+v", r)
	}
	if want := (Sealed{Added: 1, Removed: 1}); r.Sealed != want {
		t.Errorf("sealed pages %+v, want %+v", r.Sealed, want)
	}
	if len(r.Files) != 1 || r.Files[0] != (File{Changed, "assets/site.css"}) {
		t.Errorf("files %+v: an asset with another hash is one file that changed", r.Files)
	}
	var b bytes.Buffer
	if err := r.WriteJSON(&b); err != nil || strings.Contains(b.String(), "xyz") {
		t.Errorf("the address of a sealed page is told: %s, %v", &b, err)
	}
}

// Pages at another address: with a redirect, without, and one that leads to a page that was there.
func TestRenames(t *testing.T) {
	text := "<p>one</p><p>two</p><p>three</p><p>four</p>"
	redirect := func(to string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(`<meta http-equiv="refresh" content="0; url=` + to + `"><main><h1>moved</h1></main>`)}
	}
	r := reportOf(t, fstest.MapFS{"p/a/index.html": page(text), "p/b/index.html": page(text + "<p>b</p>"), "p/c/index.html": page("<p>c</p>"), "p/d/index.html": page("<p>d</p>"),
		"index.html": page(`<a href="/p/a/">to a</a>`)},
		fstest.MapFS{"p/a/index.html": redirect("/p/new/"), "p/new/index.html": page(text + "<p>five</p>"), "p/bb/index.html": page(text + "<p>b</p>"), "p/c/index.html": redirect("/p/d/"),
			"p/d/index.html": page("<p>d</p>"), "index.html": page(`<a href="/p/new/">to a</a>`)})
	var got []string
	for _, p := range r.Pages {
		got = append(got, fmt.Sprintf("%s %s was %q leads %q broken %v, %d changes", p.What, p.Address, p.Was, p.Leads, p.Broken, len(p.Changes)))
	}
	want := []string{
		`renamed /p/bb/ was "/p/b/" leads "" broken true, 0 changes`,
		`renamed /p/new/ was "/p/a/" leads "" broken false, 1 changes`,
		`moved /p/c/ was "" leads "/p/d/" broken false, 0 changes`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("pages are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(r.Markup) != 1 {
		t.Errorf("a link that follows a rename is no change: %+v", r.Markup)
	}
}

// A change that forty pages have is told with the first.
func TestOnce(t *testing.T) {
	old, now := fstest.MapFS{}, fstest.MapFS{}
	for i := range 40 {
		name := fmt.Sprintf("a/%02d/index.html", i)
		old[name], now[name] = page("<p>Ask Acme about it</p>"), page("<p>Ask Emca about it</p>")
	}
	r := reportOf(t, old, now)
	told := 0
	for _, p := range r.Pages {
		told += len(p.Changes)
	}
	if len(r.Pages) != 40 || told != 1 || r.Pages[1].Repeated != 1 {
		t.Errorf("%d pages, %d changes", len(r.Pages), told)
	}
}

// Facts alone against a site.
func TestFactsAlone(t *testing.T) {
	trust := &fstest.MapFile{Data: []byte(`{"version": 1, "site": {"company": "A", "base_url": "https://a.example"}}`)}
	r := reportOf(t, fstest.MapFS{disclosure.Name: trust}, fstest.MapFS{disclosure.Name: trust, "index.html": page("")})
	if r.Compared.Pages || !r.Compared.Facts || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "old is the facts alone") {
		t.Errorf("%+v", r)
	}
	r = reportOf(t, fstest.MapFS{"index.html": page("")}, fstest.MapFS{disclosure.Name: trust, "index.html": page("")})
	if !r.Compared.Pages || r.Compared.Facts || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "old holds no trust.json") {
		t.Errorf("%+v", r)
	}
}

// A page that cannot be read is an error that names it, and nothing is told.
func TestUnreadable(t *testing.T) {
	side := sideOf(t, "old", fstest.MapFS{"index.html": page("a")})
	side.Read = func(context.Context, string) ([]byte, error) { return nil, fs.ErrPermission }
	_, err := Of(context.Background(), side, sideOf(t, "new", fstest.MapFS{"index.html": page("b")}), Options{})
	if err == nil || err.Error() != "read index.html of old: permission denied" {
		t.Errorf("%v", err)
	}
}

func TestFolder(t *testing.T) {
	list, err := Folder(context.Background(), fstest.MapFS{"b.html": {Data: []byte("b")}, "a/b.html": {}, output.ManifestName: {}, ".nojekyll": {}, ".candor/published.json": {}, ".git/config": {}, "l": {Mode: fs.ModeSymlink}})
	if err != nil || len(list) != 2 || list[0].Path != "a/b.html" || list[1].Size != 1 || list[1].Hash == list[0].Hash {
		t.Errorf("%+v, %v", list, err)
	}
}

// The JSON form is what the structs say, and reads back.
func TestJSON(t *testing.T) {
	r := reportOf(t, fstest.MapFS{"index.html": page("a")}, fstest.MapFS{"index.html": page("b")})
	var b bytes.Buffer
	if err := r.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	var back Report
	d := json.NewDecoder(&b)
	d.DisallowUnknownFields()
	if err := d.Decode(&back); err != nil || back.Version != Version || len(back.Pages) != 1 || back.Pages[0].Changes[0].After != "b" {
		t.Errorf("%+v, %v", back, err)
	}
}

func TestPlural(t *testing.T) {
	for noun, want := range map[string]string{"policy": "policies", "page": "pages", "fact of the company": "facts of the company", "data class": "data classes", "day": "days"} {
		if got := counted(2, noun); got != "2 "+want {
			t.Errorf("2 of %q are %q", noun, got)
		}
		if got := counted(1, noun); got != "1 "+noun {
			t.Errorf("1 of %q is %q", noun, got)
		}
	}
}

package rename_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"candor/generator/amend"
	"candor/generator/amend/trial"
	"candor/generator/model"
	"candor/generator/rename"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what came out into the archives")

// told gives what came of an order as text.
func told(r rename.Result, err error) string {
	var out strings.Builder
	var refusal *amend.Refusal
	if errors.As(err, &refusal) {
		return fmt.Sprintf("refused: %s (%s)\n", refusal.Text, refusal.Hint)
	} else if err != nil {
		return err.Error()
	}
	for _, f := range r.Findings {
		p := f.At.Position()
		fmt.Fprintf(&out, "finding: %s:%d: %s [%s]\n", p.Path, p.Line, f.Message, f.Rule)
	}
	if len(r.Renamed) > 0 {
		fmt.Fprintf(&out, "renamed %v, kept %v, approved %v, %d mended\n", r.Renamed, r.Kept, r.Approved, r.Mended)
	}
	for _, at := range r.Left {
		p := at.Position()
		fmt.Fprintf(&out, "left: %s:%d:%d: %s\n", p.Path, p.Line, p.Column, at.Text())
	}
	return out.String() + amend.Diff(r.Changes)
}

// orderOf reads "kind old new".
func orderOf(t *testing.T, line string) rename.Order {
	words := strings.Fields(line)
	kind, ok := rename.KindOf(words[0])
	if !ok || len(words) != 3 {
		t.Fatalf("%q is no order", line)
	}
	return rename.Order{Kind: kind, Old: words[1], New: words[2]}
}

// TestArchives runs the orders of each archive, in the lines of its comment that begin with "rename ", one after another on the same files, and finds what came
// of them in the file "want". A dry run says the same and writes nothing.
func TestArchives(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) < 8 {
		t.Fatalf("%d archives: %v", len(names), err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files := fstest.MapFS{}
			for _, f := range archive.Files {
				if strings.HasPrefix(f.Name, "content/") {
					files[f.Name] = &fstest.MapFile{Data: f.Data}
				}
			}
			f := trial.Folder(t, files, on)
			var got strings.Builder
			for _, line := range strings.Split(string(archive.Comment), "\n") {
				line, ok := strings.CutPrefix(line, "rename ")
				if !ok {
					continue
				}
				order, before := orderOf(t, line), maps.Clone(files)
				order.DryRun = true
				planned := told(rename.Run(f, order))
				if !equal(files, before) {
					t.Error("a dry run wrote something")
				}
				order.DryRun = false
				done, err := rename.Run(f, order)
				if text := told(done, err); text != planned {
					t.Errorf("done:\n%s\nplanned:\n%s", text, planned)
				}
				if (err != nil || len(done.Findings) > 0) != equal(files, before) {
					t.Errorf("%q: %v, but files changed: %v", line, err, !equal(files, before))
				}
				fmt.Fprintf(&got, "# %s\n%s", line, planned)
			}
			compare(t, name, archive, got.String())
		})
	}
}

func equal(a, b fstest.MapFS) bool {
	return maps.EqualFunc(a, b, func(x, y *fstest.MapFile) bool { return bytes.Equal(x.Data, y.Data) })
}

func compare(t *testing.T, name string, archive *txtar.Archive, got string) {
	for i, file := range archive.Files {
		if file.Name != "want" || string(file.Data) == got {
			continue
		}
		if !*update {
			t.Fatalf("got\n%s\nwant\n%s", got, file.Data)
		}
		archive.Files[i].Data = []byte(got)
		if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

const site = `company: {name: C}
base_url: https://c.example
contacts: {security: s@c.example}
required: {policies: [], headings: []}
owners: {lead: {title: Lead}}
`

// small gives a site folder with a policy and a flow that names it.
func small() fstest.MapFS {
	return fstest.MapFS{
		"content/site.yaml":          {Data: []byte(site)},
		"content/policies/access.md": {Data: []byte("\xef\xbb\xbf---\r\ntitle: Access\r\nowner: lead\r\n---\r\nText.\r\n")},
		"content/flows/f.yaml":       {Data: []byte("title: F\r\nfeature: product\r\npolicies: [access] # it\r\nsteps:\r\n  - {id: a, stage: input, kind: external, title: A, in: customer}\r\n")},
	}
}

// TestRaw keeps what the disk has beside the text: a byte-order mark, and how lines end.
func TestRaw(t *testing.T) {
	files := small()
	if r, err := rename.Run(trial.Folder(t, files, on), orderOf(t, "policy access entry")); err != nil || len(r.Findings) > 0 {
		t.Fatal(err, r.Findings)
	}
	if got, want := string(files["content/policies/entry.md"].Data), "\xef\xbb\xbf---\r\ntitle: Access\r\naliases: [access]\r\nowner: lead\r\n---\r\nText.\r\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := string(files["content/flows/f.yaml"].Data); !strings.Contains(got, "policies: [entry] # it\r\n") {
		t.Errorf("got %q", got)
	}
	if files["content/policies/access.md"] != nil {
		t.Error("the old file is still there")
	}
}

// TestPutBack leaves everything as it was when a file cannot be written or renamed, or when findings come up once all is written.
func TestPutBack(t *testing.T) {
	trouble := errors.New("trouble")
	for name, spoil := range map[string]func(f *amend.Folder, files fstest.MapFS){
		"writing": func(f *amend.Folder, files fstest.MapFS) {
			write := f.Write
			f.Write = func(path string, data []byte) error {
				if path == "content/flows/f.yaml" {
					return trouble
				}
				return write(path, data)
			}
		},
		"renaming": func(f *amend.Folder, files fstest.MapFS) {
			f.Move = func(string, string) error { return trouble }
		},
		"findings": func(f *amend.Folder, files fstest.MapFS) {
			move := f.Move
			f.Move = func(from, to string) error {
				files["content/flows/g.yaml"] = &fstest.MapFile{Data: []byte("colour: red\n")}
				return move(from, to)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			files, before := small(), small()
			f := trial.Folder(t, files, on)
			spoil(&f, files)
			r, err := rename.Run(f, orderOf(t, "policy access entry"))
			delete(files, "content/flows/g.yaml")
			if name == "findings" && (err != nil || !r.PutBack || len(r.Findings) == 0) || name != "findings" && !errors.Is(err, trouble) {
				t.Errorf("got %v, %+v", err, r)
			}
			if !equal(files, before) {
				t.Errorf("there is %v", files)
			}
		})
	}
}

// TestKindOf takes a kind as people type it.
func TestKindOf(t *testing.T) {
	for typed, want := range map[string]model.Kind{"policy": "policy", "policies": "policy", "Sub-Processor": "subprocessor", "subprocessors": "subprocessor", "data-class": "data class",
		"data classes": "data class", "boundaries": "boundary", "evidence": "evidence", "page": "", "": ""} {
		if got, _ := rename.KindOf(typed); got != want {
			t.Errorf("%q is %q, not %q", typed, got, want)
		}
	}
	for _, k := range rename.Kinds {
		if got, ok := rename.KindOf(rename.Word(k)); !ok || got != k {
			t.Errorf("%q is %q", rename.Word(k), got)
		}
	}
}

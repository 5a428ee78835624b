package learning_test

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
	"time"

	"candor/generator/amend"
	"candor/generator/amend/trial"
	"candor/generator/learning"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what came out into the archives")

const site = `company: {name: C}
base_url: https://c.example
contacts: {security: s@c.example}
required: {policies: [], headings: []}
owners: {lead: {title: Lead}}
`

// folderOf gives the site folder of an archive, and the order in its file "pairs": answer | question | questionnaire | id, one a line, where \n in a
// question is a line end.
func folderOf(t *testing.T, archive *txtar.Archive) (fstest.MapFS, learning.Order) {
	files := fstest.MapFS{"content/site.yaml": {Data: []byte(site)}}
	var order learning.Order
	for _, f := range archive.Files {
		if strings.HasPrefix(f.Name, "content/") {
			files[f.Name] = &fstest.MapFile{Data: f.Data}
		}
		if f.Name != "pairs" {
			continue
		}
		for i, line := range strings.Split(strings.TrimSpace(string(f.Data)), "\n") {
			parts := append(strings.Split(line, "|"), "", "", "")
			for n := range parts {
				parts[n] = strings.NewReplacer(`\n`, "\n", `\u200b`, "\u200b", `LONG`, strings.Repeat("very ", 120)+"long").Replace(strings.TrimSpace(parts[n]))
			}
			order.Pairs = append(order.Pairs, learning.Pair{Answer: parts[0], Asked: parts[1], Framework: parts[2], ID: parts[3], From: fmt.Sprintf("row %d", i+1)})
		}
	}
	return files, order
}

// told gives a result as text.
func told(r learning.Result) string {
	var out strings.Builder
	for _, a := range r.Added {
		fmt.Fprintf(&out, "added %s: %s %q %q\n", a.Pair.From, a.Answer, a.Asked, a.ID)
	}
	for _, p := range r.Known {
		fmt.Fprintf(&out, "known %s\n", p.From)
	}
	for _, n := range r.Refused {
		fmt.Fprintf(&out, "refused %s: %s\n", n.Pair.From, n.Why)
	}
	for _, f := range r.Findings {
		fmt.Fprintf(&out, "finding %s\n", f.Message)
	}
	return out.String() + r.Diff
}

// TestArchives learns the pairs of each archive of testdata, and finds the report and the diff of its file "want". With DryRun nothing is written; learnt again,
// nothing is new.
func TestArchives(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) < 4 {
		t.Fatalf("%d archives: %v", len(names), err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files, order := folderOf(t, archive)
			f, before := trial.Folder(t, files, "2026-11-23"), maps.Clone(files)
			order.DryRun = true
			planned, err := learning.Run(f, order)
			if err != nil {
				t.Fatal(err)
			}
			if !maps.EqualFunc(files, before, func(a, b *fstest.MapFile) bool { return bytes.Equal(a.Data, b.Data) }) {
				t.Error("a dry run wrote something")
			}
			order.DryRun = false
			done, err := learning.Run(f, order)
			if err != nil || told(done) != told(planned) {
				t.Errorf("%v: done\n%s\nbut planned\n%s", err, told(done), told(planned))
			}
			if again, err := learning.Run(f, order); err != nil || len(again.Added) > 0 || again.Diff != "" || len(again.Refused) != len(done.Refused) {
				t.Errorf("learnt again: %v\n%s", err, told(again))
			}
			compare(t, name, archive, told(done))
		})
	}
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

const small = "- id: x\n  question: Is it so?\n  verdict: \"yes\"\n  answer: Yes.\n"

// TestPutBack puts the files back when they give findings once they are written, and when one cannot be written.
func TestPutBack(t *testing.T) {
	order := learning.Order{Pairs: []learning.Pair{{Answer: "x", Asked: "Really so?"}, {Answer: "z", Asked: "And there?"}}}
	for name, spoil := range map[string]func(f *amend.Folder, files fstest.MapFS){
		"findings": func(f *amend.Folder, files fstest.MapFS) {
			write := f.Write
			f.Write = func(path string, data []byte) error {
				if strings.Contains(string(data), "Really") {
					data = append(bytes.Clone(data), "  colour: red\n"...)
				}
				return write(path, data)
			}
		},
		"trouble": func(f *amend.Folder, files fstest.MapFS) {
			write := f.Write
			f.Write = func(path string, data []byte) error {
				if path == "content/answers/b.yaml" {
					return errors.New("trouble")
				}
				return write(path, data)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			files := fstest.MapFS{"content/site.yaml": {Data: []byte(site)}, "content/answers/a.yaml": {Data: []byte(small)}, "content/answers/b.yaml": {Data: []byte(strings.Replace(small, "x", "z", 1))}}
			f := trial.Folder(t, files, "2026-11-23")
			spoil(&f, files)
			result, err := learning.Run(f, order)
			if name == "trouble" && (err == nil || err.Error() != "trouble") {
				t.Errorf("got %v", err)
			}
			if name == "findings" && (err == nil && len(result.Findings) == 0 || result.Diff != "") {
				t.Errorf("got %v, %+v", err, result)
			}
			if got := string(files["content/answers/b.yaml"].Data); got != strings.Replace(small, "x", "z", 1) {
				t.Errorf("the second file holds\n%s", got)
			}
			if got := string(files["content/answers/a.yaml"].Data); name == "trouble" && got != small {
				t.Errorf("the first file holds\n%s", got)
			}
		})
	}
}

// TestRaw keeps what the disk has beside the text: a byte-order mark, and how lines end.
func TestRaw(t *testing.T) {
	raw := "\xef\xbb\xbf" + strings.ReplaceAll(small, "\n", "\r\n")
	files := fstest.MapFS{"content/site.yaml": {Data: []byte(site)}, "content/answers/a.yaml": {Data: []byte(raw)}}
	if _, err := learning.Run(trial.Folder(t, files, "2026-11-23"), learning.Order{Pairs: []learning.Pair{{Answer: "x", Asked: "Really so?"}}}); err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(raw, "  verdict", "  also_asked:\r\n    - Really so?\r\n  verdict", 1)
	if got := string(files["content/answers/a.yaml"].Data); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestMany learns 2,000 wordings of 1,000 answers in one file, of which some cannot be written, and reads the file a few times for it, not once for each.
func TestMany(t *testing.T) {
	var content strings.Builder
	var order learning.Order
	for i := range 1000 {
		anchor := ""
		if i%250 == 7 {
			anchor = "  also_asked: &a" + fmt.Sprint(i) + " [Anchored]\n"
		}
		fmt.Fprintf(&content, "- id: a%d\n  question: Number %d?\n%s  verdict: \"yes\"\n  answer: Yes.\n  frameworks: {caiq-4.0: [X-%d]}\n", i, i, strings.ReplaceAll(anchor, "Anchored", fmt.Sprint("Anchored ", i)), i)
		for _, words := range []string{"What is %d?", "Say: is it %d?"} {
			order.Pairs = append(order.Pairs, learning.Pair{Answer: fmt.Sprint("a", i), Asked: fmt.Sprintf(words, i), Framework: "sig", ID: fmt.Sprint("A.", i)})
		}
	}
	files := fstest.MapFS{"content/site.yaml": {Data: []byte(site)}, "content/answers/a.yaml": {Data: []byte(content.String())}}
	begin := time.Now()
	r, err := learning.Run(trial.Folder(t, files, "2026-11-23"), order)
	if err != nil || len(r.Findings) > 0 || len(r.Added) != 1996 || len(r.Refused) != 8 {
		t.Fatalf("%v: %d added, %d refused, findings %v", err, len(r.Added), len(r.Refused), r.Findings)
	}
	if took := time.Since(begin); took > time.Minute {
		t.Errorf("it took %s", took)
	}
}

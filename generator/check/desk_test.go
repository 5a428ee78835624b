package check

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"candor/generator/diag"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"
)

// A rewriter edits the content of this repository at random, breaks and mends it, and reads it as a preview does: records of files that have not
// changed stay the same.
type rewriter struct {
	*rand.Rand
	good  map[string]string // as it was
	files map[string]string
	draft *model.Draft // of files
}

func newRewriter(t *testing.T, seed uint64) *rewriter {
	t.Helper()
	w := &rewriter{Rand: rand.New(rand.NewPCG(seed, 5)), good: map[string]string{}, draft: &model.Draft{Records: model.Records{Config: &model.Config{}}}}
	root := os.DirFS("../..")
	err := fs.WalkDir(root, parse.Folder, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".go") {
			return err
		}
		data, err := fs.ReadFile(root, name)
		w.good[name] = string(data)
		return err
	})
	if err != nil || len(w.good) < 50 {
		t.Fatalf("%d files of content: %v", len(w.good), err)
	}
	w.files = maps.Clone(w.good)
	return w
}

// snippets are what some rule looks for in texts, what looks like it, and what takes a finding away again.
var snippets = []string{" Fernlight is SOC 2 certified.", " We are HIPAA certified.", " Our model vendors keep nothing.", " OpenAI stores no prompts, unless the law obliges it to.", " [Company Name]", " TODO",
	" Acme Corp", " ada@fernlight.example", " 10.4.2.17", " admin.prod.internal", " AKIAIOSFODNN7EXAMPLQ", " a&#100;a@fernlight.example", " security@fernlight.example", " Ada Lindqvist",
	" [there](../policies/access-control.md#nowhere)", " This sentence is not in any other text of the site.", "\nvisibility: internal", "\nvisibility: private", "\nversion: \"10.4.2.17\"", ": {", "\n"}

// claims is how many of them, the first ones, are sentences that claim something.
const claims = 4

// edit changes one file: a line of it, or all of it.
func (w *rewriter) edit() string {
	names := slices.Sorted(maps.Keys(w.good))
	name := names[w.IntN(len(names))]
	lines := strings.SplitAfter(w.files[name], "\n")
	i := w.IntN(len(lines))
	switch w.IntN(10) {
	case 0, 1:
		w.files[name] = w.good[name]
	case 2:
		delete(w.files, name)
	case 3:
		w.files[name] = strings.Join(slices.Delete(lines, i, i+1), "")
	case 4:
		w.files[name] = strings.Join(slices.Insert(lines, i, lines[w.IntN(len(lines))]), "")
	case 5, 6:
		if strings.HasSuffix(name, ".md") {
			w.files[name] += "\n" + snippets[w.IntN(claims)] + " It is so.\n"
		}
	default:
		lines[i] = strings.TrimSuffix(lines[i], "\n") + snippets[w.IntN(len(snippets))] + "\n"
		w.files[name] = strings.Join(lines, "")
	}
	return name
}

// read reads the files anew.
func (w *rewriter) read(t *testing.T) *model.Draft {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, data := range w.files {
		fsys[name] = &fstest.MapFile{Data: []byte(data)}
	}
	tree, err := source.Read(fsys, parse.Folder)
	if err != nil {
		t.Fatal(err)
	}
	return parse.Tree(tree, &diag.List{})
}

// keeping reads the files, and takes records of files that are as they were from the last time.
func (w *rewriter) keeping(t *testing.T) *model.Draft {
	t.Helper()
	draft := w.read(t)
	now, last := reflect.ValueOf(&draft.Records).Elem(), reflect.ValueOf(&w.draft.Records).Elem()
	for i := range now.NumField() {
		old := map[string][]reflect.Value{}
		visit(last.Field(i), func(v reflect.Value) { old[readAt(v)] = append(old[readAt(v)], v) })
		visit(now.Field(i), func(v reflect.Value) {
			for _, o := range old[readAt(v)] {
				if bytes.Equal(readFrom(o).Data, readFrom(v).Data) {
					v.Set(o)
					return
				}
			}
		})
	}
	w.draft = draft
	return draft
}

// visit calls do for each record, topic and refusal that v, a field of model.Records, holds.
func visit(v reflect.Value, do func(reflect.Value)) {
	switch {
	case v.Kind() == reflect.Slice && v.Type() != reflect.TypeFor[[]model.Key]():
		for i := range v.Len() {
			do(reflect.ValueOf(v.Interface()).Index(i))
		}
	case v.Kind() == reflect.Pointer && !v.IsNil():
		do(v)
	}
}

// readFrom gives the file that something was read from.
func readFrom(v reflect.Value) *source.File {
	switch r := v.Interface().(type) {
	case *source.File:
		return r
	case model.Headed:
		return r.Head().File
	case model.Refusal:
		return r.Mapping.File
	case *model.Topic:
		return r.File
	case *model.Permalinks:
		return r.File
	case *model.Config:
		if r.File == nil {
			return &source.File{}
		}
		return r.File
	}
	panic(fmt.Sprintf("the file of %v", v.Type()))
}

// readAt names something by where it was read: by its file and its place there.
func readAt(v reflect.Value) string {
	f := readFrom(v)
	switch r := v.Interface().(type) {
	case model.Headed:
		return fmt.Sprintf("%s %d %s", f.Path, r.Head().Extent.Start, r.Key().ID)
	case model.Refusal:
		return fmt.Sprintf("%s %d %s", f.Path, r.Mapping.Start, r.Key)
	}
	return f.Path
}

// printed gives findings and exceptions as they are printed.
func printed(t *testing.T, diags *diag.List, exceptions []diag.Exception) string {
	t.Helper()
	var out bytes.Buffer
	if err := diag.WriteText(&out, diags.Findings(), diag.Style{}); err != nil {
		t.Fatal(err)
	}
	for _, e := range exceptions {
		fmt.Fprintf(&out, "%s %s %d\n", e.Rule, e.At.File.Path, len(e.Findings))
	}
	return out.String()
}

// TestDeskFindsTheSame edits the content many times: what a Desk finds is, to the letter and in order, what is found without one.
func TestDeskFindsTheSame(t *testing.T) {
	edits := 100
	if testing.Short() {
		edits = 30
	}
	w := newRewriter(t, 2)
	on, _ := model.ParseDay("2026-11-23")
	desk := new(Desk)
	kept, findings := 0, map[string]bool{}
	last := &LeakList{}
	for i := range edits {
		name := w.edit()
		var fresh, again diag.List
		site, draft := link.Draft(w.read(t), &diag.List{}), w.keeping(t)
		for _, r := range draft.BesideConfig() {
			if desk.leaves[r] != nil {
				kept++
			}
		}
		mixed := link.Draft(draft, &diag.List{})
		want := printed(t, &fresh, Site(site, on, &fresh))
		if got := printed(t, &again, desk.Site(mixed, on, &again)); got != want {
			t.Fatalf("edit %d, of %s:\n%s\nwant\n%s", i, name, got, want)
		}
		if got, want := len(desk.leaves), 1+len(mixed.BesideConfig()); got != want {
			t.Fatalf("edit %d: the desk keeps %d records, want %d", i, got, want)
		}
		for _, f := range fresh.Findings() {
			findings[f.Rule] = true
		}
		if i%3 == 0 {
			last = w.compareLeaks(t, Leaks(site), desk.Leaks(mixed), last)
		}
	}
	if kept < 20*edits {
		t.Errorf("%d records were the same after %d edits: the test reads all anew", kept, edits)
	}
	for _, rule := range []string{"POL04", "CRT03", "CRT04", "LEK02", "RET06", "LNK01"} {
		if !findings[rule] && !testing.Short() {
			t.Errorf("no edit has led to a finding of %s", rule)
		}
	}
}

// compareLeaks holds what two lists find in all files against each other, and against what the last list found where that was settled.
func (w *rewriter) compareLeaks(t *testing.T, fresh, kept, last *LeakList) *LeakList {
	t.Helper()
	if fresh.Fingerprint() != kept.Fingerprint() {
		t.Fatal("a list that was kept has another fingerprint")
	}
	for _, name := range slices.Sorted(maps.Keys(w.files)) {
		data := []byte(w.files[name])
		var want, got diag.List
		want.Add(fresh.Scan("x.html", data)...)
		found, settled := kept.ScanFor("x.html", data)
		got.Add(found...)
		if printed(t, &want, nil) != printed(t, &got, nil) {
			t.Fatalf("%s holds\n%s\nwant\n%s", name, printed(t, &got, nil), printed(t, &want, nil))
		}
		if settled && last.Fingerprint() == kept.Fingerprint() {
			before := &diag.List{}
			before.Add(last.Scan("x.html", data)...)
			if printed(t, before, nil) != printed(t, &want, nil) {
				t.Fatalf("%s is settled, and was judged otherwise by a list with the same fingerprint", name)
			}
		}
	}
	return kept
}

// TestDeskJudgesAnew: what is kept of a text is judged by what the rest of the site says today.
func TestDeskJudgesAnew(t *testing.T) {
	text := func(s string) model.Text {
		return model.Text{Value: s, At: source.NewFile("content/x.yaml", []byte("x\n")).Span(0, 1)}
	}
	body := "Write to press@fernlight.io. The word is Zanzibarium, and there is 10.4.2.17.\n"
	file := source.NewFile("content/policies/a.md", []byte(body))
	policy := &model.Policy{Header: model.Header{ID: text("a"), File: file}, Title: text("Fernlight security"), Body: model.Body{Source: []byte(body), Span: file.Span(0, len(body))}}
	evidence := []*model.Evidence{{Header: model.Header{ID: text("deed")}, Internal: model.EvidenceInternal{HeldAt: text("Zanzibarium")}}}
	desk := new(Desk)
	page := []byte("<p>Zanzibarium</p>")
	var told [3]string
	for i, edit := range []func(*model.Config){
		func(c *model.Config) {},
		func(c *model.Config) {
			c.Company.Name, c.Contacts.Others = text("Fernlight"), []model.Text{text("press@fernlight.io")}
		},
		func(c *model.Config) {},
	} {
		config := &model.Config{}
		config.Company.Name = text("Other")
		edit(config)
		site := link.Draft(&model.Draft{Records: model.Records{Config: config, Evidence: evidence, Policies: []*model.Policy{policy}}}, &diag.List{})
		var fresh, kept diag.List
		Site(site, 0, &fresh, "LEK02", "POL05")
		desk.Site(site, 0, &kept, "LEK02", "POL05")
		if told[i] = printed(t, &kept, nil); told[i] != printed(t, &fresh, nil) {
			t.Errorf("run %d: %s\nwant %s", i, told[i], printed(t, &fresh, nil))
		}
		if found, settled := desk.Leaks(site).ScanFor("x.html", page); len(found) > 0 || settled {
			t.Errorf("a word that a policy uses: %v, settled %v", found, settled)
		}
	}
	if !strings.Contains(told[0], "that no contact has") || strings.Contains(told[1], "that no contact has") || told[0] != told[2] || strings.Count(told[0], "POL05") == strings.Count(told[1], "POL05") {
		t.Errorf("contacts or names make no difference: %.2000q", told)
	}
	site := link.Draft(&model.Draft{Records: model.Records{Config: &model.Config{}, Evidence: evidence}}, &diag.List{})
	leaks := desk.Leaks(site)
	if found, _ := leaks.ScanFor("x.html", page); len(found) != 1 {
		t.Errorf("the policy that used the word is gone, and the word is taken for public: %v", found)
	}
	if found, settled := leaks.ScanFor("x.html", []byte("<p>press@fernlight.test")); !settled || len(found) > 0 {
		t.Error("what depends on contacts alone is not settled")
	}
	if _, settled := leaks.ScanFor("x.html", []byte("<p>See 10.4.2.17 there")); settled {
		t.Error("what a number of a version may explain is settled")
	}
}

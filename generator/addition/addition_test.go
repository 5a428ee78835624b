package addition_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"candor/content"
	"candor/generator"
	"candor/generator/addition"
	"candor/generator/amend"
	"candor/generator/catalog"
	"candor/generator/check"
	"candor/generator/diag"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"
	"candor/themes"
)

const today = model.Day(20780) // some day of 2026

// starter gives the starter's files as a site folder.
func starter(t *testing.T) fstest.MapFS {
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
	return files
}

// settingOf gives the site of files, and what it has to choose from.
func settingOf(t *testing.T, files fs.FS) addition.Setting {
	t.Helper()
	tree, err := source.Read(files, parse.Folder)
	if err != nil {
		t.Fatal(err)
	}
	diags := &diag.List{}
	return addition.Of(link.Draft(parse.Tree(tree, diags), diags))
}

// findingsIn checks files on the starter's day and gives what was found in one of them.
func findingsIn(t *testing.T, files fs.FS, name string) []diag.Finding {
	t.Helper()
	on, err := model.ParseDay(content.Day)
	if err != nil {
		t.Fatal(err)
	}
	c, err := generator.Check(generator.Input{Files: files, On: on, Themes: themes.BuiltIn()})
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(c.Findings.Findings(), func(f diag.Finding) bool { return f.At.File == nil || f.At.File.Path != name })
}

// todoLines gives the lines whose value is still to be written, comments aside.
func todoLines(data []byte) map[int]bool {
	lines := map[int]bool{}
	for i, line := range strings.Split(string(data), "\n") {
		value, _, _ := strings.Cut(line, " # ")
		if !strings.HasPrefix(strings.TrimSpace(line), "#") && strings.Contains(value, addition.Todo) {
			lines[i+1] = true
		}
	}
	return lines
}

// expect holds the findings in a file to the lines that are to be filled in, each of which has one. Those of rules in beside may stand elsewhere.
func expect(t *testing.T, what string, data []byte, findings []diag.Finding, beside ...string) {
	t.Helper()
	left := todoLines(data)
	if len(left) == 0 {
		t.Errorf("%s: nothing is left to fill in", what)
	}
	told := map[int]bool{}
	for _, f := range findings {
		line := f.At.Position().Line
		if told[line] = true; !left[line] && !slices.Contains(beside, f.Rule) {
			t.Errorf("%s: %s: %s [%s]", what, diag.Place(f.At), f.Message, f.Rule)
		}
		if strings.Contains(f.Message, "not YAML") || strings.Contains(f.Message, "no key") {
			t.Errorf("%s: %s: %s", what, diag.Place(f.At), f.Message)
		}
	}
	for line := range left {
		if !told[line] {
			t.Errorf("%s: line %d is to be filled in, and nothing says so", what, line)
		}
	}
}

// TestEveryVendor writes the file of each vendor of the catalog, reads it, and finds exactly the lines that are to be filled in. What is known of the vendor stands in it.
func TestEveryVendor(t *testing.T) {
	setting := settingOf(t, starter(t))
	for i, v := range catalog.Load().Vendors {
		for _, data := range [][]byte{addition.Subprocessor(v, today), setting.Subprocessor(v, model.StatusPlanned, "", today)} {
			name := addition.SubprocessorPath(v.ID.Value)
			draft, diags := parse.Tree(&source.Tree{Files: []*source.File{source.NewFile(name, data)}}, &diag.List{}), &diag.List{}
			parse.Tree(&source.Tree{Files: []*source.File{source.NewFile(name, data)}}, diags)
			if len(draft.Subprocessors) != 1 {
				t.Fatalf("%s is no sub-processor:\n%s", v.ID, data)
			}
			got := draft.Subprocessors[0]
			if got.Title.Value != v.Name.Value || got.Website.Value != v.Website.Value || got.DPA.URL.Value != v.DPAURL.Value || !v.Country.IsZero() && got.Country.Value != v.Country.Value || !v.LegalEntity.IsZero() && got.LegalEntity.Value != v.LegalEntity.Value {
				t.Errorf("%s: read as %q, %q, %q, %q, %q", v.ID, got.Title, got.Website, got.DPA.URL, got.Country, got.LegalEntity)
			}
			left := todoLines(data)
			for _, f := range diags.Findings() {
				if f.At.File != nil && f.At.File.Path == name && !left[f.At.Position().Line] {
					t.Errorf("%s: %s: %s", v.ID, diag.Place(f.At), f.Message)
				}
			}
			if v.LegalEntitySource.Value == "known" && !strings.Contains(string(data), "# not seen in a document: confirm") {
				t.Errorf("%s: that nobody saw the name of its company is not said", v.ID)
			}
			if v.AI != nil && (!strings.Contains(string(data), "Public terms, not your contract") || !strings.Contains(strings.Join(strings.Fields(string(data)), " "), strings.Fields(v.AI.Source.Value)[0])) {
				t.Errorf("%s: its public terms lack their source", v.ID)
			}
		}
		if i%20 != 0 {
			continue // a whole check takes a while
		}
		files := starter(t)
		for _, status := range []string{model.StatusPlanned, model.StatusActive} {
			id := "new-" + v.ID.Value // the starter has some of them
			data := []byte(strings.ReplaceAll(string(setting.Subprocessor(v, status, "", today)), "/"+v.ID.Value+".yaml", "/"+id+".yaml"))
			files[addition.SubprocessorPath(id)] = &fstest.MapFile{Data: data}
			expect(t, id+" "+status, data, findingsIn(t, files, addition.SubprocessorPath(id)), "NOT03", "SUB03")
		}
	}
}

// TestBareVendor writes the file of a vendor of which nothing is known but what was typed.
func TestBareVendor(t *testing.T) {
	v := &catalog.Vendor{}
	v.ID.Value, v.Name.Value, v.Website.Value = "quillgate", `Quill: "gate" # 1`, "https://quillgate.example/a?b=c#d"
	files := starter(t)
	data := settingOf(t, files).Subprocessor(v, model.StatusPlanned, "", today)
	files[addition.SubprocessorPath("quillgate")] = &fstest.MapFile{Data: data}
	expect(t, "quillgate", data, findingsIn(t, files, addition.SubprocessorPath("quillgate")))
	draft := parse.Tree(&source.Tree{Files: []*source.File{source.NewFile(addition.SubprocessorPath("quillgate"), data)}}, &diag.List{})
	if got := draft.Subprocessors[0]; got.Title.Value != v.Name.Value || got.Website.Value != v.Website.Value {
		t.Errorf("read as %q, %q", got.Title, got.Website)
	}
}

// TestPolicies writes a policy about each subject, and one about another: it is left to be approved, and every gap is found. What auditors look for by name finds it.
func TestPolicies(t *testing.T) {
	if n := len(addition.Subjects()); n < 12 {
		t.Errorf("only %d subjects", n)
	}
	files := starter(t)
	setting := settingOf(t, files)
	names := map[string]string{}
	for _, id := range append(addition.Subjects(), "office-dogs") {
		data := setting.Policy(id, "", "")
		name := addition.PolicyPath(id)
		files[name] = &fstest.MapFile{Data: data}
		expect(t, id, data, findingsIn(t, files, name), "POL01", "LNK02")
		text := string(data)
		for _, heading := range []string{"## Purpose", "## Scope", "## Responsibilities", "## Exceptions", "## Review"} {
			if strings.Count(text, "\n"+heading+"\n") != 1 {
				t.Errorf("%s has no heading %q", id, heading)
			}
		}
		if strings.Contains(text, "\napproved_") || strings.Contains(text, "\napproval_hash:") {
			t.Errorf("%s says that it is approved", id)
		}
		draft := parse.Tree(&source.Tree{Files: []*source.File{source.NewFile(name, data)}}, &diag.List{})
		title := draft.Policies[0].Title.Value
		if other, ok := names[title]; ok || !strings.HasSuffix(title, "policy") {
			t.Errorf("%s is called %q, like %q", id, title, other)
		}
		names[title] = id
	}
	for id, want := range map[string]string{"incidents": "incident-response", "Access-Control-Policy": "access-control", "disaster-recovery-plan": "business-continuity", "office-dogs": "", "other": ""} {
		if got := addition.SubjectOf(id); got != want {
			t.Errorf("%q is about %q, want %q", id, got, want)
		}
	}
	claimed := map[string]string{}
	for _, subject := range addition.Subjects() {
		for _, name := range addition.NamesOf(subject) {
			if other, ok := claimed[name]; ok {
				t.Errorf("%q names %s and %s", name, other, subject)
			}
			claimed[name] = subject
		}
	}
}

// TestFlows writes flows with and without a model and vendors.
func TestFlows(t *testing.T) {
	files := starter(t)
	setting := settingOf(t, files)
	for _, o := range []addition.FlowOrder{
		{ID: "f-ai"}, {ID: "f-product", Product: true, Title: "Paying: the rest", Owner: "cto"},
		{ID: "f-code", Source: []string{"services/a b", "[x]"}, Models: []string{"openai", "anthropic"}, Others: []string{"stripe"}},
	} {
		data := setting.Flow(o)
		files[addition.FlowPath(o.ID)] = &fstest.MapFile{Data: data}
		expect(t, o.ID, data, findingsIn(t, files, addition.FlowPath(o.ID)), "FLW01", "INJ01")
		draft := parse.Tree(&source.Tree{Files: []*source.File{source.NewFile(addition.FlowPath(o.ID), data)}}, &diag.List{})
		f := draft.Flows[0]
		if got := len(f.Internal.Source); got != len(o.Source) || got > 1 && f.Internal.Source[1].Value != "[x]" {
			t.Errorf("%s: source is %v", o.ID, f.Internal.Source)
		}
		if len(f.Steps) != 4+max(len(o.Models), map[bool]int{false: 1}[o.Product])+len(o.Others) || len(f.Links) != len(f.Steps)-1 {
			t.Errorf("%s has %d steps and %d links", o.ID, len(f.Steps), len(f.Links))
		}
	}
}

// TestEntries puts entries into the starter's lists, and into files that are not there: the rest of a file stays byte for byte.
func TestEntries(t *testing.T) {
	files := starter(t)
	setting := settingOf(t, files)
	for _, e := range []addition.Entry{setting.Answer("access", "dogs", "May dogs come: yes?", ""), setting.Answer("dogs", "cats", "", "cto"), setting.Model("gpt-9", "", "openai"),
		setting.Model("9.5", "Nine", ""), setting.Control("walk", "", "")} {
		old := files[e.Path]
		now := e.File()
		if old != nil {
			f := source.NewFile(e.Path, old.Data)
			edits, err := e.Into(f)
			if err != nil {
				t.Fatal(err)
			}
			now = source.Apply(f.Span(0, len(f.Data)), edits)
			rest := string(now[:edits[0].At.Start]) + string(now[edits[0].At.Start+len(edits[0].Text):])
			if rest != string(old.Data) {
				t.Errorf("%s: the rest of the file is another one", e.ID)
			}
		}
		files[e.Path] = &fstest.MapFile{Data: now}
		expect(t, e.Path+" "+e.ID, now, findingsIn(t, files, e.Path))
	}
}

// TestInto puts an entry into files as people write them.
func TestInto(t *testing.T) {
	control := addition.Setting{}.Control("new", "New", "cto")
	answer := addition.Setting{}.Answer("t", "new", "New?", "cto")
	short := "new:\n  title: New"
	for _, c := range []struct {
		entry     addition.Entry
		old, want string // up to the end of the title of the entry; "" for a file that cannot be added to
	}{
		{control, "controls:\n  a: {title: A}\n", "controls:\n  a: {title: A}\n  " + strings.ReplaceAll(short, "\n", "\n  ")},
		{control, "controls:\n  a: {title: A}", "controls:\n  a: {title: A}\n  " + strings.ReplaceAll(short, "\n", "\n  ")},
		{control, "controls:\n    a:\n        title: A # of it\n        # summary: none\n# the end\n", "controls:\n    a:\n        title: A # of it\n        # summary: none\n    " + strings.ReplaceAll(short, "\n", "\n    ")},
		{control, "controls:\n  a: {title: A}\n\n  b: {title: B}\n\n", "controls:\n  a: {title: A}\n\n  b: {title: B}\n\n  " + strings.ReplaceAll(short, "\n", "\n  ")},
		{control, "controls: {a: {title: A}}\n", ""},
		{control, "controls: {}\n", ""},
		{control, "controls:\n", ""},
		{control, "controls:\n  a: [\n", ""},
		{control, "# nothing yet\n", "# nothing yet\ncontrols:\n  " + strings.ReplaceAll(short, "\n", "\n  ")},
		{answer, "- id: a\n  question: A?\n  verdict: \"yes\"\n  answer: |\n    Yes.\n    # heading\n", "- id: a\n  question: A?\n  verdict: \"yes\"\n  answer: |\n    Yes.\n    # heading\n\n- id: new\n  question: \"New?\""},
		{answer, "  - id: a\n    question: A?\n    verdict: \"yes\"\n    answer: Yes\n# done\n", "  - id: a\n    question: A?\n    verdict: \"yes\"\n    answer: Yes\n\n  - id: new\n    question: \"New?\""},
		{answer, "[]\n", ""},
		{answer, "- {id: a, question: A, verdict: \"no\", answer: No}\n", "- {id: a, question: A, verdict: \"no\", answer: No}\n\n- id: new\n  question: \"New?\""},
		{answer, "[{id: a, question: A, verdict: \"no\", answer: No}]\n", ""},
	} {
		f := source.NewFile(c.entry.Path, []byte(c.old))
		edits, err := c.entry.Into(f)
		if c.want == "" {
			if err == nil {
				t.Errorf("%q was added to: %q", c.old, source.Apply(f.Span(0, len(f.Data)), edits))
			}
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", c.old, err)
			continue
		}
		got := string(source.Apply(f.Span(0, len(f.Data)), edits))
		if before, _, ok := strings.Cut(got, c.want); before != "" || !ok {
			t.Errorf("%q became\n%s\nwant it to begin with\n%s", c.old, got, c.want)
		}
	}
	crlf := fstest.MapFS{control.Path: {Data: []byte("\xef\xbb\xbfcontrols:\r\n  a: {title: A}\r\n")}}
	f := source.NewFile(control.Path, []byte("controls:\n  a: {title: A}\n"))
	edits, err := control.Into(f)
	if err != nil {
		t.Fatal(err)
	}
	change, err := amend.Plan(crlf, f, edits, "")
	if err != nil || fmt.Sprint(change.Lines()[0]) != "+   new:" {
		t.Errorf("with a byte-order mark and CRLF: %v", err)
	}
}

// TestRulesKnowTodo holds the mark to what the rules look for: otherwise gaps would be published.
func TestRulesKnowTodo(t *testing.T) {
	if !slices.ContainsFunc(check.Rules(), func(r check.Rule) bool { return strings.Contains(r.Remark, addition.Todo) }) {
		t.Errorf("no rule says that it looks for %q", addition.Todo)
	}
}

// FuzzInto puts entries into whatever a file holds: refused, or everything that was there is there still, and the entry behind it.
func FuzzInto(f *testing.F) {
	f.Add("controls:\n  a: {title: A}\n")
	f.Add("controls:\n  a:\n    title: |\n      A\n      # b\n\n# c\nother: 1\n")
	f.Add("- id: a\n  question: A\n  verdict: \"no\"\n  answer: |+\n    No\n\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, e := range []addition.Entry{addition.Setting{}.Control("new", "", ""), addition.Setting{}.Answer("t", "new", "", ""), addition.Setting{}.Model("new", "", "")} {
			file := source.NewFile(e.Path, []byte(text))
			edits, err := e.Into(file)
			if err != nil {
				continue
			}
			if len(edits) != 1 || edits[0].At.Start != edits[0].At.End {
				t.Fatalf("%q: something is replaced", text)
			}
			diags, after := &diag.List{}, &diag.List{}
			parse.Tree(&source.Tree{Files: []*source.File{file}}, diags)
			parse.Tree(&source.Tree{Files: []*source.File{source.NewFile(e.Path, source.Apply(file.Span(0, len(file.Data)), edits))}}, after)
			if unread(after) > unread(diags) {
				t.Fatalf("%q cannot be read any more", text)
			}
		}
	})
}

// unread counts findings that say that a file cannot be read at all.
func unread(diags *diag.List) int {
	n := 0
	for _, f := range diags.Findings() {
		if strings.Contains(f.Message, "not YAML") || strings.Contains(f.Message, "written twice") {
			n++
		}
	}
	return n
}

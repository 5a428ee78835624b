package approval

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"candor/generator/amend"
	"candor/generator/check"
	"candor/generator/diag"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"
)

func day(t testing.TB, s string) model.Day {
	t.Helper()
	d, err := model.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const site = `company: {name: C}
base_url: https://c.example
contacts: {security: s@c.example}
review: {policies: 1y}
required: {policies: [], headings: []}
owners:
  lead: {title: Lead}
  cto: {title: CTO}
  ceo: {title: CEO}
`

// text is that of every policy here.
const text = "\n## Rules\n\nAccess is reviewed.\n"

var approved = model.Body{Source: []byte(text)}.Hash()

// policy gives a policy with lines of front matter.
func policy(front string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("---\ntitle: X\nowner: lead\n" + front + "---\n" + text)}
}

// folder gives a site folder in memory.
func folderOf(t *testing.T, on string, policies map[string]*fstest.MapFile) (amend.Folder, fstest.MapFS) {
	t.Helper()
	files := fstest.MapFS{"content/site.yaml": {Data: []byte(site)}}
	for id, file := range policies {
		files[folder+id+".md"] = file
	}
	return amend.Folder{
		Files: files,
		Check: func(fsys fs.FS) (amend.Content, error) {
			tree, err := source.Read(fsys, parse.Folder)
			if err != nil {
				return amend.Content{}, err
			}
			diags := &diag.List{}
			s := link.Draft(parse.Tree(tree, diags), diags)
			check.Site(s, day(t, on), diags)
			return amend.Content{Site: s, Findings: diags.Findings()}, nil
		},
		Write: func(path string, data []byte) error {
			files[path] = &fstest.MapFile{Data: data}
			return nil
		},
	}, files
}

// history gives a history of those versions, all of one day.
func history(versions ...string) string {
	lines := "history:\n"
	for _, v := range versions {
		lines += fmt.Sprintf("  - {version: %q, date: 2026-04-14, changes: [Access is reviewed.]}\n", v)
	}
	return lines
}

// TestOrders says what each order makes of a policy, or why not.
func TestOrders(t *testing.T) {
	const on = "2026-11-23"
	with := func(front string, values ...any) string { return fmt.Sprintf(front, values...) }
	was := "approved_by: cto\napproved_on: 2026-04-14\nversion: \"1.9\"\n"
	other := strings.Replace(approved, "sha256:", "sha256:0", 1)[:len(approved)]
	for name, c := range map[string]struct {
		front string
		order Order
		want  string // the lines that change, or the refusal, or the rules of the findings
	}{
		"first approval":           {"", Order{By: "cto"}, with("+ approved_by: cto\n+ approved_on: %s\n+ version: \"1.0\"\n+ approval_hash: %s", on, approved)},
		"nobody":                   {"", Order{}, `nothing says who approves policy "x" (add --by OWNER, one of lead, cto, ceo)`},
		"somebody unknown":         {was, Order{By: "ct"}, `--by "ct" is no owner (did you mean "cto"?)`},
		"an unknown one before":    {strings.Replace(was, "cto", "cio", 1), Order{}, "POL01"},
		"an unknown one replaced":  {strings.Replace(was, "cto", "cio", 1), Order{By: "ceo", On: day(t, "2026-04-14")}, with("- approved_by: cio\n+ approved_by: ceo\n+ approval_hash: %s", approved)},
		"the same text":            {was + "approval_hash: " + approved + "\n", Order{}, with("- approved_on: 2026-04-14\n+ approved_on: %s", on)},
		"another text":             {was + "approval_hash: " + other + "\n", Order{}, with("- approved_on: 2026-04-14\n+ approved_on: %s\n- version: \"1.9\"\n+ version: \"1.10\"\n- approval_hash: %s\n+ approval_hash: %s", on, other, approved)},
		"another text, same day":   {was + "approval_hash: " + other + "\n", Order{On: day(t, "2026-04-14"), Version: "2"}, with("- version: \"1.9\"\n+ version: \"2\"\n- approval_hash: %s\n+ approval_hash: %s", other, approved)},
		"another text, version":    {was + "approval_hash: " + other + "\n", Order{Version: "1.9"}, `the text of policy "x" has changed since version "1.9" was approved (name the version that follows it, or leave --version away to have it counted)`},
		"no number":                {"approved_by: cto\napproved_on: 2026-04-14\nversion: spring\napproval_hash: " + other + "\n", Order{}, `nothing says which version of policy "x" follows "spring" (add --version V)`},
		"no number, same text":     {"approved_by: cto\napproved_on: 2026-11-23\nversion: spring\napproval_hash: " + approved + "\n", Order{}, ""},
		"an empty hash":            {was + "approval_hash:\n", Order{On: day(t, "2026-04-14")}, with("- approval_hash:\n+ approval_hash: %s", approved)},
		"a hash that is none":      {was + "approval_hash: sha1:00\n", Order{On: day(t, "2026-04-14")}, with("- approval_hash: sha1:00\n+ approval_hash: %s", approved)},
		"before the last one":      {was, Order{On: day(t, "2026-04-13")}, `policy "x" was approved on 2026-04-14 already, after 2026-04-13 (write that day or a later one with --on, or mend approved_on in content/policies/x.md)`},
		"a year":                   {strings.Replace(was, "2026-04-14", "2026", 1), Order{}, with("- approved_on: 2026\n+ approved_on: %s\n+ approval_hash: %s", on, approved)},
		"a template":               {strings.Replace(was, "2026-04-14", "{{ now }}", 1), Order{}, "SCH01"},
		"overdue":                  {strings.Replace(was, "2026", "2024", 1), Order{}, with("- approved_on: 2024-04-14\n+ approved_on: %s\n+ approval_hash: %s", on, approved)},
		"review of its own":        {was + "next_review: 2026-10-01\n", Order{}, `next_review of policy "x" is 2026-10-01, which this approval would leave as it is (say when it is reviewed again: --next-review 2027-11-23)`},
		"review of its own, soon":  {was + "next_review: 2026-12-01\n", Order{}, `next_review of policy "x" is 2026-12-01, which this approval would leave as it is (say when it is reviewed again: --next-review 2027-11-23)`},
		"review of its own, later": {was + "next_review: 2027-02-01\n", Order{}, with("- approved_on: 2026-04-14\n+ approved_on: %s\n+ approval_hash: %s", on, approved)},
		"review of its own, moved": {was + "next_review: 2026-10-01\n", Order{NextReview: day(t, "2027-05-01")}, with("- approved_on: 2026-04-14\n+ approved_on: %s\n- next_review: 2026-10-01\n+ next_review: 2027-05-01\n+ approval_hash: %s", on, approved)},
		"review in the past":       {was, Order{NextReview: day(t, on)}, `--next-review 2026-11-23 does not lie after the approval, 2026-11-23 (write a day after the approval)`},
		"kept":                     {was, Order{Keep: true}, with("+ approval_hash: %s", approved)},
		"kept, but changed":        {was + "approval_hash: " + other + "\n", Order{Keep: true}, `the text of policy "x" has changed since it was approved (have the new text approved, and leave --keep away)`},
		"kept, but overdue":        {strings.Replace(was, "2026", "2025", 1), Order{Keep: true}, "POL02"},
		"kept, but never approved": {"version: 1\n", Order{Keep: true}, "POL01 POL01"},
		"a history that is behind": {was + "approval_hash: " + other + "\n" + history("1.9", "1.8"), Order{}, with("- approved_on: 2026-04-14\n+ approved_on: %s\n- version: \"1.9\"\n+ version: \"1.10\"\n- approval_hash: %s\n+ approval_hash: %s", on, other, approved)},
		"a history that is ahead":  {was + "approval_hash: " + other + "\n" + history("2.0", "1.9"), Order{}, with("- approved_on: 2026-04-14\n+ approved_on: %s\n- version: \"1.9\"\n+ version: \"2.0\"\n- approval_hash: %s\n+ approval_hash: %s", on, other, approved)},
		"ahead, another version":   {was + "approval_hash: " + other + "\n" + history("2.0", "1.9"), Order{Version: "1.10"}, with("- approved_on: 2026-04-14\n+ approved_on: %s\n- version: \"1.9\"\n+ version: \"1.10\"\n- approval_hash: %s\n+ approval_hash: %s", on, other, approved)},
		"a history of long ago":    {was + "approval_hash: " + other + "\n" + history("1.3", "1.2"), Order{}, with("- approved_on: 2026-04-14\n+ approved_on: %s\n- version: \"1.9\"\n+ version: \"1.10\"\n- approval_hash: %s\n+ approval_hash: %s", on, other, approved)},
		"a gap of its own":         {was + "meets: [CC99.9]\n", Order{}, "SOC01"},
		"an unknown key":           {was + "approver: cto\n", Order{}, "SCH01"},
		"an exception in the way":  {was + "exceptions: [{rule: POL03, reason: The text is being written anew., owner: cto, expires: 2027-01-01}]\n", Order{}, "EXC01"},
		"an anchor":                {"approved_by: &boss cto\nmeets: []\n", Order{By: "ceo"}, `policy "x" cannot be stamped: "approved_by" is written in a way that cannot be changed in place (write it on a line of its own, like "approved_by: cto", and approve again)`},
		"invisible":                {was, Order{Version: "1\u200b"}, "SCH01"},
	} {
		t.Run(name, func(t *testing.T) {
			f, files := folderOf(t, on, map[string]*fstest.MapFile{"x": policy(c.front)})
			before := string(files[folder+"x.md"].Data)
			c.order.Policies = []string{"x"}
			if c.order.On == 0 {
				c.order.On = day(t, on)
			}
			result, err := Run(f, c.order)
			if got := told(result, err); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			if changed := string(files[folder+"x.md"].Data) != before; changed != (strings.Contains(c.want, "\n+ ") || strings.HasPrefix(c.want, "+ ")) {
				t.Errorf("the file was changed: %v", changed)
			}
		})
	}
}

// told gives what came of an order in few words.
func told(result Result, err error) string {
	if refusal, ok := errors.AsType[*amend.Refusal](err); ok {
		return refusal.Text + " (" + refusal.Hint + ")"
	}
	if err != nil {
		return err.Error()
	}
	var words []string
	for _, f := range result.Findings {
		words = append(words, f.Rule)
	}
	if words != nil {
		return strings.Join(words, " ")
	}
	for _, s := range result.Stamps {
		words = append(words, s.Changes...)
	}
	return strings.Join(words, "\n")
}

// TestVersions counts versions, and leaves names and days to people.
func TestVersions(t *testing.T) {
	for version, want := range map[string]string{
		"1.2": "1.3", "1.9": "1.10", "2": "3", "v2": "v3", "v3.1.4": "v3.1.5", "2.09": "2.10", "007": "008", "0.0.0.9": "0.0.0.10", "99": "100", "1899.1": "1899.2",
		"2026": "", "2026-04": "", "2026.04": "", "1.0-rc1": "", "one": "", "": "", "1.": "", ".1": "", "1.2.3.4.5": "", "12345.1": "", "1.1234567": "", "1,2": "", "v": "", "1.0 draft": "",
	} {
		if got, _ := nextVersion(version); got != want {
			t.Errorf("%q is followed by %q, want %q", version, got, want)
		}
	}
}

// TestNames finds policies by whatever people call them.
func TestNames(t *testing.T) {
	was := "approved_by: cto\napproved_on: 2026-04-14\nversion: \"1\"\n"
	for name, want := range map[string]string{
		"access-control": "access-control", "old-name": "access-control", "content/policies/access-control.md": "access-control", "access-control.md": "access-control",
		"acess-control": `no policy "acess-control" (did you mean "access-control"?)`, "old-nam": `no policy "old-nam" (did you mean "old-name"?)`,
		"content/policies/old-name.md":       `no policy "content/policies/old-name.md" (did you mean "old-name"?)`,
		"content/updates/access-control.md":  `no policy "content/updates/access-control.md" (did you mean "access-control"?)`,
		"policies/access-control.md":         `no policy "policies/access-control.md" (did you mean "access-control"?)`,
		"content/policies/../access-control": `no policy "content/policies/../access-control" (did you mean "access-control"?)`,
		"zzz":                                `no policy "zzz" (known here: access-control, old-name, broken)`,
		"broken":                             "SCH01",
		"":                                   `no policy "" (known here: access-control, old-name, broken)`,
	} {
		f, _ := folderOf(t, "2026-11-23", map[string]*fstest.MapFile{"access-control": policy("aliases: [old-name]\n" + was), "broken": {Data: []byte("---\ntitle: [\n---\n")}})
		result, err := Run(f, Order{Policies: []string{name, name}, Keep: true, On: day(t, "2026-11-23")})
		got := told(result, err)
		if len(result.Stamps) == 1 {
			got = result.Stamps[0].Policy.ID.Value
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", name, got, want)
		}
	}
}

// TestGaps shows findings where they stand in the files as they are, not as they would have been.
func TestGaps(t *testing.T) {
	x := policy("approved_by: cto\n# as long as it lasts\napproved_on: 2026-04-14\n")
	x.Data = append(x.Data, "Write to [Company Name].\n"...)
	other := policy("approved_by: cto\napproved_on: 2026-04-14\nversion: \"1\"\naliases: [x]\n")
	f, files := folderOf(t, "2026-11-23", map[string]*fstest.MapFile{"x": x, "y": other, "z": policy("")})
	before := string(files[folder+"z.md"].Data)
	result, err := Run(f, Order{Policies: []string{"z", "x"}, By: "ceo", On: day(t, "2026-11-23")})
	if err != nil || len(result.Stamps) > 0 || result.PutBack {
		t.Fatalf("%v, %v", result, err)
	}
	var b strings.Builder
	if err := diag.WriteText(&b, result.Findings, diag.Style{}); err != nil {
		t.Fatal(err)
	}
	want := `content/policies/x.md:12:10: error: "[Company Name]" is a placeholder that nobody filled in [POL04]
   12 | Write to [Company Name].
                 ^^^^^^^^^^^^^^
`
	if got := b.String(); !strings.HasPrefix(got, want) || !strings.Contains(got, `content/policies/y.md:7:11: error: alias "x" is the name of another policy [SCH01]`) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if string(files[folder+"z.md"].Data) != before {
		t.Error("one of two policies was stamped")
	}
}

// TestStale names the answers that an approval leaves behind.
func TestStale(t *testing.T) {
	x := policy("approved_by: cto\napproved_on: 2026-04-14\nversion: \"1\"\n")
	f, files := folderOf(t, "2026-11-23", map[string]*fstest.MapFile{"x": x})
	answer := func(id, evidence, reviewed string) string {
		return fmt.Sprintf("- id: %s\n  question: Q?\n  verdict: \"yes\"\n  answer: Yes.\n  evidence: [%s]\n  owner: lead\n%s", id, evidence, reviewed)
	}
	files["content/answers/a.yaml"] = &fstest.MapFile{Data: []byte(answer("before", "policy:x", "  reviewed_on: 2026-11-22\n") + answer("same-day", "policy:x", "  reviewed_on: 2026-11-23\n") +
		answer("never", "policy:x", "") + answer("another", "answer:before", "  reviewed_on: 2026-11-22\n"))}
	for on, want := range map[string]string{"2026-11-23": "before", "2026-04-14": ""} {
		result, err := Run(f, Order{Policies: []string{"x"}, On: day(t, on), DryRun: true})
		if err != nil || len(result.Stamps) != 1 {
			t.Fatalf("%v, %v", result, err)
		}
		var got []string
		for _, a := range result.Stamps[0].Stale {
			got = append(got, a.ID.Value)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("on %s: %q", on, got)
		}
	}
	if string(files[folder+"x.md"].Data) != string(x.Data) {
		t.Error("the file was changed")
	}
}

// TestPutBack lets things go wrong once files are written.
func TestPutBack(t *testing.T) {
	was := "approved_by: cto\napproved_on: 2026-04-14\nversion: \"1\"\n"
	isStamped := func(data []byte) bool { return strings.Contains(string(data), "approval_hash") }
	for name, c := range map[string]struct {
		write func(files fstest.MapFS, path string, data []byte) error // on top of writing
		want  string
		holds string // what the first file holds then, "" for what it held
	}{
		"the second write fails": {func(files fstest.MapFS, path string, data []byte) error {
			if path == folder+"y.md" && isStamped(data) {
				return errors.New("trouble")
			}
			return nil
		}, "trouble", ""},
		"the second file changes meanwhile": {func(files fstest.MapFS, path string, data []byte) error {
			if isStamped(data) {
				files[folder+"y.md"] = &fstest.MapFile{Data: []byte("changed")}
			}
			return nil
		}, "content/policies/y.md was changed while it was read (save it, and repeat the command)", ""},
		"another file changes meanwhile": {func(files fstest.MapFS, path string, data []byte) error {
			files["content/site.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(site, "  cto:", "  cio:", 1))}
			return nil
		}, "POL01 POL01", ""},
		"the first file changes afterwards": {func(files fstest.MapFS, path string, data []byte) error {
			if path == folder+"y.md" && isStamped(data) {
				files[folder+"x.md"] = &fstest.MapFile{Data: []byte("changed")}
			}
			return nil
		}, "content/policies/x.md was changed meanwhile, so it was left as it is", "changed"},
		"nothing can be put back": {func(files fstest.MapFS, path string, data []byte) error {
			if path == folder+"y.md" || !isStamped(data) {
				return errors.New("trouble")
			}
			return nil
		}, "trouble\nput content/policies/x.md back: trouble\nput content/policies/y.md back: trouble", ""},
	} {
		t.Run(name, func(t *testing.T) {
			f, files := folderOf(t, "2026-11-23", map[string]*fstest.MapFile{"x": policy(was), "y": policy(was)})
			f.Write = func(path string, data []byte) error {
				files[path] = &fstest.MapFile{Data: data}
				return c.write(files, path, data)
			}
			result, err := Run(f, Order{Policies: []string{"x", "y"}, On: day(t, "2026-11-23")})
			if got := told(result, err); got != c.want || len(result.Stamps) > 0 {
				t.Errorf("got %s, want %s", got, c.want)
			}
			want := c.holds
			if want == "" {
				want = string(policy(was).Data)
			}
			if got := string(files[folder+"x.md"].Data); got != want {
				t.Errorf("the first file holds\n%s", got)
			}
		})
	}
}

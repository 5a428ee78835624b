package register

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

	"candor/content"
	"candor/generator/catalog"
	"candor/generator/diag"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what comes out into the archives")

const today = "2026-11-23"

// siteOf reads a site from files below content/.
func siteOf(t testing.TB, files map[string]string) *model.Site {
	t.Helper()
	fsys := fstest.MapFS{"content/site.yaml": {Data: []byte("company: {name: Acme}\nowners: {cto: {title: CTO, person: Ada Example, email: ada@acme.example}}\n")}}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	tree, err := source.Read(fsys, parse.Folder)
	if err != nil {
		t.Fatal(err)
	}
	diags := &diag.List{}
	return link.Draft(parse.Tree(tree, diags), diags)
}

func orderOf(t testing.TB, site *model.Site) Order {
	t.Helper()
	day, err := model.ParseDay(today)
	if err != nil {
		t.Fatal(err)
	}
	return Order{Catalog: catalog.Load(), Site: site, On: day}
}

// TestLists holds lists, as people keep them and platforms export them, against what comes of them. The comment's last words are flags: all, map:field=Header.
func TestLists(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files, list, want := map[string]string{}, txtar.File{}, ""
			for _, f := range archive.Files {
				switch {
				case f.Name == "want":
					want = string(f.Data)
				case strings.HasPrefix(f.Name, "content/"):
					files[f.Name] = string(f.Data)
				default:
					list = f
				}
			}
			o, choice := orderOf(t, siteOf(t, files)), Choice{Map: map[Field]string{}}
			for _, flag := range strings.Split(string(archive.Comment), "\n") {
				o.All = o.All || flag == "all"
				if m, ok := strings.CutPrefix(flag, "map:"); ok {
					field, header, _ := strings.Cut(m, "=")
					choice.Map[Field(field)] = header
				}
			}
			got := ""
			if table, err := Read(list.Name, list.Data, choice); err != nil {
				got = "refused: " + err.Error() + "\n"
			} else {
				got = describe(t, table.Plan(o))
			}
			if got == want {
				return
			}
			if !*update {
				t.Errorf("got\n%s\nwant\n%s", got, want)
				return
			}
			archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
			archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got)})
			if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// describe writes a plan for a person.
func describe(t *testing.T, p *Plan) string {
	var b bytes.Buffer
	for _, c := range p.Table.Columns {
		fmt.Fprintf(&b, "column %q: %s", c.Header, c.Field)
		if c.Why != "" {
			fmt.Fprintf(&b, "(%s)", c.Why)
		}
		b.WriteString("\n")
	}
	for _, n := range p.Notes {
		fmt.Fprintf(&b, "note: %s\n", n)
	}
	for _, e := range p.Entries {
		fmt.Fprintf(&b, "%s, rows %v: %s", e.Name, e.Rows, e.Fate)
		if e.By != "" {
			fmt.Fprintf(&b, ", %s by %s", e.Vendor.ID.Value, e.By)
		}
		b.WriteString("\n")
		if e.Doubt != "" {
			fmt.Fprintf(&b, "  doubt: %s\n", e.Doubt)
		}
		for _, n := range e.Notes {
			fmt.Fprintf(&b, "  note: %s\n", n)
		}
		if e.Data == nil {
			continue
		}
		fmt.Fprintf(&b, "  %s\n", e.Path)
		for line := range strings.Lines(string(e.Data)) {
			b.WriteString("    " + line)
		}
		for _, f := range unreadable(e.Path, e.Data) {
			t.Errorf("%s: %s: %s\n%s", e.Path, diag.Place(f.At), f.Message, e.Data)
		}
	}
	return b.String()
}

// TestRoundTrip exports the starter's sub-processors whole and reads them back: every value is what it was.
func TestRoundTrip(t *testing.T) {
	starter, err := source.Read(content.Files, ".")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range starter.Files {
		if f.IsText() {
			files["content/"+strings.TrimPrefix(f.Path, "content/")] = string(f.Data)
		}
	}
	files["content/subprocessors/odd.yaml"] = `name: "=cmd|' /C calc'!A0; -1"
aliases: [first, second]
exceptions:
  - {rule: SUB07, reason: 'The "review" waits; it is late', owner: security-lead, expires: 2027-01-15}
category: other
status: removed
removed_on: 2026-01-01
role: internal-tool
summary: |
  Two lines,
  - one of them like a list
data_subjects: ["a | b", "+ plus", "[x]"]
certifications: ["@at"]
note: "not for readers: #1"
dpa: {signed_on: 2025-01-01}
ai: {retention: {state: days, keep: 30d, exceptions: ["files; =batch"]}}
`
	before := siteOf(t, files)
	if len(before.Subprocessors) < 15 {
		t.Fatalf("only %d sub-processors: the test looks in the wrong place", len(before.Subprocessors))
	}
	data, named, err := Export(before, CSV, orderOf(t, before).On, true)
	if err != nil || named != len(before.Subprocessors) {
		t.Fatalf("%d named, %v", named, err)
	}
	table, err := Read("list.csv", data, Choice{})
	if err != nil {
		t.Fatal(err)
	}
	for name := range files {
		if strings.HasPrefix(name, "content/subprocessors/") {
			delete(files, name)
		}
	}
	for _, e := range table.Plan(orderOf(t, siteOf(t, files))).Entries {
		if e.Fate != New {
			t.Errorf("%s is %s", e.ID, e.Fate)
		}
		files[e.Path] = string(e.Data)
	}
	after := siteOf(t, files)
	if len(after.Subprocessors) != len(before.Subprocessors) {
		t.Fatalf("%d sub-processors became %d", len(before.Subprocessors), len(after.Subprocessors))
	}
	for i, v := range before.Subprocessors {
		for _, k := range keys() {
			if was, is := k.of(v), k.of(after.Subprocessors[i]); was != is {
				t.Errorf("%s, %s: %q became %q", v.ID.Value, k.column(), was, is)
			}
		}
	}
}

// TestForms holds every form to be a list that can be read back, with its sub-processors in it.
func TestForms(t *testing.T) {
	site := siteOf(t, map[string]string{
		"content/subprocessors/openai.yaml": "name: OpenAI\nwebsite: https://openai.com\ncategory: llm-api\nstatus: active\ntier: critical\npurpose: Writes drafts\nlocations: [{country: US}, {country: IE}]\n",
		"content/subprocessors/figma.yaml":  "name: Figma\nrole: internal-tool\ncategory: other\nstatus: active\n",
		"content/subprocessors/old.yaml":    "name: Old\ncategory: other\nstatus: removed\nremoved_on: 2026-01-01\n",
		"content/subprocessors/soon.yaml":   "name: '=Soon'\ncategory: other\nstatus: planned\n",
	})
	for form, want := range map[Form]string{
		Drata:       "name,category,risk,critical,isSubProcessor,isSubProcessorActive,url,location,hasPii\nOpenAI,llm-api,,true,true,true,https://openai.com,\"United States, Ireland\",\n'=Soon,other,,,true,false,,,\n",
		Vanta:       "name,websiteUrl,category,servicesProvided,inherentRiskLevel,contractRenewalDate\nOpenAI,https://openai.com,llm-api,Writes drafts,,\n'=Soon,,other,,,\n",
		Secureframe: "Name,Website,Category,Description,Criticality,Sub-processor,Status,Data location,Personal data,Data,Legal entity,Owner,Last review\nOpenAI,https://openai.com,llm-api,Writes drafts,Critical,Yes,active,\"United States, Ireland\",,,,,\n'=Soon,,other,,,Yes,planned,,,,,,\n",
	} {
		data, named, err := Export(site, form, orderOf(t, site).On, false)
		if got := strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r\n", "\n"); err != nil || named != 2 || got != want {
			t.Errorf("%s: %d, %v\n%s\nwant\n%s", form, named, err, got, want)
		}
		table, err := Read("list.csv", data, Choice{})
		if err != nil {
			t.Fatal(err)
		}
		plan := table.Plan(orderOf(t, siteOf(t, nil)))
		if len(plan.Entries) != 2 || plan.Entries[0].ID != "openai" || plan.Entries[1].Name != "=Soon" {
			t.Errorf("%s is read back as\n%s", form, describe(t, plan))
		}
		for _, c := range plan.Table.Columns {
			if c.Field == "" {
				t.Errorf("%s: column %q is not understood", form, c.Header)
			}
		}
	}
}

// TestHeaders holds headers against what a reader takes them for.
func TestHeaders(t *testing.T) {
	data, err := os.ReadFile("testdata/headers.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		header, want, ok := strings.Cut(strings.TrimSpace(line), " = ")
		if strings.HasPrefix(line, "#") || !ok {
			continue
		}
		n++
		got := "-"
		if all := meanings(header); len(all) > 0 {
			got = string(all[0].field)
		}
		if got != want {
			t.Errorf("%q: %s, want %s", header, got, want)
		}
	}
	if n < 100 {
		t.Errorf("only %d headers", n)
	}
}

// TestFields holds the fields of the program and those of fields.txt to each other.
func TestFields(t *testing.T) {
	all := []Field{ID, Name, LegalEntity, Website, Category, Purpose, Location, Country, Address, Risk, ResidualRisk, Critical, Subprocessor, SubprocessorActive, Status, PersonalData, Data, Renewal,
		Started, Reviewed, NextReview, DPA, DPASigned, Transfer, Contact, Owner, TrustURL, SubprocessorsURL, Certifications, Note}
	for _, name := range Fields() {
		if !slices.Contains(all, Field(name)) {
			t.Errorf("fields.txt: no field is called %q", name)
		}
	}
	if len(Fields()) != len(all) {
		t.Errorf("fields.txt has %d fields, the program %d", len(Fields()), len(all))
	}
}

// TestFind holds names and websites of lists against the vendor of the catalog that they mean; a doubt is marked with a question mark.
func TestFind(t *testing.T) {
	d := directoryOf(catalog.Load())
	for _, c := range []struct{ name, legal, website, want string }{
		{"OpenAI", "", "", "openai by name"},
		{"openai, llc", "", "https://platform.openai.com", "openai by name"},
		{"ChatGPT (OpenAI)", "", "", "openai by name"},
		{"Slack Technologies, LLC", "", "", "slack by name"},
		{"AWS", "", "https://aws.amazon.com/s3", "aws by name"},
		{"Amazon Web Services EMEA SARL", "", "", "aws by name"},
		{"AWS - Bedrock", "", "", "aws-bedrock by name"},
		{"Error reports", "", "https://sentry.io/welcome", "sentry by website"},
		{"Dashboards", "", "https://app.datadoghq.com", "datadog by website"},
		{"Payments", "Stripe, LLC", "", "stripe by legal entity"},
		{"Microsoft Ireland Operations Ltd.", "", "", "azure by name?"},
		{"Microsoft Corporation (Azure OpenAI)", "", "", "azure-openai by name"},
		{"Functional Software, Inc. d/b/a Sentry", "", "", "sentry by name"},
		{"Modal", "", "https://modal-furniture.example", "modal by name?"},
		{"Notion", "", "https://www.notion.so", "notion by name"},
		{"Weights & Biases", "", "https://wandb.ai", "weights-and-biases by name"},
		{"Google", "", "https://google.com", ""},
		{"Acme", "", "https://acme.example", ""},
		{"Stripes and Dots", "", "", ""},
		{"", "", "https://com", ""},
		{"", "", "", ""},
	} {
		got := ""
		if h := d.find(c.name, c.legal, c.website); h.vendor != nil {
			got = h.vendor.ID.Value + " by " + h.by
			if h.doubt != "" {
				got += "?"
			}
		}
		if got != c.want {
			t.Errorf("%q, %q, %q: %q, want %q", c.name, c.legal, c.website, got, c.want)
		}
	}
}

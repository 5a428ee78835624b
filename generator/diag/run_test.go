package diag_test

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"candor/generator/diag"
	"candor/generator/source"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

var rules = []diag.Rule{
	{ID: "SUB01", Title: "a flow's step, as it stands, names a vendor; not (ever) declared", Why: "It would be hidden.", Source: "GDPR Art. 28", Bad: "in: openia", Good: "in: openai"},
	{ID: "FLW03", Severity: diag.Incomplete, Title: "a step says nothing", Why: "It looks unfinished.", Remark: "With ``` in it.", Bad: "```\nx\n```"},
	{ID: "POL02", Severity: diag.Warning, Title: "overdue", Why: "Overdue."},
}

// place gives the span of text in a file.
func place(f *source.File, text string) source.Span {
	i := bytes.Index(f.Data, []byte(text))
	return f.Span(i, i+len(text))
}

// oddRun holds places and texts of every kind that writers must get right.
func oddRun() diag.Run {
	flow := source.NewFile("content/flows/odd näme, 100%: a.yaml", []byte("title: 🙂 to openia\nnote: |\n  one\n  two\nend: x\n"))
	site := source.NewFile("content/site.yaml", []byte("promises: {}\n"))
	asset := &source.File{Path: "content/documents/report.pdf", Size: 3}
	return diag.Run{
		Rules: rules, Version: "1.2.3", On: "2027-03-01", Today: "2026-11-25", Folder: "docs/trust",
		Findings: []diag.Finding{
			{Rule: "SUB01", At: place(flow, "openia"), Message: `step "draft" names "openia", which is no sub-processor`, Hint: `did you mean "openai"?`, From: "2026-12-14",
				Related: []diag.Related{{At: place(site, "{}"), Text: "promised [here]"}, {At: asset.Span(0, 0), Text: "said in this file"}}},
			{Rule: "FLW03", Severity: diag.Incomplete, At: place(flow, "|\n  one\n  two"), Message: "two\nlines, 100%, [a](1) and \x1b[31m"},
			{Rule: "POL02", Severity: diag.Warning, At: asset.Span(0, 0), Message: "the file is 3 days old"},
			{Rule: "NEW99", Message: "nowhere", Hint: "somewhere"},
		},
	}
}

func written(t *testing.T, write func(io.Writer, diag.Run) error, run diag.Run) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, run); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// validate holds a document against a schema.
func validate(t *testing.T, schema []byte, document string) {
	t.Helper()
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("urn:schema", parsed); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("urn:schema")
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(value); err != nil {
		t.Errorf("%#v\n%s", err, document)
	}
}

func TestJSONHoldsItsSchema(t *testing.T) {
	for name, run := range map[string]diag.Run{"odd": oddRun(), "nothing": {On: "2026-11-23"}} {
		t.Run(name, func(t *testing.T) {
			document := written(t, diag.WriteJSON, run)
			validate(t, diag.Schema(), document)
			var schema, value map[string]any
			if err := json.Unmarshal(diag.Schema(), &schema); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal([]byte(document), &value); err != nil {
				t.Fatal(err)
			}
			eachKey(t, schema, schema, value, "")
		})
	}
}

// eachKey makes sure that a schema describes every key of a document, though it allows others.
func eachKey(t *testing.T, root, schema map[string]any, value any, path string) {
	if ref, ok := schema["$ref"].(string); ok {
		schema = root["$defs"].(map[string]any)[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
	}
	switch v := value.(type) {
	case map[string]any:
		properties, _ := schema["properties"].(map[string]any)
		for key, item := range v {
			described, ok := properties[key].(map[string]any)
			if !ok {
				t.Errorf("the schema does not describe %s/%s", path, key)
				continue
			}
			eachKey(t, root, described, item, path+"/"+key)
		}
	case []any:
		for _, item := range v {
			eachKey(t, root, schema["items"].(map[string]any), item, path)
		}
	}
}

func TestJSON(t *testing.T) {
	var got struct {
		Version   int
		On, Today string
		Counts    struct{ Error, Warning, Incomplete int }
		Findings  []struct {
			Rule, Title, Severity, Message, Hint, From string
			At                                         struct {
				Path         string
				Line, Column int
				EndLine      int `json:"end_line"`
				EndColumn    int `json:"end_column"`
			}
		}
	}
	document := written(t, diag.WriteJSON, oddRun())
	if err := json.Unmarshal([]byte(document), &got); err != nil {
		t.Fatal(err)
	}
	if got.Version != 1 || got.On != "2027-03-01" || got.Today != "2026-11-25" || got.Counts.Error != 2 || got.Counts.Warning != 1 || got.Counts.Incomplete != 1 {
		t.Errorf("got %+v", got)
	}
	f := got.Findings[0]
	if f.Rule != "SUB01" || f.Title != rules[0].Title || f.Severity != "error" || f.From != "2026-12-14" || f.At.Line != 1 || f.At.Column != 13 || f.At.EndLine != 1 || f.At.EndColumn != 19 {
		t.Errorf("got %+v", f)
	}
	if f := got.Findings[1]; f.At.Line != 2 || f.At.Column != 7 || f.At.EndLine != 4 || f.At.EndColumn != 6 {
		t.Errorf("got %+v", f)
	}
	if empty := written(t, diag.WriteJSON, diag.Run{}); !strings.Contains(empty, `"findings": []`) {
		t.Errorf("no findings are %q", empty)
	}
}

func TestSARIFHoldsItsSchema(t *testing.T) {
	schema, err := os.ReadFile("testdata/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, run := range map[string]diag.Run{"odd": oddRun(), "nothing": {On: "2026-11-23"}} {
		t.Run(name, func(t *testing.T) { validate(t, schema, written(t, diag.WriteSARIF, run)) })
	}
}

type sarifDocument struct {
	Runs []struct {
		Tool struct {
			Driver struct {
				Rules []struct {
					ID, Name string
					Help     struct{ Text, Markdown string }
				}
			}
		}
		OriginalURIBaseIDs map[string]any
		ColumnKind         string
		Results            []struct {
			RuleID, Level               string
			RuleIndex                   *int
			Message                     struct{ Text string }
			Locations, RelatedLocations []struct {
				ID               int
				PhysicalLocation struct {
					ArtifactLocation struct{ URI, URIBaseID string }
					Region           struct{ StartLine, StartColumn, EndLine, EndColumn int }
				}
			}
			PartialFingerprints map[string]string
		}
	}
}

func sarif(t *testing.T, run diag.Run) sarifDocument {
	t.Helper()
	var d sarifDocument
	if err := json.Unmarshal([]byte(written(t, diag.WriteSARIF, run)), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestSARIF(t *testing.T) {
	run := sarif(t, oddRun()).Runs[0]
	if run.ColumnKind != "utf16CodeUnits" {
		t.Fatalf("columns are counted in %s", run.ColumnKind)
	}
	for _, r := range run.Results {
		for _, l := range append(r.Locations, r.RelatedLocations...) {
			a := l.PhysicalLocation.ArtifactLocation
			if _, ok := run.OriginalURIBaseIDs[a.URIBaseID]; !ok || !strings.HasPrefix(a.URI, "docs/trust/content") || l.PhysicalLocation.Region.StartLine < 1 {
				t.Errorf("%s: a place that no viewer finds: %+v", r.RuleID, l)
			}
		}
		if len(r.Locations) != 1 || (r.RuleIndex == nil) != (r.RuleID == "NEW99") || r.RuleIndex != nil && run.Tool.Driver.Rules[*r.RuleIndex].ID != r.RuleID {
			t.Errorf("%s: no place, or the wrong rule", r.RuleID)
		}
	}
	first := run.Results[0]
	where := first.Locations[0].PhysicalLocation
	if where.ArtifactLocation.URI != "docs/trust/content/flows/odd%20n%C3%A4me,%20100%25:%20a.yaml" {
		t.Errorf("uri %s", where.ArtifactLocation.URI)
	}
	if r := where.Region; r.StartLine != 1 || r.StartColumn != 14 || r.EndLine != 1 || r.EndColumn != 20 {
		t.Errorf("the smiling face is two code units: %+v", r)
	}
	if want := "step \"draft\" names \"openia\", which is no sub-processor.\n[promised (here)](1)\n[said in this file](2)\nhint: did you mean \"openai\"?"; first.Message.Text != want {
		t.Errorf("message %q", first.Message.Text)
	}
	second := run.Results[1]
	if r := second.Locations[0].PhysicalLocation.Region; second.Level != "note" || r.StartLine != 2 || r.EndLine != 4 || r.EndColumn != 6 {
		t.Errorf("%s %+v", second.Level, r)
	}
	if strings.Contains(second.Message.Text, "](") {
		t.Errorf("an author's text becomes a link: %q", second.Message.Text)
	}
	rule := run.Tool.Driver.Rules
	if rule[0].Name != "AFlowsStepAsItStandsNamesAVendor" || !strings.Contains(rule[0].Help.Text, "Bad:\n    in: openia") || !strings.Contains(rule[1].Help.Markdown, "````yaml\n```\nx\n```\n````") {
		t.Errorf("rules %+v", rule)
	}
}

// TestFingerprints holds what code scanning knows an alert by: it stays when lines and days move, and differs for what is different.
func TestFingerprints(t *testing.T) {
	prints := func(text string, messages ...string) []string {
		f := source.NewFile("content/a.yaml", []byte(text))
		run := diag.Run{}
		for _, m := range messages {
			run.Findings = append(run.Findings, diag.Finding{Rule: "POL02", At: place(f, "x"), Message: m})
		}
		var all []string
		for _, r := range sarif(t, run).Runs[0].Results {
			all = append(all, r.PartialFingerprints["candorFinding/v1"])
		}
		return all
	}
	before := prints("x", `"a-1" is 30 days old, after today, 2026-11-23`, `due on 2026-11-23 (3 days)`, `model "gpt-4.1" is old`, `soc1 is old`)
	after := prints("\n\n  x", `"a-1" is 31 days old, after today, 2026-11-24`, `due on 2027-01-01 (40 days)`, `model "gpt-4.1" is old`, `soc1 is old`)
	if !slices.Equal(before, after) {
		t.Errorf("%s became %s", before, after)
	}
	other := prints("x", `"a-2" is 30 days old, after today, 2026-11-23`, `was due on 2026-11-23 (3 days)`, `model "gpt-4.2" is old`, `soc2 is old`)
	for i := range other {
		if other[i] == before[i] {
			t.Errorf("finding %d is taken for another", i)
		}
	}
	if same := prints("x", "same", "same"); same[0] == same[1] {
		t.Error("two findings that look the same have one fingerprint")
	}
}

func TestGitHub(t *testing.T) {
	got := written(t, diag.WriteGitHub, oddRun())
	want := `::error file=docs/trust/content/flows/odd näme%2C 100%25%3A a.yaml,line=1,endLine=1,col=13,endColumn=19,title=SUB01 from 2026-12-14::` +
		`step "draft" names "openia", which is no sub-processor%0Apromised [here]: docs/trust/content/site.yaml:1%0Asaid in this file: docs/trust/content/documents/report.pdf%0Ahint: did you mean "openai"?
::notice file=docs/trust/content/flows/odd näme%2C 100%25%3A a.yaml,line=2,endLine=4,title=FLW03::two lines, 100%25, [a](1) and [31m
::warning file=docs/trust/content/documents/report.pdf,title=POL02::the file is 3 days old
::error file=docs/trust/content,title=NEW99::nowhere%0Ahint: somewhere
2 errors, 1 warning, 1 incomplete entry on 2027-03-01
`
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// TestGitHubSaysWhatItHides: GitHub shows ten annotations of a kind, so the first one tells of the others.
func TestGitHubSaysWhatItHides(t *testing.T) {
	run := diag.Run{On: "2026-11-23"}
	for range 10 {
		run.Findings = append(run.Findings, diag.Finding{Rule: "SUB01", Message: "m"})
	}
	if got := written(t, diag.WriteGitHub, run); strings.Contains(got, "GitHub shows") {
		t.Errorf("ten are shown:\n%s", got)
	}
	run.Findings = append(run.Findings, run.Findings[0])
	got := written(t, diag.WriteGitHub, run)
	if first, _, _ := strings.Cut(got, "\n"); first != "::error title=candor::11 errors on 2026-11-23; GitHub shows 10 of each kind, the log of this step shows all" {
		t.Errorf("first line %q", first)
	}
	if !strings.HasSuffix(got, "\n11 errors on 2026-11-23\n") {
		t.Errorf("the last line does not count:\n%s", got)
	}
}

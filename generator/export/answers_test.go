package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"candor/generator/diag"
	"candor/generator/disclosure"
	"candor/generator/export"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/page"
	"candor/generator/parse"
	"candor/generator/source"
)

const answersContent = `
- id: trains
  question: Is customer data used to train?
  also_asked: ["Do you train on our data?", "Will it?"]
  verdict: "no"
  answer: |
    **No.** See [the policy](../policies/hidden.md).

    - Not ours
    - not theirs
  scope: All models
  exclusions: [A pilot]
  reason: Consent
  evidence: [policy:models, policy:hidden, evidence:zdr]
  frameworks: {caiq-4.0: [DSP-15.1, DSP-15.2], mvsp: ["3.1"]}
  owner: lead
  reviewed_on: 2026-09-01
  note: CANARY note
- id: later
  question: "=HYPERLINK(\"https://evil.example\")"
  verdict: planned
  planned_for: 2027-01-31
  answer: "@SUM(1+1); +1"
- id: hidden
  question: CANARY question?
  verdict: "yes"
  answer: CANARY answer.
  visibility: private
`

// answersOf gives the files of a site with these answers.
func answersOf(t *testing.T, answers string) map[string][]byte {
	t.Helper()
	files := fstest.MapFS{
		"content/site.yaml":          {Data: []byte("company: {name: X}\nbase_url: https://x.example/trust\ntopics: [{id: ai, title: AI and vendors}]\nowners: {lead: {title: Head of Security, person: CANARY Lind, email: canary@x.example}}\n")},
		"content/evidence.yaml":      {Data: []byte("evidence:\n  zdr: {title: Zero-retention agreement, kind: agreement, dated: 2026-02-20, held_at: CANARY drive}\n")},
		"content/policies/models.md": {Data: []byte("---\ntitle: Model policy\nversion: \"1.2\"\n---\nText.\n")},
		"content/policies/hidden.md": {Data: []byte("---\ntitle: CANARY policy\nvisibility: internal\n---\nText.\n")},
		"content/answers/ai.yaml":    {Data: []byte(answers)},
	}
	tree, err := source.Read(files, parse.Folder)
	if err != nil {
		t.Fatal(err)
	}
	site := link.Draft(parse.Tree(tree, &diag.List{}), &diag.List{})
	all, err := export.All[page.Page](site, nil, disclosure.Of(site, day(t, "2026-11-23").Day, disclosure.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]byte{}
	for _, f := range all {
		if f.Make != nil {
			if f.Data, err = f.Make(); err != nil {
				t.Fatal(err)
			}
		}
		got[f.Path] = f.Data
	}
	return got
}

// rows reads a CSV file as a spreadsheet does.
func rows(t *testing.T, data []byte) [][]string {
	t.Helper()
	text, marked := bytes.CutPrefix(data, []byte("\ufeff"))
	if !marked {
		t.Error("no byte order mark says that the file is UTF-8")
	}
	if bytes.Count(text, []byte("\n")) != bytes.Count(text, []byte("\r\n")) {
		t.Error("a line does not end with CR LF")
	}
	all, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAnswersAsCSV(t *testing.T) {
	all := rows(t, answersOf(t, answersContent)["answers.csv"])
	if len(all) != 3 {
		t.Fatalf("there are %d rows", len(all))
	}
	want := []string{"trains", "AI and vendors", "Is customer data used to train?", "no", "No. See the policy. - Not ours - not theirs", "All models", "A pilot", "Consent", "",
		"Do you train on our data? | Will it?", "caiq-4.0 DSP-15.1, DSP-15.2 | mvsp 3.1", "Model policy | Zero-retention agreement", "2026-09-01", "Head of Security",
		"https://x.example/trust/answers/trains/"}
	if !slices.Equal(all[1], want) {
		t.Errorf("got  %q\nwant %q", all[1], want)
	}
	if all[2][2] != `'=HYPERLINK("https://evil.example")` || all[2][4] != "'@SUM(1+1); '+1" || all[2][8] != "2027-01-31" {
		t.Errorf("got %q", all[2])
	}
}

// TestNothingInternalInTheFilesOfAnswers looks for what must not be there: private answers, notes, people, unpublished records and where evidence is.
func TestNothingInternalInTheFilesOfAnswers(t *testing.T) {
	for name, data := range answersOf(t, answersContent) {
		if lower := strings.ToLower(string(data)); strings.Contains(lower, "canary") || strings.Contains(lower, "hidden") {
			t.Errorf("%s holds what is internal: %s", name, data)
		}
	}
	if files := answersOf(t, "- {id: a, question: CANARY?, verdict: \"yes\", answer: x, visibility: private}\n"); files["answers.csv"] != nil || files["answers.json"] != nil {
		t.Error("a site without public answers has files of them")
	}
}

// TestAnswersKeepTheirSchema holds the JSON against the schema that is published beside it; which keys there are is a promise.
func TestAnswersKeepTheirSchema(t *testing.T) {
	files := answersOf(t, answersContent)
	read := func(data []byte) any {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("answers.json", read(files["answers.schema.json"])); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("answers.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(read(files["answers.json"])); err != nil {
		t.Error(err)
	}
	for _, bad := range []string{`{"answers": [{"id": "a"}]}`, `{"answers": [{"id": "a", "address": "x", "topic": {"id": "a", "title": "A"}, "question": "q", "verdict": "maybe", "answer": "a"}]}`, `{}`} {
		if schema.Validate(read([]byte(bad))) == nil {
			t.Errorf("%s passes", bad)
		}
	}
	want, err := os.ReadFile("testdata/answers.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(files["answers.json"], want) {
		t.Errorf("got:\n%s\nwant:\n%s", files["answers.json"], want)
	}
	// No key is written that the schema does not describe.
	var described struct {
		Properties struct {
			Answers struct {
				Items struct{ Properties map[string]any }
			}
		}
	}
	if err := json.Unmarshal(files["answers.schema.json"], &described); err != nil {
		t.Fatal(err)
	}
	var written struct{ Answers []map[string]any }
	if err := json.Unmarshal(files["answers.json"], &written); err != nil {
		t.Fatal(err)
	}
	for _, a := range written.Answers {
		for key := range a {
			if described.Properties.Answers.Items.Properties[key] == nil {
				t.Errorf("the schema does not describe %q", key)
			}
		}
	}
}

// What somebody would write who wants a spreadsheet to do something.
var formulas = []string{"=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "\n=1+1", "  =1+1", "\u00a0=1+1", "\u200b=1+1", "\ufeff=1+1", "\x00=1+1",
	`"=1+1"`, `'=1+1`, `"";=1+1`, "a;=1+1", "a; \t@x", "a\t=1+1", "a|=1+1", "a\n=1+1", "a\r\n-1+1", "＝1+1", "＋1", "－1", "＠SUM(1)", " ＝1", "“=1+1", "''=1+1", "=", "-", "\u202e=1+1", "=1+1;=2+2"}

// TestNoCellIsAFormula reads the file as programs do: with commas, and with semicolons, tabs or bars in their place and quotation marks that mean nothing, as when
// somebody opens it with another setting.
func TestNoCellIsAFormula(t *testing.T) {
	for _, formula := range formulas {
		encoded, err := json.Marshal(formula)
		if err != nil {
			t.Fatal(err)
		}
		q := string(encoded)
		text := "- id: a\n  question: " + q + "\n  also_asked: [" + q + ", " + q + "]\n  verdict: \"no\"\n  answer: " + q + "\n  scope: " + q + "\n  exclusions: [" + q + "]\n  reason: " + q + "\n  frameworks: {x: [" + q + "]}\n"
		data := answersOf(t, text)["answers.csv"]
		all := rows(t, data)
		if len(all) != 2 {
			t.Errorf("%q makes %d rows", formula, len(all))
			continue
		}
		var cells []string
		for _, row := range all {
			cells = append(cells, row...)
			for _, c := range row {
				cells = append(cells, strings.FieldsFunc(c, func(r rune) bool { return strings.ContainsRune(";\t|\r\n", r) })...)
			}
		}
		cells = append(cells, strings.FieldsFunc(string(data), func(r rune) bool { return strings.ContainsRune(";\t|\r\n", r) })...)
		for _, c := range cells {
			if begins := strings.TrimLeft(c, " \"\u00a0\u200b\ufeff\x00\u202e“"); begins != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(begins)[0]) {
				t.Errorf("%q makes the cell %q", formula, c)
			}
		}
	}
}

// FuzzCells has no text make a formula, nor another number of cells.
func FuzzCells(f *testing.F) {
	for _, formula := range formulas {
		f.Add(formula)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a := &model.Answer{Question: model.Text{Value: s}}
		a.ID.Value, a.Verdict.Value, a.Scope.Value, a.Reason.Value = "a", "no", s, s
		site := &model.Site{Records: model.Records{Config: &model.Config{}, Topics: []*model.Topic{{Title: s, Answers: []*model.Answer{a}}}}}
		all, err := export.All[page.Page](site, nil, disclosure.Of(site, day(t, "2026-11-23").Day, disclosure.Options{BaseURL: "https://x.example"}))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range all {
			if file.Path != "answers.csv" {
				continue
			}
			data, err := file.Make()
			if err != nil {
				t.Fatal(err)
			}
			lines := rows(t, data)
			if len(lines) != 2 || len(lines[1]) != len(lines[0]) {
				t.Fatalf("%q makes %q", s, lines)
			}
			for _, c := range lines[1] {
				if begins := strings.TrimLeft(c, " \""); begins != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(begins)[0]) {
					t.Errorf("%q makes the cell %q", s, c)
				}
			}
		}
	})
}

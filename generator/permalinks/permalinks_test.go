package permalinks_test

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"candor/generator/diag"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/permalinks"
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

// read gives the linked site of files, in which nothing may be wrong.
func read(t *testing.T, files map[string]string) *model.Site {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys["content/"+name] = &fstest.MapFile{Data: []byte(data)}
	}
	tree, err := source.Read(fsys, parse.Folder)
	if err != nil {
		t.Fatal(err)
	}
	diags := &diag.List{}
	site := link.Draft(parse.Tree(tree, diags), diags)
	for _, f := range diags.Findings() {
		t.Fatalf("%s: %s", diag.Place(f.At), f.Message)
	}
	return site
}

// content is a site whose words are hard to write as YAML.
func content() map[string]string {
	return map[string]string{
		"site.yaml":         "company: {name: C}\nbase_url: https://c.example\ncontacts: {security: s@c.example}\n",
		"data-classes.yaml": "classes:\n  customer: {title: Customer data, level: restricted, aliases: [client]}\n",
		"subprocessors/null.yaml": `name: "Null"
category: other
status: active
legal_entity: '"Null": the company'
purpose: |
  - Does "this": it's
    #1, at C:\temp.
engagement: conditional
condition: "Who asks # for it:"
data: [client]
locations:
  - {country: "NO", region: "yes", activity: [store, process]}
  - {country: DE}
transfer: {mechanism: scc, module: 3}
ai:
  training: {used: never}
  retention: {state: days, keep: 30d, exceptions: ["*", "\\ü: é", "- a"]}
  human_review: none
`,
		"subprocessors/2024.yaml": "name: N\ncategory: other\nstatus: planned\naliases: [\"2023\"]\n",
		"subprocessors/wiki.yaml": "name: Wiki\ncategory: other\nstatus: active\nrole: internal-tool\n",
		"answers/ai.yaml":         "- {id: \"true\", question: Q, verdict: \"yes\", answer: A}\n- {id: secret, question: Q, verdict: \"yes\", answer: A, visibility: private}\n",
	}
}

// TestAnyWords writes a site whose words are hard to write as YAML, and reads it back.
func TestAnyWords(t *testing.T) {
	files := content()
	first := permalinks.Of(read(t, files), day(t, "2026-11-23"), nil)
	if first.IDs != 4 || !slices.Equal(first.Told, []string{"2024", "null"}) || first.Held != nil {
		t.Errorf("the release is %+v", first)
	}
	_, body, _ := strings.Cut(string(first.Data), "\npublished_on")
	want := `: 2026-11-23
subprocessors:
  - "2023"
  - "2024"
  - "null"
answers:
  - "true"
facts:
  "2024":
    since: 2026-11-23
    status: planned
  "null":
    since: 2026-11-23
    status: active
    legal_entity: "\"Null\": the company"
    purpose: "- Does \"this\": it's #1, at C:\\temp."
    engagement: "conditional: Who asks # for it:"
    data:
      - customer
    locations:
      - DE
      - NO, yes, process and store
    transfer: scc, module 3
    training: never
    retention: 30d
    exceptions:
      - "*"
      - "- a"
      - "\\ü: é"
    human_review: none
`
	if body != want {
		t.Errorf("got:\n%s\nwant:\n%s", body, want)
	}
	files["permalinks.yaml"] = string(first.Data)
	again := permalinks.Of(read(t, files), day(t, "2026-11-23"), nil)
	if !bytes.Equal(again.Data, first.Data) || again.IDs != 0 || again.Told != nil {
		t.Errorf("a second release is not the same:\n%s", again.Data)
	}
}

// TestNothingIsForgotten takes records away, hides and renames them: ids and what was told stay, comments at the head too.
func TestNothingIsForgotten(t *testing.T) {
	files := content()
	first := permalinks.Of(read(t, files), day(t, "2026-11-23"), nil)
	head, rest, _ := strings.Cut(string(first.Data), "published_on")
	if !strings.HasPrefix(head, "# ") {
		t.Errorf("the head is %q", head)
	}
	files["permalinks.yaml"] = "# Ours.\n\n# Keep it.\npublished_on" + rest
	later := maps.Clone(files)
	delete(later, "answers/ai.yaml")
	later["subprocessors/null.yaml"] += "role: internal-tool\n"
	delete(later, "subprocessors/2024.yaml")
	later["subprocessors/next.yaml"] = "name: N\ncategory: other\nstatus: active\naliases: [\"2024\"]\n"
	second := permalinks.Of(read(t, later), day(t, "2026-12-24"), nil)
	want := strings.Replace(files["permalinks.yaml"], "published_on: 2026-11-23", "published_on: 2026-12-24", 1)
	want = strings.Replace(want, "  - \"2024\"\n  - \"null\"\n", "  - \"2024\"\n  - next\n  - \"null\"\n", 1)
	moved := "  \"2024\":\n    since: 2026-11-23\n    status: planned\n"
	want = strings.Replace(strings.Replace(want, moved, "", 1), "  \"null\":\n", "  next:\n    since: 2026-11-23\n    status: active\n  \"null\":\n", 1)
	if string(second.Data) != want {
		t.Errorf("got:\n%s\nwant:\n%s", second.Data, want)
	}
	if past := permalinks.Of(read(t, files), day(t, "2020-01-01"), nil); !strings.Contains(string(past.Data), "published_on: 2026-11-23") {
		t.Error("a release of the past moves the day back")
	}
}

// TestUnannounced holds back what no update tells of, unless its words alone changed.
func TestUnannounced(t *testing.T) {
	files := content()
	files["permalinks.yaml"] = string(permalinks.Of(read(t, files), day(t, "2026-11-23"), nil).Data)
	files["subprocessors/fresh.yaml"] = "name: Fresh\ncategory: other\nstatus: active\n"
	files["subprocessors/null.yaml"] = strings.Replace(files["subprocessors/null.yaml"], "keep: 30d", "keep: 60d", 1)
	site := read(t, files)
	held := permalinks.Of(site, day(t, "2026-12-24"), nil)
	if !slices.Equal(held.Held, []string{"fresh", "null"}) || strings.Contains(string(held.Data), "60d") || strings.Contains(string(held.Data), "  fresh:") || !strings.Contains(string(held.Data), "  - fresh\n") {
		t.Errorf("%v is held back:\n%s", held.Held, held.Data)
	}
	told := permalinks.Of(site, day(t, "2026-12-24"), []string{"null"})
	if !slices.Equal(told.Held, []string{"fresh"}) || !slices.Equal(told.Told, []string{"null"}) || !strings.Contains(string(told.Data), "  \"null\":\n    since: 2026-12-24\n") {
		t.Errorf("%v is held back, %v is told:\n%s", told.Held, told.Told, told.Data)
	}
}

package disclosure_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"

	made "github.com/invopop/jsonschema"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"candor/generator/disclosure"
)

var update = flag.Bool("update", false, "write what came out")

// promise is what a reader of the format may rely on; it stands at the head of the schema.
const promise = `Every public fact of a trust center, each once: who receives data, where, on what terms; policies, data flows, models, controls, certifications, documents and answers; and what changed.

A reader of version 1 may rely on this. Keys are added, never renamed or removed, and a key never means something else: for that, "version" rises, so look at it first and pass over keys that you do not know. Words of enumerations may be added; take one that you do not know for "other". A record is known by its list and "id"; when it is renamed, its earlier ids stand in "former_ids". A text that names another record holds its "id". Days are YYYY-MM-DD in UTC; durations are a number and d, m or y: 30d, 12m, 1y. A key that is absent says that nothing is published, never that the answer is no. The order of lists says nothing, but for "steps", which happen in order, and "updates" and "changes", which are newest first. The "id" of an entry of "changes" never changes, and entries are not taken away.`

// schemaOf makes the schema from the structs and the comments on them.
func schemaOf(t *testing.T) []byte {
	t.Helper()
	r := &made.Reflector{AllowAdditionalProperties: true, Anonymous: true, Mapper: func(typ reflect.Type) *made.Schema {
		if typ == reflect.TypeFor[disclosure.Day]() {
			return &made.Schema{Type: "string", Format: "date"}
		}
		return nil
	}}
	if err := r.AddGoComments("candor/generator/disclosure", "."); err != nil {
		t.Fatal(err)
	}
	comments := map[string]string{}
	for name, text := range r.CommentMap { // the library gives paths as it walked them
		comments[strings.Replace(name, "candor/generator/disclosure/.", "candor/generator/disclosure.", 1)] = strings.TrimSpace(text)
	}
	r.CommentMap = comments
	s := r.Reflect(&disclosure.Document{})
	s.Title, s.Description = "trust.json, version 1", promise
	data, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return append(data, '\n')
}

func TestSchemaIsThatOfTheStructs(t *testing.T) {
	want := schemaOf(t)
	if *update {
		if err := os.WriteFile(disclosure.SchemaName, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(disclosure.Schema, want) {
		t.Errorf("%s is not that of the structs: run go test ./generator/disclosure -update", disclosure.SchemaName)
	}
}

// compiled gives the schema for checking documents against it.
func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(disclosure.Schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(disclosure.SchemaName, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(disclosure.SchemaName)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func check(t *testing.T, schema *jsonschema.Schema, data []byte) error {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(v)
}

// TestStarterKeepsTheSchema holds what the starter tells against the schema, with everything strange in it.
func TestStarterKeepsTheSchema(t *testing.T) {
	schema := compiled(t)
	d := told(t, "2026-11-26", disclosure.Options{Since: disclosureOf(t, "2026-11-23", func(s *disclosure.Document) { s.Subprocessors[0].LegalEntity = "Another" })})
	data, err := d.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if err := check(t, schema, data); err != nil {
		t.Error(err)
	}
	for _, edit := range []func(d *disclosure.Document){
		func(d *disclosure.Document) { d.Subprocessors[0].AnnouncedOn = "soon" },
		func(d *disclosure.Document) { d.Changes[0].Day = "2026-13-01" },
	} {
		bad := told(t, "2026-11-26", disclosure.Options{})
		edit(bad)
		data, err := bad.JSON()
		if err != nil {
			t.Fatal(err)
		}
		if check(t, schema, data) == nil {
			t.Error("a document with a day that is none passes")
		}
	}
	for _, bad := range []string{`{}`, `[]`, `{"version": "1"}`, strings.Replace(string(data), `"site": {`, `"cite": {`, 1)} {
		if check(t, schema, []byte(bad)) == nil {
			t.Errorf("%.60s passes", bad)
		}
	}
}

// TestEveryKeyIsDescribed demands a description of every key whose meaning its name does not give away, and of every struct.
func TestEveryStructIsDescribed(t *testing.T) {
	var schema struct {
		Defs map[string]struct{ Description string } `json:"$defs"`
	}
	if err := json.Unmarshal(disclosure.Schema, &schema); err != nil {
		t.Fatal(err)
	}
	if len(schema.Defs) < 30 {
		t.Fatalf("only %d structs are described", len(schema.Defs))
	}
	for name, def := range schema.Defs {
		if def.Description == "" {
			t.Errorf("%s has no description", name)
		}
	}
}

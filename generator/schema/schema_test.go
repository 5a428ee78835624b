package schema_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"candor/content"
	"candor/generator"
	"candor/generator/diag"
	"candor/generator/link"
	"candor/generator/parse"
	"candor/generator/schema"
	"candor/generator/source"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"
)

// schemas gives the schemas by the names of their shapes, as a validator reads them: each is held against draft-07 itself.
func schemas(t testing.TB) map[string]*jsonschema.Schema {
	t.Helper()
	files, err := generator.Schemas()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*jsonschema.Schema{}
	for _, f := range files {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(f.Data))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		c.AssertFormat()
		if err := c.AddResource(f.Name, doc); err != nil {
			t.Fatal(err)
		}
		s, err := c.Compile(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if s.DraftVersion != 7 {
			t.Errorf("%s is read as draft %d", f.Name, s.DraftVersion)
		}
		all[strings.TrimSuffix(f.Name, ".json")] = s
	}
	return all
}

// values gives YAML as the JSON that an editor takes it for: by the core schema of YAML 1.2, in which a date is a text.
func values(t testing.TB, text string) any {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return value(doc.Content[0])
}

func value(n *yaml.Node) any {
	switch n.Kind {
	case yaml.AliasNode:
		return value(n.Alias)
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			list = append(list, value(item))
		}
		return list
	case yaml.MappingNode:
		object := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			object[n.Content[i].Value] = value(n.Content[i+1])
		}
		return object
	}
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		return strings.EqualFold(n.Value, "true")
	case "!!int", "!!float":
		if number, err := strconv.ParseInt(strings.TrimPrefix(n.Value, "0x"), map[bool]int{true: 16, false: 10}[strings.HasPrefix(n.Value, "0x")], 64); err == nil {
			return json.Number(strconv.FormatInt(number, 10))
		}
		if number, err := strconv.ParseFloat(n.Value, 64); err == nil && !strings.Contains(n.Value, "_") {
			return number
		}
	}
	return n.Value
}

// refused gives what the build says of the shape of a file: findings of parse, and those of link that miss a key.
func refused(t testing.TB, name, text string) []string {
	t.Helper()
	files := fstest.MapFS{"content/site.yaml": {Data: []byte("company: {name: C}\nbase_url: https://c.example\ncontacts: {security: s@c.example}\n")}}
	files[name] = &fstest.MapFile{Data: []byte(text)}
	tree, err := source.Read(files, parse.Folder)
	if err != nil {
		t.Fatal(err)
	}
	read, linked := &diag.List{}, &diag.List{}
	link.Draft(parse.Tree(tree, read), linked)
	var messages []string
	for _, f := range read.Findings() {
		if f.Rule == parse.SCH01 && f.Severity == diag.Error && f.At.File.Path == name {
			messages = append(messages, f.Message)
		}
	}
	for _, f := range linked.Findings() {
		if f.At.File.Path == name && strings.HasSuffix(f.Message, "of this step is missing") {
			messages = append(messages, f.Message)
		}
	}
	return messages
}

// TestStarter holds every file of the starter against its schema, and to the line that names it.
func TestStarter(t *testing.T) {
	all, read := schemas(t), map[string]int{}
	err := fs.WalkDir(content.Files, ".", func(name string, d fs.DirEntry, err error) error {
		shape, ok := parse.ShapeOf(path.Join(parse.Folder, name))
		if err != nil || d.IsDir() || !ok {
			return err
		}
		data, err := fs.ReadFile(content.Files, name)
		if err != nil {
			return err
		}
		read[shape.Name]++
		text := string(data)
		first, _, _ := strings.Cut(text, "\n")
		if line := schema.Modeline(path.Join(parse.Folder, name)); line != "" && first != line {
			t.Errorf("%s begins with %q, not with %q", name, first, line)
		}
		if shape.FrontMatter {
			text = strings.Split(text, "---\n")[1]
		}
		if err := all[shape.Name].Validate(values(t, text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, shape := range parse.Shapes() {
		if all[shape.Name] == nil {
			t.Errorf("%s has no schema", shape.Files)
		}
		if read[shape.Name] == 0 && shape.Name != "share" && shape.Name != "vendor" { // a link for one customer, and a vendor that nobody else knows
			t.Errorf("the starter has no %s", shape.Files)
		}
	}
	if len(all) != len(parse.Shapes()) {
		t.Errorf("%d schemas for %d kinds of files", len(all), len(parse.Shapes()))
	}
}

// TestEveryKeyIsExplained holds every key to a description, and an enumeration to the meaning of all of its words or of none.
func TestEveryKeyIsExplained(t *testing.T) {
	files, err := generator.Schemas()
	if err != nil {
		t.Fatal(err)
	}
	keys := 0
	var walk func(at string, v any)
	walk = func(at string, v any) {
		switch v := v.(type) {
		case []any:
			for _, item := range v {
				walk(at, item)
			}
		case map[string]any:
			words, _ := v["enum"].([]any)
			if meanings, ok := v["markdownEnumDescriptions"].([]any); ok && len(meanings) != len(words) {
				t.Errorf("%s: %d of %d words are explained in the comment of the model", at, len(meanings), len(words))
			}
			properties, _ := v["properties"].(map[string]any)
			for key, p := range properties {
				keys++
				if text, _ := p.(map[string]any)["description"].(string); len(text) < 4 || text == "It is not published." {
					t.Errorf("%s.%s is not explained: write a comment on its field in generator/model", at, key)
				}
			}
			for key, sub := range v {
				walk(at+"."+key, sub)
			}
		}
	}
	for _, f := range files {
		var doc map[string]any
		if err := json.Unmarshal(f.Data, &doc); err != nil {
			t.Fatal(err)
		}
		if text, _ := doc["description"].(string); text == "" {
			t.Errorf("%s is not explained: write a comment on its type in generator/model", f.Name)
		}
		walk(strings.TrimSuffix(f.Name, ".json"), doc)
	}
	if keys < 300 {
		t.Errorf("only %d keys found", keys)
	}
}

// TestSameBytes makes the schemas twice.
func TestSameBytes(t *testing.T) {
	first, err := generator.Schemas()
	if err != nil {
		t.Fatal(err)
	}
	second, err := generator.Schemas()
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range first {
		if f.Name != second[i].Name || !bytes.Equal(f.Data, second[i].Data) {
			t.Errorf("%s comes out differently the second time", f.Name)
		}
	}
}

// TestEditor holds the settings to the schemas that there are: an editor finds every file under the same schema as its modeline says.
func TestEditor(t *testing.T) {
	files, err := schema.Editor()
	if err != nil {
		t.Fatal(err)
	}
	var settings struct {
		Schemas map[string]string `json:"yaml.schemas"`
	}
	for _, f := range files {
		if f.Name == ".vscode/settings.json" {
			if err := json.Unmarshal(f.Data, &settings); err != nil {
				t.Fatal(err)
			}
		}
	}
	named := 0
	for _, shape := range parse.Shapes() {
		name := path.Join(parse.Folder, strings.Replace(shape.Files, "*", "x", 1))
		line := schema.Modeline(name)
		if shape.FrontMatter {
			if line != "" {
				t.Errorf("%s is given the line %q, which no editor reads", name, line)
			}
			continue
		}
		named++
		_, at, _ := strings.Cut(line, "$schema=")
		full := path.Join(path.Dir(name), at)
		if got := settings.Schemas["./"+full]; got != path.Join(parse.Folder, shape.Files) {
			t.Errorf("%s is the schema of %q, not of %q", full, got, shape.Files)
		}
	}
	if len(settings.Schemas) != named {
		t.Errorf("the settings name %d schemas, not %d", len(settings.Schemas), named)
	}
}

// Package schema writes a JSON Schema for each kind of file that an author writes, so that editors complete, explain and check it.
//
// In come the shapes of the content, which parse reads off the model's tags, the comments on the model's fields, and the rules that an
// exception may name; out comes one schema per shape, the same bytes every time. What parse accepts a schema accepts, and what parse
// refuses for its shape a schema refuses: the tests list what is beyond a schema. The schemas are of draft-07, the newest that all
// editors know: the YAML language server learned newer ones in version 1.20 only, and nothing of those is needed. For the sake of editors
// each schema is whole, without references, and has the language server's own words for a failed pattern and for the words of an
// enumeration; other readers pass over those.
package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/parse"
)

// Folder is where the schemas lie, below the site folder. The name has no editor in it, since a modeline is read by many, and files under
// .vscode are often kept out of version control.
const Folder = ".candor/schemas"

const draft = "http://json-schema.org/draft-07/schema#"

// A File is one file as it is written.
type File struct {
	Name string // slash-separated
	Data []byte
}

// All gives the schema of every kind of file: "site.json", "flow.json". The rules are those that an exception can name.
func All(rules []diag.Rule) ([]File, error) {
	comments, err := readComments(model.Source)
	if err != nil {
		return nil, err
	}
	b := &builder{comments: comments, rules: rules}
	var files []File
	for _, shape := range parse.Shapes() {
		data, err := encode(b.file(shape))
		if err != nil {
			return nil, fmt.Errorf("write the schema of %s: %w", shape.Files, err)
		}
		files = append(files, File{Name: shape.Name + ".json", Data: data})
	}
	return files, nil
}

// Modeline gives the line that names the schema of a file of the content, by the file's path in the site folder. It is "" for what is not
// written in YAML alone: editors do not look into front matter.
func Modeline(name string) string {
	shape, ok := parse.ShapeOf(name)
	if !ok || shape.FrontMatter {
		return ""
	}
	up := strings.Repeat("../", strings.Count(name, "/"))
	return "# yaml-language-server: $schema=" + up + path.Join(Folder, shape.Name+".json")
}

// Editor gives the files that tell Visual Studio Code of the schemas, by their paths in the site folder.
func Editor() ([]File, error) {
	schemas := ordered[string]{}
	for _, shape := range parse.Shapes() {
		if !shape.FrontMatter {
			schemas = append(schemas, entry[string]{"./" + path.Join(Folder, shape.Name+".json"), path.Join(parse.Folder, shape.Files)})
		}
	}
	settings, err := encode(ordered[ordered[string]]{{"yaml.schemas", schemas}})
	if err != nil {
		return nil, err
	}
	extensions, err := encode(ordered[[]string]{{"recommendations", []string{"redhat.vscode-yaml"}}})
	if err != nil {
		return nil, err
	}
	return []File{{".vscode/extensions.json", extensions}, {".vscode/settings.json", settings}}, nil
}

// encode gives v as JSON for people: indented, and with < and > as they are.
func encode(v any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(v)
	return out.Bytes(), err
}

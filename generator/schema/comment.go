package schema

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"strings"
)

// A comment is what the source says of a type or of a field.
type comment struct {
	text  string
	words map[string]string // what the words of an enumeration mean
}

// readComments reads the comments of a package: of types under their names ("Flow"), of fields under both ("Flow.Title").
func readComments(source fs.FS) (map[string]comment, error) {
	names, err := fs.Glob(source, "*.go")
	if err != nil {
		return nil, err
	}
	comments := map[string]comment{}
	for _, name := range names {
		data, err := fs.ReadFile(source, name)
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, data, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("read the comments of the model: %w", err)
		}
		for _, decl := range file.Decls {
			if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.TYPE {
				readType(comments, d)
			}
		}
	}
	return comments, nil
}

func readType(comments map[string]comment, d *ast.GenDecl) {
	for _, spec := range d.Specs {
		typ := spec.(*ast.TypeSpec)
		comments[typ.Name.Name] = commentOf(d.Doc)
		fields, ok := typ.Type.(*ast.StructType)
		if !ok {
			continue
		}
		for _, field := range fields.Fields.List {
			doc := field.Doc
			if doc == nil {
				doc = field.Comment
			}
			for _, name := range field.Names {
				comments[typ.Name.Name+"."+name.Name] = commentOf(doc)
			}
		}
	}
}

// commentOf parts a comment into its text, as one paragraph, and its list of words.
func commentOf(group *ast.CommentGroup) comment {
	c := comment{words: map[string]string{}}
	var text []string
	for line := range strings.Lines(group.Text()) {
		line = strings.TrimSpace(line)
		if word, meaning, ok := strings.Cut(strings.TrimPrefix(line, "- "), ": "); ok && strings.HasPrefix(line, "- ") {
			c.words[word] = sentence(meaning)
			continue
		}
		text = append(text, line)
	}
	c.text = sentence(strings.TrimSpace(strings.Join(text, " ")))
	return c
}

// sentence gives a phrase as a sentence: with a capital and a full stop.
func sentence(s string) string {
	if s = capital(s); s != "" && !strings.ContainsRune(".!?", rune(s[len(s)-1])) {
		s += "."
	}
	return s
}

func capital(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

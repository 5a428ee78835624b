package parse

import (
	"path"
	"strings"
)

// A Shape is a kind of file: where it lies, and what an author may write in it.
type Shape struct {
	Name        string // "site", "flow", "answers"
	Files       string // below the content folder: "site.yaml", "flows/*.yaml"
	FrontMatter bool   // it is written above a text in Markdown
	Root        Field  // its type is a struct of the model, or a list of one
}

// Shapes gives every kind of file that is read.
func Shapes() []Shape {
	var all []Shape
	for _, c := range collections() {
		all = append(all, c.shape())
	}
	return all
}

// ShapeOf gives the kind of a file by its path, content folder and all. It is false for what is no text of the content.
func ShapeOf(name string) (Shape, bool) {
	c, ok := find(name)
	if !ok {
		return Shape{}, false
	}
	return c.shape(), true
}

// shape names a file after what it holds: one record, or as the file is called that holds many.
func (c collection) shape() Shape {
	s := Shape{Name: string(c.kind), Files: c.folder + "/*" + c.ext, FrontMatter: c.ext == ".md", Root: c.root}
	switch {
	case c.file != "":
		s.Name, s.Files = strings.TrimSuffix(c.file, path.Ext(c.file)), c.file
	case c.root.Key != "":
		s.Name = c.root.Key
	}
	return s
}

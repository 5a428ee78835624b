package scan

import (
	"bytes"

	"candor/generator/source"

	"golang.org/x/mod/modfile"
)

// goModules reads go.mod: the modules that the code imports itself.
func goModules(f *source.File) []dependency {
	file, err := modfile.ParseLax("go.mod", f.Data, nil)
	if err != nil {
		return nil
	}
	all := []dependency{}
	for _, r := range file.Require {
		if r.Indirect || r.Syntax == nil {
			continue
		}
		name := r.Mod.Path
		start := r.Syntax.Start.Byte
		if i := bytes.Index(f.Data[start:], []byte(name)); i >= 0 {
			start += i
		}
		all = append(all, dependency{name: name, at: at(f.Span(start, min(start+len(name), len(f.Data))))})
	}
	return all
}

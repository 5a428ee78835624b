package theme

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
)

const (
	// Usual is the name of the theme that a site has when it names none; it lies below all others.
	Usual = "default"
	// Overrides is the folder whose files win over those of whichever theme was chosen. It is no theme that can be chosen.
	Overrides = "site"
)

// A Shelf is where the themes are that a site may choose from: a folder each, named like the theme.
type Shelf struct {
	Own     fs.FS // of the site itself, its folder "themes"; nil for none
	BuiltIn fs.FS // those that come with the program, Usual among them
}

// ShelfOf gives the themes of a site folder and those that come with the program.
func ShelfOf(site, builtIn fs.FS) Shelf {
	s := Shelf{BuiltIn: builtIn}
	if isFolder(site, "themes") {
		s.Own, _ = fs.Sub(site, "themes") // fails for a path that is none
	}
	return s
}

// Names gives the names of all themes that can be chosen, sorted, without those of folders that cannot be read.
func (s Shelf) Names() []string {
	var names []string
	for _, from := range []fs.FS{s.Own, s.BuiltIn} {
		if from == nil {
			continue
		}
		entries, err := fs.ReadDir(from, ".")
		if err != nil {
			continue
		}
		for _, e := range entries {
			if name := e.Name(); name[0] != '.' && name[0] != '_' && s.Has(name) && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// Has reports whether there is a theme of that name.
func (s Shelf) Has(name string) bool {
	return fs.ValidPath(name) && name != "." && name != Overrides && (s.IsOwn(name) || isFolder(s.BuiltIn, name))
}

// IsOwn reports whether the site itself has the theme, in whose favour one of the same name that comes with the program is left alone. A folder of pictures is
// no theme: it takes a template, a style or a script. What overrides may be pictures alone.
func (s Shelf) IsOwn(name string) bool {
	return isFolder(s.Own, name) && (name == Overrides || isDressed(s.Own, name))
}

// Layers gives the folders that make the theme called name, the one that wins first: what the site overrides, the theme, the usual one. A name of "" is
// Usual.
func (s Shelf) Layers(name string) ([]fs.FS, error) {
	if name == "" {
		name = Usual
	}
	if !s.Has(name) {
		return nil, fmt.Errorf("no theme %q", name)
	}
	type place struct {
		from   fs.FS
		folder string
	}
	var places []place
	if s.IsOwn(Overrides) {
		places = append(places, place{s.Own, Overrides})
	}
	if s.IsOwn(name) {
		places = append(places, place{s.Own, name})
	} else if name != Usual {
		places = append(places, place{s.BuiltIn, name})
	}
	var layers []fs.FS
	for _, p := range append(places, place{s.BuiltIn, Usual}) {
		layer, err := fs.Sub(p.from, p.folder)
		if err != nil {
			return nil, fmt.Errorf("open theme %s: %w", p.folder, err)
		}
		layers = append(layers, layer)
	}
	return layers, nil
}

func isFolder(files fs.FS, name string) bool {
	if files == nil {
		return false
	}
	info, err := fs.Stat(files, name)
	return err == nil && info.IsDir()
}

// isDressed reports whether a folder holds a template, a style or a script, however deep.
func isDressed(files fs.FS, name string) bool {
	found := false
	_ = fs.WalkDir(files, name, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return fs.SkipDir // what cannot be read is told of when the theme is
		}
		switch path.Ext(file) {
		case ".html", ".css", ".js":
			if !d.IsDir() {
				found = true
				return fs.SkipAll
			}
		}
		return nil
	})
	return found
}

package theme

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// A Piece is a file of a theme that a site may put one of its own in the place of.
type Piece struct {
	Path  string // within the theme: "policy/page.html"
	Theme string // that has it: the one that was asked for, or Usual
	Data  []byte // not to be changed
}

// Pieces gives every file of the theme called name as it is without the site's overrides, sorted by path.
func (s Shelf) Pieces(name string) ([]Piece, error) {
	if name == "" {
		name = Usual
	}
	layers, err := s.Layers(name)
	if err != nil {
		return nil, err
	}
	if s.IsOwn(Overrides) {
		layers = layers[1:]
	}
	all, err := gather(layers)
	if err != nil {
		return nil, err
	}
	above, err := gather(layers[:1])
	if err != nil {
		return nil, err
	}
	var pieces []Piece
	for _, f := range all {
		p := Piece{Path: f.Path, Theme: Usual, Data: f.Data}
		if slices.ContainsFunc(above, func(a File) bool { return a.Path == f.Path }) {
			p.Theme = name
		}
		pieces = append(pieces, p)
	}
	return pieces, nil
}

// Pick gives the piece that somebody means: by its path, by the page whose template it is, or by its name where only one has it.
func Pick(pieces []Piece, typed string) (Piece, bool) {
	typed = path.Clean(strings.TrimPrefix(typed, "/"))
	for _, want := range []string{typed, typed + "/page.html"} {
		for _, p := range pieces {
			if p.Path == want {
				return p, true
			}
		}
	}
	var named []Piece
	for _, p := range pieces {
		if base := path.Base(p.Path); base == typed || base == typed+".html" && path.Dir(p.Path) == layout {
			named = append(named, p)
		}
	}
	if len(named) != 1 {
		return Piece{}, false
	}
	return named[0], true
}

// Copy gives the piece as a site's own file: a first line says where it is from, as of which version of the program.
func (p Piece) Copy(version string) []byte {
	from := fmt.Sprintf("%s of the theme %s, as of candor %s", p.Path, p.Theme, version)
	switch path.Ext(p.Path) {
	case ".html":
		from = "{{- /* " + from + " */ -}}\n"
	case ".css":
		from = "/* " + from + " */\n"
	case ".js":
		from = "// " + from + "\n"
	default: // no text that could say so
		from = ""
	}
	return slices.Concat([]byte(from), p.Data)
}

var call = regexp.MustCompile(`\{\{-? *template +["` + "`" + `]([^"` + "`" + `]+)["` + "`" + `]`)

// Beside gives the paths of what belongs to the piece: the parts that it calls, then the styles and scripts of its folder.
func (p Piece) Beside(pieces []Piece) []string {
	var paths []string
	add := func(wanted func(q Piece) bool) {
		for _, q := range pieces {
			if q.Path != p.Path && wanted(q) && !slices.Contains(paths, q.Path) {
				paths = append(paths, q.Path)
			}
		}
	}
	called := map[string]bool{}
	for _, m := range call.FindAllSubmatch(p.Data, -1) {
		called[string(m[1])+".html"] = true
	}
	add(func(q Piece) bool {
		dir := path.Dir(q.Path)
		return called[path.Base(q.Path)] && (dir == layout || dir == path.Dir(p.Path))
	})
	if path.Dir(p.Path) != layout {
		add(func(q Piece) bool { return path.Dir(q.Path) == path.Dir(p.Path) && path.Ext(q.Path) != ".html" })
	}
	return paths
}

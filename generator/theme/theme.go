// Package theme reads templates, styles and scripts from layered folders and executes them.
//
// In come file systems, the site's own first and the default theme last: of two files with one path the first wins, so a site replaces a
// single file by having one of that name. Out comes a Theme: a template for each page, one stylesheet, one script, and the files that are
// copied as they are. It knows nothing of the views that templates show; Check holds a template against one.
//
//	layout/layout.html   the frame of every page; it says {{template "main" .}}
//	layout/NAME.html     a part, called as {{template "NAME" .Something}}
//	PAGE/page.html       what "main" is on that page; it may also {{define}} parts of its own or, to do without the frame, "layout"
//	PAGE/NAME.html       a part for that page alone
//	PAGE/NAME.own.js     a script for that page alone, which the others need not load; in a file of its own
//	*.css, *.js          in any folder: bundled, those of lower layers first; of one layer those at the top, then layout/, then the pages by name;
//	                     within a folder by name. A file that replaces another stands in its place
//	anything else        copied to /assets/ under its path
//
// A script runs in a function of its own and in strict mode, so no two meet; it cannot import. A stylesheet lies in /assets/ when it is
// served, so url(fonts/x.woff2) means the file fonts/x.woff2 of the theme.
//
// Nothing here writes a file, reads the clock or reaches the network.
package theme

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

const layout = "layout" // the folder of the frame, and the name of its template

// A Theme is ready to be executed. It does not change and may be used by several goroutines.
type Theme struct {
	pages      map[string]*page
	files      []File
	stylesheet string
	script     string
	own        map[string][]string // scripts of one page, by its name
	id         [sha256.Size]byte
}

// A File is one that the site has because of the theme.
type File struct {
	Path string // from the site's root, without a slash before it: "assets/site.1f3a9c04.css"
	Data []byte // not to be changed

	depth int // how many layers lie below the lowest one that has it
}

// Options are what a site says of its theme.
type Options struct {
	Brand Brand
	Pages []string // names of the pages that there must be
}

// page is the templates of one page, and the files they came from by template name.
type page struct {
	set   *template.Template
	files map[string]string
}

// Load reads a theme from layers, the one that wins first. Its errors name the file, and the line where there is one.
func Load(o Options, layers ...fs.FS) (*Theme, error) {
	all, err := gather(layers)
	if err != nil {
		return nil, err
	}
	t := &Theme{pages: map[string]*page{}, own: map[string][]string{}, id: idOf(o, all)}
	if err := t.parse(all, o.Pages); err != nil {
		return nil, err
	}
	if err := t.bundle(all, o.Brand); err != nil {
		return nil, err
	}
	for _, f := range all {
		switch path.Ext(f.Path) {
		case ".html", ".css", ".js":
		default:
			t.files = append(t.files, File{Path: "assets/" + f.Path, Data: f.Data})
		}
	}
	slices.SortFunc(t.files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return t, nil
}

// Sum gives a hash of all files of a theme, without looking at what they say.
func Sum(layers ...fs.FS) ([sha256.Size]byte, error) {
	all, err := gather(layers)
	return idOf(Options{}, all), err
}

// idOf gives a hash of all that a theme is made from.
func idOf(o Options, all []File) [sha256.Size]byte {
	sum := sha256.New()
	fmt.Fprintf(sum, "%q", o.Brand)
	for _, f := range all {
		fmt.Fprintf(sum, "%q %x", f.Path, sha256.Sum256(f.Data))
	}
	return [sha256.Size]byte(sum.Sum(nil))
}

// gather reads every file of the layers once, sorted by path. Files of a Go package and notes to its readers are not part of a theme.
func gather(layers []fs.FS) ([]File, error) {
	var all []File
	seen := map[string]int{} // places in all
	for i, layer := range layers {
		depth := len(layers) - 1 - i
		if layer == nil {
			continue
		}
		err := fs.WalkDir(layer, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			base := path.Base(name)
			if name != "." && strings.HasPrefix(base, ".") || base == "testdata" {
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if !d.Type().IsRegular() || path.Ext(base) == ".go" || path.Ext(base) == ".md" || strings.HasSuffix(base, "~") {
				return nil
			}
			if at, ok := seen[name]; ok {
				all[at].depth = depth
				return nil
			}
			data, err := fs.ReadFile(layer, name)
			seen[name] = len(all)
			all = append(all, File{Path: name, Data: data, depth: depth})
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read theme: %w", err)
		}
	}
	slices.SortFunc(all, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return all, nil
}

// parse makes the templates of every page.
func (t *Theme) parse(all []File, required []string) error {
	frame := &page{set: template.New("").Option("missingkey=error").Funcs(funcs), files: map[string]string{}}
	for _, f := range all {
		if path.Dir(f.Path) == layout && path.Ext(f.Path) == ".html" {
			if err := frame.add(f, strings.TrimSuffix(path.Base(f.Path), ".html")); err != nil {
				return err
			}
		}
	}
	if frame.files[layout] == "" {
		return errors.New("read theme: layout/layout.html is missing")
	}
	for _, f := range all {
		name := path.Dir(f.Path)
		if path.Base(f.Path) != "page.html" || name == layout || name == "." {
			continue
		}
		p, err := frame.page(all, name)
		if err != nil {
			return err
		}
		t.pages[name] = p
	}
	for _, name := range required {
		if t.pages[name] == nil {
			return fmt.Errorf("read theme: %s/page.html is missing", name)
		}
	}
	return nil
}

// page makes the templates of the page in folder name, with the frame around them.
func (frame *page) page(all []File, name string) (*page, error) {
	set, err := frame.set.Clone()
	if err != nil {
		return nil, fmt.Errorf("read theme: %w", err)
	}
	p := &page{set: set, files: map[string]string{}}
	for part, file := range frame.files {
		p.files[part] = file
	}
	for _, f := range all {
		if path.Dir(f.Path) != name || path.Ext(f.Path) != ".html" {
			continue
		}
		part := strings.TrimSuffix(path.Base(f.Path), ".html")
		if part == "page" {
			part = "main"
		}
		if err := p.add(f, part); err != nil {
			return nil, err
		}
	}
	// Contexts are worked out at the first execution: have it now, so that an unquoted or unclosed attribute is found with the theme.
	var bad *template.Error
	if err := p.set.ExecuteTemplate(io.Discard, layout, nil); errors.As(err, &bad) {
		return nil, p.explain(name, err)
	}
	return p, nil
}

// add parses one file under the name by which others call it.
func (p *page) add(f File, name string) error {
	p.files[name] = f.Path
	if _, err := p.set.New(name).Parse(string(f.Data)); err != nil {
		return p.explain(f.Path, err)
	}
	return nil
}

// Pages gives the names of the pages, sorted.
func (t *Theme) Pages() []string {
	var names []string
	for name := range t.pages {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Stylesheet gives the address of the stylesheet from the site's root, "" when there is none.
func (t *Theme) Stylesheet() string { return t.stylesheet }

// Script gives the address of the script from the site's root, "" when there is none.
func (t *Theme) Script() string { return t.script }

// Scripts gives the addresses, from the site's root, of the scripts that the page called name has for itself, in the order of their names.
func (t *Theme) Scripts(name string) []string { return t.own[name] }

// ID gives a hash that two themes have in common only if they are made from the same: of one view they then make the same page.
func (t *Theme) ID() [sha256.Size]byte { return t.id }

// Files gives the files that the theme adds to the site, sorted by path.
func (t *Theme) Files() []File { return t.files }

// Execute writes the page that the template called name makes of view. An error names the file and line of the template.
func (t *Theme) Execute(w io.Writer, name string, view any) error {
	p := t.pages[name]
	if p == nil {
		return fmt.Errorf("theme has no %s/page.html", name)
	}
	if err := p.set.ExecuteTemplate(w, layout, view); err != nil {
		return p.explain(name, err)
	}
	return nil
}

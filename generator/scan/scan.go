// Package scan reads source code for signs of vendors: packages that it depends on, environment variables that it asks for, hosts that it calls.
//
// It does so in two ways. Folders reads manifests alone and is quick, for every build. Trees reads whole trees, code and pipelines too, when somebody asks
// what nobody wrote down. Both read manifests by the same readers, and what signs add up to is said by model.Proof.
//
// In come the code as a file system, and for Folders those of its folders that flows are built from; out come signs, each with the vendor of the catalog that
// it points to, how much it proves, and its place. Direct dependencies alone count: no lock file is read, no folder with code of others, no
// symbolic link is followed. What cannot be read is passed over: there is nothing here that stops a build. Of files with environment variables
// only examples are read, and of those the names and the hosts of known vendors alone; the values are gone before a place is made.
package scan

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"

	"candor/generator/catalog"
	"candor/generator/model"
	"candor/generator/source"
)

// Limits of what is looked at. What lies beyond is passed over.
const (
	maxSize  = 1 << 20 // bytes of a manifest
	maxFiles = 20_000  // files and folders of all the code, the upper ones first
	maxDepth = 20      // folders below the one that is named
	maxSigns = 1000    // signs in one manifest
	maxName  = 250     // bytes of a name
)

// Found is what the code shows.
type Found struct {
	Signs   []model.Sign // by file and place
	Missing []string     // folders that are not there; of Folders only
	Notes   []Note       // what was not read, by path; of Trees only
	Files   int          // how many files were looked at; of Trees only
}

// Folders looks for signs in folders of fsys, which are paths as fs.FS has them, and below them. A folder without a manifest of its own for a
// language that its files are written in is built by the nearest manifest above it. The catalog is asked for when there is something to look up.
func Folders(fsys fs.FS, folders []string, known func() *catalog.Catalog) Found {
	s := &scanner{fsys: fsys, known: known, named: folders, visited: map[string]bool{}, languages: map[string]map[catalog.Ecosystem]bool{},
		manifests: map[string]map[catalog.Ecosystem]bool{}, redirected: map[redirect]bool{}}
	var missing []string
	for _, folder := range folders {
		if info, err := fs.Stat(fsys, folder); err != nil || !info.IsDir() {
			missing = append(missing, folder)
			continue
		}
		s.walk(folder)
	}
	for _, above := range s.above() {
		s.entry(above.file, above.folders, true)
	}
	return Found{Signs: s.signsInOrder(), Missing: missing}
}

// A scanner is one run over the code.
type scanner struct {
	fsys    fs.FS
	known   func() *catalog.Catalog
	named   []string // the folders
	visited map[string]bool
	files   int
	signs   []model.Sign

	languages  map[string]map[catalog.Ecosystem]bool // by folder, what its files are written in
	manifests  map[string]map[catalog.Ecosystem]bool // by folder, what it has manifests for
	redirected map[redirect]bool
}

// A redirect is a vendor whose client is pointed at another server in a folder.
type redirect struct {
	folder string
	vendor *model.KnownVendor
}

// skipped are folders of code that others wrote, or that was made from the code.
var skipped = []string{"node_modules", "bower_components", "jspm_packages", "vendor", "third_party", "third-party", "thirdparty", "site-packages", "venv",
	"__pycache__", "dist", "build", "out", "target", "bin", "obj", "coverage", "Pods", "Carthage", "DerivedData"}

// walk reads a folder and those below it, level by level, so that a limit cuts off the deepest ones.
func (s *scanner) walk(root string) {
	level := []string{root}
	for depth := 0; len(level) > 0 && depth <= maxDepth; depth++ {
		var next []string
		for _, dir := range level {
			if s.visited[dir] {
				continue
			}
			s.visited[dir] = true
			next = append(next, s.folder(dir)...)
		}
		level = next
	}
}

// folder reads the files of one folder and gives the folders in it.
func (s *scanner) folder(dir string) []string {
	entries, err := fs.ReadDir(s.fsys, dir)
	if err != nil || slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == "pyvenv.cfg" }) {
		return nil
	}
	var below []string
	for _, e := range entries {
		if s.files++; s.files > maxFiles {
			return nil
		}
		name := path.Join(dir, e.Name())
		switch {
		case e.IsDir() && !strings.HasPrefix(e.Name(), ".") && !slices.Contains(skipped, e.Name()):
			below = append(below, name)
		case e.Type().IsRegular():
			s.entry(name, s.around(name), false)
		}
	}
	return below
}

// around gives the named folders that a file lies in, the innermost last.
func (s *scanner) around(name string) []string {
	var all []string
	for _, folder := range s.named {
		if folder == "." || strings.HasPrefix(name, folder+"/") {
			all = append(all, folder)
		}
	}
	slices.SortStableFunc(all, func(a, b string) int { return cmp.Compare(depthOf(a), depthOf(b)) })
	return all
}

func depthOf(folder string) int {
	if folder == "." {
		return 0
	}
	return 1 + strings.Count(folder, "/")
}

// entry reads a file if it is a manifest, for the named folders that it belongs to.
func (s *scanner) entry(name string, folders []string, shared bool) {
	aside := !shared && isAside(strings.TrimPrefix(path.Dir(name), folders[len(folders)-1]))
	if !shared && !aside {
		s.note(s.languages, folders, languageOf[path.Ext(name)])
	}
	kind, ok := kindOf(name)
	if !ok {
		return
	}
	if kind.ecosystem != "" && !shared && !aside {
		s.note(s.manifests, folders, kind.ecosystem)
	}
	if info, err := fs.Stat(s.fsys, name); err != nil || !info.Mode().IsRegular() || info.Size() > maxSize {
		return
	}
	file, trouble, err := source.ReadText(s.fsys, name, maxSize)
	if err != nil || trouble != "" {
		return
	}
	from := origin{folders: folders, shared: shared, aside: aside}
	if kind.variables != nil {
		s.variables(file, kind.variables(file), from)
		return
	}
	before := len(s.signs)
	for _, d := range kind.packages(file) {
		if len(s.signs)-before < maxSigns {
			s.dependency(d, kind.ecosystem, from)
		}
	}
}

func (s *scanner) note(of map[string]map[catalog.Ecosystem]bool, folders []string, e catalog.Ecosystem) {
	if e == "" {
		return
	}
	for _, folder := range folders {
		if of[folder] == nil {
			of[folder] = map[catalog.Ecosystem]bool{}
		}
		of[folder][e] = true
	}
}

// An origin is what is known of a manifest before it is read.
type origin struct {
	folders []string
	shared  bool
	aside   bool // it lies among tests, examples or documents
	dev     bool // what it tells is for development
}

// A dependency is a package that a manifest asks for.
type dependency struct {
	name string
	dev  bool // for development and tests, not for what runs
	// listed says that the manifest names all that is installed: another package may be what asks for this one.
	listed bool
	at     func() source.Span // looked for when it is asked for: most packages are no sign
}

// words say what a package of an ecosystem is called in a sentence.
var words = map[catalog.Ecosystem]string{catalog.NPM: "npm package", catalog.PyPI: "python package", catalog.Go: "go module", catalog.Gem: "ruby gem",
	catalog.Cargo: "rust crate", catalog.Maven: "java artifact", catalog.Composer: "php package"}

func (s *scanner) dependency(d dependency, e catalog.Ecosystem, from origin) {
	if len(d.name) > maxName {
		return
	}
	if m, ok := s.known().Package(e, d.name); ok {
		from.dev = d.dev
		s.add(m, model.SignPackage, words[e], d.name, d.at(), from)
	}
}

func (s *scanner) add(m catalog.Match, kind model.SignKind, word, name string, at source.Span, from origin) {
	strength := model.SignStrong
	switch {
	case !m.Proof:
		strength = model.SignPossible
	case from.aside || from.dev:
		strength = model.SignWeak
	}
	s.signs = append(s.signs, model.Sign{Vendor: m.Vendor.Known, Kind: kind, Strength: strength, Seen: word + ` "` + name + `"`, At: at,
		Aside: from.aside, Folders: from.folders, Shared: from.shared})
}

// An ancestor is a manifest above folders that have none of their own.
type ancestor struct {
	file    string
	folders []string
}

// above gives the manifests above named folders that build them.
func (s *scanner) above() []ancestor {
	var all []ancestor
	for _, folder := range s.named {
		for _, e := range []catalog.Ecosystem{catalog.NPM, catalog.PyPI, catalog.Go, catalog.Gem, catalog.Cargo, catalog.Maven, catalog.Composer} {
			if !s.languages[folder][e] || s.manifests[folder][e] {
				continue
			}
			for _, file := range s.nearest(folder, e) {
				i := slices.IndexFunc(all, func(a ancestor) bool { return a.file == file })
				if i < 0 {
					i = len(all)
					all = append(all, ancestor{file: file})
				}
				all[i].folders = append(all[i].folders, folder)
			}
		}
	}
	return all
}

// nearest gives the manifests for an ecosystem in the nearest folder above that has some.
func (s *scanner) nearest(folder string, e catalog.Ecosystem) []string {
	for dir := folder; dir != "."; {
		dir = path.Dir(dir)
		entries, err := fs.ReadDir(s.fsys, dir)
		if err != nil {
			return nil
		}
		var files []string
		for _, entry := range entries {
			name := path.Join(dir, entry.Name())
			if kind, ok := kindOf(name); ok && kind.ecosystem == e && entry.Type().IsRegular() {
				files = append(files, name)
			}
		}
		switch {
		case files != nil && s.visited[dir]:
			return nil // it was read for a folder around this one
		case files != nil:
			return files
		}
	}
	return nil
}

// signsInOrder gives the signs by file and place. Where a client is pointed elsewhere, packages and variables prove nothing; of one thing seen twice in a
// file, the stronger one stays.
func (s *scanner) signsInOrder() []model.Sign {
	for i := range s.signs {
		sign := &s.signs[i]
		for _, folder := range sign.Folders {
			if sign.Kind != model.SignHost && s.redirected[redirect{folder, sign.Vendor}] {
				sign.Strength = model.SignPossible
			}
		}
	}
	same := func(a, b model.Sign) int {
		return cmp.Or(strings.Compare(a.At.File.Path, b.At.File.Path), strings.Compare(a.Vendor.ID, b.Vendor.ID), strings.Compare(a.Seen, b.Seen))
	}
	slices.SortFunc(s.signs, func(a, b model.Sign) int {
		return cmp.Or(same(a, b), cmp.Compare(b.Strength, a.Strength), cmp.Compare(a.At.Start, b.At.Start))
	})
	s.signs = slices.CompactFunc(s.signs, func(a, b model.Sign) bool { return same(a, b) == 0 })
	slices.SortFunc(s.signs, func(a, b model.Sign) int {
		return cmp.Or(strings.Compare(a.At.File.Path, b.At.File.Path), cmp.Compare(a.At.Start, b.At.Start), same(a, b))
	})
	return s.signs
}

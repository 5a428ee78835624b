package scan

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode/utf16"

	"candor/generator/catalog"
	"candor/generator/model"
	"candor/generator/pattern"
	"candor/generator/source"
)

// A Tree is a folder with source code in it.
type Tree struct {
	Name  string // how its paths begin: "." for none, "../app"
	Files fs.FS  // never followed through a link that it lists
}

// A Note is something in a tree that was not read though it may show a vendor.
type Note struct {
	Path string
	Why  string // as a sentence goes on after the path: "is larger than 1 MiB"
}

// Trees looks for signs in whole trees of source code: in manifests as Folders does, and in code, settings, infrastructure and pipelines. Comments are no
// signs; tests, examples and documents are weak ones. What git ignores there, what others wrote and what was generated is not read, and of environment
// files only examples are.
//
// Files are read on several processors, one after the other, and nothing of them is kept but the lines of signs, with stars for values. The result does not
// depend on their order. The error is that of ctx: a file that cannot be read is a note. Signs have no Folders: their paths tell where they stand.
func Trees(ctx context.Context, trees []Tree, known func() *catalog.Catalog) (Found, error) {
	var found Found
	c := known()
	words := vocabularies.of(c)
	for _, t := range trees {
		s := &sweep{tree: t, known: c, words: words, jobs: make(chan job, 256), units: map[string]bool{}, uses: map[useKey]*useCount{}, kept: newKeeper()}
		if err := s.run(ctx); err != nil {
			return Found{}, err
		}
		found.Signs = append(found.Signs, s.signs()...)
		found.Notes = append(found.Notes, s.notesInOrder()...)
		found.Files += s.files
	}
	return found, nil
}

// A sweep is one run over a tree.
type sweep struct {
	tree  Tree
	known *catalog.Catalog
	words *vocabulary
	jobs  chan job

	mu        sync.Mutex
	kept      *keeper
	notes     []Note
	dropped   int // notes that were too many
	units     map[string]bool
	redirects []redirection
	hosted    []redirection
	uses      map[useKey]*useCount
	files     int
}

// A job is one file to read.
type job struct {
	path string
	role role
	file *catalog.Match // what the file shows by being there
	shut bool           // its text is not read
}

// A useKey is a vendor in a unit of code: a folder with a manifest, and what is below up to the next one.
type useKey struct{ unit, vendor string }

// run reads the tree.
func (s *sweep) run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sync.WaitGroup
	found := make([][]useAtPath, max(2, runtime.GOMAXPROCS(0)))
	for i := range found {
		wg.Go(func() {
			buffer, hosts := make([]byte, 64<<10), hostCache{}
			for j := range s.jobs {
				if ctx.Err() == nil {
					found[i] = append(found[i], s.visit(j, &buffer, hosts)...)
				}
			}
		})
	}
	(&walker{sweep: s, ctx: ctx}).walk()
	close(s.jobs)
	wg.Wait()
	for _, uses := range found {
		for _, u := range uses {
			key := useKey{s.unitOf(u.path), u.vendor}
			if s.uses[key] == nil {
				s.uses[key] = &useCount{}
			}
			s.uses[key].add(u.count)
		}
	}
	return ctx.Err()
}

func (u *useCount) add(other useCount) {
	u.own += other.own
	u.other += other.other
	u.unknown += other.unknown
	u.lent += other.lent
}

// A useAtPath is what a file does with a vendor's clients. Which unit it belongs to is known when all manifests are.
type useAtPath struct {
	path, vendor string
	count        useCount
}

// unitOf gives the unit of code that a path belongs to.
func (s *sweep) unitOf(name string) string {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if s.units[dir] {
			return dir
		}
	}
	return "."
}

// note tells that something was not read.
func (s *sweep) note(name, why string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.notes) >= maxNotes*50 {
		s.dropped++
		return
	}
	if s.tree.Name != "." {
		name = path.Join(s.tree.Name, name)
	}
	s.notes = append(s.notes, Note{name, why})
}

// maxNotes is how many notes of a tree are told. It is enough to see what is wrong.
const maxNotes = 200

func (s *sweep) notesInOrder() []Note {
	slices.SortFunc(s.notes, func(a, b Note) int { return strings.Compare(a.Path+"\x00"+a.Why, b.Path+"\x00"+b.Why) })
	if more := len(s.notes) - maxNotes + s.dropped; more > 0 {
		s.notes = append(s.notes[:maxNotes:maxNotes], Note{s.tree.Name, "holds more that was not read"})
	}
	return s.notes
}

// maxLine is how long a line of code may be: longer ones are made by programs.
const maxLine = 50_000

// visit reads one file and keeps what it shows.
func (s *sweep) visit(j job, buffer *[]byte, hosts hostCache) (uses []useAtPath) {
	l := &look{words: s.words, known: s.known, hosts: hosts, path: j.path, role: j.role, lines: familyOf(j.path)}
	if j.file != nil {
		l.present(*j.file)
	}
	kind, manifest := kindOf(j.path)
	if data, ok := s.readFile(j, buffer); ok {
		l.data = data
		l.read(kind, manifest)
	}
	if l.broken != "" {
		s.note(j.path, l.broken)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files++
	if manifest && kind.ecosystem != "" && !j.role.aside {
		s.units[path.Dir(j.path)] = true
	}
	s.redirects = append(s.redirects, l.redirects...)
	s.hosted = append(s.hosted, l.hosted...)
	for _, seen := range l.seen {
		seen.tree = s.tree.Name
		s.kept.keep(seen)
	}
	for _, vendor := range sortedUses(l.uses) {
		uses = append(uses, useAtPath{j.path, vendor, *l.uses[vendor]})
	}
	return uses
}

// readFile gives the text of a file in UTF-8, and whether it is one to look at.
func (s *sweep) readFile(j job, buffer *[]byte) ([]byte, bool) {
	if j.shut {
		return nil, false
	}
	f, err := s.tree.Files.Open(j.path)
	if err != nil {
		s.note(j.path, "cannot be opened")
		return nil, false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		s.note(j.path, "is no ordinary file")
		return nil, false
	}
	if info.Size() > maxSize {
		if !j.role.data {
			s.note(j.path, "is larger than 1 MiB")
		}
		return nil, false
	}
	if need := int(info.Size()) + 1; need > len(*buffer) {
		*buffer = make([]byte, need)
	}
	n, err := io.ReadFull(f, *buffer)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		s.note(j.path, "cannot be read to its end")
		return nil, false
	}
	data := asUTF8((*buffer)[:n])
	if bytes.IndexByte(data, 0) >= 0 {
		s.note(j.path, "is no text")
		return nil, false
	}
	if _, manifest := kindOf(j.path); manifest {
		return data, true
	}
	return data, len(data) <= maxLine || !hasLongLine(data)
}

func hasLongLine(data []byte) bool {
	for len(data) > maxLine {
		i := bytes.LastIndexByte(data[:maxLine], '\n')
		if i < 0 {
			return true
		}
		data = data[i+1:]
	}
	return false
}

// asUTF8 takes off a byte-order mark, and writes UTF-16 anew. Bytes that are no UTF-8 stay: what is looked for is ASCII.
func asUTF8(data []byte) []byte {
	little := bytes.HasPrefix(data, []byte{0xff, 0xfe})
	if !little && !bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		return bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	}
	units := make([]uint16, 0, len(data)/2)
	for i := 2; i+1 < len(data); i += 2 {
		if little {
			units = append(units, uint16(data[i])|uint16(data[i+1])<<8)
		} else {
			units = append(units, uint16(data[i])<<8|uint16(data[i+1]))
		}
	}
	return []byte(string(utf16.Decode(units)))
}

// read looks at the text of a file in the ways of its kind.
func (l *look) read(k kind, manifest bool) {
	if manifest && k.packages != nil {
		l.packages(k)
		if l.mayCommand() {
			l.deployments()
		}
		return
	}
	if manifest {
		l.variables(k)
	} else if l.lines != nil {
		l.readCode()
	}
	ext := strings.ToLower(path.Ext(l.path))
	switch yaml := ext == ".yml" || ext == ".yaml"; {
	case ext == ".tf":
		l.terraform()
	case l.role.pipeline && yaml:
		l.workflow()
	case yaml || manifest:
		l.images()
	}
	if l.lines != nil && mayInstall(l.path, l.lines) {
		l.installs()
	}
	if l.mayCommand() {
		l.deployments()
	}
	l.properties()
	l.serverless()
}

// present tells of a file that shows a vendor by being there.
func (l *look) present(m catalog.Match) {
	s := sighting{vendor: m.Vendor, kind: model.SignFile, strength: l.strength(m), seen: `file "` + path.Base(l.path) + `"`, path: l.path, line: 1, column: 1, aside: l.role.aside}
	l.seen = append(l.seen, s)
}

// packages takes the dependencies of a manifest.
func (l *look) packages(k kind) {
	l.manifest = true
	f := source.NewFile(l.path, l.data)
	all := k.packages(f)
	if all == nil && k.form != "" && len(bytes.TrimSpace(l.data)) > 0 {
		l.broken = "is no " + k.form + " that can be read: what it asks for is not known"
	}
	l.ownPackage(k)
	for _, d := range all[:min(len(all), maxSigns*10)] {
		if len(d.name) > maxName {
			continue
		}
		if k.ecosystem == catalog.PyPI && extras[d.name] {
			l.extrasOf(k.ecosystem, d.name, d.at().End, d.dev)
		}
		m, ok := l.known.Package(k.ecosystem, d.name)
		if !ok {
			m, ok = l.words.plugin(k.ecosystem, d.name)
		}
		if !ok {
			continue
		}
		strength := l.strength(m)
		if strength == model.SignStrong && (d.dev || len(m.Vendor.Compatible) > 0) {
			strength = model.SignWeak
		}
		at := d.at()
		l.see(sighting{vendor: m.Vendor, kind: model.SignPackage, strength: strength, seen: words[k.ecosystem] + ` "` + d.name + `"`, name: d.name, ecosystem: k.ecosystem, listed: d.listed}, at.Start, at.End)
	}
}

// called is how manifests say what their own package is called, and unpublished how one says that nobody else can ask for it.
var (
	called = map[catalog.Ecosystem]*pattern.Late{
		catalog.NPM:   pattern.Of(`(?m)^\s*(?:\{\s*)?"name"\s*:\s*"([^"]+)"`),
		catalog.PyPI:  pattern.Of(`(?m)^\s*(?:setup\()?\s*name\s*=\s*["']([^"']+)["']`),
		catalog.Go:    pattern.Of(`(?m)^module\s+(\S+)`),
		catalog.Cargo: pattern.Of(`(?m)^name\s*=\s*"([^"]+)"`),
	}
	unpublished = pattern.Of(`"private"\s*:\s*true`)
)

// ownPackage finds that a manifest is the one of a vendor's own package: who makes a vendor's SDK does not use the vendor by it.
func (l *look) ownPackage(k kind) {
	form := called[k.ecosystem]
	if form == nil || l.role.aside || k.ecosystem == catalog.NPM && unpublished.Match(l.data) {
		return
	}
	for _, m := range form.FindAllSubmatchIndex(l.data, 1) {
		if found, ok := l.known.Package(k.ecosystem, string(l.data[m[2]:m[3]])); ok {
			l.redirects = append(l.redirects, redirection{vendor: found.Vendor.ID.Value, folder: path.Dir(l.path), own: true})
		}
	}
}

// variables takes the environment variables of a file that lists them. One whose value leads to somebody else points its vendor's client there; unlike in a
// build, so does one that leads to the machine itself, since there is code to see by what else the vendor is called.
func (l *look) variables(k kind) {
	f := source.NewFile(l.path, l.data)
	all := k.variables(f)
	all = all[:min(len(all), maxSigns)]
	for _, v := range all {
		l.names = append(l.names, v.name)
	}
	for _, v := range all {
		name, value := string(l.data[v.name[0]:v.name[1]]), string(l.data[v.value[0]:v.value[1]])
		if vendor := l.known.Redirected(name); vendor != nil && l.isOther(vendor.ID.Value, value) && !l.role.aside {
			l.redirects = append(l.redirects, redirection{vendor: vendor.ID.Value, folder: path.Dir(l.path)})
		}
		if strings.HasSuffix(name, "_VERTEXAI") && strings.Contains(strings.ToLower(value), "true") {
			l.redirects = append(l.redirects, redirection{vendor: "google-gemini", folder: path.Dir(l.path), about: string(model.SignPackage)})
		}
		mentions := mentionsIn(l.known, f, v)
		if m, ok := l.variableOf(name); ok && !slices.ContainsFunc(mentions, func(m mention) bool { return m.kind == model.SignVariable }) {
			l.see(sighting{vendor: m.Vendor, kind: model.SignVariable, strength: min(l.strength(m), model.SignWeak), seen: mentionWords[model.SignVariable] + ` "` + name + `"`, name: name}, v.name[0], v.name[1])
		}
		for _, m := range mentions {
			text := string(l.data[m.at[0]:m.at[1]])
			strength := l.strength(m.match)
			switch {
			case m.kind != model.SignVariable:
			case isOff(name, "="+value):
				strength = model.SignPossible
				l.switchedOff(m.match.Vendor)
			case m.match.Vendor.SelfHostable.Value && l.isElsewhere(m.match.Vendor.ID.Value, value):
				strength = model.SignPossible // a server of one's own
			}
			l.see(sighting{vendor: m.match.Vendor, kind: m.kind, strength: strength, seen: mentionWords[m.kind] + ` "` + text + `"`, name: text}, m.at[0], m.at[1])
		}
	}
}

// placeholders are hosts that stand for one that is not told.
var placeholders = pattern.Of(`(?i)localhost|127\.0\.0\.1|0\.0\.0\.0|example\.(?:com|org|net)$|your|placeholder|xxx|\.(?:local|test)$`)

// isElsewhere reports whether a value is an address of somebody other than a vendor that is plainly meant.
func (l *look) isElsewhere(vendor, value string) bool {
	m := target.FindStringSubmatch(value)
	return m != nil && strings.Contains(m[1], ".") && !placeholders.MatchString(m[1]) && l.isOther(vendor, value)
}

package scan

import (
	"bytes"
	"cmp"
	"path"
	"strings"
	"unicode/utf8"

	"candor/generator/catalog"
	"candor/generator/model"
	"candor/generator/source"
)

// A sighting is a sign in a whole tree of code before all of it is known: what stands elsewhere may take its strength away. It keeps one line of its
// file, in which values are stars.
type sighting struct {
	vendor    *catalog.Vendor
	kind      model.SignKind
	strength  model.SignStrength
	aside     bool
	seen      string
	name      string            // of the package, the variable or the host
	ecosystem catalog.Ecosystem // of a package or an import
	listed    bool              // a package that stands in a list of all that is installed

	tree, path   string
	line, column int // column in bytes, both from 1
	text         string
	start, end   int // in text
}

// order is that of signs: by file and place.
func (s *sighting) order(other *sighting) int {
	return cmp.Or(strings.Compare(s.path, other.path), cmp.Compare(s.line, other.line), cmp.Compare(s.column, other.column),
		strings.Compare(s.vendor.ID.Value, other.vendor.ID.Value), strings.Compare(s.seen, other.seen))
}

// sign gives the sign.
func (s *sighting) sign() model.Sign {
	name := s.path
	if s.tree != "." {
		name = path.Join(s.tree, s.path)
	}
	at := source.NewExcerpt(name, s.line, []byte(s.text)).Span(s.start, s.end)
	return model.Sign{Vendor: s.vendor.Known, Kind: s.kind, Strength: s.strength, Seen: s.seen, At: at, Aside: s.aside}
}

// maxExcerpt is how many bytes of a line are kept behind a sign.
const maxExcerpt = 120

// place keeps the line in which data[start:end] stands. Of the rest of the line only what open says is shown; the other characters are stars, and so is
// whatever looks like a key.
func (s *sighting) place(data []byte, start, end int, open func(at int) bool) {
	begin := bytes.LastIndexByte(data[:start], '\n') + 1
	if i := bytes.IndexByte(data[start:end], '\n'); i >= 0 {
		end = start + i
	}
	stop := len(data)
	if i := bytes.IndexByte(data[end:], '\n'); i >= 0 {
		stop = end + i
	}
	stop = min(stop, end+maxExcerpt)
	s.line, s.column = bytes.Count(data[:begin], []byte("\n"))+1, start-begin+1
	var b strings.Builder
	for at := begin; at < stop; {
		if at == start {
			s.start = b.Len()
			b.Write(bytes.ToValidUTF8(data[start:end], []byte("?")))
			s.end = b.Len()
			at = max(end, at+1)
			continue
		}
		r, n := utf8.DecodeRune(data[at:stop])
		switch {
		case r == ' ' || r == '\t':
			b.WriteRune(r)
		case r == '\r':
		case r == utf8.RuneError || !open(at):
			b.WriteByte('*')
		default:
			b.WriteRune(r)
		}
		at += n
	}
	s.text = withoutKeys(b.String(), s.start, s.end)
}

// keyLength is from how many characters on letters with digits among them may be a key.
const keyLength = 20

// withoutKeys puts stars in the place of words that may be keys, but for the sign itself.
func withoutKeys(line string, start, end int) string {
	b := []byte(line)
	for i := 0; i < len(b); {
		n, digits := 0, 0
		for i+n < len(b) && (isWordByte(b[i+n]) || b[i+n] == '-') {
			if b[i+n] >= '0' && b[i+n] <= '9' {
				digits++
			}
			n++
		}
		if n >= keyLength && digits > 2 && (i+n <= start || i >= end) {
			for j := range n {
				b[i+j] = '*'
			}
		}
		i += max(n, 1)
	}
	return string(b)
}

// maxShown is how long a line of a manifest may be that is shown whole: longer ones hold more than a dependency.
const maxShown = 120

// wholeLine shows all of the line that a sign stands in, unless it is long or holds an address: there may be a password in that.
func wholeLine(data []byte, start int) func(int) bool {
	line := data[lineStart(data, start):lineEnd(data, start)]
	shown := len(line) <= maxShown && !bytes.Contains(line, []byte("://"))
	return func(int) bool { return shown }
}

// nothing shows nothing of a line.
func nothing(int) bool { return false }

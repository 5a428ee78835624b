package check

import (
	"bytes"
	"html"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// notation says what a text is written in.
type notation int

const (
	plainText notation = iota // as it stands, but for escapes
	markup                    // HTML, SVG, XML
	inMarkdown
)

// A reading is a word as somebody reads it that is written in another way: escapes of HTML, addresses and JSON are resolved, and tags within it are
// passed over. It is used again for the next word.
type reading struct {
	word  []byte
	parts []run
}

// A run says that the bytes of a word from at on were taken, one by one, from its source from source on.
type run struct{ at, source int }

// source gives where the bytes of the word from start to end stand.
func (r *reading) source(start, end int) (from, to int) {
	return sourceOf(r.parts, start), sourceOf(r.parts, end-1) + 1
}

func sourceOf(runs []run, at int) int {
	i, found := slices.BinarySearchFunc(runs, at, func(r run, at int) int { return r.at - at })
	if !found {
		i--
	}
	return runs[i].source + at - runs[i].at
}

// each calls do for each word of data that is not read as it is written.
func (r *reading) each(data []byte, n notation, do func()) {
	done := 0
	for _, i := range hidden(data, n) {
		if i < done {
			continue
		}
		end := r.read(data, wordStart(data, i, done, n), n)
		do()
		done = max(i+1, end)
	}
}

// hidden gives the places at which a word goes on that is not read as it is written, in order. To look for one byte after the other is faster than to
// look at each byte.
func hidden(data []byte, n notation) []int {
	signs := `&%\`
	if n != plainText {
		signs += "<"
	}
	var all []int
	for _, c := range []byte(signs) {
		for i := 0; ; i++ {
			k := bytes.IndexByte(data[i:], c)
			if k < 0 {
				break
			}
			if i += k; hides(data, i, n) {
				all = append(all, i)
			}
		}
	}
	slices.Sort(all)
	return all
}

// hides reports whether what begins at i is the escape of a character that words have, or a tag with a word on both sides.
func hides(data []byte, i int, n notation) bool {
	if data[i] == '<' {
		if i == 0 || endsWord[data[i-1]] {
			return false
		}
		for i < len(data) && data[i] == '<' {
			length := wordTagAt(data[i:])
			if length == 0 {
				return false
			}
			i += length
		}
		return i < len(data) && !endsWord[data[i]]
	}
	c, length := escapeAt(data[i:], n)
	return length > 0 && c < utf8.RuneSelf && !endsWord[c]
}

// reach is how far a word is read.
const reach = 300

// wordStart gives where the word begins that goes on at i, but not before done.
func wordStart(data []byte, i, done int, n notation) int {
	for least := max(done, i-reach); i > least; {
		if start := hiddenBefore(data, i, least, n); start >= 0 {
			i = start
			continue
		}
		if endsWord[data[i-1]] {
			return i
		}
		i--
	}
	return i
}

// hiddenBefore gives where the escape or tag begins that ends at i within a word, -1 for none.
func hiddenBefore(data []byte, i, least int, n notation) int {
	behind := func(c byte, most int) int {
		from := max(least, i-most)
		if k := bytes.LastIndexByte(data[from:i], c); k >= 0 {
			return from + k
		}
		return -1
	}
	start, length := -1, 0
	switch data[i-1] {
	case '>':
		if start = behind('<', longestTag); start >= 0 && n != plainText {
			length = wordTagAt(data[start:])
		}
	case ';':
		if start = behind('&', longestEntity); start >= 0 && hides(data, start, n) {
			_, length = escapeAt(data[start:], n)
		}
	default:
		if start = max(behind('%', 3), behind('\\', 6)); start >= 0 && hides(data, start, n) {
			_, length = escapeAt(data[start:], n)
		}
	}
	if start >= 0 && start+length == i {
		return start
	}
	return -1
}

// read takes in the word that begins at a place, and gives where it ends.
func (r *reading) read(data []byte, start int, n notation) int {
	r.word, r.parts = r.word[:0], append(r.parts[:0], run{0, start})
	skipped := false
	for i := start; i < len(data) && len(r.word) < 2*reach; {
		if skipped {
			r.mark(i)
			skipped = false
		}
		if data[i] == '<' && n != plainText {
			length := wordTagAt(data[i:])
			if length == 0 {
				return i
			}
			i, skipped = i+length, true
			continue
		}
		if c, length := escapeAt(data[i:], n); length > 0 {
			if c < utf8.RuneSelf && endsWord[c] {
				return i
			}
			r.mark(i)
			r.word = utf8.AppendRune(r.word, c)
			i, skipped = i+length, true
			continue
		}
		if endsWord[data[i]] {
			return i
		}
		r.word = append(r.word, data[i])
		i++
	}
	return len(data)
}

// mark begins a run of the source.
func (r *reading) mark(source int) {
	if last := len(r.parts) - 1; r.parts[last].at == len(r.word) {
		r.parts[last].source = source
		return
	}
	r.parts = append(r.parts, run{len(r.word), source})
}

// endsWord tells the bytes that stand in nothing that is looked for.
var endsWord = func() (t [256]bool) {
	for c := range 256 {
		t[c] = c <= ' ' || strings.IndexByte(`"'<>()[]{},;|`+"`", byte(c)) >= 0
	}
	return t
}()

// isWordTag reports whether an element may stand in the middle of a word.
func isWordTag(name []byte) bool {
	switch string(name) {
	case "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup",
		"text", "time", "tspan", "tt", "u", "var", "wbr":
		return true
	}
	return false
}

// wordTagAt gives the length of the tag that rest begins with, 0 for none and for one that ends a word.
func wordTagAt(rest []byte) int {
	start := 1
	if len(rest) > 1 && rest[1] == '/' {
		start = 2
	}
	end := start
	for end < len(rest) && end-start < 8 && isWordByte(rest[end]) {
		end++
	}
	if end == start || !isWordTag(rest[start:end]) {
		return 0
	}
	return bytes.IndexByte(rest[:min(len(rest), longestTag)], '>') + 1
}

// escapeAt gives the character that rest begins with the escape of, and the length of that; 0 for none. An "&" that is escaped itself may
// begin another escape: "&amp;#64;".
func escapeAt(rest []byte, n notation) (rune, int) {
	char, length := rune(0), 0
	switch rest[0] {
	case '&':
		char, length = entityAt(rest)
	case '%':
		if len(rest) >= 3 {
			if v, err := strconv.ParseUint(string(rest[1:3]), 16, 8); err == nil && v < utf8.RuneSelf {
				char, length = rune(v), 3
			}
		}
	case '\\':
		return backslashAt(rest, n)
	}
	if char == '&' && length > 1 {
		inner := append([]byte("&"), rest[length:min(len(rest), length+longestEntity)]...)
		if c, n := entityAt(inner); n > 0 {
			return c, length + n - 1
		}
	}
	return char, length
}

// backslashAt reads an escape of JSON, or of Markdown.
func backslashAt(rest []byte, n notation) (rune, int) {
	switch {
	case len(rest) < 2:
	case n == inMarkdown && rest[1] > ' ' && rest[1] < 0x7F && !isWordByte(rest[1]), rest[1] == '/':
		return rune(rest[1]), 2
	case rest[1] == 'u' && len(rest) >= 6:
		v, err := strconv.ParseUint(string(rest[2:6]), 16, 16)
		if err != nil {
			return 0, 0
		}
		if v == '&' {
			if c, n := entityAt(append([]byte("&"), rest[6:min(len(rest), 6+longestEntity)]...)); n > 0 {
				return c, 6 + n - 1
			}
		}
		return rune(v), 6
	}
	return 0, 0
}

const longestEntity = 12

// entityAt gives the character of the entity that rest begins with.
func entityAt(rest []byte) (rune, int) {
	end := bytes.IndexByte(rest[:min(len(rest), longestEntity)], ';')
	if end < 2 {
		return 0, 0
	}
	switch name := string(rest[1:end]); name {
	case "amp":
		return '&', end + 1
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "quot", "#34":
		return '"', end + 1
	case "#39":
		return '\'', end + 1
	default:
		one := html.UnescapeString("&" + name + ";")
		if c, n := utf8.DecodeRuneInString(one); n == len(one) {
			return c, end + 1
		}
	}
	return 0, 0
}

package scan

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"candor/generator/source"

	"github.com/BurntSushi/toml"
)

// maxNesting is how deep arrays and tables of a TOML file may stand in each other: the library reads them by recursion.
const maxNesting = 50

// A tomlFile is a TOML file that was read: its values, and its text to find them in, since the library does not say where they stand.
type tomlFile struct {
	file   *source.File
	values map[string]any
	code   []byte // the file without its comments, every byte in its place
	heads  []tomlHead
}

// A tomlHead is a line [a.b.c].
type tomlHead struct {
	keys       []string
	start, end int
}

// readTOML gives nil for what is no TOML.
func readTOML(f *source.File) *tomlFile {
	t := &tomlFile{file: f}
	var depth int
	if t.code, depth = withoutComments(f.Data); depth > maxNesting {
		return nil
	}
	if _, err := toml.Decode(string(f.Data), &t.values); err != nil {
		return nil
	}
	t.heads = headsOf(t.code)
	return t
}

// headsOf gives the heads of tables in TOML without comments.
func headsOf(code []byte) []tomlHead {
	var all []tomlHead
	offset := 0
	for line := range bytes.Lines(code) {
		if text := strings.TrimSpace(string(line)); strings.HasPrefix(text, "[") {
			keys := strings.Split(strings.Trim(text, "[]"), ".")
			for i := range keys {
				keys[i] = strings.Trim(keys[i], " \t\"'")
			}
			all = append(all, tomlHead{keys, offset, offset + len(line)})
		}
		offset += len(line)
	}
	return all
}

// withoutComments gives TOML with spaces in the place of comments, and how deep its brackets go.
func withoutComments(data []byte) (code []byte, deepest int) {
	code = bytes.Clone(data)
	depth := 0
	for i := 0; i < len(code); {
		switch code[i] {
		case '"', '\'':
			i += quoted(code[i:])
			continue
		case '#':
			i += blank(code[i:], bytes.IndexByte(code[i:], '\n'))
			continue
		case '[', '{':
			depth++
			deepest = max(deepest, depth)
		case ']', '}':
			depth--
		}
		i++
	}
	return code, deepest
}

// quoted gives the length of the string at the beginning of s, with its quotes: one of TOML's four kinds.
func quoted(s []byte) int {
	quote, escapes := s[:1], s[0] == '"'
	if triple := bytes.Repeat(quote, 3); bytes.HasPrefix(s, triple) {
		quote = triple
	}
	for i := len(quote); i < len(s); i++ {
		switch {
		case escapes && s[i] == '\\':
			i++
		case bytes.HasPrefix(s[i:], quote):
			return i + len(quote)
		case len(quote) == 1 && s[i] == '\n':
			return i
		}
	}
	return len(s)
}

// at gives the value of a key of tables, nil when there is none.
func (t *tomlFile) at(keys ...string) any {
	var value any = t.values
	for _, k := range keys {
		value = table(value)[k]
	}
	return value
}

// table gives a value as a table, an empty one if it is something else.
func table(value any) map[string]any {
	m, _ := value.(map[string]any)
	return m
}

// texts gives the texts in a value that is a list.
func texts(value any) []string {
	items, _ := value.([]any)
	var all []string
	for _, item := range items {
		if s, ok := item.(string); ok {
			all = append(all, s)
		}
	}
	return all
}

// sorted gives the keys of a table in a fixed order.
func sorted(t map[string]any) []string { return slices.Sorted(maps.Keys(t)) }

// place finds a word below the keys of tables: after the table's head, then after each key that the head does not name.
func (t *tomlFile) place(word string, keys ...string) source.Span {
	if h, ok := t.head(append(slices.Clone(keys), word)); ok { // [dependencies.openai]
		if at, ok := t.word(word, h.start); ok {
			return at
		}
	}
	from := 0
	for n := len(keys); n > 0; n-- {
		h, ok := t.head(keys[:n])
		if !ok {
			continue
		}
		from = h.end
		for _, k := range keys[n:] {
			if at, ok := t.word(k, from); ok {
				from = at.End
			}
		}
		break
	}
	for _, start := range []int{from, 0} {
		if at, ok := t.word(word, start); ok {
			return at
		}
	}
	return t.file.LineSpan(1)
}

// head gives the head of a table.
func (t *tomlFile) head(keys []string) (tomlHead, bool) {
	i := slices.IndexFunc(t.heads, func(h tomlHead) bool { return slices.Equal(h.keys, keys) })
	if i < 0 {
		return tomlHead{}, false
	}
	return t.heads[i], true
}

// word finds a word that no letter, digit, hyphen or underscore goes on.
func (t *tomlFile) word(word string, from int) (source.Span, bool) {
	for from < len(t.code) {
		i := bytes.Index(t.code[from:], []byte(word))
		if i < 0 || word == "" {
			break
		}
		start, end := from+i, from+i+len(word)
		if (start == 0 || !inWord(t.code[start-1])) && (end == len(t.code) || !inWord(t.code[end])) {
			return t.file.Span(start, end), true
		}
		from = end
	}
	return source.Span{}, false
}

func inWord(c byte) bool {
	return c == '-' || c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

package scan

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"sync"
)

// A family is how languages write comments and texts.
type family struct {
	name    string
	line    []string // what begins a comment up to the end of the line
	spaced  bool     // a comment of a line begins at the beginning of a word only, as in YAML and shells
	block   [2]string
	quotes  string // what texts stand in; one that does not end in its line, except in those of long, is none
	long    string // quotes of texts that go over lines
	triple  bool   // three quotes begin a text over lines; where a statement might stand, it is a comment
	quoted  bool   // names of hosts stand in quotes or behind a scheme
	chars   bool   // ' stands around single characters
	setting bool   // settings have the names of environment variables in small letters

	begins func() *[256]bool // the bytes that a comment or a text may begin with
}

// withBegins completes a family.
func withBegins(f *family) *family {
	f.begins = sync.OnceValue(func() *[256]bool {
		var is [256]bool
		for _, sign := range append([]string{f.block[0], f.quotes}, f.line...) {
			for i := range len(sign) {
				is[sign[i]] = is[sign[i]] || i == 0 || sign == f.quotes
			}
		}
		is['\''] = is['\''] || f.chars
		return &is
	})
	return f
}

var (
	curly    = withBegins(&family{name: "curly", line: []string{"//"}, block: [2]string{"/*", "*/"}, quotes: "\"'`", long: "`", quoted: true})
	strictly = withBegins(&family{name: "strict", line: []string{"//"}, block: [2]string{"/*", "*/"}, quotes: "\"`", long: "`", quoted: true, chars: true})
	php      = withBegins(&family{name: "php", line: []string{"//", "#"}, block: [2]string{"/*", "*/"}, quotes: "\"'", quoted: true})
	python   = withBegins(&family{name: "python", line: []string{"#"}, quotes: "\"'", triple: true, quoted: true, setting: true})
	scripted = withBegins(&family{name: "script", line: []string{"#"}, quotes: "\"'", quoted: true})
	shell    = withBegins(&family{name: "shell", line: []string{"#"}, spaced: true, quotes: "\"'"})
	settings = withBegins(&family{name: "settings", line: []string{"#"}, spaced: true, quotes: "\"'", setting: true})
	ini      = withBegins(&family{name: "ini", line: []string{"#", ";"}, spaced: true})
	hcl      = withBegins(&family{name: "hcl", line: []string{"#", "//"}, block: [2]string{"/*", "*/"}, quotes: "\"", setting: true})
	markup   = withBegins(&family{name: "markup", block: [2]string{"<!--", "-->"}, quotes: "\""})
	page     = withBegins(&family{name: "page", line: []string{"//"}, spaced: true, block: [2]string{"<!--", "-->"}, quotes: "\"'"})
	data     = withBegins(&family{name: "data", line: []string{"//"}, spaced: true, quotes: "\""})
	prose    = withBegins(&family{name: "prose"})
)

// families gives the family of files by their endings.
var families = map[string]*family{
	".js": curly, ".mjs": curly, ".cjs": curly, ".jsx": curly, ".ts": curly, ".mts": curly, ".cts": curly, ".tsx": curly, ".dart": curly, ".groovy": curly, ".gradle": curly,
	".go": strictly, ".java": strictly, ".kt": strictly, ".kts": strictly, ".scala": strictly, ".rs": strictly, ".swift": strictly, ".cs": strictly, ".c": strictly, ".cc": strictly,
	".cpp": strictly, ".h": strictly, ".hpp": strictly, ".m": strictly, ".mm": strictly, ".proto": strictly, ".zig": strictly, ".ino": strictly,
	".php": php, ".py": python, ".pyi": python, ".rb": scripted, ".rake": scripted, ".ex": scripted, ".exs": scripted, ".pl": scripted, ".r": scripted, ".jl": scripted, ".nix": scripted,
	".sh": shell, ".bash": shell, ".zsh": shell, ".fish": shell, ".ps1": shell, ".mk": shell,
	".yml": settings, ".yaml": settings, ".toml": settings, ".conf": settings, ".cfg": settings, ".tpl": settings, ".dockerfile": settings,
	".ini": ini, ".properties": ini, ".tf": hcl, ".hcl": hcl, ".tfvars": hcl, ".xml": markup, ".plist": markup, ".csproj": markup, ".props": markup, ".config": markup,
	".html": page, ".htm": page, ".vue": page, ".svelte": page, ".astro": page, ".erb": page, ".ejs": page, ".hbs": page, ".twig": page, ".jinja": page, ".j2": page, ".liquid": page, ".razor": page, ".cshtml": page,
	".json": data, ".jsonc": data, ".json5": data, ".ipynb": data, ".graphql": settings,
	".md": prose, ".mdx": prose, ".markdown": prose, ".rst": prose, ".adoc": prose,
}

// familyNames gives the family of files without a telling ending, by their names in small letters.
var familyNames = map[string]*family{
	"dockerfile": settings, "containerfile": settings, "procfile": settings, "makefile": shell, "justfile": shell, "jenkinsfile": curly, "rakefile": scripted, "vagrantfile": scripted,
	"caddyfile": shell, "gemfile": scripted, "tiltfile": python, "build": python, "podfile": scripted, "fastfile": scripted,
}

// familyOf gives the family of a file, nil for one whose text says nothing.
func familyOf(name string) *family {
	base := strings.ToLower(path.Base(name))
	if f := familyNames[base]; f != nil {
		return f
	}
	if strings.HasPrefix(base, "dockerfile.") || strings.HasPrefix(base, "containerfile.") {
		return settings
	}
	ext := path.Ext(base)
	switch ext {
	case ".example", ".sample", ".template", ".tmpl", ".dist": // of settings: config.yaml.example
		ext = path.Ext(strings.TrimSuffix(base, ext))
	}
	return families[ext]
}

// A reading is what a text of a family is made of: comments and texts in quotes, each from and to, in their order.
type reading struct {
	comments, texts [][2]int
}

// inside reports whether a place lies in one of some spans.
func inside(spans [][2]int, at int) (span [2]int, ok bool) {
	i, found := slices.BinarySearchFunc(spans, at, func(s [2]int, at int) int {
		switch {
		case s[1] <= at:
			return -1
		case s[0] > at:
			return 1
		}
		return 0
	})
	if !found {
		return [2]int{}, false
	}
	return spans[i], true
}

// read takes a text apart. It never fails: what is written in no way of the family's is neither comment nor text.
func (f *family) read(data []byte) reading {
	var r reading
	endless := map[string]bool{} // signs that nothing ends from here on: to look for their end again and again would take for ever
	begins := f.begins()
	for i := 0; i < len(data); {
		if !begins[data[i]] {
			i++
			continue
		}
		switch n := f.comment(data, i, endless); {
		case n > 0:
			r.comments = append(r.comments, [2]int{i, i + n})
			i += n
			continue
		case f.chars && data[i] == '\'':
			i += character(data[i:])
			continue
		case strings.IndexByte(f.quotes, data[i]) < 0:
			i++
			continue
		}
		n, closed := f.text(data[i:], endless)
		switch {
		case f.triple && n > 5 && closed && bytes.HasPrefix(data[i+1:], data[i:i+1]) && startsStatement(data, i):
			r.comments = append(r.comments, [2]int{i, i + n})
		case closed:
			r.texts = append(r.texts, [2]int{i, i + n})
		}
		i += n
	}
	return r
}

// comment gives the length of the comment that begins at i, 0 for none. One in a block that never ends is none, and hides nothing.
func (f *family) comment(data []byte, i int, endless map[string]bool) int {
	rest := data[i:]
	if begin := f.block[0]; begin != "" && rest[0] == begin[0] && bytes.HasPrefix(rest, []byte(begin)) && !endless[begin] {
		if end := bytes.Index(rest[len(begin):], []byte(f.block[1])); end >= 0 {
			return len(begin) + end + len(f.block[1])
		}
		endless[begin] = true
	}
	for _, sign := range f.line {
		if rest[0] != sign[0] || !bytes.HasPrefix(rest, []byte(sign)) {
			continue
		}
		if f.spaced && i > 0 && data[i-1] != ' ' && data[i-1] != '\t' && data[i-1] != '\n' {
			continue
		}
		if end := bytes.IndexByte(rest, '\n'); end >= 0 {
			return end
		}
		return len(rest)
	}
	return 0
}

// text gives the length of the text that begins with a quote, and whether it ends. One that does not end in its line, where it has to, is no text, and
// the rest of the line is not looked at.
func (f *family) text(s []byte, endless map[string]bool) (n int, closed bool) {
	quote := s[0]
	if f.triple && len(s) >= 3 && s[1] == quote && s[2] == quote {
		if endless[string(s[:3])] {
			return 3, false
		}
		if end := bytes.Index(s[3:], s[:3]); end >= 0 {
			return end + 6, true
		}
		endless[string(s[:3])] = true
		return 3, false
	}
	long := strings.IndexByte(f.long, quote) >= 0
	if long && endless[string(quote)] {
		return 1, false
	}
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case quote:
			return i + 1, true
		case '\n':
			if !long {
				return i, false
			}
		}
	}
	if !long {
		return len(s), false
	}
	endless[string(quote)] = true
	return 1, false
}

// character gives the length of a character in single quotes, or 1.
func character(s []byte) int {
	if len(s) > 3 && s[1] == '\\' && s[3] == '\'' {
		return 4
	}
	if len(s) > 2 && s[2] == '\'' {
		return 3
	}
	return 1
}

// startsStatement reports whether nothing but spaces stands in front of i in its line, and no open bracket or sign in front of that line: a text there says
// something to people.
func startsStatement(data []byte, i int) bool {
	before := bytes.TrimRight(data[:i], " \t")
	if len(before) > 0 && before[len(before)-1] != '\n' {
		return false
	}
	before = bytes.TrimRight(before, " \t\r\n")
	return len(before) == 0 || strings.IndexByte("([{,=+\\", before[len(before)-1]) < 0
}

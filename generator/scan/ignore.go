package scan

import (
	"bytes"
	"path"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// Limits of one .gitignore. What lies beyond is passed over, so that fewer files are.
const (
	maxRules   = 2000 // rules with a star or the like, each of which is tried on each name
	maxPattern = 300  // bytes of a rule
)

// An ignoring is what git is told to ignore in a folder: by a file there, and by those in the folders above. The nil one ignores nothing.
//
// It answers for a name whose folder is not ignored: who walks goes into no folder that is, as git does.
type ignoring struct {
	above  *ignoring
	folder string         // where the file stands, "." at the top
	names  map[string]int // by the last part of a path, the rule that names it as it is
	paths  map[string]int // by a path below folder
	globs  []int          // rules that are neither
	rules  []ignoreRule   // in the order of the file
}

// An ignoreRule is one line.
type ignoreRule struct {
	pattern string // for doublestar
	whole   bool   // it is held against the path below the folder, not against its last part
	folders bool   // it is for folders only
	back    bool   // what fits is not ignored after all
}

// with gives what is ignored in a folder that has a file of rules with this text.
func (g *ignoring) with(folder string, text []byte) *ignoring {
	in := &ignoring{above: g, folder: folder, names: map[string]int{}, paths: map[string]int{}}
	for line := range bytes.Lines(text) {
		rule, ok := readIgnoreRule(strings.TrimSuffix(strings.TrimSuffix(string(line), "\n"), "\r"))
		if !ok {
			continue
		}
		i := len(in.rules)
		switch plain := !strings.ContainsAny(rule.pattern, `*?[\{`); {
		case plain && rule.folders: // beside a file of that name, an earlier rule may still fit
			in.globs = append(in.globs, i)
		case plain && rule.whole:
			in.paths[rule.pattern] = i
		case plain:
			in.names[rule.pattern] = i
		default:
			in.globs = append(in.globs, i)
		}
		if in.rules = append(in.rules, rule); len(in.globs) > maxRules {
			break
		}
	}
	return in
}

// readIgnoreRule reads a line as gitignore(5) has it; ok is false for comments, empty lines and what can fit nothing.
func readIgnoreRule(line string) (rule ignoreRule, ok bool) {
	line = withoutSpaces(line)
	if line == "" || line[0] == '#' || len(line) > maxPattern {
		return rule, false
	}
	if line[0] == '!' {
		rule.back = true
		line = line[1:]
	}
	if line, rule.folders = strings.CutSuffix(line, "/"); rule.folders && strings.HasSuffix(line, "/") {
		return rule, false
	}
	rule.whole = strings.Contains(line, "/")
	line = strings.TrimPrefix(line, "/")
	if line == "" {
		return rule, false
	}
	if strings.HasSuffix(line, "/**") { // what is in the folder, not the folder
		line += "/*"
	}
	if rest, found := strings.CutPrefix(line, "**/"); found && !strings.Contains(rest, "/") {
		line, rule.whole = rest, false
	}
	rule.pattern = forDoublestar(line)
	return rule, doublestar.ValidatePattern(rule.pattern)
}

// withoutSpaces cuts spaces at the end of a line that no backslash keeps.
func withoutSpaces(line string) string {
	for strings.HasSuffix(line, " ") && !strings.HasSuffix(line, `\ `) {
		line = line[:len(line)-1]
	}
	return line
}

// classes are the named classes that brackets of git's may hold.
var classes = strings.NewReplacer("[:alnum:]", "a-zA-Z0-9", "[:alpha:]", "a-zA-Z", "[:digit:]", "0-9", "[:lower:]", "a-z", "[:upper:]", "A-Z",
	"[:xdigit:]", "0-9a-fA-F", "[:space:]", " \t", "[:blank:]", " \t")

// forDoublestar writes a pattern of git's as that library reads it: braces are letters to git.
func forDoublestar(pattern string) string {
	pattern = classes.Replace(pattern)
	if !strings.ContainsAny(pattern, "{}") {
		return pattern
	}
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '\\' && i+1 < len(pattern):
			b.WriteString(pattern[i : i+2])
			i++
		case c == '{' || c == '}':
			b.WriteByte('\\')
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// ignores reports whether git ignores the file or folder of a path. The innermost file that says something decides, and in it the last rule.
func (g *ignoring) ignores(name string, folder bool) bool {
	base := path.Base(name)
	for ; g != nil; g = g.above {
		below := name
		if g.folder != "." {
			below = strings.TrimPrefix(name, g.folder+"/")
		}
		if i := g.last(below, base, folder); i >= 0 {
			return !g.rules[i].back
		}
	}
	return false
}

// last gives the last rule of one file that fits, or -1.
func (g *ignoring) last(below, base string, folder bool) int {
	found := -1
	if i, ok := g.names[base]; ok {
		found = i
	}
	if i, ok := g.paths[below]; ok && i > found {
		found = i
	}
	for n := len(g.globs) - 1; n >= 0 && g.globs[n] > found; n-- {
		if g.rules[g.globs[n]].fits(below, base, folder) {
			return g.globs[n]
		}
	}
	return found
}

func (r ignoreRule) fits(below, base string, folder bool) bool {
	if r.folders && !folder {
		return false
	}
	against := base
	if r.whole {
		against = below
	}
	if suffix, ok := strings.CutPrefix(r.pattern, "*"); ok && !r.whole && !strings.ContainsAny(suffix, `*?[\`) {
		return strings.HasSuffix(against, suffix) // most rules are like that, and it is quicker
	}
	return doublestar.MatchUnvalidated(r.pattern, against)
}

package scan

import (
	"strings"

	"candor/generator/pattern"
	"candor/generator/source"
)

var (
	gemLine   = pattern.Of(`^\s*gem[\s(]\s*["']([A-Za-z0-9._-]+)["'](.*)$`)
	groupLine = pattern.Of(`^\s*group[\s(](.*?)\)?\s+do\b`)
	blockLine = pattern.Of(`^\s*(if|unless|case|begin|def|while|until|for)\b|\bdo\s*(\|[^|]*\|)?\s*$`)
	endLine   = pattern.Of(`^\s*end\b`)
	gemGroup  = pattern.Of(`\bgroups?(?::|\s*=>)\s*(.*)$`)
	gemPath   = pattern.Of(`\bpath(?::|\s*=>)`)
	symbol    = pattern.Of(`[a-z_]+`)
)

// gems reads a Gemfile: line by line, as people write it, since it is a program.
func gems(f *source.File) []dependency {
	var all []dependency
	var blocks []bool // whether each open block is for development
	comment := false
	for n := 1; n <= f.Lines(); n++ {
		line := f.Line(n)
		if strings.HasPrefix(line, "=begin") || strings.HasPrefix(line, "=end") {
			comment = strings.HasPrefix(line, "=begin")
			continue
		}
		if line == "__END__" {
			break
		}
		if comment {
			continue
		}
		line = withoutHash(line)
		inherited := len(blocks) > 0 && blocks[len(blocks)-1]
		switch {
		case groupLine.MatchString(line):
			blocks = append(blocks, inherited || forDevelopment(groupLine.FindStringSubmatch(line)[1]))
		case blockLine.MatchString(line):
			blocks = append(blocks, inherited)
		case endLine.MatchString(line) && len(blocks) > 0:
			blocks = blocks[:len(blocks)-1]
		}
		m := gemLine.FindStringSubmatchIndex(line)
		if m == nil || gemPath.MatchString(line[m[4]:m[5]]) {
			continue
		}
		dev := inherited
		if g := gemGroup.FindStringSubmatch(line[m[4]:m[5]]); g != nil {
			dev = dev || forDevelopment(g[1])
		}
		start := f.Offset(n, 1)
		all = append(all, dependency{name: line[m[2]:m[3]], at: at(f.Span(start+m[2], start+m[3])), dev: dev})
	}
	return all
}

// forDevelopment reports whether all groups of a list are for development: one that runs is enough.
func forDevelopment(groups string) bool {
	names := symbol.FindAllString(groups, -1)
	for _, name := range names {
		if !isDevelopment(name) {
			return false
		}
	}
	return len(names) > 0
}

// withoutHash cuts a line at a # that no quote holds.
func withoutHash(line string) string {
	quote := byte(0)
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case quote != 0 && c == '\\':
			i++
		case c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote == 0 && c == '#':
			return line[:i]
		}
	}
	return line
}

package scan

import (
	"slices"
	"strings"

	"candor/generator/pattern"
	"candor/generator/source"
)

var (
	requiresList = pattern.Of(`\b([a-z_]*(?:requires?|requirements?|dependencies|deps))\s*=\s*\[`)
	requiresDict = pattern.Of(`\b(?:extras_require|extras)\s*=\s*\{`)
	listInDict   = pattern.Of(`["']([A-Za-z0-9_-]+)["']\s*:\s*\[`)
)

// setupPackages reads setup.py: the lists in it that are called requirements, as people write them, since it is a program.
func setupPackages(f *source.File) []dependency {
	parts := python.read(f.Data)
	code := string(f.Data)
	var all []dependency
	take := func(from, to int, dev bool) {
		first, _ := slices.BinarySearchFunc(parts.texts, from, func(text [2]int, from int) int { return text[0] - from })
		for _, text := range parts.texts[first:] {
			if text[1] > to {
				break
			}
			inner := f.Span(text[0]+1, text[1]-1)
			if name, ok := required(strings.TrimSpace(inner.Text())); ok && strings.HasPrefix(inner.Text(), name) {
				inner.End = inner.Start + len(name)
				all = append(all, dependency{name: name, at: at(inner), dev: dev})
			}
		}
	}
	for _, m := range requiresList.FindAllStringSubmatchIndex(code, 50) {
		take(m[1], endOfList(code, m[1], ']'), isDevelopment(code[m[2]:m[3]]))
	}
	done := 0 // what begins before lies in a list that was taken
	for _, m := range requiresDict.FindAllStringSubmatchIndex(code, 10) {
		end := endOfList(code, m[1], '}')
		for _, l := range listInDict.FindAllStringSubmatchIndex(code[m[1]:end], 100) {
			begin := m[1] + l[1]
			if begin < done {
				continue
			}
			done = endOfList(code, begin, ']')
			take(begin, done, isDevelopment(code[m[1]+l[2]:m[1]+l[3]]))
		}
	}
	return all
}

// maxList is how many bytes of a list in a program are read.
const maxList = 20_000

// endOfList gives where a list ends that began before from: at its bracket, or where no list of people's goes on.
func endOfList(code string, from int, bracket byte) int {
	end := min(len(code), from+maxList)
	depth := 0
	for i := from; i < end; i++ {
		switch code[i] {
		case '[', '{':
			depth++
		case ']', '}':
			if depth == 0 && code[i] == bracket {
				return i
			}
			depth--
		}
	}
	return end
}

// setupSettings reads setup.cfg: install_requires and the groups of extras_require.
func setupSettings(f *source.File) []dependency {
	var all []dependency
	section, key := "", ""
	for n := 1; n <= f.Lines(); n++ {
		line := f.Line(n)
		text := strings.TrimSpace(line)
		switch {
		case text == "" || text[0] == '#' || text[0] == ';':
			continue
		case text[0] == '[':
			section, key = strings.Trim(text, "[]"), ""
			continue
		case line[0] != ' ' && line[0] != '\t':
			var value string
			key, value, _ = strings.Cut(text, "=")
			key, text = strings.TrimSpace(key), strings.TrimSpace(value)
		}
		listed := section == "options" && (key == "install_requires" || key == "tests_require") || section == "options.extras_require"
		name, ok := required(text)
		if !listed || !ok {
			continue
		}
		start := f.Offset(n, 1) + strings.Index(line, text)
		all = append(all, dependency{name: name, at: at(f.Span(start, start+len(name))), dev: isDevelopment(key)})
	}
	return all
}

var condaLine = pattern.Of(`^\s*-\s+["']?(?:[A-Za-z0-9_.-]+::)?([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*(?:$|[=<>!~"'#@])`)

// condaPackages reads environment.yml: what conda installs, and what pip does, line by line. A package of conda's has the name that it has elsewhere.
func condaPackages(f *source.File) []dependency {
	var all []dependency
	listed := false
	for n := 1; n <= f.Lines(); n++ {
		line := f.Line(n)
		if line != "" && line[0] != ' ' && line[0] != '-' && line[0] != '#' {
			listed = strings.HasPrefix(line, "dependencies:")
		}
		if m := condaLine.FindStringSubmatchIndex(line); m != nil && listed {
			start := f.Offset(n, 1)
			all = append(all, dependency{name: line[m[2]:m[3]], at: at(f.Span(start+m[2], start+m[3]))})
		}
	}
	return all
}

var denoPackage = pattern.Of(`"(?:npm:/?|https://esm\.sh/)((?:@[A-Za-z0-9._-]+/)?[A-Za-z0-9._-]+)[^"\n]*"`)

// denoImports reads deno.json and import maps: the packages of npm's that names stand for.
func denoImports(f *source.File) []dependency {
	var all []dependency
	for _, m := range denoPackage.FindAllSubmatchIndex(f.Data, maxSigns) {
		all = append(all, dependency{name: string(f.Data[m[2]:m[3]]), at: at(f.Span(m[2], m[3]))})
	}
	return all
}

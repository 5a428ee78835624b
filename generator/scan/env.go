package scan

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"unicode"

	"candor/generator/catalog"
	"candor/generator/model"
	"candor/generator/pattern"
	"candor/generator/source"
)

// A variable is an environment variable that a file names, and the place of the value beside it. The value may be a secret: it is looked through
// for hosts and never kept.
type variable struct {
	name, value [2]int // from and to in the file
}

var (
	envLine     = pattern.Of(`^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=`)
	composeLine = pattern.Of(`^\s*(?:-\s+)?["']?([A-Z_][A-Z0-9_]*)["']?\s*(?:[:=]|$)`)
	dockerLine  = pattern.Of(`(?i)^\s*(?:env|arg)\s+`)
	dockerFirst = pattern.Of(`^([A-Z_][A-Z0-9_]*)(?:\s|$)`) // ENV NAME value, ARG NAME
	dockerName  = pattern.Of(`(?:^|\s)([A-Z_][A-Z0-9_]*)=`)
)

// envVariables reads an example of an environment file: NAME=value in each line.
func envVariables(f *source.File) []variable { return eachLine(f, envLine) }

// composeVariables reads a file of Docker Compose: what is named in capitals is an environment variable.
func composeVariables(f *source.File) []variable { return eachLine(f, composeLine) }

func eachLine(f *source.File, pattern *pattern.Late) []variable {
	var all []variable
	for n := 1; n <= f.Lines(); n++ {
		line := withoutNote(f.Line(n))
		if m := pattern.FindStringSubmatchIndex(line); m != nil {
			start := f.Offset(n, 1)
			all = append(all, variable{name: [2]int{start + m[2], start + m[3]}, value: [2]int{start + m[1], start + len(line)}})
		}
	}
	return all
}

// withoutNote cuts a line at a comment: a # at its beginning or after a space.
func withoutNote(line string) string {
	if strings.HasPrefix(strings.TrimSpace(line), "#") {
		return ""
	}
	if i := strings.Index(line, " #"); i >= 0 {
		return line[:i]
	}
	return line
}

// dockerVariables reads a Dockerfile: ENV and ARG, which may go on over several lines.
func dockerVariables(f *source.File) []variable {
	var all []variable
	inside := false
	for n := 1; n <= f.Lines(); n++ {
		line := withoutNote(f.Line(n))
		from := 0
		if !inside {
			m := dockerLine.FindStringIndex(line)
			if m == nil {
				continue
			}
			from = m[1]
		}
		inside = strings.HasSuffix(strings.TrimSpace(line), `\`)
		start := f.Offset(n, 1) + from
		found := dockerFirst.FindAllStringSubmatchIndex(line[from:], 1)
		if found == nil {
			found = dockerName.FindAllStringSubmatchIndex(line[from:], -1)
		}
		for i, m := range found {
			end := len(line) - from
			if i+1 < len(found) {
				end = found[i+1][0]
			}
			all = append(all, variable{name: [2]int{start + m[2], start + m[3]}, value: [2]int{start + m[1], start + max(end, m[1])}})
		}
	}
	return all
}

// hostIn is a host in a value: after a scheme and a user, or by itself.
var hostIn = pattern.Of(`(?i)([a-z][a-z0-9+.-]*://)?([^\s/@"'=,]*@)?((?:[a-z0-9_-]+\.)+[a-z0-9-]+)(?::[0-9]+)?((?:/[^\s"',;?#]*)?)`)

// target is the host, known or not, that an address leads to.
var target = pattern.Of(`(?i)[a-z][a-z0-9+.-]*://(?:[^\s/@"']*@)?([a-z0-9_.-]+)`)

// mentionWords say what is mentioned in a sentence.
var mentionWords = map[model.SignKind]string{model.SignVariable: "environment variable", model.SignHost: "host"}

// A mention is a name or a host that is kept of a file of variables.
type mention struct {
	match catalog.Match
	kind  model.SignKind
	at    [2]int // in the file
}

// variables adds the signs in a file of environment variables.
func (s *scanner) variables(f *source.File, all []variable, from origin) {
	from.aside = from.aside || strings.Contains(strings.ToLower(path.Base(f.Path)), "test")
	var kept []mention
	var shown [][2]int
	for _, v := range all[:min(len(all), maxSigns)] {
		mentions := mentionsIn(s.known(), f, v)
		if mentions != nil {
			shown = append(shown, [2]int{v.name[0], v.value[0]})
			kept = append(kept, mentions...)
		}
		for _, m := range mentions {
			if m.kind == model.SignHost {
				shown = append(shown, m.at)
			}
		}
		name, value := string(f.Data[v.name[0]:v.name[1]]), string(f.Data[v.value[0]:v.value[1]])
		if vendor := s.known().Redirected(name); vendor != nil && s.elsewhere(vendor, value) {
			s.redirected[redirect{from.folders[len(from.folders)-1], vendor.Known}] = true
		}
	}
	for i, place := range redact(f, shown, kept) {
		s.add(kept[i].match, kept[i].kind, mentionWords[kept[i].kind], place.Text(), place, from)
	}
}

// mentionsIn gives what is known of a variable and in its value.
func mentionsIn(c *catalog.Catalog, f *source.File, v variable) []mention {
	var all []mention
	if m, ok := c.Variable(string(f.Data[v.name[0]:v.name[1]])); ok {
		all = append(all, mention{m, model.SignVariable, v.name})
	}
	value := string(f.Data[v.value[0]:v.value[1]])
	for _, h := range hostIn.FindAllStringSubmatchIndex(value, 20) {
		if h[4] >= 0 && h[2] < 0 {
			continue // an e-mail address
		}
		if m, ok := c.Host(value[h[6]:h[7]], strings.TrimRight(value[h[8]:h[9]], "/")); ok {
			all = append(all, mention{m, model.SignHost, [2]int{v.value[0] + h[6], v.value[0] + h[7]}})
		}
	}
	return all
}

// elsewhere reports whether an address leads to somebody other than a vendor. One on the machine itself says nothing: it is for development.
func (s *scanner) elsewhere(v *catalog.Vendor, address string) bool {
	m := target.FindStringSubmatch(address)
	if m == nil {
		return false
	}
	host := strings.ToLower(m[1])
	if slices.Contains([]string{"localhost", "127.0.0.1", "0.0.0.0", "host.docker.internal", "localstack"}, host) {
		return false
	}
	found, ok := s.known().Host(host, "")
	return !ok || found.Vendor != v
}

// redact gives the places of what is kept in a copy of the file with stars in the place of everything but what is shown: who prints a line of the
// copy prints no value. What is shown stands in the order of the file, and what is kept begins where something that is shown does.
func redact(f *source.File, shown [][2]int, kept []mention) []source.Span {
	if kept == nil {
		return nil
	}
	var out bytes.Buffer
	moved := map[int]int{}
	at := 0
	for _, open := range shown {
		hide(&out, f.Data[at:open[0]])
		moved[open[0]] = out.Len()
		out.Write(f.Data[open[0]:open[1]])
		at = open[1]
	}
	hide(&out, f.Data[at:])
	safe := source.NewFile(f.Path, out.Bytes())
	places := make([]source.Span, len(kept))
	for i, k := range kept {
		places[i] = safe.Span(moved[k.at[0]], moved[k.at[0]]+k.at[1]-k.at[0])
	}
	return places
}

// hide writes a star for each character that is no space.
func hide(out *bytes.Buffer, text []byte) {
	for _, c := range string(text) {
		if !unicode.IsSpace(c) {
			c = '*'
		}
		out.WriteRune(c)
	}
}

package scan

import (
	"path"
	"strings"

	"candor/generator/catalog"
	"candor/generator/model"
	"candor/generator/pattern"
)

var (
	propertyFile = pattern.Of(`^(?:application|bootstrap)(?:-[a-z0-9_-]+)?\.(?:properties|ya?ml)$`)
	propertyLine = pattern.Of(`^([ ]*)([A-Za-z0-9_.-]+)[ \t]*[:=][ \t]*(.*)$`)
	modelSetting = pattern.Of(`^(?:spring\.ai|quarkus\.langchain4j|langchain4j)\.([a-z0-9-]+)\.(?:[a-z0-9-]+\.)*(api-key|base-url|endpoint)$`)
	fallback     = pattern.Of(`^\$\{[^:}]*:?([^}]*)\}$`)
)

// properties takes the settings of Spring's and Quarkus's clients of models: whose key the program has, and where a client is pointed. A file of properties has
// the whole name of each on a line; in YAML, its parts stand in each other.
func (l *look) properties() {
	if !propertyFile.MatchString(strings.ToLower(path.Base(l.path))) {
		return
	}
	type level struct {
		indent int
		name   string
	}
	var within []level
	for at := 0; at < len(l.data); {
		end := lineEnd(l.data, at)
		line := strings.TrimRight(string(l.data[at:end]), "\r")
		m := propertyLine.FindStringSubmatchIndex(line)
		begin := at
		at = end + 1
		if strings.HasPrefix(line, "---") {
			within = nil
		}
		if m == nil || len(line) > maxExcerpt*4 {
			continue
		}
		for len(within) > 0 && within[len(within)-1].indent >= m[3]-m[2] {
			within = within[:len(within)-1]
		}
		name := line[m[4]:m[5]]
		whole := name
		for i := len(within) - 1; i >= 0; i-- {
			whole = within[i].name + "." + whole
		}
		if value := strings.Trim(strings.TrimSpace(line[m[6]:m[7]]), `"'`); value != "" {
			l.property(whole, value, begin+m[4], begin+m[5])
		} else if len(within) < maxTreeDepth {
			within = append(within, level{m[3] - m[2], name})
		}
	}
}

// property takes one setting.
func (l *look) property(name, value string, start, end int) {
	s := modelSetting.FindStringSubmatch(name)
	if s == nil || l.role.aside {
		return
	}
	m, ok := l.words.vendorCalled(s[1])
	if !ok {
		return
	}
	if f := fallback.FindStringSubmatch(value); f != nil {
		value = f[1]
	}
	switch id := m.Vendor.ID.Value; {
	case s[2] != "api-key" && strings.Contains(value, "://") && l.isOther(id, value):
		l.redirects = append(l.redirects, redirection{vendor: id, folder: moduleOf(l.path)})
	case s[2] == "api-key":
		strength := min(l.strength(catalog.Match{Vendor: m.Vendor, Proof: true}), model.SignWeak)
		l.see(sighting{vendor: m.Vendor, kind: model.SignVariable, strength: strength, seen: `setting "` + name + `"`, name: name}, start, end)
	}
}

// moduleOf gives the folder of the module that a file of Java's lies in: what stands in front of src/main.
func moduleOf(name string) string {
	before, _, ok := strings.Cut("/"+name, "/src/")
	switch before = strings.TrimPrefix(before, "/"); {
	case !ok:
		return path.Dir(name)
	case before == "":
		return "."
	}
	return before
}

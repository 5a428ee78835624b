package scan

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"

	"candor/generator/pattern"
	"candor/generator/source"
)

// mavenArtifacts reads pom.xml: the dependencies of the project and its profiles, not those that it manages or that its plugins have.
func mavenArtifacts(f *source.File) []dependency {
	dec := xml.NewDecoder(bytes.NewReader(f.Data))
	dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // the file is UTF-8, whatever it says
	all := []dependency{}
	var path []string
	var group, scope string
	var artifact source.Span
	for {
		start := int(dec.InputOffset())
		token, err := dec.Token()
		if err == io.EOF {
			return all
		}
		if err != nil || len(path) > maxElements {
			return nil
		}
		where := strings.Join(path, "/")
		switch t := token.(type) {
		case xml.StartElement:
			path = append(path, t.Name.Local)
			if t.Name.Local == "dependency" && strings.HasSuffix(where, "/dependencies") {
				group, scope, artifact = "", "", source.Span{}
			}
		case xml.EndElement:
			if pomDependency.MatchString(where) && group != "" && !artifact.IsZero() {
				all = append(all, dependency{name: group + ":" + artifact.Text(), at: at(artifact), dev: scope == "test"})
			}
			path = path[:len(path)-1]
		case xml.CharData:
			text := strings.TrimSpace(string(t))
			i := bytes.Index(f.Data[start:], []byte(text))
			switch parent, key, _ := cutLast(where); {
			case text == "" || i < 0 || !pomDependency.MatchString(parent):
			case key == "groupId":
				group = text
			case key == "scope":
				scope = text
			case key == "artifactId":
				artifact = f.Span(start+i, start+i+len(text))
			}
		}
	}
}

// maxElements is how deep elements may stand in each other: a pom.xml that a person wrote stays far below.
const maxElements = 60

var pomDependency = pattern.Of(`^project/(profiles/profile/)?dependencies/dependency$`)

// cutLast cuts a path at its last slash.
func cutLast(path string) (parent, name string, ok bool) {
	i := strings.LastIndexByte(path, '/')
	if i < 0 {
		return "", path, false
	}
	return path[:i], path[i+1:], true
}

// gradleWord begins a dependency: a configuration, with whatever it is for in front.
const gradleWord = `\b([a-zA-Z]*(?:[iI]mplementation|[aA]pi|[cC]ompileOnly|[rR]untimeOnly|[cC]ompile|[rR]untime|[aA]nnotationProcessor))\s*\(?\s*`

var (
	gradleText = pattern.Of(gradleWord + `["']([A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+)(?::[^"'\n]*)?["']`)
	gradleMap  = pattern.Of(gradleWord + `group\s*[:=]\s*["']([A-Za-z0-9_.-]+)["']\s*,\s*name\s*[:=]\s*["']([A-Za-z0-9_.-]+)["']`)
)

// gradleArtifacts reads a build script of Gradle's, in Groovy or Kotlin, as people write it, since it is a program.
func gradleArtifacts(f *source.File) []dependency {
	code, bare := withoutSlashes(f.Data)
	var all []dependency
	take := func(name string, m []int, place source.Span) {
		if bare[m[2]] != ' ' { // the word is no part of a text
			all = append(all, dependency{name: name, at: at(place), dev: isTestOnly(string(code[m[2]:m[3]]))})
		}
	}
	for _, m := range gradleText.FindAllSubmatchIndex(code, -1) {
		take(string(code[m[4]:m[5]]), m, f.Span(m[4], m[5]))
	}
	for _, m := range gradleMap.FindAllSubmatchIndex(code, -1) {
		take(string(code[m[4]:m[5]])+":"+string(code[m[6]:m[7]]), m, f.Span(m[6], m[7]))
	}
	return all
}

func isTestOnly(configuration string) bool {
	return strings.HasPrefix(configuration, "test") || strings.Contains(configuration, "Test")
}

// withoutSlashes puts spaces in the place of comments: those from // to the end of a line and those between /* and */. In bare, texts in quotes are
// gone as well.
func withoutSlashes(data []byte) (code, bare []byte) {
	code, bare = bytes.Clone(data), bytes.Clone(data)
	for i := 0; i < len(code); {
		switch rest := code[i:]; {
		case rest[0] == '"' || rest[0] == '\'':
			i += blank(bare[i:], quoted(rest))
		case bytes.HasPrefix(rest, []byte("//")):
			i += blank(rest, bytes.IndexByte(rest, '\n'))
		case bytes.HasPrefix(rest, []byte("/*")):
			end := bytes.Index(rest[2:], []byte("*/"))
			if end >= 0 {
				end += 4
			}
			i += blank(rest, end)
		default:
			i++
		}
	}
	return code, bare
}

// blank puts spaces in the place of the first bytes of code, of all when end is negative, and leaves lines as they are.
func blank(code []byte, end int) int {
	if end < 0 {
		end = len(code)
	}
	for i := range code[:end] {
		if code[i] != '\n' {
			code[i] = ' '
		}
	}
	return end
}

// gradleCatalog reads a version catalog: libs.versions.toml.
func gradleCatalog(f *source.File) []dependency {
	t := readTOML(f)
	if t == nil {
		return nil
	}
	all := []dependency{}
	libraries := table(t.at("libraries"))
	for _, alias := range sorted(libraries) {
		value := libraries[alias]
		name, _ := value.(string)
		if module, ok := table(value)["module"].(string); ok {
			name = module
		}
		if group, ok := table(value)["group"].(string); ok {
			artifact, _ := table(value)["name"].(string)
			name = group + ":" + artifact
		}
		if parts := strings.Split(name, ":"); len(parts) >= 2 {
			all = append(all, dependency{name: parts[0] + ":" + parts[1], at: func() source.Span { return t.place(alias, "libraries") }})
		}
	}
	return all
}

package scan

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"candor/generator/source"
)

// npmPackages reads package.json.
func npmPackages(f *source.File) []dependency {
	list := members(f, "dependencies", "optionalDependencies", "peerDependencies", "devDependencies")
	if list == nil {
		return nil
	}
	all := []dependency{}
	for _, m := range list {
		name, ok := npmName(m.name, m.value)
		if ok {
			all = append(all, dependency{name: name, at: at(m.at), dev: m.group == "devDependencies"})
		}
	}
	return all
}

// npmName gives the package that is installed under a name: another one where the version is an alias ("npm:openai@4"), none of the registry's
// where it lies in the same repository.
func npmName(name, version string) (string, bool) {
	for _, local := range []string{"workspace:", "file:", "link:", "portal:", "./", "../", "~/", "/"} {
		if strings.HasPrefix(version, local) {
			return "", false
		}
	}
	aliased, ok := strings.CutPrefix(version, "npm:")
	if !ok {
		return name, true
	}
	if i := strings.LastIndexByte(aliased, '@'); i > 0 {
		aliased = aliased[:i]
	}
	return aliased, true
}

// at gives a place that is known already.
func at(place source.Span) func() source.Span { return func() source.Span { return place } }

// composerPackages reads composer.json.
func composerPackages(f *source.File) []dependency {
	list := members(f, "require", "require-dev")
	if list == nil {
		return nil
	}
	all := []dependency{}
	for _, m := range list {
		all = append(all, dependency{name: m.name, at: at(m.at), dev: m.group == "require-dev"})
	}
	return all
}

// A member is a key with a text in one of the groups of a JSON file.
type member struct {
	group, name, value string
	at                 source.Span // of the name
}

// members reads the objects at the top of a JSON file that have the names of groups. Of a file that is no JSON object it gives nil.
func members(f *source.File, groups ...string) []member {
	r := &jsonReader{file: f, dec: json.NewDecoder(bytes.NewReader(f.Data))}
	all := []member{}
	if r.next() != json.Delim('{') {
		return nil
	}
	for r.dec.More() && !r.broken {
		group, _ := r.next().(string)
		value := r.next()
		if value != json.Delim('{') || !slices.Contains(groups, group) {
			r.skip(value)
			continue
		}
		for r.dec.More() && !r.broken {
			name, _ := r.next().(string)
			m := member{group: group, name: name, at: r.token()}
			value := r.next()
			if text, ok := value.(string); ok && name != "" {
				m.value = text
				all = append(all, m)
			}
			r.skip(value)
		}
		r.next()
		if r.broken {
			return nil
		}
	}
	if r.next(); r.broken {
		return nil
	}
	return all
}

// A jsonReader reads tokens and knows where they stand.
type jsonReader struct {
	file       *source.File
	dec        *json.Decoder
	start, end int // from the end of the token before to the end of the last one
	broken     bool
}

func (r *jsonReader) next() json.Token {
	t, err := r.dec.Token()
	if err != nil {
		r.broken = true
		return nil
	}
	r.start, r.end = r.end, int(r.dec.InputOffset())
	return t
}

// token gives the place of the last token, a string, without its quotes.
func (r *jsonReader) token() source.Span {
	start := r.start
	if i := bytes.IndexByte(r.file.Data[start:r.end], '"'); i >= 0 {
		start += i + 1
	}
	return r.file.Span(start, max(start, r.end-1))
}

// skip reads on to the end of a value whose first token was read.
func (r *jsonReader) skip(first json.Token) {
	depth := 0
	for t := first; ; t = r.next() {
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth <= 0 || r.broken {
			return
		}
	}
}

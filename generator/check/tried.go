package check

import (
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/pattern"
	"candor/generator/source"
)

// triedOf gives what tells findings that ask for a key which the author wrote already, in a way that could not be read: the mistake has its
// finding, and a second one would say that nothing is there. The key that a finding asks for is the one that its hint says to write.
func triedOf(site *model.Site) func(diag.Finding) bool {
	if len(site.Refused) == 0 {
		return func(diag.Finding) bool { return false }
	}
	return func(f diag.Finding) bool {
		keys := askedFor(f.Hint)
		if len(keys) == 0 || f.At.File == nil {
			return false
		}
		at := f.At
		if config := site.Config.File; strings.Contains(f.Hint, " in site.yaml") && config != nil {
			at = config.Span(0, 0)
		}
		wrote := func(path string) bool {
			return slices.ContainsFunc(site.Refused, func(r model.Refusal) bool { return isPart(path, r.Key) && holds(r.Mapping, at) })
		}
		if strings.Contains(f.Hint, ` or "`) { // one of them would do
			return slices.ContainsFunc(keys, wrote)
		}
		return !slices.ContainsFunc(keys, func(path string) bool { return !wrote(path) })
	}
}

// tried reports whether a key, any one when it is "", was written without success on the lines of a record.
func (p *pass) tried(record source.Span, key string) bool {
	return slices.ContainsFunc(p.site.Refused, func(r model.Refusal) bool {
		return (r.Key == key || key == "") && r.Mapping.File == record.File && r.Mapping.Start >= record.Start && r.Mapping.Start <= record.End
	})
}

// wholeOf gives all lines of a file, nil gives nowhere.
func wholeOf(f *source.File) source.Span {
	if f == nil {
		return source.Span{}
	}
	return f.Span(0, len(f.Data))
}

func isPart(path, key string) bool { return slices.Contains(strings.Split(path, "."), key) }

// holds reports whether a place lies in the lines of a mapping. What asks for a key of site.yaml may stand anywhere.
func holds(mapping, at source.Span) bool {
	return mapping.File == at.File && (at.Start >= mapping.Start && at.Start <= mapping.End || at.End == 0)
}

var (
	wholeKey = pattern.Of(`"([a-z0-9_.]+): \.\.\."`)
	firstKey = pattern.Of(`\bwrite "([a-z0-9_.]+)(?:"|: )`)
)

// askedFor gives the keys that a hint says to write: all that stand there as "key: ...", else the first one that stands there with a value.
func askedFor(hint string) []string {
	var keys []string
	if !strings.Contains(hint, "write ") {
		return nil
	}
	for _, m := range wholeKey.FindAllStringSubmatch(hint, -1) {
		keys = append(keys, m[1])
	}
	if m := firstKey.FindStringSubmatch(hint); keys == nil && m != nil {
		keys = append(keys, m[1])
	}
	return keys
}

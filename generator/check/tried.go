package check

import (
	"regexp"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"
)

// triedOf gives what tells findings that ask for a key which the author wrote already, in a way that could not be read: the mistake has its
// finding, and a second one would say that nothing is there. The key that a finding asks for is the one that its hint says to write.
func triedOf(site *model.Site) func(diag.Finding) bool {
	if len(site.Refused) == 0 {
		return func(diag.Finding) bool { return false }
	}
	headers := headers(site)
	return func(f diag.Finding) bool {
		keys := askedFor(f.Hint)
		if len(keys) == 0 || f.At.File == nil || f.Rule == "SCH01" {
			return false
		}
		extent := around(headers, f.At)
		for _, key := range keys {
			if !slices.ContainsFunc(site.Refused, func(r model.Refusal) bool {
				return r.Key == key && r.At.File == f.At.File && r.At.Start >= extent.Start && r.At.Start <= extent.End
			}) {
				return false
			}
		}
		return true
	}
}

var (
	wholeKey = regexp.MustCompile(`"([a-z0-9_.]+): \.\.\."`)
	firstKey = regexp.MustCompile(`^write "([a-z0-9_.]+)(?:"|: )`)
)

// askedFor gives the keys that a hint says to write: all that stand there as "key: ...", else the first one that stands there with a value.
// Of "scrub.method" the key is the last part.
func askedFor(hint string) []string {
	var keys []string
	last := func(key string) string { return key[strings.LastIndexByte(key, '.')+1:] }
	if !strings.HasPrefix(hint, "write ") {
		return nil
	}
	for _, m := range wholeKey.FindAllStringSubmatch(hint, -1) {
		keys = append(keys, last(m[1]))
	}
	if m := firstKey.FindStringSubmatch(hint); keys == nil && m != nil {
		keys = append(keys, last(m[1]))
	}
	return keys
}

// around gives the extent that a place lies in, else the whole file.
func around(headers []*model.Header, at source.Span) source.Span {
	for _, h := range headers {
		if e := h.Extent; e.File == at.File && at.Start >= e.Start && at.Start <= e.End {
			return e
		}
	}
	return at.File.Span(0, len(at.File.Data))
}

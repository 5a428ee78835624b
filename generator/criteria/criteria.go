// Package criteria knows the standards whose criteria policies and controls meet: their ids, and what an id that somebody typed means.
//
// In come ids as authors write them, out come criteria, or the nearest one that exists; in comes a linked site with a day, out comes what it
// claims of each criterion, and what it has current evidence for. The lists are ids alone, which are facts; no text
// of a standard is repeated here unless its publisher gave it away. Nothing here reads a file or reports anything.
package criteria

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"candor/generator/diag"
)

// A Standard is a list of criteria, or a questionnaire of which any id is taken.
type Standard struct {
	Key     string   // as the framework of an answer: "soc2"
	Name    string   // "SOC 2"
	Prefix  string   // before an id in meets: "mvsp-"; "" for SOC 2, whose ids stand alone
	Example string   // ids, for hints
	IDs     []string // in the order of the standard; none for a questionnaire

	known map[string]string // ids by the form in which they are compared; for look-ups, never ranged over
	open  *regexp.Regexp    // of a questionnaire, the form of its ids
}

// A Criterion is one that its standard has.
type Criterion struct {
	Standard string // its key: "mvsp"
	ID       string // as the standard writes it: "4.2"
}

// standards are all that are known, in the order in which an id is looked up.
var standards = sync.OnceValue(func() []Standard {
	questionnaire := regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9 ._&/()-]{0,39}$`)
	all := []Standard{
		{Key: "soc2", Name: "SOC 2", Example: "CC6.1, A1.2, C1.1, PI1.3 or P4.2", IDs: trustServicesCriteria()},
		{Key: "mvsp", Name: "MVSP v3", Prefix: "mvsp-", Example: `"1.1" to "4.4"`, IDs: numbered("", 1, 8, 8, 5, 4)},
		{Key: "nist-ai-rmf", Name: "NIST AI RMF 1.0", Prefix: "nist-", Example: `govern-1.1, map-2.3, measure-2.13 or manage-4.3`, IDs: riskManagementFramework()},
		{Key: "owasp-llm", Name: "the OWASP Top 10 for LLM applications 2025", Prefix: "owasp-", Example: "LLM01 to LLM10", IDs: topTen()},
		{Key: "iso42001", Name: "Annex A of ISO/IEC 42001", Prefix: "iso42001-", Example: "A.2.2 to A.10.4", IDs: managementSystem()},
		{Key: "caiq", Name: "CAIQ", Prefix: "caiq-", Example: "an id like DSP-15.1", open: questionnaire},
		{Key: "aicm", Name: "AICM", Prefix: "aicm-", Example: "an id like DSP-15", open: questionnaire},
		{Key: "hecvat", Name: "HECVAT", Prefix: "hecvat-", Example: "an id like DATA-03", open: questionnaire},
		{Key: "sig", Name: "SIG", Prefix: "sig-", Example: "an id like D.1.2", open: questionnaire},
	}
	for i, s := range all {
		all[i].known = map[string]string{}
		for _, id := range s.IDs {
			all[i].known[normal(id)] = id
		}
	}
	return all
})

// Standards gives all standards that are known here, in a fixed order.
func Standards() []Standard { return slices.Clone(standards()) }

// Keys gives the keys of all standards, for hints.
func Keys() []string {
	var keys []string
	for _, s := range standards() {
		keys = append(keys, s.Key)
	}
	return keys
}

var version = regexp.MustCompile(`^-v?[0-9]+([.][0-9]+)*$|^-(lite|core)$`)

// Find gives the standard that a key names, as in the frameworks of an answer; a version may follow: "caiq-4.0", "mvsp-3", "soc2-2017".
func Find(key string) (Standard, bool) {
	key = strings.ToLower(key)
	for _, s := range standards() {
		if rest, ok := strings.CutPrefix(key, s.Key); ok && (rest == "" || version.MatchString(rest)) {
			return s, true
		}
	}
	return Standard{}, false
}

// Lookup gives the criterion that an id means as policies and controls write it in "meets": "CC6.1", "mvsp-4.2"; false when it exists in no
// standard.
func Lookup(meeting string) (Criterion, bool) {
	s, id := split(meeting)
	known, ok := s.find(id)
	return Criterion{Standard: s.Key, ID: known}, ok
}

// Nearest gives, for an id in "meets" that means nothing, the one that was most likely meant, "" for none.
func Nearest(meeting string) string {
	s, id := split(meeting)
	if near := s.Nearest(id); near != "" || s.Prefix != "" {
		return s.Meeting(near)
	}
	var all []string
	for _, other := range standards() {
		for _, one := range other.IDs {
			all = append(all, other.Meeting(one))
		}
	}
	near, _ := diag.Nearest(meeting, all)
	return near
}

// split tells the standard that an id in "meets" names by its prefix; SOC 2 for one without a prefix.
func split(meeting string) (Standard, string) {
	for _, s := range standards() {
		if rest, ok := cutPrefixFold(meeting, s.Prefix); ok && s.Prefix != "" {
			return s, rest
		}
	}
	return standards()[0], meeting
}

func cutPrefixFold(s, prefix string) (rest string, found bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// Meeting gives an id of the standard as policies and controls write it: "mvsp-4.2"; "" for none.
func (s Standard) Meeting(id string) string {
	if id == "" {
		return ""
	}
	return s.Prefix + id
}

// Has reports whether the standard has an id, in whatever case and with a space or a hyphen: "GOVERN 1.1".
func (s Standard) Has(id string) bool {
	_, ok := s.find(id)
	return ok
}

// find gives an id as the standard writes it.
func (s Standard) find(id string) (string, bool) {
	if s.open != nil {
		return id, s.open.MatchString(id)
	}
	have, ok := s.known[normal(id)]
	return have, ok
}

// normal gives an id in the one form that is compared: "GOVERN 1.1" as "govern-1.1".
func normal(id string) string { return strings.ReplaceAll(strings.ToLower(id), " ", "-") }

// Nearest gives the last id of the same group, "CC9.2" for "CC9.3", else the one with the fewest edits, "" for none that is near.
func (s Standard) Nearest(id string) string {
	id = normal(id)
	last := ""
	if i := strings.LastIndexByte(id, '.'); i > 0 {
		for _, have := range s.IDs {
			if strings.HasPrefix(normal(have), id[:i+1]) {
				last = have
			}
		}
	}
	if last == "" {
		last, _ = diag.Nearest(id, s.IDs)
	}
	return last
}

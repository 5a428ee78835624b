package check

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"candor/generator/diag"
)

// A standard is a list of criteria, or a questionnaire of which any id is taken.
type standard struct {
	key     string // as the framework of an answer: "soc2"
	name    string // "SOC 2"
	prefix  string // before an id in meets: "mvsp-"; "" for SOC 2, whose ids stand alone
	example string // ids, for hints
	ids     []string
	open    *regexp.Regexp // of a questionnaire, the form of its ids; ids is then empty
}

// standards are all that are known, in the order in which an id is looked up. The lists are ids alone, which are facts; no text of a
// standard is repeated here.
var standards = sync.OnceValue(func() []standard {
	questionnaire := regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9 ._&/()-]{0,39}$`)
	return []standard{
		{key: "soc2", name: "SOC 2", example: "CC6.1, A1.2, C1.1, PI1.3 or P4.2", ids: trustServicesCriteria()},
		{key: "mvsp", name: "MVSP v3", prefix: "mvsp-", example: `"1.1" to "4.4"`, ids: numbered("", 1, 8, 8, 5, 4)},
		{key: "nist-ai-rmf", name: "NIST AI RMF 1.0", prefix: "nist-", example: `govern-1.1, map-2.3, measure-2.13 or manage-4.3`, ids: riskManagementFramework()},
		{key: "owasp-llm", name: "the OWASP Top 10 for LLM applications 2025", prefix: "owasp-", example: "LLM01 to LLM10", ids: topTen()},
		{key: "iso42001", name: "Annex A of ISO/IEC 42001", prefix: "iso42001-", example: "A.2.2 to A.10.4", ids: managementSystem()},
		{key: "caiq", name: "CAIQ", prefix: "caiq-", example: "an id like DSP-15.1", open: questionnaire},
		{key: "aicm", name: "AICM", prefix: "aicm-", example: "an id like DSP-15", open: questionnaire},
		{key: "hecvat", name: "HECVAT", prefix: "hecvat-", example: "an id like DATA-03", open: questionnaire},
		{key: "sig", name: "SIG", prefix: "sig-", example: "an id like D.1.2", open: questionnaire},
	}
})

// numbered gives "first.1" to "first.n", "first+1.1" and so on, one count for each number.
func numbered(prefix string, first int, counts ...int) []string {
	var ids []string
	for i, count := range counts {
		for n := 1; n <= count; n++ {
			ids = append(ids, fmt.Sprintf("%s%d.%d", prefix, first+i, n))
		}
	}
	return ids
}

// trustServicesCriteria gives the 61 criteria of TSP section 100, "2017 Trust Services Criteria for Security, Availability, Processing
// Integrity, Confidentiality, and Privacy (With Revised Points of Focus, 2022)", AICPA.
func trustServicesCriteria() []string {
	ids := numbered("CC", 1, 5, 3, 4, 2, 3, 8, 5, 1, 2)
	ids = append(ids, numbered("A", 1, 3)...)
	ids = append(ids, numbered("C", 1, 2)...)
	ids = append(ids, numbered("PI", 1, 5)...)
	return append(ids, numbered("P", 1, 1, 1, 2, 3, 2, 7, 1, 1)...)
}

// riskManagementFramework gives the 72 subcategories of the AI RMF core: NIST AI 100-1, January 2023, tables 1 to 4.
func riskManagementFramework() []string {
	ids := numbered("govern-", 1, 7, 3, 2, 3, 2, 2)
	ids = append(ids, numbered("map-", 1, 6, 3, 5, 2, 2)...)
	ids = append(ids, numbered("measure-", 1, 3, 13, 3, 3)...)
	return append(ids, numbered("manage-", 1, 4, 4, 2, 3)...)
}

// topTen gives LLM01 to LLM10 of the OWASP Top 10 for LLM Applications 2025.
func topTen() []string {
	var ids []string
	for n := 1; n <= 10; n++ {
		ids = append(ids, fmt.Sprintf("LLM%02d", n))
	}
	return ids
}

// managementSystem gives the numbers of the 38 controls of ISO/IEC 42001:2023, Annex A. In each group they begin at 2: the objective
// itself is 1; group A.6 is parted once more.
func managementSystem() []string {
	var ids []string
	group := func(prefix string, last int) {
		for n := 2; n <= last; n++ {
			ids = append(ids, fmt.Sprintf("%s.%d", prefix, n))
		}
	}
	group("A.2", 4)
	group("A.3", 3)
	group("A.4", 6)
	group("A.5", 5)
	group("A.6.1", 3)
	group("A.6.2", 8)
	group("A.7", 6)
	group("A.8", 5)
	group("A.9", 4)
	group("A.10", 4)
	return ids
}

// normal gives an id in the one form that is compared: "GOVERN 1.1" as "govern-1.1".
func normal(id string) string { return strings.ReplaceAll(strings.ToLower(id), " ", "-") }

// has reports whether the standard has an id, and else gives the nearest one, "" for none that is near.
func (s standard) has(id string) (known bool, near string) {
	if s.open != nil {
		return s.open.MatchString(id), ""
	}
	for _, have := range s.ids {
		if normal(have) == normal(id) {
			return true, ""
		}
	}
	return false, s.nearest(normal(id))
}

// nearest gives the last id of the same group, "CC9.2" for "CC9.3", else the one with the fewest edits.
func (s standard) nearest(id string) string {
	last := ""
	if i := strings.LastIndexByte(id, '.'); i > 0 {
		for _, have := range s.ids {
			if strings.HasPrefix(normal(have), id[:i+1]) {
				last = have
			}
		}
	}
	if last == "" {
		last, _ = diag.Nearest(id, s.ids)
	}
	return last
}

// standardOf gives the standard that the key of an answer's frameworks names; a version may follow: "caiq-4.0", "mvsp-3", "soc2-2017".
func standardOf(key string) (standard, bool) {
	key = strings.ToLower(key)
	for _, s := range standards() {
		if rest, ok := strings.CutPrefix(key, s.key); ok && (rest == "" || version.MatchString(rest)) {
			return s, true
		}
	}
	return standard{}, false
}

var version = regexp.MustCompile(`^-v?[0-9]+([.][0-9]+)*$|^-(lite|core)$`)

func standardKeys() []string {
	var keys []string
	for _, s := range standards() {
		keys = append(keys, s.key)
	}
	return keys
}

// knownMeeting reports whether a criterion, as policies and controls write it, exists, and else gives the nearest one that does.
func knownMeeting(id string) (known bool, near string) {
	for _, s := range standards()[1:] {
		rest, ok := strings.CutPrefix(strings.ToLower(id), s.prefix)
		if !ok {
			continue
		}
		if known, near = s.has(rest); near != "" {
			near = s.prefix + near
		}
		return known, near
	}
	if known, near = standards()[0].has(id); known || near != "" {
		return known, near
	}
	var all []string
	for _, s := range standards()[1:] {
		for _, i := range s.ids {
			all = append(all, s.prefix+i)
		}
	}
	near, _ = diag.Nearest(id, all)
	return false, near
}

package match

import (
	_ "embed"
	"strings"
	"sync"

	"candor/generator/wording"
)

//go:embed facets.txt
var facetsText string

// facets is what a question asks about its things: a bit for each facet of each kind.
type facets [kinds]uint64

// The kinds of facets.
const (
	forms  = iota // what sort of answer is wanted: how long, who
	acts          // what is done: encrypt, notify
	things        // to what: backups, logs
	whose         // by or for whom: staff, customers
	laws          // under which name: HIPAA, SSO
	kinds
)

var kindNames = [kinds]string{"form", "act", "thing", "whose", "law"}

// a sign shows a facet in a text.
type sign struct {
	kind  int
	facet int
	text  string
	whole bool // the word ends where the sign does
}

type facetTable struct {
	names [kinds][]string
	first map[byte][]sign
}

var facetKnowledge = sync.OnceValue(func() *facetTable {
	t := &facetTable{first: map[byte][]sign{}}
	for line := range wording.Lines(facetsText) {
		head, said, _ := strings.Cut(line, ":")
		kindName, name, _ := strings.Cut(head, " ")
		for kind, n := range kindNames {
			if n != kindName {
				continue
			}
			t.names[kind] = append(t.names[kind], name)
			for text := range strings.SplitSeq(said, ",") {
				text = strings.TrimSpace(text)
				word, whole := strings.CutSuffix(text, ".")
				t.first[word[0]] = append(t.first[word[0]], sign{kind, len(t.names[kind]) - 1, word, whole})
			}
		}
	}
	return t
})

// facetsOf gives the facets of a text.
func facetsOf(text string) facets {
	t := facetKnowledge()
	text = strings.ToLower(text)
	var f facets
	for i := range len(text) {
		if i > 0 && isLetter(text[i-1]) {
			continue
		}
		for _, s := range t.first[text[i]] {
			if strings.HasPrefix(text[i:], s.text) && !(s.whole && i+len(s.text) < len(text) && isLetter(text[i+len(s.text)])) {
				f[s.kind] |= 1 << s.facet
			}
		}
	}
	return f
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 0x80 }

// named gives the names of the facets of a kind.
func named(kind int, set uint64) string {
	var all []string
	for i, n := range facetKnowledge().names[kind] {
		if set&(1<<i) != 0 {
			all = append(all, strings.ReplaceAll(n, "-", " "))
		}
	}
	return strings.Join(all, ", ")
}

// aboutAI tells whether a text with these facets is about artificial intelligence.
func aboutAI(f facets) bool { return f[things]&aiBit() != 0 }

var aiBit = sync.OnceValue(func() uint64 {
	for i, n := range facetKnowledge().names[things] {
		if n == "ai" {
			return 1 << i
		}
	}
	return 0
})

// Package wording tells what a question or an answer speaks of, whatever the words in which it does.
//
// In comes a text; out come its terms, in order: stems of English words (Porter's second stemmer), and in the place of words and phrases that people use
// for the same thing, the name of that thing. "Are sub-processors vetted?" and "Do you assess your third parties?" have the same terms. Words that every
// question has (do, you, please, describe) and words that every control has (established, documented, approved) are no terms. The groups of synonyms
// stand in synonyms.txt. Nothing here knows what the terms are for: match compares questions by them, and the search of a site its answers.
package wording

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"github.com/kljensen/snowball/english"
)

//go:embed synonyms.txt
var synonyms string

//go:embed plain.txt
var plainWords string

// A Group is words and phrases for one thing, in lower case. The first one is the name of the thing.
type Group struct {
	Name    string   // "sub-processor"; its term is Mark and this
	Phrases []string // "sub-processor", "vendor", "third party"; of one to five words
}

// Mark begins a term that is the name of a group, so that it is no stem.
const Mark = "="

// Groups gives the groups, in the order of synonyms.txt.
func Groups() []Group { return known().groups }

// Terms gives the terms of a text in the order of its words.
func Terms(text string) []string {
	k := known()
	words := Words(text)
	var terms []string
	for i := 0; i < len(words); {
		if name, n := k.longest(words[i:]); n > 0 {
			terms = append(terms, Mark+name)
			i += n
			continue
		}
		if w := words[i]; !k.plain[w] {
			terms = append(terms, Stem(w))
		}
		i++
	}
	return terms
}

// Words gives the words of a text in lower case. A hyphen or slash parts words; an apostrophe ends one, and what follows it is left out.
func Words(text string) []string {
	text = strings.NewReplacer("’", "'", "‑", "-", "–", "-").Replace(strings.ToLower(text))
	fields := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' })
	words := fields[:0]
	for _, w := range fields {
		if i := strings.IndexByte(w, '\''); i > 0 {
			w = w[:i]
		}
		if w = strings.Trim(w, "'"); w != "" {
			words = append(words, w)
		}
	}
	return words
}

// Stem gives the stem of one word in lower case.
func Stem(word string) string { return english.Stem(word, false) }

type knowledge struct {
	groups []Group
	plain  map[string]bool
	heads  map[string][]phrase // by the stem of the first word, longest first
}

type phrase struct {
	stems []string
	name  string
}

// longest gives the group whose phrase the words begin with, and how many words that takes; 0 for none.
func (k *knowledge) longest(words []string) (string, int) {
	name, n := "", 0
	for _, p := range k.heads[Stem(words[0])] {
		if len(p.stems) > n && len(p.stems) <= len(words) && p.begins(words) {
			name, n = p.name, len(p.stems)
		}
	}
	return name, n
}

func (p phrase) begins(words []string) bool {
	for i, s := range p.stems {
		if Stem(words[i]) != s {
			return false
		}
	}
	return true
}

var known = sync.OnceValue(func() *knowledge {
	k := &knowledge{plain: map[string]bool{}, heads: map[string][]phrase{}}
	for _, w := range Words(strings.ReplaceAll(plainWords, "#", "\n")) {
		k.plain[w] = true
	}
	for line := range strings.Lines(synonyms) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		var g Group
		for p := range strings.SplitSeq(line, ",") {
			g.Phrases = append(g.Phrases, strings.TrimSpace(p))
		}
		g.Name = g.Phrases[0]
		k.groups = append(k.groups, g)
		for _, p := range g.Phrases {
			var stems []string
			for _, w := range Words(p) {
				stems = append(stems, Stem(w))
			}
			k.heads[stems[0]] = append(k.heads[stems[0]], phrase{stems, g.Name})
		}
	}
	return k
})

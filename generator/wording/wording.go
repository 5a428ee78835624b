// Package wording tells what a question or an answer speaks of, whatever the words in which it does.
//
// In comes a text; out come its terms, in order: stems of English words (Porter's second stemmer), and in the place of words and phrases that people use
// for the same thing, the name of that thing. "Are sub-processors vetted?" and "Do you vet your third parties?" have the same terms. Words that every
// question has (do, you, please, describe) are no terms. British spelling is read as American. The groups of synonyms stand in synonyms.txt. Nothing here
// knows what the terms are for: match compares questions by them, and the search of a site its answers.
package wording

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/kljensen/snowball/english"
)

//go:embed synonyms.txt
var synonyms string

//go:embed plain.txt
var plainWords string

// A Group is words and phrases for one thing. The first one is the name of the thing.
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
	stems := make([]string, len(words))
	for i, w := range words {
		stems[i] = k.stem(w)
	}
	var terms []string
	for i := 0; i < len(words); {
		if name, n := k.longest(words[i:], stems[i:]); n > 0 {
			terms = append(terms, Mark+name)
			i += n
			continue
		}
		if !k.plain[words[i]] {
			terms = append(terms, stems[i])
		}
		i++
	}
	return terms
}

// Plain tells whether a word in lower case is one that every question has.
func Plain(word string) bool { return known().plain[word] }

var quotes = strings.NewReplacer("’", "'", "‑", "-", "–", "-")

// Words gives the words of a text in lower case. A hyphen or slash parts words; an apostrophe ends one, and what follows it is left out.
func Words(text string) []string {
	text = quotes.Replace(strings.ToLower(text))
	fields := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' })
	words := fields[:0]
	for _, w := range fields {
		w = strings.TrimLeft(w, "'")
		if i := strings.IndexByte(w, '\''); i > 0 {
			w = w[:i]
		}
		if w != "" {
			words = append(words, w)
		}
	}
	return words
}

// Stem gives the stem of one word in lower case, whether it is spelt the British or the American way.
func Stem(word string) string {
	if len(word) > longestWord {
		return word
	}
	return english.Stem(american(word), false)
}

// longestWord is where a word stops being one that can be stemmed; the stemmer takes a time that grows with the square of the length.
const longestWord = 40

// skipped is how many plain words may stand between two words of a phrase: "train your own models" has "train models".
const skipped = 2

type knowledge struct {
	groups []Group
	plain  map[string]bool
	heads  map[string][]phrase // by the stem of the first word, longest first
	stems  map[string]string   // of the words of synonyms.txt
}

type phrase struct {
	stems []string
	name  string
}

func (k *knowledge) stem(word string) string {
	if s, ok := k.stems[word]; ok {
		return s
	}
	return Stem(word)
}

// longest gives the group whose phrase the words begin with, and how many words that takes; 0 for none.
func (k *knowledge) longest(words, stems []string) (string, int) {
	for _, p := range k.heads[stems[0]] {
		if n := k.begin(p, words, stems); n > 1 || n == 1 && !k.plain[words[0]] {
			return p.name, n
		}
	}
	return "", 0
}

// begin tells how many words a phrase takes at the beginning of the words; 0 when they do not begin with it.
func (k *knowledge) begin(p phrase, words, stems []string) int {
	at := 0
	for i, s := range p.stems {
		for skip := 0; i > 0 && skip < skipped && at < len(stems) && stems[at] != s && k.plain[words[at]]; skip++ {
			at++
		}
		if at >= len(stems) || stems[at] != s {
			return 0
		}
		at++
	}
	return at
}

var known = sync.OnceValue(func() *knowledge {
	k := &knowledge{plain: map[string]bool{}, heads: map[string][]phrase{}, stems: map[string]string{}}
	for line := range Lines(plainWords) {
		for _, w := range strings.Fields(line) {
			k.plain[w] = true
		}
	}
	lists := map[string][]string{}
	for line := range Lines(synonyms) {
		name, said, isList := strings.Cut(line, " = ")
		if isList {
			lists[name] = phrases(said, nil)
			continue
		}
		g := Group{Phrases: phrases(line, lists)}
		g.Name = g.Phrases[0]
		k.groups = append(k.groups, g)
		for _, p := range g.Phrases {
			k.learn(p, g.Name)
		}
	}
	for _, phrases := range k.heads {
		slices.SortStableFunc(phrases, func(a, b phrase) int { return len(b.stems) - len(a.stems) })
	}
	return k
})

// phrases gives what commas part, and where the name of a list stands in angle brackets, one phrase for each that the list has.
func phrases(line string, lists map[string][]string) []string {
	var all []string
	for p := range strings.SplitSeq(line, ",") {
		p = strings.TrimSpace(p)
		before, rest, ok := strings.Cut(p, "<")
		name, after, closed := strings.Cut(rest, ">")
		if !ok || !closed {
			all = append(all, p)
			continue
		}
		for _, word := range lists[name] {
			all = append(all, before+word+after)
		}
	}
	return all
}

func (k *knowledge) learn(text, name string) {
	var stems []string
	for _, w := range Words(text) {
		k.stems[w] = Stem(w)
		stems = append(stems, k.stems[w])
	}
	for _, p := range k.heads[stems[0]] {
		if slices.Equal(p.stems, stems) {
			return
		}
	}
	k.heads[stems[0]] = append(k.heads[stems[0]], phrase{stems, name})
}

// Lines gives the lines of a data file, without those that are empty or a comment.
func Lines(data string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for line := range strings.Lines(data) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}

package match

import (
	"strings"
	"sync"

	"candor/generator/wording"
)

// A speller knows words, and finds the one that somebody meant who slipped on a key.
type speller struct {
	words map[string]bool
	near  map[string]string // a word less one letter, to the first word that it was made of
}

func newSpeller() *speller { return &speller{map[string]bool{}, map[string]string{}} }

// shortestMended is how many letters a word has at least that is taken for a slip; the shorter ones have too many neighbours.
const shortestMended = 6

func (s *speller) learn(text string) {
	for _, w := range wording.Words(clip(text)) {
		if s.words[w] || len(w) > 30 {
			continue
		}
		s.words[w] = true
		if len(w) < shortestMended-1 {
			continue
		}
		for i := range len(w) {
			if less := w[:i] + w[i+1:]; s.near[less] == "" {
				s.near[less] = w
			}
		}
	}
}

// mend gives a text with each word that nobody knows put as the known word that is one letter more, one less, another one or two changed places away.
func (s *speller) mend(text string, more *speller) string {
	changed := false
	words := wording.Words(text)
	for i, w := range words {
		if m, ok := s.meant(w, more); ok {
			words[i], changed = m, true
		}
	}
	if !changed {
		return text
	}
	mended := text
	for i, w := range wording.Words(text) {
		if words[i] != w {
			mended = replaceWord(mended, w, words[i])
		}
	}
	return mended
}

func replaceWord(text, word, with string) string {
	if i := strings.Index(strings.ToLower(text), word); i >= 0 && i+len(word) <= len(text) {
		return text[:i] + with + text[i+len(word):]
	}
	return text
}

func (s *speller) meant(w string, more *speller) (string, bool) {
	if len(w) < shortestMended || len(w) > 30 || s.words[w] || more.words[w] || strings.ContainsAny(w, "0123456789") || familiar()[wording.Stem(w)] {
		return "", false
	}
	for _, known := range []*speller{s, more} {
		if m := known.near[w]; m != "" {
			return m, true
		}
		for i := range len(w) {
			less := w[:i] + w[i+1:]
			if known.words[less] && len(less) >= shortestMended-1 {
				return less, true
			}
		}
		for i := range len(w) {
			if m := known.near[w[:i]+w[i+1:]]; m != "" {
				return m, true
			}
		}
	}
	return "", false
}

// spelling knows the words of the data files.
var spelling = sync.OnceValue(func() *speller {
	s := newSpeller()
	s.learnAll(intentsText)
	for _, g := range wording.Groups() {
		for _, p := range g.Phrases {
			s.learn(p)
		}
	}
	s.learnAll(boilerplateText)
	return s
})

func (s *speller) learnAll(text string) {
	for line := range strings.Lines(text) {
		s.learn(line)
	}
}

// familiar are the stems of the known words: another ending of a known word is no slip.
var familiar = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for w := range spelling().words {
		all[wording.Stem(w)] = true
	}
	return all
})

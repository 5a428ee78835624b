package check

import (
	"strings"
	"sync"
	"unicode"
)

// A record of what is said in public: whoever repeats it leaks nothing. It is taken only once something seems to leak, since to take all texts apart
// costs a third of rendering them, and it is kept from site to site, for what has not changed. It is safe for concurrent use.
type said struct {
	mu                       sync.Mutex
	values, words, sentences counter
}

// A counter counts what stands in the published texts of some leaves.
type counter struct {
	of     []*leaf        // as they were given last
	counts map[*leaf]bool // those whose texts are counted
	times  map[string]int
}

// value reports whether a text is, as a whole, the value of a published key. Texts are given in small letters.
func (s *said) value(leaves []*leaf, text string) bool {
	return s.has(&s.values, leaves, text, func(t *passage, do func(string)) {
		if !t.body {
			do(strings.ToLower(onOneLine(t.text)))
		}
	})
}

// word reports whether a published text has a word.
func (s *said) word(leaves []*leaf, text string) bool {
	return s.has(&s.words, leaves, text, func(t *passage, do func(string)) {
		for _, w := range strings.FieldsFunc(t.text, func(r rune) bool { return !unicode.IsLetter(r) }) {
			do(strings.ToLower(w))
		}
	})
}

// sentence reports whether a published text has a sentence.
func (s *said) sentence(leaves []*leaf, text string) bool {
	return s.has(&s.sentences, leaves, text, func(t *passage, do func(string)) {
		for _, one := range sentences(*t) {
			do(strings.ToLower(one.text))
		}
	})
}

func (s *said) has(c *counter, leaves []*leaf, text string, each func(*passage, func(string))) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.turnTo(leaves, each)
	return c.times[text] > 0
}

// turnTo takes out what is no longer among leaves and published, and adds what is new.
func (c *counter) turnTo(leaves []*leaf, each func(*passage, func(string))) {
	if c.times != nil && len(c.of) == len(leaves) && &c.of[0] == &leaves[0] {
		return
	}
	if c.times == nil {
		c.times = map[string]int{}
	}
	count := func(l *leaf, by int) {
		for i := range l.passages {
			if t := &l.passages[i]; !t.internal {
				each(t, func(thing string) {
					if c.times[thing] += by; c.times[thing] == 0 {
						delete(c.times, thing)
					}
				})
			}
		}
	}
	now := make(map[*leaf]bool, len(leaves))
	for _, l := range leaves {
		if l.published() {
			now[l] = true
			if !c.counts[l] {
				count(l, 1)
			}
		}
	}
	for _, l := range c.of {
		if c.counts[l] && !now[l] {
			count(l, -1)
		}
	}
	c.of, c.counts = leaves, now
}

package check

import (
	"encoding/base64"
	"html/template"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"candor/generator/markdown"
	"candor/generator/model"
	"candor/generator/source"
)

// A needle is an internal value, or a sentence of an internal text.
type needle struct {
	text     string      // on one line
	what     string      // "internal", "of a private answer"
	at       source.Span // where its author wrote it
	elements []element
	word     bool // one word, of which nobody can tell whether it is meant
}

const (
	fewestLetters = 5  // of a value
	fewestTitle   = 10 // letters of the title of an internal record
	fewestSpoken  = 24 // characters of a sentence
	fewestSpaces  = 3  // in a sentence of a script that has spaces
)

// Leaks gives every internal value of the site: what stands in structs called Internal, found by walking the model's types so that a new
// field cannot be forgotten, and the texts of records that are not published. Rule LEK01 says what is left out and why.
func Leaks(site *model.Site) *LeakList {
	c := &collector{list: &LeakList{grams: map[uint32]*beginning{}}, forms: formTable{}, taken: map[string]bool{}, ids: map[string]bool{}}
	for _, r := range site.BesideConfig() {
		c.ids[r.Key().ID] = true
	}
	for _, o := range site.Config.Owners {
		c.ids[o.ID.Value] = true
	}
	for _, b := range site.Config.Boundaries {
		c.ids[b.ID.Value] = true
	}
	eachPassage(site, c.collect)
	for i := range c.list.needles {
		c.list.spell(i)
	}
	for gram, offsets := range signs() {
		c.list.enter(gram).signs = offsets
	}
	c.list.enter(pictureGram)
	c.list.known = sync.OnceValue(func() *known { return mayPublish(site) })
	c.list.values = sync.OnceValue(func() map[string]bool { return publishedValues(site) })
	c.list.words = sync.OnceValue(func() map[string]bool { return publishedWords(site) })
	c.list.sentences = sync.OnceValue(func() map[string]bool { return publishedSentences(site) })
	return c.list
}

// A collector gathers needles.
type collector struct {
	list  *LeakList
	forms formTable
	taken map[string]bool
	ids   map[string]bool
}

// onOneLine gives a text as it is compared: words with one space between them.
func onOneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// publishedValues gives the values of published keys, in small letters.
func publishedValues(site *model.Site) map[string]bool {
	values := map[string]bool{}
	eachPassage(site, func(p passage) {
		if p.published() && !p.body {
			values[strings.ToLower(onOneLine(p.text))] = true
		}
	})
	return values
}

// publishedWords gives the words of published texts, in small letters.
func publishedWords(site *model.Site) map[string]bool {
	all := map[string]bool{}
	eachPassage(site, func(p passage) {
		if !p.published() {
			return
		}
		for _, w := range strings.FieldsFunc(p.text, func(r rune) bool { return !unicode.IsLetter(r) }) {
			all[strings.ToLower(w)] = true
		}
	})
	return all
}

// publishedSentences gives the sentences of published texts, in small letters. To take all texts apart costs a third of rendering them, so
// it is done only once something seems to leak.
func publishedSentences(site *model.Site) map[string]bool {
	all := map[string]bool{}
	eachPassage(site, func(p passage) {
		if !p.published() {
			return
		}
		for _, s := range sentences(p) {
			all[strings.ToLower(s.text)] = true
		}
	})
	return all
}

// collect adds what is internal.
func (c *collector) collect(p passage) {
	switch {
	case p.internal:
		c.value(p)
		for _, s := range sentences(p) {
			c.add(s.text, "internal", s.at, false)
		}
	case p.record != nil && !p.record.Published():
		what := map[model.Kind]string{model.KindAnswer: "part of a private answer", model.KindPolicy: "part of an internal policy"}[p.record.Key().Kind]
		if what == "" {
			what = "part of an unpublished " + string(p.record.Key().Kind)
		}
		if p.key == "title" || p.key == "question" || p.key == "also_asked" {
			if text := onOneLine(p.text); letters(text) >= fewestTitle && strings.Contains(text, " ") {
				c.add(text, what, p.at(0, len(p.text)), true)
			}
		}
		for _, s := range sentences(p) {
			c.add(s.text, what, s.at, false)
		}
	}
}

// value adds a value of an Internal struct, unless it is a word that stands everywhere.
func (c *collector) value(p passage) {
	text := onOneLine(p.text)
	somebody := p.key == "person" || p.key == "email" || isEmail(text)
	if !somebody && (letters(text) < fewestLetters || c.ids[text] || isPlainWord(text)) {
		return
	}
	c.add(text, "internal", p.value.At, false)
	if last := len(c.list.needles) - 1; last >= 0 && c.list.needles[last].text == text {
		c.list.needles[last].word = !somebody && strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
	}
}

func isEmail(s string) bool {
	at := strings.IndexByte(s, '@')
	return at > 0 && at < len(s)-1 && !strings.Contains(s, " ")
}

// letters counts letters and digits.
func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// isPlainWord reports whether s is one word of small letters and nothing else.
func isPlainWord(s string) bool {
	for _, r := range s {
		if r < 'a' || r > 'z' {
			return false
		}
	}
	return true
}

func (c *collector) add(text, what string, at source.Span, exact bool) {
	key := strings.ToLower(text)
	if text == "" || c.taken[key] {
		return
	}
	c.taken[key] = true
	if elements := elementsOf(text, exact, c.forms); len(elements) > 0 {
		c.list.needles = append(c.list.needles, needle{text: text, what: what, at: at, elements: elements})
	}
}

// A sentence is a part of a text that is looked for by itself, so that a text that is cut short is found as well.
type sentence struct {
	text string
	at   source.Span
}

// sentences gives the sentences of a passage that are long enough to be its author's own words.
func sentences(p passage) []sentence {
	text := p.text
	if p.body || p.key == "answer" {
		text = markdown.PlainText([]byte(p.text))
	}
	var all []sentence
	for start := 0; start < len(text); {
		end := start
		for end < len(text) && !endsSentence(text, end) && !(text[end] == '\n' && (p.body || p.key == "answer")) {
			end++
		}
		end = min(end+1, len(text))
		raw := strings.TrimSpace(text[start:end])
		start = end
		one := strings.TrimRight(onOneLine(raw), ".!?")
		if len([]rune(one)) < fewestSpoken || strings.Count(one, " ") < fewestSpaces && one[0] < utf8.RuneSelf {
			continue
		}
		at := p.at(0, len(p.text))
		if i := strings.Index(p.text, raw); i >= 0 {
			at = p.at(i, i+len(raw))
		}
		all = append(all, sentence{one, at})
	}
	return all
}

// spell enters a needle's spellings in the filter.
func (l *LeakList) spell(i int) {
	n := l.needles[i]
	grams := n.rarest()
	if len(grams) == 0 {
		l.shortOnes = append(l.shortOnes, i)
	}
	for _, g := range grams {
		l.enter(g.gram).plain.grow(n.elements[g.element:], spelling{needle: int32(i), offset: int32(g.element)})
	}
	seen := map[string]bool{}
	for _, form := range []string{n.text, template.HTMLEscapeString(n.text)} {
		for shift := range 3 {
			for _, alphabet := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
				middle := inBase64(form, shift, alphabet)
				if len(middle) < 6 || seen[middle] {
					continue
				}
				seen[middle] = true
				at := rarestGram(middle)
				b := l.enter(gramAt([]byte(middle[at:])))
				b.base64 = append(b.base64, spelling{needle: int32(i), offset: int32(at), base64: middle})
			}
		}
	}
}

// inBase64 gives the letters of base64 that stand for s whatever stands around it, when shift bytes come before it in a group of three.
func inBase64(s string, shift int, alphabet *base64.Encoding) string {
	encoded := alphabet.EncodeToString(append(make([]byte, shift), s...))
	first := (8*shift + 5) / 6
	last := 8 * (shift + len(s)) / 6
	return encoded[first:last]
}

// commonness ranks letters by how often English text has them; what is not here is rarer than any.
const commonness = "zqxjkvbpygfwmucldrhsnioate"

// rarestGram gives the offset of the four bytes of s that are seen least often.
func rarestGram(s string) int {
	best, least := 0, 1<<30
	for i := 0; i+4 <= len(s); i++ {
		score := 0
		for _, c := range []byte(strings.ToLower(s[i : i+4])) {
			score += 1 + strings.IndexByte(commonness, c)
		}
		if score < least {
			best, least = i, score
		}
	}
	return best
}

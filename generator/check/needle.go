package check

import (
	"encoding/base64"
	"html/template"
	"slices"
	"strings"
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
	exact    bool        // in no other case
	word     bool        // one word, of which nobody can tell whether it is meant
	elements []element
}

const (
	fewestLetters = 5  // of a value
	fewestTitle   = 10 // letters of the title of an internal record
	fewestSpoken  = 24 // characters of a sentence
	fewestSpaces  = 3  // in a sentence of a script that has spaces
)

// Leaks gives every internal value of the site: what stands in structs called Internal, found by walking the model's types so that a new
// field cannot be forgotten, and the texts of records that are not published. Rule LEK01 says what is left out and why.
func Leaks(site *model.Site) *LeakList { return (*Desk)(nil).Leaks(site) }

// leaks makes the list of a site. Of the last one it takes the spellings over where the same values are to be looked for.
func (f *folio) leaks(last *LeakList) *LeakList {
	l := &LeakList{needles: f.needles(), known: f.known(), leaves: func() []*leaf { return f.leaves }, said: f.desk.said}
	same := last != nil && slices.EqualFunc(l.needles, last.needles, func(a, b needle) bool { return a.text == b.text && a.exact == b.exact })
	if same {
		for i := range l.needles {
			l.needles[i].elements = last.needles[i].elements
		}
		l.sieve = last.sieve
	} else {
		l.spell()
	}
	if same && l.known == last.known {
		l.fingerprint = last.fingerprint
	} else {
		l.fingerprint = l.identify()
	}
	return l
}

// needles gives what is internal, each text once, still without its elements.
func (f *folio) needles() []needle {
	ids := map[string]bool{}
	for _, r := range f.site.All() {
		ids[r.Key().ID] = true
	}
	var all []needle
	taken := map[string]bool{}
	for _, leaf := range f.look(secretLook) {
		for _, s := range leaf.secrets {
			if s.thing.value && !s.thing.somebody && ids[s.thing.text] {
				continue
			}
			if !taken[s.thing.folded] {
				taken[s.thing.folded] = true
				all = append(all, needle{text: s.thing.text, what: s.thing.what, at: s.thing.at, exact: s.thing.exact})
			}
			if last := len(all) - 1; s.thing.value && all[last].text == s.thing.text {
				all[last].word = !s.thing.somebody && strings.IndexFunc(s.thing.text, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
			}
		}
	}
	return all
}

// A secret is a value or a sentence that may not come out, unless something else on the site says that it is none.
type secret struct {
	text, folded string // on one line; in small letters
	what         string
	at           source.Span
	exact        bool
	value        bool // of an Internal struct: left alone when it is the id of something
	somebody     bool // a person or an address
}

// secretsOf gives what may not come out of a text.
func secretsOf(t passage, do func(secret)) {
	add := func(s secret) {
		if letters(s.text) > 0 {
			s.folded = strings.ToLower(s.text)
			do(s)
		}
	}
	what := "internal"
	switch {
	case t.internal && (t.key == "asked" || t.key == "number"):
		return // a customer's words, which published questions use as well: nobody can tell them apart
	case t.internal:
		text := onOneLine(t.text)
		somebody := t.key == "person" || t.key == "email" || isEmail(text)
		if somebody || letters(text) >= fewestLetters && !isPlainWord(text) { // else it is a word that stands everywhere
			add(secret{text: text, what: what, at: t.value.At, value: true, somebody: somebody})
		}
	case t.record != nil && !t.record.Published():
		what = map[model.Kind]string{model.KindAnswer: "part of a private answer", model.KindPolicy: "part of an internal policy"}[t.record.Key().Kind]
		if what == "" {
			what = "part of an unpublished " + string(t.record.Key().Kind)
		}
		if t.key == "title" || t.key == "question" || t.key == "also_asked" {
			if text := onOneLine(t.text); letters(text) >= fewestTitle && strings.Contains(text, " ") {
				add(secret{text: text, what: what, at: t.at(0, len(t.text)), exact: true})
			}
		}
	default:
		return
	}
	for _, s := range sentences(t) {
		add(secret{text: s.text, what: what, at: s.at})
	}
}

// onOneLine gives a text as it is compared: words with one space between them.
func onOneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

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

// spell enters the spellings of all needles, and what else a scan stops at, in a new filter.
func (l *LeakList) spell() {
	l.sieve = &sieve{grams: map[uint32]*beginning{}}
	forms := formTable{}
	for i := range l.needles {
		l.needles[i].elements = elementsOf(l.needles[i].text, l.needles[i].exact, forms)
		l.enterNeedle(i)
	}
	for gram, offsets := range signs() {
		l.enter(gram).signs = offsets
	}
	l.enter(pictureGram)
}

func (l *LeakList) enterNeedle(i int) {
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

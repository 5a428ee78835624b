package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"candor/generator/pattern"
)

// A gap is a part of a text that somebody meant to replace.
type gap struct {
	start, end int
	what, hint string
}

const (
	isPlaceholder = "is a placeholder that nobody filled in"
	isNote        = "is a note to self"
	isSample      = "is the name of a sample company"

	fillIn = "write what is true, or put it in backquotes if it is meant as it stands"
	finish = "finish the sentence, or remove it"
	rename = "write your own name"
)

// mostGaps is how many gaps are told of one text: past that its author has one problem, not a hundred.
const mostGaps = 100

// A scanner looks for gaps in one text, from its beginning to its end, in linear time.
type scanner struct {
	s        string
	markdown bool
	at       int
	labels   map[string]bool // of link reference definitions; nil until one is asked for
	gaps     []gap
}

// placeholders gives what in a text looks unfilled. In Markdown, code and the destinations of links are left alone.
func placeholders(text string, markdown bool) []gap {
	sc := scanner{s: text, markdown: markdown}
	for sc.at < len(sc.s) && len(sc.gaps) < mostGaps {
		c := sc.s[sc.at]
		if !matters[c] || beginsGap[c] && sc.at > 0 && isWordByte(sc.s[sc.at-1]) {
			sc.at++
			continue
		}
		sc.step()
	}
	return sc.gaps
}

func (sc *scanner) found(end int, what, hint string) {
	sc.gaps = append(sc.gaps, gap{sc.at, end, what, hint})
	sc.at = end
}

// step looks at what stands at the present place and moves on.
func (sc *scanner) step() {
	switch c := sc.s[sc.at]; {
	case c == '`' || c == '~':
		sc.code(c)
	case c == '\\' && sc.markdown && sc.at+1 < len(sc.s) && sc.s[sc.at+1] < utf8.RuneSelf && unicode.IsPunct(rune(sc.s[sc.at+1])) && sc.s[sc.at+1] != '_':
		sc.at += 2
	case c == '[':
		sc.bracket()
	case c == '<':
		sc.angle()
	case c == '{':
		sc.brace()
	case c == '_':
		sc.underscores()
	case isWordByte(c):
		sc.word()
	default:
		sc.at++
	}
}

func isWordByte(c byte) bool { return wordBytes[c] }

var wordBytes = func() (t [256]bool) {
	for c := range 256 {
		t[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= utf8.RuneSelf
	}
	return t
}()

// matters tells the bytes that step looks at; nearly all others are passed over.
var matters = func() (t [256]bool) {
	t = beginsGap
	for _, c := range []byte("`~\\[<{_") {
		t[c] = true
	}
	return t
}()

// beginsGap tells with which bytes the words begin that word looks at.
var beginsGap = func() (t [256]bool) {
	for _, c := range []byte("TFLlAEYyMmCcXx0123456789") {
		t[c] = true
	}
	return t
}()

// code passes over a fence or a span of code.
func (sc *scanner) code(mark byte) {
	n := 1
	for sc.at+n < len(sc.s) && sc.s[sc.at+n] == mark {
		n++
	}
	rest := sc.s[sc.at+n:]
	switch {
	case !sc.markdown:
		sc.at += n
	case n >= 3 && strings.TrimLeft(sc.lineStart(), " \t>") == "":
		end := strings.Index(rest, "\n"+strings.Repeat(string(mark), n))
		if end < 0 {
			end = indentedFence(rest, strings.Repeat(string(mark), n))
		}
		sc.at += n + end + 1 + n
		sc.at = min(sc.at, len(sc.s))
	case mark == '`':
		paragraph, _, _ := strings.Cut(rest[:min(len(rest), nearby)], "\n\n")
		if i := strings.Index(paragraph, strings.Repeat("`", n)); i >= 0 {
			n += i + n
		}
		sc.at += n
	default:
		sc.at += n
	}
}

// indentedFence gives where the line before a fence that is indented or quoted ends, else the end of the text.
func indentedFence(rest, fence string) int {
	for at := 0; ; {
		i := strings.IndexByte(rest[at:], '\n')
		if i < 0 {
			return len(rest)
		}
		at += i + 1
		if line, _, _ := strings.Cut(rest[at:], "\n"); strings.HasPrefix(strings.TrimLeft(line, " \t>"), fence) {
			return at - 1
		}
	}
}

// nearby is how many bytes around a place are looked at to understand it, so that a line of a megabyte takes no more than its time.
const nearby = 1000

// lineStart gives the text of the present line before the present place, as far as it is near.
func (sc *scanner) lineStart() string {
	before := sc.s[max(0, sc.at-nearby):sc.at]
	return before[strings.LastIndexByte(before, '\n')+1:]
}

// enclosed gives what stands between the present bracket and the next one that closes it on the same or the next line, at most 80
// bytes, and where that ends; "" for nothing.
func (sc *scanner) enclosed(closing string) (inner string, end int) {
	rest := sc.s[sc.at+1 : min(len(sc.s), sc.at+82)]
	i := strings.Index(rest, closing)
	if i <= 0 || strings.Count(rest[:i], "\n") > 1 || strings.ContainsAny(rest[:i], "[]<>{}`\\") {
		return "", 0
	}
	return rest[:i], sc.at + 1 + i + len(closing)
}

// bracket tells [Company Name] from links, footnotes and task lists. In a quotation it is part of a text that somebody is to send.
func (sc *scanner) bracket() {
	inner, end := sc.enclosed("]")
	if inner == "" || inner[0] == '^' || !asksForWords(inner) || sc.markdown && strings.HasPrefix(strings.TrimSpace(sc.lineStart()), ">") {
		sc.at++
		return
	}
	if sc.markdown {
		next := sc.s[end:]
		if strings.HasPrefix(next, "(") {
			if i := strings.IndexAny(next, ")\n"); i > 0 && next[i] == ')' {
				sc.at = end + i
				return
			}
		}
		if strings.HasPrefix(next, "[") || strings.HasPrefix(next, ":") && strings.TrimSpace(sc.lineStart()) == "" || sc.defined(inner) || sc.at > 0 && sc.s[sc.at-1] == ']' {
			sc.at = end
			return
		}
	}
	sc.found(end, isPlaceholder, fillIn)
}

var definition = pattern.Of(`(?m)^ {0,3}\[([^\]\n]+)\]:`)

// defined reports whether a link reference definition gives a label its address.
func (sc *scanner) defined(label string) bool {
	if sc.labels == nil {
		sc.labels = map[string]bool{}
		for _, m := range definition.FindAllStringSubmatch(sc.s, -1) {
			sc.labels[strings.ToLower(m[1])] = true
		}
	}
	return sc.labels[strings.ToLower(label)]
}

// elements are words that ask for something to be filled in and are elements of HTML as well.
var elements = map[string]bool{"address": true, "title": true, "time": true, "link": true, "data": true, "details": true, "summary": true}

// angle tells <company> from HTML and from addresses.
func (sc *scanner) angle() {
	if strings.HasPrefix(sc.s[sc.at:], "<!--") {
		if i := strings.Index(sc.s[sc.at:], "-->"); i > 0 && sc.markdown {
			sc.at += i
			return
		}
	}
	inner, end := sc.enclosed(">")
	if inner == "" || strings.ContainsAny(inner, `@:="'/\`) || elements[inner] || !asksForWords(inner) {
		sc.at++
		return
	}
	sc.found(end, isPlaceholder, fillIn)
}

// brace finds {{name}} and {Company Name}.
func (sc *scanner) brace() {
	if rest := sc.s[sc.at:min(len(sc.s), sc.at+100)]; strings.HasPrefix(rest, "{{") {
		if i := strings.Index(rest, "}}"); i > 2 && !strings.Contains(rest[:i], "\n") {
			sc.found(sc.at+i+2, isPlaceholder, fillIn)
			return
		}
	}
	if inner, end := sc.enclosed("}"); inner != "" && asksForWords(inner) {
		sc.found(end, isPlaceholder, fillIn)
		return
	}
	sc.at++
}

// underscores finds a line to write on; a line of nothing else is a rule across the page.
func (sc *scanner) underscores() {
	end := sc.at
	for end < len(sc.s) && (sc.s[end] == '_' || sc.s[end] == '\\' && strings.HasPrefix(sc.s[end:], `\_`)) {
		end++
	}
	line, _, _ := strings.Cut(sc.s[end:min(len(sc.s), end+nearby)], "\n")
	alone := strings.TrimSpace(sc.lineStart()) == "" && strings.Trim(line, " _\t\r") == ""
	if end-sc.at < 4 || sc.markdown && alone || sc.at > 0 && isWordByte(sc.s[sc.at-1]) || end < len(sc.s) && isWordByte(sc.s[end]) {
		sc.at = end
		return
	}
	sc.found(end, isPlaceholder, fillIn)
}

package check

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An element is one character of a needle with all the ways in which it may be written in HTML, SVG, JSON, XML, an address, or one of them
// inside another; or a run of white space.
type element struct {
	char  rune
	space bool
	plain byte     // a small letter or digit that is always written as it is; 0 otherwise
	exact bool     // plain only in this case
	forms []string // longest first
}

// elementsOf gives the elements of a text; none for one without a letter or digit.
func elementsOf(text string, exact bool, known formTable) []element {
	if letters(text) == 0 {
		return nil
	}
	all := make([]element, 0, len(text))
	for _, r := range text {
		switch {
		case r == ' ':
			all = append(all, element{char: ' ', space: true})
		case r < utf8.RuneSelf && isWordByte(byte(r)):
			c := byte(r)
			if !exact && c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			all = append(all, element{char: rune(c), plain: c, exact: exact})
		default:
			all = append(all, element{char: r, exact: exact, forms: known.of(r, exact)})
		}
	}
	return all
}

// same reports whether two elements are written in the same ways.
func (e *element) same(other *element) bool { return e.char == other.char && e.exact == other.exact }

// A formTable keeps the forms of the characters that were asked for.
type formTable map[formKey][]string

type formKey struct {
	char  rune
	exact bool
}

func (t formTable) of(r rune, exact bool) []string {
	k := formKey{r, exact}
	if t[k] == nil {
		t[k] = forms(r, exact)
	}
	return t[k]
}

var named = map[rune][]string{'&': {"&amp;"}, '<': {"&lt;"}, '>': {"&gt;"}, '"': {"&quot;", "“", "”", "&ldquo;", "&rdquo;"}, '\'': {"&apos;", "’", "‘", "&rsquo;", "&lsquo;"},
	'-': {"–", "—"}, '@': {"&commat;"}, '/': {`\/`}}

// forms gives the ways to write a character that is not always written as itself.
func forms(r rune, exact bool) []string {
	runes := []rune{r}
	if !exact {
		runes = append(runes, unicode.ToLower(r), unicode.ToUpper(r))
	}
	var once []string
	for _, r := range runes {
		raw := string(r)
		percent := ""
		for i := range len(raw) {
			percent += fmt.Sprintf("%%%02X", raw[i])
		}
		once = append(once, raw, percent, strings.ToLower(percent), fmt.Sprintf("&#%d;", r), fmt.Sprintf("&#x%x;", r), fmt.Sprintf("&#x%X;", r))
		if r <= 0xFFFF {
			once = append(once, fmt.Sprintf(`\u%04x`, r), fmt.Sprintf(`\u%04X`, r))
		} else {
			high, low := (r-0x10000)>>10+0xD800, (r-0x10000)&0x3FF+0xDC00
			once = append(once, fmt.Sprintf(`\u%04x\u%04x`, high, low), fmt.Sprintf(`\u%04X\u%04X`, high, low))
		}
		once = append(once, named[r]...)
	}
	if r == '"' || r == '\\' {
		once = append(once, `\`+string(r))
	}
	all := slices.Clone(once)
	for _, f := range once { // HTML inside XML or HTML, HTML inside JSON, JSON inside HTML
		if strings.HasPrefix(f, "&") {
			all = append(all, "&amp;"+f[1:], `\u0026`+f[1:])
		}
		if strings.HasPrefix(f, `\`) {
			all = append(all, `\`+f, strings.ReplaceAll(f, `"`, "&#34;"), strings.ReplaceAll(f, `"`, "&quot;"))
		}
	}
	slices.SortFunc(all, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return slices.Compact(all)
}

// spaces are the ways to write white space.
var spaces = []string{" ", "\n", "\t", "\r", "%20", "%0A", "%0a", "+", `\n`, `\t`, `\r`, "&nbsp;", "&#160;", "&#xa0;", "&#xA0;", "&#32;", "&#10;", "&#xA;", "&#xa;", "\u00a0", "\u202f", `\u00a0`, `\u0020`}

// spaceByte tells with which bytes white space begins and ends.
var spaceByte = func() (t [2][256]bool) {
	for _, s := range spaces {
		t[0][s[0]], t[1][s[len(s)-1]] = true, true
	}
	return t
}()

// mayBegin reports whether b can be the first byte of the element.
func (e *element) mayBegin(b byte) bool {
	if e.plain != 0 {
		return b == e.plain || !e.exact && e.plain >= 'a' && b|0x20 == e.plain
	}
	for _, f := range e.forms {
		if f[0] == b {
			return true
		}
	}
	return false
}

// lengthAt gives how many bytes of data the element takes from at on, or before it when back; -1 when it is not there.
func (e *element) lengthAt(data []byte, at int, back bool) int {
	rest := data[at:]
	if back {
		rest = data[:at]
	}
	has := begins
	if back {
		has = ends
	}
	if e.space {
		if n := spaceLength(rest, back); n > 0 {
			return n
		}
		if n := tagLength(rest, back); n > 0 { // "Ada</text><text>Lind"
			return n
		}
		return -1
	}
	if e.plain != 0 {
		if len(rest) == 0 {
			return -1
		}
		c := rest[0]
		if back {
			c = rest[len(rest)-1]
		}
		if !e.mayBegin(c) {
			return -1
		}
		return 1
	}
	for _, f := range e.forms {
		if has(rest, f) {
			return len(f)
		}
	}
	return -1
}

func begins(data []byte, s string) bool { return len(data) >= len(s) && string(data[:len(s)]) == s }

func ends(data []byte, s string) bool {
	return len(data) >= len(s) && string(data[len(data)-len(s):]) == s
}

// spaceLength gives the length of the white space that rest begins with, or ends with when back.
func spaceLength(rest []byte, back bool) int {
	total := 0
next:
	if n := len(rest); n == 0 || back && !spaceByte[1][rest[n-1]] || !back && !spaceByte[0][rest[0]] {
		return total
	}
	for _, s := range spaces {
		switch {
		case !back && begins(rest, s):
			rest = rest[len(s):]
		case back && ends(rest, s):
			rest = rest[:len(rest)-len(s)]
		default:
			continue
		}
		total += len(s)
		goto next
	}
	return total
}

// longestTag is how many bytes of a tag are passed over between two characters of a value.
const longestTag = 400

var brackets = [][2]string{{"<", ">"}, {"&lt;", "&gt;"}, {`\u003c`, `\u003e`}}

// tagLength gives the length of a tag that rest begins with, or ends with when back, 0 for none.
func tagLength(rest []byte, back bool) int {
	for _, b := range brackets {
		switch {
		case !back && begins(rest, b[0]):
			if i := bytes.Index(rest[:min(len(rest), longestTag)], []byte(b[1])); i > 0 {
				return i + len(b[1])
			}
		case back && ends(rest, b[1]):
			tail := rest[max(0, len(rest)-longestTag):]
			if i := bytes.LastIndex(tail, []byte(b[0])); i >= 0 {
				return len(tail) - i
			}
		}
	}
	return 0
}

// matchAround tells whether the needle stands in data with its element number k at i, whole words alone, and gives from where to where.
func (n *needle) matchAround(data []byte, i, k int) (start, end int, ok bool) {
	end = i
	for j := k; j < len(n.elements); j++ {
		if end, ok = n.elements[j].step(data, end, false, j > k && n.elements[j-1].space); !ok {
			return 0, 0, false
		}
	}
	start = i
	for j := k - 1; j >= 0; j-- {
		if start, ok = n.elements[j].step(data, start, true, n.elements[j+1].space); !ok {
			return 0, 0, false
		}
	}
	return start, end, n.standsAlone(data, start, end)
}

// mostTags is how many tags in a row are passed over.
const mostTags = 6

// misses reports whether the element is surely not at the beginning of data: a letter that is another, with no tag or escape before it.
// Nearly all comparisons end here.
func (e *element) misses(data []byte, at int, afterSpace bool) bool {
	if e.plain == 0 || at >= len(data) {
		return false
	}
	b := data[at]
	return b != e.plain && (e.exact || b|0x20 != e.plain) && b != '<' && b != '&' && b != '\\' && !(afterSpace && spaceByte[0][b])
}

// step moves over one element; where it is not there at once, over tags before it, and over white space among them when the element
// follows a space. A "<" of the value itself is so taken for itself first.
func (e *element) step(data []byte, at int, back, afterSpace bool) (int, bool) {
	for range mostTags {
		if n := e.lengthAt(data, at, back); n >= 0 {
			return moved(at, n, back), true
		}
		rest := data[at:]
		if back {
			rest = data[:at]
		}
		n := tagLength(rest, back)
		if n == 0 && afterSpace {
			n = spaceLength(rest, back)
		}
		if n == 0 {
			return 0, false
		}
		at = moved(at, n, back)
	}
	return 0, false
}

func moved(at, n int, back bool) int {
	if back {
		return at - n
	}
	return at + n
}

// standsAlone reports whether no letter or digit touches a match whose own edge is one: "prod" is not in "production".
func (n *needle) standsAlone(data []byte, start, end int) bool {
	first, last := &n.elements[0], &n.elements[len(n.elements)-1]
	if r, _ := utf8.DecodeRune(data[end:]); last.isLetter() && isLetter(r) {
		return false
	}
	before := data[:start]
	if r, _ := utf8.DecodeLastRune(before); first.isLetter() && isLetter(r) {
		return escapeEnds(before)
	}
	return true
}

func (e *element) isLetter() bool {
	if e.plain != 0 {
		return true
	}
	for _, f := range e.forms {
		if r, n := utf8.DecodeRuneInString(f); n == len(f) && isLetter(r) {
			return true
		}
	}
	return false
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// escapeEnds reports whether data ends in \n, %20 or \u0020, whose last letter is part of no word.
func escapeEnds(data []byte) bool {
	n := len(data)
	hex := func(s []byte) bool { return len(bytes.Trim(s, "0123456789abcdefABCDEF")) == 0 }
	switch {
	case n >= 2 && data[n-2] == '\\' && strings.IndexByte("nrtbf", data[n-1]) >= 0:
		return true
	case n >= 3 && data[n-3] == '%' && hex(data[n-2:]):
		return true
	}
	return n >= 6 && data[n-6] == '\\' && data[n-5] == 'u' && hex(data[n-4:])
}

// A gramPlace is four bytes that every spelling of a needle has, and the element that they begin at.
type gramPlace struct {
	gram    uint32
	element int
}

// rarest gives the grams by one of which every spelling of the needle is found: the rarest four letters in a row; else, where there are
// letters of another script, the beginnings of their spellings; none when there is nothing that four bytes tell.
func (n *needle) rarest() []gramPlace {
	var word []byte
	best, bestScore := -1, 1<<30
	for i := range n.elements {
		if n.elements[i].plain == 0 {
			word = word[:0]
			continue
		}
		word = append(word, n.elements[i].plain)
		if len(word) < 4 {
			continue
		}
		last := word[len(word)-4:]
		score := 0
		for _, c := range last {
			score += 1 + strings.IndexByte(commonness, c|0x20)
		}
		if score < bestScore {
			best, bestScore = i-3, score
		}
	}
	if best >= 0 {
		var four [4]byte
		for i := range four {
			four[i] = n.elements[best+i].plain
		}
		return []gramPlace{{gramAt(four[:]), best}}
	}
	return n.otherScript()
}

// otherScript gives the grams of the first two letters in a row that are not ASCII: whatever the first is written as, four bytes of it and the
// next are known.
func (n *needle) otherScript() []gramPlace {
	for i := 0; i+1 < len(n.elements); i++ {
		first, next := &n.elements[i], &n.elements[i+1]
		if !first.isLetter() || !next.isLetter() || first.plain != 0 || next.plain != 0 {
			continue
		}
		var all []gramPlace
		for _, f := range first.forms {
			if len(f) >= 4 {
				all = append(all, gramPlace{gramAt([]byte(f)), i})
				continue
			}
			for _, g := range next.forms {
				if both := f + g; len(both) >= 4 {
					all = append(all, gramPlace{gramAt([]byte(both)), i})
				}
			}
		}
		slices.SortFunc(all, func(a, b gramPlace) int { return int(int64(a.gram) - int64(b.gram)) })
		return slices.Compact(all)
	}
	return nil
}

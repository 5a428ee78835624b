package markdown

import (
	"bytes"
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// turns tells the characters that change the direction of the text after them
// (UAX 9, explicit formatting characters): with them a sentence can be shown as
// its opposite.
func turns(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

// decode appends what s says: with markup, backslash escapes and character
// references are resolved (CommonMark 2.4, 2.5); without, s is taken as it is.
// Direction changes are left out, NUL and bytes that are not UTF-8 replaced.
// at is the offset of s in the source for reports, -1 if it has none.
func (w *writer) decode(dst, s []byte, markup bool, at int) []byte {
	for i := 0; i < len(s); {
		start := i
		for i < len(s) && plainByte[s[i]] {
			i++
		}
		dst = append(dst, s[start:i]...)
		if i == len(s) {
			break
		}
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRune(s[i:])
			dst = appendRune(dst, r)
			i += n
		case c == 0:
			dst = append(dst, "\uFFFD"...)
			i++
		case c == '\\' && markup && i+1 < len(s) && util.IsPunct(s[i+1]):
			dst = append(dst, s[i+1])
			i += 2
		case c == '&' && markup:
			text, n := reference(s[i:])
			if n == 0 {
				dst = append(dst, '&')
				i++
				break
			}
			for _, r := range text {
				if turns(r) && at >= 0 {
					w.drop(Control, controlName(r), at+i, at+i+n)
				}
				dst = appendRune(dst, r)
			}
			i += n
		default:
			dst = append(dst, c)
			i++
		}
	}
	return dst
}

// plainByte tells the bytes that decode copies without a look.
var plainByte = func() (t [256]bool) {
	for c := 1; c < utf8.RuneSelf; c++ {
		t[c] = c != '\\' && c != '&'
	}
	return t
}()

func appendRune(dst []byte, r rune) []byte {
	switch {
	case turns(r):
		return dst
	case r == 0:
		r = utf8.RuneError
	}
	return utf8.AppendRune(dst, r)
}

// reference reads the character reference that s begins with and gives its
// text and its length, 0 if it is none.
func reference(s []byte) (string, int) {
	end := bytes.IndexByte(s[:min(len(s), 40)], ';')
	if end < 2 {
		return "", 0
	}
	name := s[1:end]
	if name[0] != '#' {
		if e, ok := util.LookUpHTML5EntityByName(string(name)); ok {
			return string(e.Characters), end + 1
		}
		return "", 0
	}
	digits, base, most := name[1:], 10, 7
	if len(digits) > 0 && (digits[0] == 'x' || digits[0] == 'X') {
		digits, base, most = digits[1:], 16, 6
	}
	if len(digits) == 0 || len(digits) > most {
		return "", 0
	}
	v, err := strconv.ParseUint(string(digits), base, 32)
	if err != nil {
		return "", 0
	}
	return string(rune(v)), end + 1 // string gives U+FFFD for what is no character
}

// escaped appends s for use between tags or in a quoted attribute.
func escaped(dst, s []byte) []byte {
	start := 0
	for i, c := range s {
		var e string
		switch c {
		case '&':
			e = "&amp;"
		case '<':
			e = "&lt;"
		case '>':
			e = "&gt;"
		case '"':
			e = "&#34;"
		default:
			continue
		}
		dst = append(dst, s[start:i]...)
		dst = append(dst, e...)
		start = i + 1
	}
	return append(dst, s[start:]...)
}

// write puts s into the HTML, decoded and escaped. Most text needs neither,
// and that is found out first.
func (w *writer) write(s []byte, markup bool, at int) {
	if w.quiet {
		if bytes.IndexByte(s, '&') >= 0 { // only for its reports
			w.tmp = w.decode(w.tmp[:0], s, markup, at)
		}
		return
	}
	i := 0
	for i < len(s) && (simpleByte[s[i]] || s[i] >= utf8.RuneSelf && w.clean) {
		i++
	}
	w.out = append(w.out, s[:i]...)
	if i < len(s) {
		if at >= 0 {
			at += i
		}
		w.tmp = w.decode(w.tmp[:0], s[i:], markup, at)
		w.out = escaped(w.out, w.tmp)
	}
}

// simpleByte tells the bytes that are written as they are.
var simpleByte = func() (t [256]bool) {
	for c := 1; c < utf8.RuneSelf; c++ {
		t[c] = bytes.IndexByte([]byte(`\&<>"`), byte(c)) < 0
	}
	return t
}()

// reportControls finds direction changes, NUL and broken UTF-8 in the source,
// and notes whether there is any.
func (w *writer) reportControls() {
	src := w.src
	valid := utf8.Valid(src)
	nul := bytes.IndexByte(src, 0)
	w.clean = valid && nul < 0
	if nul >= 0 {
		w.drop(Control, "NUL byte", nul, nul+1)
	}
	if !valid {
		for i := 0; i < len(src); {
			r, n := utf8.DecodeRune(src[i:])
			if r == utf8.RuneError && n == 1 {
				w.drop(Control, "byte that is not UTF-8", i, i+1)
				break
			}
			i += n
		}
	}
	for i := 0; ; i++ {
		next := bytes.IndexByte(src[i:], 0xE2) // all of them begin with this byte
		if next < 0 {
			return
		}
		i += next
		if r, n := utf8.DecodeRune(src[i:]); turns(r) {
			w.clean = false
			w.drop(Control, controlName(r), i, i+n)
		}
	}
}

func controlName(r rune) string {
	return "direction control U+" + string(bytes.ToUpper(strconv.AppendInt(nil, int64(r), 16)))
}

// wide tells letters and marks between which a line end is no space.
func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) ||
		r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFF60
}

// joins says whether the line end between two pieces of text is to be left
// out, as between two lines of Japanese or Chinese.
func joins(before, after []byte) bool {
	if len(before) == 0 || len(after) == 0 || before[len(before)-1] < utf8.RuneSelf || after[0] < utf8.RuneSelf {
		return false
	}
	a, _ := utf8.DecodeLastRune(before)
	b, _ := utf8.DecodeRune(after)
	return wide(a) && wide(b)
}

// wordByte sorts ASCII for words: letters and digits begin a word, white space
// ends it, the rest does neither.
var wordByte = func() (t [utf8.RuneSelf]uint8) {
	for c := range t {
		switch {
		case unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c)):
			t[c] = inWord
		case c <= ' ':
			t[c] = betweenWords
		}
	}
	return t
}()

const (
	inWord uint8 = iota + 1
	betweenWords
)

// words counts the words of plain text.
func words(s []byte) int {
	n, in := 0, false
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch wordByte[c] {
			case inWord:
				if !in {
					n++
				}
				in = true
			case betweenWords:
				in = false
			}
			continue
		}
		r, size := utf8.DecodeRune(s[i:])
		i += size
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			n++
			in = false
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if !in {
				n++
			}
			in = true
		case unicode.IsSpace(r) || wide(r):
			in = false
		}
	}
	return n
}

package diagrams

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	labelColumns = 22 // widest line of a step's label; a wide character takes two columns
	labelLines   = 2
	maxMarks     = 4 // combining marks kept on one character; more leave the box upwards
)

// clean returns s as it may be shown: valid UTF-8, one line, no control or
// format characters (those that turn the reading direction or hide text among
// them), white space folded. Joiners stay where scripts and emoji need them,
// which is between two characters outside ASCII.
func clean(s string) string {
	rs := []rune(strings.ToValidUTF8(s, "\uFFFD"))
	var b strings.Builder
	space, marks := false, 0
	var last rune
	for i, r := range rs {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			space, marks = b.Len() > 0, 0
			continue
		case isJoiner(r):
			if space || last <= unicode.MaxASCII || i+1 == len(rs) || rs[i+1] <= unicode.MaxASCII || isJoiner(rs[i+1]) {
				continue
			}
		case isHidden(r):
			continue
		case unicode.In(r, unicode.Mn, unicode.Me):
			if marks++; marks > maxMarks {
				continue
			}
		default:
			marks = 0
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

func isJoiner(r rune) bool { return r == '\u200C' || r == '\u200D' }

// isHidden reports characters that show nothing or steer what others show:
// format characters, fillers, tags, non-characters.
func isHidden(r rune) bool {
	switch r {
	case '\u115F', '\u1160', '\u3164', '\uFFA0', '\u2800', '\u034F':
		return true
	}
	return unicode.Is(unicode.Cf, r) || r&0xFFFE == 0xFFFE || r >= 0xE0000 && r <= 0xE01EF
}

// columns returns how many columns of a label a character takes: none for marks
// that sit on another, two for East Asian wide ones and emoji, else one.
func columns(r rune) int {
	switch {
	case isJoiner(r) || unicode.In(r, unicode.Mn, unicode.Me) || r >= 0x1F3FB && r <= 0x1F3FF:
		return 0
	case isWide(r):
		return 2
	}
	return 1
}

// wideRanges holds the blocks of East Asian wide characters and pictographs
// (Unicode Standard Annex 11, taken by whole blocks).
var wideRanges = [...][2]rune{
	{0x1100, 0x115F}, {0x231A, 0x231B}, {0x2600, 0x27BF}, {0x2B1B, 0x2B55}, {0x2E80, 0x303E}, {0x3041, 0x4DBF},
	{0x4E00, 0xA4CF}, {0xA960, 0xA97F}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F},
	{0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F000, 0x1FAFF}, {0x20000, 0x3FFFD},
}

func isWide(r rune) bool {
	if r < wideRanges[0][0] {
		return false
	}
	for _, w := range wideRanges {
		if r >= w[0] && r <= w[1] {
			return true
		}
	}
	return false
}

// atom is a piece of a label that is not broken further.
type atom struct {
	text    string
	columns int
	spaced  bool // a space stands before it, unless it begins a line
}

// atoms cuts cleaned text where lines may break: at spaces, beside wide
// characters, and inside a word longer than limit columns.
func atoms(s string, limit int) []atom {
	var out []atom
	spaced, fresh := false, true // fresh: the next character begins a new atom
	var last rune
	for _, c := range clusters(s) {
		if c == " " {
			spaced, fresh = true, true
			continue
		}
		n, cols, r := len(out)-1, clusterColumns(c), first(c)
		fits := n >= 0 && out[n].columns+cols <= limit
		tied := fits && !spaced && (closes(r) || opens(last)) // a bracket or stop stays with its text
		if !tied && (fresh || isWide(r) || !fits) {
			out = append(out, atom{text: c, columns: cols, spaced: spaced})
		} else {
			out[n].text += c
			out[n].columns += cols
		}
		spaced, fresh, last = false, isWide(r), r
	}
	return out
}

func first(c string) rune { r, _ := utf8.DecodeRuneInString(c); return r }

func opens(r rune) bool { return strings.ContainsRune("「『（［｛〈《【〔", r) }
func closes(r rune) bool {
	return strings.ContainsRune("、。，．：；！？」』）］｝〉》】〕ー・", r)
}

func clusterColumns(c string) int {
	widest := 0
	for _, r := range c {
		widest = max(widest, columns(r))
	}
	return widest
}

// clusters cuts text into characters as a reader sees them: a base with its
// marks, and what a joiner ties to it.
func clusters(s string) []string {
	var out []string
	joined := false
	for _, r := range s {
		if n := len(out) - 1; n >= 0 && (joined || columns(r) == 0) {
			out[n] += string(r)
		} else {
			out = append(out, string(r))
		}
		joined = r == '\u200D'
	}
	return out
}

// wrap breaks cleaned text into at most lines lines of at most limit columns. What
// does not fit ends in an ellipsis. Text of more than easy columns is set as narrow
// as its lines allow, because narrow boxes make a picture that stays readable on a
// phone.
func wrap(s string, limit, lines, easy int) []string {
	as := atoms(s, limit)
	best := fill(as, limit)
	if len(best) > lines {
		return shorten(as, limit, lines)
	}
	if total(as) <= easy {
		return best
	}
	for narrower := limit - 1; narrower >= max(limit/3, widestAtom(as)); narrower-- {
		got := fill(as, narrower)
		if len(got) > lines {
			break
		}
		best = got
	}
	return best
}

// total returns the columns of all atoms on one line.
func total(as []atom) int {
	sum := 0
	for _, a := range as {
		sum += a.columns
		if a.spaced {
			sum++
		}
	}
	return sum
}

func widestAtom(as []atom) int {
	widest := 0
	for _, a := range as {
		widest = max(widest, a.columns)
	}
	return widest
}

// fill puts atoms on lines, each as full as it gets.
func fill(as []atom, limit int) []string {
	var out []string
	used := 0
	for _, a := range as {
		gap := 0
		if a.spaced {
			gap = 1
		}
		n := len(out) - 1
		switch {
		case n < 0 || used+gap+a.columns > limit:
			out = append(out, a.text)
			used = a.columns
		case a.spaced:
			out[n] += " " + a.text
			used += gap + a.columns
		default:
			out[n] += a.text
			used += a.columns
		}
	}
	return out
}

// shorten fills the lines it may and ends the last one in an ellipsis.
func shorten(as []atom, limit, lines int) []string {
	out := fill(as, limit)[:lines]
	last := clusters(out[lines-1])
	width := 0
	for _, c := range last {
		width += clusterColumns(c)
	}
	for width > limit-1 && len(last) > 0 {
		width -= clusterColumns(last[len(last)-1])
		last = last[:len(last)-1]
	}
	out[lines-1] = strings.TrimRight(strings.Join(last, ""), " ") + "…"
	return out
}

// rightToLeft reports whether a line's first strong character reads right to left.
func rightToLeft(s string) bool {
	for _, r := range s {
		if unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko) {
			return true
		}
		if unicode.IsLetter(r) {
			return false
		}
	}
	return false
}

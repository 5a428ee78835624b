package sheet

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

const maxLetters = 32767 // in a cell, counted as Excel does: in halves of UTF-16

// legal drops what XML may not hold, writes lines with one kind of end, and cuts what is longer than a cell may be. The second value tells that it was cut.
func legal(text string, longest int) (string, bool) {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	text = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || r < ' ' && r != '\t' && r != '\n' || r == 0xfffe || r == 0xffff || r >= 0x7f && r < 0xa0 && r != 0x85 {
			return -1
		}
		return r
	}, text)
	if longest <= 0 || longest > maxLetters {
		longest = maxLetters
	}
	n, cut := 0, 0
	for i, r := range text {
		if n += utf16.RuneLen(r); n <= longest-1 {
			cut = i + utf8.RuneLen(r)
		}
	}
	if n <= longest {
		return text, false
	}
	if space := strings.LastIndexAny(text[:cut], " \n"); space > cut-80 && space > 0 {
		cut = space
	}
	return strings.TrimRight(text[:cut], " \n,;") + "…", true
}

package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// Some sheets print the choices into the answer cell: "Yes / No / N/A", or boxes, "☐ Yes  ☐ No". They are what a drop-down's words are elsewhere. Nothing
// is answered yet, and an answer takes the place of the words, or marks its box.

var (
	box    = regexp.MustCompile(`[☐□▢❏]|\[\s?\]|\(\s?\)`)
	marked = regexp.MustCompile(`[☒☑✓✔■✗✘]|\[[xX]\]|\([xX]\)`)
)

// printed gives the choices that a text is made of, nil for any other text.
func printed(text string) []string {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > 120 || marked.MatchString(text) {
		return nil
	}
	var all []string
	if box.MatchString(text) {
		all = box.Split(text, -1)
		if strings.TrimSpace(all[0]) != "" {
			return nil // the boxes follow their words
		}
	} else if saying(text) != "n/a" {
		all = regexp.MustCompile(`\s*[/|]\s*`).Split(notApplicable.ReplaceAllString(text, "NA"), -1)
	}
	var words []string
	for _, w := range all {
		w = strings.TrimSpace(w)
		if w == "NA" && notApplicable.MatchString(text) {
			w = notApplicable.FindString(text)
		}
		if w != "" {
			words = append(words, w)
		}
	}
	yes, _ := Word("yes", words)
	no, _ := Word("no", words)
	if len(words) < 2 || yes == "" || no == "" || yes == no {
		return nil
	}
	return words
}

// markedBox is a printed text with the box before a word marked, or the word alone when there are no boxes.
func markedBox(text, word string) string {
	places := box.FindAllStringIndex(text, -1)
	i := slices.Index(printed(text), word)
	if i < 0 || len(places) != len(printed(text)) {
		return word
	}
	sign := "☒"
	switch old := text[places[i][0]:places[i][1]]; old[0] {
	case '[':
		sign = "[x]"
	case '(':
		sign = "(x)"
	}
	return text[:places[i][0]] + sign + text[places[i][1]:]
}

package sheet

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// shape is how the cells of a column look between two rows.
type shape struct {
	filled            int
	asked             float64 // share of filled cells that read like a question or a control
	marked            float64 // share that end in a question mark
	length            float64 // mean number of letters
	unique            float64 // share of different texts
	numbered          float64 // share that look like a question's number
	lists             float64 // share of rows with a drop-down
	verdicts          bool    // a drop-down says yes and no
	told              bool    // its words are known
	rows              int
	formulas, hollows float64 // shares of rows with a formula; whose cell is empty or a placeholder
}

// shapeOf looks at a column; rows tells which rows count.
func (p *page) shapeOf(column int, rows []int) shape {
	s := shape{rows: len(rows)}
	seen := map[string]bool{}
	for _, r := range rows {
		if rule, ok := p.rule(r, column); ok && rule.list {
			s.lists++
			if !s.verdicts && rule.words != nil {
				words := rule.words(r, column)
				s.told = s.told || len(words) > 0
				s.verdicts = verdictWords(words)
			}
		}
		if p.computed(r, column) {
			s.formulas++
		}
		text := p.said(r, column)
		if text == "" || placeholder(text) || dashes.MatchString(text) || len(printed(text)) > 0 {
			s.hollows++
			continue
		}
		s.filled++
		seen[text] = true
		s.length += float64(utf8.RuneCountInString(text))
		if looksAsked(text) {
			s.asked++
		}
		if strings.HasSuffix(text, "?") {
			s.marked++
		}
		if numberLike(text) {
			s.numbered++
		}
	}
	part := func(n *float64, of int) {
		if of > 0 {
			*n /= float64(of)
		}
	}
	for _, n := range []*float64{&s.length, &s.asked, &s.marked, &s.numbered} {
		part(n, s.filled)
	}
	for _, n := range []*float64{&s.lists, &s.formulas, &s.hollows} {
		part(n, len(rows))
	}
	s.unique = float64(len(seen))
	part(&s.unique, s.filled)
	return s
}

// verdictWords tells drop-downs with which a control is affirmed or denied from others.
func verdictWords(allowed []string) bool {
	yes, _ := Word("yes", allowed)
	no, _ := Word("no", allowed)
	partial, _ := Word("partial", allowed)
	return yes != "" && (no != "" || partial != "")
}

var asking = words(`do does did is are was were has have had can could will would should shall may must what how who whom whose which when where why please describe provide list
explain indicate specify confirm attach if state identify name give detail outline summarize summarise upload select in at for within does`)

var inside = words("must shall should will are is has have been be ensure ensures ensured require requires required")

// looksAsked tells texts that ask or demand something from names and values.
func looksAsked(text string) bool {
	words := plainWords(text)
	if strings.HasSuffix(text, "?") && len(words) > 1 {
		return true
	}
	if len(words) < 4 {
		return false
	}
	if asking[words[0]] || len(words) >= 6 {
		return true
	}
	for _, w := range words {
		if inside[w] {
			return true
		}
	}
	return false
}

var numbering = regexp.MustCompile(`^(?:[\p{L}&]{1,10}[ ._:/-]{0,2}){0,4}[0-9]{1,6}(?:[._:/-][0-9A-Za-z]{1,4}){0,5}[a-zA-Z]?[.):]?$|^[A-Za-z]{1,2}[.)]$|^[IVXLC]{1,6}\.?$`)

// numberLike tells numbers and ids of questions: "12", "1.10", "A&A-01.1", "Q-7", "3a)".
func numberLike(text string) bool { return len(text) <= 24 && numbering.MatchString(text) }

var (
	invites = regexp.MustCompile(`(?i)^(?:please\s+)?(?:(?:select|choose|pick)(?:\s+(?:one|an?|the|your|from|answer|option|response|value|item|here|yes)\b.{0,50})?|(?:enter|insert|type|click|fill|provide|add|write|describe)\b.{0,50}\b(?:here|answers?|response|text|comments?|details|value|link|below|item|option)\W*|tbd|tbc|to be (?:completed|confirmed|filled|determined|provided)\b.{0,30})$`)
	framing = regexp.MustCompile(`(?i)\b(?:enter|insert|your|answers?|responses?|text|describe|select|choose|type|please|to be|tbd|tbc|fill|vendor|supplier|here)\b`)
	dashes  = regexp.MustCompile(`^[-–—_.…?]+$`)
)

// placeholder tells what stands in a cell until it is answered: "Please select", "<your answer>", "[enter response]". It is strict: what a person wrote
// is never written over.
func placeholder(text string) bool {
	text = strings.TrimSpace(text)
	if len(text) > 80 || text == "" {
		return false
	}
	last := text[len(text)-1]
	framed := text[0] == '<' && last == '>' || text[0] == '[' && last == ']' || text[0] == '{' && last == '}' || text[0] == '(' && last == ')'
	return framed && framing.MatchString(text) || invites.MatchString(strings.Trim(text, "<>[]{}()-–—*. …:"))
}

// reallyAsks is looksAsked without a guess from the length.
func reallyAsks(text string) bool {
	words := plainWords(text)
	if strings.HasSuffix(text, "?") || len(words) > 3 && asking[words[0]] {
		return true
	}
	for _, w := range words {
		if inside[w] {
			return true
		}
	}
	return false
}

// shortName tells a text that can be the name of a section: not long, no sentence.
func shortName(text string) bool {
	words := plainWords(text)
	if len(words) == 0 || len(words) > 12 || utf8.RuneCountInString(text) > 100 || strings.HasSuffix(text, "?") || strings.HasSuffix(text, ".") && len(words) > 4 {
		return false
	}
	return !asking[words[0]] || len(words) < 4 || unicode.IsDigit([]rune(words[0])[0])
}

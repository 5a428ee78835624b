package match

import (
	"strings"

	"candor/generator/wording"
)

// mostParts is how many parts of a question are looked at.
const mostParts = 6

// split gives the questions that a compound one asks; none for a simple one. A part is a sentence, or what a semicolon, "If so" or a question mark ends.
func split(text string) []string {
	var parts []string
	for _, p := range sentences(clip(text)) {
		p = strings.TrimSpace(leadIn(p))
		if telling(p) {
			parts = append(parts, p)
		}
		if len(parts) == mostParts {
			break
		}
	}
	if len(parts) < 2 {
		return nil
	}
	return parts
}

// sentences parts a text behind . ? ! ; and at new lines; a full stop inside a word or an abbreviation parts nothing, and nothing is parted within brackets.
func sentences(text string) []string {
	var all []string
	from, depth := 0, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '(', '[':
			depth++
		case ')', ']':
			depth = max(depth-1, 0)
		case '?', '!', ';', '\n':
			if depth == 0 {
				all = append(all, text[from:i+1])
				from = i + 1
			}
		case '.':
			if depth == 0 && endsSentence(text, i) {
				all = append(all, text[from:i+1])
				from = i + 1
			}
		}
	}
	return append(all, text[from:])
}

func endsSentence(text string, i int) bool {
	if i+1 < len(text) && text[i+1] != ' ' && text[i+1] != '\n' {
		return false
	}
	word := text[strings.LastIndexAny(text[:i], " (\n")+1 : i]
	return len(word) > 3 || len(word) == 3 && !strings.Contains(word, ".") && word != "etc" && word != "inc" && word != "Inc"
}

// leadIn cuts what leads in to a question: "If yes,", "Please".
func leadIn(text string) string {
	text = strings.TrimSpace(text)
	low := strings.ToLower(text)
	for _, lead := range []string{"if yes,", "if so,", "if not,", "if no,", "if yes", "if so", "if applicable,", "and ", "or "} {
		if strings.HasPrefix(low, lead) {
			return text[len(lead):]
		}
	}
	return text
}

// telling tells whether a part asks for something of its own; "Please describe." and "Include a link" do not.
func telling(part string) bool {
	if strings.HasPrefix(strings.ToLower(part), "note") || strings.HasPrefix(strings.ToLower(part), "example") {
		return false
	}
	return told(part) > 0
}

// goesOn gives a question together with the one before it when it cannot be understood without that: "If yes, how often?"
func goesOn(text, before string) string {
	if before == "" {
		return text
	}
	low := strings.ToLower(strings.TrimSpace(text))
	for _, lead := range []string{"if yes", "if so", "if no", "if not", "if applicable", "if any", "if ‘yes", "if 'yes", "if \"yes"} {
		if strings.HasPrefix(low, lead) {
			return clip(before) + " " + text
		}
	}
	if told(text) < 1 {
		return clip(before) + " " + text
	}
	return text
}

// told counts the terms of a text that are not boilerplate.
func told(text string) int {
	n := 0
	for _, t := range wording.Terms(clip(text)) {
		if !boilerplate()[t] {
			n++
		}
	}
	return n
}

// core gives a question without what stands in brackets and without the phrases that every control begins with; "" when that is all, or little is left.
func core(text string) string {
	var b strings.Builder
	depth := 0
	for _, r := range clip(text) {
		switch {
		case r == '(' || r == '[':
			depth++
		case (r == ')' || r == ']') && depth > 0:
			depth--
		case depth == 0:
			b.WriteRune(r)
		}
	}
	short := b.String()
	for _, p := range controlPhrases {
		for {
			i := strings.Index(strings.ToLower(short), p)
			if i < 0 || i+len(p) > len(short) {
				break
			}
			short = short[:i] + short[i+len(p):]
		}
	}
	if short == text || told(short) < 2 {
		return ""
	}
	return short
}

var controlPhrases = []string{"processes, procedures, and technical measures", "processes, procedures and technical measures", "policies and procedures", "policies and associated procedures",
	"processes and procedures", "processes and technical measures", "policies, procedures", "policies and practices", "documented and currently implemented", "documented, and currently implemented"}

package diag

import (
	"fmt"
	"strings"
	"unicode"
)

// Text gives the rule as it is printed: what, why, bad, good.
func (r Rule) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s): %s\n\n%s\n", r.ID, r.Severity, r.Title, r.Why)
	if r.Source != "" {
		fmt.Fprintf(&b, "\nSource: %s\n", r.Source)
	}
	if r.Remark != "" {
		fmt.Fprintf(&b, "\n%s\n", r.Remark)
	}
	for _, e := range r.examples() {
		fmt.Fprintf(&b, "\n%s:\n    %s\n", e.title, strings.ReplaceAll(e.yaml, "\n", "\n    "))
	}
	return b.String()
}

// Markdown gives what the title leaves unsaid: why, remarks, examples, source.
func (r Rule) Markdown() string {
	var b strings.Builder
	b.WriteString(r.Why + "\n")
	if r.Remark != "" {
		fmt.Fprintf(&b, "\n%s\n", r.Remark)
	}
	for _, e := range r.examples() {
		fence := "```"
		for strings.Contains(e.yaml, fence) {
			fence += "`"
		}
		fmt.Fprintf(&b, "\n**%s**\n\n%syaml\n%s\n%s\n", e.title, fence, e.yaml, fence)
	}
	if r.Source != "" {
		fmt.Fprintf(&b, "\nSource: %s\n", r.Source)
	}
	return b.String()
}

type example struct{ title, yaml string }

// examples gives the rule's examples, those that it has.
func (r Rule) examples() []example {
	var all []example
	for _, e := range []example{{"Bad", r.Bad}, {"Good", r.Good}} {
		if e.yaml = strings.TrimRight(e.yaml, "\n"); e.yaml != "" {
			all = append(all, e)
		}
	}
	return all
}

// name gives the title, up to what it explains or adds, as one word, the way names of rules are written in SARIF: "AStepUsesAVendor".
func (r Rule) name() string {
	title := strings.ReplaceAll(r.Title, "'", "")
	if i := strings.IndexAny(title, ";:("); i > 0 {
		title = title[:i]
	}
	words := strings.FieldsFunc(title, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	for i, w := range words {
		runes := []rune(w)
		words[i] = string(unicode.ToUpper(runes[0])) + string(runes[1:])
	}
	return strings.Join(words, "")
}

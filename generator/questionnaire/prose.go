package questionnaire

import (
	"slices"
	"strings"

	"candor/generator/markdown"
	"candor/generator/model"
)

// verdicts are the words that answers of the content have.
var verdicts = []string{"yes", "no", "partial", "planned", "not-applicable"}

// words are the verdicts as a cell without a drop-down says them.
var words = map[string]string{"yes": "Yes", "no": "No", "partial": "Partially", "planned": "Planned", "not-applicable": "Not applicable"}

// openings are other words with which a text says its verdict itself.
var openings = map[string][]string{"yes": {"yes"}, "no": {"no"}, "partial": {"partially", "partly", "in part", "partial"}, "planned": {"planned", "not yet"}, "not-applicable": {"not applicable", "n/a"}}

// prose gives an answer as it stands in a cell: the verdict unless the text begins with it, the text, and whatever limits it. An answer
// without its limits would be another one.
func prose(a *model.Answer) string {
	text := markdown.Letter(a.Body.Source)
	if !slices.ContainsFunc(openings[a.Verdict.Value], func(word string) bool { return says(text, word) }) {
		text = words[a.Verdict.Value] + ". " + text
	}
	parts := []string{text}
	if !a.PlannedFor.IsZero() {
		parts = append(parts, "Planned for: "+a.PlannedFor.Day.Long()+".")
	}
	if !a.Reason.IsZero() {
		parts = append(parts, "Why: "+a.Reason.Value)
	}
	if !a.Scope.IsZero() {
		parts = append(parts, "Scope: "+a.Scope.Value)
	}
	if len(a.Exclusions) > 0 {
		var list []string
		for _, e := range a.Exclusions {
			list = append(list, "- "+e.Value)
		}
		parts = append(parts, "Exceptions:\n"+strings.Join(list, "\n"))
	}
	return strings.Join(parts, "\n\n")
}

// says reports whether a text begins with a word and goes on with another clause: "Yes.", "No, ...", "Partially: ...". "Not yet" does not begin with "No".
func says(text, word string) bool {
	if len(text) < len(word) || !strings.EqualFold(text[:len(word)], word) {
		return false
	}
	rest := text[len(word):]
	return rest == "" || strings.ContainsRune(".,:;!—–- \n", []rune(rest)[0])
}

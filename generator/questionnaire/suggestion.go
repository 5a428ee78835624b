package questionnaire

import (
	"strconv"
	"strings"

	"candor/generator/sheet"
)

// SuggestionSheet is the name of the sheet that holds what is not approved.
const SuggestionSheet = "Unapproved suggestions"

// The columns of that sheet; whoever fills the questionnaire in marks the row of the answer that fits in the first one, for Lessons to read.
var suggestionColumns = []string{"Fits (x)", "Sheet", "Row", "ID", "Question", "Answer that may fit", "Verdict", "Text", "Link", "Confidence", "Why it was not filled in"}

// suggestionHead is the number of rows above the first suggestion.
const suggestionHead = 2

const suggestionWarning = "NOT APPROVED. Answers that may fit, for the person who fills this in. Mark the one that fits with an x, copy it, and delete this sheet before you send the file."

// suggestionRows gives the sheet of suggestions, a row for each.
func (p *Plan) suggestionRows() [][]string {
	rows := [][]string{{suggestionWarning}, suggestionColumns}
	for _, line := range p.Lines {
		if line.Outcome != Suggested {
			continue
		}
		for _, s := range line.Suggestions {
			rows = append(rows, []string{"", line.Row.Sheet, strconv.Itoa(line.Row.Number), line.Row.ID, line.Row.Question, s.Answer.Question.Value,
				words[s.Answer.Verdict.Value], prose(s.Answer), s.Link, percent(s.Confidence), line.Why})
		}
	}
	return rows
}

// HasSuggestions reports whether there is anything to suggest.
func (p *Plan) HasSuggestions() bool { return p.Count(Suggested) > 0 }

// SuggestionsCSV gives the suggestions as a file of their own, for a questionnaire that has one sheet only. Cells are kept from running as
// formulas.
func (p *Plan) SuggestionsCSV() ([]byte, error) { return sheet.CSV(p.suggestionRows()) }

// IsSuggestions reports whether a sheet of this name holds suggestions that Write has put there: a second one has a number behind its name.
func IsSuggestions(name string) bool { return strings.HasPrefix(name, SuggestionSheet) }

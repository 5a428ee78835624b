package questionnaire

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"candor/generator/diag"
)

// shownQuestion is how many characters of a question a report shows in a line.
const shownQuestion = 90

// outcomes in the order of the report, and how each is headed.
var headings = []struct {
	outcome Outcome
	title   string
}{
	{Filled, "filled in from approved answers"},
	{Suggested, "suggested, not approved: choose, or leave blank"},
	{Blank, "left blank"},
	{Given, "answered already, left as it is"},
}

// WriteText writes the report for a person: outcome by outcome, a row of the questionnaire in a line, and below it what was done or why nothing was.
func (p *Plan) WriteText(w io.Writer, style diag.Style) error {
	var b strings.Builder
	for _, h := range headings {
		n := p.Count(h.outcome)
		if n == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		title := fmt.Sprintf("%d %s", n, h.title)
		if style.Color {
			title = "\x1b[1m" + title + "\x1b[0m"
		}
		b.WriteString(title + "\n")
		for _, line := range p.Lines {
			if line.Outcome == h.outcome {
				line.writeText(&b)
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (line *Line) writeText(b *strings.Builder) {
	fmt.Fprintf(b, "  %s  %s\n", diag.Printable(line.Place()), shorten(diag.Printable(line.Row.Question), shownQuestion))
	switch line.Outcome {
	case Filled:
		for _, c := range line.Filled {
			fmt.Fprintf(b, "      %s: %s, %s\n", c.Answer.ID.Value, c.Answer.Verdict.Value, percent(line.Confidence))
		}
	case Suggested, Blank:
		fmt.Fprintf(b, "      %s\n", diag.Printable(line.Why))
	}
	if line.Note != "" {
		fmt.Fprintf(b, "      %s\n", diag.Printable(line.Note))
	}
	for _, s := range line.Suggestions {
		fmt.Fprintf(b, "      - %s: %s, %s  %s\n", s.Answer.ID.Value, s.Answer.Verdict.Value, percent(s.Confidence), shorten(diag.Printable(s.Answer.Question.Value), shownQuestion/2))
	}
}

// Place names the row as --explain takes it: "Controls!14", or "14" where there is one sheet without a name.
func (line *Line) Place() string { return strings.TrimPrefix(place(line.Row), "!") }

// shorten cuts a text at the end of a word.
func shorten(s string, most int) string {
	runes := []rune(strings.Join(strings.Fields(s), " "))
	if len(runes) <= most {
		return string(runes)
	}
	cut := string(runes[:most-1])
	if i := strings.LastIndexByte(cut, ' '); i > most/2 {
		cut = cut[:i]
	}
	return cut + "…"
}

// jsonReport is the shape of the JSON: stable, fields may be added.
type jsonReport struct {
	Framework string     `json:"framework,omitempty"` // that the ids belong to
	Filled    int        `json:"filled"`
	Suggested int        `json:"suggested"`
	Blank     int        `json:"blank"`
	Given     int        `json:"given"`
	Rows      []jsonLine `json:"rows"`
}

type jsonLine struct {
	Sheet       string           `json:"sheet"`
	Row         int              `json:"row"`
	ID          string           `json:"id,omitempty"`
	Question    string           `json:"question"`
	Outcome     string           `json:"outcome"`
	Why         string           `json:"why,omitempty"`
	Note        string           `json:"note,omitempty"`
	Verdict     string           `json:"verdict,omitempty"` // of what was filled in
	Answers     []jsonAnswer     `json:"answers,omitempty"` // that were filled in: one, or one for each part of the question
	Confidence  float64          `json:"confidence,omitempty"`
	Suggestions []jsonSuggestion `json:"suggestions,omitempty"` // not approved
}

type jsonAnswer struct {
	Answer string `json:"answer"`
	Link   string `json:"link"`
}

type jsonSuggestion struct {
	Answer     string  `json:"answer"`
	Verdict    string  `json:"verdict"`
	Link       string  `json:"link"`
	Confidence float64 `json:"confidence"`
}

// WriteJSON writes the report for a machine.
func (p *Plan) WriteJSON(w io.Writer) error {
	out := jsonReport{Framework: p.Framework, Filled: p.Count(Filled), Suggested: p.Count(Suggested), Blank: p.Count(Blank), Given: p.Count(Given), Rows: []jsonLine{}}
	for _, line := range p.Lines {
		j := jsonLine{Sheet: line.Row.Sheet, Row: line.Row.Number, ID: line.Row.ID, Question: line.Row.Question, Outcome: line.Outcome.String(), Why: line.Why, Note: line.Note}
		if line.Outcome == Filled {
			j.Verdict, j.Confidence = line.Answer.Verdict.Value, line.Confidence
		}
		for _, c := range line.Filled {
			j.Answers = append(j.Answers, jsonAnswer{c.Answer.ID.Value, c.Link})
		}
		for _, s := range line.Suggestions {
			j.Suggestions = append(j.Suggestions, jsonSuggestion{Answer: s.Answer.ID.Value, Verdict: s.Answer.Verdict.Value, Link: s.Link, Confidence: s.Confidence})
		}
		out.Rows = append(out.Rows, j)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

// WriteMarkdown writes the report as a Markdown document, for a ticket.
func (p *Plan) WriteMarkdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Questionnaire: %s\n", p.Summary())
	for _, h := range headings {
		if p.Count(h.outcome) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n## %d %s\n\n| Row | Question | Answer | Why |\n|---|---|---|---|\n", p.Count(h.outcome), h.title)
		for _, line := range p.Lines {
			if line.Outcome != h.outcome {
				continue
			}
			var answers []string
			for _, c := range line.Filled {
				answers = append(answers, fmt.Sprintf("[%s](%s)", c.Answer.ID.Value, c.Link))
			}
			for _, s := range line.Suggestions {
				answers = append(answers, fmt.Sprintf("[%s](%s)? %s", s.Answer.ID.Value, s.Link, percent(s.Confidence)))
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", escaped(line.Place()), escaped(shorten(line.Row.Question, 2*shownQuestion)), strings.Join(answers, ", "), escaped(line.why()))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (line *Line) why() string {
	if line.Note == "" {
		return line.Why
	}
	return strings.TrimPrefix(line.Why+"; "+line.Note, "; ")
}

// escaped keeps a text within its cell of a Markdown table.
func escaped(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", `\<`, "[", `\[`).Replace(diag.Printable(s))
}

// Summary counts: "102 filled in, 87 suggested, 72 left blank, 3 answered already".
func (p *Plan) Summary() string {
	s := fmt.Sprintf("%d filled in, %d suggested, %d left blank", p.Count(Filled), p.Count(Suggested), p.Count(Blank))
	if n := p.Count(Given); n > 0 {
		s += fmt.Sprintf(", %d answered already", n)
	}
	return s
}

package questionnaire

import (
	"fmt"
	"slices"
	"strings"

	"candor/generator/match"
	"candor/generator/model"
	"candor/generator/pattern"
	"candor/generator/sheet"
)

// An Outcome is what comes of a row.
type Outcome int

// The outcomes.
const (
	Filled    Outcome = iota // an approved answer stands in its cells
	Suggested                // answers that may fit are shown to the person who fills the sheet in, marked as unapproved
	Blank                    // nothing that may be used fits
	Given                    // somebody has answered it already
)

// String gives the word that is printed.
func (o Outcome) String() string { return [...]string{"filled", "suggested", "blank", "given"}[o] }

// A Line is one row of the questionnaire and what comes of it.
type Line struct {
	Row         sheet.Row
	Outcome     Outcome
	Why         string // why it is filled in, or why not; one line
	Note        string // what is odd about what was filled in; "" for nothing
	Confidence  float64
	Answer      *model.Answer // the nearest one, whether it is filled in, suggested or in the way; nil for none
	Filled      []Cited       // what is filled in: one answer, or one for each part of the question
	Suggestions []Suggestion
	Match       match.Match
}

// A Cited answer is one with its address.
type Cited struct {
	Answer *model.Answer
	Link   string
}

// A Suggestion is an answer that may fit. It is not approved for the question.
type Suggestion struct {
	Answer     *model.Answer
	Confidence float64
	Link       string
	Barred     string // why it may not be used; "" where it may
}

// MostSuggestions is how many answers are suggested for a row.
const MostSuggestions = 3

// leastConfidence is what an answer needs to be suggested at all: below it a list would send a reader away from the question.
const leastConfidence = 0.1

// Options are what a person decides about a sheet.
type Options struct {
	Framework  string // the questionnaire's name and version, as answers have it: "caiq-4.0"; "" to look
	Name       string // of the file, which may tell the framework
	Confidence bool   // write it beside each answer
}

// A Plan is what is to be written, and what is told of each row.
type Plan struct {
	Framework string // that the ids belong to; "" when not known
	Lines     []Line
	extra     []string // headers of columns to be added
	details   bool     // one of them holds prose that has no other place
	o         Options
	survey    sheet.Survey
}

// Count gives the number of rows with an outcome.
func (p Plan) Count(o Outcome) int {
	n := 0
	for _, l := range p.Lines {
		if l.Outcome == o {
			n++
		}
	}
	return n
}

// Plan decides about every row of a survey.
func (l *Library) Plan(s sheet.Survey, o Options) Plan {
	p := Plan{o: o, survey: s, Framework: o.Framework}
	if p.Framework == "" {
		p.Framework = l.framework(o.Name, s)
	}
	for _, t := range s.Tables {
		before := ""
		for _, r := range t.Rows {
			if (r.Allowed != nil || r.Unknown) && !hasComment(t, r) {
				p.details = true
			}
			p.Lines = append(p.Lines, l.line(r, before, p.Framework))
			if !follows.MatchString(r.Question) {
				before = r.Question
			}
		}
	}
	if p.details {
		p.extra = append(p.extra, "Details")
	}
	if o.Confidence {
		p.extra = append(p.extra, "Confidence")
	}
	return p
}

// follows is how a question begins that makes no sense without the one before it.
var follows = pattern.Of(`(?i)^\W*(if (so|yes|no|not|any|applicable)\b|please (describe|explain|elaborate|provide details|list)\W*$|describe\W*$|explain\W*$|details?\W*$)`)

// asked gives the question of a row, with the words above it that it is a part of.
func asked(r sheet.Row) string { return strings.TrimSpace(r.Lead + " " + r.Question) }

// Asked gives the question of a line as a whole.
func (line *Line) Asked() string { return asked(line.Row) }

// line decides about one row. before is the question that it may go on with.
func (l *Library) line(r sheet.Row, before, framework string) Line {
	line := Line{Row: r}
	if r.Given != "" || r.GivenComment != "" {
		line.Outcome, line.Why = Given, "somebody has answered it already"
		return line
	}
	switch {
	case r.Hidden:
		line.Outcome, line.Why = Blank, "the row is hidden"
		return line
	case r.Shared > 0:
		line.Outcome, line.Why = Blank, fmt.Sprintf("its answer cell is that of row %d as well", r.Shared)
		return line
	}
	line.Match = l.matches.Match(match.Question{Text: asked(r), Section: strings.TrimSpace(r.Section + " " + r.Title), ID: r.ID, Framework: framework, Before: before})
	line.Why = line.Match.Why
	best := -1
	for _, c := range line.Match.Candidates {
		if c.Confidence < leastConfidence || len(line.Suggestions) == MostSuggestions {
			break
		}
		a := l.answers[c.Answer]
		line.Suggestions = append(line.Suggestions, Suggestion{Answer: a, Confidence: c.Confidence, Link: l.link(a), Barred: l.barred[c.Answer]})
		if best < 0 {
			best = c.Answer
		}
	}
	if best < 0 {
		line.Outcome = Blank
		if line.Why == "" {
			line.Why = "no answer is near"
		}
		return line
	}
	line.Answer, line.Confidence = l.answers[best], line.Suggestions[0].Confidence
	if line.Match.Sure {
		line.fill(l)
	} else {
		line.suggest()
	}
	return line
}

// fill decides about a row that an answer surely fits: whether that may be used, and whether it is the whole answer.
func (line *Line) fill(l *Library) {
	all, why := l.whole(line.Match)
	if why == "" {
		why = l.rival(line.Match.Candidates)
	}
	if why == "" {
		why = turned(asked(line.Row), line.Answer)
	}
	if why != "" {
		line.Why = why
		line.suggest()
		return
	}
	for _, n := range all {
		if l.barred[n] != "" {
			line.Outcome, line.Suggestions = Blank, nil
			line.Why = fmt.Sprintf("answer %q would fit, but %s", l.answers[n].ID.Value, l.barred[n])
			return
		}
	}
	line.Outcome, line.Suggestions = Filled, nil
	for _, n := range all {
		line.Filled = append(line.Filled, Cited{l.answers[n], l.link(l.answers[n])})
	}
}

// whole gives the answers that together answer all of a question, or tells why there are none: a part that nothing surely answers, or parts that are answered
// in different words, for which there is one cell.
func (l *Library) whole(m match.Match) (all []int, why string) {
	first := m.Candidates[0].Answer
	all = []int{first}
	for _, p := range m.Parts {
		if len(p.Candidates) > 0 && p.Candidates[0].Answer == first {
			continue
		}
		if !p.Sure {
			return nil, fmt.Sprintf("asks %d things, and nothing surely answers %q", len(m.Parts), shorten(p.Text, shownQuestion))
		}
		n := p.Candidates[0].Answer
		if l.answers[n].Verdict.Value != l.answers[first].Verdict.Value {
			return nil, fmt.Sprintf("asks %d things: %q says %s, %q says %s", len(m.Parts), l.answers[first].ID.Value, l.answers[first].Verdict.Value, l.answers[n].ID.Value, l.answers[n].Verdict.Value)
		}
		if !slices.Contains(all, n) {
			all = append(all, n)
		}
	}
	return all, ""
}

// leastRival is the confidence from which on another answer with another verdict speaks against the first: to fill in the wrong verdict costs more than to ask.
const leastRival = 0.3

// rival tells that the second candidate is near and says another word than the first; "" where none does.
func (l *Library) rival(candidates []match.Candidate) string {
	if len(candidates) < 2 || candidates[1].Confidence < leastRival {
		return ""
	}
	a, b := l.answers[candidates[0].Answer], l.answers[candidates[1].Answer]
	if a.Verdict.Value == b.Verdict.Value {
		return ""
	}
	return fmt.Sprintf("%q says %s and %q says %s, and both are near", a.ID.Value, a.Verdict.Value, b.ID.Value, b.Verdict.Value)
}

// suggest keeps the suggestions that may be shown.
func (line *Line) suggest() {
	var usable []Suggestion
	for _, s := range line.Suggestions {
		if s.Barred == "" {
			usable = append(usable, s)
		}
	}
	line.Outcome = Suggested
	if line.Why == "" {
		line.Why = "no answer is sure to fit"
	}
	if len(usable) == 0 {
		line.Outcome = Blank
		line.Why = fmt.Sprintf("answer %q may fit, but %s", line.Answer.ID.Value, line.Suggestions[0].Barred)
	}
	line.Suggestions = usable
}

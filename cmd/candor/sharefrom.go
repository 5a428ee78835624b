package main

import (
	"path/filepath"
	"strings"

	"candor/generator/model"
	"candor/generator/questionnaire"
	"candor/generator/share"
)

// answersFor reads which answers a file asks for: a questionnaire, .xlsx or .csv, or a text with one id a line and comments behind #.
func (a *app) answersFor(name string, f shareFlags) ([]share.Item, error) {
	if ext := strings.ToLower(filepath.Ext(name)); ext == ".csv" || strings.HasPrefix(ext, ".xls") {
		return a.askedIn(name, f)
	}
	data, err := readQuestionnaire(name)
	if err != nil {
		return nil, err
	}
	var items []share.Item
	for line := range strings.Lines(string(data)) {
		line, _, _ = strings.Cut(line, "#")
		if id := strings.TrimSpace(line); id != "" {
			items = append(items, share.Item{Answer: id})
		}
	}
	return items, nil
}

// askedIn gives the questions of a questionnaire that have an answer for sure, private ones too; what may fit goes to nobody.
func (a *app) askedIn(name string, f shareFlags) ([]share.Item, error) {
	q, err := a.questionnaire(name, answerFlags{on: f.on, baseURL: f.baseURL})
	if err != nil {
		return nil, err
	}
	q.tell(a)
	plan := q.library.Plan(q.survey, questionnaire.Options{Name: name})
	var items []share.Item
	for _, l := range plan.Lines {
		if id := settled(l); id != "" {
			items = append(items, share.Item{Number: l.Row.ID, Asked: l.Row.Question, Answer: id})
		}
	}
	a.say("%d of %s have an answer that surely fits; the rest is not on the page\n", len(items), count(len(plan.Lines), "question"))
	return items, nil
}

// settled gives the id of the answer that a row has or may be given: one of which the address stands in the sheet already, or one that surely fits and may
// be filled in, or could if it were public.
func settled(l questionnaire.Line) string {
	if _, rest, ok := strings.Cut(l.Row.GivenLink, model.AddressAnswers); ok {
		return rest[:len(rest)-len(strings.TrimLeft(rest, "abcdefghijklmnopqrstuvwxyz0123456789-._"))]
	}
	if l.Answer != nil && (l.Outcome == questionnaire.Filled || l.Match.Sure && !l.Answer.Published()) {
		return l.Answer.ID.Value
	}
	return ""
}

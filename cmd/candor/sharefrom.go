package main

import (
	"path/filepath"
	"strings"

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

// askedIn gives the questions of a questionnaire that have an answer, private ones too: one that surely fits, or one that somebody has named in the sheet. What
// may fit, or is stale, goes to nobody.
func (a *app) askedIn(name string, f shareFlags) ([]share.Item, error) {
	q, err := a.questionnaire(name, answerFlags{on: f.on, baseURL: f.baseURL, private: true})
	if err != nil {
		return nil, err
	}
	q.tell(a)
	plan := q.library.Plan(q.survey, questionnaire.Options{Name: name})
	var items []share.Item
	for i := range plan.Lines {
		line := &plan.Lines[i]
		if answer := q.library.Chosen(line); answer != nil {
			items = append(items, share.Item{Number: line.Row.ID, Asked: line.Asked(), Answer: answer.ID.Value})
		}
	}
	a.say("%d of %s have an answer that surely fits; the rest is not on the page\n", len(items), count(len(plan.Lines), "question"))
	return items, nil
}

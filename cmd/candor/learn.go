package main

import (
	"fmt"
	"io"
	"os"
	"slices"

	"candor/generator/amend"
	"candor/generator/diag"
	"candor/generator/learning"
	"candor/generator/questionnaire"
	"candor/generator/sheet"
)

// learnFrom takes a questionnaire that a person has corrected and writes which answer belongs to which question into the answers.
func (a *app) learnFrom(name string, f answerFlags) error {
	q, err := a.questionnaire(name, f)
	if err != nil {
		return err
	}
	marks, err := q.suggestions()
	if err != nil {
		return err
	}
	lessons, passed := q.library.Lessons(q.survey, marks, questionnaire.Options{Framework: f.framework, Name: name})
	in, done, err := a.input(buildFlags{on: f.on})
	if err != nil {
		return err
	}
	defer done()
	order := learning.Order{DryRun: f.dryRun}
	for _, l := range lessons {
		order.Pairs = append(order.Pairs, learning.Pair{Answer: l.Answer.ID.Value, Asked: l.Asked, Framework: l.Framework, ID: l.ID, From: l.From})
	}
	result, err := learning.Run(amend.Folder{Files: in.Files, Check: a.checkOf(in), Write: amend.WriteInto(a.dir)}, order)
	if err != nil {
		return err
	}
	if len(result.Findings) > 0 {
		return a.refuse("the files were put back as they were", result.Findings)
	}
	return a.learnt(result, passed, f.dryRun)
}

// suggestions gives the cells in which a person marked which suggestions fit: of the sheets in the book, or of the file beside it.
func (q *openQuestionnaire) suggestions() ([][]string, error) {
	var rows [][]string
	for _, name := range q.book.Names() {
		if questionnaire.IsSuggestions(name) {
			rows = append(rows, q.book.Rows(name)...)
		}
	}
	beside := suggestionsOf(q.name)
	if _, err := os.Stat(beside); err != nil || !q.book.CSV() || beside == q.name {
		return rows, nil
	}
	data, err := readQuestionnaire(beside)
	if err != nil {
		return nil, err
	}
	book, err := sheet.Open(beside, data)
	if err != nil {
		return nil, err
	}
	return append(rows, book.Rows("")...), nil
}

// learnt prints what came of it: the diff on standard output, for a review or a patch, all else beside it.
func (a *app) learnt(result learning.Result, passed []questionnaire.Passed, dryRun bool) error {
	if _, err := io.WriteString(a.stdout, result.Diff); err != nil {
		return fmt.Errorf("print the diff: %w", err)
	}
	for _, p := range passed {
		a.say("%s teaches nothing: %s\n", diag.Printable(p.From), diag.Printable(p.Why))
	}
	for _, r := range result.Refused {
		a.say("%s was not taken: %s\n", diag.Printable(r.Pair.From), diag.Printable(r.Why))
	}
	var wordings, ids int
	for _, added := range result.Added {
		if added.Asked != "" {
			wordings++
		}
		if added.ID != "" {
			ids++
		}
	}
	a.say("%s and %s added, %d known already\n", count(wordings, "wording"), count(ids, "id"), len(result.Known))
	switch {
	case len(result.Added) > 0 && dryRun:
		a.say("nothing was written: --dry-run\n")
	case len(result.Added) > 0:
		a.say("also_asked is published with a public answer: read the diff for names of customers before you commit it\n")
	}
	if len(result.Refused) > 0 || slices.ContainsFunc(passed, func(p questionnaire.Passed) bool { return p.Contradicts }) {
		a.code = exitGaps
	}
	return nil
}

// Package questionnaire answers a customer's questionnaire from approved answers, and learns from one that a person has corrected.
//
// In come a checked site, as of a day, and the rows that sheet found; out comes a Plan: for each row what is to be filled in and why, what may only be
// suggested, or why it stays blank. What is filled in is the text of an answer that is public, verified in time, without an open finding, and that match is
// sure of; nothing is ever made up. The other way round, Lessons reads which answers a person chose, for learning. Nothing here reads a file, writes one, or
// knows the clock.
package questionnaire

import (
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/markdown"
	"candor/generator/match"
	"candor/generator/model"
)

// A Source is what a library of answers is made from.
type Source struct {
	Site     *model.Site
	On       model.Day // the day on which it is answered
	Findings []diag.Finding
	Excepted []diag.Exception // what they take off the list says still that an answer is stale or unfinished
	Private  bool             // private answers may be used too, since what is made is for one customer's eyes
	BaseURL  string           // where the site is published, in the place of base_url of site.yaml; "" for that
}

// A Library is the answers of a site: all of them can be found, so that a question is not answered by the second best because the best is stale; some
// of them can be used.
type Library struct {
	base    string
	answers []*model.Answer
	barred  []string // by answer: why it may not be filled in; "" where it may
	matches *match.Library
}

// Stock makes the library.
func Stock(s Source) *Library {
	l := &Library{base: strings.TrimSuffix(s.BaseURL, "/"), answers: s.Site.Answers()}
	if l.base == "" {
		l.base = strings.TrimSuffix(s.Site.Config.BaseURL.Value, "/")
	}
	findings := slices.Clone(s.Findings)
	for _, e := range s.Excepted {
		if strings.HasPrefix(e.Rule, "ANS") || e.Rule == "POL04" {
			findings = append(findings, e.Findings...)
		}
	}
	var known []match.Answer
	for _, a := range l.answers {
		known = append(known, matchable(a))
		l.barred = append(l.barred, barred(a, findings, s))
	}
	l.matches = match.New(known)
	return l
}

// matchable gives an answer as questions are held against it.
func matchable(a *model.Answer) match.Answer {
	m := match.Answer{ID: a.ID.Value, Question: a.Question.Value, Text: markdown.PlainText(a.Body.Source)}
	for _, q := range a.AlsoAsked {
		m.AlsoAsked = append(m.AlsoAsked, q.Value)
	}
	if a.Topic != nil {
		m.Topic = a.Topic.Title
	}
	for _, f := range a.Frameworks {
		ref := match.Reference{Framework: f.ID.Value}
		for _, id := range f.IDs {
			ref.IDs = append(ref.IDs, id.Value)
		}
		m.Frameworks = append(m.Frameworks, ref)
	}
	return m
}

// link gives the whole address of an answer's page.
func (l *Library) link(a *model.Answer) string { return l.base + model.Address(a) }

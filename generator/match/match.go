// Package match finds the approved answer to a question that somebody asks in words of their own.
//
// In go the answers that a site has (New), then one question after another (Library.Match); out come at most ten candidates for each, best first, with a
// confidence and with reasons that a person can read, and whether the first one may be filled in without a person. Nothing is sent anywhere, nothing is
// random, and no clock is read: the same answers and the same question give the same match.
package match

import (
	"strings"
)

// A Reference is where an author says that an answer answers a framework: its name as an author writes it, "caiq-4.0", and ids in it, "DSP-15.1".
type Reference struct {
	Framework string
	IDs       []string
}

// An Answer is one that may be given: what it answers, in which words that was asked too, and its text without markup.
type Answer struct {
	ID, Question string
	AlsoAsked    []string
	Text         string
	Topic        string
	Frameworks   []Reference
}

// A Question is a row of a questionnaire. Section is the heading that it stands below, ID what the sheet calls it, Framework the name of the
// questionnaire where that is known, as in a Reference, and Before the question of the row above, which "If yes, please describe" goes on from; each may
// be "".
type Question struct {
	Text, Section, ID string
	Framework         string
	Before            string
}

// A Match is what was found for a question. Why says in one short line why the first candidate is sure or is not. Parts are the questions that a
// compound one asks, each with candidates of its own; there are none for a simple one.
type Match struct {
	Candidates []Candidate // best first, at most Most
	Sure       bool        // the first candidate may be filled in without a person
	Why        string
	Parts      []Part
}

// A Part is one of the questions that a compound question asks.
type Part struct {
	Text       string
	Candidates []Candidate
	Sure       bool
	Why        string
}

// A Candidate is an answer that may be the right one. Confidence is from 0 to 1: of the candidates with 0.8, about eight in ten are right.
type Candidate struct {
	Answer     int // where it stands among the answers that New got
	Confidence float64
	Reasons    []Reason
}

// Most is how many candidates a match has at most.
const Most = 10

// Match finds the answers to a question.
func (l *Library) Match(q Question) Match {
	a := l.prepare(q)
	var m Match
	m.Candidates, m.Sure, m.Why = l.judge(a, l.contenders(a), len(a.parts))
	for i, p := range a.parts {
		found := Part{Text: strings.TrimSpace(p.text)}
		found.Candidates, found.Sure, found.Why = l.judge(a, l.contendersOfPart(a, i), 0)
		m.Parts = append(m.Parts, found)
	}
	return m
}

// judge makes candidates of contenders, and tells whether the first one is sure, and why.
func (l *Library) judge(a *asking, all []contender, parts int) ([]Candidate, bool, string) {
	var found []Candidate
	for i := range all[:min(len(all), Most)] {
		found = append(found, Candidate{all[i].answer, l.weights.confidence(trusted(all, i, parts), vetoed(&all[i].features)), l.reasons(a, all[i])})
	}
	for i := 1; i < len(found); i++ {
		found[i].Confidence = min(found[i].Confidence, found[i-1].Confidence)
	}
	if len(found) == 0 {
		return nil, false, "no answer speaks of this"
	}
	sure := found[0].Confidence >= l.weights.Sure && !vetoed(&all[0].features)
	return found, sure, l.why(sure, all, found[0].Reasons)
}

// vetoed tells whether a candidate is not filled in however near it is: another law or standard is named, another sort of
// answer is wanted (how long, not where), or both what is done and to what differ.
func vetoed(f *vector) bool {
	conflict := func(kind int) bool { return f[fFacets+4*kind+1] > 0 }
	return f[fSame] == 0 && (conflict(laws) || conflict(forms) || conflict(acts) && conflict(things))
}

// Package match finds the approved answer to a question that somebody asks in words of their own.
//
// In go the answers that a site has (New), then one question after another (Library.Match); out come at most ten candidates for each, best first, with a
// confidence and with reasons that a person can read, and whether the first one may be filled in without a person. Nothing is sent anywhere, nothing is
// random, and no clock is read: the same answers and the same question give the same match.
package match

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"candor/generator/wording"
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

// A Question is a row of a questionnaire. Section is the heading that it stands below, ID what the sheet calls it, and Framework the name of the
// questionnaire where that is known, as in a Reference; each may be "".
type Question struct {
	Text, Section, ID string
	Framework         string
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

// A Library is answers made ready for matching. It may be used by many goroutines at once.
type Library struct {
	answers []Answer
	terms   [][]map[string]float64
	weight  map[string]float64
}

// New makes a library of answers.
func New(answers []Answer) *Library {
	l := &Library{answers: answers, weight: map[string]float64{}}
	seen := map[string]int{}
	for _, a := range answers {
		var each []map[string]float64
		in := map[string]bool{}
		for _, text := range append([]string{a.Question}, a.AlsoAsked...) {
			m := map[string]float64{}
			for _, t := range wording.Terms(text) {
				m[t] = 1
				in[t] = true
			}
			each = append(each, m)
		}
		l.terms = append(l.terms, each)
		for t := range in {
			seen[t]++
		}
	}
	for t, n := range seen {
		l.weight[t] = math.Log(1 + float64(len(answers))/float64(n))
	}
	return l
}

// Match finds the answers to a question.
func (l *Library) Match(q Question) Match {
	terms := slices.Compact(slices.Sorted(slices.Values(wording.Terms(q.Text))))
	var found []Candidate
	for i := range l.answers {
		best := Candidate{Answer: i}
		for n, m := range l.terms[i] {
			if s, reasons := l.alike(terms, m); s > best.Confidence {
				best.Confidence, best.Reasons = s, reasons
				if n > 0 {
					best.Reasons = append(best.Reasons, Reason{Kind: Alias, Text: l.answers[i].AlsoAsked[n-1]})
				}
			}
		}
		if best.Confidence > 0 {
			found = append(found, best)
		}
	}
	slices.SortStableFunc(found, func(a, b Candidate) int {
		switch {
		case a.Confidence > b.Confidence:
			return -1
		case a.Confidence < b.Confidence:
			return 1
		}
		return 0
	})
	m := Match{Candidates: found[:min(len(found), Most)]}
	m.Sure = len(found) > 0 && found[0].Confidence > .8
	if !m.Sure {
		m.Why = "no answer is close enough"
	}
	return m
}

func (l *Library) alike(terms []string, m map[string]float64) (float64, []Reason) {
	var reasons []Reason
	shared, asked, there := 0.0, 0.0, 0.0
	for _, t := range terms {
		w := l.weight[t]
		if w == 0 {
			w = math.Log(1 + float64(len(l.answers)))
		}
		asked += w * w
		if m[t] > 0 {
			shared += w * w
			reasons = append(reasons, Reason{Kind: Term, Text: strings.TrimPrefix(t, wording.Mark), Weight: w})
		}
	}
	ts := make([]string, 0, len(m))
	for t := range m {
		ts = append(ts, t)
	}
	slices.Sort(ts)
	for _, t := range ts {
		there += l.weight[t] * l.weight[t]
	}
	if shared == 0 {
		return 0, nil
	}
	return shared / math.Sqrt(asked*there), reasons
}

// A Kind is what a reason tells of.
type Kind string

// What reasons tell of.
const (
	Term      Kind = "term"      // both speak of Text
	Alias     Kind = "alias"     // the words of also_asked in Text are what matched
	Framework Kind = "framework" // the answer names the id in Text
	Veto      Kind = "veto"      // the two ask for different things, named in Text
)

// A Reason is one thing that spoke for a candidate, or, with a weight below 0, against it.
type Reason struct {
	Kind   Kind
	Text   string
	Weight float64
}

// String says the reason to a person.
func (r Reason) String() string {
	switch r.Kind {
	case Alias:
		return fmt.Sprintf("was asked before as %q", r.Text)
	case Framework:
		return "answers " + r.Text
	case Veto:
		return r.Text
	}
	return fmt.Sprintf("both speak of %s (%.1f)", r.Text, r.Weight)
}

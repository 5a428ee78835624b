package match

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"candor/generator/wording"
)

// A Kind is what a reason tells of.
type Kind string

// What reasons tell of.
const (
	Term      Kind = "term"      // both speak of Text
	Subject   Kind = "subject"   // both are near the subject in Text, a line of intents.txt, whatever their words
	Alias     Kind = "alias"     // the words of also_asked in Text are what matched
	OfPart    Kind = "part"      // the part of the question in Text is what matched
	Framework Kind = "framework" // the answer names the id in Text
	Missing   Kind = "missing"   // the question speaks of Text, the answer's question does not
	Veto      Kind = "veto"      // the two ask for different things, which Text tells
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
	case Subject:
		return fmt.Sprintf("both are about %s (%+.1f)", r.Text, r.Weight)
	case Alias:
		return fmt.Sprintf("was asked before as %q", r.Text)
	case OfPart:
		return fmt.Sprintf("fits the part %q", r.Text)
	case Framework:
		return fmt.Sprintf("answers %s (%+.1f)", r.Text, r.Weight)
	case Missing:
		return fmt.Sprintf("its question does not speak of %s (%+.1f)", r.Text, r.Weight)
	case Veto:
		return fmt.Sprintf("%s (%+.1f)", r.Text, r.Weight)
	}
	return fmt.Sprintf("both speak of %s (%+.1f)", r.Text, r.Weight)
}

// How many reasons of a kind are told.
const (
	termsTold    = 6
	subjectsTold = 2
	missingTold  = 2
)

// reasons tells what spoke for a contender and what against it, in an order that reads well.
func (l *Library) reasons(a *asking, c contender) []Reason {
	q, text := c.of, a.Text
	var all []Reason
	if c.part >= 0 {
		text = a.parts[c.part].text
		all = append(all, Reason{OfPart, strings.TrimSpace(text), 0})
	}
	w := l.wordings[c.wording]
	if w.alias >= 0 {
		all = append(all, Reason{Alias, l.answers[w.answer].AlsoAsked[w.alias], 0})
	}
	if c.features[fFramework] > 0 || c.features[fID] > 0 {
		all = append(all, Reason{Framework, strings.TrimSpace(a.Framework + " " + a.ID), l.weights.Rank[fFramework]*c.features[fFramework] + l.weights.Rank[fID]*c.features[fID]})
	}
	heavy := l.weights.Rank[fTerms]
	var shared, missing []Reason
	q.terms.both(w.terms, func(x, y weighted) {
		if boilerplate()[x.name] {
			return
		}
		shared = append(shared, Reason{Term, readable(x.name, text), heavy * x.weight * y.weight})
	})
	for _, t := range q.terms {
		if w.terms.weight(t.name) == 0 && !boilerplate()[t.name] {
			missing = append(missing, Reason{Missing, readable(t.name, text), -t.weight * t.weight})
		}
	}
	all = append(all, heaviest(shared, termsTold)...)
	var subjects []Reason
	q.intents.both(w.intents, func(x, y weighted) {
		subjects = append(subjects, Reason{Subject, strings.ReplaceAll(x.name, "-", " "), l.weights.Rank[fIntents] * x.weight * y.weight})
	})
	all = append(all, heaviest(subjects, subjectsTold)...)
	all = append(all, heaviest(missing, missingTold)...)
	return append(all, l.vetoes(q.facets, w.facets, &c.features)...)
}

func heaviest(all []Reason, most int) []Reason {
	slices.SortStableFunc(all, func(a, b Reason) int { return -compare(max(a.Weight, -a.Weight), max(b.Weight, -b.Weight)) })
	return all[:min(len(all), most)]
}

// vetoes tells in what the facets of two texts differ.
func (l *Library) vetoes(q, w facets, f *vector) []Reason {
	var all []Reason
	for kind, say := range [kinds]string{"it asks %s, the answer tells %s", "it asks about %s, the answer is about %s", "it is about %s, the answer about %s", "it asks about %s, the answer is about %s", "it names %s, the answer %s"} {
		if f[fFacets+4*kind+1] > 0 {
			all = append(all, Reason{Veto, fmt.Sprintf(say, said(kind, q[kind]), said(kind, w[kind])), l.weights.Rank[fFacets+4*kind+1]})
		}
	}
	if f[fSubject] > 0 {
		which := "the question is about AI, the answer is not"
		if aboutAI(w) {
			which = "the answer is about AI, the question is not"
		}
		all = append(all, Reason{Veto, which, l.weights.Rank[fSubject]})
	}
	return all
}

// said gives the names of at most two facets.
func said(kind int, set uint64) string {
	for bits.OnesCount64(set) > 2 {
		set &^= 1 << (63 - bits.LeadingZeros64(set))
	}
	return named(kind, set)
}

// readable gives a term as a person would write it: the name of a group, or the word of the text with this stem.
func readable(term, text string) string {
	if name, ok := strings.CutPrefix(term, wording.Mark); ok {
		return name
	}
	for _, w := range wording.Words(clip(text)) {
		if wording.Stem(w) == term {
			return w
		}
	}
	return term
}

// why says in one line what decides about the first candidate.
func (l *Library) why(sure bool, all []contender, reasons []Reason) string {
	c := all[0]
	first := func(kind Kind) (string, bool) {
		i := slices.IndexFunc(reasons, func(r Reason) bool { return r.Kind == kind })
		if i < 0 {
			return "", false
		}
		return reasons[i].Text, true
	}
	about := ""
	if term, ok := first(Term); ok {
		about = term + ": "
	}
	switch {
	case sure && c.features[fFramework] > 0:
		id, _ := first(Framework)
		return "the answer is for " + id + ", and the text agrees"
	case sure && c.features[fSame] > 0:
		return "asked in the same words"
	case sure:
		if alias, ok := first(Alias); ok {
			return fmt.Sprintf("asked before as %q", alias)
		}
		return "says the same: " + strings.Join(termsOf(reasons), ", ")
	}
	if veto, ok := first(Veto); ok {
		return about + veto
	}
	if len(all) > 1 && all[0].score-all[1].score < narrow {
		return fmt.Sprintf("%s%s and %s fit about as well", about, l.answers[all[0].answer].ID, l.answers[all[1].answer].ID)
	}
	if missing, ok := first(Missing); ok {
		return about + "the answer's question does not speak of " + missing
	}
	return about + "not near enough to be sure"
}

// narrow is the difference of two scores below which two answers fit about as well.
const narrow = .7

func termsOf(reasons []Reason) []string {
	var all []string
	for _, r := range reasons {
		if r.Kind == Term && len(all) < 3 {
			all = append(all, r.Text)
		}
	}
	return all
}

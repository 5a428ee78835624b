package match

import (
	"slices"
	"strings"

	"candor/generator/wording"
)

// A Library is answers made ready for matching. It may be used by many goroutines at once.
type Library struct {
	answers  []Answer
	wordings []asked
	texts    []bag // of an answer: the terms of its text, its topic and all its wordings
	topics   []bag
	terms    frequency
	stems    frequency
	byTerm   map[string][]posting // wordings
	byStem   map[string][]posting
	byIntent map[string][]posting
	speller  *speller // knows the words of the answers
	weights  *Weights
}

// asked is one wording of what an answer answers: its question, or one of also_asked.
type asked struct {
	answer, alias int // alias is -1 for the question itself
	*profile
}

// New makes a library of answers.
func New(answers []Answer) *Library {
	l := &Library{answers: answers, byTerm: map[string][]posting{}, byStem: map[string][]posting{}, byIntent: map[string][]posting{}, speller: newSpeller(), weights: committed()}
	l.terms, l.stems = known().terms.clone(), known().stems.clone()
	for _, a := range answers {
		for _, text := range append([]string{a.Question}, a.AlsoAsked...) {
			l.speller.learn(text)
			l.terms.add(wording.Terms(clip(text)))
			l.stems.add(stems(clip(text)))
		}
	}
	for _, a := range answers {
		l.speller.learn(a.Text)
	}
	for i, a := range answers {
		l.wordings = append(l.wordings, asked{i, -1, l.look(a.Question)})
		for n, text := range a.AlsoAsked {
			l.wordings = append(l.wordings, asked{i, n, l.look(text)})
		}
		l.texts = append(l.texts, l.terms.bag(wording.Terms(clip(strings.Join(append([]string{a.Question, a.Topic, a.Text}, a.AlsoAsked...), "\n")))))
		l.topics = append(l.topics, l.terms.bag(wording.Terms(clip(a.Topic))))
	}
	for i, w := range l.wordings {
		index(l.byTerm, i, w.terms)
		index(l.byStem, i, w.stems)
		index(l.byIntent, i, w.intents)
	}
	return l
}

func (f *frequency) clone() frequency {
	c := frequency{f.texts, make(map[string]int, len(f.in))}
	for t, n := range f.in {
		c.in[t] = n
	}
	return c
}

// looked is how many wordings are compared in full with each part of a question.
const looked = 60

// close gives the wordings that a first, coarse look finds near to a text.
func (l *Library) close(q *profile) []int {
	near := make([]float64, len(l.wordings))
	for _, from := range []struct {
		b      bag
		in     map[string][]posting
		weight float64
	}{{q.terms, l.byTerm, 1}, {q.stems, l.byStem, .5}, {q.intents, l.byIntent, .8}} {
		for _, t := range from.b {
			for _, p := range from.in[t.name] {
				near[p.in] += from.weight * t.weight * p.weight
			}
		}
	}
	var all []int
	for i, s := range near {
		if s > .02 {
			all = append(all, i)
		}
	}
	slices.SortStableFunc(all, func(a, b int) int { return -compare(near[a], near[b]) })
	return all[:min(len(all), looked)]
}

// asking is a question made ready: the whole first, then its parts.
type asking struct {
	Question
	whole   *profile
	core    *profile // without brackets and boilerplate; nil when that is the whole
	parts   []part
	section *profile
}

type part struct {
	text string
	*profile
}

func (l *Library) prepare(q Question) *asking {
	q.Text = spelling().mend(clip(goesOn(q.Text, q.Before)), l.speller)
	a := &asking{Question: q, whole: l.look(q.Text)}
	if text := core(q.Text); text != "" {
		a.core = l.look(text)
	}
	for _, text := range split(q.Text) {
		a.parts = append(a.parts, part{text, l.look(text)})
	}
	if q.Section != "" {
		a.section = l.look(q.Section)
	}
	return a
}

// A contender is an answer beside a question: the wording that fits best, and how well.
type contender struct {
	answer, wording int
	part            int // -1 for the whole
	of              *profile
	features        vector
	score           float64
}

// contenders compares a question and each of its parts with the answers; best first.
func (l *Library) contenders(a *asking) []contender {
	return l.weights.order(l.everything(a))
}

func (l *Library) everything(a *asking) []contender {
	all := l.compared(a, a.whole, -1)
	if a.core != nil {
		all = append(all, l.compared(a, a.core, -1)...)
	}
	for i, p := range a.parts {
		all = append(all, l.compared(a, p.profile, i)...)
	}
	return all
}

// contendersOfPart compares one part of a question as if it were asked alone.
func (l *Library) contendersOfPart(a *asking, part int) []contender {
	all := l.compared(a, a.parts[part].profile, part)
	for i := range all {
		all[i].features[fPart] = 0
	}
	return l.weights.order(all)
}

// compared gives the numbers of a text beside each wording that is close to it, without scores.
func (l *Library) compared(a *asking, q *profile, part int) []contender {
	var all []contender
	for _, i := range l.close(q) {
		w := l.wordings[i]
		c := contender{answer: w.answer, wording: i, part: part, of: q}
		c.features.compare(q, w.profile)
		if part >= 0 {
			c.features[fPart] = 1
		}
		if w.alias >= 0 {
			c.features[fAlias] = 1
		}
		c.features[fText] = q.terms.covered(l.texts[w.answer]) - c.features[fAsked]
		if a.section != nil {
			c.features[fSection] = max(a.section.terms.dot(l.topics[w.answer]), a.section.terms.dot(w.terms))
		}
		l.refer(&c, a)
		all = append(all, c)
	}
	return all
}

// order gives the best contender for each answer, best first.
func (w *Weights) order(all []contender) []contender {
	best := make([]contender, 0, len(all))
	at := map[int]int{}
	for _, c := range all {
		c.score = w.rank(&c.features)
		i, ok := at[c.answer]
		switch {
		case !ok:
			at[c.answer] = len(best)
			best = append(best, c)
		case c.score > best[i].score:
			best[i] = c
		}
	}
	slices.SortFunc(best, func(a, b contender) int {
		if d := compare(b.score, a.score); d != 0 {
			return d
		}
		return a.answer - b.answer
	})
	return best
}

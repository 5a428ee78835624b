package trial

import (
	"slices"
	"sync"

	"candor/generator/match"
)

// A Trial is a set with the numbers that the learning needs. Learning goes on libraries without and with what other questionnaires teach.
type Trial struct {
	set   *Set
	home  *match.Weights
	plain []*example
	mu    sync.Mutex
	libs  map[[2]string]*match.Library
	seen  map[key]*example
}

type key struct {
	without [2]string
	c       *Case
}

// New begins a trial; home is the weights that the learning starts at and is held near to.
func New(s *Set, home *match.Weights) *Trial {
	t := &Trial{set: s, home: home, libs: map[[2]string]*match.Library{}, seen: map[key]*example{}}
	plain := match.New(s.Answers)
	for i := range s.Cases {
		c := &s.Cases[i]
		t.plain = append(t.plain, &example{c, s.Answers, plain.Study(match.Question{Text: c.Text})})
	}
	return t
}

// taught gives the example of a case beside a library that was taught by all sources but the case's own and another one.
func (t *Trial) taught(c *Case, other string) *example {
	without := [2]string{min(c.Source, other), max(c.Source, other)}
	k := key{without, c}
	if e, ok := t.seen[k]; ok {
		return e
	}
	l, ok := t.libs[without]
	answers := t.set.taught(without[:]...)
	if !ok {
		l = match.New(answers)
		t.libs[without] = l
	}
	e := &example{c, answers, l.Study(match.Question{Text: c.Text})}
	t.seen[k] = e
	return e
}

// examples gives what is learnt from when a source is left out; "" leaves none out.
func (t *Trial) examples(without string) []*example {
	var all []*example
	for i, e := range t.plain {
		if e.c.Source == without {
			continue
		}
		other := without
		if other == "" {
			other = e.c.Source
		}
		all = append(all, e, t.taught(&t.set.Cases[i], other))
	}
	return all
}

// folds is how many groups of questionnaires the trust is learnt over, each with a rank that was learnt from the others.
const folds = 4

// Learn learns weights from all sources but one; "" leaves none out.
func (t *Trial) Learn(without string) *match.Weights {
	all := t.examples(without)
	sources := t.set.Sources()
	group := func(e *example) int { return slices.Index(sources, e.c.Source) % folds }
	var told []lesson
	for g := range folds {
		var others []*example
		for _, e := range all {
			if group(e) != g {
				others = append(others, e)
			}
		}
		w := learnRank(others, t.home)
		for _, e := range all {
			if group(e) == g {
				told = append(told, lessons(e, w)...)
			}
		}
	}
	w := learnRank(all, t.home)
	learnTrust(told, w, t.home.Trust)
	return w
}

// Cross judges every case by weights learnt from the other sources: without aliases, and with those that the other sources teach.
func (t *Trial) Cross() (plain, taught []verdict) {
	for _, source := range t.set.Sources() {
		w := t.Learn(source)
		for i, e := range t.plain {
			if e.c.Source == source {
				plain = append(plain, judge(e, w))
				taught = append(taught, judge(t.taught(&t.set.Cases[i], source), w))
			}
		}
	}
	return plain, taught
}

func judge(e *example, w *match.Weights) verdict {
	v := verdict{c: e.c, place: -1, placeAlso: -1}
	for i, s := range e.studies.Ranked(w, nil) {
		if i == match.Most {
			break
		}
		id := e.answers[s.Answer].ID
		if i == 0 {
			v.confidence, v.first = w.Confidence(s), id
			v.filled = v.confidence >= w.Sure
		}
		if id == e.c.Right && v.place < 0 {
			v.place = i
		}
		if e.c.right(id) && v.placeAlso < 0 {
			v.placeAlso = i
		}
	}
	return v
}

// margin is how much more precise than wanted the threshold is chosen, since what holds for known questionnaires holds a little less for new ones.
const margin = .015

// Threshold gives the confidence from which an answer may be filled in: 95 % are right, and a margin more, of all cases judged by what others teach.
func (t *Trial) Threshold() float64 {
	plain, taught := t.Cross()
	threshold, _, _ := sweep(append(plain, taught...), .95+margin)
	return threshold
}

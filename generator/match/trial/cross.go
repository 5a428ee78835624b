package trial

import (
	"cmp"
	_ "embed" // of home.txt
	"runtime"
	"slices"
	"sync"

	"candor/generator/match"
)

// A Trial is sets with the numbers that the learning needs. Learning goes on libraries without and with what other questionnaires teach.
type Trial struct {
	home    *match.Weights // where the learning starts, and near to which it is held
	sources []string
	plain   []*example
	mu      sync.Mutex // for what follows
	libs    map[[2]string]*match.Library
	seen    map[key]*example
}

type key struct {
	without [2]string
	c       *Case
}

//go:embed home.txt
var homeText string

// New begins a trial. The sources of different sets have different names.
func New(sets ...*Set) (*Trial, error) {
	home, err := match.ReadWeights(homeText)
	if err != nil {
		return nil, err
	}
	t := &Trial{home: home, libs: map[[2]string]*match.Library{}, seen: map[key]*example{}}
	for _, s := range sets {
		plain := match.New(s.Answers)
		for i := range s.Cases {
			c := &s.Cases[i]
			c.set = s
			t.sources = append(t.sources, c.Source)
			t.plain = append(t.plain, &example{c, s.Answers, plain.Study(c.question())})
		}
	}
	slices.Sort(t.sources)
	t.sources = slices.Compact(t.sources)
	return t, nil
}

// taught gives the example of a case beside a library that was taught by all sources but the case's own and another one.
func (t *Trial) taught(c *Case, other string) *example {
	t.mu.Lock()
	defer t.mu.Unlock()
	without := [2]string{min(c.Source, other), max(c.Source, other)}
	k := key{without, c}
	if e, ok := t.seen[k]; ok {
		return e
	}
	answers := c.set.taught(without[:]...)
	l, ok := t.libs[without]
	if !ok {
		l = match.New(answers)
		t.libs[without] = l
	}
	e := &example{c, answers, l.Study(c.question())}
	t.seen[k] = e
	return e
}

// examples gives what is learnt from when a source is left out; "" leaves none out.
func (t *Trial) examples(without string) []*example {
	var all []*example
	for _, e := range t.plain {
		if e.c.Source == without {
			continue
		}
		all = append(all, e)
		if !e.c.set.alone() {
			all = append(all, t.taught(e.c, cmp.Or(without, e.c.Source)))
		}
	}
	return all
}

// folds is how many groups of questionnaires the trust is learnt over, each with a rank that was learnt from the others.
const folds = 3

// Learn learns weights from all sources but one; "" leaves none out.
func (t *Trial) Learn(without string) *match.Weights {
	all := t.examples(without)
	group := func(e *example) int { return slices.Index(t.sources, e.c.Source) % folds }
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

// Cross judges every case by weights learnt from the other sources: without aliases, and with those that the other sources teach. What stands in a
// set of one source, which nothing else can teach, comes third.
func (t *Trial) Cross() (plain, taught, alone []verdict) {
	learnt := make([]*match.Weights, len(t.sources))
	var wait sync.WaitGroup
	places := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, source := range t.sources {
		wait.Go(func() {
			places <- struct{}{}
			learnt[i] = t.Learn(source)
			<-places
		})
	}
	wait.Wait()
	for i, source := range t.sources {
		for _, e := range t.plain {
			switch {
			case e.c.Source != source:
			case e.c.set.alone():
				alone = append(alone, judge(e, learnt[i]))
			default:
				plain = append(plain, judge(e, learnt[i]))
				taught = append(taught, judge(t.taught(e.c, source), learnt[i]))
			}
		}
	}
	fill(plain, taught, alone)
	return plain, taught, alone
}

// fill tells of each verdict whether it would have been filled in, had the threshold been chosen by the verdicts on other sources.
func fill(all ...[]verdict) {
	at := map[string]float64{}
	for _, verdicts := range all {
		for i := range verdicts {
			v := &verdicts[i]
			if _, ok := at[v.c.Source]; !ok {
				var others []verdict
				for _, o := range slices.Concat(all[:2]...) {
					if o.c.Source != v.c.Source {
						others = append(others, o)
					}
				}
				at[v.c.Source] = Threshold(others)
			}
			v.filled = v.confidence >= at[v.c.Source]
		}
	}
}

// alone tells whether all cases of a set have one source.
func (s *Set) alone() bool {
	return !slices.ContainsFunc(s.Cases, func(c Case) bool { return c.Source != s.Cases[0].Source })
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

// Threshold gives the confidence from which an answer may be filled in: of the verdicts, 95 % are right from there on, and a margin more.
func Threshold(verdicts ...[]verdict) float64 {
	threshold, _, _ := sweep(slices.Concat(verdicts...), .95+margin)
	return threshold
}

// Judge judges the cases of a set by given weights.
func Judge(s *Set, w *match.Weights) []verdict {
	l := match.New(s.Answers)
	var all []verdict
	for i := range s.Cases {
		c := &s.Cases[i]
		all = append(all, judge(&example{c, s.Answers, l.Study(c.question())}, w))
	}
	return all
}

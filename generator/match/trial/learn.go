package trial

import (
	"math"

	"candor/generator/match"
)

// An example is a case with its numbers beside a library.
type example struct {
	c       *Case
	answers []match.Answer
	studies match.Studies
}

func (e *example) right(answer int) bool { return e.c.right(e.answers[answer].ID) }

// How the learning goes: rounds of choosing the best wording of each answer and then going downhill, in steps, held near the weights that a person chose.
const (
	rounds    = 2
	steps     = 200
	pace      = .05
	heldRank  = .01
	heldTrust = .004
)

// learnRank learns what the features weigh, from the cases that have a right answer.
func learnRank(examples []*example, from *match.Weights) *match.Weights {
	w := &match.Weights{Rank: append([]float64(nil), from.Rank...), Trust: from.Trust, Sure: from.Sure}
	for range rounds {
		var lists [][]match.Study
		var rights [][]bool
		for _, e := range examples {
			if e.c.Right == "" {
				continue
			}
			list := e.studies.Ranked(w, nil)
			list = list[:min(len(list), 25)]
			right, any := make([]bool, len(list)), false
			for i, s := range list {
				right[i] = e.right(s.Answer)
				any = any || right[i]
			}
			if any {
				lists, rights = append(lists, list), append(rights, right)
			}
		}
		downhill(w.Rank, from.Rank, heldRank, func(x, slope []float64) { slopeOfRank(lists, rights, x, slope) })
	}
	return w
}

// slopeOfRank gives the slope of the mean of -log P(right), where P goes with exp(score).
func slopeOfRank(lists [][]match.Study, rights [][]bool, x, slope []float64) {
	for n, list := range lists {
		ps := make([]float64, len(list))
		top := math.Inf(-1)
		for i, s := range list {
			ps[i] = dot(x, s.Features)
			top = math.Max(top, ps[i])
		}
		all, good := 0.0, 0.0
		for i := range ps {
			ps[i] = math.Exp(ps[i] - top)
			all += ps[i]
			if rights[n][i] {
				good += ps[i]
			}
		}
		for i, s := range list {
			d := ps[i] / all
			if rights[n][i] {
				d -= ps[i] / good
			}
			d /= float64(len(lists))
			for k, f := range s.Features {
				slope[k] += d * f
			}
		}
	}
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range b {
		sum += a[i] * b[i]
	}
	return sum
}

// downhill goes down the slope by Adam's method; it is the same on every run.
func downhill(x, home []float64, held float64, slopeAt func(x, slope []float64)) {
	m, v := make([]float64, len(x)), make([]float64, len(x))
	for step := 1; step <= steps; step++ {
		slope := make([]float64, len(x))
		slopeAt(x, slope)
		for i := range x {
			g := slope[i] + held*(x[i]-home[i])
			m[i] = .9*m[i] + .1*g
			v[i] = .99*v[i] + .01*g*g
			x[i] -= pace * (m[i] / (1 - math.Pow(.9, float64(step)))) / (math.Sqrt(v[i]/(1-math.Pow(.99, float64(step)))) + 1e-8)
		}
	}
}

// A lesson is a candidate with whether it was right.
type lesson struct {
	x      []float64
	right  float64
	weight float64
}

// lessons gives what the candidates of an example teach about trust. Each case is told a second time without its right answers: then everything is wrong.
func lessons(e *example, w *match.Weights) []lesson {
	var all []lesson
	add := func(list []match.Study, weight float64) {
		for i, s := range list[:min(len(list), 5)] {
			l := lesson{append(append([]float64(nil), s.Trusted...), 1), 0, weight}
			if i > 0 {
				l.weight *= .2
			}
			if e.right(s.Answer) {
				l.right = 1
			}
			all = append(all, l)
		}
	}
	weight := 1.0
	if e.c.set.alone() {
		weight = .5 // written to be hard
	}
	add(e.studies.Ranked(w, nil), weight)
	if e.c.Right != "" {
		add(e.studies.Ranked(w, e.right), .2*weight)
	}
	return all
}

// learnTrust learns how likely candidates are right.
func learnTrust(all []lesson, w *match.Weights, home []float64) {
	w.Trust = append([]float64(nil), home...)
	total := 0.0
	for _, l := range all {
		total += l.weight
	}
	for range 2 {
		downhill(w.Trust, home, heldTrust, func(x, slope []float64) {
			for _, l := range all {
				p := 1 / (1 + math.Exp(-dot(x, l.x)))
				for i, f := range l.x {
					slope[i] += (p - l.right) * f * l.weight / total
				}
			}
		})
	}
}

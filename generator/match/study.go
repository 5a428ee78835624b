package match

// Studies are the numbers of a question beside all wordings that it was compared with. The weights are learnt from them.
type Studies struct {
	all   []contender
	parts int
}

// A Study is the numbers of a question beside an answer.
type Study struct {
	Answer   int
	Features []float64 // as Features names them
	Trusted  []float64 // as Trusted names them
	Score    float64
	Vetoed   bool // whatever the numbers, it is not filled in
}

// Study gives the numbers of a question, whole and in parts.
func (l *Library) Study(q Question) Studies {
	a := l.prepare(q)
	return Studies{l.everything(a), len(a.parts)}
}

// Ranked gives the numbers of each answer but those that are left out, best first under the weights.
func (s Studies) Ranked(w *Weights, without func(answer int) bool) []Study {
	kept := make([]contender, 0, len(s.all))
	for _, c := range s.all {
		if without == nil || !without(c.answer) {
			kept = append(kept, c)
		}
	}
	all := w.order(kept)
	studies := make([]Study, len(all))
	for i, c := range all {
		studies[i] = Study{c.answer, append([]float64(nil), c.features[:]...), trusted(all, i, s.parts), c.score, vetoed(&c.features)}
	}
	return studies
}

// Confidence gives how likely it is that an answer with these numbers is the right one.
func (w *Weights) Confidence(s Study) float64 { return w.confidence(s.Trusted, s.Vetoed) }

// With gives the library with other weights.
func (l *Library) With(w *Weights) *Library {
	other := *l
	other.weights = w
	return &other
}

package match

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"

	"candor/generator/wording"
)

//go:embed weights.txt
var weightsText string

// Weights are what the features weigh: Rank for the order of the answers, Trust for how likely a candidate is the right one. They are learnt by
// generator/match/trial and kept in weights.txt.
type Weights struct {
	Rank  []float64 // one for each of Features
	Trust []float64 // one for each of Trusted, and one by itself at the end
	Sure  float64   // from which confidence on an answer may be filled in
}

var committed = sync.OnceValue(func() *Weights {
	w, err := ReadWeights(weightsText)
	if err != nil {
		panic(err)
	}
	return w
})

// Learnt gives the weights of weights.txt.
func Learnt() *Weights { return committed() }

// ReadWeights reads weights in the form of weights.txt: a name and a number on each line. A feature that is not named weighs nothing.
func ReadWeights(text string) (*Weights, error) {
	numbers := map[string]float64{}
	for line := range wording.Lines(text) {
		name, number, _ := strings.Cut(line, " ")
		n, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
		if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
			return nil, fmt.Errorf("%q in the weights: want a name and a number", line)
		}
		numbers[name] = n
	}
	w := &Weights{Sure: numbers["sure"]}
	for _, n := range Features() {
		w.Rank = append(w.Rank, numbers["rank."+n])
	}
	for _, n := range append(Trusted(), "alone") {
		w.Trust = append(w.Trust, numbers["trust."+n])
	}
	return w, nil
}

// String writes weights in the form that ReadWeights reads.
func (w *Weights) String() string {
	var b strings.Builder
	for i, n := range Features() {
		fmt.Fprintf(&b, "rank.%s %.3f\n", n, w.Rank[i])
	}
	for i, n := range append(Trusted(), "alone") {
		fmt.Fprintf(&b, "trust.%s %.3f\n", n, w.Trust[i])
	}
	fmt.Fprintf(&b, "sure %.3f\n", w.Sure)
	return b.String()
}

func (w *Weights) rank(v *vector) float64 {
	sum := 0.0
	for i, f := range v {
		sum += w.Rank[i] * f
	}
	return sum
}

// Trusted gives the names of what tells how likely a candidate is the right one.
func Trusted() []string {
	return []string{"score", "share", "margin", "intents", "there", "text", "same", "parts", "thing-there-only", "whose-asked-only", "subject", "framework",
		"top-intent", "missing-rare", "short", "apart", "apart-back"}
}

// trusted gives what tells how likely the candidate at a place is the right one.
func trusted(all []contender, at, parts int) []float64 {
	c := all[at]
	sum, rival := 0.0, math.Inf(-1)
	for i, o := range all {
		sum += math.Exp(o.score - all[0].score)
		if i != at && o.score > rival {
			rival = o.score
		}
	}
	margin := 3.0
	if len(all) > 1 {
		margin = math.Max(math.Min(c.score-rival, 3), -3)
	}
	f := c.features
	short := 0.0
	if c.of.short {
		short = 1
	}
	facet := func(kind, which int) float64 { return f[fFacets+4*kind+which] }
	return []float64{c.score / 5, math.Exp(c.score-all[0].score) / sum, margin, f[fIntents], f[fThere], f[fText], f[fSame], math.Min(float64(parts), 4) / 4, facet(things, 3),
		facet(whose, 2), f[fSubject], f[fFramework], f[fTopIntent], f[fMissingRare], short, f[fApart], f[fApartBack]}
}

// doubtful is the confidence that a vetoed candidate has at most.
const doubtful = .5

func (w *Weights) confidence(x []float64, vetoed bool) float64 {
	sum := w.Trust[len(x)]
	for i, v := range x {
		sum += w.Trust[i] * v
	}
	c := 1 / (1 + math.Exp(-sum))
	if vetoed {
		return min(c, doubtful)
	}
	return c
}

package match

import (
	_ "embed"
	"math"
	"slices"
	"strings"
	"sync"

	"candor/generator/wording"
)

//go:embed intents.txt
var intentsText string

// An intent is one line of intents.txt, and the theme that it stands in.
type intent struct {
	name, theme string
}

// posting says that a term is in a phrase, or in an intent as a whole.
type posting struct {
	in     int
	weight float64
}

type knowledge struct {
	intents  []intent
	phraseOf []int // the intent of a phrase
	termsIn  map[string][]posting
	stemsIn  map[string][]posting
	wholeIn  map[string][]posting // intents, not phrases
	terms    frequency
	stems    frequency
}

var known = sync.OnceValue(func() *knowledge {
	k := &knowledge{termsIn: map[string][]posting{}, stemsIn: map[string][]posting{}, wholeIn: map[string][]posting{}}
	var phrases [][2][]string
	whole := map[int][]string{}
	theme := ""
	for line := range strings.Lines(intentsText) {
		line = strings.TrimSpace(line)
		if t, ok := strings.CutPrefix(line, "## "); ok {
			theme = t
			continue
		}
		name, said, ok := strings.Cut(line, ":")
		if !ok || line[0] == '#' {
			continue
		}
		k.intents = append(k.intents, intent{name, theme})
		for phrase := range strings.SplitSeq(strings.ReplaceAll(name, "-", " ")+";"+said, ";") {
			terms, words := wording.Terms(phrase), stems(phrase)
			k.terms.add(terms)
			k.stems.add(words)
			phrases = append(phrases, [2][]string{terms, words})
			k.phraseOf = append(k.phraseOf, len(k.intents)-1)
			whole[len(k.intents)-1] = append(whole[len(k.intents)-1], terms...)
		}
	}
	for i, p := range phrases {
		index(k.termsIn, i, k.terms.bag(p[0]))
		index(k.stemsIn, i, k.stems.bag(p[1]))
	}
	for i := range k.intents {
		index(k.wholeIn, i, k.terms.bag(whole[i]))
	}
	return k
})

func index(in map[string][]posting, i int, b bag) {
	for _, t := range b {
		in[t.name] = append(in[t.name], posting{i, t.weight})
	}
}

// nearest is how many intents a text is near to, at most.
const nearest = 8

// intentsOf gives the intents that a text with these terms and stems is near to, and how near it is to the nearest.
func intentsOf(terms, words []string) (bag, float64) {
	k := known()
	phrases := make([]float64, len(k.phraseOf))
	for _, t := range k.terms.bag(terms) {
		for _, p := range k.termsIn[t.name] {
			phrases[p.in] += .7 * t.weight * p.weight
		}
	}
	for _, t := range k.stems.bag(words) {
		for _, p := range k.stemsIn[t.name] {
			phrases[p.in] += .3 * t.weight * p.weight
		}
	}
	near := make([]float64, len(k.intents))
	for i, s := range phrases {
		near[k.phraseOf[i]] = max(near[k.phraseOf[i]], s)
	}
	for _, t := range k.terms.bag(terms) {
		for _, p := range k.wholeIn[t.name] {
			near[p.in] += .7 * t.weight * p.weight
		}
	}
	var b bag
	for i, s := range near {
		if s > .1 {
			b = append(b, weighted{k.intents[i].name, s * s})
		}
	}
	slices.SortStableFunc(b, func(x, y weighted) int { return -compare(x.weight, y.weight) })
	b = b[:min(len(b), nearest)]
	strength := 0.0
	if len(b) > 0 {
		strength = math.Sqrt(b[0].weight)
	}
	slices.SortFunc(b, func(x, y weighted) int { return strings.Compare(x.name, y.name) })
	return b.unit(), strength
}

func compare(a, b float64) int {
	switch {
	case a < b || math.IsNaN(a) && !math.IsNaN(b):
		return -1
	case a > b:
		return 1
	}
	return 0
}

// themes gives the themes of a bag of intents.
func themes(intents bag) bag {
	k := known()
	sum := map[string]float64{}
	for _, i := range k.intents {
		if w := intents.weight(i.name); w > 0 {
			sum[i.theme] += w * w
		}
	}
	b := make(bag, 0, len(sum))
	for t, w := range sum {
		b = append(b, weighted{t, w})
	}
	slices.SortFunc(b, func(x, y weighted) int { return strings.Compare(x.name, y.name) })
	return b.unit()
}

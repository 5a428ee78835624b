package match

import (
	_ "embed"
	"math"
	"slices"
	"strings"
	"sync"

	"candor/generator/wording"
)

// A profile is a text as the comparing sees it.
type profile struct {
	length  float64  // of the terms as a vector, before they were brought to length 1
	terms   bag      // what it speaks of: groups of synonyms, and stems of the other words
	stems   bag      // its words as they are
	pairs   []string // its stems, two by two, in alphabetical order
	intents bag      // what of intents.txt it is near to
	top     string   // the nearest of these
	nearTop float64  // how near that is
	themes  bag
	facets  facets
	short   bool
	plain   string // its words with one space in between
}

// A bag is weighted terms, in the order of their names, of length 1 as a vector.
type bag []weighted

type weighted struct {
	name   string
	weight float64
}

// longestText is how much of a text is read, in bytes: no question says anything new after that.
const longestText = 4000

//go:embed boilerplate.txt
var boilerplateText string

var boilerplate = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for line := range wording.Lines(boilerplateText) {
		for _, w := range strings.Fields(line) {
			all[wording.Stem(w)] = true
		}
	}
	return all
})

// littleWeight is what a word of boilerplate.txt weighs beside another.
const littleWeight = .2

// A frequency tells how rare terms are in a number of texts.
type frequency struct {
	texts int
	in    map[string]int
}

func (f *frequency) add(terms []string) {
	if f.in == nil {
		f.in = map[string]int{}
	}
	f.texts++
	for _, t := range distinct(terms) {
		f.in[t]++
	}
}

func distinct(terms []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(terms)))
}

// weigh gives the weight of a term: the rarer, the heavier.
func (f *frequency) weigh(term string) float64 {
	n := float64(f.in[term])
	if n == 0 {
		n = 2 // a name of the customer's own, or a slip: it cannot be found, and should not hide what can
	}
	w := math.Log(1 + float64(f.texts)/n)
	if boilerplate()[term] {
		w *= littleWeight
	}
	return w
}

func (f *frequency) bag(terms []string) bag { return f.weighed(terms).unit() }

func (f *frequency) weighed(terms []string) bag {
	terms = slices.Sorted(slices.Values(terms))
	var b bag
	for i := 0; i < len(terms); {
		n := i + 1
		for n < len(terms) && terms[n] == terms[i] {
			n++
		}
		b = append(b, weighted{terms[i], f.weigh(terms[i]) * (1 + math.Log(float64(n-i)))})
		i = n
	}
	return b
}

// length gives the length of a bag as a vector.
func (b bag) length() float64 {
	sum := 0.0
	for _, t := range b {
		sum += t.weight * t.weight
	}
	return math.Sqrt(sum)
}

// unit brings a bag to length 1.
func (b bag) unit() bag {
	if n := b.length(); n > 0 {
		for i := range b {
			b[i].weight /= n
		}
	}
	return b
}

// dot gives how alike two bags are, from 0 to 1.
func (b bag) dot(c bag) float64 {
	sum := 0.0
	b.both(c, func(x, y weighted) { sum += x.weight * y.weight })
	return sum
}

// both visits what two bags share.
func (b bag) both(c bag, visit func(x, y weighted)) {
	for i, j := 0, 0; i < len(b) && j < len(c); {
		switch d := strings.Compare(b[i].name, c[j].name); {
		case d < 0:
			i++
		case d > 0:
			j++
		default:
			visit(b[i], c[j])
			i, j = i+1, j+1
		}
	}
}

// covered gives which share of the squared weight of b is in one of the others.
func (b bag) covered(others ...bag) float64 {
	sum := 0.0
	for _, t := range b {
		for _, o := range others {
			if o.weight(t.name) > 0 {
				sum += t.weight * t.weight
				break
			}
		}
	}
	return sum
}

func (b bag) weight(name string) float64 {
	if i, ok := slices.BinarySearchFunc(b, name, func(t weighted, name string) int { return strings.Compare(t.name, name) }); ok {
		return b[i].weight
	}
	return 0
}

// stems gives the stems of the words of a text, without the plain ones.
func stems(text string) []string {
	var all []string
	for _, w := range wording.Words(text) {
		if !wording.Plain(w) {
			all = append(all, wording.Stem(w))
		}
	}
	return all
}

func clip(text string) string {
	if len(text) > longestText {
		return strings.ToValidUTF8(text[:longestText], "")
	}
	return text
}

// look makes the profile of a text.
func (l *Library) look(text string) *profile {
	text = clip(text)
	terms, words := wording.Terms(text), stems(text)
	intents, strength := intentsOf(terms, words)
	weighed := l.terms.within(l.terms.weighed(terms), text)
	return &profile{
		length:  weighed.length(),
		terms:   weighed.unit(),
		stems:   l.stems.bag(words),
		pairs:   pairs(words),
		intents: intents,
		top:     intents.top(),
		nearTop: strength,
		themes:  themes(intents),
		facets:  facetsOf(text),
		short:   len(words) <= 4,
		plain:   strings.Join(wording.Words(text), " "),
	}
}

func pairs(words []string) []string {
	var all []string
	for i := 1; i < len(words); i++ {
		all = append(all, words[i-1]+" "+words[i])
	}
	return distinct(all)
}

// top gives the name of the heaviest term, "" of an empty bag.
func (b bag) top() string {
	name, heaviest := "", 0.0
	for _, t := range b {
		if t.weight > heaviest {
			name, heaviest = t.name, t.weight
		}
	}
	return name
}

// near gives the weight of a term as a share of the heaviest one's.
func (b bag) near(name string) float64 {
	heaviest := 0.0
	for _, t := range b {
		heaviest = max(heaviest, t.weight)
	}
	if heaviest == 0 {
		return 0
	}
	return b.weight(name) / heaviest
}

// innerWeight is what a word weighs that stands in the phrase of another group: "backups stored elsewhere" is the place of backups, and a little about
// backups.
const innerWeight = .5

// within adds to the bag of a text the groups of single words that stand in the phrases of other groups.
func (f *frequency) within(b bag, text string) bag {
	n := len(b)
	for _, w := range distinct(wording.Words(text)) {
		t := wording.Terms(w)
		if len(t) != 1 || !strings.HasPrefix(t[0], wording.Mark) || b[:n].weight(t[0]) > 0 || slices.ContainsFunc(b[n:], func(o weighted) bool { return o.name == t[0] }) {
			continue
		}
		b = append(b, weighted{t[0], innerWeight * f.weigh(t[0])})
	}
	slices.SortFunc(b, func(x, y weighted) int { return strings.Compare(x.name, y.name) })
	return b
}

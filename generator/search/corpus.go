package search

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"candor/generator/markdown"
)

// The fields of an entry. Boost is what a word counts in it, and narrow how far a long text makes each of its words count less (BM25F's b).
var fields = [...]struct{ boost, narrow float64 }{
	question:  {boost: 4, narrow: .3},
	alsoAsked: {boost: 3, narrow: .3},
	answer:    {boost: 1, narrow: .6},
	rest:      {boost: .6, narrow: .6},
}

const (
	question = iota
	alsoAsked
	answer
	rest
	fieldCount
)

// saturation is BM25's k1: how soon it counts no more that a word comes again. It goes with the boosts.
const saturation = 3

// levels are how finely weights are told apart, beside 0.
const levels = 6

// A corpus is entries as terms.
type corpus struct {
	documents []document
	mean      [fieldCount]float64 // terms in a field
	frequency map[string]int      // of documents
	weighed   [][]weighed         // by document
	says      []float64           // of all terms that no question has, the most first
}

// A document is an entry as terms, sorted.
type document struct {
	terms  []counted
	length [fieldCount]float64
	ids    []string
}

// A counted term says how often it comes in each field.
type counted struct {
	term   string
	counts [fieldCount]float32
}

// A posting says how much a term says of an answer.
type posting struct{ answer, weight int }

// A weighed term says how much it says of its answer.
type weighed struct {
	term   string
	asked  bool // it stands in one of the questions
	says   float64
	weight int
}

// documentOf reads an entry.
func (r *Reader) documentOf(e Entry) document {
	var d document
	counts := map[string]*counted{}
	add := func(field int, text string) {
		for _, term := range r.terms(text) {
			c := counts[term]
			if c == nil {
				c = &counted{term: term}
				counts[term] = c
			}
			c.counts[field]++
			d.length[field]++
		}
	}
	add(question, e.Question)
	for _, q := range e.AlsoAsked {
		add(alsoAsked, q)
	}
	// Many wordings of one question are no more about its words than one is.
	if n := len(e.AlsoAsked); n > 1 {
		for _, c := range counts {
			c.counts[alsoAsked] = min(c.counts[alsoAsked], 2)
		}
		d.length[alsoAsked] /= float64(n)
	}
	add(answer, markdown.PlainText(e.Markdown))
	for _, text := range e.Rest {
		add(rest, text)
	}
	for _, c := range counts {
		d.terms = append(d.terms, *c)
	}
	slices.SortFunc(d.terms, func(a, b counted) int { return strings.Compare(a.term, b.term) })
	for _, id := range e.IDs {
		if id = idTerm(id); id != "" && !slices.Contains(d.ids, id) {
			d.ids = append(d.ids, id)
		}
	}
	return d
}

// idTerm gives the term of an id: "#cc6.1" for "CC6.1".
func idTerm(id string) string {
	id = strings.ToLower(strings.Join(strings.Fields(id), ""))
	if id == "" || strings.Contains(id, "|") {
		return ""
	}
	return idMark + id
}

// corpusOf weighs all documents against each other.
func corpusOf(documents []document) *corpus {
	c := &corpus{documents: documents, frequency: map[string]int{}}
	for _, d := range documents {
		for f, n := range d.length {
			c.mean[f] += n / float64(len(documents))
		}
		for _, t := range d.terms {
			c.frequency[t.term]++
		}
	}
	rarity := c.rarity()
	for _, d := range documents {
		list := c.weigh(d, rarity)
		c.weighed = append(c.weighed, list)
		for _, w := range list {
			if !w.asked {
				c.says = append(c.says, w.says)
			}
		}
	}
	slices.SortFunc(c.says, func(a, b float64) int { return cmp.Compare(b, a) })
	return c
}

// weigh gives the terms of a document with their weights, in their order.
func (c *corpus) weigh(d document, rarity []float64) []weighed {
	list := make([]weighed, 0, len(d.terms))
	for _, t := range d.terms {
		sum := 0.0
		for f, n := range t.counts {
			if n > 0 {
				// float64 keeps a processor from joining two steps into one, which would round otherwise.
				sum += float64(fields[f].boost * float64(n) / (1 - fields[f].narrow + float64(fields[f].narrow*d.length[f]/c.mean[f])))
			}
		}
		share := sum / (saturation + sum)
		list = append(list, weighed{term: t.term, asked: t.counts[question]+t.counts[alsoAsked] > 0, says: share * rarity[c.frequency[t.term]], weight: max(1, int(math.Round(share*levels)))})
	}
	return list
}

// rarity is what a term says by being in so many of the documents (BM25's idf), by their number.
func (c *corpus) rarity() []float64 {
	table := make([]float64, len(c.documents)+1)
	for n := range table {
		table[n] = math.Log(1 + (float64(len(c.documents)-n)+.5)/(float64(n)+.5))
	}
	return table
}

// postings gives the answers of each term, in their order: all that questions have, and of the others at most so many, those that say most. It also gives how
// many of the others there are.
func (c *corpus) postings(most int) (map[string][]posting, int) {
	all := map[string][]posting{}
	least, extra := c.least(most)
	for i, d := range c.documents {
		for _, w := range c.weighed[i] {
			if w.asked || w.says >= least {
				all[w.term] = append(all[w.term], posting{i, w.weight})
			}
		}
		for _, id := range d.ids {
			all[id] = append(all[id], posting{i, levels})
		}
	}
	return all, extra
}

// least gives how much a term that no question has must say of an answer, so that there are no more than most of them, and how many then are left.
func (c *corpus) least(most int) (float64, int) {
	if most >= len(c.says) {
		return 0, len(c.says)
	}
	least := c.says[max(0, most)] // the first that is too many
	kept, _ := slices.BinarySearchFunc(c.says, least, func(a, b float64) int { return cmp.Compare(b, a) })
	return math.Nextafter(least, math.Inf(1)), kept
}

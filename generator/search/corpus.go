package search

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"candor/generator/wording"
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

// saturation is BM25's k1: how soon it counts no more that a word comes again.
const saturation = 1.6

// levels are how finely weights are told apart, beside 0.
const levels = 6

// A corpus is entries as terms.
type corpus struct {
	documents []document
	mean      [fieldCount]float64 // terms in a field
	frequency map[string]int      // of documents
}

type document struct {
	counts map[string]*[fieldCount]float64
	length [fieldCount]float64
	ids    []string
}

// A posting says how much a term says of an answer.
type posting struct{ answer, weight int }

func read(entries []Entry) *corpus {
	c := &corpus{frequency: map[string]int{}}
	for _, e := range entries {
		d := document{counts: map[string]*[fieldCount]float64{}}
		d.add(question, e.Question)
		for _, q := range e.AlsoAsked {
			d.add(alsoAsked, q)
		}
		// Many wordings of one question are no more about its words than one is.
		if n := float64(len(e.AlsoAsked)); n > 1 {
			for _, counts := range d.counts {
				counts[alsoAsked] = min(counts[alsoAsked], 2)
			}
			d.length[alsoAsked] /= n
		}
		d.add(answer, plainText(e.Markdown))
		for _, text := range e.Rest {
			d.add(rest, text)
		}
		for _, id := range e.IDs {
			if id = idTerm(id); id != "" && !slices.Contains(d.ids, id) {
				d.ids = append(d.ids, id)
			}
		}
		for f, n := range d.length {
			c.mean[f] += n / float64(len(entries))
		}
		for term := range d.counts {
			c.frequency[term]++
		}
		c.documents = append(c.documents, d)
	}
	return c
}

func (d *document) add(field int, text string) {
	for _, term := range wording.Terms(text) {
		counts := d.counts[term]
		if counts == nil {
			counts = &[fieldCount]float64{}
			d.counts[term] = counts
		}
		counts[field]++
		d.length[field]++
	}
}

// idTerm gives the term of an id: "#cc6.1" for "CC6.1".
func idTerm(id string) string {
	id = strings.ToLower(strings.Join(strings.Fields(id), ""))
	if id == "" || strings.Contains(id, "|") {
		return ""
	}
	return idMark + id
}

// postings gives the answers of each term, in their order, with at most so many terms of an answer's text.
func (c *corpus) postings(most int) map[string][]posting {
	all := map[string][]posting{}
	for i, d := range c.documents {
		for _, w := range c.weigh(d, most) {
			all[w.term] = append(all[w.term], posting{i, w.weight})
		}
		for _, id := range d.ids {
			all[id] = append(all[id], posting{i, levels})
		}
	}
	return all
}

type weighed struct {
	term   string
	asked  bool // it stands in one of the questions
	says   float64
	weight int
}

// weigh gives the terms of a document with their weights: all that its questions have, and of the others those that say most.
func (c *corpus) weigh(d document, most int) []weighed {
	var list []weighed
	for term, counts := range d.counts {
		sum := 0.0
		for f, n := range counts {
			if n > 0 {
				// float64 keeps a processor from joining two steps into one, which would round otherwise.
				sum += float64(fields[f].boost * n / (1 - fields[f].narrow + float64(fields[f].narrow*d.length[f]/c.mean[f])))
			}
		}
		share := sum / (saturation + sum)
		list = append(list, weighed{term: term, asked: counts[question]+counts[alsoAsked] > 0, says: share * c.rarity(term), weight: max(1, int(math.Round(share*levels)))})
	}
	slices.SortFunc(list, func(a, b weighed) int {
		switch {
		case a.asked != b.asked && a.asked:
			return -1
		case a.asked != b.asked:
			return 1
		}
		return cmp.Or(cmp.Compare(b.says, a.says), strings.Compare(a.term, b.term))
	})
	asked := 0
	for asked < len(list) && list[asked].asked {
		asked++
	}
	return list[:min(len(list), asked+most)]
}

// rarity is what a term says by being rare (BM25's idf).
func (c *corpus) rarity(term string) float64 {
	n := float64(c.frequency[term])
	return math.Log(1 + (float64(len(c.documents))-n+.5)/(n+.5))
}

// Package search makes the index by which readers search the answers of a site in their browser.
//
// In come answers as everybody may read them, in the order of their page; out comes one file, which the page's script loads when somebody searches. It
// holds terms, never texts: the terms of package wording, so that a question finds an answer that uses other words, and for each term the answers that
// have it and how much it says there. What it weighs is BM25F's: a word of the question counts more than one of the answer, and a word of a short text
// more than one of a long one. themes/default/answers/index.js reads it. Nothing here decides what is public.
package search

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"candor/generator/wording"
)

// Version is that of the file's format.
const Version = 1

// An Entry is what one answer is found by.
type Entry struct {
	Question  string
	AlsoAsked []string // the same question in other words
	Markdown  []byte   // the answer
	Rest      []string // what else stands with it: scope, exceptions
	IDs       []string // "CC6.1": ids by which questionnaires ask; found as a whole
}

// An index is the file.
type index struct {
	Version int      `json:"version"`
	Answers int      `json:"answers"` // how many there are; they are numbered as they stand on the page
	Plain   string   `json:"plain"`   // words that are no terms
	Groups  []string `json:"groups"`  // the name of a group and its phrases, as stems, apart by tabs
	Terms   string   `json:"terms"`   // apart by "|", sorted
	At      string   `json:"at"`      // for each term, apart by spaces: the numbers of its answers, each as its distance from the one before
	Weights string   `json:"weights"` // for each of these numbers a digit
}

// Index makes the file. The same entries make the same bytes.
func Index(entries []Entry) ([]byte, error) { return (&Reader{}).Index(entries) }

// file makes the file, within its limit.
func (c *corpus) file() ([]byte, error) {
	limit := Limit(len(c.documents))
	// Few answers say more than a hundred things that matter. Where many do, what says least is left out, so that the file stays small for a reader on a phone.
	for most := unlimited; ; {
		x, extra := c.index(most)
		data, err := json.Marshal(x)
		if err != nil {
			return nil, fmt.Errorf("write the index of the answers: %w", err)
		}
		size, err := compressed(data)
		if err != nil || size <= limit || most == 0 {
			return data, err
		}
		// As much less as it is too large, and a little more: what is rare takes more room than what is common.
		most = min(most-1, extra*limit/size-extra/20)
	}
}

// Limit is how many bytes the index of n answers may take once it is compressed: 134 kB for 2,000, so that a host that compresses at its fastest stays within 150, and
// in proportion for more.
func Limit(n int) int { return max(134_000, 67*n) }

// compressed gives how many bytes gzip makes of data.
func compressed(data []byte) (int, error) {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(data); err != nil {
		return 0, err
	}
	err := w.Close()
	return out.Len(), err
}

// idMark begins a term that is an id as a whole.
const idMark = "#"

// unlimited is more postings than there can be.
const unlimited = 1 << 40

// index makes the file with at most so many postings besides those of questions, and gives how many these are.
func (c *corpus) index(most int) (index, int) {
	x := index{Version: Version, Answers: len(c.documents), Plain: strings.Join(wording.PlainWords(), " "), Groups: groups()}
	postings, extra := c.postings(most)
	terms := make([]string, 0, len(postings))
	for term := range postings {
		terms = append(terms, term)
	}
	slices.Sort(terms)
	var at, weights []byte
	for i, term := range terms {
		if i > 0 {
			at = append(at, ' ')
		}
		last := -1
		for _, p := range postings[term] {
			at = appendNumber(at, p.answer-last-1)
			weights = append(weights, byte('0'+p.weight))
			last = p.answer
		}
	}
	x.Terms, x.At, x.Weights = strings.Join(terms, "|"), string(at), string(weights)
	return x, extra
}

// groups gives the groups of synonyms with their phrases as stems.
var groups = sync.OnceValue(func() []string {
	var lines []string
	for _, g := range wording.Groups() {
		fields := []string{g.Name}
		for _, phrase := range g.Phrases {
			var stems []string
			for _, w := range wording.Words(phrase) {
				stems = append(stems, wording.Stem(w))
			}
			if s := strings.Join(stems, " "); !slices.Contains(fields[1:], s) {
				fields = append(fields, s)
			}
		}
		lines = append(lines, strings.Join(fields, "\t"))
	}
	return lines
})

// The digits of numbers: letters that JSON writes as they are, and neither a space nor a quotation mark. A number ends with one of the first last digits; the
// others lead. Most numbers take one letter, and compression makes less than one of it.
const (
	digits  = "#$%()*+,-./0123456789:;?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~!"
	endings = 60
)

func appendNumber(out []byte, n int) []byte {
	var rest []byte
	last := digits[n%endings]
	leading := len(digits) - endings
	for n /= endings; n > 0; n = (n - 1) / leading {
		rest = append(rest, digits[endings+(n-1)%leading])
	}
	slices.Reverse(rest)
	return append(append(out, rest...), last)
}

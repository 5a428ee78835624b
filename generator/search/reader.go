package search

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"

	"candor/generator/wording"
)

// A Reader makes one index after the other, and reads an entry again only when it is another. It is for one index at a time; the zero Reader is ready.
type Reader struct {
	before, now map[[sha256.Size]byte]document
	names       map[string]string // each term once
}

// Index makes the file. The same entries make the same bytes, whatever was read before.
func (r *Reader) Index(entries []Entry) ([]byte, error) {
	r.before, r.now = r.now, map[[sha256.Size]byte]document{}
	if r.names == nil {
		r.names = map[string]string{}
	}
	documents := make([]document, len(entries))
	for i, e := range entries {
		sum := e.sum()
		d, known := r.before[sum]
		if !known {
			d = r.documentOf(e)
		}
		documents[i], r.now[sum] = d, d
	}
	return corpusOf(documents).file()
}

// terms gives the terms of a text; of the same term there is one string.
func (r *Reader) terms(text string) []string {
	terms := wording.Terms(text)
	for i, t := range terms {
		if name, known := r.names[t]; known {
			terms[i] = name
		} else {
			r.names[t] = t
		}
	}
	return terms
}

// sum tells entries apart.
func (e Entry) sum() [sha256.Size]byte {
	h := sha256.New()
	write := func(texts ...string) {
		writeSize(h, len(texts))
		for _, t := range texts {
			writeSize(h, len(t))
			h.Write([]byte(t))
		}
	}
	write(e.Question, string(e.Markdown))
	write(e.AlsoAsked...)
	write(e.Rest...)
	write(e.IDs...)
	return [sha256.Size]byte(h.Sum(nil))
}

func writeSize(h hash.Hash, n int) {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], uint64(n))
	h.Write(b[:])
}

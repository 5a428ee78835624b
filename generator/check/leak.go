package check

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"
)

// A LeakList holds everything internal about a site, ready to be looked for in what is written. It does not change once made, so
// any number of goroutines may scan with it.
//
// Four bytes of each spelling, the rarest ones, are entered in a filter of bits; a scan looks at each byte of the data once, and compares
// only where the filter has the four bytes that begin there, with all spellings at once that go on alike. (An automaton of all spellings,
// of the aho-corasick package, was measured against it: with 3,000 of them it ran at 200 MB/s and took 86 ms to make.)
type LeakList struct {
	needles []needle
	*sieve
	known       *known         // what looks like an exposure and may be published
	leaves      func() []*leaf // of the site
	said        *said          // in public by them
	fingerprint string
}

// A sieve holds the spellings that a scan looks for. It does not change once made, and is shared by lists that look for the same.
type sieve struct {
	filter    gramFilter
	grams     map[uint32]*beginning
	shortOnes []int // needles without four bytes that are always spelled alike
}

const filterBits = 18

// A gramFilter tells grams that were entered from nearly all others.
type gramFilter [1 << (filterBits - 6)]uint64

func (f *gramFilter) enter(gram uint32) { f[slot(gram)>>6] |= 1 << (slot(gram) & 63) }

func (f *gramFilter) has(gram uint32) bool {
	bit := slot(gram)
	return f[bit>>6]&(1<<(bit&63)) != 0
}

// A beginning holds the spellings that have one gram.
type beginning struct {
	plain  branch
	base64 []spelling
	signs  []int // of exposures: see signs
}

// A spelling is one way in which a needle may come out, to be compared where its gram is found.
type spelling struct {
	needle int32
	offset int32  // in a plain spelling the element that the gram begins at; in base64 the byte
	base64 string // "" for a plain spelling
}

// A branch is what may follow a gram: spellings that go on alike are compared together.
type branch struct {
	twigs []twig
	ends  []spelling // to be compared in full
}

type twig struct {
	element element
	next    *branch
}

// deepest is after how many elements a spelling is compared by itself.
const deepest = 16

// grow adds the elements of a spelling from its gram on.
func (b *branch) grow(elements []element, s spelling) {
	for i := range elements[:min(len(elements), deepest)] {
		e := &elements[i]
		i := slices.IndexFunc(b.twigs, func(t twig) bool { return t.element.same(e) })
		if i < 0 {
			i = len(b.twigs)
			b.twigs = append(b.twigs, twig{*e, &branch{}})
		}
		b = b.twigs[i].next
	}
	b.ends = append(b.ends, s)
}

// follow calls do for each spelling that data goes on with at the place at.
func (b *branch) follow(data []byte, at int, afterSpace bool, do func(spelling)) {
	for _, s := range b.ends {
		do(s)
	}
	for i := range b.twigs {
		t := &b.twigs[i]
		if t.element.misses(data, at, afterSpace) {
			continue
		}
		if end, ok := t.element.step(data, at, false, afterSpace); ok {
			t.next.follow(data, end, t.element.space, do)
		}
	}
}

// slot gives the bit of the filter for a gram.
func slot(gram uint32) uint32 { return gram * 0x9E3779B1 >> (32 - filterBits) }

// gramAt gives the four bytes at the beginning of s, letters as small ones.
func gramAt(s []byte) uint32 {
	_ = s[3]
	return (uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24) | 0x20202020
}

// enter gives the place for spellings of a gram.
func (s *sieve) enter(gram uint32) *beginning {
	b := s.grams[gram]
	if b == nil {
		b = &beginning{}
		s.grams[gram] = b
		s.filter.enter(gram)
	}
	return b
}

// Scan looks for what may not come out in data, which is to be written at path: internal values (a finding of LEK01 for each names the place where
// the author wrote it, and as a related place where it comes out first), exposures (LEK02) and harmful pictures (LEK03). It is safe for use
// by several goroutines.
func (l *LeakList) Scan(path string, data []byte) []diag.Finding {
	findings, _ := l.ScanFor(path, data)
	return findings
}

// ScanFor is Scan; settled says that the outcome depends on nothing but path, data and the list's Fingerprint, so that it is the same for every list with
// the same one. It is not where an internal value stands in data, which may have been published since, or moved; and not for what an id, or the
// number of a version, would explain.
func (l *LeakList) ScanFor(path string, data []byte) (findings []diag.Finding, settled bool) {
	return l.scan(path, data, l.isSaid)
}

// isSaid reports whether a value is said in public.
func (l *LeakList) isSaid(n *needle) bool {
	text := strings.ToLower(n.text)
	return l.said.value(l.leaves(), text) || n.word && l.said.word(l.leaves(), text) || l.said.sentence(l.leaves(), text)
}

// ScanSealed looks for what may not come out in data, which only the customer of a share will read, at path: internal values and harmful pictures as Scan
// does, but for what the share is there to tell, which is its customer and the texts of its answers; and keys and passwords, which are for nobody. Other
// exposures are what private answers may be about.
func (l *LeakList) ScanSealed(path string, data []byte, share *model.Share) []diag.Finding {
	told := map[string]bool{}
	note := func(text string) { told[strings.ToLower(onOneLine(text))] = true }
	letter := share.Letter()
	note(letter.For)
	for _, q := range letter.Questions {
		note(q.Asked)
	}
	for _, a := range letter.Answers {
		for _, t := range passagesOf(nil, a) {
			if t.internal {
				continue
			}
			note(t.text)
			for _, s := range sentences(t) {
				note(s.text)
			}
		}
	}
	findings, _ := l.scan(path, data, func(n *needle) bool { return told[strings.ToLower(n.text)] || l.isSaid(n) })
	return slices.DeleteFunc(findings, func(f diag.Finding) bool { return f.Rule == lek02.ID && !f.Secret })
}

// scan is ScanFor, but for values of which said tells that they may come out.
func (l *LeakList) scan(path string, data []byte, said func(*needle) bool) (findings []diag.Finding, settled bool) {
	seen := l.sweep(data)
	settled = len(seen.hits) == 0
	found := slices.DeleteFunc(seen.hits, func(h hit) bool { return said(&l.needles[h.needle]) })
	findings, explained := l.exposed(path, data, seen.places, found)
	findings = append(findings, harmful(path, data, seen.pictures)...)
	if len(found) > 0 {
		findings = append(findings, l.findings(found, source.NewFile(path, data))...)
	}
	return findings, settled && !explained
}

// Fingerprint names all that the outcome of a scan depends on, besides what is scanned, where ScanFor says that it is settled: the values that are looked
// for, the addresses that may be published and the company's own domains. It changes with none of the texts that are published. Programs of
// different versions may give the same one and judge differently.
func (l *LeakList) Fingerprint() string { return l.fingerprint }

// identify makes the fingerprint.
func (l *LeakList) identify() string {
	sum := sha256.New()
	for _, n := range l.needles {
		fmt.Fprintf(sum, "%q %t\n", n.text, n.exact)
	}
	fmt.Fprintf(sum, "%q\n%q\n%q\n", slices.Sorted(maps.Keys(l.known.mail)), l.known.own, l.known.base)
	return hex.EncodeToString(sum.Sum(nil))
}

// A sight is what is noticed while every byte of a file is looked at, once: values of the list, each once, and where something may be exposed or a
// picture begins.
type sight struct {
	hits             []hit
	places, pictures []int
}

var pictureGram = gramAt([]byte("<svg"))

// sweep looks at every byte of data.
func (l *LeakList) sweep(data []byte) sight {
	seen := sight{places: mailPlaces(data)}
	for i := 0; i+4 <= len(data); i++ {
		gram := gramAt(data[i:])
		if !l.filter.has(gram) {
			continue
		}
		b := l.grams[gram]
		if b == nil {
			continue
		}
		for _, offset := range b.signs {
			seen.places = append(seen.places, i+offset)
		}
		if gram == pictureGram {
			seen.pictures = append(seen.pictures, i)
		}
		compare := func(s spelling) {
			if h, ok := l.compare(s, data, i); ok {
				seen.hits = addHit(seen.hits, h)
			}
		}
		for _, s := range b.base64 {
			compare(s)
		}
		b.plain.follow(data, i, false, compare)
	}
	for _, n := range l.shortOnes {
		if h, ok := l.searchShort(n, data); ok {
			seen.hits = addHit(seen.hits, h)
		}
	}
	return seen
}

// A hit is one value that comes out.
type hit struct {
	needle     int32
	start, end int
	base64     bool
}

// addHit keeps the first hit of each needle.
func addHit(hits []hit, h hit) []hit {
	for _, have := range hits {
		if have.needle == h.needle {
			return hits
		}
	}
	return append(hits, h)
}

// compare tells whether a spelling stands in data with its gram at i.
func (l *LeakList) compare(s spelling, data []byte, i int) (hit, bool) {
	if s.base64 != "" {
		start := i - int(s.offset)
		end := start + len(s.base64)
		if start < 0 || end > len(data) || string(data[start:end]) != s.base64 {
			return hit{}, false
		}
		return hit{s.needle, start, end, true}, true
	}
	start, end, ok := l.needles[s.needle].matchAround(data, i, int(s.offset))
	return hit{s.needle, start, end, false}, ok
}

// searchShort looks for a needle whose spelling varies throughout, element by element from every place where it may begin.
func (l *LeakList) searchShort(n int, data []byte) (hit, bool) {
	for i := range data {
		if !l.needles[n].elements[0].mayBegin(data[i]) {
			continue
		}
		if start, end, ok := l.needles[n].matchAround(data, i, 0); ok {
			return hit{int32(n), start, end, false}, true
		}
	}
	return hit{}, false
}

func (l *LeakList) findings(hits []hit, out *source.File) []diag.Finding {
	var all []diag.Finding
	for _, h := range hits {
		n := l.needles[h.needle]
		how := ""
		if h.base64 {
			how = " in base64"
		}
		all = append(all, diag.Finding{Rule: "LEK01", Severity: diag.Error, At: n.at,
			Message: fmt.Sprintf("%q is %s, but comes out%s in %s", shorten(n.text), n.what, how, out.Path),
			Hint:    "take it out of the published text; if readers may know it, write it in a published key",
			Related: []diag.Related{{At: out.Span(h.start, h.end), Text: "comes out here"}}})
	}
	return all
}

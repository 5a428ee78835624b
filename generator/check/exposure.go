package check

import (
	"bytes"
	"slices"
	"sync"
)

// An exposure is a part of a text that lets strangers in, or shows them around: a key, an address within a network, a name of a machine.
type exposure struct {
	start, end int
	what, hint string
}

// A watcher finds exposures. known is what may be published.
type watcher struct {
	known func() *known
	code  bool // a style or script, in which a point also joins names
	bytes bool // no text: nothing but what no chance can bring about is looked for

	explained bool // it was asked whether an id or a number explains something
}

// explains reports whether something is an id, or the number of a version or criterion.
func (w *watcher) explains(thing string) bool {
	w.explained = true
	return w.known().values[thing]
}

// find calls do for each exposure in text, from its beginning to its end, in linear time. places are those at which one may be, in any order.
func (w *watcher) find(text []byte, places []int, do func(exposure)) {
	slices.Sort(places)
	done := 0
	for _, i := range places {
		if i < done || i >= len(text) {
			continue
		}
		if e, ok := w.at(text, i); ok {
			do(e)
			done = e.end
		}
	}
}

// signs gives, for the four bytes by one of which everything but mail is found, how far from their first the byte stands that at is asked about.
// LeakList looks for them on its way.
var signs = sync.OnceValue(func() map[uint32][]int {
	all := map[uint32][]int{}
	add := func(four string, offset int) {
		if gram := gramAt([]byte(four)); !slices.Contains(all[gram], offset) {
			all[gram] = append(all[gram], offset)
		}
	}
	for _, f := range keyForms {
		switch n := len(f.prefix); {
		case isWordByte(f.prefix[n-1]):
			add(f.prefix[:4], 0)
		case n >= 4:
			add(f.prefix[n-4:], 3)
		default:
			for _, c := range f.body {
				add(f.prefix+string(c), n-1)
			}
		}
	}
	for _, c := range alnum {
		add("/q/"+string(c), 0)
		add("eyJ"+string(c), 2)
	}
	for _, c := range "0123456789" {
		add("10."+string(c), 2)
	}
	for _, c := range hexes {
		for _, d := range hexes {
			add("fc"+string(c)+string(d), 4)
			add("fd"+string(c)+string(d), 4)
		}
	}
	for _, h := range homes {
		add(h.prefix[:4], 0)
	}
	for s := range suffixes {
		add(("." + s)[:4], 0)
	}
	for four, offset := range map[string]int{"172.": 3, "192.": 3, "169.": 3, "/services"[:4]: 0, `:\Us`: 1, `:\\U`: 1, "-BEG": -4} {
		add(four, offset)
	}
	return all
})

var signFilter = sync.OnceValue(func() *gramFilter {
	f := new(gramFilter)
	for gram := range signs() {
		f.enter(gram)
	}
	return f
})

// places gives where in a text something may be exposed.
func places(text []byte) []int {
	all, known, filter := mailPlaces(text), signs(), signFilter()
	for i := 0; i+4 <= len(text); i++ {
		if gram := gramAt(text[i:]); filter.has(gram) {
			for _, offset := range known[gram] {
				all = append(all, i+offset)
			}
		}
	}
	return all
}

// mailPlaces gives where the @ stand in a text.
func mailPlaces(text []byte) (all []int) {
	for i := 0; ; i++ {
		n := bytes.IndexByte(text[i:], '@')
		if n < 0 {
			return all
		}
		i += n
		all = append(all, i)
	}
}

// at gives the exposure that is told by the byte at i.
func (w *watcher) at(text []byte, i int) (exposure, bool) {
	switch text[i] {
	case '@':
		return w.mailAt(text, i)
	case '.':
		if e, ok := w.privateAddressAt(text, i); ok {
			return e, true
		}
		if e, ok := w.hostAt(text, i); ok {
			return e, true
		}
	case ':':
		return w.localAddressAt(text, i)
	case '/':
		if e, ok := webhookAt(text, i); ok {
			return e, true
		}
		if e, ok := sealedLinkAt(text, i); ok {
			return e, true
		}
		return w.pathAt(text, i)
	case '\\':
		return windowsPathAt(text, i)
	}
	return secretAt(text, i)
}

// standsFree reports whether no letter or digit stands before a place.
func standsFree(text []byte, at int) bool {
	return at == 0 || !isWordByte(text[at-1]) || escapeEnds(text[:at])
}

// longestRun is how many bytes of a run are looked at, so that a text takes no more than its time.
const longestRun = 4000

// span gives the end of the run of bytes from at on that in has.
func span(text []byte, at int, in *[256]bool) int {
	for last := min(len(text), at+longestRun); at < last && in[text[at]]; {
		at++
	}
	return at
}

func table(chars string) *[256]bool {
	t := new([256]bool)
	for _, c := range []byte(chars) {
		t[c] = true
	}
	return t
}

var (
	digits       = table("0123456789")
	dotted       = table("0123456789.")
	hostBytes    = table(alnum + ".-_")
	pathBytes    = table(alnum + "._/@+-")
	windowsBytes = table(alnum + `._/@+-\`)
	hexColons    = table(hexes + ":.")
)

// lastWord gives where the word begins that text ends in.
func lastWord(text []byte) int {
	i := len(text)
	for i > 0 && isWordByte(text[i-1]) {
		i--
	}
	return i
}

package scan

import (
	"strings"
	"sync"

	"candor/generator/catalog"
	"candor/generator/model"
)

// A meaning is what a word in code may be. A word may be several things.
type meaning uint8

const (
	meansVariable meaning = 1 << iota // an environment variable
	meansSetting                      // the same in small letters, as settings are called that are read from it
	meansHost                         // the part of a host in front of its last dot
	meansPackage                      // the beginning of a package's name
	meansClient                       // a class or a name of a client
	meansLonger                       // with meansVariable: a variable's name and something behind it
)

// A vocabulary is all words that are worth a second look: code is gone through once, word by word, and nearly all words are none of these.
type vocabulary struct {
	filter [filterBits / 64]uint64 // of hashes: what is not in it is in no map
	words  map[string]meaning
	ends   map[string][]string // by the word in front of it, the last parts of hosts: ".com"
	// terraform gives the vendor of a provider by its short name: "aws".
	terraform map[string]catalog.Match
	// files gives the vendor of a file by its path, or by the end of one.
	files map[string]catalog.Match
	named map[string]*catalog.Vendor // by what it is called
}

const filterBits = 1 << 18

// exposedPrefixes begin the names of variables that frameworks hand on to browsers; the catalog knows what follows.
var exposedPrefixes = []string{"", "NEXT_PUBLIC_", "NUXT_PUBLIC_", "EXPO_PUBLIC_", "GATSBY_", "REACT_APP_", "VUE_APP_", "VITE_", "PUBLIC_"}

// vocabularies keeps the words of the catalog that was asked for last: it is nearly always the same one.
var vocabularies lastVocabulary

type lastVocabulary struct {
	mu    sync.Mutex
	c     *catalog.Catalog
	words *vocabulary
}

func (l *lastVocabulary) of(c *catalog.Catalog) *vocabulary {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.c != c {
		l.c, l.words = c, vocabularyOf(c)
	}
	return l.words
}

// vocabularyOf gathers the words of a catalog.
func vocabularyOf(c *catalog.Catalog) *vocabulary {
	v := &vocabulary{words: map[string]meaning{}, ends: map[string][]string{}, terraform: map[string]catalog.Match{}, files: map[string]catalog.Match{}, named: named(c)}
	for _, vendor := range c.Vendors {
		gone := vendor.Status.Value == "discontinued"
		v.take(&vendor.Signatures, catalog.Match{Vendor: vendor, Proof: !gone})
		v.take(&vendor.Weak, catalog.Match{Vendor: vendor})
		for _, name := range vendor.Redirects {
			v.variable(name.Value)
		}
	}
	for word := range clientWords() {
		v.add(word, meansClient)
	}
	return v
}

func (v *vocabulary) take(s *catalog.Signatures, m catalog.Match) {
	for _, name := range s.Env {
		v.variable(name.Value)
	}
	for _, host := range s.Hosts {
		v.host(host.Value)
	}
	for _, names := range [][]model.Text{s.NPM, s.PyPI} {
		for _, name := range names {
			v.packageName(name.Value)
		}
	}
	for _, source := range s.Terraform {
		_, name, _ := strings.Cut(strings.ToLower(source.Value), "/")
		v.terraform[name] = m
	}
	for _, file := range s.Files {
		v.files[file.Value] = m
	}
}

func (v *vocabulary) variable(name string) {
	for _, prefix := range exposedPrefixes {
		v.add(prefix+name, meansVariable)
	}
	v.add(strings.ToLower(name), meansSetting)
}

// host adds the word by which a host is found: the last one in front of its last dot.
func (v *vocabulary) host(pattern string) {
	name, _, _ := strings.Cut(strings.ToLower(pattern), "/")
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return
	}
	word, end := name[:i], name[i:]
	word = word[strings.LastIndexFunc(word, func(c rune) bool { return !isWordByte(byte(c)) })+1:]
	if word == "" {
		return
	}
	v.add(word, meansHost)
	for _, known := range v.ends[word] {
		if known == end {
			return
		}
	}
	v.ends[word] = append(v.ends[word], end)
}

// packageName adds the words by which an import of a package may begin: openai, @pinecone-database/pinecone, google.cloud, sentry_sdk.
func (v *vocabulary) packageName(name string) {
	parts := strings.FieldsFunc(strings.ToLower(name), func(c rune) bool { return c == '@' || c == '/' || c == '-' || c == '_' || c == '.' })
	for i := range parts {
		if i == 0 || !strings.Contains(name, "/") {
			v.add(strings.Join(parts[:i+1], "_"), meansPackage)
		}
	}
	for module, dist := range pythonModules {
		if dist == name {
			v.add(module, meansPackage)
		}
	}
}

func (v *vocabulary) add(word string, m meaning) {
	v.words[word] |= m
	h := uint32(0)
	for i := range len(word) {
		h = nextHash(h, word[i])
	}
	h = filterBit(h)
	v.filter[h/64] |= 1 << (h % 64)
}

func nextHash(h uint32, c byte) uint32 { return (h + uint32(c)) * 0x9e3779b1 }

func filterBit(h uint32) uint32 { return (h ^ h>>15) % filterBits }

// wordBytes are letters, digits and the underscore.
var wordBytes = func() (is [256]bool) {
	for c := range 256 {
		is[c] = c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
	}
	return is
}()

func isWordByte(c byte) bool { return wordBytes[c] }

// has reports whether a word of this hash may be in the vocabulary.
func (v *vocabulary) has(h uint32) bool {
	bit := filterBit(h)
	return v.filter[bit/64]&(1<<(bit%64)) != 0
}

// longer gives what a word means that begins with another one, up to the underscore at end: RESEND_API_KEY_SHOP.
func (v *vocabulary) longer(word []byte, end int) meaning {
	if word[0] < 'A' || word[0] > 'Z' || v.words[string(word[:end])]&meansVariable == 0 {
		return 0
	}
	return meansVariable | meansLonger
}

// A hit is a word of the vocabulary in a file.
type hit struct {
	start, end int
	meaning    meaning
}

// hits gives the words of data that the vocabulary has, in their order, and no more than limit of them.
func (v *vocabulary) hits(data []byte, limit int) []hit {
	var all []hit
	for i := 0; i < len(data); i++ {
		if !wordBytes[data[i]] {
			continue
		}
		start, h, part := i, uint32(0), 0
		for i < len(data) && wordBytes[data[i]] {
			if data[i] == '_' && v.has(h) {
				part = i
			}
			h = nextHash(h, data[i])
			i++
		}
		if !v.has(h) && part == 0 {
			continue
		}
		m := v.words[string(data[start:i])]
		if m == 0 && part > 0 {
			m = v.longer(data[start:i], part-start)
		}
		if m&meansHost != 0 && (i == len(data) || data[i] != '.') {
			m &^= meansHost
		}
		if m != 0 {
			if all = append(all, hit{start, i, m}); len(all) == limit {
				break
			}
		}
	}
	return all
}

package check

import (
	"slices"
	"strings"

	"candor/generator/model"
	"candor/generator/pattern"
)

// This file finds sentences that say of model vendors that they keep nothing, for RET06.

// A zeroClaim is such a part of a text, and the vendors of which it is said.
type zeroClaim struct {
	start, end int
	vendors    []*model.Subprocessor
}

// A claimReader finds claims about vendors that run models.
type claimReader struct {
	vendors []*model.Subprocessor
	company model.Company       // of which texts speak too
	names   map[string][]naming // by their first word
}

// Parts of the patterns below.
const (
	saysKeep    = `(?:keep|retain|store|save|log|record|hold)s?`
	saysKept    = `(?:kept|retained|stored|saved|logged|recorded|held)`
	whoseData   = `(?:(?:any|all|your|our|the|their|its|of|these|those|such|a|customers?['’]?s?|users?['’]?|personal|prompt|model|input|output)\s+){0,4}`
	dataWord    = `(?:data|prompts?|inputs?|outputs?|contents?|texts?|messages?|requests?|responses?|completions?|conversations?|logs?|copies|copy|records?|e-?mails?|information|anything|them|it)\b`
	dataWords   = whoseData + dataWord + `(?:(?:\s*,\s*|\s+)(?:(?:and|or|nor)\s+)?` + whoseData + dataWord + `)*`
	vendorWords = `(?:vendors?|providers?|suppliers?|makers?|sub-?processors?|third[\s-]part(?:y|ies))`
)

var (
	zeroNoun = claiming(`\bzero[\s-]+(?:day[\s-]+)?(?:data[\s-]+)?retention\b|\bZDR\b`)

	// zeroVerbs are looked for where one of their words stands in the sentence: one large pattern takes ten times as long.
	zeroVerbs = []verbClaim{
		{[]string{"etention"}, claiming(`\bno[\s-]+(?:data[\s-]+)?retention\b|\bretention(?:\s+(?:period|time))?\s+(?:is|of)\s+(?:zero|nil|none|0)\b`)},
		{[]string{"nothing", "none"}, claiming(`\b` + saysKeep + `\s+(?:nothing|none)\b`)},
		{[]string{" no ", " no\n", "zero"}, claiming(`\b` + saysKeep + `\s+(?:no|zero)\s+` + dataWords)},
		{[]string{"not", "n't", "n’t", "never"}, claiming(`\b(?:(?:do|does|will)\s+(?:not|never)|(?:do|does)n['’]t|won['’]t|never|cannot|can['’]t)\s+(?:[a-z]+ly\s+|ever\s+)?` +
			`(?:\w+\s+(?:on\s+|with\s+)?(?:or|nor)\s+)?` + saysKeep + `\s+` + dataWords)},
		{[]string{"either"}, claiming(`\bneither\s+(?:[\w.-]+\s+){1,5}?(?:nor\s+(?:[\w.-]+\s+){0,4}?)?` + saysKeep + `\s+` + dataWords)},
		{[]string{"No ", "no ", "one of"}, claiming(`\b(?:no|none\s+of\s+(?:our|the|these))\s+(?:[\w-]+\s+){0,2}` + vendorWords + `\s+(?:ever\s+)?` + saysKeep + `\s+` + dataWords)},
		{[]string{"not", "n't", "n’t", "never"}, claiming(`\b(?:what|` + dataWord + `)(?:\s+[\w-]+){0,6}?\s+(?:(?:are|is|be|gets?)\s+(?:not|never)|(?:isn|aren)['’]t)\s+(?:[a-z]+ly\s+|ever\s+)?` + saysKept + `\b`)},
		{[]string{"othing", "No ", "no "}, claiming(`\b(?:nothing|no\s+` + dataWords + `)\s+(?:is|are|gets?)\s+(?:ever\s+)?` + saysKept + `\b`)},
		{[]string{"ithout"}, claiming(`\bwithout\s+(?:keeping|retaining|storing|saving|logging)\s+` + dataWords)},
	}

	// These tell sentences about vendors of models: the first by itself, the second where the third is there too.
	modelVendor = claiming(`\b(?:models?|ai|llms?|inference|embeddings?)[\s-]+` + vendorWords + `\b`)
	anyVendor   = claiming(`\b` + vendorWords + `\b`)
	ofModels    = claiming(`\b(?:prompts?|models?|ai|llms?|completions?|inference)\b`)

	// clauseEnd parts a sentence, so that a "not" in one half says nothing of the other.
	clauseEnd = pattern.Of(`[,;:()—–]|\s(?:and|but|while|although|whereas)\s`)

	// unsettled are words of sentences that set a condition, a rule or a wish instead of saying how things are.
	unsettled = claiming(`\b(?:where|if|whether|asks?|asked|requests?|offers?|offered|available|eligible|plan(?:s|ned)?|negotiat\w+|seeks?|prefer\w*|wants?|requires?|must|should|may|can|could|would|means?)\b`)

	// aside are words behind "zero-retention" that make it the name of something else.
	aside = claiming(`^\s+(?:status|settings?|flags?|options?|requests?|reviews?|checks?|renewals?|expir\w+|confirmations?|evidence)\b`)

	// bounded are words behind a claim that take it back in part: a time, a purpose, a place.
	bounded = claiming(`\blonger\s+than\b|\b(?:after|beyond|past|over|for|within|than)\s+(?:up\s+to\s+|at\s+most\s+|about\s+)?(?:\d+|an?|one|two|three|seven|ten|thirty|sixty|ninety)[\s-]+(?:second|minute|hour|day|week|month|year)s?\b|` +
		`\b(?:for|to)\s+(?:[\w-]+\s+){0,3}(?:train\w*|improv\w+|advertis\w+|marketing|analytics|purposes?)\b|\boutside\b|\bunencrypted\b|\bin\s+(?:the\s+clear|plain)\b`)

	// ourselves are words of clauses about the company's own side.
	ourselves = claiming(`\bwe\b|\bour\s+(?:own|app|application|product|servers?|services?|systems?|platform|code|logs?|company|staff)\b|\b(?:gateway|proxy|router)\b`)

	excepting = claiming(`\bexcept(?:s|ed|ing|ions?)?\b|\bexempt\w*|\bapart\s+from\b|\bunless\b|\bsave\s+for\b|\bother\s+than\b|\baside\s+from\b|\bexclu(?:de|des|ded|ding|sions?)\b|\bbut\s+for\b|\bonly\s+(?:what|where|when|if)\b|\bstands?\s+outside\b`)
	pageLink  = pattern.Of(`/(?:subprocessors|ai)(?:[/#)\s]|$)`)
)

// namesExceptions reports whether a text says that there are exceptions, or links to a page that does.
func namesExceptions(text string) bool {
	return excepting.MatchString(text) || pageLink.MatchString(text)
}

// claims gives the claims of a text, in order.
func (r claimReader) claims(t passage) []zeroClaim {
	var all []zeroClaim
	denyingSentences(t.text, func(s part) {
		if c, ok := r.claim(t, s.start, s.end); ok {
			all = append(all, c)
		}
	})
	return all
}

// denyingSentences calls do for each sentence of a text that may say that something is not kept.
func denyingSentences(text string, do func(part)) {
	for at := nextDenying(text, 0); at < len(text); {
		start, end := sentenceAround(text, at)
		if sentence := text[start:end]; mayClaim(sentence) && !strings.HasSuffix(strings.TrimSpace(sentence), "?") {
			do(part{start, end})
		}
		at = nextDenying(text, max(end, at+1))
	}
}

// nextDenying gives the place of the next word with which a claim may say that nothing is kept, from a place on, and the length for none.
// Most sentences have no such word, so this is what keeps the search fast.
func nextDenying(s string, at int) int {
	for ; at < len(s); at++ {
		c := s[at] | 0x20 // as a small letter
		if c != 'n' && c != 'z' && c != 'w' && c != 'c' && c != '0' {
			continue
		}
		if at > 0 && isWordByte(s[at-1]) {
			if c == 'n' && (strings.HasPrefix(s[at+1:], "'t") || strings.HasPrefix(s[at+1:], "’t")) {
				return at
			}
			continue
		}
		for _, word := range denying {
			if len(s)-at >= len(word) && word[0] == c && strings.EqualFold(s[at:at+len(word)], word) {
				return at
			}
		}
	}
	return len(s)
}

// denying are the beginnings of words with which claims deny.
var denying = []string{"no ", "no-", "no\n", "not", "none", "nor ", "never", "neither", "zero", "zdr", "without", "cannot", "0 ", "0."}

// claim gives the claim of one sentence, and whether it makes one.
func (r claimReader) claim(t passage, start, end int) (zeroClaim, bool) {
	sentence := t.text[start:end]
	m, vendors := r.nounClaim(t, sentence)
	if m == nil {
		m, vendors = r.saidOf(t, sentence)
	}
	if m == nil || len(vendors) == 0 {
		return zeroClaim{}, false
	}
	before, after := clauseAround(sentence, m)
	if denial.MatchString(before) || denial.MatchString(after) || unsettled.MatchString(before) || unsettled.MatchString(after) || bounded.MatchString(after) || aside.MatchString(after) {
		return zeroClaim{}, false
	}
	return zeroClaim{start + m[0], start + m[1], vendors}, true
}

// nounClaim finds "zero retention" and its like, which is said of vendors of models alone: of those that the sentence names, else of all.
func (r claimReader) nounClaim(t passage, sentence string) ([]int, []*model.Subprocessor) {
	if !strings.Contains(sentence, "ero") && !strings.Contains(sentence, "ERO") && !strings.Contains(sentence, "ZDR") {
		return nil, nil
	}
	m := zeroNoun.FindStringIndex(sentence)
	if m == nil || strings.HasPrefix(sentence, "#") || len(strings.Fields(sentence)) < 4 { // a heading, or a name in a list
		return nil, nil
	}
	vendors := r.subject(t, sentence)
	if _, ok := t.record.(*model.Subprocessor); vendors == nil && !ok {
		vendors = r.vendors
	}
	return m, vendors
}

// A verbClaim is a way to say that nothing is kept, and words without which it is not said.
type verbClaim struct {
	words   []string
	pattern *pattern.Late
}

func claiming(words string) *pattern.Late { return pattern.Of("(?i)" + words) }

// findVerb gives the first part of a sentence that says that nothing is kept, nil for none.
func findVerb(sentence string) []int {
	var first []int
	for _, c := range zeroVerbs {
		if !slices.ContainsFunc(c.words, func(word string) bool { return strings.Contains(sentence, word) }) {
			continue
		}
		if m := c.pattern.FindStringIndex(sentence); m != nil && (first == nil || m[0] < first[0]) {
			first = m
		}
	}
	return first
}

// saidOf finds "keeps nothing" and its like, in sentences that speak of vendors of models.
func (r claimReader) saidOf(t passage, sentence string) ([]int, []*model.Subprocessor) {
	vendors := r.subject(t, sentence)
	if len(vendors) == 0 {
		return nil, nil
	}
	m := findVerb(sentence)
	if m == nil {
		return nil, nil
	}
	if before, _ := clauseAround(sentence, m); ourselves.MatchString(before) || hasName(before, r.company.Name.Value) || hasName(before, r.company.Product.Value) {
		return nil, nil
	}
	return m, vendors
}

// mayClaim tells quickly most sentences that make no claim: they lack a word for keeping.
func mayClaim(sentence string) bool {
	for _, part := range []string{"etention", "ETENTION", "eep", "ept", "etain", "tor", "Sav", "sav", "Log", "log", "ecord", "hold", "held", "ZDR"} {
		if strings.Contains(sentence, part) {
			return true
		}
	}
	return false
}

// clauseAround gives what stands before and behind a match in its part of the sentence.
func clauseAround(sentence string, m []int) (before, after string) {
	before, after = sentence[:m[0]], sentence[m[1]:]
	if ends := clauseEnd.FindAllStringIndex(before, -1); len(ends) > 0 {
		before = before[ends[len(ends)-1][1]:]
	}
	if e := clauseEnd.FindStringIndex(after); e != nil {
		after = after[:e[0]]
	}
	return before, after
}

// subject gives the vendors of which a sentence speaks: those it names, else that of the record, else those that the answer's question
// names, else all where it speaks of vendors of models.
func (r claimReader) subject(t passage, sentence string) []*model.Subprocessor {
	if named := r.named(sentence); len(named) > 0 {
		return named
	}
	if v, ok := t.record.(*model.Subprocessor); ok {
		if slices.Contains(r.vendors, v) {
			return []*model.Subprocessor{v}
		}
		return nil
	}
	about := sentence
	if a, ok := t.record.(*model.Answer); ok {
		if named := r.named(a.Question.Value); len(named) > 0 {
			return named
		}
		about += " " + a.Question.Value
	}
	for _, part := range []string{"endor", "rovider", "upplier", "aker", "rocessor", "hird"} {
		if strings.Contains(about, part) && (modelVendor.MatchString(about) || anyVendor.MatchString(about) && ofModels.MatchString(about)) {
			return r.vendors
		}
	}
	return nil
}

// A naming is a name of a vendor.
type naming struct {
	name   string
	vendor *model.Subprocessor
}

// newClaimReader makes a reader of claims about some vendors. They are called by their name, by that of their maker, and by the first word of
// a longer name.
func newClaimReader(vendors []*model.Subprocessor, company model.Company) claimReader {
	r := claimReader{vendors, company, map[string][]naming{}}
	for _, v := range vendors {
		first, _, _ := strings.Cut(v.Title.Value, " ")
		for _, name := range []string{v.Title.Value, v.Maker.Value, first} {
			if word := leadingWord(name); word != "" && (name != first || len(first) >= 5 || first == v.Title.Value) {
				r.names[word] = append(r.names[word], naming{name, v})
			}
		}
	}
	return r
}

// named gives the vendors whose name stands in a text.
func (r claimReader) named(text string) []*model.Subprocessor {
	var found []*model.Subprocessor
	for at := 0; at < len(text); at++ {
		if !isWordByte(text[at]) {
			continue
		}
		word := leadingWord(text[at:])
		for _, n := range r.names[word] {
			rest := text[at:]
			if strings.HasPrefix(rest, n.name) && (len(rest) == len(n.name) || !isWordByte(rest[len(n.name)])) && !slices.Contains(found, n.vendor) {
				found = append(found, n.vendor)
			}
		}
		at += len(word)
	}
	return found
}

// leadingWord gives the run of letters and digits that a text begins with.
func leadingWord(s string) string {
	end := 0
	for end < len(s) && isWordByte(s[end]) {
		end++
	}
	return s[:end]
}

// hasName reports whether a name stands in a text as it is written, and not within a longer word.
func hasName(text, name string) bool {
	if name == "" {
		return false
	}
	for at := 0; ; {
		i := strings.Index(text[at:], name)
		if i < 0 {
			return false
		}
		start, end := at+i, at+i+len(name)
		if (start == 0 || !isWordByte(text[start-1])) && (end == len(text) || !isWordByte(text[end])) {
			return true
		}
		at = end
	}
}

// sectionAround gives the part of a Markdown text from the heading before a place to the next one.
func sectionAround(s string, at int) (start, end int) {
	if i := strings.LastIndex(s[:at], "\n#"); i >= 0 {
		start = i + 1
	}
	end = len(s)
	if i := strings.Index(s[at:], "\n#"); i >= 0 {
		end = at + i
	}
	return start, end
}

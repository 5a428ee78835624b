package match

import (
	"math"
	"math/bits"
)

// The features of a question beside a wording of an answer, as numbers mostly from 0 to 1. What each one weighs stands in weights.txt.
const (
	fPart        = iota // a part of the question was compared, not the whole
	fAlias              // the wording is one of also_asked
	fTerms              // how alike their terms are
	fStems              // how alike their words are
	fIntents            // how alike their intents are
	fThemes             // how alike the themes of these
	fAsked              // the share of the question that is in the wording
	fThere              // the share of the wording that is in the question
	fText               // the share of the question that is in the answer's text alone
	fMissing            // the weight of the heaviest term of the question that is not in the wording
	fSpare              // the other way round
	fPairs              // the share of neighbouring terms that are neighbours in both
	fTopIntent          // both have the same first intent
	fBoth               // terms and intents agree
	fSame               // word for word the same
	fSection            // the section of the sheet has the terms of the answer's topic
	fLength             // how much longer one is than the other
	fSubject            // one is about AI, the other is not
	fSubjectOne         // both are about AI
	fID                 // the sheet's id is one of the answer's ids, the framework is not known
	fFramework          // id and framework are the answer's
	fDeed               // the same is done to the same thing
	fDeedWhose          // the same thing of, or by, the same people
	fNotDeed            // both have something done to something, and not the same
	fMissingRare        // how rare the heaviest missing term is
	fSpareRare          // the same of the heaviest spare one
	fApart              // the question has an intent of its own that the wording is far from
	fApartBack          // the other way round
	fLeft               // how many terms of the question are not in the wording, of ten
	fFacets             // from here, four for each kind of facet: agree, conflict, only in the question, only in the wording
	features     = fFacets + 4*kinds
)

type vector [features]float64

// Features gives the names of the features, in the order of the weights.
func Features() []string {
	names := []string{"part", "alias", "terms", "stems", "intents", "themes", "asked", "there", "text", "missing", "spare", "pairs", "top-intent", "both", "same",
		"section", "length", "subject", "subject-one", "id", "framework", "deed", "deed-whose", "not-deed", "missing-rare", "spare-rare", "apart", "apart-back", "left"}
	for _, k := range kindNames {
		names = append(names, k+"-agree", k+"-conflict", k+"-asked-only", k+"-there-only")
	}
	return names
}

// rare is about what a rare term weighs.
const rare = 8

// compare fills the features that a question and a wording alone tell.
func (v *vector) compare(q, w *profile) {
	v[fTerms] = q.terms.dot(w.terms)
	v[fStems] = q.stems.dot(w.stems)
	v[fIntents] = q.intents.dot(w.intents)
	v[fThemes] = q.themes.dot(w.themes)
	v[fAsked] = q.terms.covered(w.terms)
	v[fThere] = w.terms.covered(q.terms)
	v[fMissing] = q.terms.heaviestWithout(w.terms)
	v[fSpare] = w.terms.heaviestWithout(q.terms)
	v[fMissingRare], v[fSpareRare] = v[fMissing]*q.length/rare, v[fSpare]*w.length/rare
	v[fApart], v[fApartBack] = q.nearTop*(1-w.intents.near(q.top)), w.nearTop*(1-q.intents.near(w.top))
	for _, t := range q.terms {
		if w.terms.weight(t.name) == 0 && !boilerplate()[t.name] {
			v[fLeft] = min(v[fLeft]+.1, 1)
		}
	}
	v[fPairs] = alikePairs(q.pairs, w.pairs)
	if q.top != "" && q.top == w.top {
		v[fTopIntent] = 1
	}
	v[fBoth] = v[fTerms] * v[fIntents]
	if q.plain == w.plain && q.plain != "" {
		v[fSame] = 1
	}
	v[fLength] = math.Abs(math.Log(float64(2+len(q.terms)) / float64(2+len(w.terms))))
	v.compareFacets(q.facets, w.facets)
}

func (v *vector) compareFacets(q, w facets) {
	for kind := range kinds {
		at := fFacets + 4*kind
		both, all := bits.OnesCount64(q[kind]&w[kind]), bits.OnesCount64(q[kind]|w[kind])
		switch {
		case all == 0:
		case both > 0:
			v[at] = float64(both) / float64(all)
		case q[kind] != 0 && w[kind] != 0:
			v[at+1] = 1
		}
		if q[kind] != 0 {
			v[at+2] = float64(bits.OnesCount64(q[kind]&^w[kind])) / float64(bits.OnesCount64(q[kind]))
		}
		if w[kind] != 0 {
			v[at+3] = float64(bits.OnesCount64(w[kind]&^q[kind])) / float64(bits.OnesCount64(w[kind]))
		}
	}
	sameAct, sameThing, sameWhose := q[acts]&w[acts] != 0, q[things]&w[things] != 0, q[whose]&w[whose] != 0
	if sameThing && sameAct {
		v[fDeed] = 1
	}
	if sameThing && sameWhose {
		v[fDeedWhose] = 1
	}
	if q[acts] != 0 && w[acts] != 0 && q[things] != 0 && w[things] != 0 && !(sameThing && sameAct) {
		v[fNotDeed] = 1
	}
	switch qa, wa := aboutAI(q), aboutAI(w); {
	case qa && wa:
		v[fSubjectOne] = 1
	case qa != wa:
		v[fSubject] = 1
	}
}

func (b bag) heaviestWithout(o bag) float64 {
	heaviest := 0.0
	for _, t := range b {
		if t.weight > heaviest && o.weight(t.name) == 0 {
			heaviest = t.weight
		}
	}
	return heaviest
}

// alikePairs gives twice the number of pairs in both, by the number of pairs in each; both are in order.
func alikePairs(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both++
			i, j = i+1, j+1
		}
	}
	return 2 * float64(both) / float64(len(a)+len(b))
}

package model

import "candor/generator/seal"

// A Share is a sealed page for one customer: shares/*.yaml, written by `candor share new`. Its id is its address, and says nothing. Nothing of it is
// public.
type Share struct {
	Header   `yaml:",inline"`
	Internal ShareInternal `yaml:",inline"`
}

// ShareInternal is what stays inside: all of it.
type ShareInternal struct {
	For       Text              `yaml:"for" need:""`         // the customer; readers of the page see it, nobody else does
	Answers   []Ref[Answer]     `yaml:"answers" ref:"NOT04"` // the answers that the page shows, by their ids
	Questions []*SharedQuestion `yaml:"questions"`           // the questions as the customer asked them, each with the answer to it
	CreatedOn Date              `yaml:"created_on"`          // the day on which the page was made
	Expires   Date              `yaml:"expires" need:""`     // the last day on which the page is there
	RevokedOn Date              `yaml:"revoked_on"`          // the day on which the page was taken back; it is not there from then on
	Check     Text              `yaml:"check"`               // tells whether a secret is the one that the link was made with; written by `candor share new`
	Owner     Ref[Owner]        `yaml:"owner"`               // who answers for it: an id from owners in site.yaml
	Note      Text              `yaml:"note" max:"2000"`     // a note for the company's own people
}

// A SharedQuestion is a question as a customer asked it.
type SharedQuestion struct {
	Number Text        `yaml:"number"`                     // what the customer's questionnaire calls the question: 4.2
	Asked  Text        `yaml:"asked" max:"2000" need:""`   // the question in the customer's words
	Answer Ref[Answer] `yaml:"answer" need:"" ref:"NOT04"` // the answer to it, by its id
}

// Key gives what the share is called in references.
func (s *Share) Key() Key { return Key{KindShare, s.ID.Value} }

// Name gives the id.
func (s *Share) Name() string { return s.ID.Value }

// Published is false.
func (s *Share) Published() bool { return false }

// A ShareState says whether a sealed page is there.
type ShareState string

// The states of sealed pages.
const (
	ShareLive    ShareState = "live"
	ShareExpired ShareState = "expired"
	ShareRevoked ShareState = "revoked"
)

// State gives the state on a day. A share is live on the day on which it expires.
func (s *Share) State(on Day) ShareState {
	switch {
	case !s.Internal.RevokedOn.IsZero():
		return ShareRevoked // whatever the day: a build for a day of the past brings nothing back
	case s.Internal.Expires.Day < on:
		return ShareExpired
	}
	return ShareLive
}

// Address gives the address of the sealed page from the site's root.
func (s *Share) Address() string { return AddressSealed + s.ID.Value + "/" }

// Fits reports whether the link of the share was made with a secret.
func (s *Share) Fits(secret seal.Secret) bool {
	return !secret.IsZero() && secret.Check(s.ID.Value) == s.Internal.Check.Value
}

// A Letter is what the customer of a share reads. It may go onto a page that is sealed, and nowhere else.
type Letter struct {
	For       string
	Made      Day // 0 when not known
	Ends      Day // the last day on which the page is there
	Questions []LetterQuestion
	Answers   []*Answer // each once: in the order of the questions, then as the share names them
}

// A LetterQuestion is a question in the customer's words.
type LetterQuestion struct {
	Number, Asked string
	Answer        *Answer
}

// Letter gives what the customer reads.
func (s *Share) Letter() Letter {
	in := s.Internal
	l := Letter{For: in.For.Value, Made: in.CreatedOn.Day, Ends: in.Expires.Day}
	seen := map[*Answer]bool{}
	add := func(a *Answer) {
		if a != nil && !seen[a] {
			seen[a] = true
			l.Answers = append(l.Answers, a)
		}
	}
	for _, q := range in.Questions {
		if q.Answer.To != nil {
			l.Questions = append(l.Questions, LetterQuestion{q.Number.Value, q.Asked.Value, q.Answer.To})
			add(q.Answer.To)
		}
	}
	for _, a := range in.Answers {
		add(a.To)
	}
	return l
}

// Live gives the shares whose pages are there on a day.
func (r *Records) Live(on Day) []*Share {
	var live []*Share
	for _, s := range r.Shares {
		if s.State(on) == ShareLive {
			live = append(live, s)
		}
	}
	return live
}

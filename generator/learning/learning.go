// Package learning writes into answers how customers asked for them.
//
// In come the site folder and an Order: Pairs of an answer and the question that a person found it to answer, as it was asked, perhaps with the
// id that it has in a questionnaire. Out comes a unified diff of the answers' YAML, in which those wordings stand under also_asked and those ids under
// frameworks; nothing else of the files changes. A pair that cannot be taken, or that would give the content a finding, is refused with the
// reason and the others go on; what an answer says already is not written again. The content is checked before anything is written and afterwards, and
// put back when it does not hold.
package learning

import (
	"io/fs"

	"candor/generator/amend"
	"candor/generator/diag"
)

// A Pair is a question and the answer that a person approved for it.
type Pair struct {
	Answer        string // the answer's id, or an alias of it
	Asked         string // the question as it was asked, "" to learn the id alone
	Framework, ID string // the questionnaire with its version, "caiq-4.0", and the question's id there; both "" for none
	From          string // where the pair stands, for messages: "row 14 of sheet Controls"
}

// An Order says what is learnt.
type Order struct {
	Pairs  []Pair
	DryRun bool // leave the files as they are
}

// An Addition is what one pair added, of which either part may be "" since it was known or refused.
type Addition struct {
	Pair   Pair
	Answer string // the id of today
	Asked  string // as it is written
	ID     string // as it is written
}

// A Refusal is a pair of which the wording or the id was not taken, and why not.
type Refusal struct {
	Pair Pair
	Why  string // a phrase in lower case
}

// A Result is what came of an order.
type Result struct {
	Diff    string // unified, "" when nothing is new
	Added   []Addition
	Known   []Pair // that say nothing new
	Refused []Refusal

	// Findings came up once the files were written, so that they were put back; then nothing was learnt.
	Findings []diag.Finding
}

// Run does what the order says. The error is an amend.Refusal, or the machine's.
func Run(f amend.Folder, order Order) (Result, error) {
	content, err := f.Check(f.Files)
	if err != nil {
		return Result{}, err
	}
	l := &lesson{content: content, asked: askedIn(content.Site), refused: make([][]string, len(order.Pairs))}
	for i, p := range order.Pairs {
		l.take(i, p)
	}
	changes, err := l.agree(f)
	if err != nil {
		return Result{}, err
	}
	result := l.result(order.Pairs)
	result.Diff = amend.Diff(changes)
	if order.DryRun || len(changes) == 0 {
		return result, nil
	}
	kept, err := f.Apply(changes, func() (bool, error) {
		result.Findings, err = l.fresh(f, f.Files)
		return len(result.Findings) == 0, err
	})
	if err != nil || !kept {
		return Result{Findings: result.Findings}, err
	}
	return result, nil
}

// fresh gives the findings that files have and the content had not, and remembers the site.
func (l *lesson) fresh(f amend.Folder, files fs.FS) ([]diag.Finding, error) {
	now, err := f.Check(files)
	if err != nil {
		return nil, err
	}
	l.now = now.Site
	return amend.New(l.content.Findings, now.Findings, nil), nil
}

// result sorts what came of each pair, in the order of the pairs.
func (l *lesson) result(pairs []Pair) Result {
	var r Result
	added := make([]Addition, len(pairs))
	for _, n := range l.news {
		a := &added[n.pairs[0]]
		a.Answer = n.answer.ID.Value
		if n.framework == "" {
			a.Asked = n.text
		} else {
			a.ID = n.text
		}
	}
	for i, p := range pairs {
		if added[i].Answer != "" {
			added[i].Pair = p
			r.Added = append(r.Added, added[i])
		} else if len(l.refused[i]) == 0 {
			r.Known = append(r.Known, p)
		}
		for _, why := range l.refused[i] {
			r.Refused = append(r.Refused, Refusal{p, why})
		}
	}
	return r
}

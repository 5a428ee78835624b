// Package learning writes into answers how customers asked for them.
//
// In come the site folder and an Order: Pairs of an answer and the question that a person found it to answer, as it was asked, perhaps with the
// id that it has in a questionnaire. Out comes a unified diff of the answers' YAML, in which those wordings stand under also_asked and those ids under
// frameworks; nothing else of the files changes. A pair that cannot be taken, or that would give the content a finding, is refused with the
// reason and the others go on; what an answer says already is not written again.
package learning

import (
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

// An Addition is what one pair added, of which either part may be "" since it was known.
type Addition struct {
	Pair   Pair
	Answer string // the id of today
	Asked  string // as it is written
	ID     string // as it is written
}

// A Refusal is a pair that was not taken, and why not.
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

	Findings []diag.Finding // that came up once the files were written, so that they were put back; then nothing was learnt
}

// Run does what the order says. The error is an amend.Refusal, or the machine's.
func Run(f amend.Folder, order Order) (Result, error) {
	return Result{}, nil
}

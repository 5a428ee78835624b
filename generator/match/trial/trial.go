// Package trial tells how good the matching is on questions whose right answer a person has named, and learns its weights from them.
//
// In goes a folder with library.csv, pairs.csv and negatives.csv; out come figures that are honest: what a question is judged by was learnt from the
// other questionnaires alone. No text of a question leaves this package but for a person who asks to see it.
package trial

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"candor/generator/match"
)

// A Case is a question with what is right for it: the answer's id, and the ids of others that would do. A case without a right one asks for what no
// answer says.
type Case struct {
	ID, Text, Source, Topic string
	Right                   string
	Also                    []string
	Section, Before         string // what stands above it, where that is known

	set *Set
}

func (c *Case) question() match.Question {
	return match.Question{Text: c.Text, Section: c.Section, Before: c.Before}
}

// A Set is answers and the cases to try on them.
type Set struct {
	Answers []match.Answer
	Cases   []Case
}

// Read reads a folder. Errors name the file.
func Read(folder string) (*Set, error) {
	var s Set
	err := each(filepath.Join(folder, "library.csv"), func(r map[string]string) {
		s.Answers = append(s.Answers, match.Answer{ID: r["library_id"], Question: r["library_question"], Topic: r["section"], Text: r["answer"]})
	})
	if err != nil {
		return nil, err
	}
	return &s, s.ReadCases(folder)
}

// ReadCases adds the cases of pairs.csv and negatives.csv in a folder.
func (s *Set) ReadCases(folder string) error {
	err := each(filepath.Join(folder, "pairs.csv"), func(r map[string]string) {
		also := strings.FieldsFunc(r["also_ok"], func(c rune) bool { return c == '|' })
		s.Cases = append(s.Cases, Case{ID: r["query_id"], Text: r["query"], Source: r["source_query"], Topic: r["topic"], Right: r["library_id"], Also: also, Section: r["section"], Before: r["before"]})
	})
	if err != nil {
		return err
	}
	return each(filepath.Join(folder, "negatives.csv"), func(r map[string]string) {
		s.Cases = append(s.Cases, Case{ID: r["query_id"], Text: r["query"], Source: r["source_query"], Topic: "none (" + r["kind"] + ")", Section: r["section"], Before: r["before"]})
	})
}

func each(file string, visit func(map[string]string)) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	for _, row := range rows[min(1, len(rows)):] {
		r := map[string]string{}
		for i, cell := range row {
			r[rows[0][i]] = cell
		}
		visit(r)
	}
	return nil
}

// right tells whether an answer is one that a case may be given.
func (c *Case) right(id string) bool {
	return c.Right != "" && (id == c.Right || slices.Contains(c.Also, id))
}

// taught gives the answers with the questions of all sources but those left out as also_asked.
func (s *Set) taught(without ...string) []match.Answer {
	answers := slices.Clone(s.Answers)
	at := map[string]int{}
	for i, a := range answers {
		at[a.ID] = i
	}
	for _, c := range s.Cases {
		if i, ok := at[c.Right]; ok && !slices.Contains(without, c.Source) {
			answers[i].AlsoAsked = append(slices.Clone(answers[i].AlsoAsked), c.Text)
		}
	}
	return answers
}

// A verdict is what became of a case.
type verdict struct {
	c          *Case
	place      int // of the right answer by the case's own id, from 0; -1 when it is not among the first ten
	placeAlso  int // of an answer that would do
	confidence float64
	filled     bool // by the built-in threshold
	first      string
}

func (v *verdict) wrong() bool { return v.placeAlso != 0 }

// sweep gives the threshold that fills most at a precision, with how many of the cases that fills and how many of these are wrong.
func sweep(all []verdict, precision float64) (threshold float64, filled, wrong int) {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b verdict) int { return cmp.Compare(b.confidence, a.confidence) })
	threshold = 2 // nothing
	bad := 0
	for i, v := range sorted {
		if v.wrong() {
			bad++
		}
		if i+1 < len(sorted) && sorted[i+1].confidence == v.confidence {
			continue
		}
		if float64(i+1-bad) >= precision*float64(i+1) {
			threshold, filled, wrong = v.confidence, i+1, bad
		}
	}
	return threshold, filled, wrong
}

package trial

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"candor/generator/model"
)

// A Score counts things: those that a reader says, those that were found, and those that both have.
type Score struct{ Said, Found, Both int }

func (s *Score) add(said, found bool) {
	if said {
		s.Said++
	}
	if found {
		s.Found++
	}
	if said && found {
		s.Both++
	}
}

// Precision is how much of what was found is right, from 0 to 1; nothing found is all right.
func (s Score) Precision() float64 { return share(s.Both, s.Found) }

// Recall is how much of what a reader says was found, from 0 to 1.
func (s Score) Recall() float64 { return share(s.Both, s.Said) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// Proved scores vendors that are proved: a wrong one is an error that a company sees for nothing.
func Proved(cases []Case) Score {
	return score(cases, func(l Label) bool { return l.Verdict == "proved" })
}

// Seen scores vendors that are seen at all.
func Seen(cases []Case) Score { return score(cases, func(Label) bool { return true }) }

// Kind scores the signs of one kind, a vendor in a tree each.
func Kind(cases []Case, kind model.SignKind) Score {
	return score(cases, func(l Label) bool { return slices.Contains(l.Kinds, kind) })
}

func score(cases []Case, counts func(Label) bool) Score {
	var s Score
	for _, c := range cases {
		vendors := map[string][2]bool{}
		for i, list := range [][]Label{c.Want, c.Found} {
			for _, l := range list {
				if counts(l) {
					both := vendors[l.Vendor]
					both[i] = true
					vendors[l.Vendor] = both
				}
			}
		}
		for _, both := range vendors { // counted, so that their order is none
			s.add(both[0], both[1])
		}
	}
	return s
}

// Report writes how good the finding is: by kind of sign, all kinds together, and by verdict; with verbose, the trees on which the two differ.
func Report(out io.Writer, cases []Case, verbose bool) {
	fmt.Fprintf(out, "signs of vendors in %d labelled trees\n", len(cases))
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\tlabelled\tfound\tright\tprecision\trecall\t")
	row := func(name string, s Score) {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%.1f %%\t%.1f %%\t\n", name, s.Said, s.Found, s.Both, 100*s.Precision(), 100*s.Recall())
	}
	var all Score
	for _, kind := range Kinds {
		s := Kind(cases, kind)
		all = Score{all.Said + s.Said, all.Found + s.Found, all.Both + s.Both}
		row(string(kind), s)
	}
	row("all signs", all)
	row("vendors proved", Proved(cases))
	row("vendors seen", Seen(cases))
	w.Flush()
	if !verbose {
		return
	}
	for i := range cases {
		if lines := cases[i].Differences(); lines != nil {
			fmt.Fprintf(out, "%s (%s)\n  %s\n", cases[i].Name, cases[i].Title, strings.Join(lines, "\n  "))
		}
	}
}

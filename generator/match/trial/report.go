package trial

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// Report writes the figures of verdicts: as a whole, by topic, by questionnaire, and the ids of wrong fills; the texts too when verbose.
func Report(out io.Writer, name string, all []verdict, verbose bool) {
	threshold, filled, wrong := sweep(all, .95)
	fmt.Fprintf(out, "%s\n", name)
	fmt.Fprintf(out, "  %s\n", figures(all))
	fmt.Fprintf(out, "  at 95 %% precision: %.3f filled (%d of %d, %d wrong), confidence from %.2f\n", float64(filled)/float64(len(all)), filled, len(all), wrong, threshold)
	var sure []verdict
	for _, v := range all {
		if v.filled {
			sure = append(sure, v)
		}
	}
	fmt.Fprintf(out, "  threshold chosen without it: %.3f filled (%d), precision %.3f\n", float64(len(sure))/float64(len(all)), len(sure), 1-float64(count(sure, (*verdict).wrong))/float64(max(1, len(sure))))
	for _, v := range sure {
		if v.wrong() {
			fmt.Fprintf(out, "    wrong: %s filled with %s, right is %s (%.2f)\n", v.c.ID, v.first, orNone(v.c.Right), v.confidence)
			if verbose {
				fmt.Fprintf(out, "      %s\n", v.c.Text)
			}
		}
	}
	split(out, "topic", all, func(v verdict) string { return v.c.Topic })
	split(out, "questionnaire", all, func(v verdict) string { return v.c.Source })
	if verbose {
		misses(out, all)
	}
}

func misses(out io.Writer, all []verdict) {
	for _, v := range all {
		if v.c.Right != "" && v.placeAlso != 0 {
			fmt.Fprintf(out, "  miss: %s place %d, first %s, right %s (%.2f): %s\n", v.c.ID, v.placeAlso+1, v.first, v.c.Right, v.confidence, v.c.Text)
		}
	}
	fmt.Fprintln(out)
	for _, v := range all {
		if v.wrong() && v.confidence > .5 {
			fmt.Fprintf(out, "  trusted too much: %s, first %s, right %s (%.2f): %s\n", v.c.ID, v.first, orNone(v.c.Right), v.confidence, v.c.Text)
		}
	}
}

func orNone(id string) string {
	if id == "" {
		return "none"
	}
	return id
}

func split(out io.Writer, what string, all []verdict, by func(verdict) string) {
	groups := map[string][]verdict{}
	var names []string
	for _, v := range all {
		n := by(v)
		if groups[n] == nil {
			names = append(names, n)
		}
		groups[n] = append(groups[n], v)
	}
	slices.Sort(names)
	fmt.Fprintf(out, "  by %s\n", what)
	for _, n := range names {
		fmt.Fprintf(out, "    %-42s %s\n", n, figures(groups[n]))
	}
}

func figures(all []verdict) string {
	var asked []verdict
	for _, v := range all {
		if v.c.Right != "" {
			asked = append(asked, v)
		}
	}
	if len(asked) == 0 {
		return fmt.Sprintf("%3d questions without a right answer", len(all))
	}
	share := func(is func(*verdict) bool) string {
		return strings.TrimPrefix(fmt.Sprintf("%.3f", float64(count(asked, is))/float64(len(asked))), "0")
	}
	return fmt.Sprintf("%3d questions, %3d with a right answer: R@1 %s R@3 %s; with also_ok R@1 %s R@3 %s", len(all), len(asked),
		share(func(v *verdict) bool { return v.place == 0 }), share(func(v *verdict) bool { return v.place >= 0 && v.place < 3 }),
		share(func(v *verdict) bool { return v.placeAlso == 0 }), share(func(v *verdict) bool { return v.placeAlso >= 0 && v.placeAlso < 3 }))
}

func count(all []verdict, is func(*verdict) bool) int {
	n := 0
	for i := range all {
		if is(&all[i]) {
			n++
		}
	}
	return n
}

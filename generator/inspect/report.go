package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
	"time"
)

// A failure is one thing that is wrong: on which page of which site, which checker says so, what, where on the page, and what helps.
type failure struct {
	Site  string `json:"site"`
	Page  string `json:"page"`
	Tool  string `json:"tool"`
	What  string `json:"what"`
	Where string `json:"where"`
	Hint  string `json:"hint"`
}

// done says what a checker has looked at, and how long.
type done struct {
	Site    string  `json:"site"`
	Tool    string  `json:"done"`
	Ran     string  `json:"ran"`
	Seconds float64 `json:"seconds"`
}

// A report gathers what the checkers say; they speak side by side.
type report struct {
	mu       sync.Mutex
	failures []failure
	runs     []done

	progress io.Writer // nil for none
	begun    time.Time
}

// say tells those who wait what is being done.
func (r *report) say(format string, args ...any) {
	if r.progress != nil {
		fmt.Fprintf(r.progress, "%4.0f s  %s\n", time.Since(r.begun).Seconds(), fmt.Sprintf(format, args...))
	}
}

func (r *report) fail(f failure) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failures = append(r.failures, f)
}

func (r *report) done(d done) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.say("%s: %s, %s, %.1f s", d.Site, d.Tool, d.Ran, d.Seconds)
	r.runs = append(r.runs, d)
}

// line takes a line of the scripts: a failure, or what was done.
func (r *report) line(text []byte) error {
	var both struct {
		failure
		Done    string  `json:"done"`
		Ran     string  `json:"ran"`
		Seconds float64 `json:"seconds"`
		Say     string  `json:"say"`
	}
	if err := json.Unmarshal(text, &both); err != nil {
		return fmt.Errorf("the scripts say %q, which is no line of theirs", text)
	}
	if both.Say != "" {
		r.say("%s", both.Say)
		return nil
	}
	if both.Done != "" {
		r.done(done{both.Site, both.Done, both.Ran, both.Seconds})
		return nil
	}
	r.fail(both.failure)
	return nil
}

// print writes the table, and below it the failures in the order of sites, pages and checkers, each once with the number of pages that have it.
func (r *report) print(out io.Writer, sites []*site, took time.Duration) {
	order := func(name string) int { return slices.IndexFunc(sites, func(s *site) bool { return s.Name == name }) }
	slices.SortStableFunc(r.runs, func(a, b done) int {
		return cmp.Or(cmp.Compare(order(a.Site), order(b.Site)), strings.Compare(a.Tool, b.Tool))
	})
	slices.SortStableFunc(r.failures, func(a, b failure) int {
		return cmp.Or(cmp.Compare(order(a.Site), order(b.Site)), strings.Compare(a.Tool, b.Tool), strings.Compare(a.Page, b.Page), strings.Compare(a.What, b.What))
	})
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(table, "site\tchecker\tlooked at\tseconds\tfailures")
	for _, d := range r.runs {
		failed := 0
		for _, f := range r.failures {
			if f.Site == d.Site && f.checker() == d.Tool {
				failed++
			}
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%.1f\t%d\n", d.Site, d.Tool, d.Ran, d.Seconds, failed)
	}
	table.Flush() // what it writes to is standard output
	type same struct{ site, tool, what, where string }
	pages := map[same]int{}
	for _, f := range r.failures {
		pages[same{f.Site, f.Tool, f.What, f.Where}]++
	}
	told := map[same]bool{}
	for _, f := range r.failures {
		k := same{f.Site, f.Tool, f.What, f.Where}
		if told[k] {
			continue
		}
		told[k] = true
		fmt.Fprintf(out, "%s%s: %s: %s, %s", f.Site, f.Page, f.Tool, f.What, f.Where)
		if n := pages[k]; n > 1 {
			fmt.Fprintf(out, " (and on %d more pages)", n-1)
		}
		fmt.Fprintln(out)
		if f.Hint != "" {
			fmt.Fprintf(out, "  = hint: %s\n", f.Hint)
		}
	}
	fmt.Fprintf(out, "%d failures in %.0f s\n", len(r.failures), took.Seconds())
}

// checker is the run that a failure is counted with.
func (f failure) checker() string {
	switch f.Tool {
	case "nu", "linkinator", "lighthouse":
		return f.Tool
	}
	return "browser"
}

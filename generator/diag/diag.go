// Package diag holds rules and findings: what is wrong with the content, where, and what to type instead.
//
// Every stage adds findings to a List; the list is sorted, counted and written as text or JSON at the end. A finding is always
// something that an author can mend; what broke the machine is a Go error and never comes here. Nothing here prints or exits.
package diag

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"candor/generator/source"
)

// A Severity says what a finding does to a build.
type Severity int

// Errors fail a build; warnings and incompletes fail it with --strict only.
const (
	Error      Severity = iota
	Warning             // probably wrong
	Incomplete          // looks unfinished rather than wrong
)

// String gives the word that is printed.
func (s Severity) String() string { return [...]string{"error", "warning", "incomplete"}[s] }

// A Rule is one thing that is checked, as `candor rules` and the reference page show it.
type Rule struct {
	ID       string // "SUB01"
	Severity Severity
	Title    string // what is checked, in one line
	Why      string // why it matters to the reader or the auditor
	Source   string // the clause, criterion or document that asks for it; "" when it is Candor's own
	Bad      string // content that fires it
	Good     string // the same, mended
	Remark   string // what else an author should know, may be ""
}

// A Related place explains a finding: where something was promised, approved or first declared.
type Related struct {
	At   source.Span
	Text string // "promised here"
}

// A Finding is one gap in the content.
type Finding struct {
	Rule     string // id of the rule: "SUB01"
	Severity Severity
	At       source.Span
	Message  string // lower case, the value quoted, no full stop
	Hint     string // what to type, may be ""
	From     string // the first day on which it is there, when that is known and lies ahead: YYYY-MM-DD
	Related  []Related
	Secret   bool // the value is a secret: what shows its line shows stars
}

// A List collects findings from all stages; it may be shared by goroutines. The zero List is empty.
type List struct {
	mu       sync.Mutex
	findings []Finding
}

// Add puts findings on the list.
func (l *List) Add(findings ...Finding) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.findings = append(l.findings, findings...)
}

// Take removes the findings that match from the list and gives them, in the order of Findings.
func (l *List) Take(match func(Finding) bool) []Finding {
	l.mu.Lock()
	var taken List
	l.findings = slices.DeleteFunc(l.findings, func(f Finding) bool {
		if !match(f) {
			return false
		}
		taken.findings = append(taken.findings, f)
		return true
	})
	l.mu.Unlock()
	return taken.Findings()
}

// Soften makes warnings of the errors that match.
func (l *List) Soften(match func(Finding) bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, f := range l.findings {
		if f.Severity == Error && match(f) {
			l.findings[i].Severity = Warning
		}
	}
}

// Findings gives all findings, by file, then place, rule and message, each once.
func (l *List) Findings() []Finding {
	l.mu.Lock()
	all := slices.Clone(l.findings)
	l.mu.Unlock()
	slices.SortStableFunc(all, compare)
	return slices.CompactFunc(all, func(a, b Finding) bool { return compare(a, b) == 0 })
}

func compare(a, b Finding) int {
	return cmp.Or(strings.Compare(pathOf(a.At), pathOf(b.At)), cmp.Compare(a.At.Start, b.At.Start), cmp.Compare(a.At.End, b.At.End),
		strings.Compare(a.Rule, b.Rule), strings.Compare(a.Message, b.Message))
}

func pathOf(s source.Span) string {
	if s.File == nil {
		return ""
	}
	return s.File.Path
}

// Fails reports whether a build may not go on: an error stands on the list, or, when strict, anything at all.
func (l *List) Fails(strict bool) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, f := range l.findings {
		if f.Severity == Error || strict {
			return true
		}
	}
	return false
}

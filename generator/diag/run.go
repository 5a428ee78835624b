package diag

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"candor/generator/source"
)

// A Run is one look at a site, as it is written for machines: what was found, by which rules, on which day.
type Run struct {
	Findings   []Finding
	Exceptions []Exception // that hold on the day
	Rules      []Rule      // all there are, in the order of the reference
	Version    string      // of the program
	On         string      // the day that was judged: YYYY-MM-DD
	Today      string      // when On lies ahead: findings that have no From are there on this day already
	Folder     string      // the site folder in its repository, slash-separated; "" when it is the repository
}

// rule gives a finding's rule and its index, -1 when there is none.
func (r Run) rule(id string) (Rule, int) {
	i := slices.IndexFunc(r.Rules, func(known Rule) bool { return known.ID == id })
	if i < 0 {
		return Rule{ID: id}, i
	}
	return r.Rules[i], i
}

// path gives a file's path in the repository.
func (r Run) path(at source.Span) string {
	return strings.TrimPrefix(r.Folder+"/"+cmp.Or(pathOf(at), "content"), "/")
}

// endOf gives the place just behind a span.
func endOf(at source.Span) source.Position {
	return source.Span{File: at.File, Start: max(at.Start, at.End)}.Position()
}

// hasLines reports whether a place is one in a text, not a file as a whole.
func hasLines(at source.Span) bool { return at.File != nil && at.File.IsText() }

// moving matches what stays ("in quotation marks") and what moves with the days: dates and numbers that stand alone.
var moving = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b|(?:^|[ (])[0-9][0-9.,-]*\b`)

// gist gives a message without the days and numbers that change while the gap stays the same.
func gist(message string) string {
	return moving.ReplaceAllStringFunc(message, func(s string) string {
		if strings.HasPrefix(s, `"`) {
			return s
		}
		return strings.TrimRight(s, "0123456789-.,") + "#"
	})
}

// Identities gives each finding a name by which it is known again on another day: rule, severity, place and the gist of its message. Findings
// that share all of these are numbered.
func Identities(findings []Finding) []string {
	return numbered(findings, func(f Finding) string {
		return fmt.Sprintf("%s\x00%s\x00%s\x00%d\x00%d\x00%s", f.Rule, f.Severity, pathOf(f.At), f.At.Start, f.At.End, gist(f.Message))
	})
}

// Fingerprints gives each finding a name by which it is known again after its file was edited elsewhere: rule, file and the gist of its
// message.
func Fingerprints(findings []Finding) []string {
	return numbered(findings, func(f Finding) string {
		return fmt.Sprintf("%.8x", sha256.Sum256([]byte(f.Rule+"\x00"+pathOf(f.At)+"\x00"+gist(f.Message))))
	})
}

func numbered(findings []Finding, name func(Finding) string) []string {
	names := make([]string, len(findings))
	seen := map[string]int{}
	for i, f := range findings {
		n := name(f)
		seen[n]++
		names[i] = n + ":" + strconv.Itoa(seen[n])
	}
	return names
}

// Counts gives the number of findings of each severity.
type Counts [3]int

// CountOf counts findings.
func CountOf(findings []Finding) Counts {
	var c Counts
	for _, f := range findings {
		c[f.Severity]++
	}
	return c
}

// String gives the counts in words: "2 errors, 1 warning", "no findings".
func (c Counts) String() string {
	var parts []string
	for severity, nouns := range [][2]string{{"error", "errors"}, {"warning", "warnings"}, {"incomplete entry", "incomplete entries"}} {
		switch n := c[severity]; n {
		case 0:
		case 1:
			parts = append(parts, "1 "+nouns[0])
		default:
			parts = append(parts, fmt.Sprintf("%d %s", n, nouns[1]))
		}
	}
	return cmp.Or(strings.Join(parts, ", "), "no findings")
}

package diag

import (
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
)

// A gitlabIssue is one entry of a Code Quality report. GitLab reads these keys and no others
// (docs.gitlab.com/ci/testing/code_quality, "Code Quality report format", read 2026-11-26).
type gitlabIssue struct {
	Description string      `json:"description"`
	CheckName   string      `json:"check_name"`
	Fingerprint string      `json:"fingerprint"`
	Severity    string      `json:"severity"`
	Location    gitlabPlace `json:"location"`
}

type gitlabPlace struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
}

// WriteGitLab writes a run as a Code Quality report, which GitLab shows beside the lines of a merge request: a JSON array, empty when nothing was
// found, since a missing report would read as "not looked". GitLab tells new findings from old ones by their fingerprints, and drops one that comes
// twice. A place without lines is given the first, which GitLab wants.
func WriteGitLab(w io.Writer, run Run) error {
	issues := []gitlabIssue{}
	prints := Fingerprints(run.Findings)
	for i, f := range run.Findings {
		place := gitlabPlace{Path: run.path(f.At), Lines: gitlabLines{1}}
		if hasLines(f.At) {
			place.Lines.Begin = f.At.Position().Line
		}
		issues = append(issues, gitlabIssue{Description: run.gitlabMessage(f), CheckName: f.Rule, Severity: gitlabSeverity(f.Severity),
			Fingerprint: fmt.Sprintf("%.16x", sha256.Sum256([]byte(prints[i]))), Location: place})
	}
	return writeIndented(w, issues)
}

func gitlabSeverity(s Severity) string { return [...]string{"critical", "minor", "info"}[s] }

// gitlabMessage gives what a finding says in one line, which is all that GitLab has room for.
func (r Run) gitlabMessage(f Finding) string {
	text := f.Message
	if f.From != "" {
		text += " (from " + f.From + ")"
	}
	if f.Hint != "" {
		text += "; hint: " + f.Hint
	}
	return strings.Join(strings.Fields(printable(text)), " ")
}

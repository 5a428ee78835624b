package diag_test

import (
	"encoding/json"
	"regexp"
	"testing"

	"candor/generator/diag"
	"candor/generator/source"
)

// gitlabReport is a Code Quality report as GitLab reads it.
type gitlabReport []struct {
	Description, Fingerprint, Severity string
	CheckName                          string `json:"check_name"`
	Location                           struct {
		Path  string
		Lines struct{ Begin int }
	}
}

func gitlab(t *testing.T, run diag.Run) gitlabReport {
	t.Helper()
	var report gitlabReport
	if err := json.Unmarshal([]byte(written(t, diag.WriteGitLab, run)), &report); err != nil {
		t.Fatal(err)
	}
	return report
}

func TestGitLab(t *testing.T) {
	got := gitlab(t, oddRun())
	want := []struct {
		rule, severity, path, description string
		line                              int
	}{
		{"SUB01", "critical", "docs/trust/content/flows/odd näme, 100%: a.yaml", `step "draft" names "openia", which is no sub-processor (from 2026-12-14); hint: did you mean "openai"?`, 1},
		{"FLW03", "info", "docs/trust/content/flows/odd näme, 100%: a.yaml", "two lines, 100%, [a](1) and [31m", 2},
		{"POL02", "minor", "docs/trust/content/documents/report.pdf", "the file is 3 days old", 1},
		{"NEW99", "critical", "docs/trust/content", "nowhere; hint: somewhere", 1},
	}
	if len(got) != len(want) {
		t.Fatalf("%d entries", len(got))
	}
	seen := map[string]bool{}
	for i, w := range want {
		g := got[i]
		if g.CheckName != w.rule || g.Severity != w.severity || g.Location.Path != w.path || g.Description != w.description || g.Location.Lines.Begin != w.line {
			t.Errorf("entry %d is %+v, want %+v", i, g, w)
		}
		if !regexp.MustCompile(`^[0-9a-f]{32}$`).MatchString(g.Fingerprint) || seen[g.Fingerprint] {
			t.Errorf("fingerprint %q is no name of its own", g.Fingerprint)
		}
		seen[g.Fingerprint] = true
	}
}

// TestGitLabFingerprints: what GitLab tells old findings by stays when lines and days move, and two that look the same are two.
func TestGitLabFingerprints(t *testing.T) {
	prints := func(text string, messages ...string) []string {
		f := source.NewFile("content/a.yaml", []byte(text))
		run := diag.Run{}
		for _, m := range messages {
			run.Findings = append(run.Findings, diag.Finding{Rule: "POL02", At: place(f, "x"), Message: m})
		}
		var all []string
		for _, issue := range gitlab(t, run) {
			all = append(all, issue.Fingerprint)
		}
		return all
	}
	before, after := prints("x", "due on 2026-11-23", "same", "same"), prints("\n\nx", "due on 2027-01-01", "same", "same")
	for i := range before {
		if before[i] != after[i] {
			t.Errorf("finding %d is not known again", i)
		}
	}
	if before[1] == before[2] {
		t.Error("two findings have one fingerprint")
	}
}

// TestGitLabOfNothing: a report of nothing is a list, not null.
func TestGitLabOfNothing(t *testing.T) {
	if got := written(t, diag.WriteGitLab, diag.Run{}); got != "[]\n" {
		t.Errorf("no findings are %q", got)
	}
}

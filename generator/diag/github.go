package diag

import (
	"fmt"
	"io"
	"strings"
)

// githubShows is how many annotations of one kind GitHub shows for a step of a workflow.
const githubShows = 10

// WriteGitHub writes a run as workflow commands, which GitHub shows beside the lines of a pull request. When there are more findings of one kind
// than GitHub shows, the first annotation says so. The last line counts.
func WriteGitHub(w io.Writer, run Run) error {
	var b strings.Builder
	counts := CountOf(run.Findings)
	total := fmt.Sprintf("%s on %s", counts, run.On)
	for severity, n := range counts {
		if n > githubShows {
			fmt.Fprintf(&b, "::%s title=candor::%s\n", githubKind(Severity(severity)),
				githubData.Replace(fmt.Sprintf("%s; GitHub shows %d of each kind, the log of this step shows all", total, githubShows)))
			break
		}
	}
	for _, f := range run.Findings {
		fmt.Fprintf(&b, "::%s %s::%s\n", githubKind(f.Severity), run.githubProperties(f), githubData.Replace(run.githubMessage(f)))
	}
	b.WriteString(total + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func githubKind(s Severity) string { return [...]string{"error", "warning", "notice"}[s] }

// githubProperties gives the place and title. Columns may be given only when the line ends where it began.
func (r Run) githubProperties(f Finding) string {
	title := f.Rule
	if f.From != "" {
		title += " from " + f.From
	}
	properties := "file=" + githubProperty.Replace(printable(r.path(f.At)))
	if hasLines(f.At) {
		p, end := f.At.Position(), endOf(f.At)
		properties += fmt.Sprintf(",line=%d,endLine=%d", p.Line, end.Line)
		if p.Line == end.Line {
			properties += fmt.Sprintf(",col=%d,endColumn=%d", p.Column, end.Column)
		}
	}
	return properties + ",title=" + githubProperty.Replace(title)
}

func (r Run) githubMessage(f Finding) string {
	lines := []string{printable(f.Message)}
	for _, related := range f.Related {
		place := printable(r.path(related.At))
		if hasLines(related.At) {
			place = fmt.Sprintf("%s:%d", place, related.At.Position().Line)
		}
		lines = append(lines, printable(related.Text)+": "+place)
	}
	if f.Hint != "" {
		lines = append(lines, "hint: "+printable(f.Hint))
	}
	return strings.Join(lines, "\n")
}

// What a workflow command must not hold as it is, in its message and in its properties.
var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

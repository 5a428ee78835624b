package readiness

import (
	"fmt"
	"io"
	"strings"
)

// WriteMarkdown writes the report as a Markdown document: a table for each phase, for a ticket or a board paper.
func WriteMarkdown(w io.Writer, r Report) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# SOC 2 in 90 days\n\nAs on %s: %s.\n", r.On, r.summary())
	for _, phase := range Phases {
		fmt.Fprintf(&b, "\n## %s\n\n| State | Item | Where | Next |\n|---|---|---|---|\n", phase.Title)
		for _, one := range r.Results {
			if one.Phase != phase.Number {
				continue
			}
			next := one.Next
			if next == "" && one.Until != 0 {
				next = "until " + one.Until.String()
			}
			if one.Note != "" {
				next = strings.TrimSuffix(one.Note+"; "+next, "; ")
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", one.State, one.Title, cells(one.Places), escaped(next))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// cells names the first three places and counts the others.
func cells(places []Place) string {
	var list []string
	for _, p := range places {
		if !p.At.IsZero() {
			list = append(list, "`"+strings.ReplaceAll(lineOf(p), "`", "")+"`")
		}
	}
	const most = 3
	if len(list) > most {
		list = append(list[:most:most], fmt.Sprintf("%d more", len(list)-most))
	}
	return escaped(strings.Join(list, ", "))
}

// escaped keeps a text within its cell.
func escaped(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", `\<`).Replace(s)
}

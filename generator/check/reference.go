package check

import (
	"fmt"
	"io"
	"strings"
)

// A Family is a group of rules on one subject.
type Family struct {
	Prefix string // of the ids: "SUB"
	Title  string // "Sub-processors"
	Rules  []Rule
}

// families are the subjects of rules, in the order of the reference.
var families = []Family{
	{Prefix: "SUB", Title: "Sub-processors"},
	{Prefix: "NOT", Title: "Notice of changes"},
	{Prefix: "SHR", Title: "Sealed pages"},
	{Prefix: "FLW", Title: "Data flows"},
	{Prefix: "RET", Title: "Vendor retention and training terms"},
	{Prefix: "MOD", Title: "Models"},
	{Prefix: "VEC", Title: "Vector stores"},
	{Prefix: "TRN", Title: "Training and fine-tuning"},
	{Prefix: "LOG", Title: "Prompt logs"},
	{Prefix: "INJ", Title: "Prompt injection"},
	{Prefix: "ACC", Title: "Access"},
	{Prefix: "INC", Title: "Incidents"},
	{Prefix: "POL", Title: "Policies"},
	{Prefix: "SCH", Title: "Schema"},
	{Prefix: "SOC", Title: "Criteria"},
	{Prefix: "ANS", Title: "Answers"},
	{Prefix: "CRT", Title: "Certifications"},
	{Prefix: "LEK", Title: "Leaks"},
	{Prefix: "LNK", Title: "Links"},
	{Prefix: "BRD", Title: "Brand and theme"},
	{Prefix: "SEC", Title: "security.txt"},
	{Prefix: "EXC", Title: "Exceptions"},
}

// Families gives all rules by subject, in the order of the reference.
func Families() []Family {
	all := make([]Family, len(families))
	for i, f := range families {
		all[i] = f
		for _, r := range Rules() {
			if strings.HasPrefix(r.ID, f.Prefix) {
				all[i].Rules = append(all[i].Rules, r)
			}
		}
	}
	return all
}

// WriteReference writes the reference page of all rules as Markdown: a table of contents, then each rule with what it looks for, why, a bad
// and a good example.
func WriteReference(w io.Writer) error {
	var b strings.Builder
	b.WriteString("# The rules\n\nWritten by `candor rules --format md`, from the same structs as the findings. A build fails on an error, and on anything with `--strict`; *incomplete* says that content looks unfinished rather than wrong.\n")
	for _, f := range Families() {
		fmt.Fprintf(&b, "\n**%s**\n\n| rule | severity | what is checked |\n|---|---|---|\n", f.Title)
		for _, r := range f.Rules {
			fmt.Fprintf(&b, "| [%s](#%s) | %s | %s |\n", r.ID, strings.ToLower(r.ID), r.Severity, strings.ReplaceAll(oneLine(r.Title), "|", `\|`))
		}
	}
	for _, f := range Families() {
		fmt.Fprintf(&b, "\n## %s\n", f.Title)
		for _, r := range f.Rules {
			writeRule(&b, r)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeRule(b *strings.Builder, r Rule) {
	severity := r.Severity.String()
	fmt.Fprintf(b, "\n### %s\n\n%s: %s.\n\n%s", r.ID, strings.ToUpper(severity[:1])+severity[1:], r.Title, r.Markdown())
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

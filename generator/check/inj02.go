package check

import (
	"fmt"
	"strings"

	"candor/generator/diag"
)

var inj02 = Rule{
	Rule: diag.Rule{
		ID:       "INJ02",
		Severity: diag.Error,
		Title:    "a tool of a model changes something, and neither a person nor a list stands before it",
		Why:      "Whoever writes to the model writes to its tools. What sends, pays or deletes needs a person who says yes, or a list of what is allowed.",
		Source:   "OWASP LLM06:2025",
		Bad: `untrusted_input:
  tools:
    - {name: Send the reply, changes: true}
    - Search own mail`,
		Good: `untrusted_input:
  tools:
    - {name: Send the reply, changes: true, approval: human}
    - {name: Search own mail, changes: false}`,
		Remark: `"approval: human" says that a person approves each call, "approval: allow-list" that a call can do only what a fixed list allows. "tools: none" says that there is none.`,
	},
	run: freeTools,
}

func freeTools(p *pass) {
	for _, f := range p.site.Flows {
		if !isCurrent(f) || f.UntrustedInput == nil {
			continue
		}
		tools := f.UntrustedInput.Tools
		for i, t := range tools {
			name := t.Name.Value
			switch {
			case t.Name.IsZero(): // reported while reading
			case t.IsNone():
				if other := tools[(i+1)%len(tools)]; len(tools) > 1 {
					p.report(t.Name.At, fmt.Sprintf("flow %q says that its model has no tools, beside the tool %q", f.ID.Value, shorten(other.Name.Value)), "remove one of the two", note(other.Name.At, "the tool"))
				}
			case !t.Changes.Set:
				p.report(t.Name.At, fmt.Sprintf("tool %q does not say whether it changes anything", shorten(name)), toolHint(name))
			case t.Changes.Value && t.Approval.Value != "human" && t.Approval.Value != "allow-list":
				p.report(t.Changes.At, fmt.Sprintf("tool %q changes something, and nobody approves its calls", shorten(name)),
					`write "approval: human" when a person approves each call, or "approval: allow-list" when it can do only what a list allows`, note(t.Approval.At, "no approval, as written here"))
			}
		}
	}
}

// toolHint tells how to write a tool of which only the name is there.
func toolHint(name string) string {
	first, _, _ := strings.Cut(strings.ToLower(name), " ")
	switch strings.Trim(first, ".,;") {
	case "no", "none", "nothing", "n/a", "not":
		return `write "tools: none" when the model can call nothing, else each tool as "{name: ..., changes: false}"`
	}
	written := "..."
	if shorten(name) == name {
		written = "'" + strings.ReplaceAll(name, "'", "''") + "'"
	}
	return fmt.Sprintf(`write "changes: false" when it only reads, as in {name: %s, changes: false}, else "changes: true" and its approval; several tools are a list`, written)
}

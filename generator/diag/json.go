package diag

import (
	"encoding/json"
	"io"
)

type jsonPlace struct {
	Path   string `json:"path"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Text   string `json:"text,omitempty"`
}

type jsonFinding struct {
	Rule     string      `json:"rule"`
	Severity string      `json:"severity"`
	Message  string      `json:"message"`
	Hint     string      `json:"hint,omitempty"`
	At       jsonPlace   `json:"at"`
	Related  []jsonPlace `json:"related,omitempty"`
}

// WriteJSON writes findings for a machine: {"findings": [...]}, in the order given.
func WriteJSON(w io.Writer, findings []Finding) error {
	out := struct {
		Findings []jsonFinding `json:"findings"`
	}{Findings: []jsonFinding{}}
	for _, f := range findings {
		p := f.At.Position()
		j := jsonFinding{Rule: f.Rule, Severity: f.Severity.String(), Message: f.Message, Hint: f.Hint,
			At: jsonPlace{Path: p.Path, Line: p.Line, Column: p.Column}}
		for _, r := range f.Related {
			rp := r.At.Position()
			j.Related = append(j.Related, jsonPlace{Path: rp.Path, Line: rp.Line, Column: rp.Column, Text: r.Text})
		}
		out.Findings = append(out.Findings, j)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

package diag

import (
	_ "embed" // the schema
	"encoding/json"
	"io"

	"candor/generator/source"
)

// documentVersion is the version of the JSON document. Keys may be added to a version; a key that changes or goes makes a new one.
const documentVersion = 1

//go:embed findings.schema.json
var schema []byte

// Schema gives the JSON Schema of what WriteJSON writes.
func Schema() []byte { return schema }

type jsonPlace struct {
	Path      string `json:"path"`
	Line      int    `json:"line,omitempty"`
	Column    int    `json:"column,omitempty"`
	EndLine   int    `json:"end_line,omitempty"`
	EndColumn int    `json:"end_column,omitempty"`
	Text      string `json:"text,omitempty"`
}

type jsonFinding struct {
	Rule     string      `json:"rule"`
	Title    string      `json:"title,omitempty"`
	Severity string      `json:"severity"`
	From     string      `json:"from,omitempty"`
	Message  string      `json:"message"`
	Hint     string      `json:"hint,omitempty"`
	At       jsonPlace   `json:"at"`
	Related  []jsonPlace `json:"related,omitempty"`
}

type jsonCounts struct {
	Error      int `json:"error"`
	Warning    int `json:"warning"`
	Incomplete int `json:"incomplete"`
}

type jsonDocument struct {
	Version  int           `json:"version"`
	On       string        `json:"on"`
	Today    string        `json:"today,omitempty"`
	Counts   jsonCounts    `json:"counts"`
	Findings []jsonFinding `json:"findings"`

	Exceptions []jsonException `json:"exceptions"`
}

// WriteJSON writes a run for a machine as Schema describes it, its findings in the order given.
func WriteJSON(w io.Writer, run Run) error {
	n := CountOf(run.Findings)
	out := jsonDocument{Version: documentVersion, On: run.On, Today: run.Today,
		Counts:   jsonCounts{Error: n[Error], Warning: n[Warning], Incomplete: n[Incomplete]},
		Findings: []jsonFinding{}, Exceptions: run.jsonExceptions()}
	for _, f := range run.Findings {
		out.Findings = append(out.Findings, run.jsonFinding(f))
	}
	return writeIndented(w, out)
}

func (r Run) jsonFinding(f Finding) jsonFinding {
	rule, _ := r.rule(f.Rule)
	j := jsonFinding{Rule: f.Rule, Title: rule.Title, Severity: f.Severity.String(), From: f.From, Message: f.Message, Hint: f.Hint, At: jsonPlaceOf(f.At)}
	for _, related := range f.Related {
		place := jsonPlaceOf(related.At)
		place.Text = related.Text
		j.Related = append(j.Related, place)
	}
	return j
}

func jsonPlaceOf(at source.Span) jsonPlace {
	if !hasLines(at) {
		return jsonPlace{Path: pathOf(at)}
	}
	p, end := at.Position(), endOf(at)
	return jsonPlace{Path: p.Path, Line: p.Line, Column: p.Column, EndLine: end.Line, EndColumn: end.Column}
}

func writeIndented(w io.Writer, document any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(document)
}

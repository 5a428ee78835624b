package preview

import (
	"encoding/json"
	"errors"

	"candor/generator/diag"
	"candor/generator/source"
)

// A report is what tabs show of findings.
type report struct {
	Kind     string    `json:"kind"` // "report"
	Stopped  bool      `json:"stopped"`
	Shown    bool      `json:"shown"`             // there is a site to look at
	Trouble  string    `json:"trouble,omitempty"` // what is in the way beside the content
	Hint     string    `json:"hint,omitempty"`
	Counts   []int     `json:"counts"`   // of all findings: errors, warnings, incomplete entries
	Findings []finding `json:"findings"` // the first of them

	Exceptions []exception `json:"exceptions"`
}

type exception struct {
	Rule    string `json:"rule"`
	Reason  string `json:"reason"`
	Owner   string `json:"owner"`
	Expires string `json:"expires"`
	At      place  `json:"at"`
}

type finding struct {
	Severity string  `json:"severity"`
	Rule     string  `json:"rule"`
	Title    string  `json:"title,omitempty"`
	Message  string  `json:"message"`
	Hint     string  `json:"hint,omitempty"`
	At       place   `json:"at"`
	Related  []place `json:"related,omitempty"`
}

type place struct {
	Text   string `json:"text,omitempty"` // what it has to do with the finding
	Name   string `json:"name"`           // "content/site.yaml:3:1"
	Open   string `json:"open,omitempty"` // address that opens it in an editor
	Line   int    `json:"line,omitempty"`
	Before string `json:"before,omitempty"`
	Marked string `json:"marked,omitempty"`
	After  string `json:"after,omitempty"`
}

// maxShown is how many findings a tab lists: past that, its author has one problem, not a thousand.
const maxShown = 200

// reportOf gives what came of a build for the tabs, as JSON.
func (p *Preview) reportOf(out Outcome, err error) []byte {
	counts := diag.CountOf(out.Findings)
	r := report{Kind: "report", Stopped: out.Site == nil, Shown: out.Site != nil || p.good != nil, Counts: counts[:], Findings: []finding{}, Exceptions: []exception{}}
	if err != nil {
		r.Trouble = err.Error()
		var hinted interface{ Advice() string } // as the errors of the command are
		if errors.As(err, &hinted) {
			r.Hint = hinted.Advice()
		}
	}
	all := diag.Shown(out.Findings)
	for _, f := range all[:min(len(all), maxShown)] {
		one := finding{Severity: f.Severity.String(), Rule: f.Rule, Message: f.Message, Hint: f.Hint, At: p.placeOf(f.At, "")}
		for _, r := range f.Related {
			one.Related = append(one.Related, p.placeOf(r.At, r.Text))
		}
		r.Findings = append(r.Findings, one)
	}
	for _, e := range out.Exceptions {
		r.Exceptions = append(r.Exceptions, exception{e.Rule, e.Reason, e.Owner, e.Expires, p.placeOf(e.At, "")})
	}
	data, err := json.Marshal(r)
	if err != nil { // strings and numbers always can be
		return []byte(`{"kind":"report","stopped":true,"trouble":"the findings cannot be shown","counts":[0,0,0],"findings":[],"exceptions":[]}`)
	}
	return data
}

func (p *Preview) placeOf(at source.Span, text string) place {
	q := diag.QuoteOf(at)
	l := place{Text: text, Name: diag.Place(at), Line: q.Line, Before: q.Before, Marked: q.Marked, After: q.After}
	if at.File != nil && p.o.Editor != "" && p.o.Root != "" {
		pos := at.Position()
		l.Open = p.o.Editor.Open(p.o.Root, pos.Path, pos.Line, pos.Column)
	}
	return l
}

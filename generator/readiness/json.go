package readiness

import (
	"encoding/json"
	"io"
)

// jsonReport is the shape of the JSON: stable, fields may be added. An item has "state" proven, claimed or missing; "places" are what
// proves or claims it, or falls short, the main one first; "until" is the last day on which it is proven; "next" is what to do, "note" why nothing is.
type jsonReport struct {
	On      string     `json:"on"`
	Proven  int        `json:"proven"`
	Claimed int        `json:"claimed"`
	Missing int        `json:"missing"`
	Items   []jsonItem `json:"items"`
}

type jsonItem struct {
	ID     string      `json:"id"`
	Phase  int         `json:"phase"` // 1, 2 or 3: days 1 to 30, 31 to 60, 61 to 90
	Title  string      `json:"title"`
	State  string      `json:"state"`
	Places []jsonPlace `json:"places"`
	Until  string      `json:"until,omitempty"`
	Next   string      `json:"next,omitempty"`
	Note   string      `json:"note,omitempty"`
	Proof  string      `json:"proof"`
	Rules  []string    `json:"rules,omitempty"` // that have to be quiet
	Source string      `json:"source"`
}

type jsonPlace struct {
	Path   string `json:"path"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	What   string `json:"what"`
}

// WriteJSON writes the report for a machine: {"on": ..., "proven": 24, "claimed": 1, "missing": 1, "items": [...]}.
func WriteJSON(w io.Writer, r Report) error {
	out := jsonReport{On: r.On.String(), Proven: r.Count(Proven), Claimed: r.Count(Claimed), Missing: r.Count(Missing), Items: []jsonItem{}}
	for _, one := range r.Results {
		item := jsonItem{ID: one.ID, Phase: one.Phase, Title: one.Title, State: one.State.String(), Places: []jsonPlace{}, Until: one.Until.String(),
			Next: one.Next, Note: one.Note, Proof: one.Proof, Rules: one.Rules, Source: one.Source}
		for _, p := range one.Places {
			if at := p.At.Position(); !p.At.IsZero() {
				item.Places = append(item.Places, jsonPlace{Path: at.Path, Line: at.Line, Column: at.Column, What: p.What})
			}
		}
		out.Items = append(out.Items, item)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

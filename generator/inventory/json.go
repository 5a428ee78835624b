package inventory

import (
	_ "embed" // the schema
	"encoding/json"
	"fmt"
	"io"
	"path"

	"candor/generator/model"
	"candor/generator/scan"
	"candor/generator/source"
)

// documentVersion is the version of the JSON document. Keys may be added to a version; a key that changes or goes makes a new one.
const documentVersion = 1

//go:embed scan.schema.json
var schema []byte

// Schema gives the JSON Schema of what WriteJSON writes.
func Schema() []byte { return schema }

type jsonPlace struct {
	Path      string `json:"path"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"end_line"`
	EndColumn int    `json:"end_column"`
}

type jsonSign struct {
	Kind  string    `json:"kind"`
	Seen  string    `json:"seen"`
	Sure  string    `json:"sure"`
	Aside bool      `json:"aside,omitempty"`
	Proof bool      `json:"proof,omitempty"`
	At    jsonPlace `json:"at"`
}

type jsonVendor struct {
	ID            string     `json:"id"`
	Name          string     `json:"name"`
	Category      string     `json:"category,omitempty"`
	Verdict       string     `json:"verdict"`
	Proved        bool       `json:"proved"`
	Subprocessors []string   `json:"subprocessors,omitempty"`
	RemovedOn     string     `json:"removed_on,omitempty"`
	ExcusedUntil  string     `json:"excused_until,omitempty"`
	Add           string     `json:"add,omitempty"`
	Signs         []jsonSign `json:"signs"`
}

type jsonGap struct {
	Flow         string     `json:"flow"`
	Source       string     `json:"source"`
	Subprocessor string     `json:"subprocessor"`
	AI           bool       `json:"ai"`
	At           jsonPlace  `json:"at"`
	Signs        []jsonSign `json:"signs"`
}

type jsonIdle struct {
	Flow         string    `json:"flow"`
	Source       string    `json:"source"`
	Subprocessor string    `json:"subprocessor"`
	At           jsonPlace `json:"at"`
}

type jsonUnseen struct {
	Subprocessor string    `json:"subprocessor"`
	Vendor       string    `json:"vendor,omitempty"`
	SignsKnown   bool      `json:"signs_known"`
	At           jsonPlace `json:"at"`
}

type jsonNote struct {
	Path string `json:"path"`
	Why  string `json:"why"`
}

type jsonDocument struct {
	Version  int            `json:"version"`
	On       string         `json:"on"`
	Site     bool           `json:"site"`
	Files    int            `json:"files"`
	Counts   map[string]int `json:"counts"`
	Vendors  []jsonVendor   `json:"vendors"`
	LeftOut  []jsonGap      `json:"left_out"`
	NotShown []jsonIdle     `json:"not_shown"`
	Unseen   []jsonUnseen   `json:"unseen"`
	Notes    []jsonNote     `json:"notes"`
}

// WriteJSON writes a report, with what of the code was not read, for a machine as Schema describes it: every sign, whatever the view says.
func WriteJSON(w io.Writer, r *Report, found scan.Found, view View) error {
	out := jsonDocument{Version: documentVersion, On: r.On.String(), Site: r.HasSite, Files: found.Files, Counts: map[string]int{}, Vendors: []jsonVendor{}, LeftOut: []jsonGap{}, NotShown: []jsonIdle{},
		Unseen: []jsonUnseen{}, Notes: []jsonNote{}}
	for _, v := range verdicts {
		out.Counts[string(v)] = len(r.Of(v))
	}
	for _, v := range r.Vendors {
		out.Vendors = append(out.Vendors, jsonOf(v))
	}
	for _, g := range r.Gaps {
		out.LeftOut = append(out.LeftOut, jsonGap{g.Source.Flow.ID.Value, g.Source.Named.Value, g.Vendor.Records[0].ID.Value, g.Vendor.Known.AI, view.jsonPlace(g.Source.Named.At), signsOf(g.Signs, nil)})
	}
	for _, i := range r.Idle {
		out.NotShown = append(out.NotShown, jsonIdle{i.Flow.ID.Value, i.Named.Value, i.Record.ID.Value, view.jsonPlace(i.Named.At)})
	}
	for _, u := range r.Unseen {
		j := jsonUnseen{Subprocessor: u.Record.ID.Value, SignsKnown: u.Known != nil, At: view.jsonPlace(u.Record.Place())}
		if u.Known != nil {
			j.Vendor = u.Known.ID
		}
		out.Unseen = append(out.Unseen, j)
	}
	for _, l := range r.Lists {
		out.Notes = append(out.Notes, jsonNote{l.Path, fmt.Sprintf("names %d vendors: a list, whose signs do not count", l.Vendors)})
	}
	for _, n := range found.Notes {
		out.Notes = append(out.Notes, jsonNote{n.Path, n.Why})
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

func jsonOf(v *Vendor) jsonVendor {
	j := jsonVendor{ID: v.Known.ID, Name: v.Known.Name, Category: v.Category, Verdict: string(v.Verdict), Proved: v.Proof != nil, Add: v.Command(), Signs: signsOf(v.InOrder(), v.Proof)}
	for _, r := range v.Records {
		j.Subprocessors = append(j.Subprocessors, r.ID.Value)
	}
	if v.Verdict == Excused {
		j.ExcusedUntil = v.Excuse.Expires.Day.String()
	}
	if v.Verdict == Removed {
		j.Subprocessors = []string{v.Gone.ID.Value}
		if !v.Gone.RemovedOn.IsZero() {
			j.RemovedOn = v.Gone.RemovedOn.Day.String()
		}
	}
	return j
}

// signsOf gives signs of which those of proof come first.
func signsOf(signs, proof []model.Sign) []jsonSign {
	all := []jsonSign{}
	for i, s := range signs {
		sure := map[model.SignStrength]string{model.SignPossible: "possible", model.SignWeak: "weak", model.SignStrong: "strong"}[s.Strength]
		all = append(all, jsonSign{string(s.Kind), s.Seen, sure, s.Aside, i < len(proof), View{}.jsonPlace(s.At)})
	}
	return all
}

func (v View) jsonPlace(at source.Span) jsonPlace {
	p, end := at.Position(), source.Span{File: at.File, Start: max(at.Start, at.End)}.Position()
	return jsonPlace{path.Join(v.Content, p.Path), p.Line, p.Column, end.Line, end.Column}
}

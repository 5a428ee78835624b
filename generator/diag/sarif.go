package diag

import (
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"unicode/utf16"

	"candor/generator/source"
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	sarifRoot   = "SRCROOT" // what paths are relative to
)

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool             sarifTool                `json:"tool"`
	OriginalURIBases map[string]sarifArtifact `json:"originalUriBaseIds"`
	ColumnKind       string                   `json:"columnKind"`
	NewlineSequences []string                 `json:"newlineSequences"`
	Results          []sarifResult            `json:"results"`
	Properties       sarifDay                 `json:"properties"`
}

type sarifDay struct {
	On    string `json:"on,omitempty"`
	Today string `json:"today,omitempty"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name    string      `json:"name"`
	Version string      `json:"version,omitempty"`
	Rules   []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID               string        `json:"id"`
	Name             string        `json:"name"`
	ShortDescription sarifText     `json:"shortDescription"`
	FullDescription  sarifText     `json:"fullDescription"`
	Help             sarifText     `json:"help"`
	Default          sarifLevel    `json:"defaultConfiguration"`
	Properties       *sarifSources `json:"properties,omitempty"`
}

type sarifSources struct {
	Source string `json:"source"`
}

type sarifLevel struct {
	Level string `json:"level"`
}

type sarifText struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

type sarifResult struct {
	RuleID       string            `json:"ruleId"`
	RuleIndex    *int              `json:"ruleIndex,omitempty"`
	Level        string            `json:"level"`
	Message      sarifText         `json:"message"`
	Locations    []sarifLocation   `json:"locations"`
	Related      []sarifLocation   `json:"relatedLocations,omitempty"`
	Fingerprints map[string]string `json:"partialFingerprints"`
	Properties   *sarifFrom        `json:"properties,omitempty"`

	Suppressions []sarifSuppression `json:"suppressions,omitempty"`
}

// A sarifSuppression is an exception as SARIF has it (section 3.35).
type sarifSuppression struct {
	Kind          string        `json:"kind"`
	Status        string        `json:"status"`
	Justification string        `json:"justification"`
	Location      sarifLocation `json:"location"`
}

type sarifFrom struct {
	From string `json:"from"`
}

type sarifLocation struct {
	ID       int           `json:"id,omitempty"`
	Message  *sarifText    `json:"message,omitempty"`
	Physical sarifPhysical `json:"physicalLocation"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   sarifRegion   `json:"region"`
}

type sarifArtifact struct {
	URI         string     `json:"uri,omitempty"`
	BaseID      string     `json:"uriBaseId,omitempty"`
	Description *sarifText `json:"description,omitempty"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn,omitempty"`
	EndLine     int `json:"endLine,omitempty"`
	EndColumn   int `json:"endColumn,omitempty"`
}

// WriteSARIF writes a run as SARIF 2.1.0, for code scanning. Paths are relative, whatever the machine.
func WriteSARIF(w io.Writer, run Run) error {
	out := sarifRun{
		Tool:             sarifTool{sarifDriver{Name: "candor", Version: run.Version, Rules: []sarifRule{}}},
		OriginalURIBases: map[string]sarifArtifact{sarifRoot: {Description: &sarifText{Text: "the root of the repository"}}},
		ColumnKind:       "utf16CodeUnits",
		NewlineSequences: []string{"\r\n", "\n", "\r"},
		Results:          []sarifResult{},
		Properties:       sarifDay{run.On, run.Today},
	}
	for _, r := range run.Rules {
		out.Tool.Driver.Rules = append(out.Tool.Driver.Rules, sarifRuleOf(r))
	}
	all, why := run.Findings, map[int]sarifSuppression{}
	for _, e := range run.Exceptions {
		for _, f := range e.Findings {
			why[len(all)] = run.sarifSuppression(e)
			all = append(slices.Clip(all), f)
		}
	}
	prints := Fingerprints(all)
	for i, f := range all {
		result := run.sarifResult(f, prints[i])
		if s, ok := why[i]; ok {
			result.Suppressions = []sarifSuppression{s}
		}
		out.Results = append(out.Results, result)
	}
	return writeIndented(w, sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{out}})
}

func sarifLevelOf(s Severity) string { return [...]string{"error", "warning", "note"}[s] }

func sarifRuleOf(r Rule) sarifRule {
	rule := sarifRule{ID: r.ID, Name: r.name(), ShortDescription: sarifText{Text: r.Title}, FullDescription: sarifText{Text: r.Why},
		Help: sarifText{Text: r.Text(), Markdown: r.Markdown()}, Default: sarifLevel{sarifLevelOf(r.Severity)}}
	if r.Source != "" {
		rule.Properties = &sarifSources{r.Source}
	}
	return rule
}

func (r Run) sarifSuppression(e Exception) sarifSuppression {
	return sarifSuppression{Kind: "inSource", Status: "accepted", Justification: fmt.Sprintf("%s (%s, until %s)", e.Reason, e.Owner, e.Expires),
		Location: sarifLocation{Physical: r.sarifPlace(e.At)}}
}

func (r Run) sarifResult(f Finding, fingerprint string) sarifResult {
	result := sarifResult{RuleID: f.Rule, Level: sarifLevelOf(f.Severity), Message: sarifText{Text: sarifMessage(f)},
		Locations: []sarifLocation{{Physical: r.sarifPlace(f.At)}}, Fingerprints: map[string]string{"candorFinding/v1": fingerprint}}
	if _, i := r.rule(f.Rule); i >= 0 {
		result.RuleIndex = &i
	}
	for i, related := range f.Related {
		result.Related = append(result.Related, sarifLocation{ID: i + 1, Message: &sarifText{Text: related.Text}, Physical: r.sarifPlace(related.At)})
	}
	if f.From != "" {
		result.Properties = &sarifFrom{f.From}
	}
	return result
}

// sarifMessage gives the message, links to the related places (a viewer shows those only that the message links to), and the hint. What looks
// like a link and was written by an author is taken apart.
func sarifMessage(f Finding) string {
	plain := strings.NewReplacer("](", "] (")
	lines := []string{plain.Replace(f.Message) + "."}
	for i, related := range f.Related {
		lines = append(lines, fmt.Sprintf("[%s](%d)", strings.NewReplacer("[", "(", "]", ")").Replace(related.Text), i+1))
	}
	if f.Hint != "" {
		lines = append(lines, "hint: "+plain.Replace(f.Hint))
	}
	return strings.Join(lines, "\n")
}

func (r Run) sarifPlace(at source.Span) sarifPhysical {
	place := sarifPhysical{Artifact: sarifArtifact{URI: uriOf(r.path(at)), BaseID: sarifRoot}, Region: sarifRegion{StartLine: 1}}
	if hasLines(at) {
		p, end := at.Position(), endOf(at)
		place.Region = sarifRegion{StartLine: p.Line, StartColumn: utf16Column(at.File, p), EndLine: end.Line, EndColumn: utf16Column(at.File, end)}
	}
	return place
}

// uriOf gives a slash-separated path as a relative reference.
func uriOf(path string) string {
	return (&url.URL{Path: path}).String()
}

// utf16Column counts a column as SARIF's viewers do.
func utf16Column(file *source.File, p source.Position) int {
	before := []rune(file.Line(p.Line))
	return len(utf16.Encode(before[:min(p.Column-1, len(before))])) + 1
}

package export

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"

	"candor/generator/markdown"
	"candor/generator/model"
)

// The files of the answers.
const (
	answersCSV    = "answers.csv"
	answersJSON   = "answers.json"
	answersSchema = "answers.schema.json"
)

//go:embed answers.schema.json
var schemaOfAnswers []byte

// An answer is what a page shows of one, as answers.schema.json describes it.
type answer struct {
	ID         string       `json:"id"`
	Address    string       `json:"address"`
	Topic      topic        `json:"topic"`
	Question   string       `json:"question"`
	AlsoAsked  []string     `json:"also_asked,omitempty"`
	Verdict    string       `json:"verdict"`
	Answer     string       `json:"answer"` // made from source
	Scope      string       `json:"scope,omitempty"`
	Exclusions []string     `json:"exclusions,omitempty"`
	Reason     string       `json:"reason,omitempty"`
	PlannedFor string       `json:"planned_for,omitempty"`
	Frameworks []framework  `json:"frameworks,omitempty"`
	Evidence   []citation   `json:"evidence,omitempty"`
	ReviewedOn string       `json:"reviewed_on,omitempty"`
	ReviewedBy string       `json:"reviewed_by,omitempty"` // the title of a role
	Markdown   markdownText `json:"-"`
}

type topic struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

type framework struct {
	Name string   `json:"framework"`
	IDs  []string `json:"ids"`
}

type citation struct {
	Kind    string `json:"kind"`
	Title   string `json:"title"`
	Address string `json:"address,omitempty"`
}

// A markdownText is an answer as it was written, with the links that only the site's pages can follow. It is not published.
type markdownText []byte

// answerFiles gives the public answers for spreadsheets and for programs, nothing where there are none.
func answerFiles(site *model.Site, base string) []File {
	list := answers(site, base)
	if len(list) == 0 {
		return nil
	}
	return []File{
		{Path: answersCSV, From: list, Make: func() ([]byte, error) { return csvOf(written(list)) }},
		{Path: answersJSON, From: list, Make: func() ([]byte, error) { return jsonOf(written(list), base) }},
		{Path: answersSchema, Data: schemaOfAnswers},
	}
}

// answers gives the answers that everybody may read, topic by topic, without their texts.
func answers(site *model.Site, base string) []answer {
	var list []answer
	for _, t := range site.Topics {
		for _, a := range t.Answers {
			if a.Published() {
				list = append(list, answerOf(t, a, base))
			}
		}
	}
	return list
}

func answerOf(t *model.Topic, a *model.Answer, base string) answer {
	v := answer{ID: a.ID.Value, Address: whole(base, model.Address(a)), Topic: topic{t.ID.Value, t.Title}, Question: oneLine(a.Question.Value),
		AlsoAsked: lines(a.AlsoAsked), Verdict: a.Verdict.Value, Scope: oneLine(a.Scope.Value), Exclusions: lines(a.Exclusions), Reason: oneLine(a.Reason.Value),
		PlannedFor: a.PlannedFor.Day.String(), ReviewedOn: a.ReviewedOn.Day.String(), Markdown: a.Body.Source}
	if a.Owner.To != nil {
		v.ReviewedBy = oneLine(a.Owner.To.Title.Value)
	}
	for _, f := range a.Frameworks {
		if ids := lines(f.IDs); len(ids) > 0 {
			v.Frameworks = append(v.Frameworks, framework{f.ID.Value, ids})
		}
	}
	for _, c := range a.Evidence {
		if c.To == nil || !c.To.Published() {
			continue
		}
		cited := citation{Kind: string(c.To.Key().Kind), Title: oneLine(c.To.Name())}
		if address := model.Address(c.To); address != "" && c.To.Key().Kind != model.KindControl { // not every control is shown on its page
			cited.Address = whole(base, address)
		}
		v.Evidence = append(v.Evidence, cited)
	}
	return v
}

// written gives the answers with their texts.
func written(list []answer) []answer {
	list = slices.Clone(list)
	for i := range list {
		list[i].Answer = markdown.Letter(list[i].Markdown)
	}
	return list
}

// lines gives what was written, each on one line.
func lines(list []model.Text) []string {
	var out []string
	for _, t := range list {
		if s := oneLine(t.Value); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func jsonOf(list []answer, base string) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetIndent("", " ")
	err := e.Encode(struct {
		Schema  string   `json:"$schema"`
		Answers []answer `json:"answers"`
	}{base + "/" + answersSchema, list})
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", answersJSON, err)
	}
	return out.Bytes(), nil
}

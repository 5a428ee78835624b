package export

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"

	"candor/generator/disclosure"
)

// The files of the answers.
const (
	answersCSV    = "answers.csv"
	answersJSON   = "answers.json"
	answersSchema = "answers.schema.json"
)

//go:embed answers.schema.json
var schemaOfAnswers []byte

// answerFiles gives the public answers for spreadsheets and for programs, nothing where there are none.
func answerFiles(told *disclosure.Document) []File {
	list, base := told.Answers, told.Site.BaseURL
	if len(list) == 0 {
		return nil
	}
	return []File{
		{Path: answersCSV, From: list, Make: func() ([]byte, error) { return csvOf(disclosure.Letters(list)) }},
		{Path: answersJSON, From: list, Make: func() ([]byte, error) { return jsonOf(disclosure.Letters(list), base) }},
		{Path: answersSchema, Data: schemaOfAnswers},
	}
}

func jsonOf(list []disclosure.Answer, base string) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetIndent("", " ")
	err := e.Encode(struct {
		Schema  string              `json:"$schema"`
		Answers []disclosure.Answer `json:"answers"`
	}{base + "/" + answersSchema, list})
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", answersJSON, err)
	}
	return out.Bytes(), nil
}

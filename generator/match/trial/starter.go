package trial

import (
	"candor/content"
	"candor/generator/diag"
	"candor/generator/match"
	"candor/generator/parse"
	"candor/generator/source"
)

// Starter reads the cases in a folder, which are tried on the answers of the starter content.
func Starter(folder string) (*Set, error) {
	tree, err := source.Read(content.Files, ".")
	if err != nil {
		return nil, err
	}
	var s Set
	for _, topic := range parse.Tree(tree, &diag.List{}).Topics {
		for _, a := range topic.Answers {
			answer := match.Answer{ID: a.IDKey.Value, Question: a.Question.Value, Text: a.Text.Value, Topic: topic.Title}
			for _, asked := range a.AlsoAsked {
				answer.AlsoAsked = append(answer.AlsoAsked, asked.Value)
			}
			for _, f := range a.Frameworks {
				r := match.Reference{Framework: f.ID.Value}
				for _, id := range f.IDs {
					r.IDs = append(r.IDs, id.Value)
				}
				answer.Frameworks = append(answer.Frameworks, r)
			}
			s.Answers = append(s.Answers, answer)
		}
	}
	return &s, s.ReadCases(folder)
}

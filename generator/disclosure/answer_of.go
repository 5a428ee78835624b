package disclosure

import (
	"slices"

	"candor/generator/markdown"
	"candor/generator/model"
)

// answers gives the answers that everybody may read, topic by topic, without their texts.
func (t *teller) answers() []Answer {
	var list []Answer
	for _, topic := range t.records.Topics {
		for _, a := range topic.Answers {
			if a.Published() {
				list = append(list, t.answer(topic, a))
			}
		}
	}
	return list
}

func (t *teller) answer(topic *model.Topic, a *model.Answer) Answer {
	v := Answer{ID: a.ID.Value, Former: former(a.Head()), Address: t.where(a), Topic: Topic{topic.ID.Value, topic.Title}, Question: text(a.Question), AlsoAsked: texts(a.AlsoAsked),
		Verdict: a.Verdict.Value, Scope: text(a.Scope), Exclusions: texts(a.Exclusions), Reason: text(a.Reason), PlannedFor: dayOf(a.PlannedFor.Day),
		ReviewedOn: dayOf(a.ReviewedOn.Day), ReviewedBy: role(a.Owner), Source: a.Body.Source}
	for _, f := range a.Frameworks {
		if ids := texts(f.IDs); len(ids) > 0 {
			v.Frameworks = append(v.Frameworks, Asked{f.ID.Value, ids})
		}
	}
	for _, c := range a.Evidence {
		if c.To == nil || !c.To.Published() {
			continue
		}
		cited := Citation{Kind: string(c.To.Key().Kind), Title: oneLine(c.To.Name())}
		if c.To.Key().Kind != model.KindControl { // not every control is shown on its page, and which ones are depends on the day
			cited.Address = t.where(c.To)
		}
		v.Evidence = append(v.Evidence, cited)
	}
	return v
}

// Letters gives the answers with their texts, as people write in a letter.
func Letters(list []Answer) []Answer {
	list = slices.Clone(list)
	for i, a := range list {
		if a.Source != nil {
			list[i].Answer = markdown.Letter(a.Source)
		}
	}
	return list
}

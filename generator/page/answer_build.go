package page

import (
	"strings"

	"candor/generator/model"
)

const maxSummary = 240 // characters of an answer in a list

func (p *planner) answerPages() []Page {
	pages := []Page{p.list("answers", model.AddressAnswers, 0, p.answerList)}
	for _, t := range p.site.Topics {
		all := published(t.Answers)
		for i, a := range all {
			pages = append(pages, p.single("answer", a, a.ReviewedOn.Day, func(r Renderer) (any, error) { return p.answer(r, t, all, i) }))
		}
	}
	return pages
}

func topicID(t *model.Topic) string { return "topic-" + t.ID.Value }

func (p *planner) answerList(r Renderer) (any, error) {
	v := Answers{}
	var oldest model.Day
	for _, t := range p.site.Topics {
		topic := Topic{ID: topicID(t), Title: t.Title}
		for _, a := range published(t.Answers) {
			topic.Answers = append(topic.Answers, p.answerCard(a))
			if d := a.ReviewedOn.Day; d != 0 && (oldest == 0 || d < oldest) {
				oldest = d
			}
		}
		if len(topic.Answers) > 0 {
			v.Topics = append(v.Topics, topic)
			v.Total += len(topic.Answers)
		}
	}
	v.Sentence = "No answer is published."
	if v.Total > 0 {
		v.Sentence = sentence(joined(", ", count(v.Total, "answer", "answers")+" on "+count(len(v.Topics), "topic", "topics"), long("the oldest reviewed on ", oldest)))
	}
	v.Frame = p.frame(r, "answers", "Answers", v.Sentence, model.AddressAnswers)
	return v, nil
}

func (p *planner) answerCard(a *model.Answer) AnswerCard {
	c := AnswerCard{ID: a.ID.Value, Question: a.Question.Value, Address: p.where(a), Verdict: state(verdicts, a.Verdict.Value),
		Summary: shorten(a.Body.Outline.FirstParagraph, maxSummary), Reviewed: date(a.ReviewedOn.Day)}
	if a.Topic != nil {
		c.Topic = a.Topic.Title
	}
	var ids []string
	for _, f := range a.Frameworks {
		ids = append(ids, frameworkName(f.ID.Value))
		ids = append(ids, values(f.IDs)...)
	}
	c.Search = strings.ToLower(joined(" ", c.Question, joined(" ", values(a.AlsoAsked)...), c.Summary, c.Topic, joined(" ", ids...)))
	return c
}

func (p *planner) answer(r Renderer, t *model.Topic, all []*model.Answer, i int) (any, error) {
	a := all[i]
	address := model.Address(a)
	html, err := r.Markdown(p.body(a.Body, 2, ""))
	if err != nil {
		return nil, err
	}
	topic := Link{Text: t.Title, Address: p.address(model.AddressAnswers) + "#" + topicID(t)}
	verdict := state(verdicts, a.Verdict.Value)
	v := Answer{
		Frame: p.frame(r, "answer", a.Question.Value, verdict.Word+". "+a.Body.Outline.FirstParagraph, address,
			Link{Text: "Answers", Address: p.address(model.AddressAnswers)}, topic),
		Verdict: verdict, Body: html, Scope: a.Scope.Value, Exceptions: values(a.Exclusions), Reason: a.Reason.Value, PlannedFor: date(a.PlannedFor.Day),
		AlsoAsked: values(a.AlsoAsked), Reviewed: date(a.ReviewedOn.Day), Owner: owner(a.Owner), Topic: topic, URL: p.whole(address),
	}
	for _, f := range a.Frameworks {
		v.Frameworks = append(v.Frameworks, FrameworkIDs{Name: frameworkName(f.ID.Value), IDs: values(f.IDs)})
	}
	for _, c := range a.Evidence {
		if cited, ok := p.cited(c.To); ok {
			v.Evidence = append(v.Evidence, cited)
		}
	}
	if v.Reviewed != nil {
		v.Review = "Reviewed " + v.Reviewed.Long
		if v.Owner != "" {
			v.Review += " by " + v.Owner
		}
	}
	if i > 0 {
		v.Previous = linkIf(p, all[i-1])
	}
	if i+1 < len(all) {
		v.Next = linkIf(p, all[i+1])
	}
	return v, nil
}

// cited gives what can be said of a record that is shown as proof; it is false for one that readers may not know of.
func (p *planner) cited(r model.Record) (CitedRecord, bool) {
	if r == nil || !r.Published() {
		return CitedRecord{}, false
	}
	v := CitedRecord{Kind: word(nil, string(r.Key().Kind)), Label: r.Name(), Address: p.where(r)}
	if w, ok := kindWords[r.Key().Kind]; ok {
		v.Kind = w
	}
	switch r := r.(type) {
	case *model.Policy:
		v.Dated = date(r.ApprovedOn.Day)
		if !r.Version.IsZero() {
			v.Note = "version " + r.Version.Value
		}
		v.Note = joined(", ", v.Note, long("approved ", r.ApprovedOn.Day))
	case *model.Subprocessor:
		v.Note = lowerFirst(terms(r.AI))
	case *model.Flow:
		v.Note, v.Dated = long("last verified ", r.VerifiedOn.Day), date(r.VerifiedOn.Day)
	case *model.Control:
		v.Note, v.Dated = long("last done ", r.LastDone.Day), date(r.LastDone.Day)
	case *model.Certification:
		v.Note = lowerFirst(p.certSentence(r))
	case *model.Document:
		v.Note, v.Dated = joined(", ", lowerFirst(state(accesses, r.Access.Value).Word), long("dated ", r.Dated.Day)), date(r.Dated.Day)
	case *model.Model:
		v.Note, v.Dated = long("approved ", r.ApprovedOn.Day), date(r.ApprovedOn.Day)
	case *model.TunedModel:
		v.Note, v.Dated = long("trained ", r.TrainedOn.Day), date(r.TrainedOn.Day)
	case *model.Evidence:
		v.Note, v.Dated = joined(", ", lowerFirst(word(nil, r.Kind.Value)), long("dated ", r.Dated.Day)), date(r.Dated.Day)
	}
	return v, true
}

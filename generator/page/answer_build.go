package page

import (
	"bytes"
	"slices"
	"strings"

	"candor/generator/model"
	"candor/generator/search"
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
	var entries []search.Entry
	for _, t := range p.site.Topics {
		topic := Topic{ID: topicID(t), Value: t.ID.Value, Title: t.Title}
		for _, a := range published(t.Answers) {
			listed, err := p.listedAnswer(r, a)
			if err != nil {
				return nil, err
			}
			topic.Answers = append(topic.Answers, listed)
			entries = append(entries, searchEntry(t, a))
			if d := a.ReviewedOn.Day; d != 0 && (oldest == 0 || d < oldest) {
				oldest = d
			}
		}
		if len(topic.Answers) > 0 {
			v.Topics = append(v.Topics, topic)
			v.Total += len(topic.Answers)
		}
	}
	v.Verdicts, v.Frameworks = choices(v.Topics)
	v.Sentence = "No answer is published."
	if v.Total > 0 {
		v.Sentence = sentence(joined(", ", count(v.Total, "answer", "answers")+" on "+count(len(v.Topics), "topic", "topics"), long("the oldest reviewed on ", oldest)))
		index, err := r.Search(entries)
		if err != nil {
			return nil, err
		}
		v.Index = p.address(index)
	}
	v.Frame = p.frame(r, "answers", "Answers", v.Sentence, model.AddressAnswers)
	return v, nil
}

// choices gives by which verdicts and questionnaires the answers can be told apart.
func choices(topics []Topic) (verdictChoices, frameworks []Choice) {
	add := func(list []Choice, value, text string) []Choice {
		i := slices.IndexFunc(list, func(c Choice) bool { return c.Value == value })
		if i < 0 {
			i, list = len(list), append(list, Choice{Value: value, Text: text})
		}
		list[i].Count++
		return list
	}
	for _, t := range topics {
		for _, a := range t.Answers {
			verdictChoices = add(verdictChoices, a.Verdict.Class, a.Verdict.Word)
			for _, id := range a.Frameworks {
				frameworks = add(frameworks, id, frameworkName(id))
			}
		}
	}
	order := []string{"yes", "partial", "no", "planned", "not-applicable"}
	slices.SortStableFunc(verdictChoices, func(a, b Choice) int { return slices.Index(order, a.Value) - slices.Index(order, b.Value) })
	slices.SortStableFunc(frameworks, func(a, b Choice) int { return strings.Compare(a.Text, b.Text) })
	return verdictChoices, frameworks
}

// searchEntry gives what an answer is found by: what its page shows.
func searchEntry(t *model.Topic, a *model.Answer) search.Entry {
	e := search.Entry{Question: a.Question.Value, AlsoAsked: values(a.AlsoAsked), Markdown: a.Body.Source,
		Rest: append(append(values(a.Exclusions), t.Title), values([]model.Text{a.Scope, a.Reason})...)}
	for _, f := range a.Frameworks {
		e.IDs = append(e.IDs, values(f.IDs)...)
		e.Rest = append(e.Rest, frameworkName(f.ID.Value))
	}
	return e
}

func (p *planner) answerCard(a *model.Answer) AnswerCard {
	return AnswerCard{ID: a.ID.Value, Question: a.Question.Value, Address: p.where(a), Verdict: state(verdicts, a.Verdict.Value),
		Summary: shorten(a.Body.Outline.FirstParagraph, maxSummary), Reviewed: date(a.ReviewedOn.Day)}
}

func (p *planner) listedAnswer(r Renderer, a *model.Answer) (ListedAnswer, error) {
	v := ListedAnswer{AnswerCard: p.answerCard(a), Former: former(a.Head()), AnswerFacts: answerFacts(a)}
	for _, f := range a.Frameworks {
		if !slices.Contains(v.Frameworks, f.ID.Value) {
			v.Frameworks = append(v.Frameworks, f.ID.Value)
		}
	}
	if strings.Join(strings.Fields(string(a.Body.Source)), " ") == v.Summary {
		return v, nil // that is all of it
	}
	// As on its own page, unless it brings ids along: those of two answers may be the same.
	level, prefix := 2, ""
	if len(a.Body.Outline.Headings) > 0 || bytes.Contains(a.Body.Source, []byte("[^")) || bytes.ContainsRune(a.Body.Source, '<') {
		level, prefix = 4, a.ID.Value+"-"
	}
	html, err := r.Markdown(p.body(a.Body, level, prefix))
	v.Body = html
	return v, err
}

func answerFacts(a *model.Answer) AnswerFacts {
	return AnswerFacts{Reason: a.Reason.Value, PlannedFor: date(a.PlannedFor.Day), Scope: a.Scope.Value, Exceptions: values(a.Exclusions)}
}

// unfurled gives what a pasted link to an answer says below the question: the verdict and the first sentences, as many as are shown whole.
func unfurled(verdict State, text string) string {
	if !strings.HasPrefix(strings.ToLower(text), strings.ToLower(verdict.Word)) {
		text = joined(" ", sentence(verdict.Word), text)
	}
	return wholeSentences(text, maxDescription)
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
		Frame: p.frame(r, "answer", a.Question.Value, unfurled(verdict, a.Body.Outline.FirstParagraph), address,
			Link{Text: "Answers", Address: p.address(model.AddressAnswers)}, topic),
		Verdict: verdict, Body: html, AnswerFacts: answerFacts(a),
		AnswerProof: p.answerProof(a), Reviewed: date(a.ReviewedOn.Day), Owner: owner(a.Owner), Topic: topic, URL: p.whole(address),
	}
	if i > 0 {
		v.Previous = linkIf(p, all[i-1])
	}
	if i+1 < len(all) {
		v.Next = linkIf(p, all[i+1])
	}
	return v, nil
}

// answerProof gives what an answer rests on, and what else it answers.
func (p *planner) answerProof(a *model.Answer) AnswerProof {
	v := AnswerProof{AlsoAsked: values(a.AlsoAsked)}
	for _, f := range a.Frameworks {
		v.Frameworks = append(v.Frameworks, FrameworkIDs{Name: frameworkName(f.ID.Value), IDs: values(f.IDs)})
	}
	for _, c := range a.Evidence {
		if cited, ok := p.cited(c.To); ok {
			v.Evidence = append(v.Evidence, cited)
		}
	}
	if reviewed := date(a.ReviewedOn.Day); reviewed != nil {
		v.Review = "Reviewed " + reviewed.Long
		if by := owner(a.Owner); by != "" {
			v.Review += " by " + isolated(by)
		}
	}
	return v
}

// withProof gives the list of answers with what each of them rests on.
func (p *planner) withProof(v Answers) Answers {
	proofs := map[string]*AnswerProof{}
	for _, a := range p.site.Answers() {
		proof := p.answerProof(a)
		proofs[a.ID.Value] = &proof
	}
	for _, t := range v.Topics {
		for i := range t.Answers {
			t.Answers[i].Proof = proofs[t.Answers[i].ID]
		}
	}
	return v
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

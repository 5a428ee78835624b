package page

import (
	"candor/generator/model"
)

// stages gives the stages of a flow in order, each with its steps; one that has neither steps nor a reason for that is left out.
func (p *planner) stages(f *model.Flow) []Stage {
	var list []Stage
	for _, name := range model.Stages {
		stage := Stage{Name: name, Title: upperFirst(name)}
		for _, s := range f.Steps {
			switch {
			case s.Stage.Value != name:
			case s.IsNone():
				stage.None = s.None.Value
			default:
				stage.Steps = append(stage.Steps, p.stepOf(f, s))
			}
		}
		if len(stage.Steps) > 0 || stage.None != "" {
			list = append(list, stage)
		}
	}
	return list
}

// stepOf gives a step with the links to it and from it.
func (p *planner) stepOf(f *model.Flow, s *model.Step) Step {
	v := p.step(s)
	for _, l := range f.Links {
		if l.To.Step == s {
			v.In = append(v.In, p.linkMark(l))
		}
		if l.From.Step == s {
			v.Out = append(v.Out, p.linkMark(l))
		}
	}
	return v
}

func (p *planner) linkMark(l *model.Link) LinkMark {
	return LinkMark{Number: l.Number, Carries: carries(l), Sentence: p.flowLink(l).Sentence}
}

func (p *planner) step(s *model.Step) Step {
	_, of := p.partyOf(s)
	v := Step{
		Number: s.Number, Title: s.Title.Value, Kind: word(stepKinds, s.Kind.Value), KindClass: s.Kind.Value, Stage: upperFirst(s.Stage.Value),
		Where: of.link, Side: of.side, Region: s.Region.Value, Model: p.modelLink(s), Endpoint: s.Endpoint.Value, Retention: kept(s),
		Encrypted: s.Encrypted.Value, Isolation: isolation(s.Isolation), Log: p.logSentence(s), Approval: word(approvals, s.Approval.Value),
		Policy: linkIf(p, s.Policy.To),
	}
	if s.Isolation != nil {
		v.IsolationEvidence = evidence(s.Isolation.Evidence.To)
	}
	for _, ref := range s.Controls {
		if ref.To != nil && p.proven[ref.To] {
			v.Controls = append(v.Controls, p.link(ref.To))
		}
	}
	if v.Region != "" {
		v.Facts = append(v.Facts, "In "+region(v.Region))
	}
	if v.Model != nil {
		v.Facts = append(v.Facts, "Model "+v.Model.Text)
	}
	if v.Encrypted {
		v.Facts = append(v.Facts, "Encrypted at rest")
	}
	for _, fact := range []string{v.Retention, v.Isolation, v.Log, v.Approval} {
		if fact != "" {
			v.Facts = append(v.Facts, fact)
		}
	}
	return v
}

// modelLink gives a link to the model that a step calls, tuned or bought; nil for none.
func (p *planner) modelLink(s *model.Step) *Link {
	if s.Tuned != nil {
		return linkIf(p, s.Tuned)
	}
	return linkIf(p, s.Model.To)
}

func kept(s *model.Step) string {
	text := ""
	if !s.Retention.IsZero() {
		text = "Kept " + s.Retention.Long()
	}
	if !s.Deletion.IsZero() {
		text = upperFirst(joined(", ", text, "deletion "+lowerFirst(s.Deletion.Value)))
	}
	return text
}

func isolation(i *model.Isolation) string {
	if i == nil || i.By.IsZero() {
		return ""
	}
	text := word(isolations, i.By.Value)
	if !i.Per.IsZero() && i.By.Value != "none" {
		text += " per " + isolated(i.Per.Value)
	}
	return text
}

// logSentence says what is kept of a model call, where, for how long, and who can read it.
func (p *planner) logSentence(s *model.Step) string {
	if s.PromptLog == nil {
		return ""
	}
	l := p.promptLog(s)
	if s.PromptLog.Content.Value == "none" {
		return "Nothing is kept of prompts"
	}
	text := l.Content + " are kept"
	if s.PromptLog.Content.Value == "metadata" {
		text = "Metadata alone is kept"
	}
	if l.Keep != "" {
		text += " " + l.Keep
	}
	if l.Where != "" {
		text += " in " + l.Where
	}
	if len(l.Readers) > 0 {
		text += "; " + series(l.Readers) + " can read it"
	}
	return text
}

// promptLog gives what is kept of the calls of a step; the flow is filled in by who shows it.
func (p *planner) promptLog(s *model.Step) PromptLog {
	log := s.PromptLog
	v := PromptLog{Step: s.Title.Value, Number: s.Number, Model: p.modelLink(s), Content: word(logContents, log.Content.Value), Keep: log.Keep.Long()}
	switch store := log.Store; {
	case store.Step != nil:
		_, of := p.partyOf(store.Step)
		v.Where = isolated(store.Step.Title.Value) + " (" + isolated(of.name) + ")"
	case store.Subprocessor != nil && store.Subprocessor.Published():
		v.Where = store.Subprocessor.Title.Value
	}
	for _, ref := range log.Readers {
		if title := owner(ref); title != "" {
			v.Readers = append(v.Readers, title)
		}
	}
	return v
}

// carries tells what a link moves, as the diagram draws it.
func carries(l *model.Link) string {
	what := "nothing"
	for _, ref := range l.Data {
		if ref.To == nil {
			continue
		}
		if ref.To.IsCustomerData() {
			return "customer"
		}
		what = "metadata"
	}
	return what
}

func (p *planner) flowLink(l *model.Link) FlowLink {
	v := FlowLink{Number: l.Number, Title: l.Title.Value, Data: dataClasses(l.Data), Over: word(overWords, l.Over.Value), Carries: carries(l)}
	v.DataText = series(titlesOf(v.Data))
	var fromKey, toKey string
	if s := l.From.Step; s != nil {
		var of party
		fromKey, of = p.partyOf(s)
		v.From, v.FromNumber, v.FromWhere = s.Title.Value, s.Number, of.name
	}
	if s := l.To.Step; s != nil {
		var of party
		toKey, of = p.partyOf(s)
		v.To, v.ToNumber, v.ToWhere = s.Title.Value, s.Number, of.name
	}
	v.Crosses = fromKey != toKey
	v.Sentence = isolated(v.From) + " to " + isolated(v.To)
	if v.Crosses {
		v.Sentence += " (" + isolated(v.ToWhere) + ")"
	}
	over := ""
	switch l.Over.Value {
	case "":
	case "in-process":
		over = "in process"
	case "plaintext":
		over = "in plain text"
	default:
		over = "over " + v.Over
	}
	if rest := joined(", ", joined("; ", isolated(v.Title), v.DataText), over); rest != "" {
		v.Sentence += ": " + rest
	}
	return v
}

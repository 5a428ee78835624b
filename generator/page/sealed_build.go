package page

import (
	"html/template"
	"slices"
	"strings"

	"candor/generator/model"
)

// sealedPages gives the pages for one customer each that are to be made. They are in no list, sitemap or search.
func (p *planner) sealedPages() []Page {
	var pages []Page
	for _, s := range p.o.Sealed {
		address := s.Address()
		pages = append(pages, Page{Address: address, Path: pathOf(address), Template: "sealed", At: s.Place(), Make: func(r Renderer) (any, error) { return p.sealed(r, s) }})
	}
	return pages
}

func (p *planner) sealed(r Renderer, s *model.Share) (any, error) {
	letter, err := p.letterOf(r, s)
	if err != nil {
		return nil, err
	}
	payload, err := r.Seal(s, "letter", letter)
	if err != nil {
		return nil, err
	}
	v := Sealed{Frame: p.frame(r, "sealed", "A sealed page", "Answers for one customer. They open with the whole link that was sent.", s.Address()), ID: s.ID.Value, Payload: payload}
	v.Canonical, v.NoIndex = "", true
	return v, nil
}

// letterOf gives what the customer reads.
func (p *planner) letterOf(r Renderer, s *model.Share) (Letter, error) {
	l := s.Letter()
	v := Letter{Frame: p.frame(r, "letter", "Answers for "+l.For, "", s.Address()), For: l.For, Made: date(l.Made), Ends: date(l.Ends)}
	v.Canonical, v.NoIndex = "", true
	private := 0
	for _, a := range l.Answers {
		if !a.Published() {
			private++
		}
	}
	for _, q := range l.Questions {
		v.Questions = append(v.Questions, asked(q))
	}
	for _, g := range p.grouped(l) {
		for _, a := range g.answers {
			one, err := p.letterAnswer(r, a, l)
			if err != nil {
				return v, err
			}
			g.Answers = append(g.Answers, one)
		}
		v.Groups = append(v.Groups, g.LetterGroup)
		v.Answers = append(v.Answers, g.Answers...)
	}
	told := ""
	switch {
	case private == len(l.Answers) && private > 1:
		told = "none of which is public"
	case private == 1 && len(l.Answers) == 1:
		told = "which is not public"
	case private == 1:
		told = "one of which is not public"
	case private > 1:
		told = count(private, "", "of which are not public")
	}
	v.Sentence = sentence(joined(", ", count(len(l.Answers), "answer", "answers"), told))
	return v, nil
}

func asked(q model.LetterQuestion) LetterAsked {
	return LetterAsked{Number: q.Number, Text: q.Asked, Address: "#" + answerID(q.Answer), Verdict: state(verdicts, q.Answer.Verdict.Value)}
}

func answerID(a *model.Answer) string { return "answer-" + a.ID.Value }

// An answerGroup is a group with its answers still of the model.
type answerGroup struct {
	LetterGroup
	answers []*model.Answer
}

// grouped gives the answers in the order in which they are shown: that of the customer's questions, else topic by topic as on the site.
func (p *planner) grouped(l model.Letter) []answerGroup {
	if len(l.Questions) > 0 {
		return []answerGroup{{answers: l.Answers}}
	}
	var groups []answerGroup
	for _, t := range p.site.Topics {
		g := answerGroup{LetterGroup: LetterGroup{ID: topicID(t), Title: t.Title}}
		for _, a := range t.Answers {
			if slices.Contains(l.Answers, a) {
				g.answers = append(g.answers, a)
			}
		}
		if len(g.answers) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// letterAnswer gives an answer as its own page would show it.
func (p *planner) letterAnswer(r Renderer, a *model.Answer, l model.Letter) (LetterAnswer, error) {
	v := LetterAnswer{ID: answerID(a), Address: p.where(a)}
	view, err := p.answer(enclosing{r, p, a}, a.Topic, []*model.Answer{a}, 0)
	if err != nil {
		return v, err
	}
	v.Answer = view.(Answer)
	for _, q := range l.Questions {
		if q.Answer == a && !strings.EqualFold(strings.TrimSpace(q.Asked), strings.TrimSpace(a.Question.Value)) {
			v.Asked = append(v.Asked, asked(q))
		}
	}
	return v, nil
}

// An enclosing renderer renders the text of an answer that is one of several on a page.
type enclosing struct {
	Renderer
	*planner
	answer *model.Answer
}

// Markdown renders below the heading of the answer, with ids that meet no other answer's. A file that a private answer links to is not published, so
// its text stands without the link.
func (e enclosing) Markdown(b Body) (template.HTML, error) {
	resolve := b.Resolve
	b.TopLevel, b.Prefix, b.Kept = 4, answerID(e.answer)+"-", nil
	if !e.answer.Published() {
		b.Resolve = func(dest string) string {
			if t, ok := e.site.Resolve(e.answer.File.Path, dest); ok && t.Asset != "" {
				return ""
			}
			return resolve(dest)
		}
	}
	return e.Renderer.Markdown(b)
}

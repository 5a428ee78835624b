package sheet

import (
	"regexp"
	"strings"
)

// columns is what the columns of a table are for.
type columns struct {
	id, section, title, question, answer, comment, link int
	ticks                                               []Tick
	added                                               bool
}

// looked is a column with what its header and its cells say.
type looked struct {
	titled
	shape
	column int
	text   string
	hidden bool
}

// columns tells the columns of a group, or why it has no questions.
func (f *finder) columns(g group) (columns, string) {
	rows := f.core(g)
	all := f.look(g, rows)
	c := columns{}
	var why string
	if c.question, why = f.question(g, all); why != "" {
		return c, why
	}
	f.answers(g, all, &c)
	if why := f.doubt(g, all, c); why != "" {
		return c, why
	}
	f.rest(all, &c)
	return c, ""
}

// core gives the rows by which columns are judged: those with more than one text or with a drop-down, unless that leaves too few.
func (f *finder) core(g group) []int {
	var filled, core []int
	for _, r := range g.rows {
		_, n := f.only(r)
		if len(g.headers) == 0 && f.labelled(r) {
			continue
		}
		if n > 0 {
			filled = append(filled, r)
		}
		if n > 1 || n == 1 && f.lists(r) {
			core = append(core, r)
		}
	}
	if len(core)*3 < len(filled) {
		return filled
	}
	return core
}

// labelled tells a row that begins with "Answer:" or the like.
func (f *finder) labelled(row int) bool {
	for c := 1; c <= min(f.p.width, maxLook); c++ {
		if t := f.p.said(row, c); t != "" {
			return isLabel(t)
		}
	}
	return false
}

func (f *finder) lists(row int) bool {
	for c := 1; c <= min(f.p.width, maxLook); c++ {
		if rule, ok := f.p.rule(row, c); ok && rule.list {
			return true
		}
	}
	return false
}

// look gathers what is known of each column.
func (f *finder) look(g group, rows []int) []looked {
	var all []looked
	for c := 1; c <= min(f.p.width+1, maxLook); c++ {
		l := looked{column: c, shape: f.p.shapeOf(c, rows), hidden: f.p.hiddenColumn(c)}
		for _, h := range g.headers {
			if t := h.titles[c]; t.sure > l.sure || l.text == "" {
				l.titled, l.text = t, h.texts[c]
			}
		}
		if l.role == tickRole && l.numbered >= .5 {
			l.titled = titled{idRole, 2} // "No" is short for number
		}
		all = append(all, l)
	}
	return all
}

// best gives the column with the highest score, if one is at least as high as the floor, and the next one.
func best(all []looked, floor float64, score func(looked) float64) (first, second looked, gap float64) {
	top, next := floor, floor-1
	for _, l := range all {
		switch s := score(l); {
		case s >= top && (first.column == 0 || s > top):
			if first.column != 0 {
				second, next = first, top
			}
			first, top = l, s
		case s >= floor && s > next:
			second, next = l, s
		}
	}
	if second.column == 0 {
		return first, second, 100
	}
	return first, second, top - next
}

// question finds what is asked.
func (f *finder) question(g group, all []looked) (int, string) {
	if f.choice.Question != "" {
		_, c := f.p.chosen(f.choice.Question)
		if c == 0 {
			return 0, "no column " + f.choice.Question
		}
		return c, ""
	}
	first, second, gap := best(all, 3, questionScore)
	if first.column == 0 {
		return 0, "no column reads like questions"
	}
	if gap < 2.5 && second.asked >= .5 && second.length >= 20 && second.role != otherRole {
		f.note("the questions are taken from column %s; column %s could hold them too: --question %s", first.called(), second.called(), letters(second.column))
	}
	return first.column, ""
}

var questionBase = map[role]float64{titleRole: 1, sectionRole: -2, answerRole: -4, commentRole: -3, otherRole: -5, idRole: -5, linkRole: -5, tickRole: -6}

func questionScore(l looked) float64 {
	if l.filled == 0 || l.numbered > .6 && l.sure < 3 {
		return -10
	}
	s := questionBase[l.role]
	if l.role == questionRole {
		s = 1 + 1.5*float64(l.sure)
	}
	s += 4*l.asked + 2*l.marked + 2*float64(l.filled)/float64(max(l.rows, 1))
	switch {
	case l.length >= 20 && l.length <= 700:
		s++
	case l.length < 12:
		s -= 2
	}
	switch {
	case l.unique >= .8:
		s++
	case l.unique < .5 && l.filled > 3:
		s -= 3
	}
	if l.lists > .5 {
		s -= 5
	}
	if l.hidden {
		s -= 4
	}
	return s - .1*float64(l.column)
}

// called names a column in a note.
func (l looked) called() string {
	if l.text == "" {
		return letters(l.column)
	}
	text := l.text
	if r := []rune(text); len(r) > 40 {
		text = string(r[:39]) + "…"
	}
	return letters(l.column) + ` ("` + text + `")`
}

// answers finds where verdicts and prose go.
func (f *finder) answers(g group, all []looked, c *columns) {
	if _, c.answer = f.p.chosen(f.choice.Answer); c.answer == 0 {
		f.answer(g, all, c)
	}
	if _, c.comment = f.p.chosen(f.choice.Comment); c.comment > 0 {
		return
	}
	taken := func(l looked) bool { return l.column == c.question || l.column == c.answer }
	first, _, _ := best(all, 4, func(l looked) float64 {
		if taken(l) || l.lists > .3 || l.formulas > .5 {
			return -10
		}
		s := map[role]float64{commentRole: 4, answerRole: 2}[l.role] + float64(l.sure) + 2*l.hollows - 1 // a second column for answers takes prose
		if l.role != commentRole && (l.role != answerRole || f.choice.Answer != "") {
			return -10
		}
		if l.column < c.question {
			s -= 3
		}
		if l.hidden {
			s -= 4
		}
		return s - .1*max(float64(l.column-c.answer), 0)
	})
	c.comment = first.column
	if c.comment == 0 && len(g.headers) == 0 && c.answer > 0 && c.answer < len(all) && all[c.answer-1].lists > .5 && all[c.answer].hollows >= .5 {
		c.comment = c.answer + 1 // no headers: prose goes beside the drop-down
	}
	if len(c.ticks) == 0 && c.answer == c.comment {
		c.comment = 0
	}
}

// answer finds the column for verdicts, or for all of the answer when there is no other.
func (f *finder) answer(g group, all []looked, c *columns) {
	for _, l := range all {
		if l.role == tickRole && l.hollows > .3 {
			c.ticks = append(c.ticks, Tick{l.column, l.text})
		}
	}
	first, second, gap := best(all, 3.5, func(l looked) float64 { return answerScore(l, c.question) })
	if len(c.ticks) >= 2 && (first.column == 0 || !first.verdicts) {
		c.answer = c.ticks[0].Column
		return
	}
	c.ticks = nil
	if first.column > 0 {
		c.answer = first.column
		if second.column > 0 && (gap < 1.5 || second.lists > .3) {
			f.note("answers go into column %s; column %s could take them too and stays as it is: --answer %s", first.called(), second.called(), letters(second.column))
		}
		return
	}
	prose, _, _ := best(all, 2, func(l looked) float64 {
		switch {
		case l.role == noRole && len(g.headers) == 0 && l.column == c.question+1 && l.lists < .3:
			return 2
		case l.column <= c.question || l.formulas > .5 || l.hidden || l.hollows < .5:
			return -10
		case l.role == commentRole:
			return 4 + float64(l.sure)
		case l.role == noRole && l.text != "" && l.hollows > .9 && l.lists < .3:
			return 3 - .1*float64(l.column)
		}
		return -10
	})
	if c.answer = prose.column; c.answer > 0 {
		c.added = prose.text == "" && c.answer > f.p.width
		if prose.role == noRole && !c.added {
			f.note("no header names a column for answers; they go into %s, which is empty: --answer decides", prose.called())
		}
		return
	}
	c.answer, c.added = f.p.width+1, true
	f.note("there is no column for answers; they go into a new one, %s: --answer decides", letters(c.answer))
}

func answerScore(l looked, question int) float64 {
	if l.column == question || l.formulas > .5 {
		return -10
	}
	s := map[role]float64{answerRole: 3, otherRole: -5, idRole: -6, sectionRole: -6, titleRole: -4, linkRole: -3, questionRole: -4, commentRole: -2, tickRole: -2}[l.role]
	if l.role == answerRole {
		s += float64(l.sure) / 2
	}
	switch {
	case l.verdicts:
		s += 6
	case l.lists > .3 && l.told:
		s-- // an owner, a state, a rating
	case l.lists > .3:
		s++
	}
	s += 2*l.hollows - 1
	if l.column > question {
		s++
	} else {
		s-- // some checklists begin with the answer
	}
	if l.hidden {
		s -= 4
	}
	if l.role == noRole && l.lists <= .3 {
		s -= 5
	}
	return s - .05*float64(l.column)
}

var besides = regexp.MustCompile(`(?i)instruction|read ?me|intro|cover|guid(?:e|ance|eline)s?\b|how to|about|glossar|definition|terms|change ?(?:log|s|history)|version|history|revision|legend|lookup|lists?$|drop ?down|summary|dashboard|scor|result|example|contents|\bfaq\b|overview|notes$|anleitung`)

// doubt tells why what was found is no questionnaire: other sheets have long sentences too.
func (f *finder) doubt(g group, all []looked, c columns) string {
	if f.choice.Question != "" || f.choice.Sheet != "" {
		return ""
	}
	q := all[c.question-1]
	a := looked{}
	if c.answer > 0 && c.answer <= len(all) {
		a = all[c.answer-1]
	}
	named := q.role == questionRole && q.sure >= 2
	fills := !c.added && (a.role == answerRole || a.role == commentRole || a.role == tickRole || a.verdicts)
	switch {
	case besides.MatchString(f.p.name) && a.hollows < .3 && !a.verdicts:
		return "reads like instructions or notes" // a history of versions has a state too, but it is filled
	case len(g.headers) > 0 && named && fills, len(g.headers) > 0 && fills && q.asked >= .25:
		return ""
	case besides.MatchString(f.p.name):
		return "reads like instructions or notes"
	case a.verdicts && q.asked >= .25, len(g.headers) > 0 && named && q.asked >= .25:
		return ""
	case q.asked >= .5 && q.marked >= .3 && q.filled >= 2, q.asked >= .6 && f.alone && q.filled >= 2:
		return ""
	}
	return "no column reads like questions"
}

// rest finds ids, sections and evidence.
func (f *finder) rest(all []looked, c *columns) {
	taken := map[int]bool{c.question: true, c.answer: true, c.comment: true}
	for _, t := range c.ticks {
		taken[t.Column] = true
	}
	pick := func(floor float64, score func(looked) float64) int {
		l, _, _ := best(all, floor, func(l looked) float64 {
			if taken[l.column] {
				return -10
			}
			return score(l) - .05*float64(l.column)
		})
		taken[l.column] = l.column > 0
		return l.column
	}
	if _, c.id = f.p.chosen(f.choice.ID); c.id == 0 {
		c.id = pick(1.5, func(l looked) float64 {
			switch {
			case l.filled == 0 || l.lists > .3:
				return -10
			case l.role == idRole && (l.numbered >= .3 || l.length < 16):
				return 2 + float64(l.sure)
			case l.column < c.question && l.numbered >= .6 && l.unique >= .8:
				return 2
			}
			return -10
		})
	}
	taken[c.id] = true
	c.section = pick(1.5, func(l looked) float64 {
		if l.role != sectionRole || l.filled == 0 || l.lists > .3 {
			return -10
		}
		return 2 + float64(l.sure) - max(0, float64(l.column-c.question)*.1)
	})
	c.title = pick(1.5, func(l looked) float64 {
		if l.role != titleRole && l.role != questionRole || l.filled == 0 || l.column > c.question || l.length > 80 || l.marked > .2 || l.hidden || l.numbered > .5 || l.unique < .5 {
			return -10
		}
		return 2 + float64(l.sure)
	})
	c.link = pick(1.5, func(l looked) float64 {
		if l.role != linkRole || l.sure < 2 && l.hollows < .9 || l.column < c.question || l.lists > .3 || l.formulas > .5 || l.hidden {
			return -10
		}
		return 1 + float64(l.sure) + l.hollows
	})
}

// chosen gives the column that a person named by its header or its letters, 0 for none, and the row of the header.
func (p *page) chosen(name string) (row, column int) {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" {
		return 0, 0
	}
	for r := 1; r <= len(p.cells); r++ {
		for c := 1; c <= min(p.width, maxLook); c++ {
			if strings.EqualFold(p.said(r, c), name) {
				return r, c
			}
		}
	}
	if c := number(name); len(name) <= 3 && c <= max(p.width+26, 52) {
		return 0, c
	}
	return 0, 0
}

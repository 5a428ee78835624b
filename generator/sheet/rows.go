package sheet

import (
	"slices"
	"strings"
)

// table reads the rows of a group.
func (f *finder) table(g group, c columns) Table {
	t := Table{Sheet: f.p.name, ID: c.id, Section: c.section, Question: c.question, Answer: c.answer, Comment: c.comment, Link: c.link, Ticks: c.ticks, Added: c.added}
	for _, h := range g.headers {
		t.Headers = append(t.Headers, h.row)
	}
	r := reader{f: f, p: f.p, t: &t, usual: f.usual(g, c)}
	for i, row := range g.rows {
		if title := g.sections[row]; title != "" {
			r.section = title
		}
		next := 0
		if i+1 < len(g.rows) {
			next = g.rows[i+1]
		}
		r.read(row, next)
	}
	r.tell()
	return t
}

// usual is what most rows of a table have.
type usual struct{ id, list, bold, asked float64 }

func (f *finder) usual(g group, c columns) usual {
	var u usual
	n := 0.0
	for _, r := range g.rows {
		text := f.p.said(r, c.question)
		if text == "" {
			continue
		}
		n++
		if c.id > 0 && f.p.said(r, c.id) != "" {
			u.id++
		}
		if rule, ok := f.p.rule(r, c.answer); ok && rule.list {
			u.list++
		}
		if f.p.bold(r, c.question) {
			u.bold++
		}
		if looksAsked(text) {
			u.asked++
		}
	}
	n = max(n, 1)
	return usual{u.id / n, u.list / n, u.bold / n, u.asked / n}
}

// reader goes down the rows of a table.
type reader struct {
	f                      *finder
	p                      *page
	t                      *Table
	usual                  usual
	section, carried       string
	hidden, locked, broken int
	owners                 map[[2]int]int // answer cells to the rows that they belong to
}

func (r *reader) read(row, next int) {
	a := r.p.area(row, r.t.Question)
	if a.top != row {
		return
	}
	text := r.p.said(a.top, a.left)
	if wide := a.left < r.t.Question || !r.t.Added && r.t.Answer > r.t.Question && a.right >= r.t.Answer; wide || text == "" {
		r.title(row, wide)
		return
	}
	switch {
	case strings.HasPrefix(text, "#REF!"), strings.HasPrefix(text, "#N/A"), strings.HasPrefix(text, "#NAME?"), strings.HasPrefix(text, "#VALUE!"):
		r.broken++
		return
	case r.names(row, next, text):
		r.section = text
		return
	case r.beside(row, text):
		return
	}
	r.t.Rows = append(r.t.Rows, r.row(row, strings.TrimSpace(r.p.at(a.top, a.left))))
}

// title takes the only text of a row without a question as the name of what follows.
func (r *reader) title(row int, wide bool) {
	text, n := r.f.only(row)
	if (n == 1 || wide && n > 0) && shortName(text) && !numberLike(text) {
		r.section = text
	}
}

// filled counts the texts of a row beside its question, id and section.
func (r *reader) filled(row int) int {
	n := 0
	for c := 1; c <= min(r.p.width, maxLook); c++ {
		if c != r.t.Question && c != r.t.ID && c != r.t.Section && r.p.said(row, c) != "" {
			n++
		}
	}
	return n
}

// names tells the name of a section that stands in the column of questions.
func (r *reader) names(row, next int, text string) bool {
	if !shortName(text) || r.filled(row) > 0 {
		return false
	}
	rule, ok := r.p.rule(row, r.t.Answer)
	list := ok && rule.list
	id := r.p.said(row, r.t.ID)
	switch {
	case r.usual.list >= .6 && !list:
		return true
	case list:
		return false
	case r.t.ID > 0 && r.usual.id >= .7 && id == "":
		return true
	case r.p.bold(row, r.t.Question) && r.usual.bold < .4 && !looksAsked(text):
		return true
	case looksAsked(text):
		return false
	}
	below := r.p.said(next, r.t.ID)
	return id != "" && r.usual.asked >= .6 && strings.HasPrefix(below, strings.TrimRight(id, ".")+".")
}

// beside tells notes and totals among the questions.
func (r *reader) beside(row int, text string) bool {
	first := plainWords(text)
	if len(first) > 0 && len(first) < 5 && slices.Contains([]string{"total", "totals", "subtotal", "score", "sum"}, first[0]) {
		return true
	}
	rule, ok := r.p.rule(row, r.t.Answer)
	return r.t.ID > 0 && r.usual.id >= .7 && r.p.said(row, r.t.ID) == "" && r.filled(row) == 0 && !strings.HasSuffix(text, "?") && !(ok && rule.list)
}

// row reads a question and what stands beside it.
func (r *reader) row(number int, question string) Row {
	t := r.t
	row := Row{Sheet: t.Sheet, Number: number, Question: question, ID: r.p.said(number, t.ID), Section: r.section, Hidden: r.p.hiddenRows[number]}
	if t.Section > 0 {
		a := r.p.area(number, t.Section)
		if s := r.p.said(a.top, a.left); s != "" {
			r.carried = s
		}
		row.Section = r.carried
	}
	if t.ID > 0 && row.ID == "" {
		a := r.p.area(number, t.ID)
		row.ID = r.p.said(a.top, a.left)
	}
	if len(t.Ticks) > 0 {
		for _, tick := range t.Ticks {
			row.Allowed = append(row.Allowed, tick.Word)
			if g := r.p.given(number, tick.Column); g != "" {
				row.Given = tick.Word
			}
		}
	} else {
		row.Given = r.p.given(number, t.Answer)
		row.Allowed, row.Unknown, row.Longest = r.p.allowed(number, t.Answer)
		a := r.p.area(number, t.Answer)
		if r.owners == nil {
			r.owners = map[[2]int]int{}
		}
		if owner := r.owners[[2]int{a.top, a.left}]; owner > 0 {
			row.Shared = owner
		}
		r.owners[[2]int{a.top, a.left}] = number
	}
	row.GivenComment, row.GivenLink = r.p.given(number, t.Comment), r.p.given(number, t.Link)
	row.CommentAllowed, _, row.LongestComment = r.p.allowed(number, t.Comment)
	row.Locked = t.Answer > 0 && r.p.locked(number, t.Answer)
	if row.Hidden {
		r.hidden++
	}
	if row.Locked {
		r.locked++
	}
	return row
}

// given is what stands in a cell, or in the merged area that it is in. A formula counts, whatever it came to.
func (p *page) given(row, column int) string {
	if column == 0 {
		return ""
	}
	a := p.area(row, column)
	text := strings.TrimSpace(p.at(a.top, a.left))
	if p.computed(a.top, a.left) {
		if text == "" {
			return "(a formula)"
		}
		return text
	}
	if placeholder(text) {
		return ""
	}
	return text
}

// allowed gives the words of a cell's drop-down, whether it has one whose words cannot be told, and how long its text may be.
func (p *page) allowed(row, column int) (words []string, unknown bool, longest int) {
	a := p.area(row, column)
	rule, ok := p.rule(a.top, a.left)
	if column == 0 || !ok {
		return nil, false, 0
	}
	if rule.list && rule.words != nil {
		for _, w := range rule.words(a.top, a.left) {
			if !placeholder(w) || dashes.MatchString(w) {
				words = append(words, w)
			}
		}
	}
	return words, rule.list && len(words) == 0, rule.longest
}

// tell notes what a person would see at once and a list of rows does not say.
func (r *reader) tell() {
	if r.hidden > 0 {
		r.f.note("%d of %d questions are in hidden rows", r.hidden, len(r.t.Rows))
	}
	if r.locked > 0 {
		r.f.note("it is protected and %d answer cells are locked; they are filled all the same, since the file is edited, not typed into", r.locked)
	}
	if r.broken > 0 {
		r.f.note("%d questions are formulas that came to an error; they are left alone", r.broken)
	}
}

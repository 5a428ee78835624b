package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// table reads the rows of a group.
func (f *finder) table(g group, c columns) Table {
	t := Table{Sheet: f.p.name, ID: c.id, Section: c.section, Title: c.title, Question: c.question, Answer: c.answer, Comment: c.comment, Link: c.link, Ticks: c.ticks, Added: c.added}
	for _, h := range g.headers {
		t.Headers = append(t.Headers, h.row)
	}
	r := reader{f: f, p: f.p, t: &t, usual: f.usual(g, c)}
	named := f.sectionHeaders(g, c)
	for i, row := range g.rows {
		if title := g.sections[row]; title != "" {
			r.section = title
		}
		for len(named) > 0 && row >= named[0].row {
			if named[0].text != "" {
				r.section = named[0].text
			}
			named = named[1:]
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

// sectionHeader is a header with the name of a section above its questions, and the first row below.
type sectionHeader struct {
	row  int
	text string
}

// sectionHeaders gives the names of sections that stand where others say "Question".
func (f *finder) sectionHeaders(g group, c columns) []sectionHeader {
	var all []sectionHeader
	differ := false
	for _, h := range g.headers {
		a := f.p.area(h.row, c.question)
		text := f.p.said(a.top, a.left)
		if a.left < c.id && c.id != c.question {
			text = ""
		}
		if t := roleOf(text); !shortName(text) || t.sure == 3 && (t.role == questionRole || t.role == idRole) {
			text = ""
		}
		all = append(all, sectionHeader{h.row + 1, text})
		differ = differ || text != all[0].text
	}
	for i, h := range g.headers {
		if !differ && h.titles[c.question].role != noRole {
			all[i].text = ""
		}
	}
	return all
}

// usual is what most rows of a table have.
type usual struct{ id, list, bold, filled, asked float64 }

func (f *finder) usual(g group, c columns) usual {
	var u usual
	n := 0.0
	for _, r := range g.rows {
		text := f.p.said(r, c.question)
		if text == "" || isLabel(text) {
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
		if f.p.coloured(r, c.question) {
			u.filled++
		}
		if looksAsked(text) {
			u.asked++
		}
	}
	n = max(n, 1)
	return usual{u.id / n, u.list / n, u.bold / n, u.filled / n, u.asked / n}
}

// reader goes down the rows of a table.
type reader struct {
	f                      *finder
	p                      *page
	t                      *Table
	usual                  usual
	section, carried       string
	leading                *Row // the question whose parts may follow
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
	found := r.row(row, strings.TrimSpace(r.p.at(a.top, a.left)))
	r.lead(&found)
	r.t.Rows = append(r.t.Rows, found)
}

var part = regexp.MustCompile(`^\(?(?:[a-z]|[ivx]{1,4})[.)]{0,2}$|[0-9.][a-z][.)]?$`)

// lead tells parts of a question by their letters, or by numbers that begin with that of the question, from the question that ends in a colon.
func (r *reader) lead(row *Row) {
	if r.leading != nil && !reallyAsks(row.Question) && row.Section == r.leading.Section && (row.ID == "" || part.MatchString(row.ID) || strings.HasPrefix(row.ID, strings.TrimRight(r.leading.ID, ".")+".")) {
		row.Lead = r.leading.Question
		return
	}
	r.leading = nil
	if strings.HasSuffix(row.Question, ":") {
		r.leading = row
	}
}

// title takes the only text of a row without a question, numbers aside, as the name of what follows.
func (r *reader) title(row int, wide bool) {
	name, n := "", 0
	for c := 1; c <= min(r.p.width, maxLook); c++ {
		if t := r.p.said(row, c); t != "" && !numberLike(t) {
			name = t
			n++
		}
	}
	if (n == 1 || wide && n > 0) && shortName(name) {
		r.section = name
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
	id := r.p.said(row, r.t.ID)
	switch {
	case r.usual.list >= .6 && !(ok && rule.list):
		return true
	case reallyAsks(text):
		return false
	case len(r.t.Headers) == 0 && len(r.t.Rows) == 0 && r.usual.asked >= .5 && !looksAsked(text):
		return true // the sheet's title
	case r.t.ID > 0 && r.usual.id >= .7 && id == "":
		return true
	case r.p.bold(row, r.t.Question) && r.usual.bold < .4, r.p.coloured(row, r.t.Question) && r.usual.filled < .4:
		return true
	}
	below := r.p.said(next, r.t.ID)
	return id != "" && r.usual.asked >= .6 && strings.HasPrefix(below, strings.TrimSuffix(strings.TrimRight(id, "."), ".0")+".")
}

var leads = regexp.MustCompile(`(?i)^(?:please|if (?:so|yes|no|not|applicable)|then|and|also|[,;:\s])+`)

// beside tells notes, totals and labels of answers among the questions.
func (r *reader) beside(row int, text string) bool {
	first := plainWords(text)
	if len(first) > 0 && len(first) < 5 && slices.Contains([]string{"total", "totals", "subtotal", "score", "sum"}, first[0]) {
		return true
	}
	if isLabel(text) {
		r.below(row, text)
		return true
	}
	if r.t.ID == 0 || r.usual.id < .7 || r.p.said(row, r.t.ID) != "" || r.filled(row) > 0 || strings.HasSuffix(text, "?") {
		return false
	}
	// a part of the question above has no number of its own; a note speaks of the questions
	rest := plainWords(leads.ReplaceAllString(text, ""))
	return len(rest) == 0 || !asking[rest[0]] || strings.Contains(strings.ToLower(text), "questions")
}

// begins is a number before a question in the same cell: "1.2 Do you", "Q-3: Are", "4) Is".
var begins = regexp.MustCompile(`(?s)^((?:[A-Za-z&]{1,6}[-.])?[0-9]{1,3}(?:\.[0-9]{1,3}){1,4}[a-z]?|[A-Za-z&]{1,6}-[0-9]{1,3})(?:[.):]\s*|\s*[-–—]\s+|\s+)(\p{L}.*)$|^([A-Z]?[0-9]{1,3}[a-z]?)(?:[.):]\s*|\s*[-–—]\s+)(\p{L}.*)$`)

// isLabel tells "Answer:" and the like, below a question or beside the place for what it names.
func isLabel(text string) bool {
	if len(text) > 30 {
		return false
	}
	t := roleOf(strings.TrimRight(text, ": "))
	return t.sure == 3 && (t.role == answerRole || t.role == commentRole || t.role == linkRole) && len(plainWords(text)) < 3
}

// below moves the answer of the question above to the cell beside a label, in a sheet without headers.
func (r *reader) below(row int, text string) {
	n := len(r.t.Rows)
	if len(r.t.Headers) > 0 || n == 0 || row-r.t.Rows[n-1].Number > 3 || roleOf(strings.TrimRight(text, ": ")).role != answerRole {
		return
	}
	last := &r.t.Rows[n-1]
	if a := r.p.area(row, r.t.Question); last.at == [2]int{} {
		last.at = [2]int{row, a.right + 1}
		last.Given = r.p.given(row, a.right+1)
		last.Allowed, last.Unknown, last.Longest = r.p.allowed(row, a.right+1)
	}
}

// row reads a question and what stands beside it.
func (r *reader) row(number int, question string) Row {
	t := r.t
	row := Row{Sheet: t.Sheet, Number: number, Question: question, ID: r.p.said(number, t.ID), Section: r.section, Title: r.p.said(number, t.Title), Hidden: r.p.hiddenRows[number]}
	if t.ID == 0 {
		if m := begins.FindStringSubmatch(question); m != nil {
			row.ID, row.Question = m[1]+m[3], m[2]+m[4]
		}
	}
	if t.Section > 0 {
		a := r.p.area(number, t.Section)
		if s := r.p.said(a.top, a.left); s != "" {
			r.carried = s
		}
		if r.carried != "" {
			row.Section = r.carried
		}
	}
	if t.ID > 0 && row.ID == "" {
		a := r.p.area(number, t.ID)
		row.ID = r.p.said(a.top, a.left)
	}
	r.answer(&row)
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

// answer reads the answer cell of a row, or its ticks.
func (r *reader) answer(row *Row) {
	t, number := r.t, row.Number
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
	rule, ok := p.rule(a.top, a.left)
	if placeholder(text) || len(printed(text)) > 0 || ok && rule.list && dashes.MatchString(text) {
		return ""
	}
	return text
}

// allowed gives the words of a cell's drop-down, whether it has one whose words cannot be told, and how long its text may be.
func (p *page) allowed(row, column int) (words []string, unknown bool, longest int) {
	a := p.area(row, column)
	rule, ok := p.rule(a.top, a.left)
	if column == 0 {
		return nil, false, 0
	}
	if !ok {
		return printed(p.said(a.top, a.left)), false, 0
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

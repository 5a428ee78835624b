package sheet

import (
	"fmt"
	"slices"
	"strings"
)

// Survey looks for the questions of a file. The error is a *Refusal when there are none, or when a choice names what there is not.
func (b *Book) Survey(c Choice) (Survey, error) {
	pages := b.file.pages()
	if err := c.check(pages); err != nil {
		return Survey{}, err
	}
	s := Survey{Notes: b.notes()}
	for _, p := range pages {
		b.survey(p, c, &s)
	}
	if len(s.Tables) > 0 {
		return s, nil
	}
	if c.Question != "" || c.Sheet != "" {
		return s, &Refusal{"no questions were found where you said", "the first row with a question is told by --from 12, the column by --question B, the sheet by --sheet NAME"}
	}
	hint := "say where they are: --question B --answer C --from 12"
	if !b.CSV() {
		hint = "say where they are: --sheet " + fmt.Sprintf("%q", firstVisible(pages)) + " --question B --answer C --from 12"
	}
	text := "no questions were found in " + quoted(b.name)
	if len(s.Skipped) == 1 {
		text += ": " + s.Skipped[0].Why
	}
	return s, &Refusal{text, hint}
}

func (b *Book) survey(p *page, c Choice, s *Survey) {
	switch {
	case c.Sheet != "" && !strings.EqualFold(p.name, c.Sheet):
		s.skip(p, "not chosen")
		return
	case p.unread != "":
		s.skip(p, p.unread)
		return
	case p.hidden && c.Sheet == "":
		s.skip(p, "hidden")
		return
	case len(p.cells) > maxRows && c.Question == "":
		s.skip(p, tooLong)
		return
	case len(p.cells) == 0:
		s.skip(p, "empty")
		return
	}
	f := finder{p: p, choice: c, alone: len(b.file.pages()) == 1, roles: map[string]titled{}}
	tables, why := f.find()
	if why != "" {
		s.skip(p, why)
		return
	}
	s.Tables = append(s.Tables, tables...)
	s.Notes = append(s.Notes, f.notes...)
}

func (s *Survey) skip(p *page, why string) { s.Skipped = append(s.Skipped, Skipped{p.name, why}) }

// notes tells what holds for the file as a whole.
func (b *Book) notes() []string {
	w, ok := b.file.(*workbook)
	if !ok {
		return nil
	}
	var notes []string
	if w.archive.signed {
		notes = append(notes, "the workbook is signed; the signature will no longer hold once a cell is filled")
	}
	if w.archive.fixed {
		notes = append(notes, "the structure of the workbook is protected: its owner wants no further sheet in it")
	}
	for _, p := range w.read {
		if p.uncomputed > 0 {
			notes = append(notes, fmt.Sprintf("%s: %d formulas have no stored value and were not worked out; open the file in a spreadsheet program and save it", p.called(), p.uncomputed))
		}
	}
	return notes
}

// called names a page in a note.
func (p *page) called() string {
	if p.name == "" {
		return "the file"
	}
	return fmt.Sprintf("sheet %q", p.name)
}

func firstVisible(pages []*page) string {
	for _, p := range pages {
		if !p.hidden && p.unread == "" {
			return p.name
		}
	}
	return pages[0].name
}

// finder looks for the tables of one page.
type finder struct {
	p      *page
	choice Choice
	alone  bool // the page is the file's only one
	roles  map[string]titled
	notes  []string
}

func (f *finder) note(format string, args ...any) {
	f.notes = append(f.notes, f.p.called()+": "+fmt.Sprintf(format, args...))
}

// find gives the tables, or why there are none.
func (f *finder) find() ([]Table, string) {
	var tables []Table
	why := ""
	for _, g := range f.groups() {
		cols, no := f.columns(g)
		if no != "" {
			why = no
			continue
		}
		t := f.table(g, cols)
		if len(t.Rows) == 0 {
			why = "no question in it"
			continue
		}
		tables = append(tables, t)
	}
	if len(tables) == 0 {
		if why == "" {
			why = "no question in it"
		}
		return nil, why
	}
	return tables, ""
}

// role is roleOf, once for each text.
func (f *finder) role(text string) titled {
	t, ok := f.roles[text]
	if !ok {
		t = roleOf(text)
		f.roles[text] = t
	}
	return t
}

// group is the rows below headers that say the same.
type group struct {
	headers  []header
	rows     []int
	sections map[int]string // what stands right above a header, by the first row below that
}

// groups parts the rows of a page at its headers.
func (f *finder) groups() []group {
	headers := f.headers()
	if r, _ := f.p.chosen(f.choice.Question); r > 0 && !slices.ContainsFunc(headers, func(h header) bool { return h.row >= r }) {
		headers = []header{f.headerOf(r)} // a row whose words are unknown, and that a person named
	}
	if f.choice.From > 0 {
		headers = before(headers, f.choice.From)
	}
	if len(headers) == 0 {
		g := group{sections: map[int]string{}}
		for r := max(1, f.choice.From); r <= len(f.p.cells); r++ {
			g.rows = append(g.rows, r)
		}
		return []group{g}
	}
	var all []group
	for i, h := range headers {
		end := len(f.p.cells)
		if i+1 < len(headers) {
			end = headers[i+1].top - 1
		}
		at := len(all)
		for j := range all {
			if all[j].headers[0].alike(h) {
				at = j
				break
			}
		}
		if at == len(all) {
			all = append(all, group{sections: map[int]string{}})
		}
		g := &all[at]
		g.headers = append(g.headers, h)
		if title := f.above(h); title != "" && len(headers) > 1 {
			g.sections[h.row+1] = title
		}
		for r := max(h.row+1, f.choice.From); r <= end; r++ {
			g.rows = append(g.rows, r)
		}
	}
	return all
}

// before keeps the headers that a first row of questions leaves: the last one above it, and those below.
func before(headers []header, from int) []header {
	for len(headers) > 1 && headers[1].row < from {
		headers = headers[1:]
	}
	if len(headers) > 0 && headers[0].row >= from && headers[0].row-from < 3 {
		return headers[1:]
	}
	return headers
}

// above gives the name of a section that stands right above a header.
func (f *finder) above(h header) string {
	for r := h.top - 1; r > max(0, h.top-3); r-- {
		if text, n := f.only(r); n == 1 && shortName(text) {
			return text
		} else if n > 0 {
			return ""
		}
	}
	return ""
}

// only gives the last filled text of a row and how many there are.
func (f *finder) only(row int) (string, int) {
	text, n := "", 0
	for c := 1; c <= min(f.p.width, maxLook); c++ {
		if t := f.p.said(row, c); t != "" {
			text = t
			n++
		}
	}
	return text, n
}

const (
	maxLook = 100 // columns that are looked at
	tooLong = "it has more than 20,000 rows: data, not questions"
)

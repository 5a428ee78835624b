package sheet

import "fmt"

// A Fill is what to write for a row of a survey. Empty texts leave their cell as it is.
type Fill struct {
	Sheet                 string
	Row                   int
	Answer, Comment, Link string
	Extra                 []string // as many as the columns that Write adds, in their order
}

// A Left is a text that was not written, or not as it was given.
type Left struct {
	Sheet       string
	Row, Column int
	Why         string
}

// Write fills rows of a survey of this book. Extra columns, whose headers are given, stand right of all others. A cell in which something stands stays as it
// is, and a drop-down takes none but its words; what was cut or left out for that is told.
func (b *Book) Write(s Survey, extra []string, fills []Fill) []Left {
	var left []Left
	for _, p := range b.file.pages() {
		w := writer{p: p, extra: extra, left: &left}
		w.first = p.width + 1
		for _, t := range s.Tables {
			if t.Sheet == p.name {
				w.first = max(w.first, t.Answer+1, t.Comment+1, t.Link+1)
			}
		}
		for _, t := range s.Tables {
			if t.Sheet == p.name {
				w.table(t, fills)
			}
		}
		if len(w.cells) > 0 {
			b.file.set(p.name, w.cells)
		}
	}
	return left
}

// writer gathers the cells of one page.
type writer struct {
	p     *page
	extra []string
	first int // the first column of the extra ones
	cells []written
	left  *[]Left
}

func (w *writer) table(t Table, fills []Fill) {
	rows := map[int]Row{}
	for _, r := range t.Rows {
		rows[r.Number] = r
	}
	touched := false
	for _, f := range fills {
		r, ok := rows[f.Row]
		if !ok || f.Sheet != t.Sheet {
			continue
		}
		touched = true
		w.answer(t, r, f.Answer)
		w.put(f.Row, t.Comment, f.Comment, r.GivenComment, r.LongestComment)
		w.put(f.Row, t.Link, f.Link, r.GivenLink, 0)
		for i := range min(len(w.extra), len(f.Extra)) {
			if text, _ := legal(f.Extra[i], 0); text != "" {
				w.cells = append(w.cells, written{f.Row, w.first + i, text, max(t.Comment, t.Answer)})
			}
		}
	}
	if !touched {
		return
	}
	for _, h := range t.Headers {
		if t.Added && t.Answer == w.p.width+1 {
			w.cells = append(w.cells, written{h, t.Answer, "Answer", t.Question})
		}
		for i, title := range w.extra {
			w.cells = append(w.cells, written{h, w.first + i, title, t.Question})
		}
	}
}

// answer writes the answer of a row, or marks the column of the word.
func (w *writer) answer(t Table, r Row, text string) {
	tell := func(format string, args ...any) {
		*w.left = append(*w.left, Left{t.Sheet, r.Number, t.Answer, fmt.Sprintf(format, args...)})
	}
	fits := len(r.Allowed) == 0
	for _, word := range r.Allowed {
		fits = fits || word == text
	}
	switch {
	case text == "":
	case r.Shared > 0:
		tell("its answer cell is that of row %d too", r.Shared)
	case r.Unknown:
		tell("the words of its drop-down cannot be told")
	case !fits:
		tell("%q is no word of its drop-down", text)
	case r.at != [2]int{}:
		n := len(*w.left)
		w.put(r.at[0], r.at[1], text, r.Given, r.Longest)
		for i := n; i < len(*w.left); i++ {
			(*w.left)[i].Row = r.Number
		}
	case len(t.Ticks) == 0:
		if a := w.p.area(r.Number, t.Answer); len(r.Allowed) > 0 {
			text = markedBox(w.p.at(a.top, a.left), text)
		}
		w.put(r.Number, t.Answer, text, r.Given, r.Longest)
	case r.Given != "":
		tell("it is answered already")
	default:
		for _, tick := range t.Ticks {
			if tick.Word == text {
				w.put(r.Number, tick.Column, "X", "", 0)
				return
			}
		}
	}
}

// put writes a cell, or the first one of the merged area that it is in.
func (w *writer) put(row, column int, text, given string, longest int) {
	if column == 0 || text == "" {
		return
	}
	a := w.p.area(row, column)
	why := ""
	text, cut := legal(text, longest)
	switch {
	case given != "":
		why = "something stands there already"
	case text == "":
		why = "nothing of the text can stand in a cell"
	case cut:
		why = "the text was cut to what the cell takes"
	}
	if why != "" {
		*w.left = append(*w.left, Left{w.p.name, row, column, why})
	}
	if given == "" && text != "" {
		w.cells = append(w.cells, written{a.top, a.left, text, 0})
	}
}

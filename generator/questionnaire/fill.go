package questionnaire

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"candor/generator/sheet"
)

// Write fills the rows of a book and adds what is only suggested as a sheet of its own. It notes on the lines what did not come out as it was to.
func (p *Plan) Write(b *sheet.Book) {
	tables := map[string][]sheet.Table{}
	for _, t := range p.survey.Tables {
		tables[t.Sheet] = append(tables[t.Sheet], t)
	}
	var fills []sheet.Fill
	at := map[string]*Line{}
	for i := range p.Lines {
		line := &p.Lines[i]
		at[place(line.Row)] = line
		if line.Outcome != Filled {
			continue
		}
		for _, t := range tables[line.Row.Sheet] {
			if holds(t, line.Row) {
				fills = append(fills, p.fill(t, line))
				break
			}
		}
	}
	for _, left := range b.Write(p.survey, p.extra, fills) {
		if line := at[place(sheet.Row{Sheet: left.Sheet, Number: left.Row})]; line != nil {
			line.note(left.Why)
		}
	}
	if rows := p.suggestionRows(); len(rows) > suggestionHead {
		b.AddSheet(SuggestionSheet, rows)
	}
}

func place(r sheet.Row) string { return r.Sheet + "!" + strconv.Itoa(r.Number) }

func holds(t sheet.Table, r sheet.Row) bool {
	for _, other := range t.Rows {
		if other.Number == r.Number {
			return true
		}
	}
	return false
}

func (line *Line) note(text string) {
	if line.Note != "" {
		line.Note += "; "
	}
	line.Note += text
}

// fill says what goes into the cells of a row: the verdict into a drop-down in its words, or into the answer's column when prose has another one; the prose
// with its limits beside it; the link into its own column, or below the prose.
func (p *Plan) fill(t sheet.Table, line *Line) sheet.Fill {
	r := line.Row
	f := sheet.Fill{Sheet: r.Sheet, Row: r.Number}
	linked := t.Link == 0 || r.GivenLink != ""
	if !linked {
		f.Link = links(line.Filled)
	}
	f.Answer = p.verdict(t, line, linked)
	prose := f.Answer == "" || f.Answer != fitting(line.Filled, linked, r.Longest)
	switch {
	case !prose:
	case hasComment(t, r):
		f.Comment = fitting(line.Filled, linked, r.LongestComment)
	default:
		f.Extra = append(f.Extra, fitting(line.Filled, linked, 0))
	}
	if p.details && len(f.Extra) == 0 {
		f.Extra = append(f.Extra, "")
	}
	if p.o.Confidence {
		f.Extra = append(f.Extra, percent(line.Confidence))
	}
	if r.Locked {
		line.note("the cell is locked for people who type")
	}
	return f
}

// hasComment reports whether prose has a cell of its own in the row.
func hasComment(t sheet.Table, r sheet.Row) bool { return t.Comment > 0 && r.CommentAllowed == nil }

// verdict gives what goes into the answer's cell: a word where it is a drop-down or prose has a cell of its own, else all of it.
func (p *Plan) verdict(t sheet.Table, line *Line, linked bool) string {
	r, verdict := line.Row, line.Filled[0].Answer.Verdict.Value
	switch {
	case r.Unknown:
		line.note("the words of the drop-down cannot be told, so it is left to you")
	case r.Allowed != nil:
		word, why := sheet.Word(verdict, r.Allowed)
		if word == "" {
			line.note("the drop-down is left to you: " + why)
		}
		return word
	case hasComment(t, r):
		return words[verdict]
	default:
		return fitting(line.Filled, linked, r.Longest)
	}
	return ""
}

// fitting gives answers in at most so many characters, 0 for any number: whole, or the verdict and where the whole stands. An answer that is cut would be
// another one.
func fitting(answers []Cited, linked bool, most int) string {
	var parts []string
	for _, c := range answers {
		text := prose(c.Answer)
		if linked {
			text += "\n\n" + c.Link
		}
		parts = append(parts, text)
	}
	whole := strings.Join(parts, "\n\n")
	if most == 0 || utf8.RuneCountInString(whole) <= most {
		return whole
	}
	short := words[answers[0].Answer.Verdict.Value] + "."
	if linked {
		short += " " + links(answers)
	}
	return short
}

// links gives the addresses of answers, a line each.
func links(answers []Cited) string {
	var all []string
	for _, c := range answers {
		all = append(all, c.Link)
	}
	return strings.Join(all, "\n")
}

func percent(share float64) string { return fmt.Sprintf("%d %%", int(math.Round(share*100))) }

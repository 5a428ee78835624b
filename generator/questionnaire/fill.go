package questionnaire

import (
	"fmt"
	"math"
	"strconv"

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
	r, text := line.Row, prose(line.Answer)
	f := sheet.Fill{Sheet: r.Sheet, Row: r.Number}
	if t.Link > 0 && r.GivenLink == "" {
		f.Link = line.Link
	} else {
		text = withLink(text, line.Link)
	}
	details := ""
	switch {
	case r.Unknown:
		line.note("the words of the drop-down cannot be told, so it is left to you")
	case r.Allowed != nil:
		word, why := sheet.Word(line.Answer.Verdict.Value, r.Allowed)
		f.Answer = word
		if word == "" {
			line.note("the drop-down is left to you: " + why)
		}
	case t.Comment > 0:
		f.Answer = words[line.Answer.Verdict.Value]
	default:
		f.Answer = text
	}
	if t.Comment > 0 {
		f.Comment = text
	} else if f.Answer != text {
		details = text
	}
	if p.details {
		f.Extra = append(f.Extra, details)
	}
	if p.o.Confidence {
		f.Extra = append(f.Extra, percent(line.Confidence))
	}
	if r.Locked {
		line.note("the cell is locked for people who type")
	}
	return f
}

func percent(share float64) string { return fmt.Sprintf("%d %%", int(math.Round(share*100))) }

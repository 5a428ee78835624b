package sheet

import "strings"

// Survey looks for the questions of a file. The error is a *Refusal when there are none, or when a choice names what there is not.
func (b *Book) Survey(c Choice) (Survey, error) {
	var s Survey
	for _, p := range b.file.pages() {
		if t, ok := surveyPage(p, c); ok {
			s.Tables = append(s.Tables, t)
		}
	}
	if len(s.Tables) == 0 {
		return s, &Refusal{"no questions were found in " + quoted(b.name), "say where they are: --sheet NAME --question B --answer C --from 12"}
	}
	return s, nil
}

func surveyPage(p *page, c Choice) (Table, bool) {
	for i := range p.cells {
		t := Table{Sheet: p.name, Headers: []int{i + 1}}
		for j := range p.cells[i] {
			switch simple(p.cells[i][j]) {
			case "question", "control", "requirement":
				t.Question = j + 1
			case "answer", "response":
				t.Answer = j + 1
			case "comment", "comments", "notes":
				t.Comment = j + 1
			case "id", "ref", "#", "no":
				t.ID = j + 1
			case "section", "domain":
				t.Section = j + 1
			}
		}
		if t.Question == 0 {
			continue
		}
		if t.Answer == 0 {
			t.Answer, t.Added = p.width()+1, true
		}
		for r := i + 2; r <= len(p.cells); r++ {
			if q := p.said(r, t.Question); q != "" {
				t.Rows = append(t.Rows, Row{Sheet: p.name, Number: r, ID: p.said(r, t.ID), Section: p.said(r, t.Section), Question: q, Given: p.said(r, t.Answer), GivenComment: p.said(r, t.Comment)})
			}
		}
		return t, true
	}
	return Table{}, false
}

// simple is a text in lower case without anything but letters, digits, # and single spaces.
func simple(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '#' || r > 127)
	}), " ")
}

package export

import (
	"fmt"
	"strings"
	"unicode"

	"candor/generator/disclosure"
	"candor/generator/sheet"
)

var csvHeader = []string{"id", "topic", "question", "verdict", "answer", "scope", "exclusions", "reason", "planned_for", "also_asked", "frameworks", "evidence", "reviewed_on",
	"reviewed_by", "address"}

// csvOf gives the answers as RFC 4180 has it: lines end with CR LF, and the first one names the columns.
func csvOf(list []disclosure.Answer) ([]byte, error) {
	rows := [][]string{csvHeader}
	for _, a := range list {
		var frameworks, evidence []string
		for _, f := range a.Frameworks {
			frameworks = append(frameworks, f.Framework+" "+strings.Join(f.IDs, ", "))
		}
		for _, c := range a.Evidence {
			evidence = append(evidence, c.Title)
		}
		rows = append(rows, []string{a.ID, a.Topic.Title, a.Question, a.Verdict, a.Answer, a.Scope, several(a.Exclusions), a.Reason, string(a.PlannedFor), several(a.AlsoAsked),
			several(frameworks), several(evidence), string(a.ReviewedOn), a.ReviewedBy, a.Address})
	}
	return cells(answersCSV, rows)
}

// cells gives rows as the CSV file called name, every cell in one line and harmless. It leaves rows as they are: they are shared with those who write at the same time.
func cells(name string, rows [][]string) ([]byte, error) {
	lines := make([][]string, len(rows))
	for i, row := range rows {
		lines[i] = make([]string, len(row))
		for j, text := range row {
			lines[i][j] = cell(text)
		}
	}
	data, err := sheet.CSV(lines)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", name, err)
	}
	return data, nil
}

// several puts texts into one cell.
func several(list []string) string { return strings.Join(list, " | ") }

// cell gives a text as one line, without what is not seen.
func cell(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) || r == '\ufeff' {
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

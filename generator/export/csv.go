package export

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"unicode"
)

// byteOrderMark tells spreadsheets that a file is UTF-8. Without it Excel reads it in the code page of the machine, and every dash and quotation mark is wrong; LibreOffice
// and Google Sheets take it for what it is.
const byteOrderMark = "\ufeff"

var csvHeader = []string{"id", "topic", "question", "verdict", "answer", "scope", "exclusions", "reason", "planned_for", "also_asked", "frameworks", "evidence", "reviewed_on",
	"reviewed_by", "address"}

// csvOf gives the answers as RFC 4180 has it: lines end with CR LF, and the first one names the columns.
func csvOf(list []answer) ([]byte, error) {
	out := bytes.NewBufferString(byteOrderMark)
	w := csv.NewWriter(out)
	w.UseCRLF = true
	rows := [][]string{csvHeader}
	for _, a := range list {
		var frameworks, evidence []string
		for _, f := range a.Frameworks {
			frameworks = append(frameworks, f.Name+" "+strings.Join(f.IDs, ", "))
		}
		for _, c := range a.Evidence {
			evidence = append(evidence, c.Title)
		}
		rows = append(rows, []string{a.ID, a.Topic.Title, a.Question, a.Verdict, a.Answer, a.Scope, several(a.Exclusions), a.Reason, a.PlannedFor, several(a.AlsoAsked),
			several(frameworks), several(evidence), a.ReviewedOn, a.ReviewedBy, a.Address})
	}
	for _, row := range rows {
		for i := range row {
			row[i] = cell(row[i])
		}
		if err := w.Write(row); err != nil {
			return nil, fmt.Errorf("write %s: %w", answersCSV, err)
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return nil, fmt.Errorf("write %s: %w", answersCSV, err)
	}
	return out.Bytes(), nil
}

// several puts texts into one cell.
func several(list []string) string { return strings.Join(list, " | ") }

// cell gives a text that no spreadsheet takes for a formula (https://owasp.org/www-community/attacks/CSV_Injection): where one could begin, an apostrophe stands
// before it. That is at the beginning of the cell, also behind spaces, quotation marks and characters that are not seen; and behind what another program
// than the one in mind takes for the end of a cell: a semicolon, a tab, a bar, a line end. A cell is one line, so that the last two do not come about.
func cell(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) || r == '\ufeff' {
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	var out strings.Builder
	begins := true
	for _, r := range s {
		switch {
		case begins && strings.ContainsRune("=+-@＝＋－＠﹣﹢−", r):
			out.WriteByte('\'')
			begins = false
		case r == ';' || r == '|':
			begins = true
		case unicode.IsSpace(r) || !unicode.IsGraphic(r) || strings.ContainsRune("\"'“”„«»‘’`", r):
		default:
			begins = false
		}
		out.WriteRune(r)
	}
	return out.String()
}

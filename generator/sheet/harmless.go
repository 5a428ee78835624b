package sheet

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
)

// Harmless gives a text as a cell of a CSV file that no spreadsheet runs as a formula: one that would begin one is given an apostrophe, as the OWASP page
// on CSV injection asks (owasp.org/www-community/attacks/CSV_Injection). Programs look past white space and take full-width signs for plain ones.
func Harmless(cell string) string {
	begin := strings.TrimLeft(cell, " \t\r\n\u00a0\u3000\ufeff\"'")
	if strings.ContainsAny(first(begin), "=+-@＝＋－＠−") || strings.ContainsAny(first(cell), "\t\r\n") {
		return "'" + cell
	}
	return cell
}

func first(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

// CSV gives rows as a file that spreadsheets open as it is: UTF-8 with a byte order mark, lines that end as RFC 4180 says, every cell Harmless.
func CSV(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	for _, row := range rows {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = Harmless(cell)
		}
		if err := w.Write(safe); err != nil {
			return nil, fmt.Errorf("write a row: %w", err)
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

package sheet

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"unicode"
)

// formulaBegins are the letters with which a formula begins, in both widths.
const formulaBegins = "=+-@＝＋－＠﹣﹢−"

// isPassedOver reports whether a program may look behind a letter for the beginning of a formula.
func isPassedOver(r rune) bool {
	return unicode.IsSpace(r) || !unicode.IsGraphic(r) || strings.ContainsRune("\"'“”„«»‘’`", r)
}

// Harmless gives a text as a cell of a CSV file that no spreadsheet takes for a formula (owasp.org/www-community/attacks/CSV_Injection): where one could
// begin, an apostrophe stands before it. That is at the beginning of the cell, also behind white space, quotation marks and characters that are not seen; and
// behind what another program than the one in mind takes for the end of a cell, a semicolon or a bar.
func Harmless(cell string) string {
	if strings.ContainsAny(cell[:min(len(cell), 1)], "\t\r\n") {
		return "'" + cell
	}
	var out strings.Builder
	begins := true
	for _, r := range cell {
		switch {
		case begins && strings.ContainsRune(formulaBegins, r):
			out.WriteByte('\'')
			begins = false
		case r == ';' || r == '|':
			begins = true
		case isPassedOver(r):
		default:
			begins = false
		}
		out.WriteRune(r)
	}
	return out.String()
}

// CSV gives rows as a file that spreadsheets open as it is: UTF-8 with a byte order mark, without which Excel reads it in the code page of the machine, lines that end as RFC 4180 says, every cell Harmless.
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

// Meant gives back what Harmless was given; a text that it would have left alone stays as it is. What a table of another program puts before a formula for
// the same reason is taken off too.
func Meant(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.ContainsAny(cell[1:2], "\t\r\n") {
		return cell[1:]
	}
	letters := []rune(cell)
	var out strings.Builder
	begins := true
	for i, r := range letters {
		switch {
		case begins && r == '\'' && i+1 < len(letters) && strings.ContainsRune(formulaBegins, letters[i+1]):
			continue
		case begins && strings.ContainsRune(formulaBegins, r):
			begins = false
		case r == ';' || r == '|':
			begins = true
		case isPassedOver(r):
		default:
			begins = false
		}
		out.WriteRune(r)
	}
	return out.String()
}

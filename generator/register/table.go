package register

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"candor/generator/sheet"
)

// Limits of a list. The longest that companies are known to keep have a few thousand rows.
const (
	maxRows    = 20_000
	maxColumns = 200
	headRows   = 40 // first rows in which the headers are looked for
	sampled    = 300
)

// A Column is what one column of a list was taken for.
type Column struct {
	Header string
	Field  Field  // "" for one that is kept as a comment
	Why    string // for a column without a field: what is to be known of it; "" when nobody knows the header
}

// A Row is one line of a list, its cells as they stand below the columns.
type Row struct {
	Number int // in the file, from 1
	cells  []string
}

// A Table is a list that was read.
type Table struct {
	File    string // its name, without folders
	Sheet   string // "" for text
	Header  int    // the row with the headers
	Columns []Column
	Rows    []Row
	Notes   []string // what a person should know of how it was read
	own     bool     // it is a list as Candor writes it: its columns are keys
}

// A Choice is what a person says of a list, where it is not understood.
type Choice struct {
	Sheet string           // the sheet to read, "" for the one that looks most like a list
	Map   map[Field]string // the header of a field, as --map has it
}

// Read reads a list. The error is a *sheet.Refusal, with what to do about it.
func Read(name string, data []byte, choice Choice) (*Table, error) {
	book, err := open(name, data)
	if err != nil {
		return nil, err
	}
	if choice.Sheet != "" && !slices.Contains(book.Names(), choice.Sheet) {
		return nil, &sheet.Refusal{Text: fmt.Sprintf("no sheet %q", choice.Sheet), Hint: "the sheets are " + strings.Join(book.Names(), ", ")}
	}
	var best *Table
	most := 0
	for _, s := range book.Names() {
		if choice.Sheet != "" && s != choice.Sheet {
			continue
		}
		rows := cleaned(book.Rows(s))
		if t, sure := tableOf(rows, choice); t != nil && sure > most {
			t.File, t.Sheet, best, most = baseOf(name), s, t, sure
		}
	}
	if best == nil {
		return nil, unheaded(choice)
	}
	if len(best.Rows) > maxRows {
		return nil, &sheet.Refusal{Text: fmt.Sprintf("%q has more than %d rows", best.File, maxRows), Hint: "give the rows of vendors in use alone"}
	}
	return best, nil
}

func unheaded(choice Choice) error {
	if len(choice.Map) > 0 {
		var asked []string
		for _, f := range known().fields {
			if h, ok := choice.Map[f]; ok {
				asked = append(asked, fmt.Sprintf("%q", h))
			}
		}
		return &sheet.Refusal{Text: "no column is called " + strings.Join(asked, ", "), Hint: "write --map FIELD=HEADER with a header as it stands in the file"}
	}
	return &sheet.Refusal{Text: "no column of vendors' names was found", Hint: "name it: --map name=HEADER, with the header as it stands in the file"}
}

// open opens a file, and once more where every comma has a space behind it: in a questionnaire these are sentences, in a list they are not.
func open(name string, data []byte) (*sheet.Book, error) {
	book, err := sheet.Open(name, data)
	if err != nil || !book.CSV() || !utf8.Valid(data) {
		return book, err
	}
	rows := book.Rows("")
	if slices.ContainsFunc(rows, func(r []string) bool { return len(r) > 1 }) || len(rows) == 0 || len(rows[0]) == 0 {
		return book, nil
	}
	for _, separator := range []string{",", ";"} {
		if strings.Contains(rows[0][0], separator) {
			return sheet.Open(name, append([]byte("sep="+separator+"\n"), bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))...))
		}
	}
	return book, nil
}

func baseOf(name string) string {
	return printable(name[strings.LastIndexAny(name, `/\`)+1:])
}

// cleaned gives cells as they are meant: without what guards them against being formulas, without white space around them and what nobody sees.
func cleaned(rows [][]string) [][]string {
	for _, row := range rows {
		for i, cell := range row {
			row[i] = printable(sheet.Meant(strings.TrimSpace(cell)))
		}
	}
	return rows
}

// printable drops what nobody sees, and keeps lines.
func printable(s string) string {
	s = strings.ToValidUTF8(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"), "\ufffd")
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		switch {
		case c == '\n':
			return c
		case c == '\u00a0' || c == '\t' || c == '\u2028' || c == '\u2029':
			return ' '
		case unicode.Is(unicode.Cc, c) || unicode.Is(unicode.Cf, c) && c != '\u200c' && c != '\u200d':
			return -1
		}
		return c
	}, s))
}

// tableOf finds the headers and what is below them, and says how sure it is: 0 for what is no list of vendors.
func tableOf(rows [][]string, choice Choice) (*Table, int) {
	head, most := -1, 0
	for i := range min(len(rows), headRows) {
		if sure := looksLikeHeaders(rows[i], choice); sure > most {
			head, most = i, sure
		}
	}
	if head < 0 {
		return nil, 0
	}
	t := &Table{Header: head + 1}
	for _, h := range rows[head][:min(len(rows[head]), maxColumns)] {
		t.Columns = append(t.Columns, Column{Header: oneLine(h)})
	}
	for i, row := range rows[head+1:] {
		cells := make([]string, len(t.Columns))
		copy(cells, row)
		if !slices.ContainsFunc(cells, func(c string) bool { return c != "" }) || slices.Equal(cells, rows[head]) {
			continue
		}
		t.Rows = append(t.Rows, Row{Number: head + 2 + i, cells: cells})
		if len(t.Rows) > maxRows {
			break
		}
	}
	if len(rows[head]) > maxColumns {
		t.Notes = append(t.Notes, fmt.Sprintf("columns after the first %d were not read", maxColumns))
	}
	if t.own = isOwn(t.Columns); !t.own {
		t.assign(choice)
	}
	if !t.own && t.column(Name) < 0 && t.column(Website) < 0 {
		return nil, 0
	}
	return t, most
}

// looksLikeHeaders says how much a row looks like headers: how surely its cells are understood, less what looks like values.
func looksLikeHeaders(row []string, choice Choice) int {
	sure, names := 0, 0
	for _, cell := range row[:min(len(row), maxColumns)] {
		if f, ok := choice.forced(cell); ok {
			sure += 8
			if f == Name || f == Website {
				names += 8
			}
			continue
		}
		all := meanings(cell)
		for _, m := range all {
			if m.field == Name || m.field == Website {
				names = max(names, m.sure)
			}
		}
		switch {
		case len(all) > 0:
			sure += all[0].sure
		case webAddress(cell) != "" || looksDated(cell) || len(cell) > longest:
			sure -= 3
		}
	}
	if names == 0 || len(choice.Map) > 0 && sure < 8 {
		return 0
	}
	return sure
}

// forced gives the field that a person said a header is.
func (c Choice) forced(header string) (Field, bool) {
	for _, f := range known().fields {
		if h, ok := c.Map[f]; ok && header != "" && strings.EqualFold(oneLine(h), oneLine(header)) {
			return f, true
		}
	}
	return "", false
}

// A claim is a column that may be a field.
type claim struct {
	column int
	meaning
	weight float64
}

// assign gives each column its field, the surest first, and each field to one column.
func (t *Table) assign(choice Choice) {
	var claims []claim
	for i, c := range t.Columns {
		if f, ok := choice.forced(c.Header); ok {
			claims = append(claims, claim{i, meaning{f, 4}, 100})
			continue
		}
		texts := t.sample(i)
		for n, m := range meanings(c.Header) {
			if fit := fits(m.field, texts); fit >= 0.5 {
				claims = append(claims, claim{i, m, float64(m.sure) + fit - float64(n)/10})
			}
		}
	}
	slices.SortStableFunc(claims, func(a, b claim) int { return cmp.Compare(b.weight, a.weight) })
	taken := map[Field]int{}
	for _, c := range claims {
		before, is := taken[c.field]
		switch col := &t.Columns[c.column]; {
		case col.Field != "":
		case is:
			if col.Why == "" {
				col.Why = fmt.Sprintf("%q is the %s already", t.Columns[before].Header, spoken(c.field))
			}
		default:
			taken[c.field] = c.column
			col.Field, col.Why = c.field, ""
		}
	}
	for i := range t.Columns {
		if c := &t.Columns[i]; c.Field == "" && c.Why == "" {
			if all := meanings(c.Header); len(all) > 0 {
				c.Why = fmt.Sprintf("its header says %s, but what is below it is something else", spoken(all[0].field))
			}
		}
	}
}

// sample gives some of the texts below a column.
func (t *Table) sample(column int) []string {
	var texts []string
	for _, r := range t.Rows {
		if s := r.cells[column]; s != "" {
			texts = append(texts, s)
		}
		if len(texts) == sampled {
			break
		}
	}
	return texts
}

// column gives the index of the column of a field, -1 for none.
func (t *Table) column(f Field) int {
	return slices.IndexFunc(t.Columns, func(c Column) bool { return c.Field == f })
}

// of gives the text of a field in a row; "" where there is none.
func (t *Table) of(r Row, f Field) string {
	if i := t.column(f); i >= 0 {
		return r.cells[i]
	}
	return ""
}

// spoken is a field as people say it.
func spoken(f Field) string {
	switch f {
	case Subprocessor:
		return "word on whether it is a sub-processor"
	case PersonalData:
		return "word on personal data"
	case DPA:
		return "data processing agreement"
	case ID:
		return "id"
	}
	return strings.ReplaceAll(strings.ReplaceAll(string(f), "_", " "), "url", "address")
}

// oneLine gives a text without its line ends.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Own reports whether the list is one as Candor writes it.
func (t *Table) Own() bool { return t.own }

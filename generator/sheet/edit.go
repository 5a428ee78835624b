package sheet

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// written is a cell to be written. A cell that is not there yet, or has no style, takes that of another column of its row.
type written struct {
	row, column int
	text        string
	like        int // the column; 0 for none
}

// editor writes cells into the XML of a sheet: what is not one of them is copied.
type editor struct {
	data        []byte
	out         bytes.Buffer
	copied      int       // bytes of data that are in out, or replaced
	cells       []written // still to be written, in order
	f           *facts
	prefix      string
	row, column int
	inData      bool
	skip        bool // within a cell that was replaced
}

// editCells gives the XML of a sheet with cells of text in it.
func editCells(data []byte, f *facts, cells []written) ([]byte, error) {
	cells = slices.Clone(cells)
	slices.SortStableFunc(cells, func(a, b written) int { return cmp.Or(a.row-b.row, a.column-b.column) })
	// of several texts for a cell the last one holds
	last := cells[:0]
	for i, c := range cells {
		if i+1 == len(cells) || cells[i+1].row != c.row || cells[i+1].column != c.column {
			last = append(last, c)
		}
	}
	e := &editor{data: data, cells: last, f: f}
	bounds := dimension(f, last)
	err := walk(data, func(t element) {
		switch {
		case t.local == "dimension" && t.start && t.depth == 2:
			e.copyTo(t.begin)
			e.out.Write(attribute(data[t.begin:t.end], "ref", bounds.with(t.attr("ref"))))
			e.copied = t.end
		case t.start:
			e.begin(t)
		case t.local != "":
			e.finish(t)
		}
	})
	e.copyTo(len(data))
	if err == nil && len(e.cells) > 0 {
		err = fmt.Errorf("row %d could not be written", e.cells[0].row)
	}
	return e.out.Bytes(), err
}

func (e *editor) copyTo(place int) {
	if place > e.copied {
		e.out.Write(e.data[e.copied:place])
		e.copied = place
	}
}

func (e *editor) begin(t element) {
	switch {
	case t.local == "sheetData" && t.depth == 2:
		e.inData, e.prefix = true, t.prefix
		if t.closed {
			e.reopen(t)
			e.rowsBefore(1 << 30)
			fmt.Fprintf(&e.out, "</%s>", t.prefixed)
			e.inData = false
		}
	case !e.inData:
	case t.local == "row" && t.depth == 3:
		e.row++
		if n, err := strconv.Atoi(t.attr("r")); err == nil {
			e.row = n
		}
		e.column = 0
		e.copyTo(t.begin)
		e.rowsBefore(e.row)
		e.beginRow(t)
	case t.local == "c" && t.depth == 4:
		e.column++
		if _, c, ok := parseCell(t.attr("r")); ok {
			e.column = c
		}
		e.beginCell(t)
	}
}

// beginRow opens a row that closed itself when cells go into it, widens what it says of its columns, and drops the height that a program stored for it,
// unless a person set it: with a long text in it the row has to be measured again.
func (e *editor) beginRow(t element) {
	if len(e.cells) == 0 || e.cells[0].row != e.row {
		return
	}
	tag := e.data[t.begin:t.end]
	if spans := t.attr("spans"); spans != "" {
		tag = attribute(tag, "spans", e.spans(spans))
	}
	if t.attr("ht") != "" && !t.on("customHeight") && e.long() {
		tag = height.ReplaceAll(tag, nil)
	}
	if t.closed {
		tag = append(bytes.TrimSuffix(bytes.Clone(tag), []byte("/>")), '>')
	}
	e.out.Write(tag)
	e.copied = t.end
	if t.closed {
		e.cellsBefore(1 << 30)
		fmt.Fprintf(&e.out, "</%s>", t.prefixed)
	}
}

var height = regexp.MustCompile(`\sht\s*=\s*(?:"[^"]*"|'[^']*')`)

// long tells whether a text that takes more than a line goes into the row.
func (e *editor) long() bool {
	for _, c := range e.cells {
		if c.row == e.row && (len(c.text) > 40 || strings.Contains(c.text, "\n")) {
			return true
		}
	}
	return false
}

func (e *editor) beginCell(t element) {
	if len(e.cells) == 0 || e.cells[0].row != e.row || e.cells[0].column > e.column {
		return
	}
	e.copyTo(t.begin)
	e.cellsBefore(e.column)
	if len(e.cells) > 0 && e.cells[0].row == e.row && e.cells[0].column == e.column {
		e.cell(e.cells[0])
		e.cells = e.cells[1:]
		e.skip = true
	}
}

func (e *editor) finish(t element) {
	switch {
	case !e.inData:
	case t.local == "c" && t.depth == 4 && e.skip:
		e.skip = false
		e.copied = t.end
	case t.local == "row" && t.depth == 3:
		if len(e.cells) > 0 && e.cells[0].row == e.row {
			e.copyTo(t.begin)
			e.cellsBefore(1 << 30)
		}
	case t.local == "sheetData" && t.depth == 2:
		e.copyTo(t.begin)
		e.rowsBefore(1 << 30)
		e.inData = false
	}
}

// reopen writes a tag that closed itself as one that does not.
func (e *editor) reopen(t element) {
	e.copyTo(t.end - 2)
	e.out.WriteByte('>')
	e.copied = t.end
}

// rowsBefore writes the rows that are not there yet.
func (e *editor) rowsBefore(row int) {
	for len(e.cells) > 0 && e.cells[0].row < row {
		n := e.cells[0].row
		fmt.Fprintf(&e.out, `<%srow r="%d">`, e.prefix, n)
		for len(e.cells) > 0 && e.cells[0].row == n {
			e.cell(e.cells[0])
			e.cells = e.cells[1:]
		}
		fmt.Fprintf(&e.out, `</%srow>`, e.prefix)
	}
}

// cellsBefore writes cells of the row that are not there yet.
func (e *editor) cellsBefore(column int) {
	for len(e.cells) > 0 && e.cells[0].row == e.row && e.cells[0].column < column {
		e.cell(e.cells[0])
		e.cells = e.cells[1:]
	}
}

func (e *editor) cell(c written) {
	style := e.f.style(c.row, c.column)
	if style == 0 && c.like > 0 {
		style = e.f.style(c.row, c.like)
	}
	fmt.Fprintf(&e.out, `<%sc r="%s%d"`, e.prefix, letters(c.column), c.row)
	if style > 0 {
		fmt.Fprintf(&e.out, ` s="%d"`, style)
	}
	fmt.Fprintf(&e.out, ` t="inlineStr"><%sis><%[1]st xml:space="preserve">%s</%[1]st></%[1]sis></%[1]sc>`, e.prefix, escaped(c.text))
}

// escapes is what a spreadsheet program takes for a letter given by its number.
var escapes = regexp.MustCompile(`_(x[0-9A-Fa-f]{4}_)`)

func escaped(text string) string {
	text = escapes.ReplaceAllString(text, "_x005F_$1")
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(text)
}

// attribute replaces the value of an attribute in a tag.
func attribute(tag []byte, name, value string) []byte {
	at := regexp.MustCompile(`(\s` + regexp.QuoteMeta(name) + `\s*=\s*)("[^"]*"|'[^']*')`)
	return at.ReplaceAll(tag, []byte(`${1}"`+strings.ReplaceAll(value, "$", "$$")+`"`))
}

// spans widens "1:5" to the cells that will be written into the row.
func (e *editor) spans(old string) string {
	var low, high int
	if n, _ := fmt.Sscanf(old, "%d:%d", &low, &high); n != 2 || strings.Contains(old, " ") {
		return old
	}
	for _, c := range e.cells {
		if c.row == e.row {
			low, high = min(low, c.column), max(high, c.column)
		}
	}
	return fmt.Sprintf("%d:%d", low, high)
}

// dimension is the area of all cells, those written included.
func dimension(f *facts, cells []written) area {
	a := area{top: 1 << 30, left: 1 << 30}
	grow := func(row, column int) {
		a = area{min(a.top, row), min(a.left, column), max(a.bottom, row), max(a.right, column)}
	}
	for row := 1; row <= f.rows; row++ {
		for _, c := range f.cells[row] {
			grow(row, c.column)
		}
	}
	for _, c := range cells {
		grow(c.row, c.column)
	}
	return a
}

// with writes an area that has another one in it too.
func (a area) with(ref string) string {
	if b, ok := parseArea(ref); ok && b.bottom < 1<<20 {
		a = area{min(a.top, b.top), min(a.left, b.left), max(a.bottom, b.bottom), max(a.right, b.right)}
	}
	return fmt.Sprintf("%s%d:%s%d", letters(a.left), a.top, letters(a.right), a.bottom)
}

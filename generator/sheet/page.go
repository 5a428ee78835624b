package sheet

import "strings"

// page is one sheet as it is shown: texts of cells, and what is known of them. Rows and columns count from 1.
type page struct {
	name       string
	hidden     bool
	unread     string // why it was not read, "" when it was
	cells      [][]string
	merged     []area
	dropDowns  []dropDown
	hiddenRows map[int]bool
	hiddenCols map[int]bool
	locked     func(row, column int) bool // nil when nothing is
}

// area is a block of cells, both ends included.
type area struct{ top, left, bottom, right int }

func (a area) has(row, column int) bool {
	return row >= a.top && row <= a.bottom && column >= a.left && column <= a.right
}

// dropDown is the words that some cells allow. Without words it is one whose words cannot be told.
type dropDown struct {
	areas []area
	words []string
}

// at gives the text of a cell, "" beyond the edge.
func (p *page) at(row, column int) string {
	if row < 1 || row > len(p.cells) || column < 1 || column > len(p.cells[row-1]) {
		return ""
	}
	return p.cells[row-1][column-1]
}

// said is at without the white space around it.
func (p *page) said(row, column int) string { return strings.TrimSpace(p.at(row, column)) }

// width is the number of columns of the widest row.
func (p *page) width() int {
	w := 0
	for _, r := range p.cells {
		w = max(w, len(r))
	}
	return w
}

// home gives the cell that a cell belongs to: itself, or the first one of its merged area.
func (p *page) home(row, column int) (int, int) {
	for _, m := range p.merged {
		if m.has(row, column) {
			return m.top, m.left
		}
	}
	return row, column
}

// drop gives the drop-down of a cell.
func (p *page) drop(row, column int) (dropDown, bool) {
	for _, d := range p.dropDowns {
		for _, a := range d.areas {
			if a.has(row, column) {
				return d, true
			}
		}
	}
	return dropDown{}, false
}

// letters gives the name of a column: 1 is A, 28 AB.
func letters(column int) string {
	s := ""
	for ; column > 0; column = (column - 1) / 26 {
		s = string(rune('A'+(column-1)%26)) + s
	}
	return s
}

// number is the other way round; 0 for what names no column up to XFD.
func number(letters string) int {
	n := 0
	for _, r := range strings.ToUpper(letters) {
		if r < 'A' || r > 'Z' || n > maxColumns {
			return 0
		}
		n = n*26 + int(r-'A') + 1
	}
	if n > maxColumns {
		return 0
	}
	return n
}

const maxColumns = 16384 // what Excel has

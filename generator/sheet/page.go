package sheet

import "strings"

// page is one sheet as it is shown: texts of cells, and what is known of them. Rows and columns count from 1.
type page struct {
	name       string
	hidden     bool
	unread     string // why it was not read, "" when it was
	cells      [][]string
	width      int
	merged     []area
	rules      []rule
	hiddenRows map[int]bool
	columns    []columnFact
	protected  bool
	uncomputed int                        // formulas without a stored value that were not worked out
	style      func(row, column int) look // nil for text
	formula    func(row, column int) bool // nil for text

	tidy     [][]string     // cells as said gives them
	mergedAt map[[2]int]int // cell to merged
	ruleAt   map[[2]int]int // cell to rules
}

// area is a block of cells, both ends included.
type area struct{ top, left, bottom, right int }

// rule is what a validation says of the cells of an area.
type rule struct {
	area
	list    bool
	words   func(row, column int) []string // nil when they cannot be told
	longest int                            // letters that may be typed, 0 for any number
}

// maxIndex bounds the cells of areas that are looked at: areas that overlap are an attack.
const maxIndex = 2 * maxSlots

// index prepares what is asked for often. The first area that has a cell holds.
func (p *page) index() {
	p.tidied()
	p.mergedAt, p.ruleAt = map[[2]int]int{}, map[[2]int]int{}
	left := maxIndex
	each := func(a area, at map[[2]int]int, i int) {
		for r := a.top; r <= min(a.bottom, len(p.cells)+1); r++ {
			for c := a.left; c <= min(a.right, p.width+1) && left > 0; c++ {
				if _, taken := at[[2]int{r, c}]; !taken {
					at[[2]int{r, c}] = i
				}
				left--
			}
			if left <= 0 {
				return
			}
		}
	}
	for i, m := range p.merged {
		each(m, p.mergedAt, i)
	}
	left = maxIndex
	for i, r := range p.rules {
		each(r.area, p.ruleAt, i)
	}
}

// at gives the text of a cell, "" beyond the edge.
func (p *page) at(row, column int) string {
	if row < 1 || row > len(p.cells) || column < 1 || column > len(p.cells[row-1]) {
		return ""
	}
	return p.cells[row-1][column-1]
}

// said is at without the white space around it and with single spaces in it.
func (p *page) said(row, column int) string {
	if row < 1 || row > len(p.tidy) || column < 1 || column > len(p.tidy[row-1]) {
		return ""
	}
	return p.tidy[row-1][column-1]
}

// tidied prepares what said gives.
func (p *page) tidied() {
	p.tidy = make([][]string, len(p.cells))
	for r, cells := range p.cells {
		p.tidy[r] = make([]string, len(cells))
		for c, text := range cells {
			p.tidy[r][c] = strings.Join(strings.Fields(text), " ")
		}
	}
}

// area gives the merged area that a cell is in, or the cell alone.
func (p *page) area(row, column int) area {
	if i, ok := p.mergedAt[[2]int{row, column}]; ok {
		return p.merged[i]
	}
	return area{row, column, row, column}
}

// rule gives the rule for a cell.
func (p *page) rule(row, column int) (rule, bool) {
	i, ok := p.ruleAt[[2]int{row, column}]
	if !ok {
		return rule{}, false
	}
	return p.rules[i], true
}

func (p *page) hiddenColumn(column int) bool {
	for _, c := range p.columns {
		if c.hidden && column >= c.from && column <= c.to {
			return true
		}
	}
	return false
}

func (p *page) bold(row, column int) bool { return p.style != nil && p.style(row, column).bold }
func (p *page) coloured(row, column int) bool {
	return p.style != nil && p.style(row, column).filled
}
func (p *page) locked(row, column int) bool { return p.protected && p.style(row, column).locked }
func (p *page) computed(row, column int) bool {
	return p.formula != nil && p.formula(row, column)
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

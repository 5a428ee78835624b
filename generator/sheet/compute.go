package sheet

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// What a program wrote that stores no values of formulas (scripts often do) is worked out here: formulas that fetch and join texts, and no others, since
// whoever made the file chooses how much work a formula is.
const (
	maxFormula = 400     // letters
	maxVisits  = 50_000  // cells that a formula reads, those of the formulas that it refers to included
	maxWork    = 500_000 // cells that all formulas read: some three seconds
)

var (
	calls    = regexp.MustCompile(`([A-Za-z_.][\w.]*)\s*\(`)
	mentions = regexp.MustCompile(`(?:(?:'((?:[^']|'')+)'|([A-Za-z_][\w.]*))!)?(\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Za-z]{1,3}\$?[0-9]{1,7})?|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3})`)
	fetching = words("CONCAT CONCATENATE VLOOKUP HLOOKUP INDEX MATCH IF IFERROR IFNA T TRIM CLEAN LEFT RIGHT MID UPPER LOWER PROPER CHOOSE LEN SUBSTITUTE ISBLANK AND OR NOT TEXT LOOKUP ROW N")
	inQuotes = regexp.MustCompile(`"[^"]*"`)
)

func words(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// compute fills in the cells of a sheet whose formulas have no stored value.
func (w *workbook) compute(all []*page, p *page, f *facts) {
	for row := 1; row <= f.rows; row++ {
		for _, c := range f.cells[row] {
			formula, ok := f.formulas[[2]int{row, c.column}]
			if !ok || formula.cached {
				continue
			}
			if text, ok := w.fetched(all, w.sheetAt(p.name), row, c.column, 0); ok {
				p.put(row, c.column, text)
				continue
			}
			if w.visits > maxWork || w.effort(p.name, row, c.column, map[[3]int]bool{}) > maxVisits {
				p.uncomputed++
				continue
			}
			if text := w.value(p.name, row, c.column); text != "" {
				p.put(row, c.column, text)
			}
		}
	}
}

var lookup = regexp.MustCompile(`(?i)^VLOOKUP\(([^(),!]+),((?:[^(),!]+!)?[^(),!]+),([0-9]{1,3}),(?:FALSE(?:\(\))?|0)\)$`)

// fetched works out what most of these formulas are, another cell and the row of a table with the same id, without the library, which takes milliseconds
// for each.
func (w *workbook) fetched(all []*page, i, row, column, depth int) (string, bool) {
	if i < 0 || w.facts[i] == nil || depth > 16 {
		return "", false
	}
	formula, ok := w.facts[i].formulas[[2]int{row, column}]
	if !ok || formula.cached {
		return all[i].at(row, column), true
	}
	if m := reference.FindStringSubmatch(formula.text); m != nil {
		if from, a, ok := w.cells(all, i, m); ok && a.top == a.bottom && a.left == a.right {
			return w.fetched(all, from, a.top, a.left, depth+1)
		}
		return "", false
	}
	m := lookup.FindStringSubmatch(formula.text)
	if m == nil {
		return "", false
	}
	key, table := reference.FindStringSubmatch(m[1]), reference.FindStringSubmatch(m[2])
	if key == nil || table == nil {
		return "", false
	}
	keyed, k, ok1 := w.cells(all, i, key)
	from, a, ok2 := w.cells(all, i, table)
	if !ok1 || !ok2 {
		return "", false
	}
	id, ok := w.fetched(all, keyed, k.top, k.left, depth+1)
	nth, _ := strconv.Atoi(m[3])
	if !ok || id == "" || nth < 1 || a.left+nth-1 > a.right {
		return "", false
	}
	for r := a.top; r <= min(a.bottom, len(all[from].cells)); r++ {
		if strings.EqualFold(all[from].at(r, a.left), id) {
			return w.fetched(all, from, r, a.left+nth-1, depth+1)
		}
	}
	return "", false
}

// cells gives the sheet and the area of a reference.
func (w *workbook) cells(all []*page, i int, m []string) (int, area, bool) {
	a, ok := parseArea(m[3])
	if p := sheetNamed(all, all[i], m); p == nil {
		return 0, a, false
	} else if p != all[i] {
		i = w.sheetAt(p.name)
	}
	return i, a, ok && w.facts[i] != nil
}

// put sets the text of a cell, also beyond the edge.
func (p *page) put(row, column int, text string) {
	for len(p.cells) < row {
		p.cells = append(p.cells, nil)
	}
	for len(p.cells[row-1]) < column {
		p.cells[row-1] = append(p.cells[row-1], "")
	}
	p.cells[row-1][column-1] = text
}

func (w *workbook) value(sheet string, row, column int) (text string) {
	defer func() {
		if recover() != nil {
			text = ""
		}
	}()
	at, _ := excelize.CoordinatesToCellName(column, row)
	text, err := w.x.CalcCellValue(sheet, at, excelize.Options{MaxCalcIterations: 1})
	if err != nil || len(text) > 1<<15 {
		return ""
	}
	return text
}

func (w *workbook) sheetAt(name string) int {
	for i, s := range w.archive.sheets {
		if strings.EqualFold(s.name, name) {
			return i
		}
	}
	return -1
}

// effort counts the cells that are read to work out a cell, as the library does it: formulas referred to are worked out each time. More than maxVisits for
// what goes in a circle or calls a function that is none of those above.
func (w *workbook) effort(sheet string, row, column int, open map[[3]int]bool) int {
	i := w.sheetAt(sheet)
	if w.visits++; i < 0 || w.facts[i] == nil {
		return 1
	}
	key := [3]int{i, row, column}
	formula, ok := w.facts[i].formulas[[2]int{row, column}]
	if !ok {
		return 1
	}
	const never = maxVisits + 1
	if open[key] || len(open) > 32 {
		return never
	}
	open[key] = true
	defer delete(open, key)
	text := formula.text
	if text == "" {
		at, _ := excelize.CoordinatesToCellName(column, row)
		text, _ = w.x.GetCellFormula(sheet, at)
	}
	text = inQuotes.ReplaceAllString(text, `""`)
	if len(text) > maxFormula || strings.ContainsAny(text, "[]{}#@^") {
		return never
	}
	for _, call := range calls.FindAllStringSubmatch(text, -1) {
		if !fetching[strings.ToUpper(strings.TrimPrefix(call[1], "_xlfn."))] {
			return never
		}
	}
	n := 1
	for _, m := range mentions.FindAllStringSubmatch(text, -1) {
		if n += w.effortOf(sheet, m, open); n > maxVisits {
			return never
		}
	}
	return n
}

// effortOf counts the cells of one reference.
func (w *workbook) effortOf(sheet string, m []string, open map[[3]int]bool) int {
	if m[1] != "" {
		sheet = strings.ReplaceAll(m[1], "''", "'")
	} else if m[2] != "" {
		sheet = m[2]
	}
	a, ok := parseArea(m[3])
	i := w.sheetAt(sheet)
	if !ok || i < 0 || w.facts[i] == nil {
		return 1
	}
	f, n := w.facts[i], 0
	for r := a.top; r <= min(a.bottom, f.rows); r++ {
		for c := a.left; c <= min(a.right, f.width); c++ {
			if n += w.effort(sheet, r, c, open); n > maxVisits {
				return n
			}
		}
	}
	return n
}

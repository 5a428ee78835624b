package sheet

import (
	"errors"
	"strconv"
	"strings"
)

// facts is what the XML of a sheet says beside the values of its cells.
type facts struct {
	rows, width int // the last row and column with a cell
	cells       map[int][]cellFact
	formulas    map[[2]int]formula
	rowStyles   map[int]int
	columns     []columnFact
	hiddenRows  map[int]bool
	merged      []area
	validations []validation
	protected   bool
}

type cellFact struct{ column, style int }

type columnFact struct {
	from, to, style int
	hidden          bool
}

// formula is one of a cell; a part of a shared formula has no text of its own.
type formula struct {
	text   string
	cached bool
}

// validation is a rule on what some cells may hold.
type validation struct {
	kind, operator, formula string
	list                    string // words as later versions of Excel write them, when a comma is in one
	areas                   []area
}

var (
	errLarge = errors.New("more cells than a questionnaire has")
	errOrder = errors.New("rows or cells are not in order")
)

// scanner gathers facts while it walks.
type scanner struct {
	f              *facts
	row, column    int
	slots, areas   int
	cell, valued   bool
	kind           string // of the cell
	formula        strings.Builder
	hasFormula     bool
	chosen         bool // the first formula of the rule is read
	rule           *validation
	err            error
	inData, seen   bool
	choice, region strings.Builder
}

// scan reads facts. The XML may name its elements with any prefix.
func scan(data []byte) (*facts, error) {
	s := &scanner{f: &facts{cells: map[int][]cellFact{}, formulas: map[[2]int]formula{}, rowStyles: map[int]int{}, hiddenRows: map[int]bool{}}}
	err := walk(data, func(e element) {
		switch {
		case s.err != nil:
		case e.local == "":
			s.text(e)
		case e.start:
			s.begin(e)
		default:
			s.finish(e)
		}
	})
	if err == nil && s.err == nil && !s.seen {
		err = errors.New("no cells")
	}
	return s.f, errors.Join(err, s.err)
}

func (s *scanner) begin(e element) {
	switch {
	case e.local == "sheetData" && e.depth == 2:
		s.inData, s.seen = true, true
	case e.local == "row" && s.inData && e.depth == 3:
		s.beginRow(e)
	case e.local == "c" && s.inData && e.depth == 4:
		s.beginCell(e)
	case s.cell && e.depth == 5 && e.local == "f":
		s.hasFormula = true
	case s.cell && e.depth == 5 && e.local == "v":
		s.valued = s.valued || s.kind == "str" // a formula may have come to an empty text
	case e.local == "mergeCell":
		if a, ok := parseArea(e.attr("ref")); ok {
			s.f.merged = append(s.f.merged, a)
			s.count(1)
		}
	case e.local == "col" && e.parent == "cols":
		from, _ := strconv.Atoi(e.attr("min"))
		to, _ := strconv.Atoi(e.attr("max"))
		style, _ := strconv.Atoi(e.attr("style"))
		s.f.columns = append(s.f.columns, columnFact{from, to, style, e.on("hidden")})
		s.count(1)
	case e.local == "sheetProtection":
		s.f.protected = e.on("sheet")
	case e.local == "dataValidation":
		s.rule = &validation{kind: e.attr("type"), operator: e.attr("operator")}
		s.region.Reset()
		s.region.WriteString(e.attr("sqref"))
		s.choice.Reset()
		s.chosen = false
	}
}

func (s *scanner) beginRow(e element) {
	n := s.row + 1
	if r := e.attr("r"); r != "" {
		n, _ = strconv.Atoi(r)
	}
	if n <= s.row || n > 1<<20 {
		s.err = errOrder
		return
	}
	s.row, s.column = n, 0
	if e.on("hidden") {
		s.f.hiddenRows[n] = true
	}
	if style, _ := strconv.Atoi(e.attr("s")); style > 0 {
		s.f.rowStyles[n] = style
	}
}

func (s *scanner) beginCell(e element) {
	column := s.column + 1
	if r := e.attr("r"); r != "" {
		row, c, ok := parseCell(r)
		if !ok || row != s.row {
			s.err = errOrder
			return
		}
		column = c
	}
	if column <= s.column || column > maxColumns {
		s.err = errOrder
		return
	}
	if s.slots += column - s.column; s.slots > maxSlots {
		s.err = errLarge
		return
	}
	s.column = column
	s.f.rows, s.f.width = max(s.f.rows, s.row), max(s.f.width, column)
	style, _ := strconv.Atoi(e.attr("s"))
	s.f.cells[s.row] = append(s.f.cells[s.row], cellFact{column, style})
	s.cell, s.kind, s.hasFormula, s.valued = true, e.attr("t"), false, false
	s.formula.Reset()
}

func (s *scanner) text(e element) {
	switch {
	case s.cell && e.depth == 5 && e.parent == "f":
		s.formula.WriteString(e.text)
	case s.cell && e.depth == 5 && e.parent == "v":
		s.valued = s.valued || e.text != ""
	case s.rule == nil:
	case e.parent == "formula1" || e.parent == "f" && !s.chosen:
		s.choice.WriteString(e.text)
	case e.parent == "list":
		s.rule.list += e.text
	case e.parent == "sqref":
		s.region.WriteString(e.text)
	}
}

func (s *scanner) finish(e element) {
	switch {
	case e.local == "sheetData" && e.depth == 2:
		s.inData = false
	case e.local == "c" && e.depth == 4 && s.inData:
		if s.hasFormula {
			s.f.formulas[[2]int{s.row, s.column}] = formula{s.formula.String(), s.valued}
		}
		s.cell = false
	case s.rule == nil:
	case e.local == "formula1":
		s.rule.formula = strings.TrimSpace(s.choice.String())
		s.chosen = true
	case e.local == "dataValidation":
		for _, ref := range strings.Fields(s.region.String()) {
			if a, ok := parseArea(ref); ok {
				s.rule.areas = append(s.rule.areas, a)
				s.count(1)
			}
		}
		s.f.validations = append(s.f.validations, *s.rule)
		s.rule = nil
	}
}

func (s *scanner) count(n int) {
	if s.areas += n; s.areas > maxAreas {
		s.err = errLarge
	}
}

// parseCell reads "B12" or "$B$12".
func parseCell(ref string) (row, column int, ok bool) {
	ref = strings.ReplaceAll(ref, "$", "")
	i := 0
	for i < len(ref) && (ref[i] >= 'A' && ref[i] <= 'Z' || ref[i] >= 'a' && ref[i] <= 'z') {
		i++
	}
	column = number(ref[:i])
	row, err := strconv.Atoi(ref[i:])
	return row, column, err == nil && column > 0 && row > 0 && row <= 1<<20
}

// parseArea reads "B2:C3", "B2", "B:C" or "2:3".
func parseArea(ref string) (area, bool) {
	from, to, two := strings.Cut(strings.ReplaceAll(ref, "$", ""), ":")
	if !two {
		to = from
	}
	if r1, c1, ok := parseCell(from); ok {
		r2, c2, ok := parseCell(to)
		return area{min(r1, r2), min(c1, c2), max(r1, r2), max(c1, c2)}, ok
	}
	if !two {
		return area{}, false
	}
	if c1, c2 := number(from), number(to); c1 > 0 && c2 > 0 {
		return area{1, min(c1, c2), 1 << 20, max(c1, c2)}, true
	}
	r1, err1 := strconv.Atoi(from)
	r2, err2 := strconv.Atoi(to)
	return area{min(r1, r2), 1, max(r1, r2), maxColumns}, err1 == nil && err2 == nil && min(r1, r2) > 0
}

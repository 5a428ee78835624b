package sheet

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const maxWords = 200 // of a drop-down: more is a list of countries or products

// rules turns the validations of a sheet into what its cells allow.
func (w *workbook) rules(all []*page, p *page, f *facts) {
	for _, v := range f.validations {
		for _, a := range v.areas {
			r := rule{area: a}
			switch v.kind {
			case "list":
				r.list = true
				r.words = w.words(all, p, v, a)
			case "textLength":
				if n, err := strconv.Atoi(v.formula); err == nil && n > 0 && (v.operator == "lessThanOrEqual" || v.operator == "lessThan" && n > 1) {
					r.longest = n
					if v.operator == "lessThan" {
						r.longest--
					}
				}
			}
			if r.list || r.longest > 0 {
				p.rules = append(p.rules, r)
			}
		}
	}
}

// words tells how the words of a list are found, nil when they cannot be told. A reference without $ moves with the cell, counted from the first of the
// validation's areas.
func (w *workbook) words(all []*page, p *page, v validation, a area) func(row, column int) []string {
	fixed := func(words []string) func(int, int) []string {
		if len(words) == 0 || len(words) > maxWords {
			return nil
		}
		return func(int, int) []string { return words }
	}
	if v.list != "" {
		return fixed(listed(v.list))
	}
	if inline, ok := strings.CutPrefix(v.formula, `"`); ok {
		return fixed(parted(strings.ReplaceAll(strings.TrimSuffix(inline, `"`), `""`, `"`)))
	}
	from := v.areas[0]
	if relative, ok := movingReference(v.formula); ok {
		return func(row, column int) []string {
			return w.resolve(all, p, shifted(relative, row-from.top, column-from.left), 0)
		}
	}
	return fixed(w.resolve(all, p, v.formula, 0))
}

// parted cuts words at commas, as Excel does within a rule.
func parted(list string) []string {
	var words []string
	for _, word := range strings.Split(list, ",") {
		if word = strings.TrimSpace(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// listed reads words of which some are in quotation marks because a comma is in them.
func listed(list string) []string {
	var words []string
	for _, r := range split(list, 0, ',', 1) {
		for _, f := range r.fields {
			if word := strings.TrimSpace(f.value); word != "" {
				words = append(words, word)
			}
		}
	}
	return words
}

var (
	reference = regexp.MustCompile(`^(?:(?:'((?:[^']|'')+)'|([^'!\[\]"(),:;+*/&=<>]+))!)?(\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Za-z]{1,3}\$?[0-9]{1,7})?|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[0-9]{1,7}:\$?[0-9]{1,7})$`)
	corner    = regexp.MustCompile(`(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})`)
	indirect  = regexp.MustCompile(`(?i)^INDIRECT\("([^"]+)"\)$`)
	inTable   = regexp.MustCompile(`^([A-Za-z_\\][\w.\\]*)\[([^\[\]#@]+)\]$`)
	offset    = regexp.MustCompile(`(?i)^OFFSET\(([^(),]+),0,0,COUNTA\(([^(),]+)\)(?:-([0-9]+))?(?:,1)?\)$`)
)

// movingReference tells a reference to cells that moves with the cell it is for.
func movingReference(formula string) (string, bool) {
	m := reference.FindStringSubmatch(formula)
	if m == nil {
		return "", false
	}
	for _, c := range corner.FindAllStringSubmatch(m[3], -1) {
		if c[1] == "" || c[3] == "" {
			return formula, true
		}
	}
	return "", false
}

// shifted moves the parts of a reference that have no $.
func shifted(formula string, rows, columns int) string {
	cut := strings.LastIndex(formula, "!") + 1
	return formula[:cut] + corner.ReplaceAllStringFunc(formula[cut:], func(c string) string {
		m := corner.FindStringSubmatch(c)
		column, row := number(m[2]), 0
		row, _ = strconv.Atoi(m[4])
		if m[1] == "" {
			column += columns
		}
		if m[3] == "" {
			row += rows
		}
		return "$" + letters(max(column, 1)) + "$" + strconv.Itoa(max(row, 1))
	})
}

// resolve reads the words that a formula refers to: cells of any sheet, a defined name, a column of a table, or a range that is as long as its column is
// filled. Other formulas depend on what a person chose elsewhere; they give nothing.
func (w *workbook) resolve(all []*page, p *page, formula string, depth int) []string {
	formula = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(formula), "="))
	if depth > 8 || formula == "" {
		return nil
	}
	if m := indirect.FindStringSubmatch(formula); m != nil {
		return w.resolve(all, p, m[1], depth+1)
	}
	if m := offset.FindStringSubmatch(strings.ReplaceAll(formula, " ", "")); m != nil {
		return w.counted(all, p, m)
	}
	if m := reference.FindStringSubmatch(formula); m != nil {
		return cellsOf(sheetNamed(all, p, m), m[3])
	}
	if m := inTable.FindStringSubmatch(formula); m != nil {
		return w.tableColumn(all, m[1], m[2])
	}
	if inline, ok := strings.CutPrefix(formula, `"`); ok {
		return parted(strings.TrimSuffix(inline, `"`))
	}
	at := ""
	for _, name := range w.x.GetDefinedName() {
		if strings.EqualFold(name.Name, formula) && (at == "" || name.Scope == p.name) && (name.Scope == "Workbook" || name.Scope == p.name) {
			at = name.RefersTo
		}
	}
	return w.resolve(all, p, at, depth+1)
}

// counted reads OFFSET(first,0,0,COUNTA(column)-n): as many cells from the first one on as are filled.
func (w *workbook) counted(all []*page, p *page, m []string) []string {
	first, column := reference.FindStringSubmatch(m[1]), reference.FindStringSubmatch(m[2])
	if first == nil || column == nil {
		return nil
	}
	from, ok := parseArea(first[3])
	if !ok {
		return nil
	}
	less, _ := strconv.Atoi(m[3])
	n := len(cellsOf(sheetNamed(all, p, column), column[3])) - less
	return cellsOf(sheetNamed(all, p, first), letters(from.left)+strconv.Itoa(from.top)+":"+letters(from.left)+strconv.Itoa(from.top+max(n, 1)-1))
}

func sheetNamed(all []*page, p *page, m []string) *page {
	name := m[2]
	if m[1] != "" {
		name = strings.ReplaceAll(m[1], "''", "'")
	}
	if name == "" {
		return p
	}
	i := slices.IndexFunc(all, func(p *page) bool { return strings.EqualFold(p.name, name) })
	if i < 0 {
		return nil
	}
	return all[i]
}

// cellsOf gives the texts of an area in their order, at most one more than maxWords.
func cellsOf(p *page, ref string) []string {
	a, ok := parseArea(ref)
	if !ok || p == nil {
		return nil
	}
	var words []string
	for r := a.top; r <= min(a.bottom, len(p.cells)); r++ {
		for c := a.left; c <= min(a.right, len(p.cells[r-1])); c++ {
			if strings.TrimSpace(p.at(r, c)) != "" && len(words) <= maxWords {
				words = append(words, p.at(r, c)) // with the spaces around it: formulas count the very word
			}
		}
	}
	return words
}

// tableColumn gives the texts of a column of a table without its header.
func (w *workbook) tableColumn(all []*page, table, column string) []string {
	for _, p := range all {
		tables, err := w.x.GetTables(p.name)
		if err != nil {
			continue
		}
		for _, t := range tables {
			a, ok := parseArea(t.Range)
			if !ok || !strings.EqualFold(t.Name, table) {
				continue
			}
			for c := a.left; c <= a.right; c++ {
				if strings.EqualFold(p.said(a.top, c), column) {
					return cellsOf(p, letters(c)+strconv.Itoa(a.top+1)+":"+letters(c)+strconv.Itoa(a.bottom))
				}
			}
		}
	}
	return nil
}

package sheet

import (
	"fmt"
	"strings"
)

// check holds a choice against the sheets of a file.
func (c Choice) check(pages []*page) error {
	var names []string
	var at []*page
	for _, p := range pages {
		names = append(names, fmt.Sprintf("%q", p.name))
		if c.Sheet == "" && !p.hidden || c.Sheet != "" && strings.EqualFold(p.name, c.Sheet) {
			at = append(at, p)
		}
	}
	if c.Sheet != "" && len(at) == 0 {
		if len(pages) == 1 && pages[0].name == "" {
			return &Refusal{"a CSV file has no sheets", "leave out --sheet"}
		}
		return &Refusal{fmt.Sprintf("no sheet is called %q", c.Sheet), "the sheets are " + strings.Join(names, ", ")}
	}
	if c.From < 0 {
		return &Refusal{fmt.Sprintf("--from %d is no row", c.From), "rows count from 1"}
	}
	for _, said := range []struct{ flag, name string }{{"question", c.Question}, {"answer", c.Answer}, {"comment", c.Comment}, {"id", c.ID}} {
		if said.name == "" {
			continue
		}
		known := false
		for _, p := range at {
			_, column := p.chosen(said.name)
			known = known || column > 0
		}
		if !known {
			return &Refusal{fmt.Sprintf("no column is called %q", said.name), fmt.Sprintf("give the letters of a column, as --%s C, or its header as it stands in the sheet", said.flag)}
		}
	}
	return nil
}

package sheet

// Write fills rows of a survey. Extra columns (their headers are given) stand right of all others. Cells in which something stands stay as they are; what
// was cut or left out is told.
func (b *Book) Write(s Survey, extra []string, fills []Fill) []Left {
	for _, t := range s.Tables {
		rows := map[int]Row{}
		for _, r := range t.Rows {
			rows[r.Number] = r
		}
		first := 0
		for _, p := range b.file.pages() {
			if p.name == t.Sheet {
				first = max(p.width(), t.Answer) + 1
			}
		}
		var cells []written
		for _, h := range t.Headers {
			if t.Added {
				cells = append(cells, written{h, t.Answer, "Answer"})
			}
			for i, title := range extra {
				cells = append(cells, written{h, first + i, title})
			}
		}
		for _, f := range fills {
			r, ok := rows[f.Row]
			if !ok || f.Sheet != t.Sheet {
				continue
			}
			put := func(column int, text, given string) {
				if column > 0 && text != "" && given == "" {
					cells = append(cells, written{f.Row, column, text})
				}
			}
			put(t.Answer, f.Answer, r.Given)
			put(t.Comment, f.Comment, r.GivenComment)
			put(t.Link, f.Link, r.GivenLink)
			for i := range min(len(extra), len(f.Extra)) {
				put(first+i, f.Extra[i], "")
			}
		}
		b.file.set(t.Sheet, cells)
	}
	return nil
}

package sheet

import "slices"

// Rows gives the cells of a sheet as they are shown; nil when there is no sheet of that name.
func (b *Book) Rows(name string) [][]string {
	for _, p := range b.file.pages() {
		if p.name == name {
			rows := make([][]string, len(p.cells))
			for i, row := range p.cells {
				rows[i] = slices.Clone(row)
			}
			return rows
		}
	}
	return nil
}

// Names gives the names of the sheets in their order, hidden ones too.
func (b *Book) Names() []string {
	var names []string
	for _, p := range b.file.pages() {
		names = append(names, p.name)
	}
	return names
}

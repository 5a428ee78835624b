package export

import "candor/generator/disclosure"

const subprocessorsCSV = "subprocessors.csv"

// factFiles gives every public fact for programs, the schema of that, and the sub-processors for spreadsheets.
func factFiles(told *disclosure.Document) []File {
	files := []File{
		{Path: disclosure.Name, From: told, Make: told.JSON},
		{Path: disclosure.SchemaName, Data: disclosure.Schema},
	}
	if rows := told.Table(); len(rows) > 1 {
		files = append(files, File{Path: subprocessorsCSV, From: rows, Make: func() ([]byte, error) { return cells(subprocessorsCSV, rows) }})
	}
	return files
}

package sheet

import (
	"bytes"

	"github.com/xuri/excelize/v2"
)

type workbook struct {
	x *excelize.File
}

func openWorkbook(name string, data []byte) (*workbook, error) {
	x, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: 256 << 20, UnzipXMLSizeLimit: 256 << 20})
	if err != nil {
		return nil, &Refusal{quoted(name) + " is not a readable workbook: " + err.Error(), "open it in a spreadsheet program and save it as .xlsx"}
	}
	return &workbook{x}, nil
}

func (w *workbook) pages() []*page {
	var all []*page
	for _, name := range w.x.GetSheetList() {
		p := &page{name: name}
		visible, _ := w.x.GetSheetVisible(name)
		p.hidden = !visible
		p.cells, _ = w.x.GetRows(name)
		all = append(all, p)
	}
	return all
}

func (w *workbook) set(sheet string, cells []written) {
	for _, c := range cells {
		at, _ := excelize.CoordinatesToCellName(c.column, c.row)
		w.x.SetCellStr(sheet, at, c.text)
	}
}

func (w *workbook) addSheet(name string, rows [][]string) bool {
	if _, err := w.x.NewSheet(name); err != nil {
		return false
	}
	for i, r := range rows {
		for j, text := range r {
			at, _ := excelize.CoordinatesToCellName(j+1, i+1)
			w.x.SetCellStr(name, at, text)
		}
	}
	return true
}

func (w *workbook) bytes() ([]byte, error) {
	b, err := w.x.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

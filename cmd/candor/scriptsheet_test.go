package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// workbook FILE.xlsx TEXT makes a workbook from lines like
//
//	Controls!B3 = Is data encrypted?
//	Controls!C3 : Yes,No,N/A
//	hide Lists
//
// where : gives a cell its drop-down.
func workbook(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: workbook FILE.xlsx TEXT")
	}
	f := excelize.NewFile()
	var last string
	for line := range strings.Lines(ts.ReadFile(args[1])) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "hide "); ok {
			ts.Check(f.SetSheetVisible(name, false))
			continue
		}
		place, value, _ := strings.Cut(line, " ")
		name, cell, ok := strings.Cut(place, "!")
		if !ok {
			continue
		}
		if name != last {
			_, err := f.NewSheet(name)
			ts.Check(err)
			last = name
		}
		switch kind, text, _ := strings.Cut(value, " "); kind {
		case ":":
			v := excelize.NewDataValidation(true)
			v.SetSqref(cell)
			ts.Check(v.SetDropList(strings.Split(text, ",")))
			ts.Check(f.AddDataValidation(name, v))
		default:
			ts.Check(f.SetCellStr(name, cell, text))
		}
	}
	ts.Check(f.DeleteSheet("Sheet1"))
	ts.Check(f.SaveAs(ts.MkAbs(args[0])))
}

// cells FILE.xlsx TEXT writes the cells of a workbook that hold something, a line each.
func cells(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: cells FILE.xlsx TEXT")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	var b strings.Builder
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		ts.Check(err)
		for y, row := range rows {
			for x, text := range row {
				if cell, err := excelize.CoordinatesToCellName(x+1, y+1); err == nil && text != "" {
					fmt.Fprintf(&b, "%s!%s = %s\n", name, cell, strings.ReplaceAll(text, "\n", `\n`))
				}
			}
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(b.String()), 0o644))
}

package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// workbook is an .xlsx file. The library reads it; edit.go writes it.
type workbook struct {
	archive *archive
	x       *excelize.File
	facts   []*facts // of each sheet; nil for one that was not read
	read    []*page
	edits   map[string][]written // by name of the sheet
	added   []addedSheet
	styles  map[int]look
	visits  int // cells that were read to work out formulas
}

type addedSheet struct {
	name string
	rows [][]string
}

// look is what matters here of a style.
type look struct{ bold, locked, filled bool }

func openWorkbook(name string, data []byte) (w *workbook, err error) {
	a, err := openArchive(name, data)
	if err != nil {
		return nil, err
	}
	w = &workbook{archive: a, edits: map[string][]written{}, styles: map[int]look{}}
	unread := func(err any) error {
		return &Refusal{fmt.Sprintf("%s is not a readable workbook: %v", quoted(name), err), saveAs}
	}
	defer func() {
		if p := recover(); p != nil {
			w, err = nil, unread(p)
		}
	}()
	if err := w.scanSheets(name); err != nil {
		return nil, err
	}
	// no part may go to a temporary file: the customer's questions stay in memory
	w.x, err = excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxUnpack, UnzipXMLSizeLimit: maxUnpack})
	if err != nil {
		return nil, unread(err)
	}
	if w.read, err = w.readSheets(); err != nil {
		return nil, unread(err)
	}
	return w, nil
}

func (w *workbook) scanSheets(name string) error {
	if table := w.archive.parts["xl/sharedstrings.xml"]; table != nil {
		data, err := w.archive.markup(name, "xl/sharedStrings.xml")
		if err != nil {
			return err
		}
		n := 0
		if err := walk(data, func(e element) {
			if e.start && e.local == "si" {
				n++
			}
		}); err != nil || n > maxStrings {
			return &Refusal{quoted(name) + " has texts that cannot be read", saveAs}
		}
	}
	parts := map[string]bool{}
	for _, s := range w.archive.sheets {
		if s.kind != "worksheet" {
			w.facts = append(w.facts, nil)
			continue
		}
		if parts[s.part] {
			return &Refusal{quoted(name) + " lists a sheet twice", saveAs}
		}
		parts[s.part] = true
		data, err := w.archive.markup(name, s.part)
		if err != nil {
			return err
		}
		f, err := scan(data)
		if errors.Is(err, errLarge) {
			f, err = nil, nil
		}
		if err != nil {
			return &Refusal{fmt.Sprintf("%s is damaged in sheet %q: %v", quoted(name), s.name, err), saveAs}
		}
		w.facts = append(w.facts, f)
	}
	return nil
}

func (w *workbook) readSheets() ([]*page, error) {
	var all []*page
	for i, s := range w.archive.sheets {
		p := &page{name: s.name, hidden: s.state != "" && s.state != "visible"}
		all = append(all, p)
		f := w.facts[i]
		switch {
		case s.kind != "worksheet":
			p.unread = "it is no sheet of cells"
			continue
		case f == nil:
			p.unread = "it has more cells than a questionnaire"
			continue
		case len(f.cells) > maxRows:
			p.unread = tooLong
			continue
		}
		p.merged, p.hiddenRows, p.columns = f.merged, f.hiddenRows, f.columns
		p.protected = f.protected
		p.width = f.width
		p.style = func(row, column int) look { return w.look(f.style(row, column)) }
		p.formula = func(row, column int) bool { _, ok := f.formulas[[2]int{row, column}]; return ok }
		if err := w.texts(p); err != nil {
			return nil, err
		}
	}
	for i, f := range w.facts {
		if f != nil && all[i].unread == "" {
			w.compute(all, all[i], f)
		}
	}
	for i, f := range w.facts {
		if f != nil && all[i].unread == "" {
			w.rules(all, all[i], f)
			all[i].index()
		}
	}
	return all, nil
}

// texts reads the cells as they are shown.
func (w *workbook) texts(p *page) error {
	rows, err := w.x.Rows(p.name)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		cells, err := rows.Columns()
		if err != nil {
			return err
		}
		p.cells = append(p.cells, cells)
	}
	for len(p.cells) > 0 && len(p.cells[len(p.cells)-1]) == 0 {
		p.cells = p.cells[:len(p.cells)-1]
	}
	return rows.Error()
}

// style gives the style of a cell, also of one that is not there.
func (f *facts) style(row, column int) int {
	for _, c := range f.cells[row] {
		if c.column == column {
			return c.style
		}
	}
	if s := f.rowStyles[row]; s > 0 {
		return s
	}
	for _, c := range f.columns {
		if column >= c.from && column <= c.to {
			return c.style
		}
	}
	return 0
}

func (w *workbook) look(style int) (l look) {
	if l, ok := w.styles[style]; ok {
		return l
	}
	defer func() {
		if recover() != nil {
			w.styles[style] = l // the library stumbled over it: it is like any other
		}
	}()
	l = look{locked: true}
	if s, err := w.x.GetStyle(style); err == nil && s != nil {
		l.bold = s.Font != nil && s.Font.Bold
		l.filled = len(s.Fill.Color) > 0
		l.locked = s.Protection == nil || s.Protection.Locked
	}
	w.styles[style] = l
	return l
}

func (w *workbook) pages() []*page { return w.read }

func (w *workbook) set(sheet string, cells []written) {
	w.edits[sheet] = append(w.edits[sheet], cells...)
}

func (w *workbook) addSheet(name string, rows [][]string) bool {
	w.added = append(w.added, addedSheet{w.free(name), rows})
	return true
}

// free makes a name that a sheet may have and none has yet.
func (w *workbook) free(name string) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return ' '
		}
		return r
	}, name), "' ")
	if name == "" {
		name = "Sheet"
	}
	taken := map[string]bool{}
	for _, s := range w.archive.sheets {
		taken[strings.ToLower(s.name)] = true
	}
	for _, s := range w.added {
		taken[strings.ToLower(s.name)] = true
	}
	short := func(tail string) string {
		r := []rune(name)
		return string(r[:min(len(r), 31-len(tail))]) + tail
	}
	free := short("")
	for n := 2; taken[strings.ToLower(free)]; n++ {
		free = short(" " + strconv.Itoa(n))
	}
	return free
}

// Package sheet reads a customer's questionnaire, .xlsx or .csv, and fills it.
//
// In comes a file and what a person chose; out comes a survey of what was found (tables, their columns, one row for each question, the words that a
// drop-down allows), and, after Write, the same file with those cells changed and nothing else. It knows nothing of answers or of how they are matched.
//
// Headers are found by their words and by how the cells below look, never by a fixed row: header.go has the words, shape.go the looks, columns.go weighs
// both, rows.go tells questions from titles of sections and from notes.
//
// A library reads workbooks (values as they are shown, styles, formulas), but does not write them. Its round trip was measured on a workbook as Excel
// writes it: all of styles.xml is written anew; x14ac:dyDescent, xr:uid, x14ac:knownFonts, xr:revisionPtr and the imeMode of validations are lost;
// form controls in mc:AlternateContent move behind ignoredErrors, where Excel does not allow them; a protected sheet gets a dozen attributes. So edit.go
// changes the bytes of the written cells alone (with the dimension, and of their rows the spans and a stored height that no longer fit), and
// every part without a written cell is copied as it is packed. When formulas may read what was written, the workbook is told to work everything out when
// it is opened; the values stored in it stay until then. A new sheet is a new part, and two styles after those of the workbook.
package sheet

import (
	"bytes"
	"path"
	"strings"
)

// A Book is an opened file. It is not safe for use by several goroutines.
type Book struct {
	name string
	file file
}

// file is what the two formats have in common.
type file interface {
	pages() []*page
	set(sheet string, cells []written)
	addSheet(name string, rows [][]string) bool
	bytes() ([]byte, error)
}

// A Refusal says why a file is not read, or not surveyed, and what a person can do about it.
type Refusal struct {
	Text string // what is wrong, in lower case, values quoted
	Hint string // what to do or to type
}

// Error gives the text; the hint is for whoever prints it below.
func (r *Refusal) Error() string { return r.Text }

// Open reads a file by its content and its name. The error is a *Refusal.
func Open(name string, data []byte) (*Book, error) {
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		w, err := openWorkbook(name, data)
		if err != nil {
			return nil, err
		}
		return &Book{name: name, file: w}, nil
	}
	if r := foreign(name, data); r != nil {
		return nil, r
	}
	t, err := openText(name, data)
	if err != nil {
		return nil, err
	}
	return &Book{name: name, file: t}, nil
}

// CSV tells whether the file is text with separators, which has one sheet with the name "" and can have no further one.
func (b *Book) CSV() bool { _, ok := b.file.(*textFile); return ok }

// AddSheet adds a sheet of text after the others, its first row in bold. A name that is taken gets a number. False for CSV: it has one sheet only.
func (b *Book) AddSheet(name string, rows [][]string) bool { return b.file.addSheet(name, rows) }

// Bytes gives the file as it is after what was written.
func (b *Book) Bytes() ([]byte, error) { return b.file.bytes() }

func quoted(name string) string { return `"` + path.Base(strings.ReplaceAll(name, `\`, "/")) + `"` }

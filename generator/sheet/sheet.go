// Package sheet reads a customer's questionnaire, .xlsx or .csv, and fills it.
//
// In comes a file and what a person chose; out comes a survey of what was found (tables, their columns, one row for each question, the words that a
// drop-down allows), and, after Write, the same file with those cells changed and nothing else. It knows nothing of answers or of how they are matched.
package sheet

import (
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

// written is a cell to be written: counted from 1.
type written struct {
	row, column int
	text        string
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
	if len(data) == 0 {
		return nil, &Refusal{quoted(name) + " is empty", "was the download finished? ask for the file again"}
	}
	var f file
	var err error
	switch {
	case strings.HasPrefix(string(data), "PK\x03\x04"):
		f, err = openWorkbook(name, data)
	default:
		f, err = openText(name, data)
	}
	if err != nil {
		return nil, err
	}
	return &Book{name: name, file: f}, nil
}

// CSV tells whether the file is text with separators, which has one sheet with the name "" and can have no further one.
func (b *Book) CSV() bool { _, ok := b.file.(*textFile); return ok }

// AddSheet adds a sheet of text after the others, its first row in bold. A name that is taken gets a number. False for CSV: it has one sheet only.
func (b *Book) AddSheet(name string, rows [][]string) bool { return b.file.addSheet(name, rows) }

// Bytes gives the file as it is after what was written.
func (b *Book) Bytes() ([]byte, error) { return b.file.bytes() }

func quoted(name string) string { return `"` + path.Base(strings.ReplaceAll(name, `\`, "/")) + `"` }

// Package source holds the files of a site folder and every place in them.
//
// In comes a file system that cannot be left (os.Root's, or a map in tests); out comes a Tree: text files whole, in the order of
// their paths, other files by path and size only. Each byte can be named by a Span, and a Span knows its line and column.
// What could not be read for a reason that an author can mend is a Problem, not an error. Nothing is ever written here.
package source

import (
	"crypto/sha256"
	"sort"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// A File is one file of the site folder.
type File struct {
	Path string // slash-separated, relative to the site folder: "content/site.yaml"
	Data []byte // a text file's content in UTF-8, lines ended by \n alone, no byte-order mark; nil for an asset
	Size int64  // bytes on disk

	before   int   // lines that were left out in front of Data
	lines    []int // offset of each line's first byte
	modified time.Time
	sum      func() [sha256.Size]byte // of Data, made when it is asked for
}

// NewFile gives a text file made of data, with lines counted, as Read would.
func NewFile(path string, data []byte) *File {
	f := &File{Path: path, Data: data, Size: int64(len(data))}
	f.sum = sync.OnceValue(func() [sha256.Size]byte { return sha256.Sum256(f.Data) })
	f.lines = append(f.lines, 0)
	for i, b := range data {
		if b == '\n' {
			f.lines = append(f.lines, i+1)
		}
	}
	return f
}

// NewExcerpt gives some lines of a text file, the first of which is line first, counted from 1: places in it are told as in the whole file.
// Who keeps a place of a large file keeps no more than that.
func NewExcerpt(path string, first int, lines []byte) *File {
	f := NewFile(path, lines)
	f.before = max(first, 1) - 1
	return f
}

// IsText reports whether the file's content was read: a YAML or Markdown file.
func (f *File) IsText() bool { return f.lines != nil }

// Sum gives the SHA-256 of a text file's Data; an asset has none, and its is zero.
func (f *File) Sum() [sha256.Size]byte {
	if f.sum == nil {
		return [sha256.Size]byte{}
	}
	return f.sum()
}

// Lines is the number of lines, up to the last one that is here.
func (f *File) Lines() int { return f.before + len(f.lines) }

// Line gives the text of line n, counted from 1, without its line end; "" when there is none.
func (f *File) Line(n int) string {
	n -= f.before
	if n < 1 || n > len(f.lines) {
		return ""
	}
	end := len(f.Data)
	if n < len(f.lines) {
		end = f.lines[n] - 1
	}
	return string(f.Data[f.lines[n-1]:end])
}

// Offset gives the byte offset of a line and column, both counted from 1, the column in characters (runes). A place past the
// end of its line is the line's end; past the last line, the file's end.
func (f *File) Offset(line, column int) int {
	line -= f.before
	if len(f.lines) == 0 || line < 1 {
		return 0
	}
	if line > len(f.lines) {
		return len(f.Data)
	}
	at := f.lines[line-1]
	for ; column > 1 && at < len(f.Data) && f.Data[at] != '\n'; column-- {
		_, n := utf8.DecodeRune(f.Data[at:])
		at += n
	}
	return at
}

// Span gives the span of f's bytes from start up to end.
func (f *File) Span(start, end int) Span { return Span{File: f, Start: start, End: end} }

// LineSpan gives the span of line n without its indentation and line end.
func (f *File) LineSpan(n int) Span {
	if len(f.lines) == 0 {
		return Span{File: f}
	}
	n = min(max(n-f.before, 1), len(f.lines))
	text := f.Line(n + f.before)
	start := f.lines[n-1] + len(text) - len(strings.TrimLeft(text, " \t"))
	return Span{File: f, Start: start, End: f.lines[n-1] + len(text)}
}

// A Span is a run of bytes in a file: where something stands that an author typed. The zero Span is nowhere.
type Span struct {
	File       *File
	Start, End int // byte offsets into File.Data
}

// IsZero reports whether the span is nowhere.
func (s Span) IsZero() bool { return s.File == nil }

// Text gives the bytes of the span.
func (s Span) Text() string {
	if s.File == nil || s.Start > len(s.File.Data) || s.End > len(s.File.Data) || s.End < s.Start {
		return ""
	}
	return string(s.File.Data[s.Start:s.End])
}

// A Position is a place as people and editors count it.
type Position struct {
	Path   string
	Line   int // from 1
	Column int // from 1, in characters (runes)
}

// Position gives the place of the span's first byte; for an asset, or nowhere, line and column are 1.
func (s Span) Position() Position {
	if s.File == nil {
		return Position{Line: 1, Column: 1}
	}
	f := s.File
	if len(f.lines) == 0 {
		return Position{Path: f.Path, Line: 1, Column: 1}
	}
	start := min(max(s.Start, 0), len(f.Data))
	line := sort.Search(len(f.lines), func(i int) bool { return f.lines[i] > start }) // first line after
	return Position{Path: f.Path, Line: f.before + line, Column: utf8.RuneCount(f.Data[f.lines[line-1]:start]) + 1}
}

// A Problem is a file that could not be taken, for a reason that its author can mend.
type Problem struct {
	File *File
	Text string // what is wrong, lower case, no full stop
	Hint string // what to do, may be ""
}

// A Tree is a site folder's content as it was read.
type Tree struct {
	Files    []*File // sorted by Path
	Problems []Problem
}

// File gives the file at path, or nil.
func (t *Tree) File(path string) *File {
	i := sort.Search(len(t.Files), func(i int) bool { return t.Files[i].Path >= path })
	if i < len(t.Files) && t.Files[i].Path == path {
		return t.Files[i]
	}
	return nil
}

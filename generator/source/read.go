package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

// Limits of what one site folder may hold. A policy of 1 MiB prints on 400 pages; past that it is not one that a person wrote.
const (
	MaxTextSize  = 1 << 20  // bytes of a YAML or Markdown file
	MaxAssetSize = 20 << 20 // bytes of a picture or a paper
	MaxFiles     = 50_000
)

// Read reads the folder dir of fsys and everything below it. The error is the machine's (dir is not there, a file cannot be
// read); what an author can mend stands in the tree's Problems.
//
// Hidden files and what editors leave behind are passed over in silence. A symbolic link is followed only by an fsys that
// keeps it inside the folder, and only to a file.
//
// Files are read on several processors: opening a thousand of them takes longer than looking at what is in them.
func Read(fsys fs.FS, dir string) (*Tree, error) {
	var found []entry
	err := fs.WalkDir(fsys, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		if name != dir && IsLitter(d.Name()) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		if len(found) >= MaxFiles {
			return fmt.Errorf("read %s: more than %d files", dir, MaxFiles)
		}
		found = append(found, entry{name: name, d: d})
		return nil
	})
	if err != nil {
		return nil, err
	}
	readEach(fsys, found)
	t := &Tree{}
	if err := t.take(found); err != nil {
		return nil, err
	}
	t.order()
	return t, nil
}

// take adds what came of reading.
func (t *Tree) take(found []entry) error {
	for _, e := range found {
		switch {
		case e.err != nil:
			return e.err
		case e.problem != nil:
			t.Problems = append(t.Problems, *e.problem)
		default:
			t.Files = append(t.Files, e.file)
		}
	}
	return nil
}

func (t *Tree) order() {
	slices.SortFunc(t.Files, func(a, b *File) int { return strings.Compare(a.Path, b.Path) })
	slices.SortStableFunc(t.Problems, func(a, b Problem) int { return strings.Compare(a.File.Path, b.File.Path) })
}

// IsLitter tells names that no author means as content: hidden files, backups, swap and lock files of editors. Whoever watches the folder passes over
// the same names.
func IsLitter(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "#") || strings.HasSuffix(name, "~") ||
		strings.HasSuffix(name, ".swp") || strings.HasSuffix(name, ".bak") || strings.HasSuffix(name, ".orig") ||
		strings.HasSuffix(name, "___jb_tmp___") || strings.HasSuffix(name, "___jb_old___") || strings.HasSuffix(name, ".go") || name == "4913" || name == "Thumbs.db"
}

// IsTextName reports whether a file of this name is read as text.
func IsTextName(name string) bool {
	switch path.Ext(name) {
	case ".yaml", ".yml", ".md", ".markdown":
		return true
	}
	return false
}

// An entry is something in the folder, and what came of reading it: a file, a problem, or an error of the machine's.
type entry struct {
	name    string
	d       fs.DirEntry
	file    *File
	problem *Problem
	err     error
}

func readEach(fsys fs.FS, found []entry) {
	var wg sync.WaitGroup
	var next atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(found); i = int(next.Add(1)) - 1 {
				found[i].err = found[i].read(fsys)
			}
		})
	}
	wg.Wait()
}

func (e *entry) read(fsys fs.FS) error {
	name, file := e.name, &File{Path: e.name}
	problem := func(hint, format string, args ...any) error {
		e.problem = &Problem{File: file, Text: fmt.Sprintf(format, args...), Hint: hint}
		return nil
	}
	info, err := e.d.Info()
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		info, err = fs.Stat(fsys, name)
		if err != nil {
			return problem("put the file itself here", "is a symbolic link that leaves the folder or leads nowhere, so it is not read")
		}
		if info.IsDir() {
			return problem("put the files themselves here", "is a symbolic link to a folder, so it is not read")
		}
	}
	if !info.Mode().IsRegular() {
		return problem("remove it", "is %s, not a file", kindOf(info.Mode()))
	}
	file.Size, file.modified = info.Size(), info.ModTime()
	text, limit := IsTextName(name), int64(MaxAssetSize)
	if text {
		limit = MaxTextSize
	}
	if file.Size > limit {
		return problem("split it, or keep it elsewhere and link to it", "is %s, more than the %s that are read", bytesOf(file.Size), bytesOf(limit))
	}
	if !text {
		e.file = file
		return nil
	}
	read, trouble, err := ReadText(fsys, name, limit)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return problem("make it readable, or remove it", "cannot be read: permission denied")
	case err != nil:
		return err
	case trouble != "":
		return problem("save it as UTF-8", "%s", trouble)
	}
	read.modified = file.modified
	e.file = read
	return nil
}

// ReadText reads one text file, at most limit bytes of it. What keeps it from being text that an author can see is told as trouble ("is
// UTF-16"), and then there is no file.
func ReadText(fsys fs.FS, name string, limit int64) (file *File, trouble string, err error) {
	data, err := readAll(fsys, name, limit)
	if err != nil {
		return nil, "", fmt.Errorf("read %s: %w", name, err)
	}
	if data, trouble = normalize(data); trouble != "" {
		return nil, trouble, nil
	}
	return NewFile(name, data), "", nil
}

// readAll reads a file as long as it is when it is opened, and at most limit bytes: it may grow meanwhile.
func readAll(fsys fs.FS, name string, limit int64) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	data := make([]byte, min(info.Size(), limit)) // no more than that: it is kept until the site is written
	n, err := io.ReadFull(f, data)
	if err == io.ErrUnexpectedEOF || err == io.EOF {
		err = nil
	}
	return data[:n], err
}

// normalize takes off a byte-order mark and makes every line end \n, neither of which moves a line or a column.
func normalize(data []byte) ([]byte, string) {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		return nil, "is UTF-16"
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(data) {
		at := 0
		for at < len(data) {
			r, n := utf8.DecodeRune(data[at:])
			if r == utf8.RuneError && n == 1 {
				break
			}
			at += n
		}
		return nil, fmt.Sprintf("is not UTF-8: byte %#x in line %d", data[at], bytes.Count(data[:at], []byte("\n"))+1)
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return nil, fmt.Sprintf("is not text: a zero byte in line %d", bytes.Count(data[:i], []byte("\n"))+1)
	}
	if bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	return data, ""
}

func kindOf(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return "something special"
}

func bytesOf(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.0f MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.0f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d bytes", n)
}

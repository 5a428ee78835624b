package approval

import (
	"bytes"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"candor/generator/output"
	"candor/generator/source"
)

// WriteInto gives what writes files of the site folder dir. A symbolic link stays one: the file that it leads to is written, if that lies in dir.
func WriteInto(dir string) func(path string, data []byte) error {
	return func(path string, data []byte) error {
		root, err := filepath.EvalSymlinks(dir)
		if err != nil {
			return fmt.Errorf("find the site folder: %w", err)
		}
		full, err := filepath.EvalSymlinks(filepath.Join(root, filepath.FromSlash(path)))
		if err != nil {
			return fmt.Errorf("find %s: %w", path, err)
		}
		if rel, err := filepath.Rel(root, full); err != nil || !filepath.IsLocal(rel) {
			return refuse("put the file itself there", "%s lies outside of the site folder", path)
		}
		return output.Replace(full, data)
	}
}

// changes gives the lines of a file that edits change, as they were and as they become.
func changes(f *source.File, edits []source.Edit) []string {
	var lines []string
	for i := 0; i < len(edits); {
		first := edits[i].At.Position().Line
		last := f.Span(edits[i].At.End, edits[i].At.End).Position().Line
		for i++; i < len(edits) && edits[i].At.Position().Line <= last; i++ {
			last = f.Span(edits[i].At.End, edits[i].At.End).Position().Line
		}
		whole := f.Span(f.Offset(first, 1), f.LineSpan(last).End)
		before, after := strings.Split(whole.Text(), "\n"), strings.Split(string(source.Apply(whole, edits)), "\n")
		for len(before) > 0 && len(after) > 0 && before[len(before)-1] == after[len(after)-1] {
			before, after = before[:len(before)-1], after[:len(after)-1]
		}
		for _, line := range before {
			lines = append(lines, "- "+line)
		}
		for _, line := range after {
			lines = append(lines, "+ "+line)
		}
	}
	return lines
}

// over gives files as they will be once the stamps are written.
func over(files fs.FS, stamps []*Stamp) fs.FS {
	o := overlay{files, map[string][]byte{}}
	for _, s := range stamps {
		o.changed[s.was.File.Path] = s.after
	}
	return o
}

// An overlay has other bytes in some files of a file system.
type overlay struct {
	fs.FS
	changed map[string][]byte
}

// Open opens a file as it is below, or with its other bytes.
func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.FS.Open(name)
	data, ok := o.changed[name]
	if err != nil || !ok {
		return f, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	return &changedFile{File: f, Reader: bytes.NewReader(data), info: info}, nil
}

// A changedFile reads other bytes than those of the file that it is.
type changedFile struct {
	fs.File
	*bytes.Reader
	info fs.FileInfo
}

func (f *changedFile) Read(p []byte) (int, error) { return f.Reader.Read(p) }
func (f *changedFile) Stat() (fs.FileInfo, error) { return sized{f.info, f.Reader.Size()}, nil }

// sized is a FileInfo with another size.
type sized struct {
	fs.FileInfo
	size int64
}

func (s sized) Size() int64 { return s.size }

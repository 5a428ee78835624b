package source

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// An Edit puts text in the place of a run of bytes. Where the run is empty, the text is put in.
type Edit struct {
	At   Span
	Text string // lines ended by \n
}

// Apply gives the bytes of s with the edits made that lie within it; nothing outside of them changes. Of two edits that overlap, the one that
// begins first is made.
func Apply(s Span, edits []Edit) []byte {
	var out bytes.Buffer
	done := s.Start
	for _, e := range Sorted(edits) {
		if e.At.Start < done || e.At.End > s.End {
			continue
		}
		out.Write(s.File.Data[done:e.At.Start])
		out.WriteString(e.Text)
		done = e.At.End
	}
	out.Write(s.File.Data[done:s.End])
	return out.Bytes()
}

// Sorted gives edits in the order in which they stand in their file.
func Sorted(edits []Edit) []Edit {
	return slices.SortedStableFunc(slices.Values(edits), func(a, b Edit) int { return cmp.Compare(a.At.Start, b.At.Start) })
}

// Patch makes edits of f in raw, the bytes that f was read from: a byte-order mark and the ends of lines stay as they are on the disk, and new
// lines end as the first one does. It is false when raw is not what f was read from.
func (f *File) Patch(raw []byte, edits []Edit) ([]byte, bool) {
	if data, trouble := normalize(raw); trouble != "" || !bytes.Equal(data, f.Data) {
		return nil, false
	}
	disk := &File{Path: f.Path, Data: raw}
	moved := make([]Edit, len(edits))
	for i, e := range edits {
		moved[i] = Edit{At: disk.Span(rawOffset(raw, e.At.Start), rawOffset(raw, e.At.End)), Text: strings.ReplaceAll(e.Text, "\n", lineEnd(raw))}
	}
	return Apply(disk.Span(0, len(raw)), moved), true
}

// rawOffset gives where the byte at offset of the normalized data stands in raw.
func rawOffset(raw []byte, offset int) int {
	at := 0
	if bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")) {
		at = 3
	}
	for ; offset > 0; offset-- {
		if at+1 < len(raw) && raw[at] == '\r' && raw[at+1] == '\n' {
			at++
		}
		at++
	}
	return at
}

// lineEnd gives what ends the first line.
func lineEnd(raw []byte) string {
	i := bytes.IndexAny(raw, "\r\n")
	switch {
	case i < 0 || raw[i] == '\n':
		return "\n"
	case i+1 < len(raw) && raw[i+1] == '\n':
		return "\r\n"
	}
	return "\r"
}

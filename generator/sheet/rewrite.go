package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
)

// bytes writes the archive anew: parts that changed are packed, all others are copied as they are packed, in their order.
func (w *workbook) bytes() (out []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			out, err = nil, fmt.Errorf("the workbook could not be written: %v", p)
		}
	}()
	changed, fresh, err := w.changes()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range w.archive.entries {
		data, ok := changed[strings.ToLower(strings.TrimPrefix(f.Name, "/"))]
		if !ok {
			if err := z.Copy(f); err != nil {
				return nil, err
			}
			continue
		}
		head := &zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: f.Modified}
		if err := pack(z, head, data); err != nil {
			return nil, err
		}
	}
	for _, n := range fresh {
		if err := pack(z, &zip.FileHeader{Name: n.name, Method: zip.Deflate}, n.data); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func pack(z *zip.Writer, head *zip.FileHeader, data []byte) error {
	f, err := z.CreateHeader(head)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return err
}

// freshPart is a part that the file did not have.
type freshPart struct {
	name string
	data []byte
}

// changes gives the parts that differ, by name in lower case, and those that are new.
func (w *workbook) changes() (map[string][]byte, []freshPart, error) {
	changed := map[string][]byte{}
	stale := false
	for i, s := range w.archive.sheets {
		cells := w.edits[s.name]
		if len(cells) == 0 || w.facts[i] == nil {
			continue
		}
		data, err := w.archive.read(s.part)
		if err != nil {
			return nil, nil, err
		}
		if changed[s.part], err = editCells(data, w.facts[i], cells); err != nil {
			return nil, nil, err
		}
		stale = stale || w.refersTo(s.name)
	}
	fresh, err := w.addSheets(changed)
	if err == nil && stale {
		err = w.recalculate(changed)
	}
	return changed, fresh, err
}

// part gives a part with the changes so far.
func (w *workbook) part(changed map[string][]byte, name string) ([]byte, error) {
	if data, ok := changed[strings.ToLower(name)]; ok {
		return data, nil
	}
	return w.archive.read(name)
}

// refersTo tells whether a formula anywhere may read a sheet, so that its stored value is old once the sheet is filled.
func (w *workbook) refersTo(sheet string) bool {
	marks := []string{sheet + "!", "'" + strings.ReplaceAll(sheet, "'", "''") + "'!", "INDIRECT("}
	for _, name := range w.x.GetDefinedName() {
		if strings.Contains(name.RefersTo, marks[0]) || strings.Contains(name.RefersTo, marks[1]) {
			marks = append(marks, name.Name)
		}
	}
	if tables, err := w.x.GetTables(sheet); err == nil {
		for _, t := range tables {
			marks = append(marks, t.Name+"[")
		}
	}
	for i, s := range w.archive.sheets {
		if w.facts[i] == nil {
			continue
		}
		for _, f := range w.facts[i].formulas {
			if s.name == sheet {
				return true
			}
			for _, m := range marks {
				if strings.Contains(f.text, m) {
					return true
				}
			}
		}
	}
	return false
}

// recalculate has the workbook worked out anew when it is opened: counts and scores in it would show what they were before. A workbook that is worked out
// by hand stays so.
func (w *workbook) recalculate(changed map[string][]byte) error {
	data, err := w.part(changed, w.archive.main)
	if err != nil {
		return err
	}
	place, prefix, tag := -1, "", element{}
	err = walk(data, func(e element) {
		switch {
		case e.start && e.depth == 1:
			prefix = e.prefix
		case e.start && e.depth == 2 && e.local == "calcPr":
			tag = e
		case !e.start && e.depth == 2 && (e.local == "sheets" || e.local == "functionGroups" || e.local == "externalReferences" || e.local == "definedNames"):
			place = e.end // what calcPr has to follow
		}
	})
	if err != nil || tag.attr("calcMode") == "manual" {
		return err
	}
	var b bytes.Buffer
	switch {
	case tag.start && tag.attr("fullCalcOnLoad") != "":
		b.Write(data[:tag.begin])
		b.Write(attribute(data[tag.begin:tag.end], "fullCalcOnLoad", "1"))
		b.Write(data[tag.end:])
	case tag.start:
		cut := tag.begin + 1 + len(tag.prefixed)
		b.Write(data[:cut])
		b.WriteString(` fullCalcOnLoad="1"`)
		b.Write(data[cut:])
	case place > 0:
		b.Write(data[:place])
		fmt.Fprintf(&b, `<%scalcPr fullCalcOnLoad="1"/>`, prefix)
		b.Write(data[place:])
	}
	changed[w.archive.main] = b.Bytes()
	return nil
}

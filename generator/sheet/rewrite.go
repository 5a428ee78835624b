package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"
)

// bytes writes the archive anew: parts that changed are packed, all others are copied as they are packed, in their order.
func (w *workbook) bytes() ([]byte, error) {
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

// addSheets makes a part for each new sheet and names it in the workbook, its relations and the list of contents.
func (w *workbook) addSheets(changed map[string][]byte) ([]freshPart, error) {
	var fresh []freshPart
	for _, s := range w.added {
		part := w.freePart(len(fresh))
		fresh = append(fresh, freshPart{part, w.newSheet(s)})
		if err := w.register(changed, s.name, part); err != nil {
			return nil, err
		}
	}
	return fresh, nil
}

// freePart is a name for the part of a new sheet.
func (w *workbook) freePart(after int) string {
	dir := path.Join(path.Dir(w.archive.main), "worksheets")
	for n := 1; ; n++ {
		name := path.Join(dir, "sheet"+strconv.Itoa(n)+".xml")
		if w.archive.parts[strings.ToLower(name)] == nil {
			if after == 0 {
				return name
			}
			after--
		}
	}
}

// register names a new part. The kinds of its relation are those that the workbook's other sheets have.
func (w *workbook) register(changed map[string][]byte, name, part string) error {
	id := ""
	err := w.within(changed, relationsOf(w.archive.main), "Relationships", func(prefix string, all []element) string {
		taken, kind := map[string]bool{}, ""
		for _, e := range all {
			taken[e.attr("Id")] = true
			if strings.HasSuffix(e.attr("Type"), "/worksheet") {
				kind = e.attr("Type")
			}
		}
		for n := len(taken) + 1; id == "" || taken[id]; n++ {
			id = "rId" + strconv.Itoa(n)
		}
		return fmt.Sprintf(`<%sRelationship Id="%s" Type="%s" Target="/%s"/>`, prefix, id, escaped(kind), escaped(part))
	})
	if err != nil {
		return err
	}
	err = w.within(changed, "[Content_Types].xml", "Types", func(prefix string, _ []element) string {
		return fmt.Sprintf(`<%sOverride PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, prefix, escaped(part))
	})
	if err != nil {
		return err
	}
	return w.within(changed, w.archive.main, "sheets", func(prefix string, all []element) string {
		highest, rel := 0, "r"
		for _, e := range all {
			n, _ := strconv.Atoi(e.attr("sheetId"))
			highest = max(highest, n)
			for _, a := range e.attrs {
				if a.Name.Local == "id" {
					rel = a.Name.Space
				}
			}
		}
		return fmt.Sprintf(`<%ssheet name="%s" sheetId="%d" %s:id="%s"/>`, prefix, escaped(name), highest+1, rel, id)
	})
}

// within adds an element to the end of one that holds a list.
func (w *workbook) within(changed map[string][]byte, part, list string, write func(prefix string, all []element) string) error {
	data, err := w.part(changed, part)
	if err != nil {
		return err
	}
	place, prefix := -1, ""
	var all []element
	err = walk(data, func(e element) {
		switch {
		case e.start && e.parent == list:
			all = append(all, e)
		case !e.start && e.local == list && e.begin != e.end:
			place, prefix = e.begin, e.prefix
		}
	})
	if err != nil {
		return err
	}
	if place < 0 {
		return errors.New(part + " has no list of " + list)
	}
	changed[strings.ToLower(part)] = []byte(string(data[:place]) + write(prefix, all) + string(data[place:]))
	return nil
}

// newSheet writes a sheet of text: the first row stays in view, and long columns are wide. It takes styles that the workbook has: a new one would mean
// editing those of the customer.
func (w *workbook) newSheet(s addedSheet) []byte {
	main := "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	if data, err := w.archive.read(w.archive.main); err == nil && bytes.Contains(data, []byte("http://purl.oclc.org/ooxml/spreadsheetml/main")) {
		main = "http://purl.oclc.org/ooxml/spreadsheetml/main"
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"+`<worksheet xmlns="%s"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`, main)
	b.WriteString("<cols>")
	wide := 1
	for _, r := range s.rows {
		wide = max(wide, len(r))
	}
	for c := range wide {
		longest := 8
		for _, r := range s.rows {
			if c < len(r) {
				longest = max(longest, min(len(r[c]), 60))
			}
		}
		fmt.Fprintf(&b, `<col min="%d" max="%[1]d" width="%d" customWidth="1"/>`, c+1, longest+2)
	}
	b.WriteString("</cols><sheetData>")
	head, body := w.plainStyles()
	e := &editor{f: &facts{rowStyles: map[int]int{}}}
	for i, r := range s.rows {
		e.f.rowStyles[i+1] = body
		if i == 0 {
			e.f.rowStyles[1] = head
		}
		fmt.Fprintf(&e.out, `<row r="%d">`, i+1)
		for c, text := range r {
			if text, _ = legal(text, maxLetters); text != "" {
				e.cell(written{row: i + 1, column: c + 1, text: text})
			}
		}
		e.out.WriteString("</row>")
	}
	b.Write(e.out.Bytes())
	b.WriteString("</sheetData></worksheet>")
	return b.Bytes()
}

// plainStyles looks for a bold style and one that wraps, neither coloured, among those that the workbook's cells have.
func (w *workbook) plainStyles() (head, body int) {
	for n := 1; n < 2000; n++ {
		if w.x.Styles == nil || w.x.Styles.CellXfs == nil || n >= len(w.x.Styles.CellXfs.Xf) {
			break
		}
		switch l := w.look(n); {
		case l.filled || l.small:
		case head == 0 && l.bold:
			head = n
		case body == 0 && !l.bold && l.wrap:
			body = n
		}
	}
	return head, body
}

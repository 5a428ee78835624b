package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"
)

// addSheets makes a part for each new sheet and names it in the workbook, its relations and the list of contents.
func (w *workbook) addSheets(changed map[string][]byte) ([]freshPart, error) {
	var fresh []freshPart
	if len(w.added) == 0 {
		return nil, nil
	}
	head, body := w.addStyles(changed)
	for _, s := range w.added {
		part := w.freePart(len(fresh))
		fresh = append(fresh, freshPart{part, w.newSheet(s, head, body)})
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

// newSheet writes a sheet of text: the first row stays in view, and columns are as wide as their texts, up to 60 letters.
func (w *workbook) newSheet(s addedSheet, head, body int) []byte {
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

// addStyles adds two styles after those that the workbook has, for the first row of new sheets and for the others: bold, and wrapped. Without a part for
// styles, or with one that is not as expected, new sheets look plain.
func (w *workbook) addStyles(changed map[string][]byte) (head, body int) {
	part := ""
	for _, r := range w.archive.relations("", w.archive.main) {
		if path.Base(r.Type) == "styles" {
			part = r.Target
		}
	}
	if part == "" {
		return 0, 0
	}
	family, _ := w.x.GetDefaultFont()
	font := 0
	err := w.within(changed, part, "fonts", func(prefix string, all []element) string {
		font = len(all)
		return fmt.Sprintf(`<%[1]sfont><%[1]sb/><%[1]ssz val="11"/><%[1]sname val="%[2]s"/></%[1]sfont>`, prefix, escaped(family))
	})
	if err == nil {
		err = w.within(changed, part, "cellXfs", func(prefix string, all []element) string {
			head, body = len(all), len(all)+1
			align := fmt.Sprintf(`applyAlignment="1"><%[1]salignment vertical="top" wrapText="1"/></%[1]sxf>`, prefix)
			return fmt.Sprintf(`<%[1]sxf numFmtId="0" fontId="%[2]d" fillId="0" borderId="0" xfId="0" applyFont="1" %[3]s<%[1]sxf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" %[3]s`, prefix, font, align)
		})
	}
	if err == nil {
		err = w.recount(changed, part, map[string]int{"fonts": font + 1, "cellXfs": body + 1})
	}
	if err != nil {
		delete(changed, strings.ToLower(part))
		return 0, 0
	}
	return head, body
}

// recount writes how many elements lists have, where they say it.
func (w *workbook) recount(changed map[string][]byte, part string, counts map[string]int) error {
	data, err := w.part(changed, part)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	done := 0
	err = walk(data, func(e element) {
		if n, ok := counts[e.local]; ok && e.start && e.depth == 2 {
			b.Write(data[done:e.begin])
			b.Write(attribute(data[e.begin:e.end], "count", strconv.Itoa(n)))
			done = e.end
		}
	})
	b.Write(data[done:])
	changed[strings.ToLower(part)] = b.Bytes()
	return err
}

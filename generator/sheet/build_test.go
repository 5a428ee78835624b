package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// A described book is text: a line "sheet NAME [hidden]" begins a sheet; "12 | # | Question" is row 12 from column A on; "merge A1:C1", "bold A1",
// "unlock C2:C9", "protect", "hide row 3", "hide column B", "list C2:C9 Yes,No", "list C2:C9 =Lists!$A$1:$A$3", "x14list C2:C9 =Lists!A1:A3",
// "length D2:D9 200", "name Words Lists!$A$1:$A$3" say the rest. A cell "=Data!B2 -> text" is a formula with its stored value, "=Data!B2" one without,
// and a number such as "1.1 as 0.00" is a number with a format.

const (
	prolog = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainNS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relsNS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

type bookParts struct {
	names []string
	parts map[string]string
}

func (b *bookParts) put(name, text string) {
	if _, ok := b.parts[name]; !ok {
		b.names = append(b.names, name)
	}
	b.parts[name] = text
}

func (b *bookParts) zip(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, n := range b.names {
		f, err := z.Create(n)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(b.parts[n])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// described makes a workbook from its description.
func described(t testing.TB, text string) *bookParts {
	t.Helper()
	b := &bookParts{parts: map[string]string{}}
	var sheets []*sheetText
	var names strings.Builder
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		word, rest, _ := strings.Cut(line, " ")
		switch {
		case line == "":
		case word == "sheet":
			s := &sheetText{name: strings.TrimSuffix(rest, " hidden"), styles: map[string]int{}, rows: map[int][]string{}}
			s.hidden = s.name != rest
			sheets = append(sheets, s)
		case word == "name":
			name, to, _ := strings.Cut(rest, " ")
			fmt.Fprintf(&names, `<definedName name="%s">%s</definedName>`, name, escaped(to))
		case len(sheets) == 0:
			t.Fatalf("%q stands before a sheet", line)
		default:
			sheets[len(sheets)-1].line(t, line)
		}
	}
	var types, rels, list strings.Builder
	for i, s := range sheets {
		n := i + 1
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, n)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%[1]d.xml"/>`, n, relsNS)
		state := ""
		if s.hidden {
			state = ` state="hidden"`
		}
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d"%s r:id="rId%[2]d"/>`, escaped(s.name), n, state)
	}
	b.put("[Content_Types].xml", prolog+`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>`+types.String()+`</Types>`)
	b.put("_rels/.rels", prolog+`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="`+relsNS+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	b.put("xl/workbook.xml", prolog+`<workbook xmlns="`+mainNS+`" xmlns:r="`+relsNS+`"><sheets>`+list.String()+`</sheets>`+defined(names.String())+`<calcPr calcId="191029"/></workbook>`)
	b.put("xl/_rels/workbook.xml.rels", prolog+`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+rels.String()+`<Relationship Id="rId900" Type="`+relsNS+`/styles" Target="styles.xml"/></Relationships>`)
	b.put("xl/styles.xml", prolog+`<styleSheet xmlns="`+mainNS+`"><numFmts count="1"><numFmt numFmtId="170" formatCode="0.000"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyProtection="1"><protection locked="0"/></xf><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment wrapText="1"/></xf><xf numFmtId="2" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`)
	for i, s := range sheets {
		b.put(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), s.xml(t))
	}
	return b
}

func defined(names string) string {
	if names == "" {
		return ""
	}
	return "<definedNames>" + names + "</definedNames>"
}

type sheetText struct {
	name            string
	hidden          bool
	last            int
	rows            map[int][]string
	styles          map[string]int
	hiddenRows      []int
	columns, merges []string
	rules, x14      strings.Builder
	protected       bool
}

func (s *sheetText) line(t testing.TB, line string) {
	t.Helper()
	if n, cells, ok := strings.Cut(line, "|"); ok {
		if row, err := strconv.Atoi(strings.TrimSpace(n)); err == nil {
			for _, c := range strings.Split(cells, "|") {
				s.rows[row] = append(s.rows[row], strings.ReplaceAll(strings.TrimSpace(c), `\n`, "\n"))
			}
			s.last = max(s.last, row)
			return
		}
	}
	w := strings.Fields(line)
	rest := ""
	if len(w) > 2 {
		rest = strings.TrimSpace(line[strings.Index(line, w[1])+len(w[1]):])
	}
	switch {
	case w[0] == "merge":
		s.merges = append(s.merges, `<mergeCell ref="`+w[1]+`"/>`)
	case w[0] == "bold", w[0] == "unlock":
		a, _ := parseArea(w[1])
		for r := a.top; r <= a.bottom; r++ {
			for c := a.left; c <= a.right; c++ {
				s.styles[letters(c)+strconv.Itoa(r)] = map[string]int{"bold": 1, "unlock": 2}[w[0]]
				s.last = max(s.last, r)
			}
		}
	case w[0] == "protect":
		s.protected = true
	case w[0] == "hide" && w[1] == "row":
		n, _ := strconv.Atoi(w[2])
		s.hiddenRows = append(s.hiddenRows, n)
	case w[0] == "hide" && w[1] == "column":
		s.columns = append(s.columns, fmt.Sprintf(`<col min="%d" max="%[1]d" width="9" hidden="1"/>`, number(w[2])))
	case w[0] == "list":
		formula := escaped(`"` + rest + `"`)
		if strings.HasPrefix(rest, "=") {
			formula = escaped(rest[1:])
		}
		fmt.Fprintf(&s.rules, `<dataValidation type="list" allowBlank="1" sqref="%s"><formula1>%s</formula1></dataValidation>`, strings.ReplaceAll(w[1], ";", " "), formula)
	case w[0] == "commalist":
		fmt.Fprintf(&s.rules, `<dataValidation type="list" sqref="%s"><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x12ac"><x12ac:list xmlns:x12ac="http://schemas.microsoft.com/office/spreadsheetml/2011/1/ac">%s</x12ac:list></mc:Choice><mc:Fallback><formula1>%s</formula1></mc:Fallback></mc:AlternateContent></dataValidation>`, w[1], escaped(rest), escaped(`"`+strings.ReplaceAll(rest, `"`, "")+`"`))
	case w[0] == "x14list":
		fmt.Fprintf(&s.x14, `<x14:dataValidation type="list" xr:uid="{D}" xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"><x14:formula1><xm:f>%s</xm:f></x14:formula1><xm:sqref>%s</xm:sqref></x14:dataValidation>`, escaped(rest[1:]), strings.ReplaceAll(w[1], ";", " "))
	case w[0] == "length":
		fmt.Fprintf(&s.rules, `<dataValidation type="textLength" operator="lessThanOrEqual" sqref="%s"><formula1>%s</formula1></dataValidation>`, w[1], w[2])
	default:
		t.Fatalf("%q describes nothing", line)
	}
}

var formatted = regexp.MustCompile(`^([0-9.]+) as (?:0\.00)$`)

func (s *sheetText) xml(t testing.TB) string {
	var b strings.Builder
	b.WriteString(prolog + `<worksheet xmlns="` + mainNS + `" xmlns:r="` + relsNS + `">`)
	if len(s.columns) > 0 {
		b.WriteString("<cols>" + strings.Join(s.columns, "") + "</cols>")
	}
	b.WriteString("<sheetData>")
	for r := 1; r <= s.last; r++ {
		s.row(&b, r)
	}
	b.WriteString("</sheetData>")
	if s.protected {
		b.WriteString(`<sheetProtection sheet="1" objects="1" scenarios="1"/>`)
	}
	if len(s.merges) > 0 {
		b.WriteString("<mergeCells>" + strings.Join(s.merges, "") + "</mergeCells>")
	}
	if s.rules.Len() > 0 {
		b.WriteString("<dataValidations>" + s.rules.String() + "</dataValidations>")
	}
	if s.x14.Len() > 0 {
		b.WriteString(`<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">` + s.x14.String() + `</x14:dataValidations></ext></extLst>`)
	}
	return b.String() + "</worksheet>"
}

func (s *sheetText) row(b *strings.Builder, r int) {
	cells := s.rows[r]
	for n := len(cells) + 1; n < 30; n++ {
		if s.styles[letters(n)+strconv.Itoa(r)] > 0 {
			for len(cells) < n {
				cells = append(cells, "")
			}
		}
	}
	hidden := ""
	for _, h := range s.hiddenRows {
		if h == r {
			hidden = ` hidden="1"`
		}
	}
	if len(cells) == 0 && hidden == "" {
		return
	}
	fmt.Fprintf(b, `<row r="%d"%s>`, r, hidden)
	for i, text := range cells {
		at := letters(i+1) + strconv.Itoa(r)
		head := fmt.Sprintf(`<c r="%s"`, at)
		if n := s.styles[at]; n > 0 {
			head += fmt.Sprintf(` s="%d"`, n)
		}
		formula, value, stored := strings.Cut(text, " -> ")
		switch m := formatted.FindStringSubmatch(text); {
		case text == "" && s.styles[at] == 0:
		case text == "":
			b.WriteString(head + "/>")
		case strings.HasPrefix(text, "=") && stored:
			fmt.Fprintf(b, `%s t="str"><f>%s</f><v>%s</v></c>`, head, escaped(formula[1:]), escaped(value))
		case strings.HasPrefix(text, "="):
			fmt.Fprintf(b, `%s><f>%s</f></c>`, head, escaped(text[1:]))
		case m != nil:
			fmt.Fprintf(b, `<c r="%s" s="4"><v>%s</v></c>`, at, m[1])
		default:
			fmt.Fprintf(b, `%s t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, head, escaped(text))
		}
	}
	b.WriteString("</row>")
}

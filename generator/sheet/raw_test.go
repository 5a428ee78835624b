package sheet

import "testing"

// rawBook is a workbook as Excel writes it, with what libraries drop: attributes and elements of extensions, alternate content, shared and array formulas,
// rich and phonetic texts, threaded comments, a chain of formulas, and parts that nobody knows.
func rawBook() *bookParts {
	b := &bookParts{parts: map[string]string{}}
	b.put("[Content_Types].xml", prolog+`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/><Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/><Override PartName="/xl/threadedComments/threadedComment1.xml" ContentType="application/vnd.ms-excel.threadedcomments+xml"/></Types>`)
	b.put("_rels/.rels", prolog+`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="`+relsNS+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	b.put("xl/workbook.xml", prolog+`<workbook xmlns="`+mainNS+`" xmlns:r="`+relsNS+`" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x15 xr" xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main" xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"><fileVersion appName="xl" lastEdited="7" lowestEdited="7" rupBuild="22228"/><workbookPr codeName="ThisWorkbook" defaultThemeVersion="166925"/><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x15"><x15ac:absPath url="C:\x\" xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent><xr:revisionPtr revIDLastSave="0" documentId="8_{A}"/><bookViews><workbookView xWindow="0"/></bookViews><sheets><sheet name="Q &amp; A" sheetId="4" r:id="rId1"/></sheets><definedNames><definedName name="yn">'Q &amp; A'!$E$1:$E$3</definedName></definedNames><calcPr calcId="191029"/><extLst><ext uri="{140A7094-0E35-4892-8432-C4D2E57EDEB5}" xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst></workbook>`)
	b.put("xl/_rels/workbook.xml.rels", prolog+`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="`+relsNS+`/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="`+relsNS+`/styles" Target="styles.xml"/><Relationship Id="rId3" Type="`+relsNS+`/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId4" Type="`+relsNS+`/calcChain" Target="calcChain.xml"/></Relationships>`)
	b.put("xl/worksheets/sheet1.xml", prolog+`<worksheet xmlns="`+mainNS+`" xmlns:r="`+relsNS+`" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" xr:uid="{00000000-0001-0000-0000-000000000000}"><sheetPr codeName="Sheet1"><tabColor rgb="FFFF0000"/></sheetPr><dimension ref="A1:E4"/><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/><sheetData><row r="1" spans="1:5" x14ac:dyDescent="0.25" thickBot="1"><c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>Ques</t></r><r><t xml:space="preserve">tion</t></r></is></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" cm="1"><f t="array" ref="D1">SUM(1)</f><v>1</v></c><c r="E1" t="s"><v>3</v></c></row><row r="2" spans="1:5" x14ac:dyDescent="0.25"><c r="A2" t="s" ph="1"><v>1</v></c><c r="B2" s="1"/><c r="D2"><f t="shared" ref="D2:D3" si="0">IF(B2="Yes",1,0)</f><v>0</v></c><c r="E2" t="s"><v>4</v></c></row><row r="3" spans="1:5" x14ac:dyDescent="0.25"><c r="A3" t="inlineStr"><is><t>Do you have a firewall?</t></is></c><c r="B3" s="1"/><c r="D3"><f t="shared" si="0"/><v>0</v></c><c r="E3" t="s"><v>3</v></c></row></sheetData><sheetProtection sheet="1" objects="1" algorithmName="SHA-512" hashValue="aa" saltValue="bb" spinCount="100000"/><phoneticPr fontId="1"/><conditionalFormatting sqref="B2:B3"><cfRule type="containsBlanks" priority="1"/></conditionalFormatting><dataValidations count="1" xWindow="12" yWindow="3"><dataValidation type="list" imeMode="on" allowBlank="1" sqref="B2" xr:uid="{C}"><formula1>"Yes,No"</formula1></dataValidation></dataValidations><ignoredErrors><ignoredError sqref="A1" numberStoredAsText="1"/></ignoredErrors><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x14"><controls><mc:AlternateContent><mc:Choice Requires="x14"/></mc:AlternateContent></controls></mc:Choice></mc:AlternateContent><extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list" xr:uid="{D}"><x14:formula1><xm:f>'Q &amp; A'!$E$1:$E$3</xm:f></x14:formula1><xm:sqref>B3</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>`)
	b.put("xl/styles.xml", prolog+`<styleSheet xmlns="`+mainNS+`" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac x16r2" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" xmlns:x16r2="http://schemas.microsoft.com/office/spreadsheetml/2015/02/main"><fonts count="1" x14ac:knownFonts="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf applyProtection="1"><protection locked="0"/></xf></cellXfs></styleSheet>`)
	b.put("xl/sharedStrings.xml", prolog+`<sst xmlns="`+mainNS+`" count="6" uniqueCount="5"><si><t>Answer</t></si><si><t>課 Do you log access?</t><rPh sb="0" eb="1"><t>カ</t></rPh><phoneticPr fontId="1"/></si><si><t>Comment</t></si><si><t>Yes</t></si><si><t>No</t></si></sst>`)
	b.put("xl/calcChain.xml", prolog+`<calcChain xmlns="`+mainNS+`"><c r="D1" i="4" a="1"/><c r="D2" i="4"/><c r="D3"/></calcChain>`)
	b.put("xl/threadedComments/threadedComment1.xml", prolog+`<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>`)
	b.put("customXml/item1.xml", `<a/>`)
	b.put("xl/unknown/thing.bin", "\x00\x01")
	return b
}

// filledRaw opens, surveys and fills the raw book.
func filledRaw(t *testing.T) (*Book, []byte) {
	t.Helper()
	b, err := Open("raw.xlsx", rawBook().zip(t))
	if err != nil {
		t.Fatal(err)
	}
	s, err := b.Survey(Choice{})
	if err != nil {
		t.Fatal(err)
	}
	left := b.Write(s, []string{"Link"}, []Fill{
		{Sheet: "Q & A", Row: 2, Answer: "Yes", Comment: " <b> & \"so\"\r\n_x0041_ =1+1\x01 ", Extra: []string{"https://example.com/a?b=1&c=2"}},
		{Sheet: "Q & A", Row: 3, Answer: "No"},
	})
	if len(left) > 0 {
		t.Fatal(left)
	}
	if !b.AddSheet("Candor: suggestions/1", [][]string{{"Row", "Suggestion"}, {"2", "=HYPERLINK(\"x\")"}}) {
		t.Fatal("no sheet was added")
	}
	out, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return b, out
}

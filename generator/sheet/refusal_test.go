package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func zipOf(t testing.TB, parts ...string) []byte {
	t.Helper()
	b := &bookParts{parts: map[string]string{}}
	for i := 0; i < len(parts); i += 2 {
		b.put(parts[i], parts[i+1])
	}
	return b.zip(t)
}

// with gives the raw book with a part replaced or added.
func with(t testing.TB, name string, change func(string) string) []byte {
	t.Helper()
	b := rawBook()
	b.put(name, change(b.parts[name]))
	return b.zip(t)
}

func swap(old, new string) func(string) string {
	return func(s string) string { return strings.ReplaceAll(s, old, new) }
}

func text(s string) func(string) string { return func(string) string { return s } }

// TestRefusals opens what is not read, each with its reason and what to do.
func TestRefusals(t *testing.T) {
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)
	const sheet, book, types = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"
	for _, c := range []struct {
		name string
		data []byte
		says string
	}{
		{"empty.xlsx", nil, "is empty"},
		{"blank.csv", []byte(" \r\n\t\n"), "is empty"},
		{"old.xls", []byte(ole + string(wide("Workbook"))), "Excel 97-2003"},
		{"secret.xlsx", []byte(ole + string(wide("EncryptedPackage"))), "password"},
		{"old.doc", []byte(ole), "old office file"},
		{"macros.xlsm", with(t, "xl/vbaProject.bin", text("x")), "holds macros"},
		{"macros.xlsx", with(t, "xl/macrosheets/sheet1.xml", text("<a/>")), "holds macros"},
		{"kind.xlsx", with(t, types, swap("openxmlformats-officedocument.spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main")), "for macros"},
		{"binary.xlsb", with(t, types, swap("openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "ms-excel.sheet.binary.macroEnabled.main")), "macros"},
		{"template.xltx", with(t, types, swap("spreadsheetml.sheet.main", "spreadsheetml.template.main")), "template"},
		{"open.ods", zipOf(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<a/>"), "OpenDocument"},
		{"apple.numbers", zipOf(t, "Index/Document.iwa", "x"), "Numbers"},
		{"word.xlsx", zipOf(t, types, `<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`), "Word"},
		{"photos.zip", zipOf(t, "a.jpg", "x"), "no workbook"},
		{"half.xlsx", rawBook().zip(t)[:900], "damaged"},
		{"none.zip", []byte("PK\x05\x06" + strings.Repeat("\x00", 18)), "archive"},
		{"text.xlsx", []byte("Question,Answer\nIs it safe?,\n"), "not what its name says"},
		{"paper.pdf", []byte("%PDF-1.7\n"), "a PDF"},
		{"page.xls", []byte("<html><table><tr><td>x"), "web page"},
		{"2003.xml", []byte(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>`), "2003"},
		{"data.json", []byte(`{"a": 1}`), "no spreadsheet"},
		{"noise.csv", []byte("a,b\x00c\nd,e\x00f\n"), "no text"},
		{"no-sheets.xlsx", with(t, book, text(prolog+`<workbook><sheets/></workbook>`)), "lists no sheet"},
		{"no-sheet.xlsx", with(t, "xl/_rels/workbook.xml.rels", swap("worksheets/sheet1.xml", "worksheets/sheet9.xml")), "is missing"},
		{"entities.xlsx", with(t, sheet, swap("<worksheet ", `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet `)), "entities"},
		{"entities-in-texts.xlsx", with(t, "xl/sharedStrings.xml", swap("<sst ", `<!DOCTYPE x><sst `)), "entities"},
		{"wide.xlsx", with(t, sheet, func(s string) string { return utf16Bytes(s, false, true) }), "UTF-8"},
		{"broken.xlsx", with(t, sheet, swap("</sheetData>", "")), "damaged in sheet"},
		{"crossed.xlsx", with(t, sheet, swap("</row></sheetData>", "</sheetData></row>")), "damaged in sheet"},
		{"deep.xlsx", with(t, sheet, swap("<extLst>", "<extLst>"+strings.Repeat("<a>", 200)+strings.Repeat("</a>", 200))), "damaged in sheet"},
		{"disorder.xlsx", with(t, sheet, swap(`<row r="3"`, `<row r="1"`)), "not in order"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Open(c.name, c.data)
			var r *Refusal
			if !errors.As(err, &r) || !strings.Contains(r.Text, c.says) || r.Hint == "" || !strings.Contains(r.Text, `"`+c.name+`"`) {
				t.Errorf("got %v, want a word of %q and a hint", err, c.says)
			}
		})
	}
}

// TestBombs opens small files that unpack to large ones, or that ask for a lot of memory in few words.
func TestBombs(t *testing.T) {
	rows := func(n int, cell string) string {
		var b strings.Builder
		for i := 1; i <= n; i++ {
			fmt.Fprintf(&b, `<row r="%d"><c r="%s%d"><v>1</v></c></row>`, i, cell, i)
		}
		return prolog + `<worksheet xmlns="` + mainNS + `"><sheetData>` + b.String() + `</sheetData></worksheet>`
	}
	merges := func(s string) string {
		return strings.Replace(s, "<phoneticPr", "<mergeCells>"+strings.Repeat(`<mergeCell ref="A1:XFD1048576"/>`, 15000)+"</mergeCells><phoneticPr", 1)
	}
	const sheet = "xl/worksheets/sheet1.xml"
	if _, err := Open("big.xlsx", with(t, sheet, text("<worksheet><sheetData/>"+strings.Repeat(" ", maxMarkup)+"</worksheet>"))); err == nil || !strings.Contains(err.Error(), "unpacks to more") {
		t.Errorf("got %v", err)
	}
	var many bytes.Buffer
	z := zip.NewWriter(&many)
	for i := range maxParts + 1 {
		if _, err := z.Create(fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	z.Close()
	if _, err := Open("many.xlsx", many.Bytes()); err == nil || !strings.Contains(err.Error(), "more than 5,000") {
		t.Errorf("got %v", err)
	}
	for name, data := range map[string][]byte{"far cells": with(t, sheet, text(rows(2000, "XFD"))), "merged over each other": with(t, sheet, merges)} {
		b, err := Open("q.xlsx", data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if s, err := b.Survey(Choice{}); name == "far cells" && (err == nil || len(s.Skipped) != 1 || s.Skipped[0].Why != "it has more cells than a questionnaire") {
			t.Errorf("%s: %v %v", name, s, err)
		}
	}
	if _, err := Open("long.csv", bytes.Repeat([]byte("a,b\n"), maxText/4+1)); err == nil || !strings.Contains(err.Error(), "32 MB") {
		t.Errorf("got %v", err)
	}
}

// TestTwiceInTheArchive refuses a part that is there twice: programs differ in which one they read.
func TestTwiceInTheArchive(t *testing.T) {
	b := rawBook()
	b.names = append(b.names, "XL/Workbook.xml")
	b.parts["XL/Workbook.xml"] = "<a/>"
	if _, err := Open("twice.xlsx", b.zip(t)); err == nil || !strings.Contains(err.Error(), "twice") {
		t.Errorf("got %v", err)
	}
}

// TestProtected notes that a signature will not hold, and that a workbook is to have no further sheet.
func TestProtected(t *testing.T) {
	for note, data := range map[string][]byte{
		"signature": with(t, "_xmlsignatures/sig1.xml", text("<a/>")),
		"structure": with(t, "xl/workbook.xml", swap("<bookViews>", `<workbookProtection lockStructure="1"/><bookViews>`)),
	} {
		b, err := Open("q.xlsx", data)
		if err != nil {
			t.Fatal(err)
		}
		if s, err := b.Survey(Choice{}); err != nil || !strings.Contains(strings.Join(s.Notes, "\n"), note) {
			t.Errorf("%s: %v %v", note, s.Notes, err)
		}
	}
}

package sheet

import (
	"bytes"
	"path"
	"strings"
)

const saveAs = "open it in a spreadsheet program and save it as .xlsx"

// foreign tells what a file is that is neither a workbook nor text with separators.
func foreign(name string, data []byte) *Refusal {
	head := data[:min(len(data), 2048)]
	lower := strings.ToLower(strings.TrimLeft(strings.TrimPrefix(string(head), "\xef\xbb\xbf"), " \t\r\n"))
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return &Refusal{quoted(name) + " is empty", "was the download finished? ask for the file again"}
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return compound(name, data)
	case strings.HasPrefix(lower, "%pdf"):
		return &Refusal{quoted(name) + " is a PDF", "ask for the questionnaire as .xlsx, or copy its questions into a CSV file"}
	case strings.HasPrefix(lower, "<?xml"), strings.HasPrefix(lower, "<workbook"):
		return &Refusal{quoted(name) + " is XML, as Excel 2003 wrote it", saveAs}
	case strings.HasPrefix(lower, "<!doctype"), strings.HasPrefix(lower, "<html"), strings.HasPrefix(lower, "<table"), strings.HasPrefix(lower, "<meta"):
		return &Refusal{quoted(name) + " is a web page under another name", saveAs}
	case strings.HasPrefix(lower, `{\rtf`):
		return &Refusal{quoted(name) + " is rich text", "copy its table into a spreadsheet and save it as .xlsx"}
	case bytes.HasPrefix(data, []byte("PK")), bytes.HasPrefix(data, []byte("\x1f\x8b")), bytes.HasPrefix(data, []byte("7z\xbc\xaf")), bytes.HasPrefix(data, []byte("Rar!")):
		return &Refusal{quoted(name) + " is an archive that cannot be opened as a workbook", "unpack it first; if it ends in .xlsx it is damaged: ask for it again"}
	}
	switch ext := strings.ToLower(path.Ext(name)); ext {
	case ".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".ods", ".numbers", ".xls":
		return &Refusal{quoted(name) + " is not what its name says: no workbook is in it", "was the download finished? ask for the file again; a CSV file must end in .csv"}
	case ".json", ".yaml", ".yml", ".doc", ".docx", ".html", ".htm", ".md", ".xml":
		return &Refusal{quoted(name) + " is no spreadsheet", "give an .xlsx or a .csv file"}
	}
	return nil
}

// compound tells apart what OLE files hold: a workbook with a password, or one of the time before 2007.
func compound(name string, data []byte) *Refusal {
	if bytes.Contains(data, wide("EncryptedPackage")) {
		return &Refusal{quoted(name) + " is encrypted with a password", "open it with the password, remove that (File > Info > Protect Workbook > Encrypt with Password, empty), and save a copy"}
	}
	if bytes.Contains(data, wide("Workbook")) || bytes.Contains(data, wide("Book")) {
		return &Refusal{quoted(name) + " is an .xls of Excel 97-2003", saveAs}
	}
	return &Refusal{quoted(name) + " is an old office file", saveAs}
}

// wide is a name as an OLE folder has it.
func wide(s string) []byte {
	var b []byte
	for i := range len(s) {
		b = append(b, s[i], 0)
	}
	return b
}

package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"strings"
)

// Limits of a workbook. The largest questionnaire seen has 2,000 rows and unpacks to 6 MB.
const (
	maxFile    = 64 << 20  // bytes of the file
	maxParts   = 5000      // files in it
	maxUnpack  = 256 << 20 // bytes of all of them
	maxMarkup  = 64 << 20  // bytes of those that are XML
	maxDepth   = 128       // elements within elements
	maxSlots   = 2_000_000 // cells of a sheet, those between others included
	maxRows    = 20_000    // rows of a sheet in which questions are looked for
	maxAreas   = 20_000    // areas of drop-downs, and merged ones, of a sheet
	maxStrings = 1_000_000 // shared strings
)

// archive is the parts of a workbook.
type archive struct {
	entries []*zip.File
	parts   map[string]*zip.File // by name in lower case, without a slash before it
	main    string               // the workbook's part
	sheets  []sheetPart
	signed  bool
	fixed   bool // sheets may not be added by hand
}

// sheetPart is a sheet as workbook.xml lists it.
type sheetPart struct {
	name, state, part, kind string
}

func openArchive(name string, data []byte) (*archive, error) {
	if len(data) > maxFile {
		return nil, &Refusal{quoted(name) + " is larger than 64 MB", "remove pictures and attachments, or save the sheets with the questions alone"}
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(z.File) == 0 {
		return nil, &Refusal{quoted(name) + " is a damaged workbook", "was the download finished? ask for the file again"}
	}
	a := &archive{entries: z.File, parts: map[string]*zip.File{}}
	if err := a.measure(name); err != nil {
		return nil, err
	}
	if err := a.otherProgram(name); err != nil {
		return nil, err
	}
	if err := a.contents(name); err != nil {
		return nil, err
	}
	return a, a.list(name)
}

// measure unpacks every part once, so that what a part claims of its size need not be believed.
func (a *archive) measure(name string) error {
	if len(a.entries) > maxParts {
		return &Refusal{quoted(name) + " holds more than 5,000 files", saveAs}
	}
	bomb := &Refusal{quoted(name) + " unpacks to more than a questionnaire can be", "save the sheets with the questions alone, without pictures and data"}
	var all, markup int64
	for _, f := range a.entries {
		key := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if f.Flags&1 != 0 {
			return &Refusal{quoted(name) + " is encrypted with a password", "save a copy without a password"}
		}
		if a.parts[key] != nil {
			return &Refusal{quoted(name) + " holds " + quoted(f.Name) + " twice", saveAs}
		}
		a.parts[key] = f
		r, err := f.Open()
		if err != nil {
			return &Refusal{quoted(name) + " is damaged at " + quoted(f.Name), "was the download finished? ask for the file again"}
		}
		n, err := io.Copy(io.Discard, io.LimitReader(r, maxUnpack+1-all))
		r.Close()
		if all += n; all > maxUnpack {
			return bomb
		}
		if err != nil {
			return &Refusal{quoted(name) + " is damaged at " + quoted(f.Name), "was the download finished? ask for the file again"}
		}
		if e := path.Ext(key); e == ".xml" || e == ".rels" {
			if markup += n; markup > maxMarkup {
				return bomb
			}
		}
	}
	return nil
}

// otherProgram refuses what is a zip but no workbook.
func (a *archive) otherProgram(name string) error {
	if a.parts["[content_types].xml"] != nil {
		return nil
	}
	if a.parts["mimetype"] != nil {
		if kind, _ := a.read("mimetype"); strings.Contains(string(kind), "opendocument") {
			return &Refusal{quoted(name) + " is an OpenDocument file", saveAs}
		}
	}
	for _, f := range a.entries {
		if strings.HasPrefix(f.Name, "Index/") || strings.HasSuffix(f.Name, ".iwa") || f.Name == "Index.zip" {
			return &Refusal{quoted(name) + " is a file of Apple Numbers", "export it as Excel: File > Export To > Excel"}
		}
	}
	return &Refusal{quoted(name) + " is an archive, but no workbook", "unpack it, and give the .xlsx or .csv in it"}
}

// contents refuses kinds of workbooks by what the list of contents says.
func (a *archive) contents(name string) error {
	types, err := a.markup(name, "[content_types].xml")
	if err != nil {
		return err
	}
	said := string(types)
	for _, f := range a.entries {
		lower := strings.ToLower(f.Name)
		if strings.HasSuffix(lower, "vbaproject.bin") || strings.Contains(lower, "macrosheets/") {
			return &Refusal{quoted(name) + " holds macros (" + f.Name + "): code of another company, which is neither run nor passed on", "ask for it without macros, or " + saveAs}
		}
		a.signed = a.signed || strings.HasPrefix(lower, "_xmlsignatures/")
	}
	switch {
	case strings.Contains(said, "macroEnabled"):
		return &Refusal{quoted(name) + " is a workbook for macros", saveAs}
	case strings.Contains(said, "sheet.binary"):
		return &Refusal{quoted(name) + " is a binary workbook (.xlsb)", saveAs}
	case strings.Contains(said, "spreadsheetml.template"):
		return &Refusal{quoted(name) + " is a template (.xltx)", saveAs}
	case strings.Contains(said, "wordprocessingml") && !strings.Contains(said, "spreadsheetml"):
		return &Refusal{quoted(name) + " is a Word document", "copy its table into a spreadsheet and save it as .xlsx"}
	case !strings.Contains(said, "spreadsheetml"):
		return &Refusal{quoted(name) + " is no workbook", saveAs}
	}
	return nil
}

// list reads the sheets of the workbook and where their parts are.
func (a *archive) list(name string) error {
	broken := &Refusal{quoted(name) + " is a damaged workbook: it lists no sheet", saveAs}
	for _, r := range a.relations(name, "") {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			a.main = r.Target
		}
	}
	if a.main == "" {
		return broken
	}
	data, err := a.markup(name, a.main)
	if err != nil {
		return err
	}
	parts := map[string]relation{}
	for _, r := range a.relations(name, a.main) {
		parts[r.ID] = r
	}
	err = walk(data, func(e element) {
		a.fixed = a.fixed || e.start && e.local == "workbookProtection" && e.on("lockStructure")
		if e.start && e.local == "sheet" && e.depth == 3 {
			r := parts[e.attr("id")]
			a.sheets = append(a.sheets, sheetPart{name: e.attr("name"), state: e.attr("state"), part: r.Target, kind: path.Base(r.Type)})
		}
	})
	if err != nil || len(a.sheets) == 0 || len(a.sheets) > 1000 {
		return broken
	}
	return nil
}

type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// relations gives what a part refers to within the archive; "" is the archive itself.
func (a *archive) relations(name, part string) []relation {
	var list struct {
		All []relation `xml:"Relationship"`
	}
	data, err := a.markup(name, relationsOf(part))
	if err != nil || xml.Unmarshal(data, &list) != nil {
		return nil
	}
	var inside []relation
	for _, r := range list.All {
		if r.Mode == "External" {
			continue
		}
		if strings.HasPrefix(r.Target, "/") {
			r.Target = strings.TrimPrefix(r.Target, "/")
		} else {
			r.Target = path.Join(path.Dir(part), r.Target)
		}
		r.Target = strings.ToLower(r.Target)
		inside = append(inside, r)
	}
	return inside
}

func relationsOf(part string) string {
	if part == "" {
		return "_rels/.rels"
	}
	return path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
}

// markup reads a part of XML in UTF-8 that defines no entities.
func (a *archive) markup(name, part string) ([]byte, error) {
	data, err := a.read(part)
	if err != nil {
		return nil, &Refusal{quoted(name) + " is a damaged workbook: " + quoted(part) + " is missing", saveAs}
	}
	if bytes.Contains(data, []byte("<!DOCTYPE")) || bytes.Contains(data, []byte("<!ENTITY")) {
		return nil, &Refusal{quoted(name) + " defines entities of its own, as no spreadsheet program does", "ask where the file comes from, and " + saveAs}
	}
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) || bytes.IndexByte(data, 0) >= 0 {
		return nil, &Refusal{quoted(name) + " is not in UTF-8", saveAs}
	}
	return data, nil
}

func (a *archive) read(part string) ([]byte, error) {
	f := a.parts[strings.ToLower(part)]
	if f == nil {
		return nil, io.ErrUnexpectedEOF
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, maxUnpack))
}

package sheet

import (
	"slices"
	"strings"
)

// textFile is text with separators. What is not written stays as it was, byte for byte.
type textFile struct {
	coding    coding
	delimiter byte
	newline   string
	quoteAll  bool
	text      string // decoded, without a byte order mark
	records   []record
	writes    map[[2]int]string
	read      *page
}

// record is a line of cells; begin and end are places in the text, the end of the line excluded.
type record struct {
	begin, end int
	fields     []field
}

type field struct {
	begin, end int
	value      string
}

const maxText = 32 << 20

func openText(name string, data []byte) (*textFile, error) {
	if len(data) > maxText {
		return nil, &Refusal{quoted(name) + " is larger than 32 MB", "a questionnaire is smaller: save the sheet with the questions alone"}
	}
	t := &textFile{writes: map[[2]int]string{}}
	var err error
	if t.coding, t.text, err = decode(data); err != nil {
		return nil, &Refusal{quoted(name) + " is no table: " + err.Error(), "save it as .xlsx or as CSV UTF-8"}
	}
	start := 0
	if t.delimiter, start = separatorLine(t.text); t.delimiter == 0 {
		t.delimiter = likelyDelimiter(t.text)
	}
	t.records = split(t.text, start, t.delimiter, 1<<30)
	t.newline = "\n"
	if i := strings.IndexAny(t.text, "\r\n"); i >= 0 {
		t.newline = t.text[i : i+1]
		if strings.HasPrefix(t.text[i:], "\r\n") {
			t.newline = "\r\n"
		}
	}
	t.quoteAll = quotesAll(t.text, t.records)
	return t, nil
}

// separatorLine reads the line "sep=;" with which Excel is told the separator.
func separatorLine(text string) (byte, int) {
	if len(text) > 5 && strings.EqualFold(text[:4], "sep=") && strings.IndexByte(delimiters, text[4]) >= 0 {
		rest := text[5:]
		trimmed := strings.TrimLeft(rest, "\r\n")
		if len(trimmed) < len(rest) {
			return text[4], 5 + len(rest) - len(trimmed)
		}
	}
	return 0, 0
}

const delimiters = ",;\t|"

// none parts no cells: text of one column, whose commas are those of sentences.
const none = 0

// likelyDelimiter is the one that parts the most records, and most of these into as many cells.
func likelyDelimiter(text string) byte {
	best, most := byte(none), 0
	for _, d := range []byte(delimiters) {
		records := split(text, 0, d, 400)
		several, alike := 0, map[int]int{}
		for _, r := range records {
			if n := len(r.fields); n > 1 {
				several++
				alike[n]++
			}
		}
		usual := 0
		for _, r := range records {
			usual = max(usual, alike[len(r.fields)])
		}
		if score := several + usual; several*3 > len(records) && usual*3 >= several && score > most && !sentences(text, records, d) {
			best, most = d, score
		}
	}
	return best
}

// sentences tells commas of sentences from those between cells: a space follows every one of them.
func sentences(text string, records []record, d byte) bool {
	if d != ',' && d != ';' {
		return false
	}
	for _, r := range records {
		for _, f := range r.fields[1:] {
			if f.begin == f.end || text[f.begin] != ' ' {
				return false
			}
		}
	}
	return true
}

// split reads records from a place on. A quotation mark that is never closed is a letter like others, and so are those after it.
func split(text string, from int, delimiter byte, limit int) []record {
	var records []record
	literal := false
	for i := from; i < len(text) && len(records) < limit; {
		r := record{begin: i}
		for {
			f := field{begin: i}
			if i < len(text) && text[i] == '"' && !literal {
				if value, end, ok := quotedField(text, i); ok {
					f.value, i = value, end
				} else {
					literal = true
				}
			}
			plain := i
			for i < len(text) && text[i] != delimiter && text[i] != '\n' && text[i] != '\r' {
				i++
			}
			f.value += text[plain:i]
			f.end = i
			r.fields = append(r.fields, f)
			if i >= len(text) || text[i] != delimiter {
				break
			}
			i++
		}
		r.end = i
		if strings.HasPrefix(text[i:], "\r\n") {
			i += 2
		} else if i < len(text) {
			i++
		}
		records = append(records, r)
	}
	return records
}

// quotedField reads from a quotation mark to its partner and gives the place after it.
func quotedField(text string, i int) (string, int, bool) {
	var b strings.Builder
	for i++; ; {
		j := strings.IndexByte(text[i:], '"')
		if j < 0 {
			return "", 0, false
		}
		b.WriteString(text[i : i+j])
		i += j + 1
		if i >= len(text) || text[i] != '"' {
			return b.String(), i, true
		}
		b.WriteByte('"')
		i++
	}
}

func quotesAll(text string, records []record) bool {
	n := 0
	for _, r := range records {
		for _, f := range r.fields {
			if f.begin == f.end {
				continue
			}
			if text[f.begin] != '"' {
				return false
			}
			n++
		}
	}
	return n > 0
}

func (t *textFile) pages() []*page {
	if t.read == nil {
		t.read = &page{}
		for _, r := range t.records {
			cells := make([]string, len(r.fields))
			for i, f := range r.fields {
				cells[i] = f.value
			}
			t.read.cells = append(t.read.cells, cells)
			t.read.width = max(t.read.width, len(cells))
		}
		t.read.tidied()
	}
	return []*page{t.read}
}

func (t *textFile) set(_ string, cells []written) {
	for _, c := range cells {
		t.writes[[2]int{c.row, c.column}] = c.text
	}
}

func (t *textFile) addSheet(string, [][]string) bool { return false }

func (t *textFile) bytes() ([]byte, error) {
	byRow := map[int][]int{}
	for at := range t.writes {
		byRow[at[0]] = append(byRow[at[0]], at[1])
	}
	var b strings.Builder
	done := 0
	for i, r := range t.records {
		columns := byRow[i+1]
		if len(columns) == 0 {
			continue
		}
		slices.Sort(columns)
		b.WriteString(t.text[done:r.begin])
		b.WriteString(t.line(i, r, columns))
		done = r.end
	}
	b.WriteString(t.text[done:])
	return t.coding.encode(b.String())
}

// line writes a record anew: its own cells as they stood, those written in their place, and cells in between that it lacked.
func (t *textFile) line(i int, r record, columns []int) string {
	var b strings.Builder
	delimiter := t.delimiter
	if delimiter == none {
		delimiter = ','
	}
	for c := 1; c <= max(len(r.fields), columns[len(columns)-1]); c++ {
		if c > 1 {
			b.WriteByte(delimiter)
		}
		if text, ok := t.writes[[2]int{i + 1, c}]; ok {
			b.WriteString(t.quote(text))
		} else if old := t.text[r.begin:r.end]; t.delimiter == none && strings.ContainsAny(old, ",\"") && old[0] != '"' {
			b.WriteString(`"` + strings.ReplaceAll(old, `"`, `""`) + `"`) // it had no second cell to be told from
		} else if c <= len(r.fields) {
			b.WriteString(t.text[r.fields[c-1].begin:r.fields[c-1].end])
		}
	}
	return b.String()
}

// quote writes a cell so that no program takes it for a formula.
func (t *textFile) quote(text string) string {
	text = Harmless(text)
	if t.quoteAll || strings.ContainsAny(text, delimiters+"\"\r\n") || strings.TrimSpace(text) != text {
		return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return text
}

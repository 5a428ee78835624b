package parse

import (
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"bytes"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"

	"gopkg.in/yaml.v3"
)

// SCH01 is the rule that everything reported here belongs to.
const SCH01 = "SCH01"

// maxNodes is how many values one file may hold once its aliases are followed: an alias bomb of nine lines has a billion.
const maxNodes = 200_000

// maxFindings is how many findings one file may add: past that, its author has one problem, not a hundred.
const maxFindings = 100

// A reader reads one file. Positions in the YAML it reads are moved by the front matter's place in the file.
type reader struct {
	file    *source.File
	kind    model.Kind
	diags   *diag.List
	lines   int // lines of the file before the YAML
	nodes   int
	reports int
	memory  *Memory
	refused []model.Refusal
	lost    []string // keys of records by id of which none could be read
	broken  bool     // nothing can be said of what the file holds
}

func (r *reader) add(at source.Span, message, hint string) {
	r.report(diag.Finding{Rule: SCH01, At: at, Message: message, Hint: hint})
}

func (r *reader) report(f diag.Finding) {
	if r.reports++; r.reports <= maxFindings {
		r.diags.Add(f)
	}
}

// document parses data as one YAML document. It gives nil, with a finding, when that cannot be done.
func (r *reader) document(data []byte) (root *yaml.Node) {
	defer func() { // the library panics on some inputs that it should refuse
		if p := recover(); p != nil {
			r.add(r.file.LineSpan(1+r.lines), "this YAML cannot be read", "take parts of it away until it can, to find the one that is wrong")
			r.broken, root = true, nil
		}
	}()
	if line := tabLine(data); line > 0 {
		r.add(r.file.LineSpan(line+r.lines), "a tab indents this line", "indent YAML with spaces")
		r.broken = true
		return nil
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc, second yaml.Node
	if err := dec.Decode(&doc); err != nil {
		if !errors.Is(err, io.EOF) {
			r.syntax(err)
			return nil
		}
		r.add(r.file.LineSpan(1+r.lines), "nothing is written here", "write its keys, or remove the file")
		r.broken = true
		return nil
	}
	if err := dec.Decode(&second); err == nil && len(second.Content) > 0 {
		r.add(r.span(second.Content[0]), "a second document begins here, which is not read", `remove the line "---" above it`)
	} else if err != nil && !errors.Is(err, io.EOF) {
		r.syntax(err)
		return nil
	}
	if len(doc.Content) == 0 {
		r.broken = true
		return nil
	}
	return doc.Content[0]
}

var syntaxError = regexp.MustCompile(`^(?:yaml: )?(?:line (\d+): )?(.*)$`)

// syntax reports what the library says of YAML that it cannot read: it names a line, never a column.
func (r *reader) syntax(err error) {
	r.broken = true
	m := syntaxError.FindStringSubmatch(strings.ReplaceAll(err.Error(), "\n", " "))
	line, _ := strconv.Atoi(m[1])
	hint := map[string]string{
		"mapping values are not allowed in this context":         `put a text that holds ": " in quotes, and align the keys of one mapping`,
		"did not find expected key":                              "align the keys of one mapping, and close every quote",
		"did not find expected '-' indicator":                    "align the items of one list",
		"could not find expected ':'":                            `write "key: value"`,
		"found character that cannot start any token":            `put a text that begins with @, %, or a backquote in quotes`,
		"found unexpected end of stream":                         "close the quote or bracket that was opened",
		"did not find expected ',' or ']'":                       `close the list with ], and put a text that holds ? or : in quotes: ["Is it?"]`,
		"did not find expected ',' or '}'":                       `close the mapping with }, and put a text that holds ? or : in quotes: {question: "Is it?"}`,
		"did not find expected node content":                     "a value is missing",
		"block sequence entries are not allowed in this context": "put the list on a line of its own, below its key",
	}[m[2]]
	r.add(r.file.LineSpan(max(line, 1)+r.lines), "this is not YAML: "+m[2], hint)
}

// tabLine gives the first line that a tab indents, counted from 1, 0 for none. A tab inside a block of text is the author's own.
func tabLine(data []byte) int {
	for i, line := range bytes.Split(data, []byte("\n")) {
		indent := line[:len(line)-len(bytes.TrimLeft(line, " \t"))]
		if bytes.IndexByte(indent, '\t') == 0 && len(bytes.TrimSpace(line)) > 0 {
			return i + 1
		}
	}
	return 0
}

// span gives the place of a scalar's text, without its quotes; of a list or mapping, its first line.
func (r *reader) span(n *yaml.Node) source.Span {
	line := n.Line + r.lines
	start := r.file.Offset(line, n.Column)
	rest := r.file.Data[start:]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	end := start + len(bytes.TrimRight(rest, " \t"))
	if n.Kind != yaml.ScalarNode {
		return r.file.Span(start, end)
	}
	switch {
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 && len(rest) > 0:
		if i := closing(rest[1:], rest[0]); i >= 0 {
			return r.file.Span(start+1, start+1+i)
		}
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
	case bytes.HasPrefix(rest, []byte(n.Value)):
		return r.file.Span(start, start+len(n.Value))
	}
	return r.file.Span(start, end)
}

// closing gives the offset of the quote that ends a quoted scalar, -1 when it is not on this line.
func closing(s []byte, quote byte) int {
	for i := 0; i < len(s); i++ {
		switch {
		case quote == '"' && s[i] == '\\':
			i++
		case s[i] == quote && quote == '\'' && i+1 < len(s) && s[i+1] == quote:
			i++
		case s[i] == quote:
			return i
		}
	}
	return -1
}

// extent gives the lines of an entry: from the one that begins with first, a key or the first key of a list's item, to the last one that
// is indented more.
func (r *reader) extent(first *yaml.Node) source.Span {
	line := first.Line + r.lines
	at := r.file.LineSpan(line)
	for next := line + 1; next <= r.file.Lines(); next++ {
		whole := r.file.Line(next)
		text := strings.TrimLeft(whole, " ")
		if strings.TrimSpace(text) == "" || strings.HasPrefix(text, "#") {
			continue
		}
		if column := len(whole) - len(text) + 1; column < first.Column || column == first.Column && first.Column == r.indentOf(line)+1 {
			break
		}
		at.End = r.file.LineSpan(next).End
	}
	return at
}

// indentOf counts the spaces that a line begins with.
func (r *reader) indentOf(line int) int {
	whole := r.file.Line(line)
	return len(whole) - len(strings.TrimLeft(whole, " "))
}

// wholeSpan gives the place of a scalar that may go over several lines: from its beginning to the last line that is indented by at
// least indent spaces.
func (r *reader) wholeSpan(n *yaml.Node, indent int) source.Span {
	at := r.span(n)
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 && (at.Text() == n.Value || at.Start+1+len(n.Value) <= at.End) {
		return at
	}
	for line := n.Line + r.lines + 1; line <= r.file.Lines(); line++ {
		whole := r.file.Line(line)
		text := strings.TrimLeft(whole, " ")
		if strings.TrimSpace(text) == "" {
			continue
		}
		if len(whole)-len(text) < indent {
			break
		}
		at.End = r.file.LineSpan(line).End
	}
	return at
}

package parse

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"candor/generator/diag"
	"candor/generator/source"

	"gopkg.in/yaml.v3"
)

// A Setting is a key of front matter and the value that it is to have.
type Setting struct {
	Key, Value string
	Quoted     bool // write it in quotes where the key is new
}

// Set gives the edits of the front matter of f that make settings true and change nothing else: a value that is there keeps its place, its
// quotes and its comment, whichever way YAML has of writing it; a key that is new goes to the end. The error says what an author has to
// write otherwise, since the value alone cannot be exchanged.
func Set(f *source.File, settings []Setting) ([]source.Edit, error) {
	r, root := readKeys(f)
	if root == nil {
		return nil, errors.New("the front matter cannot be read")
	}
	var edits []source.Edit
	var added []Setting
	for _, s := range settings {
		n := valueOf(root, s.Key)
		switch {
		case n == nil:
			added = append(added, s)
			continue
		case says(n, s.Value):
			continue
		}
		at, ok := r.written(n)
		if !ok {
			return nil, fmt.Errorf("%q is written in a way that cannot be changed in place", s.Key)
		}
		edits = append(edits, source.Edit{At: at, Text: styled(n, s)})
	}
	if len(added) > 0 {
		edits = append(edits, r.addition(root, added))
	}
	if !r.provesRight(root, settings, edits) {
		return nil, errors.New("the front matter is written in a way that cannot be changed in place")
	}
	return edits, nil
}

// readKeys reads the front matter of f alone; the node is nil when that is no mapping.
func readKeys(f *source.File) (*reader, *yaml.Node) {
	r := &reader{file: f, diags: &diag.List{}}
	root, _ := r.frontMatter()
	if root == nil || root.Kind != yaml.MappingNode || len(root.Content) == 0 {
		return r, nil
	}
	return r, root
}

// valueOf gives the value of a key, nil when there is no such key.
func valueOf(root *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Content[i].Kind == yaml.ScalarNode && root.Content[i].Value == key {
			return root.Content[i+1]
		}
	}
	return nil
}

// says reports whether a value says already what it is to say.
func says(n *yaml.Node, value string) bool {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n.Kind == yaml.ScalarNode && !isNull(n) && strings.TrimSpace(n.Value) == value
}

// written gives the place of a value as it is written, with its quotes and all its lines, but without the tag before it and the
// header of a block. It is false for what is no scalar, and for an anchor, which gives its value to other keys too.
func (r *reader) written(n *yaml.Node) (source.Span, bool) {
	if n.Kind == yaml.AliasNode {
		start := r.startOf(n)
		return r.file.Span(start, start+len("*")+len(n.Value)), true
	}
	if n.Kind != yaml.ScalarNode || n.Anchor != "" {
		return source.Span{}, false
	}
	return r.scalarSpan(n)
}

// startOf gives where a node begins, with its anchor and its tag.
func (r *reader) startOf(n *yaml.Node) int { return r.file.Offset(n.Line+r.lines, n.Column) }

// scalarSpan gives the place of a scalar as it is written, behind its anchor and its tag.
func (r *reader) scalarSpan(n *yaml.Node) (source.Span, bool) {
	data, start := r.file.Data, r.startOf(n)
	for start < len(data) && (data[start] == '!' || data[start] == '&') {
		space := bytes.IndexAny(data[start:], " \t\n")
		if space < 0 {
			return source.Span{}, false
		}
		start += space
		start += len(data[start:]) - len(bytes.TrimLeft(data[start:], " \t\n"))
	}
	if start >= len(data) && n.Value != "" {
		return source.Span{}, false
	}
	switch {
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		end := closing(data[start+1:], data[start])
		return r.file.Span(start, start+1+end+1), end >= 0
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return r.block(start)
	}
	end := start
	for _, word := range strings.FieldsFunc(n.Value, func(c rune) bool { return c == ' ' || c == '\t' || c == '\n' }) {
		end += len(data[end:]) - len(bytes.TrimLeft(data[end:], " \t\n"))
		if !bytes.HasPrefix(data[end:], []byte(word)) {
			return source.Span{}, false
		}
		end += len(word)
	}
	return r.file.Span(start, end), true
}

// block gives the place of the text of a block scalar, whose header stands at start: from its first word to its last one.
func (r *reader) block(start int) (source.Span, bool) {
	at, indent := source.Span{File: r.file}, 0
	for n := r.file.Span(start, start).Position().Line + 1; n <= r.file.Lines(); n++ {
		line := r.file.LineSpan(n)
		switch {
		case line.Text() == "":
			continue
		case indent == 0:
			at.Start, indent = line.Start, r.indentOf(n)
		case r.indentOf(n) < indent:
			return at, true
		}
		if indent == 0 {
			return at, false
		}
		at.End = line.End
	}
	return at, at.End > 0
}

// plain are texts that need no quotes, wherever in YAML they stand.
var plain = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9._+ -]|:[A-Za-z0-9])*$`)

// isWord reports whether YAML takes a text for something else than a text: nothing, true or false.
func isWord(s string) bool {
	switch strings.ToLower(s) {
	case "null", "true", "false":
		return true
	}
	return false
}

// styled writes the value of a setting as n was written: in its quotes, or plain where that can be. Where nothing was, it is new.
func styled(n *yaml.Node, s Setting) string {
	switch {
	case n.Kind == yaml.AliasNode:
		return Setting{Value: s.Value}.text()
	case n.Style&yaml.SingleQuotedStyle != 0:
		return "'" + strings.ReplaceAll(s.Value, "'", "''") + "'"
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return strconv.Quote(s.Value)
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return s.Value
	case n.Value == "": // nothing stands behind the colon
		return " " + s.text()
	case isNull(n):
		return s.text()
	}
	return Setting{Value: s.Value}.text()
}

// text gives the value of a setting as a new key has it.
func (s Setting) text() string {
	if s.Quoted || !plain.MatchString(s.Value) || isWord(s.Value) {
		return strconv.Quote(s.Value)
	}
	return s.Value
}

// addition puts new keys before the line that ends the front matter; in front matter that is one mapping in braces, behind the brace that
// opens it.
func (r *reader) addition(root *yaml.Node, added []Setting) source.Edit {
	var text strings.Builder
	if root.Style&yaml.FlowStyle != 0 {
		for _, s := range added {
			text.WriteString(s.Key + ": " + s.text() + ", ")
		}
		at := r.file.Offset(root.Line+r.lines, root.Column) + len("{")
		return source.Edit{At: r.file.Span(at, at), Text: text.String()}
	}
	indent := strings.Repeat(" ", r.indentOf(root.Content[0].Line+r.lines))
	for _, s := range added {
		text.WriteString(indent + s.Key + ": " + s.text() + "\n")
	}
	fence := r.lines + 1
	for !isFence(r.file.Line(fence)) {
		fence++
	}
	at := r.file.Offset(fence, 1)
	return source.Edit{At: r.file.Span(at, at), Text: text.String()}
}

// provesRight reads the front matter with the edits made: it has the settings, and all else is as it was.
func (r *reader) provesRight(root *yaml.Node, settings []Setting, edits []source.Edit) bool {
	data := source.Apply(r.file.Span(0, len(r.file.Data)), edits)
	_, edited := readKeys(source.NewFile(r.file.Path, data))
	if edited == nil {
		return false
	}
	isSet := func(n *yaml.Node) bool {
		return slices.ContainsFunc(settings, func(s Setting) bool { return s.Key == n.Value })
	}
	for _, s := range settings {
		if n := valueOf(edited, s.Key); n == nil || !says(n, s.Value) {
			return false
		}
	}
	kept := others(edited, isSet)
	return len(kept)+2*len(settings) == len(edited.Content) && slices.EqualFunc(others(root, isSet), kept, same)
}

// others gives the keys and values of a mapping but for those that are left out.
func others(root *yaml.Node, out func(key *yaml.Node) bool) []*yaml.Node {
	var rest []*yaml.Node
	for i := 0; i+1 < len(root.Content); i += 2 {
		if !out(root.Content[i]) {
			rest = append(rest, root.Content[i], root.Content[i+1])
		}
	}
	return rest
}

// same reports whether two nodes say the same.
func same(a, b *yaml.Node) bool {
	return a.Kind == b.Kind && a.Tag == b.Tag && a.Value == b.Value && a.Anchor == b.Anchor && slices.EqualFunc(a.Content, b.Content, same)
}

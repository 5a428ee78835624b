package parse

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"candor/generator/pattern"
	"candor/generator/source"

	"gopkg.in/yaml.v3"
)

// A placed is text that is put at one place.
type placed struct {
	at   int
	text string
}

// put notes text for a place. What is put at one place stands there in the order in which it came.
func (a *amender) put(at int, text string) { a.places = append(a.places, &placed{at, text}) }

// place makes edits of what was put, one for each place.
func (a *amender) place() {
	slices.SortStableFunc(a.places, func(x, y *placed) int { return cmp.Compare(x.at, y.at) })
	for i := 0; i < len(a.places); {
		at, text := a.places[i].at, ""
		for ; i < len(a.places) && a.places[i].at == at; i++ {
			text += a.places[i].text
		}
		if at == len(a.file.Data) && at > 0 && a.file.Data[at-1] != '\n' && strings.HasSuffix(text, "\n") { // the last line has no end
			text = "\n" + strings.TrimSuffix(text, "\n")
		}
		a.edits = append(a.edits, source.Edit{At: a.file.Span(at, at), Text: text})
	}
}

// add works out where an addition is written.
func (a *amender) add(addition Addition) error {
	m := a.record(addition.To)
	at := addition.To
	if at.IsZero() {
		at = a.file.LineSpan(1)
	}
	for depth, key := range addition.Path {
		switch {
		case m == nil || m.Kind == yaml.AliasNode || m.Anchor != "":
			return &Stuck{at, "this is shared by an anchor (& and *), so it cannot be added to here"}
		case m.Kind != yaml.MappingNode || len(m.Content) == 0:
			return &Stuck{at, "this is no mapping, so it cannot be added to"}
		case a.fresh[m] != nil:
			a.moreKeys(m, key, addition.Items)
			return nil
		}
		rest := addition.Path[depth:]
		k, v := entryOf(m, key)
		if v == nil || v.Kind == yaml.ScalarNode && isNull(v) && v.Value == "" && v.Anchor == "" {
			var after []string
			if depth == 0 {
				after = addition.After
			}
			return a.newKey(m, k, v, rest, after, addition.Items)
		}
		at = a.span(k)
		m = v
	}
	switch {
	case m.Kind == yaml.AliasNode || m.Anchor != "":
		return &Stuck{at, fmt.Sprintf("%q is shared by an anchor (& and *), so it cannot be added to here", addition.Path[len(addition.Path)-1])}
	case m.Kind != yaml.SequenceNode:
		return &Stuck{at, fmt.Sprintf("%q is no list, so it cannot be added to", addition.Path[len(addition.Path)-1])}
	case m.Style&yaml.FlowStyle != 0:
		return a.moreInBrackets(m, addition.Items)
	}
	return a.moreInLines(m, addition.Items)
}

func entryOf(m *yaml.Node, key string) (k, v *yaml.Node) {
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Kind == yaml.ScalarNode && m.Content[i].Value == key {
			return m.Content[i], m.Content[i+1]
		}
	}
	return nil, nil
}

// list makes the node that a list of texts is read as.
func list(items []string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	for _, item := range items {
		n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: item})
	}
	return n
}

// newKey writes a key that is new, or that has no value yet, with a list of items; of a path of two, the second within the first.
func (a *amender) newKey(m, k, v *yaml.Node, path, after []string, items []string) error {
	value := list(items)
	inLines := len(path) == 1 && m.Style&yaml.FlowStyle == 0 && slices.ContainsFunc(items, func(item string) bool { return !short.MatchString(item) })
	text := inBrackets(items)
	if len(path) == 2 {
		text = "{" + keyText(path[1]) + ": " + text + "}"
		value = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{{Kind: yaml.ScalarNode, Tag: "!!str", Value: path[1]}, value}}
	}
	if k != nil { // it has no value yet
		*v = *value
		value = v
	}
	var err error
	if k != nil {
		err = a.firstValue(k, inLines, text, items)
	} else {
		err = a.newEntry(m, path[0], value, after, inLines, text, items)
	}
	if err == nil {
		a.fresh[value] = &a.places[len(a.places)-1].text
	}
	return err
}

// newEntry writes a key that is new with its value: behind the last of the keys in after that is there, else behind the last one.
func (a *amender) newEntry(m *yaml.Node, name string, value *yaml.Node, after []string, inLines bool, text string, items []string) error {
	last := 0 // of the entry behind which it is written
	for i := 0; i+1 < len(m.Content); i += 2 {
		if len(after) == 0 || slices.Contains(after, m.Content[i].Value) {
			last = i
		}
	}
	if m.Style&yaml.FlowStyle != 0 {
		end, ok := a.endOf(m.Content[last+1])
		if !ok {
			return &Stuck{a.span(m.Content[last]), "this is written in a way that cannot be added to"}
		}
		a.put(end, ", "+keyText(name)+": "+text)
	} else {
		indent := strings.Repeat(" ", m.Content[last].Column-1)
		if inLines {
			text = "\n" + a.inLines(indent+"  - ", "", items)
		} else {
			text = " " + text + "\n"
		}
		a.put(a.behind(m.Content[last], m.Content[last+1]), indent+keyText(name)+":"+text)
	}
	key := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: name}
	m.Content = slices.Insert(m.Content, last+2, key, value)
	return nil
}

// moreKeys adds a key to a mapping that is new itself.
func (a *amender) moreKeys(m *yaml.Node, key string, items []string) {
	text := a.fresh[m]
	end := strings.LastIndexByte(*text, '}')
	*text = (*text)[:end] + ", " + keyText(key) + ": " + inBrackets(items) + (*text)[end:]
	m.Content = append(m.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: key}, list(items))
}

// firstValue writes a list behind a key that has no value yet.
func (a *amender) firstValue(k *yaml.Node, inLines bool, text string, items []string) error {
	if inLines {
		a.put(a.file.Offset(k.Line+a.lines+1, 1), a.inLines(strings.Repeat(" ", k.Column+1)+"- ", "", items))
		return nil
	}
	at, ok := a.scalarSpan(k)
	if !ok || at.End >= len(a.file.Data) || a.file.Data[at.End] != ':' {
		return &Stuck{a.span(k), "this is written in a way that cannot be added to"}
	}
	a.put(at.End+1, " "+text)
	return nil
}

// moreInLines adds items to a list that has a line for each, with its dash.
func (a *amender) moreInLines(n *yaml.Node, items []string) error {
	last := n.Content[len(n.Content)-1]
	line := n.Line + a.lines
	dash := a.file.Offset(line, n.Column)
	if dash >= len(a.file.Data) || a.file.Data[dash] != '-' {
		return &Stuck{a.span(n), "this list is written in a way that cannot be added to"}
	}
	gap := " "
	if own := a.file.Offset(last.Line+a.lines, n.Column); own < a.startOf(last) && a.file.Data[own] == '-' { // the last dash, with its item beside it
		gap = string(a.file.Data[own+1 : a.startOf(last)])
	}
	quote := ""
	if last.Kind == yaml.ScalarNode {
		quote = quoteOf(last)
	}
	dashes := &yaml.Node{Line: n.Line, Column: n.Column}
	a.put(a.behind(dashes, last), a.inLines(strings.Repeat(" ", n.Column-1)+"-"+gap, quote, items))
	n.Content = append(n.Content, list(items).Content...)
	return nil
}

func quoteOf(n *yaml.Node) string {
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return `"`
	case n.Style&yaml.SingleQuotedStyle != 0:
		return "'"
	}
	return ""
}

// inLines writes items one a line.
func (a *amender) inLines(before, quote string, items []string) string {
	var text strings.Builder
	for _, item := range items {
		text.WriteString(before + itemText(item, quote, "- ", "") + "\n")
	}
	return text.String()
}

// behind gives where the line begins that follows an entry: a key or a dash, and its value.
func (a *amender) behind(entry, value *yaml.Node) int {
	last := max(entry.Line, lastLine(value))
	leaf := value
	for len(leaf.Content) > 0 {
		leaf = leaf.Content[len(leaf.Content)-1]
	}
	kept := leaf.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 && strings.HasSuffix(leaf.Value, "\n\n") // its last lines are blank, and count
	if end, ok := a.endOf(value); ok {
		last = max(last, a.file.Span(end, end).Position().Line-a.lines)
	}
	end := last
	for line := last + 1; line+a.lines <= a.file.Lines(); line++ {
		text := a.file.Line(line + a.lines)
		switch {
		case strings.TrimSpace(text) == "":
			if kept && line+a.lines < a.file.Lines() {
				end = line
			}
			continue
		case a.indentOf(line+a.lines) < entry.Column || a.inFrontMatter() && isFence(text):
			return a.file.Offset(end+a.lines+1, 1)
		}
		end = line
	}
	return a.file.Offset(end+a.lines+1, 1)
}

func (a *amender) inFrontMatter() bool { return a.lines > 0 }

// moreInBrackets adds items to a list in brackets, which may go over several lines.
func (a *amender) moreInBrackets(n *yaml.Node, items []string) error {
	open := a.startOf(n)
	stuck := &Stuck{a.span(n), "this list is written in a way that cannot be added to"}
	if open >= len(a.file.Data) || a.file.Data[open] != '[' {
		return stuck
	}
	defer func() { n.Content = append(n.Content, list(items).Content...) }()
	if len(n.Content) == 0 {
		a.put(open+1, strings.Trim(inBrackets(items), "[]"))
		return nil
	}
	last := n.Content[len(n.Content)-1]
	end, ok := a.endOf(last)
	if !ok {
		return stuck
	}
	quote := ""
	if last.Kind == yaml.ScalarNode {
		quote = quoteOf(last)
	}
	var texts []string
	for _, item := range items {
		texts = append(texts, itemText(item, quote, "[", "]"))
	}
	line := last.Line + a.lines
	alone := strings.Repeat(" ", a.indentOf(line))
	if a.file.Offset(line, 1)+len(alone) != a.startOf(last) { // it has no line of its own
		a.put(end, ", "+strings.Join(texts, ", "))
		return nil
	}
	next := a.file.Offset(a.file.Span(end, end).Position().Line+1, 1)
	if bytes.IndexByte(a.file.Data[end:next], ']') >= 0 { // the bracket stands behind the item
		a.put(end, ", "+strings.Join(texts, ", "))
		return nil
	}
	comma := ""
	if rest := bytes.TrimLeft(a.file.Data[end:], " \t"); bytes.HasPrefix(rest, []byte(",")) {
		comma = ","
	} else {
		a.put(end, ",")
	}
	a.put(next, alone+strings.Join(texts, ",\n"+alone)+comma+"\n")
	return nil
}

// endOf gives where a value ends that is written in one piece: a scalar that is no block, or what stands in brackets.
func (a *amender) endOf(n *yaml.Node) (int, bool) {
	data := a.file.Data
	switch n.Kind {
	case yaml.AliasNode:
		return a.startOf(n) + len("*") + len(n.Value), true
	case yaml.ScalarNode:
		if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 || isNull(n) && n.Value == "" {
			return 0, false
		}
		at, ok := a.scalarSpan(n)
		return at.End, ok
	}
	at := a.startOf(n)
	if n.Style&yaml.FlowStyle == 0 || n.Anchor != "" || at >= len(data) || data[at] != '[' && data[at] != '{' {
		return 0, false
	}
	closes := map[byte]byte{'[': ']', '{': '}'}[data[at]]
	at++
	for _, c := range n.Content {
		if c.Kind == yaml.ScalarNode && isNull(c) && c.Value == "" {
			continue
		}
		end, ok := a.endOf(c)
		if !ok {
			return 0, false
		}
		at = end
	}
	for at < len(data) && data[at] != closes {
		switch data[at] {
		case '#':
			if at = a.file.Offset(a.file.Span(at, at).Position().Line+1, 1); at == len(data) {
				return 0, false
			}
		case ' ', '\t', '\n', ',', ':', '?':
			at++
		default:
			return 0, false
		}
	}
	return at + 1, at < len(data)
}

var (
	short     = pattern.Of(`^[A-Za-z0-9][A-Za-z0-9._-]*$`) // an id: several fit on a line
	loose     = pattern.Of(`^[\p{L}\p{N}(][^\x00-\x1f]*$`) // may be plain, if it is read as the same
	unquoted  = pattern.Of(`^[a-z0-9]+([-._][a-z0-9]+)*$`)
	inBracket = `,[]{}?:"'#&*!|>%@` + "`"
)

// itemText writes a text as an item: in the quotes of its neighbour, or plain where every reader of YAML takes that for the same text.
func itemText(item, quote, before, behind string) string {
	switch {
	case quote == "'" && !strings.ContainsFunc(item, func(c rune) bool { return c < ' ' || c == 0x7f || c == '\u0085' || c == '\u2028' || c == '\u2029' }):
		return "'" + strings.ReplaceAll(item, "'", "''") + "'"
	case quote == "" && loose.MatchString(item) && !(behind != "" && strings.ContainsAny(item, inBracket)) && readsAs(before+item+behind, item):
		return item
	}
	return quoted(item)
}

// readsAs reports whether a list of one item is read as that text.
func readsAs(text, item string) bool {
	var n yaml.Node
	if err := yaml.Unmarshal([]byte(text), &n); err != nil || len(n.Content) != 1 || n.Content[0].Kind != yaml.SequenceNode || len(n.Content[0].Content) != 1 {
		return false
	}
	one := n.Content[0].Content[0]
	return one.Kind == yaml.ScalarNode && one.Tag == "!!str" && one.Value == item
}

// inBrackets writes a list on one line.
func inBrackets(items []string) string {
	var texts []string
	for _, item := range items {
		texts = append(texts, itemText(item, "", "[", "]"))
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

func quoted(text string) string { return strconv.Quote(text) }

func keyText(key string) string {
	if unquoted.MatchString(key) && readsAs("["+key+"]", key) {
		return key
	}
	return quoted(key)
}

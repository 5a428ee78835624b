package parse

import (
	"fmt"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/source"

	"gopkg.in/yaml.v3"
)

// A Replacement gives a part of a value, or of a key, other words. The value that several keys have by an anchor (& and *) is replaced as often as it is
// used, or not at all.
type Replacement struct {
	At         source.Span // where the value begins, as the model has it
	Start, End int         // the bytes of the value that are replaced, as the model has it
	Text       string      // of one line
}

// An Addition gives a record items more of a list.
type Addition struct {
	To    source.Span // the record's id, where it stands; zero for the record that the file is
	Path  []string    // the keys from the record to the list: also_asked; frameworks and caiq-4.0
	Items []string    // of one line each
	After []string    // keys of the record: behind the last of them that is there the first key of Path is written, where that is new
}

// A Stuck says what of a file cannot be changed in place.
type Stuck struct {
	At  source.Span
	Why string // a phrase in lower case
}

// Error gives the place and the reason.
func (s *Stuck) Error() string {
	p := s.At.Position()
	return fmt.Sprintf("%s:%d: %s", p.Path, p.Line, s.Why)
}

// Amend gives the edits of the YAML of f, or of its front matter, that make replacements and additions true and change nothing else: comments,
// order, indentation, quotes and the notation of lists stay, and what is added is written as its neighbours are. The edits are proved right by
// reading the file with them. The error is a Stuck.
func Amend(f *source.File, replaced []Replacement, added []Addition) ([]source.Edit, error) {
	r, root := readWhole(f)
	if root == nil {
		return nil, &Stuck{f.LineSpan(1), "this file cannot be read"}
	}
	a := &amender{reader: r, root: root, at: map[int]*yaml.Node{}, within: map[*yaml.Node]*yaml.Node{}, aliases: map[*yaml.Node]int{}, fresh: map[*yaml.Node]*string{}}
	a.survey(root)
	if err := a.replaceAll(replaced); err != nil {
		return nil, err
	}
	for _, addition := range added {
		if err := a.add(addition); err != nil {
			return nil, err
		}
	}
	a.place()
	edits := source.Sorted(a.edits)
	_, edited := readWhole(source.NewFile(f.Path, source.Apply(f.Span(0, len(f.Data)), edits)))
	if edited == nil || !a.isAsMeant(root, edited) {
		at := f.LineSpan(1)
		if len(edits) > 0 {
			at = edits[0].At
		}
		return nil, &Stuck{at, "this is written in a way that cannot be changed in place"}
	}
	return edits, nil
}

// readWhole reads the YAML of a file, or its front matter; the node is nil when that cannot be done.
func readWhole(f *source.File) (*reader, *yaml.Node) {
	r := &reader{file: f, diags: &diag.List{}}
	if shape, ok := ShapeOf(f.Path); ok && shape.FrontMatter {
		root, _ := r.frontMatter()
		return r, root
	}
	root := r.document(f.Data)
	if r.broken {
		return r, nil
	}
	return r, root
}

// An amender works out edits, and makes of the nodes what the file is to say afterwards.
type amender struct {
	*reader
	root    *yaml.Node
	at      map[int]*yaml.Node        // scalars that say something, by the place that the model gives them
	within  map[*yaml.Node]*yaml.Node // the mapping or list that a node stands in
	aliases map[*yaml.Node]int        // how often else a node with an anchor is used
	fresh   map[*yaml.Node]*string    // the text of mappings that were not there before
	places  []*placed
	edits   []source.Edit
}

func (a *amender) survey(n *yaml.Node) {
	if n.Kind == yaml.AliasNode {
		a.aliases[n.Alias]++
		return
	}
	if n.Kind == yaml.ScalarNode && !isNull(n) {
		a.at[a.span(n).Start] = n
	}
	for _, c := range n.Content {
		a.within[c] = n
		a.survey(c)
	}
}

// replaceAll makes the replacements, those of one value in one go.
func (a *amender) replaceAll(all []Replacement) error {
	byNode := map[*yaml.Node][]Replacement{}
	var nodes []*yaml.Node
	for _, c := range all {
		n := a.at[c.At.Start]
		if n == nil || c.Start < 0 || c.End > len(strings.TrimSpace(n.Value)) || c.Start > c.End {
			return &Stuck{c.At, "this is written in a way that cannot be changed in place"}
		}
		if byNode[n] == nil {
			nodes = append(nodes, n)
		}
		byNode[n] = append(byNode[n], c)
	}
	for _, n := range nodes {
		if err := a.replace(n, byNode[n]); err != nil {
			return err
		}
	}
	return nil
}

func (a *amender) replace(n *yaml.Node, parts []Replacement) error {
	slices.SortFunc(parts, func(x, y Replacement) int { return x.Start - y.Start })
	once := slices.CompactFunc(slices.Clone(parts), func(x, y Replacement) bool { return x.Start == y.Start })
	if n.Anchor != "" && len(parts) != len(once)*(1+a.aliases[n]) {
		return &Stuck{a.span(n), fmt.Sprintf("the anchor &%s gives this value to others as well", n.Anchor)}
	}
	whole, ok := a.scalarSpan(n)
	if !ok {
		return &Stuck{a.span(n), "this is written in a way that cannot be changed in place"}
	}
	lead := len(n.Value) - len(strings.TrimLeft(n.Value, " \t\n"))
	value := n.Value
	raw := whole.Text()
	for _, part := range slices.Backward(once) {
		start, end := lead+part.Start, lead+part.End
		piece := n.Value[start:end]
		before, written := occurrences(n.Value, piece), occurrences(raw, piece)
		if len(before) != len(written) {
			return &Stuck{a.span(n), "this is written in a way that cannot be changed in place"}
		}
		from := whole.Start + written[slices.Index(before, start)]
		a.edits = append(a.edits, source.Edit{At: a.file.Span(from, from+len(piece)), Text: part.Text})
		value = value[:start] + part.Text + value[end:]
	}
	if n.Style == 0 && isWord(value) { // plain, it would be none
		a.edits = a.edits[:len(a.edits)-len(once)]
		a.edits = append(a.edits, source.Edit{At: whole, Text: `"` + value + `"`})
	}
	n.Value, n.Tag = value, anyTag
	return nil
}

// occurrences gives where a piece stands in a text, overlapping ones too.
func occurrences(s, piece string) []int {
	var all []int
	for from := 0; ; {
		i := strings.Index(s[from:], piece)
		if i < 0 {
			return all
		}
		all = append(all, from+i)
		from += i + 1
	}
}

// anyTag is the tag of a node that is meant to be read as whatever text its author writes.
const anyTag = "any"

// isAsMeant reports whether what was read says what was meant.
func (a *amender) isAsMeant(meant, got *yaml.Node) bool {
	tag := meant.Tag == got.Tag || meant.Tag == anyTag && !isNull(got) && got.Tag != "!!bool"
	return meant.Kind == got.Kind && tag && meant.Value == got.Value && meant.Anchor == got.Anchor && slices.EqualFunc(meant.Content, got.Content, a.isAsMeant)
}

// record gives the mapping that a record is.
func (a *amender) record(to source.Span) *yaml.Node {
	if to.IsZero() {
		return a.root
	}
	n := a.at[to.Start]
	in := a.within[n]
	if n == nil || in == nil || in.Kind != yaml.MappingNode {
		return nil
	}
	if i := slices.Index(in.Content, n); i%2 == 0 { // a key
		return in.Content[i+1]
	}
	return in
}

package notice

import (
	"fmt"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/disclosure"
)

// The measures of the plain text, in columns.
const (
	textWidth = 72
	textWords = 20 // of what a fact is called
)

// Text gives the notice as plain text in lines of at most 72 columns, but for words and addresses that are longer by themselves. Its lines end in \n.
func (n *Notice) Text() string {
	var t textWriter
	t.paragraph("", n.opening())
	t.paragraph("", "In short:")
	for _, c := range n.Changes {
		t.hang("- ", "  ", c.inShort())
	}
	for i, c := range n.Changes {
		t.blank()
		t.blank()
		heading := n.numbered(i)
		t.hang("", strings.Repeat(" ", len(heading)-len(c.Headline)), heading)
		t.WriteString(strings.Repeat("-", min(textWidth, diag.Columns(heading))) + "\n")
		t.change(c)
	}
	t.blank()
	t.blank()
	for _, p := range n.closing() {
		t.paragraph("", p)
	}
	return strings.TrimRight(t.String(), "\n") + "\n"
}

// numbered gives the headline of a change with its number, where there are several.
func (n *Notice) numbered(i int) string {
	if len(n.Changes) == 1 {
		return n.Changes[i].Headline
	}
	return fmt.Sprintf("%d. %s", i+1, n.Changes[i].Headline)
}

// opening says who writes, and what about.
func (n *Notice) opening() string {
	what := "a change to the sub-processors"
	if len(n.Changes) > 1 {
		what = fmt.Sprintf("%d changes to the sub-processors", len(n.Changes))
	}
	product := ""
	if n.Product != "" {
		product = " for " + n.Product
	}
	return fmt.Sprintf("%s gives you notice of %s that it uses%s, as Article 28(2) of the GDPR and our data processing agreement with you provide.", n.Company, what, product)
}

// inShort gives a change in a sentence or three, for the summary.
func (c Change) inShort() string {
	s := stop(c.Headline)
	if !c.Everybody {
		s += " " + stop("It concerns "+c.Concerns)
	}
	if c.ObjectUntil != "" {
		s += " You may object until " + c.ObjectUntil.Long() + "."
	}
	return s
}

// stop ends a sentence, unless it is ended.
func stop(s string) string {
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "…") || strings.HasSuffix(s, "。") {
		return s
	}
	return s + "."
}

// terms give why a vendor changes, for whom, in whose place, from when, and until when one may object.
func (c Change) terms() []Fact {
	var all []Fact
	add := func(words, value string) {
		if value != "" {
			all = append(all, Fact{words, []string{value}})
		}
	}
	add("Why", c.Why)
	add("About it", c.About)
	if c.What != Leaving || !c.Everybody {
		add("Concerns", c.Concerns)
	}
	for _, r := range c.Replaces {
		add("In the place of", r.Name+behind(", which receives no data as of ", r.Until.Long()))
	}
	if c.ReplacedBy != nil {
		add("In its place", c.ReplacedBy.Name)
	}
	switch c.What {
	case Leaving:
		add("No data as of", c.Effective.Long())
	case Reworded:
	default:
		add("Takes effect", c.Effective.Long())
	}
	add("Object until", c.ObjectUntil.Long())
	return all
}

// The headings above what differs of a vendor, and above what is told of it below that.
const (
	differing = "What changes"
	becoming  = "As it will be"
)

// closing says how to object, or that there is nothing to do, and where the list is.
func (n *Notice) closing() []string {
	list := "All sub-processors: " + n.List
	if !n.MayObject() {
		return []string{"You need not do anything.", list}
	}
	where := "Write to " + n.Contact
	if n.Contact == "" {
		where = "Write to us"
	} else if isWeb(n.Contact) {
		where = "Go to " + n.Contact
	}
	day := "until the day that is given for each change"
	if slices.ContainsFunc(n.Changes, func(c Change) bool { return c.mayObject() && c.ObjectUntil == "" }) {
		day = "before the change takes effect"
	} else if len(n.Changes) == 1 {
		day = "until " + n.Changes[0].ObjectUntil.Long()
	}
	return []string{"How to object: " + where + " " + day + ". Name the sub-processor, and say on what grounds you object. What follows then is in our data processing agreement with you. If you agree, you need not do anything.", list}
}

func isWeb(contact string) bool {
	return strings.HasPrefix(contact, "https://") || strings.HasPrefix(contact, "http://")
}

type textWriter struct{ strings.Builder }

func (t *textWriter) blank() { t.WriteByte('\n') }

// change writes what is told of one vendor: of one that was there before first what differs.
func (t *textWriter) change(c Change) {
	for _, f := range c.terms() {
		t.row(f.Words, f.Values...)
	}
	if len(c.Fields) > 0 {
		t.WriteString("\n" + differing + ":\n")
	}
	for _, f := range c.Fields {
		t.hang("  ", "    ", f.Words)
		for _, side := range sides(f) {
			for _, v := range side.Values {
				t.hang("    "+pad(side.Words+":", 11), strings.Repeat(" ", 15), v)
			}
		}
	}
	if len(c.Fields) > 0 {
		t.WriteString("\n" + becoming + ":\n")
	}
	for _, f := range c.Facts {
		t.row(f.Words, f.Values...)
	}
	if c.Address != "" || c.Update != "" {
		t.blank()
	}
	t.row("More about it", c.Address)
	t.row("Announcement", c.Update)
}

// sides gives what a field was and what it is. Of one side that is empty, it is said.
func sides(f disclosure.Field) []Fact {
	if len(f.Gone) > 0 || len(f.New) > 0 {
		var all []Fact
		if len(f.Gone) > 0 {
			all = append(all, Fact{"No longer", f.Gone})
		}
		if len(f.New) > 0 {
			all = append(all, Fact{"New", f.New})
		}
		return all
	}
	said := func(s string) []string {
		if s == "" {
			return []string{"(nothing was said)"}
		}
		return []string{s}
	}
	return []Fact{{"Before", said(f.Before)}, {"Now", said(f.After)}}
}

// row writes a fact, its values below each other.
func (t *textWriter) row(words string, values ...string) {
	for i, v := range values {
		if v == "" {
			continue
		}
		if i > 0 {
			words = ""
		}
		t.hang(pad(words, textWords), strings.Repeat(" ", textWords), v)
	}
}

func pad(s string, columns int) string {
	return s + strings.Repeat(" ", max(1, columns-diag.Columns(s)))
}

func (t *textWriter) paragraph(indent, text string) {
	t.hang(indent, indent, text)
	t.blank()
}

// hang writes a text in lines, the first behind one indent, the others behind another. A word that is too long for a line is broken between letters of
// scripts that put no spaces, and stands as it is in others: an address that is broken leads nowhere.
func (t *textWriter) hang(first, rest, text string) {
	t.WriteString(first)
	at, begun := diag.Columns(first), false
	for _, word := range strings.Fields(text) {
		for _, piece := range pieces(word, textWidth-diag.Columns(rest)) {
			n := diag.Columns(piece)
			glued := begun && piece != word && !strings.HasPrefix(word, piece)
			switch {
			case begun && at+n+1 > textWidth || glued && at+n > textWidth:
				t.WriteString("\n" + rest)
				at = diag.Columns(rest)
			case begun && !glued:
				t.WriteByte(' ')
				at++
			}
			t.WriteString(piece)
			at, begun = at+n, true
		}
	}
	t.WriteByte('\n')
}

// pieces cuts a word that is wider than a line where each of its letters takes two columns, as Chinese and Japanese are written.
func pieces(word string, limit int) []string {
	if diag.Columns(word) <= limit || strings.Contains(word, "://") {
		return []string{word}
	}
	var all []string
	var b strings.Builder
	wide := 0
	for _, r := range word {
		n := diag.Columns(string(r))
		if n == 2 && wide+n > limit {
			all = append(all, b.String())
			b.Reset()
			wide = 0
		}
		b.WriteRune(r)
		wide += n
	}
	return append(all, b.String())
}

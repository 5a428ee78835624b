package compare

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxComment is how many characters a comment on GitHub may have. GitLab takes more.
const MaxComment = 65_536

// Marker stands in the first line of the Markdown, where no reader sees it: a pipeline that finds a comment with it writes that one anew and adds no second.
const Marker = "<!-- candor diff -->"

// WriteMarkdown writes a report as a comment for a pull request: the summary, notices and facts open, pages and files folded. No text of a site becomes markup, a
// mention or a link. What does not fit into most characters is left out, which is said; 0 is for MaxComment.
func (r *Report) WriteMarkdown(w io.Writer, most int) error {
	if most <= 0 {
		most = MaxComment
	}
	c := &comment{room: most - tailRoom}
	c.put(Marker + "\n**" + escaped(capital(r.Summary)) + "**\n")
	for _, n := range r.Notes {
		c.put("\n_" + escaped(n) + "_\n")
	}
	c.notices(r)
	c.facts(r)
	c.pages(r)
	c.files(r)
	if c.left > 0 {
		c.b.WriteString(fmt.Sprintf("\n_%s left out, since a comment holds no more than %d characters; `candor diff --all` shows everything._\n", wereLeft(c.left), most))
	}
	if _, err := io.WriteString(w, c.b.String()); err != nil {
		return fmt.Errorf("write the comparison: %w", err)
	}
	return nil
}

func wereLeft(n int) string {
	if n == 1 {
		return "1 entry was"
	}
	return fmt.Sprintf("%d entries were", n)
}

// tailRoom is kept for saying what was left out, and for closing what is folded.
const tailRoom = 400

// A comment is Markdown of a limited length.
type comment struct {
	b    strings.Builder
	room int // characters that are left
	left int // entries that found no room
}

// put adds an entry as a whole, or leaves it out.
func (c *comment) put(entry string) bool {
	n := utf8.RuneCountInString(entry)
	if n > c.room {
		c.left++
		return false
	}
	c.room -= n
	c.b.WriteString(entry)
	return true
}

// folded adds entries that are shown when the line above them is opened. The line is the program's own words.
func (c *comment) folded(title string, entries []string) {
	if len(entries) == 0 {
		return
	}
	if !c.put("\n<details><summary>" + title + "</summary>\n\n") {
		c.left += len(entries) - 1
		return
	}
	for _, e := range entries {
		c.put(e)
	}
	c.b.WriteString("\n</details>\n") // for which tailRoom is kept
}

func (c *comment) notices(r *Report) {
	if len(r.Notices) == 0 {
		return
	}
	c.put("\n### Notices due\n\n")
	for _, n := range r.Notices {
		entry := "- **" + escaped(n.Headline) + "**\n"
		for _, d := range n.details() {
			entry += "  - " + escaped(d) + "\n"
		}
		c.put(entry)
	}
}

func (c *comment) facts(r *Report) {
	for _, k := range r.kinds() {
		var entries []string
		open := 0
		for _, one := range r.Facts {
			if one.Kind != k {
				continue
			}
			open++
			entry := fmt.Sprintf("- %s **%s**%s\n", one.What, escaped(one.Name), escaped(one.known()))
			for _, f := range one.Fields {
				entry += "  - " + factMarkdown(fieldLine(f)) + "\n"
			}
			entries = append(entries, entry)
		}
		c.folded(capital(counted(open, spoken(k))), entries)
	}
}

// factMarkdown writes the line of a fact; it may be as long as a comment, so that no value makes it fall out whole.
func factMarkdown(line string) string { return escaped(shortened(line, 1200)) }

func (c *comment) pages(r *Report) {
	var entries []string
	for _, p := range r.Pages {
		entry := fmt.Sprintf("- %s %s %s%s\n", p.What, code(p.Address), escaped(shortened(p.Title, maxValue)), escaped(p.fate()+p.elsewhere()))
		for n, ch := range p.Changes {
			if n == Terminal.Changes {
				entry += "  - and " + counted(len(p.Changes)-n, "change") + " more\n"
				break
			}
			entry += "  - " + ch.markdown() + "\n"
		}
		entries = append(entries, entry)
	}
	c.folded(capital(counted(len(r.Pages), "page")), entries)
}

func (ch Change) markdown() string {
	var parts []string
	for _, p := range ch.Pieces {
		text := escaped(shortened(p.Text, maxValue))
		switch p.Op {
		case Gone:
			text = "<del>" + text + "</del>"
		case New:
			text = "<ins>" + text + "</ins>"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " ")
}

func (c *comment) files(r *Report) {
	var entries []string
	for _, f := range r.Files {
		entries = append(entries, fmt.Sprintf("- %s %s\n", f.What, code(visible(f.Path))))
	}
	c.folded(capital(counted(len(r.Files), "other file")), entries)
	if n := len(r.Markup); n > 0 && len(r.Pages)+len(r.Facts)+len(r.Files) > 0 {
		c.put(fmt.Sprintf("\n%s written otherwise, and read the same.\n", capital(counted(n, "page"))))
	}
	if r.Sealed != (Sealed{}) {
		c.put(fmt.Sprintf("\nSealed pages: %d added, %d changed, %d removed.\n", r.Sealed.Added, r.Sealed.Changed, r.Sealed.Removed))
	}
}

// apart is put between a character and what follows it where the two together would call somebody or name an issue. It has no width and is no space.
const apart = "\u2060"

// callers are characters by which hosts of code find mentions and references in the text that is shown: @name, #1, !1, $1, %1, &1, ~label, ^alert.
const callers = "@#!$%&~^"

// escaped gives a text that Markdown shows as it is: nothing of it is markup, HTML, a link, a mention, a reference to an issue or an emoji.
func escaped(s string) string {
	var b strings.Builder
	runes := []rune(s)
	for i, r := range runes {
		b.WriteString(escapedRune(runes, i))
		if strings.ContainsRune(callers, r) && i+1 < len(runes) && (unicode.IsLetter(runes[i+1]) || unicode.IsDigit(runes[i+1]) || runes[i+1] == '"') {
			b.WriteString(apart)
		}
	}
	return b.String()
}

// escapedRune gives one letter of a text. Marks of lists count at the beginning alone, and those of addresses beside other letters, so that most of a text stays
// readable as it is written.
func escapedRune(runes []rune, i int) string {
	r := runes[i]
	switch {
	case r == '<':
		return "&lt;"
	case r == '>':
		return "&gt;"
	case r == '&':
		return "&amp;"
	case r < ' ':
		return " "
	case strings.ContainsRune("\\`*_[]~#!$@", r),
		(r == '-' || r == '+' || r == '=') && (i == 0 || runes[i-1] == r),
		(r == '.' || r == ')') && isNumber(runes[:i]),
		r == '.' && (runes[i-1] == 'w' || runes[i-1] == 'W'),
		r == ':' && i+1 < len(runes) && runes[i+1] != ' ':
		return "\\" + string(r)
	}
	return string(r)
}

// isNumber reports whether a text is digits alone, so that a dot behind it begins a list; at the very beginning a dot is escaped too, which harms nothing.
func isNumber(runes []rune) bool {
	return !slices.ContainsFunc(runes, func(r rune) bool { return r < '0' || r > '9' })
}

// code gives a text as code, whatever stands in it.
func code(s string) string {
	ticks := "`"
	for strings.Contains(s, ticks) {
		ticks += "`"
	}
	if len(ticks) > 1 {
		return ticks + " " + s + " " + ticks
	}
	return ticks + s + ticks
}

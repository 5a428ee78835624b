package amend

import (
	"fmt"
	"slices"
	"strings"

	"candor/generator/source"
)

// A block is a run of lines that a change touches.
type block struct {
	first         int      // its first line, from 1
	before, after []string // its lines, each with its end
}

// blocks gives what a change touches, in order. Lines at either end of a block that stay as they are are left out of it. It is told from the edits: nothing is
// guessed, as it is where two texts are compared.
func (c *Change) blocks() []block {
	f, edits := c.File, c.Edits
	var all []block
	for i := 0; i < len(edits); {
		begin, first := i, edits[i].At.Position().Line
		last := f.Span(edits[i].At.End, edits[i].At.End).Position().Line
		for i++; i < len(edits) && edits[i].At.Position().Line <= last; i++ {
			last = f.Span(edits[i].At.End, edits[i].At.End).Position().Line
		}
		whole := f.Span(f.Offset(first, 1), f.Offset(last+1, 1))
		b := block{first: first, before: linesOf(whole.Text()), after: linesOf(string(source.Apply(whole, edits[begin:i])))}
		for len(b.before) > 0 && len(b.after) > 0 && b.before[len(b.before)-1] == b.after[len(b.after)-1] {
			b.before, b.after = b.before[:len(b.before)-1], b.after[:len(b.after)-1]
		}
		for len(b.before) > 0 && len(b.after) > 0 && b.before[0] == b.after[0] {
			b.before, b.after, b.first = b.before[1:], b.after[1:], b.first+1
		}
		if len(b.before)+len(b.after) > 0 {
			all = append(all, b)
		}
	}
	return all
}

// Lines gives the lines of a file that a change touches, as they were and as they become: "- " or "+ ", and the line.
func (c *Change) Lines() []string {
	var lines []string
	for _, b := range c.blocks() {
		for _, line := range b.before {
			lines = append(lines, "- "+strings.TrimSuffix(line, "\n"))
		}
		for _, line := range b.after {
			lines = append(lines, "+ "+strings.TrimSuffix(line, "\n"))
		}
	}
	return lines
}

// context is how many lines a diff shows before and behind what changes.
const context = 3

// Diff gives changes as one unified diff that git and patch read, file by file in the order given. Lines stand in it as people see them: ended
// by \n alone, whatever ends them on the disk.
func Diff(changes []*Change) string {
	var out strings.Builder
	for _, c := range changes {
		if c.changesNothing() {
			continue
		}
		fmt.Fprintf(&out, "diff --git a/%s b/%s\n", c.File.Path, c.To)
		if c.To != c.File.Path {
			fmt.Fprintf(&out, "rename from %s\nrename to %s\n", c.File.Path, c.To)
		}
		if blocks := c.blocks(); len(blocks) > 0 {
			fmt.Fprintf(&out, "--- a/%s\n+++ b/%s\n", c.File.Path, c.To)
			c.hunks(&out, blocks)
		}
	}
	return out.String()
}

// hunks writes blocks with the lines around them; blocks whose surroundings meet share a hunk.
func (c *Change) hunks(out *strings.Builder, blocks []block) {
	old := linesOf(string(c.File.Data))
	blocks = joined(blocks)
	shift := 0 // how many lines more there are afterwards, up to here
	for i := 0; i < len(blocks); {
		from := max(blocks[i].first-context, 1)
		to, added, next := 0, 0, from
		var body []string
		for ; i < len(blocks) && (to == 0 || blocks[i].first-context <= to+1); i++ {
			b := blocks[i]
			body = append(body, marked(" ", old[next-1:b.first-1])...)
			body = append(append(body, marked("-", b.before)...), marked("+", b.after)...)
			next = b.first + len(b.before)
			added += len(b.after) - len(b.before)
			to = min(next-1+context, len(old))
		}
		body = append(body, marked(" ", old[next-1:to])...)
		count := to - from + 1
		fmt.Fprintf(out, "@@ -%d,%d +%d,%d @@\n%s", from, count, from+shift, count+added, strings.Join(body, ""))
		shift += added
	}
}

// joined makes one block of those that follow each other without a line between them.
func joined(blocks []block) []block {
	var all []block
	for _, b := range blocks {
		if n := len(all) - 1; n >= 0 && all[n].first+len(all[n].before) == b.first {
			last := all[n]
			all[n] = block{last.first, slices.Concat(last.before, b.before), slices.Concat(last.after, b.after)}
			continue
		}
		all = append(all, b)
	}
	return all
}

// linesOf splits a text into its lines, each with its end.
func linesOf(s string) []string { return slices.Collect(strings.Lines(s)) }

func marked(mark string, lines []string) []string {
	var all []string
	for _, line := range lines {
		if !strings.HasSuffix(line, "\n") {
			line += "\n\\ No newline at end of file\n"
		}
		all = append(all, mark+line)
	}
	return all
}

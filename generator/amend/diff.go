package amend

import (
	"bytes"
	"strings"

	"candor/generator/source"

	"github.com/rogpeppe/go-internal/diff"
)

// Lines gives the lines of a file that a change touches, as they were and as they become: "- " or "+ ", and the line.
func (c *Change) Lines() []string {
	f, edits := c.File, c.Edits
	var lines []string
	for i := 0; i < len(edits); {
		first := edits[i].At.Position().Line
		last := f.Span(edits[i].At.End, edits[i].At.End).Position().Line
		for i++; i < len(edits) && edits[i].At.Position().Line <= last; i++ {
			last = f.Span(edits[i].At.End, edits[i].At.End).Position().Line
		}
		whole := f.Span(f.Offset(first, 1), f.LineSpan(last).End)
		before, after := strings.Split(whole.Text(), "\n"), strings.Split(string(source.Apply(whole, edits)), "\n")
		for len(before) > 0 && len(after) > 0 && before[len(before)-1] == after[len(after)-1] {
			before, after = before[:len(before)-1], after[:len(after)-1]
		}
		for _, line := range before {
			lines = append(lines, "- "+line)
		}
		for _, line := range after {
			lines = append(lines, "+ "+line)
		}
	}
	return lines
}

// Diff gives changes as one unified diff that git and patch read, file by file in the order given. Lines stand in it as people see them: ended
// by \n alone, whatever ends them on the disk.
func Diff(changes []*Change) string {
	var out bytes.Buffer
	for _, c := range changes {
		if c.To != c.File.Path {
			out.WriteString("rename from " + c.File.Path + "\nrename to " + c.To + "\n")
		}
		out.Write(diff.Diff("a/"+c.File.Path, c.File.Data, "b/"+c.To, source.Apply(c.File.Span(0, len(c.File.Data)), c.Edits)))
	}
	return out.String()
}

package verify

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Version is the version of the JSON form. It rises when a key is renamed or removed or means something else.
const Version = 1

// maxListed is how many faults the text lists; JSON has all of them.
const maxListed = 40

// WriteJSON writes a report for programs. where is the folder or the address, as it was typed.
func (r *Report) WriteJSON(w io.Writer, where string) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	err := e.Encode(struct {
		Version int    `json:"version"`
		Place   string `json:"place"`
		OK      bool   `json:"ok"`
		*Report
	}{Version, where, len(r.Faults) == 0, r})
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// WriteText writes a report for a person: the answer in the first line, then what is wrong, and last what it rests on.
func (r *Report) WriteText(w io.Writer, where string) error {
	var b strings.Builder
	b.WriteString(r.summary(where) + "\n")
	groups := r.groups()
	for i, g := range groups {
		if i == maxListed {
			fmt.Fprintf(&b, "  and %d more; --format json lists all\n", len(groups)-i)
			break
		}
		g.write(&b)
	}
	if len(r.Strays) > 0 {
		fmt.Fprintf(&b, "%s there that candor did not write:\n", lie(len(r.Strays), "file"))
	}
	for i, s := range r.Strays {
		if i == maxListed {
			fmt.Fprintf(&b, "  and %d more\n", len(r.Strays)-i)
			break
		}
		fmt.Fprintf(&b, "  %s%s\n", visible(s.Path), behind(": ", s.Note))
	}
	if len(r.Redirects) > 0 {
		fmt.Fprintf(&b, "note: the host leads %s to another page of the site: %s\n", counted(len(r.Redirects), "address", "addresses"), shortList(r.Redirects))
	}
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "note: %s\n", n)
	}
	if r.ForHost > 0 {
		fmt.Fprintf(&b, "note: %s not fetched: they are for the host\n", counted(r.ForHost, "file was", "files were"))
	}
	if !r.Trusted {
		b.WriteString("note: the manifest is the site's own, and who can change pages can change it too; --against PLACE takes it from a copy that you trust\n")
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

func (r *Report) summary(where string) string {
	built := ""
	if id := r.Identity; id != nil && id.BuiltOn != "" {
		built = " on " + id.BuiltOn
		if len(id.ContentHash) >= shortHash {
			built += " from content " + id.ContentHash[:shortHash]
		}
	}
	looked := r.Files - r.ForHost
	if len(r.Faults) == 0 {
		return fmt.Sprintf("%s: %s, byte for byte what candor wrote%s", where, counted(looked, "file", "files"), built)
	}
	var parts []string
	for _, k := range []Kind{Altered, Missing, Obstructed, Refused, Redirected, Stale, Inconsistent, Unreadable} {
		n := 0
		for _, f := range r.Faults {
			if f.Kind == k {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, k))
		}
	}
	verdict := "not what candor wrote"
	if r.Unreachable() {
		verdict = "not all could be read"
	}
	return fmt.Sprintf("%s: %s: %s; %d of %d files are what candor wrote%s", where, verdict, strings.Join(parts, ", "), r.Same, looked, built)
}

// few is how many faults of one cause are written one by one, and how many names a list begins with.
const few = 3

// A group is faults that have one cause, so that a host which changes every page is told once.
type group struct {
	Fault // the first
	paths []string
}

func (r *Report) groups() []*group {
	type cause struct {
		kind        Kind
		status      int
		cause, hint string
	}
	of, number := map[cause]*group{}, map[cause]int{}
	key := func(f Fault) cause { return cause{f.Kind, f.Status, f.Cause, f.Hint} }
	for _, f := range r.Faults {
		number[key(f)]++
	}
	var all []*group
	for _, f := range r.Faults {
		k := key(f)
		if g := of[k]; g != nil && number[k] > few {
			g.paths = append(g.paths, f.Path)
			continue
		}
		of[k] = &group{f, []string{f.Path}}
		all = append(all, of[k])
	}
	return all
}

func (g *group) write(b *strings.Builder) {
	f := g.Fault
	names := visible(f.Path)
	if n := len(g.paths); n > 1 {
		names = fmt.Sprintf("%d files: %s", n, visible(shortList(g.paths)))
	}
	fmt.Fprintf(b, "  %-10s %s", f.Kind, names)
	if f.Status != 0 {
		fmt.Fprintf(b, "  (%d)", f.Status)
	}
	b.WriteString("\n")
	if f.Address != "" && len(g.paths) == 1 {
		fmt.Fprintf(b, "      %s\n", f.Address)
	}
	if f.Cause != "" {
		fmt.Fprintf(b, "      %s\n", f.Cause)
	}
	if f.Line > 0 {
		at := fmt.Sprintf("line %d", f.Line)
		if len(g.paths) > 1 {
			at += " of " + visible(f.Path)
		}
		fmt.Fprintf(b, "      %s: %s\n", at, f.Found)
		if f.Written != "" {
			fmt.Fprintf(b, "      written: %s\n", f.Written)
		}
	}
	if f.Hint != "" {
		fmt.Fprintf(b, "      = hint: %s\n", f.Hint)
	}
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func lie(n int, noun string) string {
	if n == 1 {
		return "1 " + noun + " lies"
	}
	return fmt.Sprintf("%d %ss lie", n, noun)
}

func behind(between, s string) string {
	if s == "" {
		return ""
	}
	return between + s
}

func shortList(all []string) string {
	if len(all) <= few {
		return strings.Join(all, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(all[:few], ", "), len(all)-few)
}

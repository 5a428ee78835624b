// Package permalinks makes the file that remembers what was published: content/permalinks.yaml.
//
// In come a checked site and the day of its release; out come the bytes of the file. What an earlier release wrote is never forgotten: an id
// stays in the file even when nothing has it any more, so that LNK02 can tell. What customers were last told of a sub-processor gives way
// to what they are told today only where an update says so, so that NOT03 goes on asking for one. Nothing is read or written here.
package permalinks

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"candor/generator/check"
	"candor/generator/model"
	"candor/generator/pattern"
	"candor/generator/schema"
)

// Path is where the file lies in a site folder.
const Path = "content/permalinks.yaml"

// A Release is the file as it is to be, and what is new in it.
type Release struct {
	Data []byte

	IDs  int      // that were not in the file before
	Told []string // sub-processors of which something new is told
	Held []string // sub-processors of which the file goes on telling what it did, since no update says what changed
}

// Of gives the file for a site that is released on a day. Of the sub-processors in reworded the words alone changed: what they are told is
// taken over without an update.
func Of(site *model.Site, on model.Day, reworded []string) Release {
	w := &writer{site: site, on: on}
	w.head()
	published := on
	if last := site.Permalinks; last != nil {
		published = max(on, last.PublishedOn.Day) // a release that is made up later is none of the past
	}
	fmt.Fprintf(&w.out, "published_on: %s\n", published)
	for _, l := range site.Permalinks.Listings() {
		w.list(l)
	}
	w.facts(reworded)
	w.release.Data = w.out.Bytes()
	return w.release
}

type writer struct {
	site    *model.Site
	on      model.Day
	out     bytes.Buffer
	release Release
}

const firstHead = `# Every id that was ever published, and what customers were last told of each sub-processor. Written by ` + "`candor permalinks`" + ` at each
# release. An id that vanishes from the site without an alias fails the build; so does, with --strict, a change of a sub-processor that
# no update announces.
`

// head writes the comment that the file begins with.
func (w *writer) head() {
	if w.site.Permalinks == nil || w.site.Permalinks.File == nil {
		w.out.WriteString(schema.Modeline(Path) + "\n" + firstHead)
		return
	}
	for _, line := range strings.SplitAfter(string(w.site.Permalinks.File.Data), "\n") {
		if text := strings.TrimSpace(line); text != "" && text[0] != '#' {
			return
		}
		w.out.WriteString(line)
	}
}

// list writes the ids of a kind: those of before, and those that readers find today, under names of today and earlier ones.
func (w *writer) list(l model.Listing) {
	known := map[string]bool{}
	for _, id := range l.IDs {
		known[id.Value] = true
	}
	before := len(known)
	for _, r := range w.recordsOf(l.Kind) {
		if r.Published() {
			known[r.Key().ID] = true
			for _, a := range r.Head().Aliases {
				known[a.Value] = true
			}
		}
	}
	w.release.IDs += len(known) - before
	ids := make([]string, 0, len(known))
	for id := range known {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	w.values("", l.Key, ids)
}

func (w *writer) recordsOf(kind model.Kind) []model.Headed {
	return slices.DeleteFunc(w.site.All(), func(r model.Headed) bool { return r.Key().Kind != kind })
}

// facts writes what customers are told of each sub-processor.
func (w *writer) facts(reworded []string) {
	told := w.publications(reworded)
	if len(told) == 0 {
		return
	}
	w.out.WriteString("facts:\n")
	for _, p := range told {
		fmt.Fprintf(&w.out, "  %s:\n", scalar(p.ID.Value))
		if !p.Since.IsZero() {
			fmt.Fprintf(&w.out, "    since: %s\n", p.Since.Day)
		}
		for _, f := range p.Facts() {
			var values []string
			for _, v := range f.Values {
				values = append(values, v.Value)
			}
			if f.Many {
				w.values("    ", f.Key, values)
			} else if len(values) > 0 {
				fmt.Fprintf(&w.out, "    %s: %s\n", f.Key, scalar(values[0]))
			}
		}
	}
}

// publications gives what is told of each sub-processor, in the order of their ids.
func (w *writer) publications(reworded []string) []*model.PublishedVendor {
	last, silent := w.site.LastPublished(), check.Unannounced(w.site)
	var told []*model.PublishedVendor
	for _, v := range w.site.Subprocessors {
		before := last[v]
		switch {
		case !v.Published():
		case slices.Contains(silent, v) && !slices.Contains(reworded, v.ID.Value):
			w.release.Held = append(w.release.Held, v.ID.Value)
			if before != nil {
				kept := *before
				kept.ID = v.ID
				told = append(told, &kept)
			}
		default:
			now := v.Publication()
			now.Since = model.Date{Day: w.on}
			if before != nil && !before.Since.IsZero() && len(w.site.Changed(before, now)) == 0 {
				now.Since = before.Since
			} else {
				w.release.Told = append(w.release.Told, v.ID.Value)
			}
			told = append(told, now)
		}
	}
	if w.site.Permalinks != nil { // of vendors that are gone, or that no reader sees any more
		for _, p := range w.site.Permalinks.Facts {
			if v, ok := w.site.Find(model.KindSubprocessor, p.ID.Value).(*model.Subprocessor); !ok || !v.Published() {
				told = append(told, p)
			}
		}
	}
	slices.SortStableFunc(told, func(a, b *model.PublishedVendor) int { return strings.Compare(a.ID.Value, b.ID.Value) })
	return told
}

// values writes a list, one value a line, so that one more is one more line in a diff.
func (w *writer) values(indent, key string, values []string) {
	if len(values) == 0 {
		return
	}
	fmt.Fprintf(&w.out, "%s%s:\n", indent, key)
	for _, v := range values {
		fmt.Fprintf(&w.out, "%s  - %s\n", indent, scalar(v))
	}
}

var (
	plain    = pattern.Of(`^[\p{L}\p{N}][^\n]*$`)
	reserved = pattern.Of(`(?i)^(null|true|false|yes|no|on|off|y|n|[0-9.,_eE+:-]+|0x[0-9a-f]+)$`)
)

// scalar gives a text of one line as a YAML scalar: as it is where every reader of YAML takes it for the same text, else in quotes.
func scalar(s string) string {
	if plain.MatchString(s) && !reserved.MatchString(s) && !strings.Contains(s, ": ") && !strings.Contains(s, " #") && !strings.HasSuffix(s, ":") && strings.TrimSpace(s) == s {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

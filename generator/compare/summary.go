package compare

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"candor/generator/disclosure"
	"candor/generator/model"
)

// summary says in a line what matters most: pages, facts, and by when a notice is due.
func (r *Report) summary() string {
	var parts []string
	if p := r.pageCounts(); p != "" {
		parts = append(parts, p)
	}
	parts = append(parts, r.factCounts()...)
	if len(r.Files) > 0 && len(parts) == 0 {
		parts = append(parts, counted(len(r.Files), "file")+" changed")
	}
	text := strings.Join(parts, ", ")
	if text == "" {
		text = "nothing changes for readers"
		if n := len(r.Markup); n > 0 {
			text += ": " + counted(n, "page") + " written otherwise, and read the same"
		}
	}
	return text + r.due()
}

// due says by when the first notice has to go out.
func (r *Report) due() string {
	undated := 0
	for _, n := range r.Notices {
		switch {
		case n.Late > 0:
			return fmt.Sprintf(": a notice was due by %s, %s ago", n.Latest, counted(n.Late, "day"))
		case n.Latest != "":
			return fmt.Sprintf(": notice due by %s", n.Latest)
		case slices.Contains(objectionable, n.What):
			undated++
		}
	}
	if undated > 0 {
		return ": notice due before it takes effect"
	}
	return ""
}

var pageWords = []What{Added, Renamed, Moved, Removed, Changed}

func (r *Report) pageCounts() string {
	var parts []string
	for _, w := range pageWords {
		n := 0
		for _, p := range r.Pages {
			if p.What == w {
				n++
			}
		}
		switch {
		case n == 0:
		case len(parts) == 0:
			parts = append(parts, fmt.Sprintf("%s %s", counted(n, "page"), w))
		default:
			parts = append(parts, fmt.Sprintf("%d %s", n, w))
		}
	}
	return strings.Join(parts, ", ")
}

// kinds gives the kinds of records that differ, those first that customers are told of.
func (r *Report) kinds() []model.Kind {
	order := []model.Kind{model.KindSubprocessor, disclosure.KindSite, model.KindCertification, model.KindPolicy, model.KindFlow, model.KindAnswer}
	var all []model.Kind
	for _, one := range r.Facts {
		if !slices.Contains(order, one.Kind) {
			order = append(order, one.Kind)
		}
	}
	for _, k := range order {
		if slices.ContainsFunc(r.Facts, func(one Record) bool { return one.Kind == k }) {
			all = append(all, k)
		}
	}
	return all
}

// factCounts says what became of the records, kind by kind. Of what was merely looked at again nothing is said here.
func (r *Report) factCounts() []string {
	var parts []string
	for _, k := range r.kinds() {
		first := true
		for _, w := range []disclosure.What{disclosure.Added, disclosure.Renamed, disclosure.Removed, disclosure.Changed} {
			n := 0
			for _, one := range r.Facts {
				if one.Kind == k && one.What == w && !one.Quiet {
					n++
				}
			}
			switch {
			case n == 0:
			case first:
				parts, first = append(parts, fmt.Sprintf("%s %s", counted(n, spoken(k)), w)), false
			default:
				parts = append(parts, fmt.Sprintf("%d %s", n, w))
			}
		}
	}
	return parts
}

// spoken gives a kind as it is said.
func spoken(k model.Kind) string {
	if k == disclosure.KindSite {
		return "fact of the company"
	}
	return k.Spoken()
}

// counted gives a number with its noun, "2 policies".
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %s", n, plural(noun))
}

func plural(noun string) string {
	if first, rest, ok := strings.Cut(noun, " of "); ok {
		return plural(first) + " of " + rest
	}
	switch {
	case strings.HasSuffix(noun, "y") && !strings.HasSuffix(noun, "ay"):
		return strings.TrimSuffix(noun, "y") + "ies"
	case strings.HasSuffix(noun, "s"):
		return noun + "es"
	}
	return noun + "s"
}

// visible gives a text of a site in one line, without what would steer a terminal or hide from a reader.
func visible(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.Fields(s), " ")
}

func visibleAll(all []string) []string {
	var list []string
	for _, s := range all {
		list = append(list, visible(s))
	}
	return list
}

// shortened gives no more than so many letters of a text.
func shortened(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return strings.TrimSpace(string(runes[:most-1])) + "…"
	}
	return s
}

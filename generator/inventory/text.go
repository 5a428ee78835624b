package inventory

import (
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"
)

// A View says how a report is told.
type View struct {
	Content string // the site folder, as paths of the content begin for whoever reads; "" for none
	Flags   string // what commands need besides, where the site is elsewhere: " -C trust"
	All     bool   // every sign, not only the surest
	Style   diag.Style
}

// place gives a place in the content as path and line.
func (v View) place(at source.Span) string {
	p := at.Position()
	return fmt.Sprintf("%s:%d", path.Join(v.Content, p.Path), p.Line)
}

// signPlace gives a place in the code as path and line.
func signPlace(at source.Span) string {
	p := at.Position()
	return fmt.Sprintf("%s:%d", p.Path, p.Line)
}

// someSigns is how many signs of a vendor are shown.
const someSigns = 4

// A writer is one report being written as text.
type writer struct {
	strings.Builder
	View
}

func (w *writer) paint(code, text string) string {
	if !w.Style.Color {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (w *writer) line(indent int, format string, args ...any) {
	w.WriteString(strings.Repeat(" ", indent) + strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

// WriteText writes a report for a person: what is missing first, and below each vendor its signs and the command that adds it.
func WriteText(out io.Writer, r *Report, view View) error {
	w := &writer{View: view}
	for _, section := range []struct {
		verdict     Verdict
		tone, title string
	}{
		{Undeclared, "31;1", "in use, and no sub-processor"},
		{Removed, "31;1", "in use, and no sub-processor any more"},
		{Possible, "33;1", "may be in use, and not listed"},
		{Excused, "36;1", "in use, not listed, and excused for a time"},
		{Inside, "36;1", "in use inside, and not listed"},
	} {
		title, tone := section.title, section.tone
		if !r.HasSite {
			if section.verdict == Removed {
				continue
			}
			title, tone = strings.NewReplacer(", and no sub-processor", "", ", and not listed", "").Replace(title), "1"
		}
		w.vendors(r.Of(section.verdict), title, tone)
	}
	w.gaps(r.Gaps)
	w.idle(r.Idle)
	w.unseen(r.Unseen)
	if len(r.Lists) > 0 {
		w.head("lists of vendors, whose signs do not count: %d", len(r.Lists))
		for _, l := range r.Lists {
			w.line(2, "%s names %d vendors", diag.Printable(l.Path), l.Vendors)
		}
	}
	if view.All {
		w.vendors(r.Of(Listed), "listed", "32")
	}
	_, err := io.WriteString(out, w.String())
	return err
}

func (w *writer) vendors(vendors []*Vendor, title, tone string) {
	aside := 0
	if !w.All {
		all := len(vendors)
		vendors = slices.DeleteFunc(vendors, (*Vendor).isAside)
		aside = all - len(vendors)
	}
	if len(vendors)+aside == 0 {
		return
	}
	w.head("%s", w.paint(tone, fmt.Sprintf("%s: %d", title, len(vendors))))
	for _, v := range vendors {
		w.line(2, "%s (%s)%s", w.paint("1", diag.Printable(v.Known.Name)), v.Known.ID, w.standing(v))
		w.signs(v)
		if hint := v.Hint(w.Flags); hint != "" {
			w.line(6, "= %s", hint)
		}
	}
	if aside > 0 {
		w.line(2, "%d only in tests, documents or pipelines (--all shows them)", aside)
	}
}

// head begins a section.
func (w *writer) head(format string, args ...any) {
	if w.Len() > 0 {
		w.WriteString("\n")
	}
	w.line(0, format, args...)
}

// standing says what is to be said of a vendor in its own line.
func (w *writer) standing(v *Vendor) string {
	switch v.Verdict {
	case Removed:
		at := v.Gone.RemovedOn.At
		if at.IsZero() {
			at = v.Gone.Status.At
		}
		text := ", removed"
		if !v.Gone.RemovedOn.IsZero() {
			text += " on " + v.Gone.RemovedOn.Day.String()
		}
		return text + " (" + w.place(at) + ")"
	case Undeclared:
		if v.Kin != nil {
			return fmt.Sprintf(", another service of the company of %s (%s)", v.Kin.ID.Value, w.place(v.Kin.Place()))
		}
	case Excused:
		return fmt.Sprintf(", until %s: %s (%s)", v.Excuse.Expires.Day, diag.Printable(v.Excuse.Reason.Value), w.place(v.Excuse.Rule.At))
	case Possible:
		return ", " + v.Doubt()
	case Listed:
		var ids []string
		for _, r := range v.Records {
			ids = append(ids, r.ID.Value)
		}
		if len(ids) == 0 {
			return ", in a file that cannot be read"
		}
		if len(ids) == 1 && ids[0] == v.Known.ID {
			return ""
		}
		return ", as " + strings.Join(ids, ", ")
	}
	return ""
}

// signs shows the signs of a vendor, the proving ones first.
func (w *writer) signs(v *Vendor) {
	shown := 0
	show := func(s model.Sign) {
		if shown++; w.All || shown <= someSigns {
			w.line(4, "%s: %s%s", w.paint("1", diag.Printable(signPlace(s.At))), diag.Printable(s.Seen), howSure(s))
		}
	}
	signs := v.InOrder()
	for _, s := range signs {
		show(s)
	}
	if more := len(signs) - someSigns; more > 0 && !w.All {
		noun := "signs"
		if more == 1 {
			noun = "sign"
		}
		w.line(4, "and %d more %s (--all shows them)", more, noun)
	}
}

// howSure says what a sign lacks to be a proof; "" for a strong one.
func howSure(s model.Sign) string {
	switch {
	case s.Strength == model.SignStrong:
		return ""
	case s.Aside:
		return ", in tests, documents or pipelines"
	case s.Strength == model.SignWeak:
		return ", a weak sign"
	}
	return ", which goes with others too"
}

func (w *writer) gaps(gaps []Gap) {
	if len(gaps) == 0 {
		return
	}
	w.head("%s", w.paint("33;1", fmt.Sprintf("shown by the source of a flow, and left out of it: %d", len(gaps))))
	for _, g := range gaps {
		id := g.Vendor.Records[0].ID.Value
		w.line(2, "%s in flow %s, which is built from %q (%s)", w.paint("1", id), g.Source.Flow.ID.Value, diag.Printable(g.Source.Named.Value), w.place(g.Source.Named.At))
		for _, s := range g.Signs {
			w.line(4, "%s: %s", w.paint("1", diag.Printable(signPlace(s.At))), diag.Printable(s.Seen))
		}
		if g.Vendor.Known.AI {
			w.line(6, "= draw it: a step with \"in: %s\"", id)
		} else {
			w.line(6, "= if the flow's data goes there, draw it: a step with \"in: %s\"", id)
		}
	}
}

func (w *writer) idle(idle []Idle) {
	if len(idle) == 0 {
		return
	}
	w.head("%s", w.paint("36", fmt.Sprintf("named by a flow, and not shown by its source: %d", len(idle))))
	for _, i := range idle {
		w.line(2, "%s in flow %s, which is built from %q (%s)", i.Record.ID.Value, i.Flow.ID.Value, diag.Printable(i.Named.Value), w.place(i.Named.At))
	}
}

func (w *writer) unseen(unseen []Unseen) {
	for _, section := range []struct {
		known bool
		title string
	}{
		{true, "listed, and none of the signs that are known of them was seen: in use elsewhere, or not any more?"},
		{false, "listed, and no sign of them is known, so that code cannot show them"},
	} {
		said := false
		for _, u := range unseen {
			if (u.Known != nil) != section.known {
				continue
			}
			if !said {
				w.head("%s", w.paint("36", section.title))
				said = true
			}
			w.line(2, "%s (%s)", u.Record.ID.Value, w.place(u.Record.Place()))
		}
	}
}

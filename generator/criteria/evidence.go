package criteria

import (
	"fmt"

	"candor/generator/model"
	"candor/generator/source"
)

// A Shortfall is why something is a claim and no more: it was not done in time, or there is no current evidence of it.
type Shortfall struct {
	Text string // follows the name of what falls short: `was due again on 2026-11-14`
	Hint string // what to type
	At   source.Span
	Note string // what is at the place: "last done here"; "" where that is the record itself
}

// year is how long a control without a cadence counts as carried out, and evidence of a moment as current.
var year = model.Period{Count: 1, Unit: 'y'}

// cadence gives how often a control is carried out: as it says, else every year.
func cadence(c *model.Control) model.Period {
	if c.Cadence.IsZero() {
		return year
	}
	return c.Cadence.Period
}

// Due gives the last day on which a control counts as carried out, 0 when it never was.
func Due(c *model.Control) model.Day {
	if c.LastDone.IsZero() {
		return 0
	}
	return c.LastDone.Day.Add(cadence(c))
}

// Proven reports whether a control has current evidence on a day: it was carried out within its cadence, and at least one piece of its evidence
// is current. Else it says what is lacking.
func Proven(c *model.Control, on model.Day) (Shortfall, bool) {
	if gap, done := Done(c, on); !done {
		return gap, false
	}
	return Evidenced(c.Evidence, cadence(c), c.Place(), on)
}

// Done reports whether a control was carried out within its cadence, within a year where it has none.
func Done(c *model.Control, on model.Day) (Shortfall, bool) {
	switch due := Due(c); {
	case due == 0:
		return Shortfall{Text: "does not say when it was last carried out", Hint: `carry it out, and write "last_done: ..." and its evidence`, At: c.Place()}, false
	case c.LastDone.Day > on:
		return Shortfall{Text: fmt.Sprintf("is done on %s, after today, %s", c.LastDone.Day, on), Hint: "write the day of the last time", At: c.LastDone.At, Note: "done here"}, false
	case due < on:
		note := "last done here, to be done again within a year"
		if !c.Cadence.IsZero() {
			note = "last done here, every " + c.Cadence.Long()
		}
		return Shortfall{Text: fmt.Sprintf("was due again on %s", due), Hint: "carry it out, write the day, and file the new evidence", At: c.LastDone.At, Note: note}, false
	}
	return Shortfall{}, true
}

// Evidenced reports whether at least one piece of evidence is current on a day, for something that is done every so often and stands at a place;
// else it says what is wrong with the first.
func Evidenced(list []model.Ref[model.Evidence], often model.Period, place source.Span, on model.Day) (Shortfall, bool) {
	lacking := Shortfall{Text: "names no evidence", Hint: `file what it left behind in evidence.yaml, and write "evidence: ..."`, At: place}
	for i, ref := range list {
		gap, current := Current(ref, often, on)
		if current {
			return Shortfall{}, true
		}
		if i == 0 {
			lacking = gap
		}
	}
	return lacking, false
}

// Until gives the last day on which a control that is proven on a day stays so, if nobody does anything.
func Until(c *model.Control, on model.Day) model.Day {
	due := Due(c)
	var last model.Day // of the piece that lasts longest
	for _, ref := range c.Evidence {
		if _, current := Current(ref, cadence(c), on); !current {
			continue
		}
		end := LastDay(ref.To, cadence(c))
		if end == 0 {
			return due
		}
		last = max(last, end)
	}
	return min(due, last)
}

// LastDay gives the last day on which evidence is current, 0 for no such day: the day before it expires. What expires on no day counts for a year,
// or for as long as whatever it shows is done again; but an agreement or a certificate has no end then.
func LastDay(e *model.Evidence, often model.Period) model.Day {
	switch {
	case !e.Expires.IsZero():
		return e.Expires.Day - 1
	case e.Kind.Value == "agreement" || e.Kind.Value == "certificate":
		return 0
	}
	return e.Dated.Day.Add(longer(often))
}

// longer gives a period, or a year where that is longer.
func longer(often model.Period) model.Period {
	if often.Days() < year.Days() {
		return year
	}
	return often
}

// Current reports whether evidence is on file, bears a date that is not ahead, and has neither expired nor grown old, for something that is done
// every so often. On the day on which it expires it has expired.
func Current(ref model.Ref[model.Evidence], often model.Period, on model.Day) (Shortfall, bool) {
	e := ref.To
	if e == nil {
		return Shortfall{Text: fmt.Sprintf("names %q, which is not on file", ref.Value), Hint: "file it in evidence.yaml", At: ref.At}, false
	}
	rests := func(what, hint string, at source.Span, note string) (Shortfall, bool) {
		return Shortfall{Text: fmt.Sprintf("rests on %q, which %s", ref.Value, what), Hint: hint, At: at, Note: note}, false
	}
	switch last := LastDay(e, often); {
	case e.Dated.IsZero():
		return rests("bears no date", `write "dated: ..." in evidence.yaml`, e.Place(), "it is filed here")
	case e.Dated.Day > on:
		return rests(fmt.Sprintf("is dated %s, after today, %s", e.Dated.Day, on), "correct the date in evidence.yaml", e.Dated.At, "dated here")
	case last == 0 || on <= last:
		return Shortfall{}, true
	case !e.Expires.IsZero():
		return rests(fmt.Sprintf("expired on %s", e.Expires.Day), "renew it, and file it in evidence.yaml", e.Expires.At, "expired here")
	}
	return rests(fmt.Sprintf("is dated %s, more than %s ago", e.Dated.Day, longer(often).Long()), "file what the last time left behind in evidence.yaml", e.Dated.At, "dated here")
}

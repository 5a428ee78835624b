package compare

import (
	"cmp"
	"slices"
	"strings"

	"candor/generator/disclosure"
	"candor/generator/model"
	"candor/generator/notice"
)

// A Record is what differs of one record of the facts.
type Record struct {
	Kind    model.Kind         `json:"kind"`
	ID      string             `json:"id"`
	Name    string             `json:"name"`
	Address string             `json:"address,omitempty"`
	What    disclosure.What    `json:"what"` // added, removed, changed or renamed
	Was     string             `json:"was,omitempty"`
	Fields  []disclosure.Field `json:"fields,omitempty"` // of a record that changed; what is added and removed is told by its name
	Quiet   bool               `json:"quiet,omitempty"`  // what differs is no news: something was looked at again, as promised
}

// facts tells what differs record by record.
func (r *Report) facts(before, now *disclosure.Document) {
	for _, d := range disclosure.Compare(before, now) {
		one := Record{Kind: d.Kind, ID: visible(d.ID), Name: visible(cmp.Or(d.Name, d.ID)), Address: visible(d.Address), What: d.What, Was: visible(d.Was)}
		if d.What == disclosure.Changed {
			one.Quiet = true
			for _, f := range d.Fields {
				one.Quiet = one.Quiet && f.Quiet
				one.Fields = append(one.Fields, shownField(f))
			}
		}
		r.Facts = append(r.Facts, one)
	}
}

func shownField(f disclosure.Field) disclosure.Field {
	f.Key, f.Words, f.Before, f.After, f.Gone, f.New = visible(f.Key), visible(f.Words), visible(f.Before), visible(f.After), visibleAll(f.Gone), visibleAll(f.New)
	return f
}

// A Notice is what customers are to be told of one sub-processor. Days are "" where there is none.
type Notice struct {
	ID          string         `json:"id"`
	Name        string         `json:"name"`
	What        notice.What    `json:"what"`
	Headline    string         `json:"headline"`
	Concerns    string         `json:"concerns,omitempty"`     // for which customers it is used
	Fields      []string       `json:"fields,omitempty"`       // which facts differ, in words
	Effective   disclosure.Day `json:"effective,omitempty"`    // from when it holds; "" where no day of the content tells
	Earliest    disclosure.Day `json:"earliest,omitempty"`     // from when it may hold if the notice goes out on the day of the comparison
	Promised    string         `json:"promised,omitempty"`     // how long before customers are to be told, in words
	Latest      disclosure.Day `json:"latest,omitempty"`       // the last day for the notice to go out
	ObjectUntil disclosure.Day `json:"object_until,omitempty"` // the last day for objections if it goes out on the day of the comparison
	Late        int            `json:"late_days,omitempty"`    // how many days too late the day of the comparison is
	Update      string         `json:"update,omitempty"`       // the address of the update that tells of it; "" where none does
}

// objectionable are the changes against which customers may object, so that a notice of them has its last day.
var objectionable = []notice.What{notice.Added, notice.Replacing, notice.Changed}

// notices gives what customers are due. What it takes for one is what `candor notice` writes; here it is said by when.
func (r *Report) notices(before, now *disclosure.Document, on model.Day) {
	for _, c := range notice.Of(before, now, notice.Options{On: on}).Changes {
		if c.What == notice.Reworded {
			continue // it is told as a change of facts
		}
		n := Notice{ID: visible(c.ID), Name: visible(c.Name), What: c.What, Headline: visible(c.Headline), Concerns: visible(c.Concerns), Update: visible(c.Update)}
		for _, f := range c.Fields {
			if w := visible(f.Words); !slices.Contains(n.Fields, w) {
				n.Fields = append(n.Fields, w)
			}
		}
		if slices.Contains(objectionable, c.What) {
			n.ObjectUntil = c.ObjectUntil
			n.days(now, on)
		} else {
			n.Effective = c.Effective
		}
		r.Notices = append(r.Notices, n)
	}
	slices.SortStableFunc(r.Notices, func(a, b Notice) int {
		return cmp.Or(strings.Compare(string(later(a.Latest)), string(later(b.Latest))), strings.Compare(a.ID, b.ID))
	})
}

// days says by when a notice has to go out. The day from which a change holds is in the content for what is new alone.
func (n *Notice) days(now *disclosure.Document, on model.Day) {
	for _, v := range now.Subprocessors {
		if v.ID == n.ID && (n.What != notice.Changed || v.Status == model.StatusPlanned) {
			n.Effective = v.EffectiveOn
		}
	}
	promised, err := model.ParsePeriod(now.Promises.SubprocessorNotice)
	if err != nil || promised.IsZero() {
		return
	}
	n.Promised, n.Earliest = promised.Long(), disclosure.Day(on.Add(promised).String())
	effective := n.Effective.Time()
	if effective == 0 {
		return
	}
	latest := effective
	for latest.Add(promised) > effective { // months have no one length to go back by
		latest--
	}
	n.Latest = disclosure.Day(latest.String())
	n.Late = max(0, int(on-latest))
}

// later has what has no day stand behind what has one.
func later(d disclosure.Day) disclosure.Day { return cmp.Or(d, "9999-99-99") }

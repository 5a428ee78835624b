package page

import (
	"cmp"
	"slices"

	"candor/generator/model"
)

// The sorts of change, in the order in which they stand on one day.
const (
	moveAnnounced = iota
	moveObjection
	moveAdded
	moveRemoved
)

// moveStates say what happened, and what will.
var moveStates = map[bool][]State{
	false: {{"Announced", "planned", "outline"}, {}, {"Added", "active", "solid"}, {"Removed", "removed", "struck"}},
	true: {{"Will be announced", "planned", "outline"}, {"Last day to object", "retiring", "half"}, {"Will be added", "planned", "outline"},
		{"Will be removed", "retiring", "half"}},
}

// A dated change of one vendor.
type moveOf struct {
	day    model.Day
	sort   int
	vendor *model.Subprocessor
}

// moves puts every dated change of the published vendors into the view: those to come, those of the last two years in which there were some,
// and the earlier ones.
func (p *planner) moves(v *Subprocessors) {
	past, next := p.datedMoves()
	slices.SortStableFunc(next, func(a, b moveOf) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.sort, b.sort)) })
	v.Coming = p.moments(next, true)
	slices.SortStableFunc(past, func(a, b moveOf) int { return cmp.Or(cmp.Compare(b.day, a.day), cmp.Compare(a.sort, b.sort)) })
	for _, m := range p.moments(past, false) {
		year := m.Date.Machine[:4]
		if n := len(v.Years); n == 0 || v.Years[n-1].Year != year {
			v.Years = append(v.Years, MovedYear{Year: year})
		}
		last := &v.Years[len(v.Years)-1]
		last.Moments = append(last.Moments, m)
	}
	if len(v.Years) > 2 {
		v.Years, v.Earlier = v.Years[:2], v.Years[2:]
	}
}

// datedMoves gives what happened up to today and what is to come, by vendor in the order of the alphabet.
func (p *planner) datedMoves() (past, next []moveOf) {
	add := func(day model.Day, sort int, s *model.Subprocessor) {
		switch {
		case day > p.on:
			next = append(next, moveOf{day, sort, s})
		case day != 0:
			past = append(past, moveOf{day, sort, s})
		}
	}
	for _, s := range p.byName(published(p.site.Subprocessors)) {
		add(s.AnnouncedOn.Day, moveAnnounced, s)
		// One that is still planned was not added, and one that is in use was not removed, whatever day was meant for it.
		planned := s.Status.Value == model.StatusPlanned
		if s.EffectiveOn.Day > p.on || !planned {
			add(s.EffectiveOn.Day, moveAdded, s)
		}
		if until := p.site.ObjectUntil(s); planned && until >= p.on && until != 0 {
			next = append(next, moveOf{until, moveObjection, s})
		}
		if s.RemovedOn.Day > p.on || s.Status.Value == model.StatusRemoved {
			add(s.RemovedOn.Day, moveRemoved, s)
		}
	}
	return past, next
}

// moments puts sorted changes together by day and sort.
func (p *planner) moments(list []moveOf, coming bool) []Moment {
	var out []Moment
	for i, m := range list {
		if i == 0 || list[i-1].day != m.day {
			out = append(out, Moment{Date: date(m.day)})
		}
		at := &out[len(out)-1]
		if len(at.Moves) == 0 || list[i-1].sort != m.sort {
			at.Moves = append(at.Moves, Move{State: moveStates[coming][m.sort]})
		}
		move := &at.Moves[len(at.Moves)-1]
		one := Moved{Vendor: p.link(m.vendor)}
		if m.sort == moveRemoved {
			one.ReplacedBy = linkIf(p, m.vendor.ReplacedBy.To)
		}
		move.Vendors = append(move.Vendors, one)
	}
	return out
}

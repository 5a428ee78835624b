package sheet

import "strings"

// header is a row that names columns, or two rows that do so together.
type header struct {
	top, row int // row is the last one
	titles   map[int]titled
	texts    map[int]string
	score    int
	sure     bool // it is a header whatever stands below
}

// headers gives the rows that name columns, in order.
func (f *finder) headers() []header {
	var found []header
	for r := 1; r <= len(f.p.cells); r++ {
		if h, ok := f.headerAt(r); ok {
			found = append(found, h)
		}
	}
	best := -1
	for i, h := range found {
		if best < 0 || h.score > found[best].score {
			best = i
		}
	}
	var kept []header
	for i, h := range found {
		if i != best && !h.sure && !h.alike(found[best]) {
			continue
		}
		if n := len(kept); n > 0 && kept[n-1].row == h.row-1 {
			kept[n-1].join(h)
			continue
		}
		kept = append(kept, h)
	}
	return kept
}

// join takes the next row of a header of two.
func (h *header) join(next header) {
	h.row = next.row
	h.score = max(h.score, next.score)
	for c := 1; c <= maxLook; c++ {
		if text, ok := next.texts[c]; ok && (next.titles[c].role != noRole || h.titles[c].role == noRole) {
			h.texts[c], h.titles[c] = text, next.titles[c]
		}
	}
}

// alike tells whether two headers give most columns the same role.
func (h header) alike(other header) bool {
	same, all := 0, 0
	for c := 1; c <= maxLook; c++ {
		a, b := h.titles[c], other.titles[c]
		if a.role == noRole && b.role == noRole || a.role == questionRole || b.role == questionRole {
			continue
		}
		all++
		if a.role == b.role {
			same++
		}
	}
	if all == 0 {
		for c := 1; c <= maxLook; c++ {
			if h.texts[c] != "" && strings.EqualFold(h.texts[c], other.texts[c]) {
				return true
			}
		}
		return false
	}
	return same*5 >= all*4
}

// headerAt reads a row as a header.
func (f *finder) headerAt(row int) (header, bool) {
	if !f.named(row) {
		return header{}, false
	}
	h := f.headerOf(row)
	for c, n := 1, 0; c <= min(f.p.width, maxLook); c++ {
		text := f.p.said(row, c)
		if text == "" {
			continue
		}
		if h.titles[c].role == noRole && (n == 0 && numberLike(text) || len(text) > 140) {
			return h, false // it begins with a question's number, or holds a long text
		}
		n++
	}
	return h, f.names(row, &h)
}

// headerOf gives what the cells of a row say as headers.
func (f *finder) headerOf(row int) header {
	h := header{top: row, row: row, titles: map[int]titled{}, texts: map[int]string{}}
	for c := 1; c <= min(f.p.width, maxLook); c++ {
		a := f.p.area(row, c)
		if a.left != c || a.bottom-a.top > 2 {
			continue
		}
		if text := f.p.said(a.top, a.left); text != "" {
			h.titles[c], h.texts[c] = f.role(text), text
		}
	}
	return h
}

// named tells whether any cell of a row has a role, so that most rows are done with at once.
func (f *finder) named(row int) bool {
	for c := 1; c <= min(f.p.width, maxLook); c++ {
		a := f.p.area(row, c)
		if t := f.role(f.p.said(a.top, a.left)); t.role != noRole {
			return true
		}
	}
	return false
}

// names tells whether the roles of a row's texts make it a header, and how good a one.
func (f *finder) names(row int, h *header) bool {
	best := map[role]int{}
	ticks := 0
	for c := 1; c <= maxLook; c++ {
		t := h.titles[c]
		if t.role == tickRole {
			ticks++
		}
		best[t.role] = max(best[t.role], t.sure)
	}
	if ticks < 2 {
		delete(best, tickRole)
	} else {
		best[tickRole] = 2
	}
	strong, fills := 0, 0
	for r := idRole; r <= otherRole; r++ {
		h.score += best[r]
		if best[r] >= 2 {
			strong++
		}
	}
	for _, r := range []role{answerRole, commentRole, tickRole, linkRole} {
		fills = max(fills, best[r])
	}
	if f.p.bold(row, f.firstText(h)) {
		h.score++
	}
	q := best[questionRole]
	h.sure = strong >= 3 && fills >= 2
	switch {
	case q >= 2 && strong >= 2, fills >= 2 && strong >= 2:
		return true
	case q == 3 && best[answerRole] > 0, q >= 2 && fills > 0 && f.asksBelow(row, h, .5):
		return true
	case q == 3 && len(h.texts) <= 4:
		return f.asksBelow(row, h, .4)
	case fills == 3 || q > 0 && fills > 0:
		return f.asksBelow(row, h, .6)
	}
	return false
}

func (f *finder) firstText(h *header) int {
	for c := 1; c <= maxLook; c++ {
		if h.texts[c] != "" {
			return c
		}
	}
	return 1
}

// asksBelow tells whether a share of the next rows asks something in one of the header's columns, and the header's own text there does not.
func (f *finder) asksBelow(row int, h *header, share float64) bool {
	var rows []int
	for r := row + 1; r <= len(f.p.cells) && len(rows) < 12; r++ {
		rows = append(rows, r)
	}
	for c := 1; c <= min(f.p.width, maxLook); c++ {
		if h.titles[c].role != questionRole && h.titles[c].role != noRole || len(h.texts[c]) > 60 || strings.HasSuffix(h.texts[c], "?") {
			continue
		}
		if s := f.p.shapeOf(c, rows); s.filled > 0 && s.asked >= share && s.numbered < .5 {
			return true
		}
	}
	return false
}

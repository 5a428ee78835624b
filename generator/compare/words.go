package compare

import (
	"fmt"
	"slices"
	"strings"

	"candor/generator/markdown/reading"
)

// A Change is one block of a page that is read otherwise.
type Change struct {
	Under  string  `json:"under,omitempty"`  // the heading above it
	Before string  `json:"before,omitempty"` // "" where it was not there
	After  string  `json:"after,omitempty"`  // "" where it is not there any more
	Pieces []Piece `json:"-"`                // the two in one, with what is around the words that differ
}

// An Op says of a piece of text where it is.
type Op int

// Where it can be.
const (
	Same Op = iota // on both sides
	Gone           // before alone
	New            // after alone
)

// A Piece is some words of a change.
type Piece struct {
	Op   Op
	Text string
}

// line gives a block as it is compared and shown: where its links lead is part of it, and so is how a drawing is drawn.
func line(b reading.Block) string {
	if b.Drawing {
		return fmt.Sprintf("drawing: %s", b.Text)
	}
	return b.Text
}

// whole is a line with all that makes it another one.
func whole(b reading.Block) string {
	return line(b) + "\x00" + strings.Join(b.Links, "\x00") + fmt.Sprint("\x00", b.Shape)
}

// changesOf gives what differs between the blocks of two pages, in the order of the new one. Blocks that merely changed places are the same.
func changesOf(before, after []reading.Block) []Change {
	var changes []Change
	for _, h := range moved(hunks(linesOf(before, whole), linesOf(after, whole)), before, after) {
		changes = append(changes, h.changes(before, after)...)
	}
	return changes
}

func linesOf(blocks []reading.Block, f func(reading.Block) string) []string {
	lines := make([]string, len(blocks))
	for i, b := range blocks {
		lines[i] = f(b)
	}
	return lines
}

// A replaced stretch says which blocks went, and which came in their place.
type replaced struct{ gone, fresh []int }

// moved takes out of hunks what went in one place and came in another.
func moved(all []hunk, before, after []reading.Block) []replaced {
	count := map[string]int{}
	for _, h := range all {
		for i := h.a0; i < h.a1; i++ {
			count[whole(before[i])]++
		}
	}
	both := map[string]int{}
	list := make([]replaced, len(all))
	for n, h := range all {
		for j := h.b0; j < h.b1; j++ {
			if k := whole(after[j]); both[k] < count[k] {
				both[k]++
				continue
			}
			list[n].fresh = append(list[n].fresh, j)
		}
	}
	for n, h := range all {
		for i := h.a0; i < h.a1; i++ {
			if k := whole(before[i]); both[k] > 0 {
				both[k]--
				continue
			}
			list[n].gone = append(list[n].gone, i)
		}
	}
	return list
}

// maxPaired is how many blocks of a hunk are held against each other.
const maxPaired = 100

// changes pairs each block that came with the one that it most likely was.
func (h replaced) changes(before, after []reading.Block) []Change {
	var list []Change
	left := slices.Clone(h.gone)
	least := 0.4
	if len(h.gone) == 1 && len(h.fresh) == 1 {
		least = -1 // one in the place of one, however little they share
	}
	for _, j := range h.fresh {
		best, most := -1, least
		for n, i := range left[:min(len(left), maxPaired)] {
			if s := common(line(before[i]), line(after[j])); s > most {
				best, most = n, s
			}
		}
		if best < 0 {
			list = append(list, changeOf(after[j].Under, "", line(after[j])))
			continue
		}
		list = append(list, blockChange(before[left[best]], after[j]))
		left = slices.Delete(left, best, best+1)
	}
	for _, i := range left {
		list = append(list, changeOf(before[i].Under, line(before[i]), ""))
	}
	return list
}

// blockChange tells of a block that is another. Where its text is the same, its links or its drawing are not.
func blockChange(a, b reading.Block) Change {
	if line(a) != line(b) {
		return changeOf(b.Under, line(a), line(b))
	}
	if a.Shape != b.Shape {
		return changeOf(b.Under, line(a)+" (as it was)", line(b)+" (drawn otherwise)")
	}
	var gone, fresh []string
	for _, l := range a.Links {
		if !slices.Contains(b.Links, l) {
			gone = append(gone, l)
		}
	}
	for _, l := range b.Links {
		if !slices.Contains(a.Links, l) {
			fresh = append(fresh, l)
		}
	}
	return changeOf(b.Under, line(a)+" → "+strings.Join(gone, " "), line(b)+" → "+strings.Join(fresh, " "))
}

// common gives the part of two texts' words that both have, from 0 to 1.
func common(a, b string) float64 {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x)+len(y) == 0 {
		return 0
	}
	have := map[string]int{}
	for _, w := range x {
		have[w]++
	}
	both := 0
	for _, w := range y {
		if have[w] > 0 {
			have[w]--
			both++
		}
	}
	return 2 * float64(both) / float64(len(x)+len(y))
}

// around is how many words are shown beside those that differ, and maxWords how many of those.
const (
	around   = 6
	maxWords = 60
)

// changeOf puts two texts into one.
func changeOf(under, before, after string) Change {
	c := Change{Under: visible(under), Before: visible(before), After: visible(after)}
	a, b := strings.Fields(c.Before), strings.Fields(c.After)
	at := 0
	for _, h := range hunks(a, b) {
		c.add(Same, a[at:h.a0], at > 0, true)
		c.add(Gone, a[h.a0:h.a1], false, false)
		c.add(New, b[h.b0:h.b1], false, false)
		at = h.a1
	}
	c.add(Same, a[at:], at > 0, false)
	return c
}

// add puts words at the end of a change; of those that are the same, only the ones beside others are kept.
func (c *Change) add(op Op, words []string, after, before bool) {
	if len(words) == 0 {
		return
	}
	switch n := len(words); {
	case op != Same && n > maxWords:
		words = append(slices.Clone(words[:maxWords]), "…")
	case op == Same && after && before && n > 2*around+1:
		words = slices.Concat(words[:around], []string{"…"}, words[n-around:])
	case op == Same && !before && n > around:
		words = append(slices.Clone(words[:around]), "…")
	case op == Same && !after && n > around:
		words = append([]string{"…"}, words[n-around:]...)
	}
	c.Pieces = append(c.Pieces, Piece{op, strings.Join(words, " ")})
}

// A hunk is a stretch in which two lists differ: a[a0:a1] became b[b0:b1].
type hunk struct{ a0, a1, b0, b1 int }

// maxEdits is how many elements of two lists may differ for the shortest way from one to the other to be looked for; beyond, all between what begins and ends the same
// is taken for other.
const maxEdits = 1500

// hunks gives the shortest way from one list to another (E. Myers, An O(ND) Difference Algorithm and Its Variations, 1986).
func hunks(a, b []string) []hunk {
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < len(a)-start && end < len(b)-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	a1, b1 := len(a)-end, len(b)-end
	if start == a1 && start == b1 {
		return nil
	}
	var all []hunk
	for _, h := range shortest(a[start:a1], b[start:b1]) {
		all = append(all, hunk{h.a0 + start, h.a1 + start, h.b0 + start, h.b1 + start})
	}
	return all
}

func shortest(a, b []string) []hunk {
	whole := []hunk{{0, len(a), 0, len(b)}}
	if len(a) == 0 || len(b) == 0 {
		return whole
	}
	most := min(len(a)+len(b), maxEdits)
	v := make([]int, 2*most+2)
	var trace [][]int
	for d := 0; d <= most; d++ {
		trace = append(trace, slices.Clone(v[most-d:most+d+2]))
		for k := -d; k <= d; k += 2 {
			var x int
			if k == -d || k != d && v[most+k-1] < v[most+k+1] {
				x = v[most+k+1]
			} else {
				x = v[most+k-1] + 1
			}
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			v[most+k] = x
			if x >= len(a) && x-k >= len(b) {
				return back(trace, len(a), len(b))
			}
		}
	}
	return whole
}

// back walks from the end of both lists to their beginning and gathers what is not the same.
func back(trace [][]int, x, y int) []hunk {
	var all []hunk
	for d := len(trace) - 1; d > 0; d-- {
		v := trace[d] // of diagonals -d to d+1, as they were before step d
		at := func(k int) int { return v[k+d] }
		k := x - y
		down := k == -d || k != d && at(k-1) < at(k+1)
		from := k - 1
		if down {
			from = k + 1
		}
		px := at(from)
		py := px - from
		h := hunk{px, px, py, py + 1}
		if !down {
			h = hunk{px, px + 1, py, py}
		}
		if n := len(all); n > 0 && all[n-1].a0 == h.a1 && all[n-1].b0 == h.b1 {
			all[n-1].a0, all[n-1].b0 = h.a0, h.b0
		} else {
			all = append(all, h)
		}
		x, y = px, py
	}
	slices.Reverse(all)
	return all
}

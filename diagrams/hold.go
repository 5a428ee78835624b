package diagrams

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// picture is a drawing whose elements have been found to be the declared ones, in
// the graph's order.
type picture struct {
	size       point
	boundaries []drawn
	steps      []drawn
	links      []drawn
}

// slack is how far, in points, a drawn place may be off by rounding.
const slack = 1.0

// hold holds what was drawn against what was declared: the same boundaries, steps
// and links, no more and no fewer; every step inside the box of its boundary and of
// no other; every link's line between the steps it joins; every label as written
// and inside its box. Its error says what differs.
func (g Graph) hold(t text, d drawing) (picture, error) {
	p := picture{
		size:       d.size,
		boundaries: make([]drawn, len(g.Boundaries)),
		steps:      make([]drawn, len(g.Steps)),
		links:      make([]drawn, len(g.Links)),
	}
	for _, e := range d.elements {
		if err := p.take(e); err != nil {
			return p, err
		}
	}
	g.loops(&p)
	if err := p.complete(); err != nil {
		return p, err
	}
	if err := g.holdLabels(t, p); err != nil {
		return p, err
	}
	if err := g.holdBoundaries(p); err != nil {
		return p, err
	}
	return p, g.holdLinks(p)
}

// take puts a drawn element where its id says.
func (p *picture) take(e drawn) error {
	var into []drawn
	if e.id != "" {
		into = map[byte][]drawn{'b': p.boundaries, 's': p.steps, 'l': p.links}[e.id[0]]
	}
	n := 0
	if into != nil {
		n, _ = strconv.Atoi(e.id[1:])
	}
	if n < 1 || n > len(into) || e.id[1:] != strconv.Itoa(n) {
		return fmt.Errorf("%q was drawn but never declared", short(e.id))
	}
	if into[n-1].id != "" {
		return fmt.Errorf("%q was drawn twice", e.id)
	}
	if len(e.lines) == 0 {
		return fmt.Errorf("%q was drawn without a line", e.id)
	}
	if outer := (box{max: p.size}).grown(slack); !outer.holds(e.bounds()) {
		return fmt.Errorf("%q was drawn outside the picture", e.id)
	}
	into[n-1] = e
	return nil
}

func (p picture) complete() error {
	for kind, list := range [][]drawn{p.boundaries, p.steps, p.links} {
		for i, e := range list {
			if e.id == "" {
				return fmt.Errorf("%s %d is missing", [...]Subject{OfBoundary, OfStep, OfLink}[kind], i+1)
			}
		}
	}
	return nil
}

// holdLabels compares every label line by line and measures it against its box.
func (g Graph) holdLabels(t text, p picture) error {
	for i, s := range g.Steps {
		size := stepFont
		if s.Kind == Continuation {
			size = smallFont
		}
		if err := holdLabel(t.steps[i], p.steps[i], size); err != nil {
			return fmt.Errorf("step %q: %w", s.ID, err)
		}
	}
	for i, b := range g.Boundaries {
		if err := holdLabel(t.titles[i], p.boundaries[i], boundaryFont); err != nil {
			return fmt.Errorf("boundary %q: %w", b.ID, err)
		}
	}
	return nil
}

func holdLabel(declared []string, e drawn, size float64) error {
	if len(e.words) != len(declared) {
		return fmt.Errorf("%d lines of label were drawn, not %d", len(e.words), len(declared))
	}
	room := e.bounds().grown(slack)
	for i, w := range e.words {
		w.text = strings.TrimRight(w.text, " \u00A0") // what padded added
		e.words[i] = w
		if w.text != declared[i] {
			return fmt.Errorf("label %q was drawn as %q", declared[i], short(w.text))
		}
		if !room.holds(w.bounds(size)) {
			return fmt.Errorf("label %q leaves its box", declared[i])
		}
	}
	return nil
}

// holdBoundaries checks that each step lies in its own boundary and touches no
// other, and that boundaries are apart.
func (g Graph) holdBoundaries(p picture) error {
	boxes := make([]box, len(p.boundaries))
	for i, b := range p.boundaries {
		boxes[i] = b.lines[0].bounds()
		if len(b.lines) != 1 || b.lines[0].kind != polygon {
			return fmt.Errorf("boundary %q is not one box", g.Boundaries[i].ID)
		}
		for j := range i {
			if boxes[j].grown(-slack).meets(boxes[i]) {
				return fmt.Errorf("boundaries %q and %q overlap", g.Boundaries[j].ID, g.Boundaries[i].ID)
			}
		}
	}
	for i, s := range g.Steps {
		at := p.steps[i].bounds()
		for j, b := range boxes {
			switch declared := g.Boundaries[j].ID == s.Boundary; {
			case declared && !b.grown(slack).holds(at):
				return fmt.Errorf("step %q is drawn outside its boundary %q", s.ID, s.Boundary)
			case !declared && b.grown(-slack).meets(at):
				return fmt.Errorf("step %q is drawn in boundary %q, not only in %q", s.ID, g.Boundaries[j].ID, s.Boundary)
			}
		}
	}
	return nil
}

// holdLinks checks that each link's line begins at the step it comes from and its
// head points at the step it goes to, and leaves one line and one head of each.
func (g Graph) holdLinks(p picture) error {
	at := g.stepIndex()
	row, _ := g.rows()
	for i, l := range g.Links {
		d := &p.links[i]
		if l.From == l.To {
			continue // ours
		}
		if len(d.words) != 0 || !d.isLink() {
			return fmt.Errorf("link %d is not a line with a head", i+1)
		}
		const reach = 6 // a line ends at the outline, which is round for some shapes
		from, to := p.steps[at[l.From]].bounds().grown(reach), p.steps[at[l.To]].bounds().grown(reach)
		for k := 0; k < len(d.lines); k += 2 {
			line, head := d.lines[k].points, d.lines[k+1].points
			if g.runsBack(i, row) {
				slices.Reverse(line)
			}
			if !from.holds(box{line[0], line[0]}) {
				return fmt.Errorf("link %d does not begin at step %q", i+1, l.From)
			}
			if !slices.ContainsFunc(head, func(tip point) bool { return to.holds(box{tip, tip}) }) {
				return fmt.Errorf("link %d does not end at step %q", i+1, l.To)
			}
		}
		if len(d.lines) > 2 && g.joinsAlone(i) {
			d.merge()
		}
		d.lines = d.lines[:2]
	}
	return nil
}

// loops draws the links from a step to itself. dot is not asked to: it puts them
// where links along the rank run. They stand on the upper right corner of the step,
// a further one around the one before it.
func (g Graph) loops(p *picture) {
	at, count := g.stepIndex(), make([]int, len(g.Steps))
	for i, l := range g.Links {
		step := at[l.From]
		if l.From != l.To || p.steps[step].id == "" {
			continue
		}
		b, k := p.steps[step].bounds(), float64(count[step])
		count[step]++
		half := min(13, (b.max.x-b.min.x)/6) + 4*k
		center, top := b.max.x-min(21, (b.max.x-b.min.x)/4), b.min.y
		height := 20 + 16*k
		from, end := point{center - half, top}, point{center + half, top - 7}
		p.links[i] = drawn{id: "loop", lines: []line{
			{curves, []point{from, {from.x, top - height}, {end.x, top - height}, end}},
			{polygon, []point{{end.x - headHalf, end.y}, {end.x, top}, {end.x + headHalf, end.y}}},
		}}
	}
}

// isLink reports whether the element is lines with a head each. There should be one,
// but dot draws a link twice, side by side, that runs along a rank into another
// cluster from a step which a link of its own cluster reaches along the same rank.
func (d drawn) isLink() bool {
	for k, l := range d.lines {
		if k%2 == 0 && l.kind != curves || k%2 == 1 && (l.kind != polygon || len(l.points) != 3) {
			return false
		}
	}
	return len(d.lines)%2 == 0 && len(d.lines) <= 6
}

// joinsAlone reports whether no other link joins the two steps of link i.
func (g Graph) joinsAlone(i int) bool {
	l := g.Links[i]
	for j, o := range g.Links {
		if j != i && (o.From == l.From && o.To == l.To || o.From == l.To && o.To == l.From) {
			return false
		}
	}
	return true
}

// merge puts one line in the middle of a link's copies, where it would have been.
func (d *drawn) merge() {
	first, head := d.lines[0].points, d.lines[1].points
	n := float64(len(d.lines) / 2)
	tip := d.lines[1].tip(first[len(first)-1])
	for k := 2; k < len(d.lines); k += 2 {
		other := d.lines[k].points
		if len(other) != len(first) {
			return
		}
		t := d.lines[k+1].tip(other[len(other)-1])
		tip = point{tip.x + t.x, tip.y + t.y}
		for i := range first {
			first[i] = point{first[i].x + other[i].x, first[i].y + other[i].y}
		}
	}
	for i := range first {
		first[i] = point{first[i].x / n, first[i].y / n}
	}
	tip = point{tip.x / n, tip.y / n}
	end := first[len(first)-1]
	length := math.Max(math.Hypot(tip.x-end.x, tip.y-end.y), 1)
	across := point{(tip.y - end.y) / length * headHalf, (end.x - tip.x) / length * headHalf}
	head[0] = point{end.x + across.x, end.y + across.y}
	head[1] = tip
	head[2] = point{end.x - across.x, end.y - across.y}
}

// headHalf is half the width of an arrow's head, in points.
const headHalf = 2.8

// tip returns the corner of a head that is farthest from the end of its line.
func (l line) tip(end point) point {
	best := l.points[0]
	for _, p := range l.points {
		if math.Hypot(p.x-end.x, p.y-end.y) > math.Hypot(best.x-end.x, best.y-end.y) {
			best = p
		}
	}
	return best
}

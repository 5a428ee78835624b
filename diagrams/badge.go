package diagrams

import (
	"math"
	"slices"
)

// The number of a link stands on its line in a small disc.
const (
	numberFont = 11.0
	discRadius = 8.5
	wideRadius = 11.0 // for three digits
)

// pace is how many samples are taken of one curve.
const pace = 16

// trace is a link's line, walked along in small steps.
type trace struct {
	points []point
	length []float64 // from the beginning to each point
}

// walk samples a chain of cubic curves.
func walk(l line) trace {
	n := 1 + (len(l.points)-1)/3*pace
	t := trace{points: append(make([]point, 0, n), l.points[0]), length: append(make([]float64, 0, n), 0)}
	for i := 0; i+3 < len(l.points); i += 3 {
		c := l.points[i : i+4]
		for k := 1; k <= pace; k++ {
			u := float64(k) / pace
			v := 1 - u
			a, b, d, e := v*v*v, 3*v*v*u, 3*v*u*u, u*u*u
			p := point{a*c[0].x + b*c[1].x + d*c[2].x + e*c[3].x, a*c[0].y + b*c[1].y + d*c[2].y + e*c[3].y}
			last := t.points[len(t.points)-1]
			t.points = append(t.points, p)
			t.length = append(t.length, t.length[len(t.length)-1]+math.Hypot(p.x-last.x, p.y-last.y))
		}
	}
	return t
}

func (t trace) total() float64 { return t.length[len(t.length)-1] }

// at returns the place at a fraction of the way, and the direction there.
func (t trace) at(fraction float64) (p, direction point) {
	want := fraction * t.total()
	for i := 1; i < len(t.points); i++ {
		if t.length[i] < want && i < len(t.points)-1 {
			continue
		}
		a, b := t.points[i-1], t.points[i]
		run := t.length[i] - t.length[i-1]
		if run == 0 {
			return b, point{0, 1}
		}
		u := (want - t.length[i-1]) / run
		return point{a.x + (b.x-a.x)*u, a.y + (b.y-a.y)*u}, point{(b.x - a.x) / run, (b.y - a.y) / run}
	}
	return t.points[0], point{0, 1}
}

// near reports whether the line passes p at less than distance.
func (t trace) near(p point, distance float64) bool {
	for _, q := range t.points {
		if dx, dy := p.x-q.x, p.y-q.y; dx*dx+dy*dy < distance*distance {
			return true
		}
	}
	return false
}

// traces walks all links of a picture.
func traces(p picture) []trace {
	ts := make([]trace, len(p.links))
	for i, l := range p.links {
		ts[i] = walk(l.lines[0])
	}
	return ts
}

// placeTitle moves the lines of a boundary's title to the left or the right end of
// the room above its steps, where fewer links pass; to the left where it is all the
// same.
func placeTitle(b drawn, traces []trace) []words {
	edge := b.lines[0].bounds()
	var best []words
	fewest := math.MaxInt
	for _, a := range [...]anchor{begin, end} {
		lines, crossed := slices.Clone(b.words), 0
		for i := range lines {
			w := &lines[i]
			w.anchor, w.at.x = a, edge.min.x+titleMargin
			if a == end {
				w.at.x = edge.max.x - titleMargin
			}
			for _, t := range traces {
				crossed += t.inside(w.bounds(boundaryFont * boundaryBold).grown(1))
			}
		}
		if crossed < fewest {
			best, fewest = lines, crossed
		}
	}
	return best
}

// titleMargin is the room beside a boundary's title, in points.
const titleMargin = 8.0

// inside counts the samples of a line within a box.
func (t trace) inside(b box) int {
	n := 0
	for _, p := range t.points {
		if b.holds(box{p, p}) {
			n++
		}
	}
	return n
}

// disc is where a link's number stands.
type disc struct {
	center point
	radius float64
}

func (d disc) box() box { return box{d.center, d.center}.grown(d.radius) }

// fractions are the places on a line to try, the middle first.
var fractions = [...]float64{0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1, 0.9}

// discs finds a place for each link's number: on its own line, near the middle, off
// the steps, the titles, the other numbers and the other lines; beside the line
// where it is short. The same picture gives the same places.
func discs(g Graph, p picture, traces []trace) []disc {
	c := chooser{size: p.size, traces: traces}
	for _, s := range p.steps {
		c.steps = append(c.steps, s.bounds())
	}
	for _, b := range p.boundaries {
		for _, w := range b.words {
			c.titles = append(c.titles, w.bounds(boundaryFont*boundaryBold))
		}
		c.borders = append(c.borders, b.bounds())
	}
	for i, l := range g.Links {
		radius := discRadius
		if g.linkNumber(i) > 99 {
			radius = wideRadius
		}
		c.placed = append(c.placed, c.choose(i, radius, l.From == l.To))
	}
	return c.placed
}

type chooser struct {
	size                   point
	traces                 []trace
	steps, titles, borders []box
	placed                 []disc
}

func (c *chooser) choose(link int, radius float64, loop bool) disc {
	t := c.traces[link]
	tight := t.total() < 2*radius+10
	best, least := disc{}, math.Inf(1)
	for _, f := range fractions {
		p, dir := t.at(f)
		for _, off := range [...]float64{0, -(radius + 2), radius + 2} {
			d := disc{point{p.x - dir.y*off, p.y + dir.x*off}, radius}
			cost := c.cost(link, d) + math.Abs(f-0.5)*6
			if off != 0 && !tight {
				cost += 7
			}
			if off == 0 && tight && !loop {
				cost += 40 // it would hide the line
			}
			if cost < least {
				best, least = d, cost
			}
		}
	}
	return best
}

// cost says how much stands in a number's way: the higher, the worse.
func (c *chooser) cost(link int, d disc) float64 {
	b, sum := d.box(), 0.0
	if !(box{max: c.size}).grown(-1).holds(b) {
		sum += 1000
	}
	for _, s := range c.steps {
		if s.grown(1).meets(b) {
			sum += 100
		}
	}
	for _, o := range c.placed {
		if math.Hypot(o.center.x-d.center.x, o.center.y-d.center.y) < o.radius+d.radius+1 {
			sum += 100
		}
	}
	for _, t := range c.titles {
		if t.meets(b) {
			sum += 60
		}
	}
	for i, t := range c.traces {
		if i != link && t.near(d.center, d.radius+1) {
			sum += 12
		}
	}
	for _, border := range c.borders {
		if border.grown(2).meets(b) && !border.grown(-2).holds(b) {
			sum += 0.5
		}
	}
	return sum
}

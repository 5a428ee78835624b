package diagrams

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Sizes in points (72 to the inch), which is the unit of the picture: a browser
// shows 12 points as 16 px.
const (
	stepFont     = 12.0
	boundaryFont = 11.0
	boundaryBold = 1.09 // a style sheet may set titles in bold, which is wider by so much
	smallFont    = 10.0 // continuations and link numbers
	sidePadding  = 9.0  // left and right of a label inside its box

	titleColumns = 25 // widest line of a boundary's title
	easyColumns  = 14 // a step's label up to here stays on one line
)

// writerVersion changes whenever the same Graph gives other DOT or other SVG; it is
// part of every cache key.
const writerVersion = "1"

// text is what the picture says: every label as lines, computed once, so that the
// writer, the check and the page agree.
type text struct {
	steps  [][]string
	titles [][]string // of boundaries: title lines, then lines of terms
	terms  []int      // how many of the lines above are terms
}

func (g Graph) text() text {
	var t text
	for _, s := range g.Steps {
		t.steps = append(t.steps, wrap(clean(s.Title), labelColumns, labelLines, easyColumns))
	}
	for _, b := range g.Boundaries {
		lines := wrap(clean(b.Title), titleColumns, labelLines, titleColumns)
		terms := wrap(clean(b.Terms), titleColumns, labelLines, titleColumns)
		t.titles = append(t.titles, append(lines, terms...))
		t.terms = append(t.terms, len(terms))
	}
	return t
}

// dot writes g in Graphviz's language. Names are numbers, labels are plain quoted
// strings, and there is no color, no address, no style beyond line kinds. The same
// g gives the same bytes.
func (g Graph) dot(t text) []byte {
	var b strings.Builder
	b.WriteString("digraph flow {\n")
	fmt.Fprintf(&b, "graph [rankdir=TB, newrank=true, nodesep=0.34, ranksep=0.42, fontname=Helvetica, fontsize=%g, labeljust=l];\n", boundaryFont)
	fmt.Fprintf(&b, "node [fontname=Helvetica, fontsize=%g, height=0.5, margin=\"0.08,0.05\"];\n", stepFont)
	b.WriteString("edge [arrowsize=0.8];\n")
	for i := range g.Boundaries {
		g.writeBoundary(&b, t, i)
	}
	g.writeRanks(&b)
	g.writeLinks(&b)
	b.WriteString("}\n")
	return []byte(b.String())
}

func (g Graph) writeBoundary(b *strings.Builder, t text, i int) {
	fmt.Fprintf(b, "subgraph cluster_b%d {\nid=b%d; class=%s; style=dashed; margin=10; label=%s;\n",
		i+1, i+1, quote("boundary boundary-"+g.Boundaries[i].Kind.String()), label(padded(t.titles[i]), `\l`))
	for j, s := range g.Steps {
		if s.Boundary == g.Boundaries[i].ID {
			g.writeStep(b, t.steps[j], j)
		}
	}
	b.WriteString("}\n")
}

// padded adds spaces to the lines of a boundary's title, which make dot give them the
// width they need: it knows no width of bold letters and takes those beyond ASCII for
// spaces, and a cluster's width cannot be set.
func padded(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		assumed := 0.0
		for _, r := range l {
			if r > '~' {
				r = ' '
			}
			assumed += advance(r)
		}
		missing := textWidth(l, 1000)*boundaryBold - assumed
		out[i] = l + strings.Repeat(" ", max(0, int(math.Ceil(missing/advance(' ')))))
	}
	return out
}

// shapes are DFD3's: external entity, process, store; a model is a process with a
// double border.
var shapes = [...]string{
	External:     "shape=box",
	Process:      "shape=box, style=rounded",
	Store:        "shape=cylinder",
	ModelStep:    "shape=box, style=rounded, peripheries=2",
	Continuation: "shape=ellipse, style=dotted, fontsize=10, height=0.3, margin=\"0.02,0.02\"",
}

func (g Graph) writeStep(b *strings.Builder, lines []string, i int) {
	s := g.Steps[i]
	fmt.Fprintf(b, "s%d [id=s%d, class=%s, %s, width=%.3f, label=%s];\n",
		i+1, i+1, quote("step step-"+s.Kind.String()), shapes[s.Kind], boxWidth(lines, s.Kind)/72, label(lines, `\n`))
}

// boxWidth returns the least width of a step's box, in points.
func boxWidth(lines []string, k Kind) float64 {
	size, least := stepFont, 72.0
	if k == Continuation {
		size, least = smallFont, 36.0
	}
	widest := 0.0
	for _, l := range lines {
		widest = max(widest, textWidth(l, size))
	}
	if k == Continuation {
		return max(least, widest*1.25)
	}
	return max(least, widest+2*sidePadding)
}

// mostInRow is how many steps stand beside each other. A stage with more has several rows: in one they would be too small to read.
const mostInRow = 5

// rows gives the row of each step, from the top: one for a stage, or several of the same length for one that is too wide. The steps of a boundary stay together.
func (g Graph) rows() (of []int, count int) {
	of = make([]int, len(g.Steps))
	boundaries := g.boundaryIndex()
	for stage := range stageCount {
		var steps []int
		for i, s := range g.Steps {
			if int(s.Stage) == stage {
				steps = append(steps, i)
			}
		}
		slices.SortStableFunc(steps, func(a, b int) int { return boundaries[g.Steps[a].Boundary] - boundaries[g.Steps[b].Boundary] })
		rows := (len(steps) + mostInRow - 1) / mostInRow
		for at, i := range steps {
			of[i] = count + at*rows/len(steps)
		}
		count += rows
	}
	return of, count
}

// writeRanks puts the steps of a row on one rank and keeps the rows in order by
// a spine of unseen points, heavy enough to stay straight.
func (g Graph) writeRanks(b *strings.Builder) {
	var spine []string
	of, count := g.rows()
	for row := range count {
		p := fmt.Sprintf("r%d", row+1)
		spine = append(spine, p)
		fmt.Fprintf(b, "%s [shape=point, style=invis, width=0.01, height=0.01, label=\" \"];\n{rank=same; %s", p, p)
		for i := range g.Steps {
			if of[i] == row {
				fmt.Fprintf(b, "; s%d", i+1)
			}
		}
		b.WriteString("}\n")
	}
	if len(spine) > 1 {
		fmt.Fprintf(b, "%s [style=invis, weight=100];\n", strings.Join(spine, " -> "))
		g.writeChains(b, of, count)
	}
}

// writeChains ties the steps of a boundary together from row to row, unseen.
// dot loses links when a cluster that spans several ranks has no way through itself.
func (g Graph) writeChains(b *strings.Builder, of []int, count int) {
	for _, boundary := range g.Boundaries {
		last := -1
		for row := range count {
			i := -1
			for k, s := range g.Steps {
				if s.Boundary == boundary.ID && of[k] == row {
					i = k
					break
				}
			}
			if i < 0 {
				continue
			}
			if last >= 0 {
				fmt.Fprintf(b, "s%d -> s%d [style=invis, weight=0];\n", last+1, i+1)
			}
			last = i
		}
	}
}

// strokes are the kinds of line that need no color to be told apart.
var strokes = [...]string{Nothing: "style=solid", Metadata: "style=dotted", CustomerData: "style=bold"}

func (g Graph) writeLinks(b *strings.Builder) {
	at := g.stepIndex()
	row, _ := g.rows()
	for i, l := range g.Links {
		from, to, end := at[l.From], at[l.To], ""
		if from == to {
			continue // loops puts it on the step's corner
		}
		switch {
		case g.runsBack(i, row):
			from, to, end = to, from, ", dir=back"
		case row[to] < row[from]:
			end = ", constraint=false, weight=0"
		case l.Carries == CustomerData:
			end = ", weight=5" // what matters most runs straight
		}
		fmt.Fprintf(b, "s%d -> s%d [id=l%d, class=%s, %s%s];\n", from+1, to+1, i+1, quote("link link-"+l.Carries.String()), strokes[l.Carries], end)
	}
}

// runsBack reports whether link i is given to dot the other way round, with its head
// at the beginning. On a rank, links order the steps, and clusters must stay together:
// links that contradict each other or the clusters make dot lose links or draw them
// twice. So all links of a row are given in one order: by boundary, then by step.
func (g Graph) runsBack(i int, row []int) bool {
	steps, boundaries := g.stepIndex(), g.boundaryIndex()
	from, to := steps[g.Links[i].From], steps[g.Links[i].To]
	if row[from] != row[to] {
		return false
	}
	a, b := boundaries[g.Steps[from].Boundary], boundaries[g.Steps[to].Boundary]
	return a > b || a == b && from > to
}

// label writes lines as one plain label. Each line ends in end: \n centers it, \l
// sets it to the left.
func label(lines []string, end string) string {
	var b strings.Builder
	for i, l := range lines {
		b.WriteString(escape(l))
		if i < len(lines)-1 || end == `\l` {
			b.WriteString(end)
		}
	}
	return `"` + b.String() + `"`
}

func quote(s string) string { return `"` + escape(s) + `"` }

// escape makes s plain inside a quoted DOT string: \ would begin \N (the node's
// name), \G or a line's end, " would end the string, & would begin an entity.
// Line ends and NUL cannot be had in a label and become spaces.
func escape(s string) string { return escaper.Replace(s) }

var escaper = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;", "\n", " ", "\r", " ", "\x00", " ")

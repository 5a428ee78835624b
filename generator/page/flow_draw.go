package page

import (
	"fmt"
	"strconv"
	"unicode/utf8"

	"candor/diagrams"
	"candor/generator/model"
)

var (
	stageOf = map[string]diagrams.Stage{model.StageInput: diagrams.Input, model.StagePreprocessing: diagrams.Preprocessing, model.StageModel: diagrams.Model,
		model.StageOutput: diagrams.Output, model.StageStorage: diagrams.Storage}
	kindOf    = map[string]diagrams.Kind{"external": diagrams.External, "process": diagrams.Process, "store": diagrams.Store, "model": diagrams.ModelStep}
	sideOf    = map[string]diagrams.BoundaryKind{"customer": diagrams.Customer, "own": diagrams.Own, "vendor": diagrams.Vendor}
	carriesOf = map[string]diagrams.Carries{"nothing": diagrams.Nothing, "metadata": diagrams.Metadata, "customer": diagrams.CustomerData}
)

// draw has the pictures of a flow drawn: one, or several where it is too big for one.
func (p *planner) draw(r Renderer, f *model.Flow, index int, v Flow) ([]Diagram, error) {
	graph := p.graph(f, index, v)
	graph.Plate = &diagrams.Plate{Heading: f.Title.Value, Source: p.plateSource(f), Accent: p.site.Config.Brand.Accent.Value}
	parts := diagrams.Parts(graph)
	var list []Diagram
	for i, part := range parts {
		d, name := Diagram{Title: f.Title.Value}, f.ID.Value
		if len(parts) > 1 {
			d.Title += fmt.Sprintf(", part %d of %d", i+1, len(parts))
			name += fmt.Sprintf("-part-%d", i+1)
		}
		file := model.Address(f) + name + ".svg"
		drawn, err := r.Diagram(part, file)
		if err != nil {
			return nil, err
		}
		d.SVG, d.File, d.Wide, d.Height = drawn.SVG, p.address(drawn.Plate), drawn.Width > wideDiagram, drawn.Height
		list = append(list, d)
	}
	return list, nil
}

// wideDiagram is the width in px beyond which a picture loses too much beside its steps: what labels of 16 px stay above 11 with.
const wideDiagram = 1120

// Sizes of a flow's page on a wide screen, in px and letters. They need not be exact: they tell whether something is far from fitting.
const (
	listLetters = 40  // of a line of the list of links beside a picture
	listLine    = 20  // height of such a line
	listGap     = 14  // between two links
	belowSize   = 240 // of what stands below a picture: its tools and the legend
	fitting     = 240 // how much the list may be higher
)

// stacked tells whether the pictures of a flow are better shown above the list of its links than beside it: where they are wide or several,
// and where the list is so much higher that a hole would gape below the picture.
func stacked(v Flow) bool {
	high := belowSize
	for _, d := range v.Diagrams {
		if d.Wide || len(v.Diagrams) > 1 {
			return true
		}
		high += d.Height
	}
	list := 0
	for _, l := range v.Links {
		lines := 0
		for _, text := range []string{l.From + " to " + l.To, l.DataText + " · " + l.Over + " · to " + l.ToWhere, l.Title} {
			lines += (utf8.RuneCountInString(text) + listLetters - 1) / listLetters
		}
		list += lines*listLine + listGap
	}
	return len(v.Diagrams) > 0 && list > high+fitting
}

// plateSource says where a picture that stands alone is from, and as of when: the day of its check, since that of the build would make it
// another file with each build.
func (p *planner) plateSource(f *model.Flow) string {
	return joined(", ", p.siteName(), p.whole(model.Address(f)), long("held against the software on ", f.VerifiedOn.Day))
}

// graph gives a flow as it is to be drawn. Every name in it is public, ids that are drawn are numbers.
func (p *planner) graph(f *model.Flow, index int, v Flow) diagrams.Graph {
	g := diagrams.Graph{Name: f.ID.Value, Prefix: "d" + strconv.Itoa(index+1), Title: shorten("Data flow: "+f.Title.Value, diagrams.MaxTitle), Desc: v.Sentence}
	seen := map[string]bool{}
	for _, s := range steps(f) {
		key, of := p.partyOf(s)
		if !seen[key] {
			seen[key] = true
			g.Boundaries = append(g.Boundaries, diagrams.Boundary{ID: key, Title: shorten(of.short, diagrams.MaxTitle), Terms: shorten(of.terms, diagrams.MaxTitle), Kind: sideOf[of.side]})
		}
		g.Steps = append(g.Steps, diagrams.Step{ID: s.ID.Value, Number: s.Number, Title: s.Title.Value, Stage: stageOf[s.Stage.Value], Kind: kindOf[s.Kind.Value],
			Boundary: key, Href: p.stepAddress(s, of)})
	}
	for i, l := range f.Links {
		if l.From.Step != nil && l.To.Step != nil {
			g.Links = append(g.Links, diagrams.Link{From: l.From.Value, To: l.To.Value, Number: l.Number, Carries: carriesOf[v.Links[i].Carries], Title: shorten(v.Links[i].Sentence, diagrams.MaxWords)})
		}
	}
	return g
}

// stepAddress gives where a step leads: to its model, else to the policy behind it, else to the vendor.
func (p *planner) stepAddress(s *model.Step, of party) string {
	if m := p.modelLink(s); m != nil {
		return m.Address
	}
	if l := linkIf(p, s.Policy.To); l != nil {
		return l.Address
	}
	return of.link.Address
}

// Distances of a sketch, in its own units.
const (
	sketchColumn = 36
	sketchRow    = 22
	sketchMargin = 14
	sketchLeft   = 8 // less, so that marks begin where the words below do
)

// sketch gives the small picture of a flow: a column for each stage that has steps, steps from top to bottom, centred. All are
// equally wide, whatever stages they have, so that marks are of one size in all of them.
func (p *planner) sketch(f *model.Flow) Sketch {
	columns := [][]*model.Step{}
	most := 0
	for _, name := range model.Stages {
		var column []*model.Step
		for _, s := range steps(f) {
			if s.Stage.Value == name {
				column = append(column, s)
			}
		}
		if len(column) > 0 {
			columns = append(columns, column)
			most = max(most, len(column))
		}
	}
	if most == 0 {
		return Sketch{}
	}
	k := Sketch{Width: (len(model.Stages)-1)*sketchColumn + sketchLeft + sketchMargin, Height: (most-1)*sketchRow + 2*sketchMargin}
	at := map[*model.Step]SketchMark{}
	for x, column := range columns {
		top := (k.Height - (len(column)-1)*sketchRow) / 2
		for y, s := range column {
			_, of := p.partyOf(s)
			m := SketchMark{X: sketchLeft + x*sketchColumn, Y: top + y*sketchRow, Kind: s.Kind.Value, Side: of.side}
			at[s] = m
			k.Marks = append(k.Marks, m)
		}
	}
	for _, l := range f.Links {
		if from, to := l.From.Step, l.To.Step; from != nil && to != nil && from != to {
			k.Lines = append(k.Lines, SketchLine{Path: curve(at[from], at[to]), Carries: carries(l)})
		}
	}
	return k
}

// curve gives the path from one mark to another: an S between columns, a bow within one.
func curve(a, b SketchMark) string {
	if a.X == b.X {
		bow := a.X + sketchColumn/3
		return fmt.Sprintf("M%d %dC%d %d %d %d %d %d", a.X, a.Y, bow, a.Y, bow, b.Y, b.X, b.Y)
	}
	middle := (a.X + b.X) / 2
	return fmt.Sprintf("M%d %dC%d %d %d %d %d %d", a.X, a.Y, middle, a.Y, middle, b.Y, b.X, b.Y)
}

package diagrams

import (
	"fmt"
	"slices"
	"strings"
)

// maxPartNodes bounds the steps and continuations of a part. One step with as many
// links as it may have, each to another step, is the most that cannot be split.
const maxPartNodes = MaxStepLinks + 1

// Parts returns g as pictures people can read: g itself if it has at most 12 steps
// and 15 links, else several, divided by stage and, where one stage is too much, by
// steps. Every step is in one part. A link between two parts is drawn in both: in
// each it ends in a continuation, which names the step, lies in that step's boundary
// and leads to it. Parts differ in Prefix ("-p1" and so on is added) and Title.
//
// A graph with Problems is returned as it is; Draw refuses it.
func Parts(g Graph) []Graph {
	small := len(g.Steps) <= MaxPictureSteps && len(g.Links) <= MaxPictureLinks
	if small || len(g.Problems()) > 0 {
		return []Graph{g}
	}
	s := splitter{g: g, at: g.stepIndex(), part: make([]int, len(g.Steps))}
	s.split()
	parts := make([]Graph, len(s.sets))
	for i := range s.sets {
		parts[i] = s.build(i)
	}
	return parts
}

// splitter divides one graph.
type splitter struct {
	g    Graph
	at   map[string]int
	sets [][]int // steps of each part
	part []int   // the part each step is in
}

// split joins stages to parts while they fit.
func (s *splitter) split() {
	var current []int
	for stage := range stageCount {
		var steps []int
		for i, st := range s.g.Steps {
			if int(st.Stage) == stage {
				steps = append(steps, i)
			}
		}
		if joined := slices.Concat(current, steps); s.fits(joined) {
			current = joined
			continue
		}
		s.close(current)
		current = nil
		for _, i := range steps {
			if !s.fits(append(slices.Clone(current), i)) {
				s.close(current)
				current = nil
			}
			current = append(current, i)
		}
	}
	s.close(current)
}

func (s *splitter) close(steps []int) {
	if len(steps) == 0 {
		return
	}
	for _, i := range steps {
		s.part[i] = len(s.sets)
	}
	s.sets = append(s.sets, steps)
}

// fits reports whether some steps, with the links they have and the continuations
// these need, make one picture.
func (s *splitter) fits(steps []int) bool {
	in, others, links := map[int]bool{}, map[int]bool{}, 0
	for _, i := range steps {
		in[i] = true
	}
	for _, l := range s.g.Links {
		from, to := s.at[l.From], s.at[l.To]
		if !in[from] && !in[to] {
			continue
		}
		links++
		for _, end := range []int{from, to} {
			if !in[end] {
				others[end] = true
			}
		}
	}
	return len(steps) <= MaxPictureSteps && links <= MaxPictureLinks && len(steps)+len(others) <= maxPartNodes
}

func (s *splitter) prefix(part int) string { return fmt.Sprintf("%s-p%d", s.g.Prefix, part+1) }

// build makes the graph of one part.
func (s *splitter) build(part int) Graph {
	p := Graph{
		Name:   s.g.Name,
		Prefix: s.prefix(part),
		Title:  fmt.Sprintf("%s, part %d of %d: %s", clip(s.g.Title, MaxTitle), part+1, len(s.sets), s.stages(part)),
		Desc:   s.g.Desc,
		Plate:  s.g.Plate,
	}
	if p.Plate != nil {
		p.Plate = &Plate{Heading: fmt.Sprintf("%s, part %d of %d", p.Plate.Heading, part+1, len(s.sets)), Source: p.Plate.Source, Accent: p.Plate.Accent}
	}
	elsewhere := make([]bool, len(s.g.Steps))
	for i, l := range s.g.Links {
		from, to := s.at[l.From], s.at[l.To]
		if s.part[from] != part && s.part[to] != part {
			continue
		}
		l.Number = s.g.linkNumber(i)
		p.Links = append(p.Links, l)
		elsewhere[from] = s.part[from] != part || elsewhere[from]
		elsewhere[to] = s.part[to] != part || elsewhere[to]
	}
	used := map[string]bool{}
	for i, st := range s.g.Steps {
		if s.part[i] != part && !elsewhere[i] {
			continue
		}
		st.Number = s.g.stepNumber(i)
		if elsewhere[i] {
			st.Kind = Continuation
			st.Title = fmt.Sprintf("part %d: %s", s.part[i]+1, clip(st.Title, MaxTitle-10))
			st.Href = fmt.Sprintf("#%s-s%d", s.prefix(s.part[i]), st.Number)
		}
		used[st.Boundary] = true
		p.Steps = append(p.Steps, st)
	}
	for _, b := range s.g.Boundaries {
		if used[b.ID] {
			p.Boundaries = append(p.Boundaries, b)
		}
	}
	return p
}

// stages names the stages a part shows.
func (s *splitter) stages(part int) string {
	var names []string
	for _, i := range s.sets[part] {
		if n := s.g.Steps[i].Stage.String(); !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return strings.Join(names, ", ")
}

package diagrams

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a flow and of one picture of it. A flow within the first two is
// drawn, in parts if need be; beyond them it is no picture any more.
const (
	MaxFlowSteps    = 60
	MaxFlowLinks    = 90
	MaxStepLinks    = 15  // of one step, which no split could take apart
	MaxPictureSteps = 12  // continuations not counted
	MaxPictureLinks = 15  // of one picture
	MaxTitle        = 120 // characters of a title or of a boundary's terms
	MaxGraphTitle   = 240 // characters of a picture's title, which a part's number and stages are added to
	MaxWords        = 400 // characters of a link's words
	MaxDesc         = 2000
)

// Subject names what in a Graph a Problem is about.
type Subject string

// The subjects.
const (
	OfGraph    Subject = "diagram"
	OfBoundary Subject = "boundary"
	OfStep     Subject = "step"
	OfLink     Subject = "link"
)

// Problem is something an author can put right. Subject and Index say where it
// is: Index counts from 0 in Boundaries, Steps or Links, and is -1 for the graph.
type Problem struct {
	Subject Subject
	Index   int
	Field   string // of the subject: "title", "from", "stage", ...
	Text    string // a message: lower case, value quoted
	Hint    string // what to type instead
}

// Error returns the message.
func (p Problem) Error() string { return p.Text }

// problems collects findings about one graph.
type problems struct {
	g    Graph
	list []Problem
}

func (p *problems) add(s Subject, i int, field, hint, format string, args ...any) {
	p.list = append(p.list, Problem{s, i, field, fmt.Sprintf(format, args...), hint})
}

// Problems returns everything that keeps g from being drawn, in the order of g;
// nothing if Parts and Draw will take it.
func (g Graph) Problems() []Problem {
	p := &problems{g: g}
	p.graph()
	p.boundaries()
	p.steps()
	p.links()
	return p.list
}

var prefixForm = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]{0,79}$`)

func (p *problems) graph() {
	g := p.g
	if !prefixForm.MatchString(g.Prefix) {
		p.add(OfGraph, -1, "prefix", "begin with a letter, go on with letters, digits and hyphens", "element prefix %q cannot begin an id", short(g.Prefix))
	}
	p.title(OfGraph, -1, "title", g.Title, MaxGraphTitle, true)
	p.title(OfGraph, -1, "desc", g.Desc, MaxDesc, false)
	if len(g.Steps) == 0 {
		p.add(OfGraph, -1, "steps", "write the steps data passes through", "diagram %q has no steps", short(g.Name))
	}
	if n := len(g.Steps); n > MaxFlowSteps {
		p.add(OfGraph, -1, "steps", "divide it into flows of one purpose each", "diagram %q has %d steps, more than the %d that can be shown", short(g.Name), n, MaxFlowSteps)
	}
	if n := len(g.Links); n > MaxFlowLinks {
		p.add(OfGraph, -1, "links", "divide it into flows of one purpose each", "diagram %q has %d links, more than the %d that can be shown", short(g.Name), n, MaxFlowLinks)
	}
}

func (p *problems) boundaries() {
	used := map[string]bool{}
	for _, s := range p.g.Steps {
		used[s.Boundary] = true
	}
	seen := map[string]bool{}
	for i, b := range p.g.Boundaries {
		switch {
		case b.ID == "":
			p.add(OfBoundary, i, "id", "give it an id", "boundary %q has no id", short(b.Title))
		case seen[b.ID]:
			p.add(OfBoundary, i, "id", "give each boundary its own id", "boundary %q is there twice", short(b.ID))
		case !used[b.ID]:
			p.add(OfBoundary, i, "id", "leave it out, or put a step in it", "boundary %q holds no step", short(b.ID))
		}
		seen[b.ID] = true
		p.title(OfBoundary, i, "title", b.Title, MaxTitle, true)
		p.title(OfBoundary, i, "terms", b.Terms, MaxTitle, false)
		if int(b.Kind) >= len(boundaryNames) {
			p.add(OfBoundary, i, "kind", oneOf(boundaryNames[:]), "boundary %q has no known kind: %q", short(b.ID), b.Kind)
		}
	}
}

func (p *problems) steps() {
	boundaries := p.g.boundaryIndex()
	seen, numbers := map[string]bool{}, map[int]bool{}
	for i, s := range p.g.Steps {
		if s.ID == "" {
			p.add(OfStep, i, "id", "give it an id", "step %q has no id", short(s.Title))
		} else if seen[s.ID] {
			p.add(OfStep, i, "id", "give each step its own id", "step %q is there twice", short(s.ID))
		}
		seen[s.ID] = true
		p.number(OfStep, i, s.Number, numbers)
		p.title(OfStep, i, "title", s.Title, MaxTitle, true)
		if int(s.Stage) >= stageCount {
			p.add(OfStep, i, "stage", oneOf(stageNames[:]), "step %q has no known stage: %q", short(s.ID), s.Stage)
		}
		if int(s.Kind) >= len(kindNames) {
			p.add(OfStep, i, "kind", oneOf(kindNames[:]), "step %q has no known kind: %q", short(s.ID), s.Kind)
		}
		if _, ok := boundaries[s.Boundary]; !ok {
			p.add(OfStep, i, "boundary", "name one of the diagram's boundaries", "step %q is in %q, which is no boundary", short(s.ID), short(s.Boundary))
		}
		if !safeAddress(s.Href) {
			p.add(OfStep, i, "href", "use https:// or an address of this site", "step %q leads to %q, which is neither https nor this site", short(s.ID), short(s.Href))
		}
	}
}

func (p *problems) links() {
	steps, numbers := p.g.stepIndex(), map[int]bool{}
	ends := make([]int, len(p.g.Steps))
	for i, l := range p.g.Links {
		p.number(OfLink, i, l.Number, numbers)
		p.title(OfLink, i, "title", l.Title, MaxWords, false)
		if int(l.Carries) >= len(carriesNames) {
			p.add(OfLink, i, "carries", oneOf(carriesNames[:]), "link %d carries no known thing: %q", i+1, l.Carries)
		}
		from, ok := steps[l.From]
		if !ok {
			p.add(OfLink, i, "from", "name one of the diagram's steps", "link comes from %q, which is no step", short(l.From))
		} else {
			ends[from]++
		}
		to, ok := steps[l.To]
		if !ok {
			p.add(OfLink, i, "to", "name one of the diagram's steps", "link goes to %q, which is no step", short(l.To))
		} else if l.To != l.From {
			ends[to]++
		}
	}
	for i, n := range ends {
		if n > MaxStepLinks {
			p.add(OfStep, i, "links", "divide the step, or join links that carry the same", "step %q has %d links, more than the %d that can be shown", short(p.g.Steps[i].ID), n, MaxStepLinks)
		}
	}
}

// number checks that a number given is positive and not given twice; 0 means the
// place in the list.
func (p *problems) number(s Subject, i, n int, seen map[int]bool) {
	if n == 0 {
		n = i + 1
	}
	if n < 1 || n > 999 {
		p.add(s, i, "number", "count from 1", "%s number %d is not between 1 and 999", s, n)
	} else if seen[n] {
		p.add(s, i, "number", "number each once", "%s number %d is there twice", s, n)
	}
	seen[n] = true
}

// title checks a text by what will be left of it once it is cleaned.
func (p *problems) title(s Subject, i int, field, text string, limit int, needed bool) {
	if n := utf8.RuneCountInString(text); n > limit {
		p.add(s, i, field, fmt.Sprintf("use at most %d characters; the whole story belongs in the page's text", limit), "%s %s %q has %d characters", s, field, short(text), n)
	} else if needed && clean(text) == "" {
		p.add(s, i, field, "write what a reader shall see", "%s %s %q shows nothing", s, field, short(text))
	}
}

// safeAddress reports whether an address may be linked: none, https with a host,
// or one of this site.
func safeAddress(a string) bool {
	if strings.ContainsFunc(a, func(r rune) bool { return r == '\\' || unicode.IsControl(r) || unicode.IsSpace(r) || isHidden(r) }) {
		return false
	}
	u, err := url.Parse(a)
	if err != nil || len(a) > 2000 {
		return false
	}
	if u.Scheme == "" {
		return u.Host == "" && !strings.HasPrefix(a, "//")
	}
	return u.Scheme == "https" && u.Hostname() != "" && u.User == nil && u.Opaque == ""
}

// short returns the beginning of a value for a message.
func short(s string) string { return clip(s, 60) }

// clip returns at most so many characters of s, and an ellipsis for the rest.
func clip(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}

func oneOf(names []string) string { return "use one of " + strings.Join(names, ", ") }

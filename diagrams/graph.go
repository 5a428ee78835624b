package diagrams

import "strconv"

// Graph is one data flow, or one part of it, as it shall be drawn. Everything in
// it is text meant for the public: it ends up in a page.
type Graph struct {
	Name       string // the flow's id, for messages only; it is never drawn
	Prefix     string // begins every element id; letters, digits and hyphens, unique per picture on a page
	Title      string // the picture's accessible name
	Desc       string // the picture's accessible description
	Boundaries []Boundary
	Steps      []Step
	Links      []Link
	Plate      *Plate // what its form as a file of its own says besides; nil for no such form
}

// Boundary is a trust boundary: the customer, one's own production, a vendor.
type Boundary struct {
	ID    string
	Title string
	Terms string // second line of the box's title, such as "zero retention on file"; may be empty
	Kind  BoundaryKind
}

// Step is a place data passes through. It lies in exactly one boundary.
type Step struct {
	ID       string
	Number   int    // the step's place in the flow's list, for the page's script
	Title    string // two lines of 22 columns are drawn, all of it stands in the element's title
	Stage    Stage
	Kind     Kind
	Boundary string // the id of its Boundary
	Href     string // "", an https address, a site-relative path, or a fragment
}

// Link is data on its way from one step to another, or back to the same one.
type Link struct {
	From, To string // ids of steps
	Number   int    // drawn on the link; the words stand in the list beside the picture
	Carries  Carries
	Title    string // the words, for the element's title
}

// Stage orders steps from top to bottom. The steps of a stage share a rank.
type Stage uint8

// The five stages an AI feature goes through.
const (
	Input Stage = iota
	Preprocessing
	Model
	Output
	Storage
	stageCount = int(Storage) + 1
)

var stageNames = [...]string{"input", "preprocessing", "model", "output", "storage"}

// String returns the stage's name as authors write it.
func (s Stage) String() string { return name(stageNames[:], int(s)) }

// Kind is what a step is, and thereby its shape (DFD3 conventions).
type Kind uint8

// The kinds of a step. A model is a process that nobody can read line by line,
// which its second border says.
const (
	External     Kind = iota // sharp box
	Process                  // rounded box
	Store                    // drum
	ModelStep                // rounded box with a double border
	Continuation             // small oval: the step stands in another part of the picture; made by Parts
)

var kindNames = [...]string{"external", "process", "store", "model", "continuation"}

// String returns the kind's name as authors write it.
func (k Kind) String() string { return name(kindNames[:], int(k)) }

// BoundaryKind says whose side of a trust boundary a step is on.
type BoundaryKind uint8

// The sides.
const (
	Customer BoundaryKind = iota
	Own
	Vendor
)

var boundaryNames = [...]string{"customer", "own", "vendor"}

// String returns the side's name, which is also the end of its CSS class.
func (k BoundaryKind) String() string { return name(boundaryNames[:], int(k)) }

// Carries says what a link moves, and thereby how its line is drawn.
type Carries uint8

// What a link moves.
const (
	Nothing      Carries = iota // a thin line: a control signal
	Metadata                    // a dotted line
	CustomerData                // a thick line
)

var carriesNames = [...]string{"nothing", "metadata", "customer"}

// String returns the end of the link's CSS class.
func (c Carries) String() string { return name(carriesNames[:], int(c)) }

// name looks a value up and stays readable when the value is out of range.
func name(names []string, i int) string {
	if i < 0 || i >= len(names) {
		return "#" + strconv.Itoa(i)
	}
	return names[i]
}

// stepIndex returns where each step id stands in g.Steps.
func (g Graph) stepIndex() map[string]int {
	at := make(map[string]int, len(g.Steps))
	for i, s := range g.Steps {
		if _, twice := at[s.ID]; !twice {
			at[s.ID] = i
		}
	}
	return at
}

// boundaryIndex returns where each boundary id stands in g.Boundaries.
func (g Graph) boundaryIndex() map[string]int {
	at := make(map[string]int, len(g.Boundaries))
	for i, b := range g.Boundaries {
		if _, twice := at[b.ID]; !twice {
			at[b.ID] = i
		}
	}
	return at
}

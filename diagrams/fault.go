package diagrams

import "fmt"

// Reason says why a diagram could not be drawn.
type Reason string

// The reasons.
const (
	Refused  Reason = "cannot be drawn"       // the graph has Problems, or is more than one picture
	Hung     Reason = "took too long"         // the child passed its time limit and was killed
	Grew     Reason = "took too much memory"  // the child passed its memory limit and was killed
	Crashed  Reason = "crashed the renderer"  // twice, the second time alone in a fresh child
	Mismatch Reason = "was drawn differently" // twice: what was drawn is not what was declared (LEK03)
)

// Fault is the error of a diagram that could not be drawn. It is about this diagram
// alone: the Pool goes on.
type Fault struct {
	Graph  string // Graph.Name
	Reason Reason
	Detail string // what was seen
}

// Error names the diagram and the reason.
func (f *Fault) Error() string {
	return fmt.Sprintf("diagram %q %s: %s", f.Graph, f.Reason, f.Detail)
}

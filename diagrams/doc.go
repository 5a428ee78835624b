// Package diagrams draws data flows: a typed Graph comes in, an SVG that has been
// checked and is painted by CSS classes alone goes out. It never passes a byte of the
// renderer's output on, never writes a color, a script, an internal id or an address
// that is not https or this site's, and never draws what was not declared.
//
//	for _, part := range diagrams.Parts(g) {
//		picture, err := pool.Draw(ctx, part)
//	}
//
// # The way of a graph
//
//	Graph -> Problems -> Parts -> dot -> child process -> readDrawing -> hold -> paint -> Audit -> Picture
//
// Problems says what an author can put right. Parts divides what is too big for one
// picture (12 steps, 15 links) by stage. dot writes it in Graphviz's language, top to
// bottom, a rank for each stage, a cluster for each trust boundary. A child lays it
// out. readDrawing keeps numbers and words of the result and refuses what it does
// not know; hold holds them against the graph: the same steps, links and boundaries,
// each step inside its own boundary's box and no other, each label as written and
// inside its box. paint writes a new SVG from the graph's words and those numbers,
// and Audit goes over it once more.
//
// # Holding the renderer
//
// The renderer is github.com/goccy/go-graphviz: Graphviz 12 as WebAssembly, so no C
// compiler and no dot is needed. It wants gloves:
//
//   - It has one instance for the whole process, which two goroutines corrupt, which
//     leaks with every graph, cannot be interrupted and is broken for good after one
//     failure. So a Pool draws in child processes of the same binary, one graph at a
//     time each: a child past its limit of time or memory is killed and the graph is
//     a Fault; one that crashes or lies is replaced and the graph tried once more in
//     a fresh one; all are replaced after a number of graphs.
//   - It compiles itself while packages are initialised and loads machine code from
//     the shared temporary folder. Package codecache gives it a private, verified one,
//     and in processes that do not draw a stand-in that loads in no time.
//   - Clusters are dropped without newrank=true, and labels on links then damage its
//     memory. So newrank is always set, and numbers on links are placed by us: on
//     the line, off everything else.
//   - A link along a rank may be drawn twice (see isLink), its width for letters
//     beyond ASCII is that of a space, and HTML labels fail in silence. So widths come
//     from our own table, labels are plain and escaped, and hold looks at all of it.
//   - Entities, \N and \G in labels expand. escape takes them away.
//
// # The picture
//
// Shapes follow DFD3: an external entity is a sharp box, a process a rounded one, a
// store a drum, a trust boundary a closed dashed box; a model is a process with a
// double border. What a link carries is told by its stroke: customer data thick,
// metadata dotted, nothing thin. Classes, for the style sheet:
//
//	svg.flow-picture.flow-w12         natural width 12*40 px; class per width, for max-width
//	g.boundary.boundary-customer      -own -vendor; holds .boundary-box, .boundary-title, .boundary-terms
//	g.step.step-process.stage-input   -external -store -model -continuation; .step-box, .step-edge, .step-title
//	g.link.link-customer              -metadata -nothing; .link-line, .link-head; .link-disc, .link-number
//
// Element ids are PREFIX-b1, PREFIX-s1, PREFIX-l1 (line) and PREFIX-n1 (number);
// data-step, data-link, data-from and data-to hold the numbers of steps and links for
// the page's script. Text is set in Helvetica or Arial, for which widths are measured.
//
// Sizes are points: 12 of them are shown as 16 px at the natural size.
package diagrams

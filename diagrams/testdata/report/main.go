// Command report is what the tests of the renderer's start run: it tells where the
// machine code it has loaded is kept, what the temporary folder is afterwards, and
// that it can draw.
package main

import (
	"bytes"
	"fmt"
	"os"

	"candor/diagrams/internal/engine"
)

func main() {
	e, err := engine.New()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	svg, err := e.Draw([]byte("digraph { a -> b }"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("folder=%q\ntmp=%q\ndrawn=%d\n", engine.CodeFolder(), os.Getenv("TMPDIR"), bytes.Count(svg, []byte("<g ")))
}

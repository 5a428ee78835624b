package engine

import (
	"testing"
	_ "unsafe" // for go:linkname
)

// module is what go-graphviz has loaded.
//
//go:linkname module github.com/goccy/go-graphviz/internal/wasm.wasmFile
var module []byte

// TestIdleProcessHasNoRenderer: these tests are not told to draw, so what go-graphviz has loaded while packages were
// initialised is the stand-in of package codecache, and not its own module of 1.5 MB. That the real one is there
// where it is needed is what every drawing shows.
func TestIdleProcessHasNoRenderer(t *testing.T) {
	if n := len(module); n == 0 || n > 10_000 {
		t.Errorf("the module has %d bytes: every start of every command loads it", n)
	}
	if e, err := New(); err == nil {
		t.Errorf("without a renderer, New gives %v", e)
	}
}

// Package engine lays a graph out: DOT comes in, Graphviz's own SVG goes out. It
// is the only importer of go-graphviz, which runs Graphviz as WebAssembly.
//
// There is one instance for the whole process, and it is not to be trusted for
// long: two goroutines corrupt it, it leaks with every graph, it cannot be
// interrupted, and after one failure nothing it says can be relied on. So it is
// only used in child processes that draw one graph at a time and are replaced;
// package diagrams does that. It reads no file: the file system it sees is empty.
package engine

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/goccy/go-graphviz"

	"candor/diagrams/internal/codecache"
)

// Version names the renderer. A test holds it against the module that is linked.
const Version = "go-graphviz v0.2.10"

// Mark stands in the environment of a process that draws. In all others New gives an
// error, so that they need not load the renderer when they start.
const Mark = codecache.Mark

var errIdle = errors.New("this process was not started to draw: " + Mark + " is not in its environment")

func init() { codecache.Settle() }

// CodeFolder returns the private folder this process's machine code is kept in, ""
// if it is kept nowhere.
func CodeFolder() string { return codecache.Folder() }

// Compiled reports whether a process that draws would start at once, as far as can be
// told: it finds machine code, or cannot keep any. Where not, it compiles for half a
// second first, and leaves the code to others.
func Compiled() bool { return codecache.Compiled() }

// Engine draws graphs, one after the other, until one fails.
type Engine struct {
	gv     *graphviz.Graphviz
	failed error
}

// New readies the process's only instance, if the process was started with Mark.
func New() (*Engine, error) {
	if codecache.Idle() {
		return nil, errIdle
	}
	graphviz.SetFileSystem(nothing{})
	gv, err := graphviz.New(context.Background())
	if err != nil {
		return nil, fmt.Errorf("start graphviz: %w", err)
	}
	return &Engine{gv: gv}, nil
}

// Draw lays out one graph. After an error every later call returns an error: the
// process must be replaced.
func (e *Engine) Draw(dot []byte) (svg []byte, err error) {
	if e.failed != nil {
		return nil, e.failed
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("graphviz trapped: %v", p)
		}
		e.failed = err
	}()
	g, err := graphviz.ParseBytes(dot)
	if err != nil {
		return nil, fmt.Errorf("parse dot: %w", err)
	}
	if g == nil {
		return nil, errors.New("parse dot: no graph")
	}
	var out bytes.Buffer
	if err := e.gv.Render(context.Background(), g, graphviz.SVG, &out); err != nil {
		return nil, fmt.Errorf("lay out: %w", err)
	}
	// Close repeats the last warning there was in the process, such as a character
	// whose width is not known; only the runtime's own errors count.
	if err := g.Close(); err != nil && strings.Contains(err.Error(), "wasm error") {
		return nil, fmt.Errorf("free graph: %w", err)
	}
	if out.Len() == 0 {
		return nil, errors.New("lay out: nothing drawn")
	}
	return out.Bytes(), nil
}

// nothing is a file system without files.
type nothing struct{}

func (nothing) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

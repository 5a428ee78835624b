package diagrams

import (
	"errors"
	"fmt"
	"io"

	"candor/diagrams/internal/engine"
)

// Serve is the child's side of a Pool: it reads graphs from in and writes pictures
// to out until in ends, or until a graph fails, after which the process is not to be
// used again. The hidden verb calls it with the standard streams and then exits.
//
// It returns when in ends even while a graph is being drawn, which cannot be
// interrupted: the caller must then exit, not wait. So no child outlives its parent.
func Serve(in io.Reader, out io.Writer) error {
	e, err := engine.New()
	if err != nil {
		return err
	}
	return serve(in, out, e.Draw)
}

// errSpoiled ends a child after a failure it has reported.
var errSpoiled = errors.New("a graph failed; this process is used up")

func serve(in io.Reader, out io.Writer, draw func([]byte) ([]byte, error)) error {
	if err := writeFrame(out, frameHello, []byte(engine.Version)); err != nil {
		return fmt.Errorf("greet: %w", err)
	}
	requests, ended := make(chan []byte), make(chan error, 1)
	go func() {
		for {
			kind, body, err := readFrame(in, maxRequest)
			if err == nil && kind != frameGraph {
				err = errFrame
			}
			if err != nil {
				ended <- err
				return
			}
			requests <- body
		}
	}()
	for {
		select {
		case err := <-ended:
			if err == io.EOF {
				return nil
			}
			return fmt.Errorf("read graph: %w", err)
		case dot := <-requests:
			if err := answer(out, dot, draw, ended); err != nil {
				return err
			}
		}
	}
}

// answer draws one graph and writes the reply, unless the parent goes away first.
func answer(out io.Writer, dot []byte, draw func([]byte) ([]byte, error), ended <-chan error) error {
	type result struct {
		svg []byte
		err error
	}
	done := make(chan result, 1)
	go func() {
		svg, err := draw(dot)
		done <- result{svg, err}
	}()
	select {
	case err := <-ended:
		return fmt.Errorf("read graph: %w", err)
	case r := <-done:
		if r.err != nil {
			if err := writeFrame(out, frameFailure, []byte(r.err.Error())); err != nil {
				return fmt.Errorf("write failure: %w", err)
			}
			return errSpoiled
		}
		return writeFrame(out, framePicture, r.svg)
	}
}

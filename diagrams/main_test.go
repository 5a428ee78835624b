package diagrams

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"candor/diagrams/internal/engine"
)

// childMode says, in the environment of this test binary, what kind of child it shall
// be instead of running tests.
const childMode = "CANDOR_TEST_CHILD"

func TestMain(m *testing.M) {
	mode := os.Getenv(childMode)
	if mode == "" {
		code := m.Run()
		for _, f := range afterTests {
			f()
		}
		os.Exit(code)
	}
	err := playChild(mode)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// afterTests undoes what several tests share.
var afterTests []func()

// poison in a graph's DOT makes a misbehaving child misbehave; other graphs it draws.
const poison = "poison"

// playChild is what children do in these tests.
func playChild(mode string) error {
	if mode == "serve" {
		return Serve(os.Stdin, os.Stdout)
	}
	if mode == "mute" {
		time.Sleep(time.Hour)
	}
	e, err := engine.New()
	if err != nil {
		return err
	}
	return serve(os.Stdin, os.Stdout, func(dot []byte) ([]byte, error) {
		if bytes.Contains(dot, []byte(poison)) {
			if svg, err, done := misbehave(mode, dot, e); done {
				return svg, err
			}
		}
		return e.Draw(dot)
	})
}

var hoard [][]byte

func misbehave(mode string, dot []byte, e *engine.Engine) (svg []byte, err error, done bool) {
	switch mode {
	case "hang":
		for spins := 0; ; spins++ { // as the renderer does: without end and without a way in
			hoard = hoard[:0]
		}
	case "crash":
		os.Stderr.WriteString("panic: out of bounds\n")
		os.Exit(2)
	case "crash-once":
		if _, err := os.Stat(os.Getenv("CANDOR_TEST_MARK")); err != nil {
			os.WriteFile(os.Getenv("CANDOR_TEST_MARK"), nil, 0o600)
			os.Exit(2)
		}
	case "fail":
		return nil, errors.New("lay out: trapped"), true
	case "grow":
		for {
			block := make([]byte, 8<<20)
			for i := range block {
				block[i] = byte(i)
			}
			hoard = append(hoard, block)
			time.Sleep(time.Millisecond)
		}
	case "babble":
		os.Stdout.WriteString("this is no frame, and it goes on for more than five bytes")
		time.Sleep(time.Hour)
	case "lie":
		svg, err := e.Draw([]byte("digraph { a -> b }"))
		return svg, err, true
	}
	return nil, nil, false
}

// newTestPool returns a pool whose children are this test binary.
func newTestPool(t testing.TB, o Options, env ...string) *Pool {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	o.Command = []string{self}
	// A later setting of a variable wins.
	o.Env = append(append(os.Environ(), childMode+"=serve"), env...)
	p := NewPool(o)
	t.Cleanup(func() { p.Close() })
	return p
}

// newRenderer starts a child and gives a function that has it lay out one graph after the other, until one fails:
// these tests themselves are no process that draws.
func newRenderer(t testing.TB) func(dot []byte) ([]byte, error) {
	t.Helper()
	o := newTestPool(t, Options{}).o
	c, err := startChild(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.leave)
	return func(dot []byte) ([]byte, error) { return c.draw(context.Background(), dot, o) }
}

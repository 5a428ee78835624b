// Command candor compiles the content of a trust center into a site, and fails where the content has gaps.
//
// This package knows what no other one knows: the arguments, the clock, the environment, the terminal and the exit code. A verb is one
// file; it gathers what a generator package needs, calls it, and prints what came of it. Results go to standard output, progress and
// diagnostics to standard error.
package main

import (
	"context"
	"crypto/rand"
	"os"
	"os/signal"
	"syscall"
	"time"

	"candor/cmd/candor/internal/calm"
)

func init() { calm.Over() } // all other packages are initialised

// Exit codes, the same for every verb.
const (
	exitOK      = 0
	exitGaps    = 1 // the content has gaps; nothing was written
	exitTrouble = 2 // wrong usage, or something of the machine's stands in the way
)

// version is set by the linker for a release.
var version = "dev"

func main() { os.Exit(runAt(time.Now)) }

// runAt runs the command with a clock and gives the exit code.
func runAt(now func() time.Time) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &app{stdout: os.Stdout, stderr: os.Stderr, now: now, getenv: os.Getenv, environ: os.Environ, random: rand.Reader, terminal: isTerminal(os.Stderr),
		outTerminal: isTerminal(os.Stdout), columns: columnsOf(os.Stdout, os.Stderr)}
	return a.run(ctx, os.Args[1:])
}

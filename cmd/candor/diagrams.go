package main

import (
	"os"

	"candor/diagrams"

	"github.com/spf13/cobra"
)

// diagramsVerb is what a build starts this program with to draw: graphs come in, pictures go out.
const diagramsVerb = "draw-diagrams"

func (a *app) diagramsCommand() *cobra.Command {
	return &cobra.Command{
		Use:    diagramsVerb,
		Hidden: true,
		Args:   arguments(0, 0, "candor build"),
		RunE:   func(*cobra.Command, []string) error { return diagrams.Serve(os.Stdin, os.Stdout) },
	}
}

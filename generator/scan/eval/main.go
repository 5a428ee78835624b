// Command eval prints how well the scan finds vendors in trees of code whose vendors are known; see `make eval`. With -look it prints what it sees in a
// folder instead, to be held against what a reader sees there.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"candor/generator/catalog"
	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/scan"
	"candor/generator/scan/trial"
)

func main() {
	labelled := flag.String("labelled", "generator/scan/testdata/labelled", "the `folder` with the labelled trees")
	folder := flag.String("look", "", "print what is seen in a `folder`")
	verbose := flag.Bool("v", false, "show the trees on which the scan and the labels differ, or each sign")
	flag.Parse()
	err := run(os.Stdout, *labelled, *folder, *verbose)
	if err != nil {
		fmt.Fprintln(os.Stderr, "eval:", err)
		os.Exit(1)
	}
}

func run(out io.Writer, labelled, folder string, verbose bool) error {
	if folder != "" {
		return look(out, folder, verbose)
	}
	cases, err := trial.Read(labelled)
	if err != nil {
		return err
	}
	trial.Report(out, cases, verbose)
	return nil
}

// look prints the vendors of a folder, and how long it took to find them.
func look(out io.Writer, folder string, verbose bool) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	began := time.Now()
	found, err := scan.Trees(context.Background(), []scan.Tree{{Name: ".", Files: root.FS()}}, catalog.Load)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d files, %d signs, %d notes, %v\n", found.Files, len(found.Signs), len(found.Notes), time.Since(began).Round(time.Millisecond))
	for _, l := range trial.Labels(found.Signs) {
		fmt.Fprintln(out, l)
		for _, s := range found.Signs {
			if verbose && s.Vendor.ID == l.Vendor {
				fmt.Fprintf(out, "  %s %s %s%s   %s\n", diag.Place(s.At), [...]string{"possible", "weak", "strong"}[s.Strength], s.Seen, aside(s), strings.TrimSpace(s.At.File.Line(s.At.Position().Line)))
			}
		}
	}
	for i, n := range found.Notes {
		if verbose || i < 5 {
			fmt.Fprintf(out, "note: %s %s\n", n.Path, n.Why)
		}
	}
	return nil
}

func aside(s model.Sign) string {
	if s.Aside {
		return ", aside"
	}
	return ""
}

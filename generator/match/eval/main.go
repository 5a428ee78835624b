// Command eval prints how good the matching is on questions whose answers are known; see `make eval`.
package main

import (
	"flag"
	"fmt"
	"os"

	"candor/generator/match"
	"candor/generator/match/trial"
)

func main() {
	folder := flag.String("questions", "../shared/data/questions", "the `folder` with library.csv, pairs.csv and negatives.csv")
	home := flag.String("home", "generator/match/tune/home.txt", "the `file` with the weights that the learning starts at")
	verbose := flag.Bool("v", false, "show the questions that are answered wrongly")
	flag.Parse()
	if err := run(*folder, *home, *verbose); err != nil {
		fmt.Fprintln(os.Stderr, "eval:", err)
		os.Exit(1)
	}
}

func run(folder, home string, verbose bool) error {
	set, err := trial.Read(folder)
	if err != nil {
		return fmt.Errorf("%w\nname the folder with the questions: -questions FOLDER", err)
	}
	text, err := os.ReadFile(home)
	if err != nil {
		return err
	}
	w, err := match.ReadWeights(string(text))
	if err != nil {
		return err
	}
	plain, taught := trial.New(set, w).Cross()
	trial.Report(os.Stdout, "each questionnaire by what the others teach, without their wordings", plain, verbose)
	trial.Report(os.Stdout, "each questionnaire by what the others teach, their wordings as also_asked", taught, verbose)
	return nil
}

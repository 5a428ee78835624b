// Command tune learns the weights of the matching from questions whose answers are known and writes them; numbers only, no text of a question.
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
	out := flag.String("out", "generator/match/weights.txt", "the `file` to write the weights to")
	flag.Parse()
	if err := run(*folder, *home, *out); err != nil {
		fmt.Fprintln(os.Stderr, "tune:", err)
		os.Exit(1)
	}
}

func run(folder, home, out string) error {
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
	t := trial.New(set, w)
	learnt := t.Learn("")
	learnt.Sure = t.Threshold()
	return os.WriteFile(out, []byte("# Learnt by generator/match/tune; do not edit. What each feature weighs, then what makes a candidate likely to be right.\n"+learnt.String()), 0o644)
}

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
	own := flag.String("own", "generator/match/testdata", "the `folder` with the questions that are tried on the starter's answers")
	home := flag.String("home", "generator/match/tune/home.txt", "the `file` with the weights that the learning starts at")
	also := flag.String("also", "", "a second `folder` of the same form, judged by the weights of this program as it is")
	verbose := flag.Bool("v", false, "show the questions that are answered wrongly")
	flag.Parse()
	if err := run(*folder, *also, *own, *home, *verbose); err != nil {
		fmt.Fprintln(os.Stderr, "eval:", err)
		os.Exit(1)
	}
}

func run(folder, also, own, home string, verbose bool) error {
	starter, err := trial.Starter(own)
	if err != nil {
		return err
	}
	trial.Report(os.Stdout, "the repository's own questions on the starter's answers, by the weights as they are", trial.Judge(starter, match.Learnt()), verbose)
	if also != "" {
		set, err := trial.Read(also)
		if err != nil {
			return err
		}
		trial.Report(os.Stdout, also, trial.Judge(set, match.Learnt()), verbose)
	}
	if folder == "" {
		return nil
	}
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

// Command eval prints how good the matching is on questions whose answers are known, and on request learns the weights from them; see `make eval`.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"candor/generator/match"
	"candor/generator/match/trial"
)

// A job is what was asked for on the command line.
type job struct {
	questions, own, also, write string
	verbose                     bool
}

func main() {
	var j job
	flag.StringVar(&j.questions, "questions", "../shared/data/questions", "the `folder` with library.csv, pairs.csv and negatives.csv")
	flag.StringVar(&j.own, "own", "generator/match/testdata", "the `folder` with pairs.csv and negatives.csv for the starter's answers")
	flag.StringVar(&j.also, "also", "", "a `folder` like that of -questions, from which nothing is learnt; it is judged by the weights as they are")
	flag.StringVar(&j.write, "write", "", "learn from all questions and write the weights to this `file`: generator/match/weights.txt")
	flag.BoolVar(&j.verbose, "v", false, "show the questions that are answered wrongly")
	flag.Parse()
	if err := j.run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "eval:", err)
		os.Exit(1)
	}
}

func (j job) run(out io.Writer) error {
	starter, err := trial.Starter(j.own)
	if err != nil {
		return err
	}
	trial.Report(out, "the repository's own questions on the starter's answers, by the weights as they are, which know them", trial.Judge(starter, match.Learnt()), j.verbose)
	if j.also != "" {
		set, err := trial.Read(j.also)
		if err != nil {
			return err
		}
		trial.Report(out, j.also+", by the weights as they are", trial.Judge(set, match.Learnt()), j.verbose)
	}
	if j.questions == "" {
		return nil
	}
	set, err := trial.Read(j.questions)
	if err != nil {
		return fmt.Errorf("%w\nname the folder with the questions: -questions FOLDER", err)
	}
	return j.cross(out, set, starter)
}

func (j job) cross(out io.Writer, sets ...*trial.Set) error {
	t, err := trial.New(sets...)
	if err != nil {
		return err
	}
	plain, taught, alone := t.Cross()
	trial.Report(out, "each questionnaire by what the others teach, without their wordings", plain, j.verbose)
	trial.Report(out, "each questionnaire by what the others teach, their wordings as also_asked", taught, j.verbose)
	trial.Report(out, "the repository's own questions on the starter's answers, by what the questionnaires teach", alone, j.verbose)
	if j.write == "" {
		return nil
	}
	w := t.Learn("")
	w.Sure = trial.Threshold(plain, taught)
	head := "# Learnt by `make eval` with -write; do not edit. What each feature weighs, what makes a candidate likely to be right, and from where it is sure.\n"
	return os.WriteFile(j.write, []byte(head+w.String()), 0o644)
}

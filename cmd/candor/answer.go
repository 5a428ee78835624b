package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/questionnaire"
	"candor/generator/sheet"

	"github.com/spf13/cobra"
)

// An answerFlags holds what decides on a questionnaire besides its file.
type answerFlags struct {
	choice          sheet.Choice
	on, out, format string
	framework       string
	baseURL         string
	explain         string
	confidence      bool
	dryRun, force   bool
	learn           bool
	private         bool // what is made is for one customer's eyes
}

func (a *app) answerCommand() *cobra.Command {
	var f answerFlags
	cmd := &cobra.Command{
		Use:   "answer FILE",
		Short: "Fill a customer's questionnaire from approved answers",
		Long: `Fill a questionnaire, .xlsx or .csv, from the answers in content/answers, and write the copy
FILE.answered.xlsx. Columns of questions, answers, comments and ids are looked for; what was found is
printed before anything is written, and flags say otherwise. A verdict goes into a drop-down in the
words that it allows, the text and its address beside it. All else in the file stays as it is, and so
does a row that somebody has answered.

Only an answer that surely fits is filled in, and only one that is public, verified in time and free
of findings. Answers that may fit are suggested in a sheet of their own, marked as unapproved (for
.csv, in FILE.suggestions.csv): mark those that fit with an x, correct the rest, and

  candor answer --learn FILE.answered.xlsx

writes the questions as also_asked, and their ids as frameworks, into the answers, for the next
questionnaire. Nothing leaves this machine, and the same file gives the same answers.

Exit 0: every question is answered. Exit 1: some are left; the report says which and why.
Exit 2: something is in the way, and nothing was written.`,
		Example: `  candor answer acme.xlsx
  candor answer acme.xlsx --sheet Controls --question C --answer E --comment F --from 12
  candor answer acme.xlsx --explain 'Controls!14'    why that row came out as it did`,
		Args: arguments(1, 1, "candor answer FILE"),
		RunE: func(_ *cobra.Command, args []string) error {
			if f.learn {
				return a.learnFrom(args[0], f)
			}
			return a.answer(args[0], f)
		},
	}
	cmd.Flags().StringVar(&f.choice.Sheet, "sheet", "", "answer the sheet `NAME` alone")
	cmd.Flags().StringVar(&f.choice.Question, "question", "", "the `COLUMN` of the questions: letters, or its header")
	cmd.Flags().StringVar(&f.choice.Answer, "answer", "", "the `COLUMN` for the verdict, or for the answer where there is one column")
	cmd.Flags().StringVar(&f.choice.Comment, "comment", "", "the `COLUMN` for the text of the answer")
	cmd.Flags().StringVar(&f.choice.ID, "id", "", "the `COLUMN` of the questions' ids")
	cmd.Flags().IntVar(&f.choice.From, "from", 0, "the first `ROW` with a question")
	cmd.Flags().StringVar(&f.framework, "framework", "", "the questionnaire's `NAME` and version, as frameworks in answers have it: caiq-4.0")
	cmd.Flags().StringVarP(&f.out, "out", "o", "", "write the filled copy to `FILE` (default FILE.answered.xlsx beside it)")
	cmd.Flags().BoolVar(&f.force, "force", false, "write over a copy that is there")
	cmd.Flags().BoolVar(&f.confidence, "confidence", false, "add a column that says how sure each answer is")
	cmd.Flags().StringVar(&f.explain, "explain", "", "print why the row `SHEET!ROW` comes out as it does, and write nothing")
	cmd.Flags().BoolVar(&f.learn, "learn", false, "take over what a person has corrected in FILE, as also_asked and frameworks of the answers")
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "print what would be written, and write nothing")
	cmd.Flags().StringVar(&f.on, "on", "", "answer as on this `DATE` (default today, UTC)")
	cmd.Flags().StringVar(&f.baseURL, "base-url", "", "the `URL` of the site, in the place of base_url in site.yaml")
	cmd.Flags().StringVar(&f.format, "format", "text", "print the report as text, json or md")
	return cmd
}

func (a *app) answer(name string, f answerFlags) error {
	if !slices.Contains(reportFormats, f.format) {
		return advice{fmt.Errorf("no format %q", f.format), "write --format text, --format json or --format md"}
	}
	out := f.out
	if out == "" {
		out = beside(name, "answered")
	}
	if err := f.free(name, out); err != nil {
		return err
	}
	q, err := a.questionnaire(name, f)
	if err != nil {
		return err
	}
	q.tell(a)
	plan := q.library.Plan(q.survey, questionnaire.Options{Framework: f.framework, Name: name, Confidence: f.confidence})
	if f.explain != "" {
		return a.explainRow(q.library, &plan, f.explain)
	}
	plan.Write(q.book)
	if !f.dryRun {
		if err := a.writeAnswered(q.book, &plan, out, f.force); err != nil {
			return err
		}
	}
	if err := a.printPlan(&plan, f.format); err != nil {
		return fmt.Errorf("print the report: %w", err)
	}
	a.say("%s\n", plan.Summary())
	if f.dryRun {
		a.say("nothing was written: --dry-run\n")
	}
	if plan.Count(questionnaire.Suggested)+plan.Count(questionnaire.Blank) > 0 {
		a.code = exitGaps
	}
	return nil
}

// free reports what stands in the way of writing a copy, before any work is done.
func (f answerFlags) free(name, out string) error {
	if f.dryRun || f.explain != "" {
		return nil
	}
	if same(name, out) {
		return advice{fmt.Errorf("%q is the questionnaire itself", out), "name another file with -o"}
	}
	if _, err := os.Lstat(out); err == nil && !f.force {
		return advice{fmt.Errorf("%q is there already", out), "somebody may have worked in it: name another file with -o, or write --force"}
	}
	return nil
}

func same(one, other string) bool {
	a, errA := os.Stat(one)
	b, errB := os.Stat(other)
	return errA == nil && errB == nil && os.SameFile(a, b)
}

// beside gives the name of a file made from another: acme.xlsx, "answered" is acme.answered.xlsx.
func beside(name, what string) string {
	ext := filepath.Ext(name)
	return strings.TrimSuffix(name, ext) + "." + what + ext
}

// An openQuestionnaire is one that was read, with the answers that there are for it.
type openQuestionnaire struct {
	name    string
	book    *sheet.Book
	survey  sheet.Survey
	library *questionnaire.Library
	gaps    []diag.Finding
}

// mostQuestionnaire is how large a file may be: the limits of sheet are those on what is in it.
const mostQuestionnaire = 64 << 20

// questionnaire reads a file and the answers of the site.
func (a *app) questionnaire(name string, f answerFlags) (*openQuestionnaire, error) {
	data, err := readQuestionnaire(name)
	if err != nil {
		return nil, err
	}
	q := &openQuestionnaire{name: name}
	if q.book, err = sheet.Open(name, data); err != nil {
		return nil, err
	}
	if q.survey, err = q.book.Survey(f.choice); err != nil {
		return nil, err
	}
	q.survey.Tables = slices.DeleteFunc(q.survey.Tables, func(t sheet.Table) bool { return questionnaire.IsSuggestions(t.Sheet) })
	content, err := a.checked(buildFlags{on: f.on})
	if err != nil {
		return nil, err
	}
	q.gaps = content.Findings.Findings()
	q.library = questionnaire.Stock(questionnaire.Source{Site: content.Site, On: content.On, Findings: q.gaps, Excepted: content.Exceptions, Private: f.private, BaseURL: f.baseURL})
	return q, nil
}

func readQuestionnaire(name string) ([]byte, error) {
	return readTable(name, "name the questionnaire, .xlsx or .csv")
}

// readTable reads a spreadsheet, or text with separators. The hint says what to name where there is none.
func readTable(name, hint string) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, advice{fmt.Errorf("no file %q", name), hint}
	case err != nil:
		return nil, fmt.Errorf("read %q: %w", name, cause(err))
	case !info.Mode().IsRegular():
		return nil, advice{fmt.Errorf("%q is no file", name), hint}
	case info.Size() > mostQuestionnaire:
		return nil, advice{fmt.Errorf("%q holds more than %d MiB", name, mostQuestionnaire>>20), "remove its pictures, or answer its sheets one by one"}
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read %q: %w", name, cause(err))
	}
	return data, nil
}

// tell prints what was found, so that a wrong column is seen before the file goes out.
func (q *openQuestionnaire) tell(a *app) {
	for _, t := range q.survey.Tables {
		a.say("%s\n", diag.Printable(questionnaire.Describe(t)))
	}
	for _, s := range q.survey.Skipped {
		a.say("left alone: sheet %q, %s\n", s.Sheet, s.Why)
	}
	for _, n := range q.survey.Notes {
		a.say("note: %s\n", diag.Printable(n))
	}
	if slices.ContainsFunc(q.gaps, func(f diag.Finding) bool { return f.Severity == diag.Error }) {
		a.say("note: the content has %s; answers that they touch are not filled in (`candor check` shows them)\n", diag.CountOf(q.gaps))
	}
}

func (a *app) writeAnswered(book *sheet.Book, plan *questionnaire.Plan, out string, force bool) error {
	data, err := book.Bytes()
	if err != nil {
		return err
	}
	if err := replace(out, data); err != nil {
		return err
	}
	a.say("wrote %s\n", out)
	if !book.CSV() || !plan.HasSuggestions() {
		return nil
	}
	suggestions := suggestionsOf(out)
	if _, err := os.Lstat(suggestions); err == nil && !force {
		return advice{fmt.Errorf("%q is there already", suggestions), "move it away, or write --force"}
	}
	if data, err = plan.SuggestionsCSV(); err != nil {
		return err
	}
	if err := replace(suggestions, data); err != nil {
		return err
	}
	a.say("wrote %s: not approved, for you alone\n", suggestions)
	return nil
}

// suggestionsOf names the file of suggestions that belongs to a filled copy: acme.answered.csv has acme.suggestions.csv.
func suggestionsOf(answered string) string {
	ext := filepath.Ext(answered)
	return strings.TrimSuffix(strings.TrimSuffix(answered, ext), ".answered") + ".suggestions" + ext
}

func (a *app) printPlan(plan *questionnaire.Plan, format string) error {
	switch format {
	case "json":
		return plan.WriteJSON(a.stdout)
	case "md":
		return plan.WriteMarkdown(a.stdout)
	}
	if a.quiet {
		return nil
	}
	return plan.WriteText(a.stdout, a.style(a.outTerminal))
}

// explainRow prints why a row comes out as it does.
func (a *app) explainRow(l *questionnaire.Library, plan *questionnaire.Plan, at string) error {
	lines := plan.Find(at)
	switch {
	case len(lines) == 0:
		hint := "write the number of a row with a question"
		if len(plan.Lines) > 0 {
			hint += ", like " + plan.Lines[0].Place()
		}
		return advice{fmt.Errorf("no question in row %q", at), hint}
	case len(lines) > 1:
		var places []string
		for _, line := range lines {
			places = append(places, "'"+line.Place()+"'")
		}
		return advice{fmt.Errorf("several sheets have a question in row %q", at), "write --explain " + strings.Join(places, " or ")}
	}
	if err := l.Explain(a.stdout, lines[0]); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("print the reasons: %w", err)
	}
	return nil
}

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"candor/generator"
	"candor/generator/diag"
	"candor/generator/register"

	"github.com/spf13/cobra"
)

// An importFlags holds what decides on a list besides its file.
type importFlags struct {
	maps        []string
	sheet, on   string
	all, dryRun bool
}

func (a *app) importCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import",
		Short: "Take in vendors from a list of a compliance platform or a spreadsheet",
		Args:  arguments(0, 0, "candor import vendors FILE"),
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.importVendorsCommand())
	return cmd
}

func (a *app) importVendorsCommand() *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:   "vendors FILE",
		Short: "Write a file to complete for each vendor of a list, .csv or .xlsx",
		Long: `Read a list of vendors, .csv or .xlsx, as companies keep it or compliance platforms export it, and
write content/subprocessors/ID.yaml for each vendor that the content does not have. A file that is
there is never touched; what the list says otherwise is told.

Columns may stand in any order and below titles. Their headers are matched by what they mean, in
English and in the commonest words of German, French, Spanish, Italian and Dutch, and by what stands
below them. What was taken for what is printed first; --map says otherwise. Vendors are matched to
the catalog by name, legal entity or website. What a column says and no key of the content can hold
is kept as a comment. What only a contract tells is left out: candor check asks for it.

No platform publishes what the files that it exports look like. Known are the names in the public
interfaces of Drata (name, category, risk, critical, isSubProcessor, isSubProcessorActive, url,
location, hasPii) and Vanta (name, websiteUrl, category, servicesProvided, inherentRiskLevel,
contractRenewalDate); both are understood, and so is what candor export vendors writes.

Left out, unless --all is given, is what the list calls no sub-processor (--all writes it with
"role: internal-tool", which is not published) and what it calls inactive.

FIELD of --map is one of ` + strings.Join(register.Fields()[:15], ", ") + `,
` + strings.Join(register.Fields()[15:], ", ") + `.

Exit 0: done. Exit 2: something is in the way, and nothing was written.`,
		Example: `  candor import vendors drata.csv --dry-run
  candor import vendors Lieferanten.xlsx --map name=Firma --map purpose="Wofür?"`,
		Args: arguments(1, 1, "candor import vendors FILE"),
		RunE: func(_ *cobra.Command, args []string) error { return a.importVendors(args[0], f) },
	}
	cmd.Flags().StringArrayVar(&f.maps, "map", nil, "take the column with this header for the field: `FIELD=HEADER`")
	cmd.Flags().StringVar(&f.sheet, "sheet", "", "read the sheet `NAME`")
	cmd.Flags().BoolVar(&f.all, "all", false, "take in what is no sub-processor, and what is not active, too")
	cmd.Flags().BoolVarP(&f.dryRun, "dry-run", "n", false, "print what would be written, and write nothing")
	cmd.Flags().StringVar(&f.on, "on", "", "take `DATE` for today (default today, UTC)")
	return cmd
}

// choice reads --map and --sheet.
func (f importFlags) choice() (register.Choice, error) {
	c := register.Choice{Sheet: f.sheet, Map: map[register.Field]string{}}
	for _, m := range f.maps {
		field, header, ok := strings.Cut(m, "=")
		switch {
		case !ok || header == "":
			return c, advice{fmt.Errorf("--map %q names no header", m), "write --map name=Supplier"}
		case !slices.Contains(register.Fields(), field):
			hint := "`candor import vendors --help` lists the fields"
			if near, ok := diag.Nearest(field, register.Fields()); ok {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			return c, advice{fmt.Errorf("no field %q", field), hint}
		}
		c.Map[register.Field(field)] = header
	}
	return c, nil
}

func (a *app) importVendors(name string, f importFlags) error {
	choice, err := f.choice()
	if err != nil {
		return err
	}
	data, err := readTable(name, "name the list, .csv or .xlsx")
	if err != nil {
		return err
	}
	table, err := register.Read(name, data, choice)
	if err != nil {
		return err
	}
	content, err := a.checked(buildFlags{on: f.on})
	if err != nil {
		return err
	}
	taken := func(path string) bool {
		_, err := os.Lstat(a.below(filepath.FromSlash(path)))
		return err == nil
	}
	plan := table.Plan(register.Order{Catalog: knownTo(content)(), Site: content.Site, On: content.On, All: f.all, Taken: taken})
	a.tellColumns(table)
	for _, n := range plan.Notes {
		a.say("note: %s\n", diag.Printable(n))
	}
	if !f.dryRun {
		if err := a.writeEntries(plan); err != nil {
			return err
		}
	}
	if err := a.printEntries(plan, f.dryRun); err != nil {
		return fmt.Errorf("print the list: %w", err)
	}
	a.sumUp(plan, f)
	return nil
}

// tellColumns prints what was taken for what, so that a wrong column is seen.
func (a *app) tellColumns(t *register.Table) {
	var understood, kept []string
	for _, c := range t.Columns {
		switch {
		case c.Field != "" && strings.EqualFold(c.Header, string(c.Field)):
			understood = append(understood, c.Header)
		case c.Field != "":
			understood = append(understood, fmt.Sprintf("%q as %s", c.Header, c.Field))
		case c.Why != "":
			kept = append(kept, fmt.Sprintf("%q (%s)", c.Header, c.Why))
		case c.Header != "":
			kept = append(kept, fmt.Sprintf("%q", c.Header))
		}
	}
	where := ""
	if t.Sheet != "" {
		where = fmt.Sprintf("sheet %q, ", t.Sheet)
	}
	if t.Own() {
		a.say("%s%s of vendors in a list as candor writes it\n", where, count(len(t.Rows), "row"))
		return
	}
	a.say("%sheaders in row %d, %s below; read: %s\n", diag.Printable(where), t.Header, count(len(t.Rows), "row"), diag.Printable(strings.Join(understood, ", ")))
	if len(kept) > 0 {
		a.say("kept as comments: %s; --map FIELD=HEADER says otherwise\n", diag.Printable(strings.Join(kept, ", ")))
	}
}

// writeEntries writes the files of new vendors. One that is there by now is left as it is.
func (a *app) writeEntries(plan *register.Plan) error {
	if plan.Of(register.New) == 0 {
		return nil
	}
	folder := a.below(filepath.FromSlash("content/subprocessors"))
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("make the folder %q: %w", folder, cause(err))
	}
	for _, e := range plan.Entries {
		if e.Fate != register.New {
			continue
		}
		if err := writeNew(a.below(filepath.FromSlash(e.Path)), e.Data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// printEntries prints a line for each vendor, and what a person should know of it.
func (a *app) printEntries(plan *register.Plan, dryRun bool) error {
	var b strings.Builder
	for _, e := range plan.Entries {
		b.WriteString(entryLine(e, dryRun) + "\n")
		if e.Doubt != "" {
			fmt.Fprintf(&b, "    not taken for %s: %s\n", e.Vendor.ID.Value, e.Doubt)
		}
		for _, n := range e.Notes {
			fmt.Fprintf(&b, "    %s\n", n)
		}
	}
	_, err := a.stdout.Write([]byte(printableLines(b.String())))
	return err
}

func entryLine(e *register.Entry, dryRun bool) string {
	rows := "row "
	if len(e.Rows) > 1 {
		rows = "rows "
	}
	for i, r := range e.Rows {
		if i > 0 {
			rows += ", "
		}
		rows += fmt.Sprint(r)
	}
	switch e.Fate {
	case register.Declared:
		return fmt.Sprintf("already there: %s (%s, %s)", e.ID, e.Name, rows)
	case register.NoProcessor:
		return fmt.Sprintf("left out: %s (%s), no sub-processor", e.Name, rows)
	case register.Ended:
		return fmt.Sprintf("left out: %s (%s), not active", e.Name, rows)
	}
	known := "not in the catalog"
	if e.Vendor != nil && e.Doubt == "" {
		known = "known by its " + e.By
	}
	verb := "wrote"
	if dryRun {
		verb = "would write"
	}
	return fmt.Sprintf("%s %s (%s, %s, %s)", verb, e.Path, e.Name, rows, known)
}

// printableLines is diag.Printable, with the lines kept.
func printableLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = diag.Printable(line)
	}
	return strings.Join(lines, "\n")
}

// sumUp counts what became of a list, and says what comes next.
func (a *app) sumUp(plan *register.Plan, f importFlags) {
	verb := "written"
	if f.dryRun {
		verb = "to write"
	}
	parts := []string{count(plan.Of(register.New), "file") + " " + verb}
	for _, t := range []struct {
		fate register.Fate
		word string
	}{{register.Declared, "already there"}, {register.NoProcessor, "no sub-processor"}, {register.Ended, "not active"}} {
		if n := plan.Of(t.fate); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, t.word))
		}
	}
	a.say("%s\n", strings.Join(parts, "; "))
	if !f.all && plan.Of(register.NoProcessor)+plan.Of(register.Ended) > 0 {
		a.say("--all takes in what was left out: with \"role: internal-tool\" what is no sub-processor, as removed what is not active\n")
	}
	if f.dryRun {
		a.say("nothing was written: --dry-run\n")
		return
	}
	if plan.Of(register.New) == 0 {
		return
	}
	content, err := a.checked(buildFlags{on: f.on})
	if err != nil {
		return
	}
	a.say("%s in these files to complete; `candor check` shows them\n", count(findingsIn(content, plan), "finding"))
}

// findingsIn counts what is to be completed in the files that were written.
func findingsIn(content *generator.Content, plan *register.Plan) int {
	n := 0
	for _, finding := range content.Findings.Findings() {
		if finding.At.File != nil && slices.ContainsFunc(plan.Entries, func(e *register.Entry) bool { return e.Fate == register.New && e.Path == finding.At.File.Path }) {
			n++
		}
	}
	return n
}

// Package generator compiles the content of a trust center into a site. It is the whole way through, and there is no way back:
//
//	fs.FS -> source.Read -> *Tree -> parse.Tree -> *Draft -> link.Draft -> *Site -> check.Site -> page.Plan -> []Page -> render.Pages -> output.Sink
//
// Before the check, scan looks into the source code that flows name, if it is there, and its signs of vendors become part of the site.
//
// In comes a site folder as a file system and the day to build for; out come pages in a sink, or findings that say why not. A gap
// in the content is never an error, and what broke the machine is never a finding. Nothing is written before every check has passed, and
// what is checked is what is written. A Workshop goes the same way again and again, and does over only what a change touches. The clock, the environment
// and the terminal are known to the command alone.
package generator

import (
	"context"
	"io"
	"io/fs"
	"slices"

	"candor/diagrams"
	"candor/generator/check"
	"candor/generator/diag"
	"candor/generator/disclosure"
	"candor/generator/model"
	"candor/generator/output"
	"candor/generator/page"
	"candor/generator/parse"
	"candor/generator/schema"
	"candor/generator/seal"
	"candor/generator/source"
)

// An Input is all that a site depends on: the same input makes the same bytes.
type Input struct {
	Files   fs.FS     // the site folder, with content/ in it
	Source  fs.FS     // where the paths under "source" of flows begin; nil for the site folder
	On      model.Day // the day that rules count from
	Themes  fs.FS     // the themes that come with the program, a folder each; those in "themes" of the site folder win
	Theme   string    // name of the one to use, in the place of theme of site.yaml, unless ""
	BaseURL string    // in the place of base_url of site.yaml, unless ""
	Strict  bool      // warnings stop the build as errors do
	Version string    // of the program, for the foot of the pages

	// Since is the trust.json of the last publication: what differs from it is told on the page of updates and in the feeds, and what it told is told again. Nil
	// where nothing was published yet; then what the content dates is told alone.
	Since *disclosure.Document

	// Secret is what sealed pages are closed with. Without the one that their links were made with, a site that has such pages is not built: they would
	// be gone, and nobody would be told. Somebody who is at work on the content sees the rest of the site.
	Secret seal.Secret

	// Writing says that somebody is at work on the content: that an approved text has become another one is to be expected then, and a warning.
	Writing bool

	// Draw draws one diagram. When nil, no diagrams are drawn and the pages say so.
	Draw func(context.Context, diagrams.Graph) (diagrams.Picture, error)

	// Warm is called when diagrams may have to be drawn, so that what draws can get ready meanwhile; nil for nobody.
	Warm func()
}

// A Content is what was read and checked: the site, and every finding.
type Content struct {
	Site     *model.Site
	Tree     *source.Tree
	On       model.Day // the day that it was checked on
	Findings *diag.List
	NoSource []string // folders of source code that flows name and that are not there

	// Exceptions are those that hold, each with the findings that it takes off the list.
	Exceptions []diag.Exception

	read []diag.Finding // those that do not depend on a day
}

// Hash names the content, file by file, as the pages that are made of it do: in lower-case hexadecimal. files is the site folder that it was read from.
func (c *Content) Hash(files fs.FS) (string, error) { return (&Workshop{}).contentHash(files, c.Tree) }

// judge holds the content against the rules on a day: against all of them, or only against those that are named.
func (c *Content) judge(on model.Day, only ...string) (*diag.List, []diag.Exception) {
	return c.judgeAt(nil, on, only...)
}

// judgeAt is judge, with what a desk has kept.
func (c *Content) judgeAt(desk *check.Desk, on model.Day, only ...string) (*diag.List, []diag.Exception) {
	diags := &diag.List{}
	diags.Add(c.read...)
	exceptions := desk.Site(c.Site, on, diags, only...)
	return diags, exceptions
}

// Check reads the content and holds it against every rule. The error is the machine's alone.
func Check(in Input) (*Content, error) {
	tree, err := source.Read(in.Files, parse.Folder)
	if err != nil {
		return nil, err
	}
	return (&Workshop{}).check(in, tree, nil, Step{All: true}), nil
}

// A Report is what a build did.
type Report struct {
	Findings []diag.Finding
	Failed   bool // the findings stopped the build: nothing was written
	Pages    int
	Diagrams int

	Exceptions []diag.Exception // that hold, and take findings off the list
	Folders    []string         // of source code that was looked at, as flows name them
	BaseURL    string           // that the site is made for, as far as it could be read
	Locked     *Locked          // sealed pages that the preview leaves out; nil for none
}

// Build checks the content and, if it holds, renders every page into sink. A Report that Failed means that sink holds nothing that may be
// used. Findings come with an error too, as far as they go.
func Build(ctx context.Context, in Input, sink output.Sink) (Report, error) {
	return (&Workshop{}).Build(ctx, in, Step{All: true}, sink)
}

// templates names every page that a theme must have.
func templates() []string {
	var names []string
	for _, t := range page.Templates() {
		names = append(names, t.Name)
	}
	return names
}

// WriteRules writes the reference page of the rules as Markdown.
func WriteRules(w io.Writer) error { return check.WriteReference(w) }

// Rules gives every rule there is, in the order of the reference.
func Rules() []diag.Rule {
	var rules []diag.Rule
	for _, r := range check.Rules() {
		rules = append(rules, r.Rule)
	}
	return slices.Clip(rules)
}

// Schemas gives the JSON Schema of every kind of file of the content.
func Schemas() ([]schema.File, error) {
	var rules []diag.Rule
	for _, r := range check.Rules() {
		if check.CanBeExcepted(r.ID) {
			rules = append(rules, r.Rule)
		}
	}
	return schema.All(rules)
}

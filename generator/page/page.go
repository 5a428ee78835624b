// Package page turns a linked site into pages: an address, a template and one typed view for each.
//
// In comes a model.Site that passed its checks, and the day it is built for; out comes a list of Pages in a fixed order, the same for the
// same input. This is the only place that decides what is public. A view is a struct made for its template, with everything computed:
// dates in both forms, states as words, sentences, addresses with the base path. It holds no record of the model, so what is internal
// cannot be reached from a template: it is not there. A record that is not published has no page, no count and no link here.
//
// Views are made one at a time, when their page is rendered (Page.Make), so that no more than the pages under way are in memory. Markdown
// and diagrams go through the Renderer, which belongs to whoever renders. Nothing here writes a file, reads the clock or draws.
//
// # For whoever writes templates
//
// The template of a page gets the struct named in Templates; every one embeds Frame. Text is a string and is escaped by html/template;
// template.HTML is safe to show as it is. A field that is a pointer is nil when there is nothing to say, so {{with .Approved}} works; a
// list is empty, a string "". Ids of elements: records shown on a page that lists (models, certifications, documents, controls, updates)
// have their ID field as the id, and links depend on it; a step is "step-3", a link of a flow "link-3", a topic of answers "topic-ai". Ids
// that a template chooses itself should begin with "section-", so that they meet none of these.
package page

import (
	"html/template"
	"io/fs"

	"candor/diagrams"
	"candor/generator/disclosure"
	"candor/generator/markdown"
	"candor/generator/model"
	"candor/generator/search"
	"candor/generator/source"
)

// A Page is one HTML file of the site, not yet made.
type Page struct {
	Address   string      // from the site's root, without the base path: "/policies/access-control/"
	Path      string      // of the file: "policies/access-control/index.html"
	Template  string      // name of the template: "policy"
	Canonical bool        // whether it belongs into the sitemap: not so the missing page and redirects
	Changed   model.Day   // when its content last changed as far as that is known, else 0
	Draws     bool        // whether Make asks for diagrams, which takes longer
	Again     bool        // whether it shows what other pages show, so that what is wrong with that is told of them alone
	At        source.Span // where the record behind it stands, for findings about it; the zero Span for lists

	// Make makes the view: the struct that Templates names for the template. It may be called once or more, from any goroutine.
	Make func(r Renderer) (any, error)
}

// Listed tells what the sitemap says of the page: its address, when it last changed, and whether it belongs there at all.
func (p Page) Listed() (address string, changed model.Day, ok bool) {
	return p.Address, p.Changed, p.Canonical
}

// A Renderer makes the parts of a view that are not plain facts, and knows the theme's files.
type Renderer interface {
	Markdown(b Body) (template.HTML, error)                  // safe HTML
	Diagram(g diagrams.Graph, plate string) (Drawing, error) // the zero Drawing when it could not be drawn and that was reported; its plate is wanted at this address
	// Seal makes a page of view with the template called name, and closes it for who has the key of the share alone: hex.
	Seal(share *model.Share, name string, view any) (string, error)
	// Chapter gives what a page has between its masthead and its foot, made fit to stand in another page.
	Chapter(c Chapter) (template.HTML, error)
	Stylesheet() string                            // address from the site's root, "" for none
	Script() string                                // address from the site's root, "" for none
	Scripts(template string) []string              // addresses of the scripts that this template's pages have for themselves
	Search(entries []search.Entry) (string, error) // address of the index of these answers
}

// A Drawing is a picture of a flow, or of a part of one.
type Drawing struct {
	SVG    template.HTML // an <svg> that may stand in a page
	Width  int           // at its natural size, in px
	Height int
	Plate  string // address of its plate from the site's root, "" for none
}

// A Body is a Markdown text that a view shows.
type Body struct {
	Source   []byte
	Resolve  func(dest string) string // gives the address of a link, with the base path
	Kept     func() markdown.Fragment // its HTML when that was kept, else nil
	TopLevel int                      // level of its highest heading: 2 below the title of a page
	Prefix   string                   // before every id in it, where several bodies share a page
}

// A Chapter is a page inside another one.
type Chapter struct {
	Template string
	View     any                      // the page's own
	Prefix   string                   // before every id in it
	Deeper   int                      // levels by which its headings are lowered, none below 6
	Resolve  func(dest string) string // gives the address of a link that leaves the chapter
}

// Options are what Plan is told besides the content.
type Options struct {
	BaseURL     string               // in the place of base_url of site.yaml, unless ""
	Version     string               // of the program, for the foot of the page
	ContentHash string               // of everything the site was made from, in hex, for the foot of the page
	NoDiagrams  bool                 // the text form alone, which the page then says
	Sealed      []*model.Share       // pages for one customer each that are to be made
	Disclosure  *disclosure.Document // of the same site and day: its changes are what the page of updates lists; nil to have it made
	Files       fs.FS                // the site folder, which logos are measured in; nil for no measures
	Machine     []Link               // machine-readable files beside those that every site has; addresses from the site's root
}

// A Template names a template and a value of the struct it gets, empty.
type Template struct {
	Name string
	View any
}

// Templates lists every template that a theme must have, with the view it gets.
func Templates() []Template {
	return []Template{
		{"home", Home{}},
		{"policies", Policies{}},
		{"policy", Policy{}},
		{"subprocessors", Subprocessors{}},
		{"subprocessor", Subprocessor{}},
		{"flows", Flows{}},
		{"flow", Flow{}},
		{"ai", AI{}},
		{"answers", Answers{}},
		{"answer", Answer{}},
		{"certifications", Certifications{}},
		{"documents", Documents{}},
		{"controls", Controls{}},
		{"updates", Updates{}},
		{"print", Print{}},
		{"sealed", Sealed{}},
		{"letter", Letter{}},
		{"missing", Missing{}},
		{"redirect", Redirect{}},
	}
}

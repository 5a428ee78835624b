package page

import "html/template"

// Print is the whole trust center as one document, made to be printed.
type Print struct {
	Frame
	Whole string // address of the site as it can be typed; "" when it is not known
	Parts []PrintPart
}

// A PrintPart is a section of the document.
type PrintPart struct {
	ID       string // of the element, for links: "policies"
	Title    string
	Single   bool // it is one chapter, whose title is the section's
	Chapters []PrintChapter
}

// A PrintChapter is one page of the site in the document.
type PrintChapter struct {
	ID       string // of the element: "policies_access-control"
	Title    string
	Template string // of the page: "policy"; fit for a class
	HTML     template.HTML
}

package page

// A Frame is what every page has around its content. It is embedded in every view, so a template writes {{.Title}}.
type Frame struct {
	Template    string // name of the template: "policy"; fit for a class of <body>
	Language    string // of the labels: "en"
	Title       string // heading of the page: "Access control policy"
	FullTitle   string // for <title>: "Access control policy · Fernlight trust center"
	Description string // one or two sentences of plain text, for search engines and pasted links
	Canonical   string // whole address of the page: "https://trust.fernlight.example/policies/access-control/"; "" where there is none (missing page)
	Address     string // address of the page with the base path: "/policies/access-control/"
	Base        string // the base path, "" or "/trust": assets of the theme are at {{.Base}}/assets/NAME
	Home        string // address of the front page
	SiteName    string // "Fernlight trust center"
	Company     string // "Fernlight"
	LegalEntity string // "Fernlight, Inc."; the company's name where none is given
	Product     string // may be ""
	Website     string // whole address of the company's own site, may be ""
	Logo        string // address of the brand's logo, may be ""
	Favicon     string // address of the brand's icon, may be ""
	Stylesheet  string // address of the theme's stylesheet, "" for none
	Script      string // address of the theme's script, "" for none
	NoIndex     bool   // whether search engines should leave the page out
	Social      Social
	Nav         []NavItem
	Breadcrumbs []Link // from the front page to the page above this one; empty on the front page
	Footer      Footer
}

// Social is what a pasted link unfurls to (Open Graph and Twitter cards).
type Social struct {
	Type  string // "website" or "article"
	Image string // whole address of a picture, PNG or JPEG, from content/brand/social.*; "" for none
}

// A NavItem is a section of the site in the navigation. Sections without content are not in it.
type NavItem struct {
	Text    string
	Address string
	Current bool // the page shown is this one
	Within  bool // the page shown is this one or lies below it
}

// A Footer says what the site was made from.
type Footer struct {
	BuiltOn     *Date
	ContentHash string // first 12 digits, "" when not known
	Version     string // of the program, may be ""
	Machine     []Link // machine-readable files of this site
	Contacts    []Contact
}

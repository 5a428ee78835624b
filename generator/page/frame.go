package page

import (
	"io/fs"
	"slices"
	"strings"

	"candor/generator/disclosure"
	"candor/generator/model"
)

// A Frame is what every page has around its content. It is embedded in every view, so a template writes {{.Title}}.
type Frame struct {
	Template    string // name of the template: "policy"; fit for a class of <body>
	Language    string // of the labels: "en"
	Title       string // heading of the page: "Access control policy"
	FullTitle   string // for <title>: "Access control policy · Fernlight trust center"
	Description string // one or two sentences of plain text, for search engines and pasted links
	Canonical   string // whole address of the page: "https://trust.fernlight.example/policies/access-control/"; "" where there is none (missing page)
	Address     string // address of the page with the base path: "/policies/access-control/"
	Origin      string // what stands before every address of the site: "https://trust.fernlight.example"; "" when it is not known
	Base        string // the base path, "" or "/trust": assets of the theme are at {{.Base}}/assets/NAME
	Home        string // address of the front page
	SiteName    string // "Fernlight trust center"
	Company     string // "Fernlight"
	LegalEntity string // "Fernlight, Inc."; the company's name where none is given
	ProductName string // may be ""
	Website     string // whole address of the company's own site, may be ""
	Logo        string // address of the brand's logo, may be ""
	LogoDark    string // address of the one for dark pages, "" where the other is for both
	// How wide the logos are at the height that the masthead gives them, in CSS pixels; 0 where that is not known.
	LogoWidth, LogoDarkWidth int
	Favicon                  string   // address of the brand's icon, may be ""
	Stylesheet               string   // address of the theme's stylesheet, "" for none
	Script                   string   // address of the theme's script, "" for none
	Scripts                  []string // addresses of the scripts of this page alone
	Feeds                    []Feed   // of the updates, for <link rel="alternate">
	NoIndex                  bool     // whether search engines should leave the page out
	Social                   Social
	Nav                      []NavItem
	Print                    string // address of the whole trust center as one document
	Breadcrumbs              []Link // from the front page to the page above this one; empty on the front page
	Footer                   Footer
}

// A Feed is a way to be told of updates.
type Feed struct {
	Name    string // "Atom"
	Title   string // "Updates (Atom)"
	Type    string // "application/atom+xml"
	Address string
}

// Social is what a pasted link unfurls to (Open Graph and Twitter cards).
type Social struct {
	Type  string // "website" or "article"
	Title string // heading of the page, cut between words where it is too long to be shown
	Image string // whole address of a picture, PNG or JPEG, from content/brand/social.*; "" for none
}

// A NavItem is a section of the site in the navigation. Sections without content are not in it.
type NavItem struct {
	Text    string
	Address string
	Current bool // the page shown is this one
	Within  bool // the page shown is this one or lies below it

	Pages []NavPage // of the section that the page shown is in, in the order of its list; of a long one those around the page shown. Topics in the place of answers
	All   int       // how many there are, where Pages are not all; else 0
}

// A NavPage is a page of the section that the page shown is in, or a topic of the answers.
type NavPage struct {
	Text    string
	Address string
	Current bool // the page shown is this one
}

// A Footer says what the site was made from. When and from which content stands on the front page and the one to print alone: on every page it would make each of
// them another file with each build, and whoever compares two builds or uploads one could no longer tell what changed.
type Footer struct {
	BuiltOn     *Date  // on the front page and the one to print, else nil
	ContentHash string // first 12 digits, on the same; "" elsewhere and when not known
	Version     string // of the program, on the front page; may be ""
	Machine     []Link // machine-readable files of this site
	Contacts    []Contact
}

// contentHashDigits is how much of the content's hash a reader sees: enough to tell two builds apart.
const contentHashDigits = 12

// frame fills the frame of a page. The title is the heading, and crumbs are the links between the front page and this one.
func (p *planner) frame(r Renderer, template, title, description, address string, crumbs ...Link) Frame {
	company := p.site.Config.Company
	f := Frame{
		Template: template, Language: "en", Title: title, Description: shorten(description, maxDescription),
		Canonical: p.whole(address), Address: p.address(address), Origin: p.origin, Base: p.base, Home: p.address(model.AddressHome),
		SiteName: p.siteName(), Company: company.Name.Value, LegalEntity: company.LegalEntity.Value, ProductName: company.Product.Value,
		Website: webAddress(company.Website.Value), Logo: p.asset(p.site.Config.Brand.Logo), LogoDark: p.asset(p.site.Config.Brand.LogoDark), Favicon: p.asset(p.site.Config.Brand.Favicon),
		Print: p.address(model.AddressPrint), Stylesheet: p.address(r.Stylesheet()), Script: p.address(r.Script()),
		Social: Social{Type: "website", Title: shorten(title, maxSocialTitle)}, Footer: p.footer(address), Feeds: p.feeds(),
	}
	f.LogoWidth, f.LogoDarkWidth = p.widths[p.site.Config.Brand.Logo.Value], p.widths[p.site.Config.Brand.LogoDark.Value]
	if f.Logo == "" {
		f.Logo, f.LogoDark = f.LogoDark, ""
		f.LogoWidth, f.LogoDarkWidth = f.LogoDarkWidth, 0
	}
	for _, script := range r.Scripts(template) {
		f.Scripts = append(f.Scripts, p.address(script))
	}
	f.FullTitle = f.SiteName
	if title != f.SiteName {
		f.FullTitle = title + " · " + f.SiteName
	}
	if f.LegalEntity == "" {
		f.LegalEntity = f.Company
	}
	if f.Description == "" {
		f.Description = shorten(f.FullTitle, maxDescription)
	}
	if len(crumbs) > 0 {
		f.Social.Type = "article"
	}
	if p.social != "" {
		f.Social.Image = p.whole(model.AssetAddress(p.social))
	}
	if address != model.AddressHome {
		f.Breadcrumbs = append([]Link{{Text: f.SiteName, Address: f.Home}}, crumbs...)
	}
	for _, item := range p.sections {
		item.Current = item.Address == f.Address
		if item.Within = strings.HasPrefix(f.Address, item.Address); item.Within {
			item.Pages, item.All = around(p.contents[strings.TrimPrefix(item.Address, p.base)], f.Address)
		}
		f.Nav = append(f.Nav, item)
	}
	return f
}

const (
	maxDescription = 200 // characters, about what search engines and chats show
	maxSocialTitle = 120 // characters; chats show two lines of it
)

func (p *planner) siteName() string {
	return strings.TrimSpace(p.site.Config.Company.Name.Value + " trust center")
}

// asset gives the address of a file that site.yaml names by its path in content/, "" when there is no such file.
func (p *planner) asset(name model.Text) string {
	for _, f := range p.site.Assets {
		if name.Value != "" && f.Path == "content/"+strings.TrimPrefix(name.Value, "/") {
			return p.address(escapePath(model.AssetAddress(f.Path)))
		}
	}
	return ""
}

// measure gives how wide the masthead shows the logo that is named.
func (p *planner) measure(name string) int {
	if p.o.Files == nil || name == "" {
		return 0
	}
	data, err := fs.ReadFile(p.o.Files, "content/"+strings.TrimPrefix(name, "/"))
	if err != nil { // a file that is not there was told of before
		return 0
	}
	return logoWidth(data)
}

func (p *planner) footer(address string) Footer {
	hash := p.o.ContentHash
	if len(hash) > contentHashDigits {
		hash = hash[:contentHashDigits]
	}
	foot := Footer{Contacts: p.contacts()}
	if address == model.AddressHome || address == model.AddressPrint {
		foot.BuiltOn, foot.ContentHash, foot.Version = date(p.on), hash, p.o.Version
	}
	if p.hasSecurityTxt() {
		foot.Machine = append(foot.Machine, Link{Text: "security.txt", Address: p.address(model.AddressSecurityTxt)})
	}
	foot.Machine = append(foot.Machine, Link{Text: "sitemap.xml", Address: p.address("/sitemap.xml")})
	if p.hasAnswers {
		foot.Machine = append(foot.Machine, Link{Text: "Answers as CSV", Address: p.address("/answers.csv")}, Link{Text: "Answers as JSON", Address: p.address("/answers.json")})
	}
	if len(published(p.site.Subprocessors)) > 0 {
		foot.Machine = append(foot.Machine, Link{Text: "Sub-processors as CSV", Address: p.address("/subprocessors.csv")})
	}
	foot.Machine = append(foot.Machine, Link{Text: "Everything as JSON", Address: p.address("/" + disclosure.Name)})
	for _, f := range p.feeds() {
		foot.Machine = append(foot.Machine, Link{Text: f.Title, Address: f.Address})
	}
	for _, l := range p.o.Machine {
		foot.Machine = append(foot.Machine, Link{Text: l.Text, Address: p.address(l.Address)})
	}
	return foot
}

// feeds gives the ways to be told of updates.
func (p *planner) feeds() []Feed {
	return []Feed{
		{"Atom", "Updates (Atom)", "application/atom+xml", p.address("/feed.atom")},
		{"JSON Feed", "Updates (JSON Feed)", "application/feed+json", p.address("/feed.json")},
	}
}

// hasSecurityTxt tells whether the site's security.txt names anybody.
func (p *planner) hasSecurityTxt() bool { return !p.site.Config.Contacts.Security.IsZero() }

// contacts gives whom to write to; one address for several roles is named once, with the first.
func (p *planner) contacts() []Contact {
	var list []Contact
	seen := map[string]bool{}
	for _, c := range []struct {
		role, note string
		at         model.Text
	}{
		{"Security", "Report a vulnerability or an incident", p.site.Config.Contacts.Security},
		{"Privacy", "Ask about personal data, or object to a change of sub-processors", p.site.Config.Contacts.Privacy},
		{"Documents", "Ask for a report or an agreement", p.site.Config.Contacts.Documents},
	} {
		if l := contactLink(c.at.Value); l != nil && !seen[c.at.Value] {
			seen[c.at.Value] = true
			list = append(list, Contact{Role: c.role, Note: c.note, Text: l.Text, Address: l.Address})
		}
	}
	return list
}

// sectionTitles are the names of the sections in the navigation, in the order of model.Sections.
var sectionTitles = map[string]string{
	model.AddressPolicies: "Policies", model.AddressSubprocessors: "Sub-processors", model.AddressFlows: "Data flows", model.AddressAI: "AI",
	model.AddressAnswers: "Answers", model.AddressCertifications: "Certifications", model.AddressDocuments: "Documents",
	model.AddressControls: "Controls", model.AddressUpdates: "Updates",
}

// navigation gives the sections that have something to show.
func (p *planner) navigation() []NavItem {
	hasAI := len(p.site.Models)+len(p.site.Tuned) > 0
	for _, f := range p.site.Flows {
		hasAI = hasAI || f.IsAI()
	}
	filled := map[string]bool{
		model.AddressPolicies: len(published(p.site.Policies)) > 0, model.AddressSubprocessors: len(published(p.site.Subprocessors)) > 0,
		model.AddressFlows: len(p.site.Flows) > 0, model.AddressAI: hasAI, model.AddressAnswers: len(published(p.site.Answers())) > 0,
		model.AddressCertifications: len(p.site.Certifications) > 0, model.AddressDocuments: len(p.site.Documents) > 0,
		model.AddressControls: slices.ContainsFunc(p.site.Controls, p.shows), model.AddressUpdates: len(p.updates) > 0,
	}
	var items []NavItem
	for _, address := range model.Sections {
		if filled[address] {
			items = append(items, NavItem{Text: sectionTitles[address], Address: p.address(address)})
		}
	}
	return items
}

// published gives the records that readers may know of.
func published[R model.Record](all []R) []R {
	var list []R
	for _, r := range all {
		if r.Published() {
			list = append(list, r)
		}
	}
	return list
}

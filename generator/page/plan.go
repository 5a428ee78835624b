package page

import (
	"net/url"
	"strings"

	"candor/generator/criteria"
	"candor/generator/disclosure"
	"candor/generator/markdown"
	"candor/generator/model"
)

// Plan gives every page of the site, in a fixed order: the front page, then section by section, then all of them to print, the missing page and the redirects from
// earlier addresses. The site must be linked, and is not changed; on is the day that "upcoming" and "current" count from.
func Plan(site *model.Site, on model.Day, o Options) []Page {
	p := newPlanner(site, on, o)
	var pages []Page
	for _, part := range []func() []Page{p.homePages, p.policyPages, p.subprocessorPages, p.flowPages, p.aiPages, p.answerPages,
		p.certificationPages, p.documentPages, p.controlPages, p.updatePages} {
		pages = append(pages, part()...)
	}
	pages = append(pages, p.printPage(pages))
	for _, part := range []func() []Page{p.sealedPages, p.missingPages, p.redirectPages} {
		pages = append(pages, part()...)
	}
	return pages
}

// A planner holds what the making of every page needs. It does not change once it is made, so pages can be made in parallel.
type planner struct {
	site   *model.Site
	on     model.Day
	o      Options
	origin string         // "https://trust.fernlight.example"
	base   string         // "" or "/trust"
	widths map[string]int // of logos, by the path that site.yaml names
	social string         // path of the social card in the content, or ""

	proven     map[*model.Control]bool                    // those that have current evidence
	answers    map[model.Record][]Link                    // answers that cite a record, in order; for look-ups, never ranged over
	papers     map[*model.Certification][]*model.Document // documents of a certification
	sections   []NavItem                                  // sections that have content
	contents   map[string][]NavPage                       // their pages
	hasAnswers bool
	updates    []UpdateEntry // all of them, newest first, without bodies
}

func newPlanner(site *model.Site, on model.Day, o Options) *planner {
	if o.Disclosure == nil {
		o.Disclosure = disclosure.Of(site, on, disclosure.Options{BaseURL: o.BaseURL})
	}
	p := &planner{site: site, on: on, o: o, proven: map[*model.Control]bool{}, answers: map[model.Record][]Link{},
		papers: map[*model.Certification][]*model.Document{}}
	p.origin, p.base = baseOf(site, o)
	p.widths = map[string]int{}
	for _, logo := range []string{site.Config.Brand.Logo.Value, site.Config.Brand.LogoDark.Value} {
		p.widths[logo] = p.measure(logo)
	}
	for _, f := range site.Assets {
		if strings.HasPrefix(f.Path, "content/brand/social.") && isRaster(f.Path) {
			p.social = f.Path
		}
	}
	for _, c := range site.Controls {
		_, p.proven[c] = criteria.Proven(c, on)
	}
	for _, a := range site.Answers() {
		for _, cited := range a.Evidence {
			if a.Published() && cited.To != nil {
				p.answers[cited.To] = append(p.answers[cited.To], p.link(a))
			}
		}
	}
	for _, d := range site.Documents {
		if c := d.Certification.To; c != nil {
			p.papers[c] = append(p.papers[c], d)
		}
	}
	for _, c := range site.Certifications {
		if d := c.Document.To; d != nil && d.Certification.To != c {
			p.papers[c] = append(p.papers[c], d)
		}
	}
	p.updates, p.hasAnswers = p.allUpdates(), len(published(site.Answers())) > 0
	p.sections, p.contents = p.navigation(), p.contentsOf()
	return p
}

// baseOf splits the site's address into what stands before every path: the origin and the base path.
func baseOf(site *model.Site, o Options) (origin, base string) {
	whole := site.Config.BaseURL.Value
	if o.BaseURL != "" {
		whole = o.BaseURL
	}
	u, err := url.Parse(whole)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", ""
	}
	return u.Scheme + "://" + u.Host, strings.TrimRight(u.EscapedPath(), "/")
}

func isRaster(name string) bool {
	return strings.HasSuffix(name, ".png") || strings.HasSuffix(name, ".jpg") || strings.HasSuffix(name, ".jpeg")
}

// address gives an address of the site with the base path; "" stays "".
func (p *planner) address(a string) string {
	if a == "" {
		return ""
	}
	return p.base + a
}

// whole gives an address of the site as it can be pasted, "" when the site's own address is not known.
func (p *planner) whole(a string) string {
	if p.origin == "" {
		return ""
	}
	return p.origin + p.base + a
}

// where gives the address of a record with the base path, "" when it is not shown.
func (p *planner) where(r model.Record) string {
	if c, ok := r.(*model.Control); ok && !p.shows(c) {
		return ""
	}
	return p.address(model.Address(r))
}

// link gives a link to a record by its name.
func (p *planner) link(r model.Record) Link { return Link{Text: r.Name(), Address: p.where(r)} }

// linkIf gives a link to a record, nil when there is none or readers may not know of it.
func linkIf[T any, R interface {
	*T
	model.Record
}](p *planner, r R) *Link {
	if r == nil || !r.Published() {
		return nil
	}
	l := p.link(r)
	return &l
}

// links gives links to the records that readers may know of, each once.
func links[R interface {
	model.Record
	comparable
}](p *planner, records []R) []Link {
	var list []Link
	seen := map[R]bool{}
	for _, r := range records {
		if r.Published() && !seen[r] {
			seen[r] = true
			list = append(list, p.link(r))
		}
	}
	return list
}

// resolve gives what maps the links of a Markdown text in the file at from to addresses. Pictures are its destinations that readers' browsers
// would load by themselves.
func (p *planner) resolve(from string, pictures map[string]bool) func(string) string {
	return func(dest string) string {
		t, ok := p.site.Resolve(from, dest)
		switch {
		case !ok:
			return "" // a finding of LNK01; and the name of something unpublished must not be shown
		case t.External && pictures[dest]:
			return "" // a page asks no other host for anything
		case t.External && strings.HasPrefix(dest, "//"):
			return "https:" + dest
		case t.External:
			return t.Address
		}
		if c, isControl := t.Record.(*model.Control); isControl && !p.shows(c) {
			return p.address(model.AddressControls)
		}
		return p.address(t.Address)
	}
}

// body gives a Markdown text of the content for the renderer.
func (p *planner) body(b model.Body, level int, prefix string) Body {
	from := ""
	if b.Span.File != nil {
		from = b.Span.File.Path
	}
	pictures := map[string]bool{}
	for _, l := range b.Outline.Links {
		if l.Kind == markdown.Image || l.Kind == markdown.HTMLImage {
			pictures[l.Dest] = true
		}
	}
	body := Body{Source: b.Source, Resolve: p.resolve(from, pictures), TopLevel: level, Prefix: prefix}
	if level == 2 && prefix == "" {
		body.Kept = b.Kept
	}
	return body
}

// list gives the page of a section.
func (p *planner) list(template, address string, changed model.Day, view func(r Renderer) (any, error)) Page {
	return Page{Address: address, Path: pathOf(address), Template: template, Canonical: true, Changed: changed, Make: view}
}

// single gives the page of one record.
func (p *planner) single(template string, r model.Record, changed model.Day, view func(r Renderer) (any, error)) Page {
	address := model.Address(r)
	if changed > p.on {
		changed = 0
	}
	return Page{Address: address, Path: pathOf(address), Template: template, Canonical: true, Changed: changed, At: r.Place(), Make: view}
}

// pathOf gives the file of an address that ends in a slash.
func pathOf(address string) string { return strings.TrimPrefix(address, "/") + "index.html" }

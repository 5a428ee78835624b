package page

import (
	"candor/generator/model"
)

// missingPath is the file that common hosts show for an address that leads nowhere.
const missingPath = "404.html"

func (p *planner) missingPages() []Page {
	view := func(r Renderer) (any, error) {
		v := Missing{Frame: p.frame(r, "missing", "This page does not exist", "There is nothing at this address.", "/"+missingPath)}
		v.Canonical, v.NoIndex = "", true
		v.Sealed = p.address(model.AddressSealed)
		for _, s := range p.sections {
			v.Sections = append(v.Sections, Link{Text: s.Text, Address: s.Address})
		}
		return v, nil
	}
	return []Page{{Address: "/" + missingPath, Path: missingPath, Template: "missing", Make: view}}
}

// redirectPages keeps the addresses that records had under earlier ids.
func (p *planner) redirectPages() []Page {
	var pages []Page
	for _, f := range p.site.Formers() {
		pages = append(pages, Page{Address: f.Address, Path: pathOf(f.Address), Template: "redirect", At: f.Record.Place(), Make: func(r Renderer) (any, error) {
			return p.redirect(r, f.Record), nil
		}})
	}
	return pages
}

func (p *planner) redirect(r Renderer, to model.Record) Redirect {
	v := Redirect{Frame: p.frame(r, "redirect", to.Name(), "This page has moved.", model.Address(to)), To: p.link(to)}
	v.NoIndex = true
	return v
}

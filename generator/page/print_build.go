package page

import (
	"reflect"
	"slices"
	"strings"

	"candor/generator/model"
)

// printOrder is the order in which a reader of paper meets the sections: what holds, then who has the data, then the texts.
var printOrder = []string{model.AddressHome, model.AddressCertifications, model.AddressDocuments, model.AddressSubprocessors, model.AddressFlows, model.AddressAI,
	model.AddressPolicies, model.AddressAnswers, model.AddressControls, model.AddressUpdates}

// printSingles are the sections whose own page says everything; of the others each record's page does, and the list is left out.
var printSingles = []string{model.AddressHome, model.AddressCertifications, model.AddressDocuments, model.AddressSubprocessors, model.AddressAI, model.AddressAnswers,
	model.AddressControls, model.AddressUpdates}

// printPage gives the document that all pages of the site are chapters of.
func (p *planner) printPage(pages []Page) Page {
	view := func(r Renderer) (any, error) {
		v := Print{Whole: p.whole("/")}
		v.Frame = p.frame(r, "print", p.siteName(), "The whole trust center as one document.", model.AddressPrint)
		v.Breadcrumbs, v.NoIndex = nil, true
		ids := printIDs(pages)
		for _, address := range printOrder {
			part, err := p.printPart(r, pages, address, ids)
			if err != nil {
				return nil, err
			}
			if len(part.Chapters) > 0 {
				v.Parts = append(v.Parts, part)
			}
		}
		return v, nil
	}
	return Page{Address: model.AddressPrint, Path: pathOf(model.AddressPrint), Template: "print", Draws: !p.o.NoDiagrams, Again: true, Make: view}
}

// printPart makes the chapters of a section.
func (p *planner) printPart(r Renderer, pages []Page, address string, ids map[string]printPlace) (PrintPart, error) {
	part := PrintPart{ID: printID(address), Title: sectionTitles[address], Single: slices.Contains(printSingles, address)}
	if address == model.AddressHome {
		part.Title = "Where we stand"
	} else if !slices.ContainsFunc(p.sections, func(s NavItem) bool { return s.Address == p.address(address) }) {
		return part, nil
	}
	for _, page := range pages {
		inside := strings.HasPrefix(page.Address, address) && page.Address != address
		if part.Single && page.Address != address || !part.Single && !inside {
			continue
		}
		view, err := page.Make(r)
		if err != nil {
			return part, err
		}
		if list, ok := view.(Answers); ok {
			view = p.withProof(list)
		}
		deeper := 2
		if part.Single {
			deeper = 1
		}
		id := printID(page.Address)
		html, err := r.Chapter(Chapter{Template: page.Template, View: view, Prefix: id + "_", Deeper: deeper, Resolve: p.printResolve(ids)})
		if err != nil {
			return part, err
		}
		title := reflect.ValueOf(view).FieldByName("Title").String()
		part.Chapters = append(part.Chapters, PrintChapter{ID: id, Title: title, Template: page.Template, HTML: html})
	}
	return part, nil
}

// A printPlace is where in the document a page is told.
type printPlace struct {
	id    string // of the element that a link to the page leads to
	whole bool   // the page is a chapter there with all its ids, which begin with this one
}

// printIDs gives, by address, where each page is told: in a chapter, in an entry of a section, or in a section.
func printIDs(pages []Page) map[string]printPlace {
	ids := map[string]printPlace{}
	for _, page := range pages {
		ids[page.Address] = printPlace{printID(page.Address), page.Address != model.AddressHome} // of the front page only a part is in the document
		for _, section := range model.Sections {
			switch entry, inside := strings.CutPrefix(page.Address, section); {
			case !inside || section == model.AddressHome:
			case !slices.Contains(printSingles, section):
				ids[page.Address] = printPlace{printID(page.Address), entry != ""}
			case page.Template == "answer":
				ids[page.Address] = printPlace{printID(section) + "_" + strings.Trim(entry, "/"), false}
			case page.Template == "subprocessor":
				ids[page.Address] = printPlace{printID(section) + "_vendor-" + strings.Trim(entry, "/"), false}
			case entry != "":
				ids[page.Address] = printPlace{printID(section), false}
			}
		}
	}
	return ids
}

// printID gives the id of a page's chapter. An underscore is in no id of the content, so what follows one is the chapter's own.
func printID(address string) string {
	if address == model.AddressHome {
		return "section-posture"
	}
	return strings.ReplaceAll(strings.Trim(address, "/"), "/", "_")
}

// printResolve turns a link to a page of the document into one inside it, and any other of the site into one that can be typed.
func (p *planner) printResolve(ids map[string]printPlace) func(string) string {
	return func(dest string) string {
		if !strings.HasPrefix(dest, "/") {
			return dest
		}
		address, fragment, _ := strings.Cut(strings.TrimPrefix(dest, p.base), "#")
		place, within := ids[address]
		switch {
		case within && (fragment == "" || !place.whole):
			return "#" + place.id
		case within:
			return "#" + place.id + "_" + fragment
		case p.origin != "":
			return p.origin + dest
		}
		return dest
	}
}

package page

import (
	"fmt"
	"path"
	"strings"

	"candor/generator/disclosure"
	"candor/generator/model"
)

func (p *planner) certificationPages() []Page {
	return []Page{p.list("certifications", model.AddressCertifications, 0, p.certificationList)}
}

func (p *planner) certificationList(r Renderer) (any, error) {
	v := Certifications{Certifications: p.certifications()}
	v.Sentence = "Nothing is held, observed or planned."
	if text := countStates(v.Certifications); text != "" {
		v.Sentence = sentence(text)
	}
	v.Frame = p.frame(r, "certifications", "Certifications", v.Sentence, model.AddressCertifications)
	return v, nil
}

// countStates gives "3 held, 1 observing, 1 planned".
func countStates(all []Certification) string {
	var parts []string
	for _, class := range []string{model.StateHeld, model.StateObserving, model.StatePlanned, model.StateLapsed} {
		n := 0
		for _, c := range all {
			if c.State.Class == class {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprint(n, " ", class))
		}
	}
	return strings.Join(parts, ", ")
}

func (p *planner) certifications() []Certification {
	var list []Certification
	for _, c := range p.site.Certifications {
		list = append(list, p.certification(c))
	}
	return list
}

// certState gives the state of today.
func (p *planner) certState(c *model.Certification) State {
	return state(certStates, disclosure.StateOf(c, p.on))
}

func (p *planner) certification(c *model.Certification) Certification {
	v := Certification{
		ID: c.ID.Value, Former: former(c.Head()), Name: c.Title.Value, Address: p.where(c), Kind: word(nil, c.Kind.Value), State: p.certState(c),
		Sentence: p.certSentence(c), AsOf: date(c.AsOf.Day), From: date(c.Window.From.Day), To: date(c.Window.To.Day), Issued: date(c.IssuedOn.Day),
		ValidUntil: date(c.ValidUntil.Day), PlannedFor: date(c.PlannedFor.Day), Products: values(c.Scope.Products), Auditor: c.Auditor.Value,
		Summary: c.Summary.Value, Evidence: evidence(c.Evidence.To), BridgeLetter: evidence(c.BridgeLetter.To),
	}
	for _, one := range values(c.Scope.Criteria) {
		v.Criteria = append(v.Criteria, upperFirst(strings.ReplaceAll(one, "-", " ")))
	}
	for _, d := range p.papers[c] {
		v.Documents = append(v.Documents, p.document(d))
	}
	return v
}

// certSentence says in what state a certification is, with the dates that make it so.
func (p *planner) certSentence(c *model.Certification) string {
	window := ""
	if from, to := c.Window.From.Day, c.Window.To.Day; from != 0 && to != 0 {
		window = "from " + from.Long() + " to " + to.Long()
	}
	switch p.certState(c).Class {
	case model.StateHeld:
		if window != "" {
			window = "for the time " + window
		}
		issued := c.IssuedOn.Day
		if issued == c.AsOf.Day {
			issued = 0
		}
		return joined(", ", "Held"+long(" as of ", c.AsOf.Day), window, long("issued ", issued), long("valid until ", c.ValidUntil.Day))
	case model.StateObserving:
		return joined("; ", joined(" ", "Being observed", window), long("report planned for ", c.PlannedFor.Day))
	case model.StatePlanned:
		return "Planned" + long(" for ", c.PlannedFor.Day)
	case model.StateLapsed:
		return "Lapsed" + long(", was valid until ", c.ValidUntil.Day)
	}
	return state(certStates, c.State.Value).Word
}

func (p *planner) documentPages() []Page {
	return []Page{p.list("documents", model.AddressDocuments, 0, p.documentList)}
}

func (p *planner) documentList(r Renderer) (any, error) {
	v := Documents{Documents: p.documents()}
	open := 0
	for _, d := range v.Documents {
		if d.Public {
			open++
		}
	}
	v.Sentence = "There is no document."
	if n := len(v.Documents); n > 0 {
		v.Sentence = sentence(count(n, "document", "documents") + ": " + fmt.Sprint(open) + " to read here, " + fmt.Sprint(n-open) + " to ask for")
	}
	v.Frame = p.frame(r, "documents", "Documents", v.Sentence, model.AddressDocuments)
	return v, nil
}

func (p *planner) documents() []Document {
	var list []Document
	for _, d := range p.site.Documents {
		list = append(list, p.document(d))
	}
	return list
}

func (p *planner) document(d *model.Document) Document {
	v := Document{ID: d.ID.Value, Former: former(d.Head()), Title: d.Title.Value, Address: p.where(d), Kind: word(nil, d.Kind.Value),
		Access: state(accesses, d.Access.Value), Dated: date(d.Dated.Day), Pages: d.Pages.Value, Summary: d.Summary.Value, Certification: linkIf(p, d.Certification.To)}
	if d.Access.Value == "public" {
		v.Get, v.Format = p.file(d)
		v.Public = v.Get != nil
	}
	if v.Get == nil {
		c := p.site.Config.Contacts
		v.Get = p.letter("Ask for it", "Request: "+d.Title.Value, c.Documents, c.Privacy, c.Security)
	}
	return v
}

// file gives the link to a public document, and what is behind it: "PDF, 214 kB".
func (p *planner) file(d *model.Document) (get *Link, format string) {
	for _, f := range p.site.Assets {
		if !d.FilePath.IsZero() && f.Path == "content/"+strings.TrimPrefix(d.FilePath.Value, "/") {
			kind := strings.ToUpper(strings.TrimPrefix(path.Ext(f.Path), "."))
			return &Link{Text: joined(" ", "Open", kind), Address: p.address(escapePath(model.AssetAddress(f.Path)))}, joined(", ", kind, size(f.Size))
		}
	}
	if a := webAddress(d.URL.Value); a != "" {
		return &Link{Text: "Open", Address: a, External: true}, ""
	}
	return nil, ""
}

// size gives bytes as people read them.
func size(n int64) string {
	switch {
	case n >= 1_000_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	case n >= 1000:
		return fmt.Sprintf("%d kB", (n+500)/1000)
	}
	return fmt.Sprintf("%d bytes", n)
}

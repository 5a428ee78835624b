package page

import (
	"slices"
	"strconv"
	"strings"

	"candor/generator/model"
)

func (p *planner) flowPages() []Page {
	pages := []Page{p.list("flows", model.AddressFlows, 0, p.flows)}
	for i, f := range p.site.Flows {
		one := p.single("flow", f, f.VerifiedOn.Day, func(r Renderer) (any, error) { return p.flow(r, f, i) })
		one.Draws = !p.o.NoDiagrams
		pages = append(pages, one)
	}
	return pages
}

func (p *planner) flows(r Renderer) (any, error) {
	v := Flows{}
	var last model.Day
	ai := 0
	for _, f := range p.site.Flows {
		last = max(last, f.VerifiedOn.Day)
		card := p.flowCard(f)
		switch {
		case f.Status.Value == "retired":
			v.Retired = append(v.Retired, card)
			continue
		case f.IsAI():
			ai++
			v.AI = append(v.AI, card)
		default:
			v.Product = append(v.Product, card)
		}
	}
	v.Sentence = count(ai+len(v.Product), "data flow", "data flows")
	if ai > 0 {
		v.Sentence += ", " + strconv.Itoa(ai) + " of AI features"
	}
	v.Sentence = sentence(joined("; ", v.Sentence, long("last held against the software on ", last)))
	if len(p.site.Flows) == 0 {
		v.Sentence = "No data flow is published."
	}
	v.Frame = p.frame(r, "flows", "Data flows", v.Sentence, model.AddressFlows)
	return v, nil
}

// A party is one side of a trust boundary in a flow: the customer, a boundary of one's own, or a vendor.
type party struct {
	name   string
	short  string // with its place: "OpenAI, US"
	terms  string // in small letters: "zero retention on file"
	side   string // "customer", "own", "vendor"
	link   Link
	place  string
	vendor *model.Subprocessor // nil for others, and for tools that readers may not know of
}

// partyOf tells where a step is. Two steps are in one place when their keys are equal.
func (p *planner) partyOf(s *model.Step) (key string, of party) {
	switch {
	case s.In.Customer:
		return "customer", party{name: "Customer", short: "Customer", side: "customer", link: Link{Text: "Customer"}}
	case s.In.Boundary != nil:
		b := s.In.Boundary
		return "own:" + b.ID.Value, party{name: b.Title.Value, short: joined(", ", b.Title.Value, b.Region.Value), side: "own",
			link: Link{Text: b.Title.Value}, place: region(b.Region.Value)}
	case s.In.Subprocessor != nil && s.In.Subprocessor.Published():
		v := s.In.Subprocessor
		return "vendor:" + v.ID.Value, p.vendorParty(v)
	}
	return "own", party{name: "Internal systems", short: "Internal systems", side: "own", link: Link{Text: "Internal systems"}}
}

func (p *planner) vendorParty(v *model.Subprocessor) party {
	all := locations(v)
	var codes []string
	for _, l := range all {
		if !slices.Contains(codes, l.Country.Code) {
			codes = append(codes, l.Country.Code)
		}
	}
	of := party{name: v.Title.Value, short: joined(", ", v.Title.Value, atMost(2, codes, "more")), side: "vendor", link: p.link(v), place: places(all), vendor: v}
	if v.AI != nil {
		of.terms = keeps(v.AI.Retention)
		if r := v.AI.Retention; r.State.Value == model.ZeroRetention && r.Evidence.To != nil {
			of.terms = "zero retention on file"
			if but := excepted(r); but != "" {
				of.terms = "zero retention" + but
			}
		}
	}
	return of
}

// places names the countries of a vendor, each once, with its regions: "United States (us-east-1, us-west-2) and Ireland".
func places(all []Location) string {
	var names []string
	regions := map[string][]string{}
	for _, l := range all {
		if !slices.Contains(names, l.Country.Name) {
			names = append(names, l.Country.Name)
		}
		if l.Region != "" {
			regions[l.Country.Name] = append(regions[l.Country.Name], l.Region)
		}
	}
	for i, name := range names {
		if in := regions[name]; len(in) > 0 {
			names[i] += " (" + strings.Join(isolatedAll(in), ", ") + ")"
		}
	}
	return series(names)
}

// steps gives the steps of a flow that are there.
func steps(f *model.Flow) []*model.Step {
	var list []*model.Step
	for _, s := range f.Steps {
		if !s.IsNone() {
			list = append(list, s)
		}
	}
	return list
}

// parties gives everybody the data passes, in the order of the steps.
func (p *planner) parties(f *model.Flow) []party {
	var list []party
	seen := map[string]bool{}
	for _, s := range steps(f) {
		if key, of := p.partyOf(s); !seen[key] {
			seen[key] = true
			list = append(list, of)
		}
	}
	return list
}

func featureWord(f *model.Flow) string {
	if f.IsAI() {
		return "AI feature"
	}
	return "Product"
}

func (p *planner) flowCard(f *model.Flow) FlowCard {
	c := FlowCard{Title: f.Title.Value, Address: p.where(f), Summary: f.Summary.Value, State: flowState(f), Feature: featureWord(f), IsAI: f.IsAI(),
		Steps: len(steps(f)), Links: len(f.Links), Verified: date(f.VerifiedOn.Day), Sketch: p.sketch(f)}
	for _, of := range p.parties(f) {
		c.Parties = append(c.Parties, of.name)
		if of.side == "vendor" {
			c.Vendors = append(c.Vendors, of.link)
		}
	}
	c.Route = strings.Join(isolatedAll(c.Parties), " → ")
	return c
}

func (p *planner) flow(r Renderer, f *model.Flow, index int) (any, error) {
	address := model.Address(f)
	v := Flow{
		Summary: f.Summary.Value, State: flowState(f), Feature: featureWord(f), IsAI: f.IsAI(),
		Exposure: word(map[string]string{"customer-facing": "Facing customers"}, f.Exposure.Value), Tenants: "Several customers share it", Owner: owner(f.Owner),
		Verified: date(f.VerifiedOn.Day), Disclosure: f.Disclosure.Value, OffSwitch: f.OffSwitch.Value, Evaluation: evidence(f.Evaluation.To),
		NoDiagrams: p.o.NoDiagrams, Stages: p.stages(f), Recipients: p.recipients(f), Controls: p.controlsOf(f), Policies: p.policiesOf(f),
		Answers: p.answers[f], URL: p.whole(address),
	}
	if !f.MultiTenant() {
		v.Tenants = "One customer each"
	}
	for _, m := range values(f.Market) {
		v.Markets = append(v.Markets, region(m))
	}
	if u := f.UntrustedInput; u != nil {
		v.Untrusted = untrusted(u)
	}
	for _, l := range f.Links {
		v.Links = append(v.Links, p.flowLink(l))
	}
	v.Sentence = p.flowSentence(f)
	v.Frame = p.frame(r, "flow", f.Title.Value, sentences(f.Summary.Value, v.Sentence), address, Link{Text: "Data flows", Address: p.address(model.AddressFlows)})
	if p.o.NoDiagrams {
		return v, nil
	}
	var err error
	v.Diagrams, err = p.draw(r, f, index, v)
	v.Stacked = stacked(v)
	v.Wide = len(v.Diagrams) > 1 || slices.ContainsFunc(v.Diagrams, func(d Diagram) bool { return d.Wide })
	v.LegendBelow = v.Stacked || len(v.Links) > fewLinks
	return v, err
}

// fewLinks is how many links take less room beside a picture than it does.
const fewLinks = 5

// flowSentence says how far the flow goes: "11 steps and 13 links through Fernlight production, OpenAI and AWS."
func (p *planner) flowSentence(f *model.Flow) string {
	var names []string
	for _, of := range p.parties(f) {
		if of.side != "customer" {
			names = append(names, of.name)
		}
	}
	text := count(len(steps(f)), "step", "steps") + " and " + count(len(f.Links), "link", "links")
	if len(names) > 0 {
		text += " through " + series(names)
	}
	return sentence(text)
}

func untrusted(u *model.UntrustedInput) *Untrusted {
	return &Untrusted{Sources: values(u.Sources), Scope: u.Scope.Value, Tools: toolText(u.Tools), Egress: u.Egress.Value}
}

// toolText names the tools that a model can call, each with who approves a call that changes something.
func toolText(tools []model.Tool) string {
	var names []string
	for _, t := range tools {
		name := t.Name.Value
		if a := t.Approval.Value; a != "" && !t.IsNone() {
			name += " (" + lowerFirst(word(approvals, a)) + ")"
		}
		names = append(names, name)
	}
	return strings.Join(names, "; ")
}

// controlsOf gives the controls on a flow and its steps, those that are shown.
func (p *planner) controlsOf(f *model.Flow) []Control {
	refs := f.Controls
	for _, s := range f.Steps {
		refs = append(refs[:len(refs):len(refs)], s.Controls...)
	}
	var list []Control
	seen := map[*model.Control]bool{}
	for _, ref := range refs {
		if c := ref.To; c != nil && p.proven[c] && !seen[c] {
			seen[c] = true
			list = append(list, p.control(c))
		}
	}
	return list
}

// policiesOf gives the policies behind a flow and its steps.
func (p *planner) policiesOf(f *model.Flow) []Link {
	var list []*model.Policy
	for _, ref := range f.Policies {
		if ref.To != nil {
			list = append(list, ref.To)
		}
	}
	for _, s := range f.Steps {
		if s.Policy.To != nil {
			list = append(list, s.Policy.To)
		}
	}
	return links(p, list)
}

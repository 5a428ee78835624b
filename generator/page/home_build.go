package page

import (
	"cmp"
	"fmt"
	"slices"

	"candor/generator/model"
)

const (
	maxFeatured   = 6 // answers on the front page
	maxLatest     = 3 // updates on the front page
	maxHomeFlows  = 6
	maxHomePapers = 6
	maxOthers     = 4 // certifications below the first, on the front page
)

func (p *planner) homePages() []Page {
	var last model.Day
	for _, e := range p.latest(1) {
		last, _ = model.ParseDay(e.Date.Machine)
	}
	return []Page{p.list("home", model.AddressHome, last, p.home)}
}

func (p *planner) home(r Renderer) (any, error) {
	config := p.site.Config
	v := Home{
		Summary: config.Summary.Value, Sentence: p.vendorSentence(), Posture: p.posture(), Flows: p.homeFlows(), Changes: p.changes(), NoChanges: noChanges,
		Latest: p.latest(maxLatest), Certifications: p.certifications(), Documents: p.homeDocuments(), Contacts: p.contacts(),
		AnswersTotal: len(published(p.site.Answers())), PoliciesTotal: len(published(p.site.Policies)), ControlsTotal: len(p.provenControls()),
	}
	for _, ref := range config.FeaturedAnswers {
		if a := ref.To; a != nil && a.Published() && len(v.Answers) < maxFeatured {
			v.Answers = append(v.Answers, p.answerCard(a))
		}
	}
	if p.hasSecurityTxt() {
		v.SecurityTxt = p.address(model.AddressSecurityTxt)
	}
	description := sentences(config.Summary.Value, v.Sentence)
	v.Frame = p.frame(r, "home", p.siteName(), description, model.AddressHome)
	return v, nil
}

// homeFlows gives the flows that run, those of AI features that customers meet first.
func (p *planner) homeFlows() []FlowCard {
	rank := func(f *model.Flow) int {
		switch {
		case f.IsAI() && f.Exposure.Value != "internal":
			return 0
		case f.IsAI():
			return 1
		}
		return 2
	}
	var all []*model.Flow
	for _, f := range p.site.Flows {
		if f.IsLive() {
			all = append(all, f)
		}
	}
	slices.SortStableFunc(all, func(a, b *model.Flow) int { return cmp.Compare(rank(a), rank(b)) })
	var list []FlowCard
	for _, f := range all[:min(len(all), maxHomeFlows)] {
		list = append(list, p.flowCard(f))
	}
	return list
}

// homeDocuments gives the documents that prove a certification first, then the others.
func (p *planner) homeDocuments() []Document {
	list := p.documents()
	slices.SortStableFunc(list, func(a, b Document) int {
		x, y := 0, 0
		if a.Certification == nil {
			x = 1
		}
		if b.Certification == nil {
			y = 1
		}
		return x - y
	})
	return list[:min(len(list), maxHomePapers)]
}

// posture gives the facts that a reader in a hurry came for, each with its proof.
func (p *planner) posture() []Fact {
	facts := []Fact{p.certFact(), p.trainingFact(), p.locationFact(), p.subprocessorFact(), p.changeFact(), p.contactFact()}
	return slices.DeleteFunc(facts, func(f Fact) bool { return f.Value == "" })
}

// certFact tells the reports and certificates of others: what is held first, else what is nearest to it.
func (p *planner) certFact() Fact {
	f := Fact{Key: "certifications", Label: "Independent reports", Address: p.address(model.AddressCertifications), Proof: "All certifications"}
	order := []string{model.StateHeld, model.StateObserving, model.StatePlanned, model.StateLapsed}
	all := slices.Clone(p.site.Certifications)
	all = slices.DeleteFunc(all, func(c *model.Certification) bool { return c.Kind.Value == "assessment" || c.Kind.Value == "test" })
	rank := func(c *model.Certification) int { return slices.Index(order, p.certState(c).Class) }
	slices.SortStableFunc(all, func(a, b *model.Certification) int { return cmp.Compare(rank(a), rank(b)) })
	if len(all) == 0 {
		return Fact{}
	}
	first := all[0]
	s := p.certState(first)
	f.State = &s
	f.Value = isolated(first.Title.Value) + " " + lowerFirst(s.Word)
	f.Date = date(max(first.IssuedOn.Day, first.AsOf.Day))
	f.Address = p.where(first)
	f.Note = sentence(p.certSentence(first))
	for _, c := range p.site.Certifications {
		if c != first && len(f.Others) < maxOthers {
			f.Others = append(f.Others, p.standing(c))
		}
	}
	return f
}

// standing says of a certification what a line has room for.
func (p *planner) standing(c *model.Certification) Standing {
	s := p.certState(c)
	text := isolated(c.Title.Value) + ", " + lowerFirst(s.Word)
	switch s.Class {
	case model.StateHeld:
		text += long(" as of ", c.AsOf.Day)
	case model.StateObserving:
		text += long(" until ", c.Window.To.Day)
	case model.StatePlanned:
		text += long(" for ", c.PlannedFor.Day)
	case model.StateLapsed:
		text += long(" since ", c.ValidUntil.Day)
	}
	return Standing{s, text}
}

func (p *planner) trainingFact() Fact {
	s := p.stance()
	if s.State.Class == "unknown" && len(p.aiFlows()) == 0 {
		return Fact{}
	}
	f := Fact{Key: "training", Label: "Training on customer data", Value: s.Value, Note: s.Sentence, State: &s.State, Address: p.address(model.AddressAI), Proof: "Models and terms"}
	for _, a := range published(p.site.Answers()) {
		if a.ID.Value == "trains-on-customer-data" || a.AuditorQuestion.Value == "training-use" {
			f.Address, f.Proof, f.Date = p.where(a), "The whole answer", date(a.ReviewedOn.Day)
			break
		}
	}
	return f
}

// locationFact tells in which countries data is, from the places of vendors and of one's own boundaries.
func (p *planner) locationFact() Fact {
	names := p.activeCountries()
	for _, b := range p.site.Config.Boundaries {
		if len(b.Region.Value) == 2 {
			names = append(names, region(b.Region.Value))
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) == 0 {
		return Fact{}
	}
	f := Fact{Key: "location", Label: "Where data is", Value: atMost(3, names, "more"), Address: p.address(model.AddressSubprocessors), Proof: "Locations of every vendor"}
	var promised []string
	for _, r := range values(p.site.Config.Promises.Regions) {
		promised = append(promised, region(r))
	}
	if len(promised) > 0 {
		f.Note = sentence("Promised by contract: " + series(promised))
	}
	return f
}

func (p *planner) subprocessorFact() Fact {
	active := p.active()
	f := Fact{Key: "subprocessors", Label: "Sub-processors", Value: count(len(active), "active", "active"), Address: p.address(model.AddressSubprocessors), Proof: "The whole list"}
	if len(active) == 0 {
		f.Value = "None"
	}
	f.Note = noChanges
	for _, c := range p.changes() {
		f.Note, f.Date = c.Sentence, c.Effective
		break
	}
	return f
}

// changeFact tells what changed last, and whether the policies are kept; where nothing has changed yet, when one was approved last.
func (p *planner) changeFact() Fact {
	policies := p.policySentence()
	for _, e := range p.latest(1) {
		return Fact{Key: "change", Label: "Last change", Value: e.Date.Long, Note: joined(" ", sentence(e.Title), policies), Date: e.Date, Address: e.Address, Proof: "All updates"}
	}
	var last model.Day
	for _, one := range published(p.site.Policies) {
		last = max(last, one.ApprovedOn.Day)
	}
	if last == 0 {
		return Fact{}
	}
	return Fact{Key: "change", Label: "Last approved", Value: last.Long(), Note: policies, Date: date(last), Address: p.address(model.AddressPolicies), Proof: "All policies"}
}

// policySentence says how many policies there are, and whether their reviews are kept: "17 policies, none overdue for review."; "" without policies.
func (p *planner) policySentence() string {
	all := published(p.site.Policies)
	overdue := 0
	for _, one := range all {
		if p.overdue(one) {
			overdue++
		}
	}
	switch {
	case len(all) == 0:
		return ""
	case overdue == 0:
		return count(len(all), "policy", "policies") + ", none overdue for review."
	}
	return fmt.Sprintf("%s, %d overdue for review.", count(len(all), "policy", "policies"), overdue)
}

func (p *planner) contactFact() Fact {
	contacts := p.contacts()
	if len(contacts) == 0 {
		return Fact{}
	}
	f := Fact{Key: "contact", Label: "Whom to ask", Value: contacts[0].Text, Address: contacts[0].Address, Proof: "Write to us"}
	if hours := p.site.Config.Promises.IncidentNoticeHours; hours.Set {
		f.Note = "Customers are told of an incident within " + count(hours.Value, "hour", "hours") + "."
	}
	return f
}

package page

import (
	"slices"
	"strconv"
	"strings"

	"candor/generator/model"
)

func (p *planner) aiPages() []Page {
	return []Page{p.list("ai", model.AddressAI, 0, p.ai)}
}

func (p *planner) ai(r Renderer) (any, error) {
	v := AI{Stance: p.stance()}
	for _, m := range p.site.Models {
		v.Models = append(v.Models, p.model(m))
	}
	for _, m := range p.site.Tuned {
		v.Tuned = append(v.Tuned, p.tuned(m))
	}
	for _, s := range published(p.site.Subprocessors) {
		if s.AI != nil && s.Status.Value != model.StatusRemoved {
			v.Vendors = append(v.Vendors, p.vendor(s))
		}
	}
	var policies []*model.Policy
	for _, f := range p.aiFlows() {
		for _, s := range steps(f) {
			if s.PromptLog != nil {
				log := p.promptLog(s)
				log.Flow, log.Sentence = p.link(f), p.logSentence(s)
				v.Logging = append(v.Logging, log)
			}
		}
		if f.UntrustedInput != nil {
			v.Injection = append(v.Injection, p.injection(f))
		}
		for _, ref := range f.Policies {
			if ref.To != nil {
				policies = append(policies, ref.To)
			}
		}
	}
	v.Policies = links(p, policies)
	for _, a := range published(p.site.Answers()) {
		if asksAuditor(a) {
			v.Answers = append(v.Answers, p.link(a))
		}
	}
	v.Sentence = p.aiSentence()
	v.Frame = p.frame(r, "ai", "AI", sentences(v.Sentence, v.Stance.Sentence), model.AddressAI)
	return v, nil
}

// asksAuditor tells the answers to what auditors always ask of an AI company.
func asksAuditor(a *model.Answer) bool {
	switch a.ID.Value {
	case "prompts-logged", "prompt-injection-tenants", "trains-on-customer-data", "model-vendor-logs":
		return true
	}
	return !a.AuditorQuestion.IsZero()
}

// aiFlows gives the flows of AI features that run or will.
func (p *planner) aiFlows() []*model.Flow {
	var list []*model.Flow
	for _, f := range p.site.Flows {
		if f.IsAI() && f.Status.Value != "retired" {
			list = append(list, f)
		}
	}
	return list
}

func (p *planner) aiSentence() string {
	if len(p.site.Models)+len(p.site.Tuned) == 0 {
		return "No model is in use."
	}
	providers := map[*model.Subprocessor]bool{}
	for _, m := range p.site.Models {
		if m.Provider.To != nil {
			providers[m.Provider.To] = true
		}
	}
	text := count(len(p.site.Models), "approved model", "approved models")
	if len(providers) > 0 {
		text += " of " + count(len(providers), "vendor", "vendors")
	}
	if n := len(p.site.Tuned); n > 0 {
		text += " and " + count(n, "tuned model", "tuned models")
	}
	if n := len(p.aiFlows()); n > 0 {
		text += " in " + count(n, "data flow", "data flows")
	}
	return sentence(text)
}

// stance says whether customer data is used for training: by the company, from its promise, and by its vendors, from their terms.
func (p *planner) stance() Stance {
	company := isolated(p.site.Config.Company.Name.Value)
	own := p.site.Config.Promises.TrainsOnCustomerData.Value
	v := Stance{State: state(trainingShapes, unknownIf(p.site.Config.Promises.TrainsOnCustomerData))}
	var says string
	switch own {
	case "never":
		v.Value, says = "Never", company+" never trains a model on customer data"
	case "opt-in":
		v.Value, says = "Only with written consent", company+" trains on customer data only with the customer's written consent"
	case "always":
		v.Value, says = "Yes", company+" trains models on customer data"
	default:
		v.Value, says = "Not stated", company+" has not stated whether it trains on customer data"
	}
	never, all := 0, 0
	contract := true
	for _, s := range p.active() {
		if s.AI == nil {
			continue
		}
		all++
		if s.AI.Training.Used.Value == "never" {
			never++
			contract = contract && s.AI.Training.Basis.Value == "contract"
		}
	}
	vendors := ""
	switch {
	case all == 0:
	case never == all && contract:
		vendors = "Every AI vendor, " + strconv.Itoa(all) + " of " + strconv.Itoa(all) + ", is barred by contract from training on it"
	case never == all:
		vendors = "No AI vendor, of " + strconv.Itoa(all) + ", trains on it"
	default:
		vendors = strconv.Itoa(never) + " of " + count(all, "AI vendor", "AI vendors") + " never train on it"
	}
	v.Sentence = sentences(says, vendors)
	return v
}

func (p *planner) model(m *model.Model) Model {
	return Model{ID: m.ID.Value, Former: former(m.Head()), Title: m.Name(), Version: m.Version.Value, Provider: linkIf(p, m.Provider.To), Purpose: m.Purpose.Value,
		ApprovedBy: owner(m.ApprovedBy), Approved: date(m.ApprovedOn.Day), ApprovedFor: word(nil, m.ApprovedFor.Value), Evaluation: evidence(m.Evaluation.To),
		OffSwitch: m.OffSwitch.Value, ReviewBy: date(m.ReviewBy.Day), Retires: date(m.RetiresOn.Day), Note: m.ChangeNote.Value, Flows: links(p, m.Flows)}
}

func (p *planner) tuned(m *model.TunedModel) TunedModel {
	v := TunedModel{ID: m.ID.Value, Former: former(m.Head()), Title: m.Name(), Base: m.Base.Value, Version: m.Version.Value, Purpose: m.Purpose.Value,
		TrainedAt: linkIf(p, m.TrainedAt.To), Provider: linkIf(p, m.Provider.To), PreparedBy: owner(m.PreparedBy), ApprovedBy: owner(m.ApprovedBy),
		Approved: date(m.ApprovedOn.Day), Trained: date(m.TrainedOn.Day), ApprovedFor: word(nil, m.ApprovedFor.Value), Serves: word(servesWords, m.Serves.Value),
		LeakageTest: evidence(m.LeakageTest.To), Evaluation: evidence(m.Evaluation.To), OffSwitch: m.OffSwitch.Value, ReviewBy: date(m.ReviewBy.Day),
		Flows: links(p, m.Flows)}
	if base, ok := p.site.Find(model.KindModel, m.Base.Value).(*model.Model); ok {
		v.Base, v.BaseAddress = base.Name(), p.where(base)
	}
	for _, d := range m.Datasets {
		v.Datasets = append(v.Datasets, dataset(d))
	}
	return v
}

func dataset(d *model.Dataset) Dataset {
	v := Dataset{Title: d.Title.Value, Source: d.Source.Value, OptIn: evidence(d.OptIn.To)}
	switch {
	case !d.CustomerData.Set:
	case !d.CustomerData.Value:
		v.CustomerData = "No customer data"
	case v.OptIn != nil:
		v.CustomerData = "Customer data, with consent"
	default:
		v.CustomerData = "Customer data"
	}
	if s := d.Scrub; s != nil {
		v.Scrub, v.ScrubBy, v.ScrubOn, v.ScrubProof = s.Method.Value, owner(s.CheckedBy), date(s.CheckedOn.Day), evidence(s.Evidence.To)
	}
	return v
}

func (p *planner) injection(f *model.Flow) InjectionScope {
	v := InjectionScope{Flow: p.link(f), Untrusted: *untrusted(f.UntrustedInput)}
	for _, s := range steps(f) {
		if text := isolation(s.Isolation); text != "" {
			proof := ""
			if e := s.Isolation.Evidence.To; e != nil {
				proof = long("evidence dated ", e.Dated.Day)
			}
			v.Isolation = append(v.Isolation, joined(", ", isolated(s.Title.Value)+": "+lowerFirst(text), proof))
		}
		if a := word(approvals, s.Approval.Value); a != "" {
			v.Approval = append(v.Approval, isolated(s.Title.Value)+": "+lowerFirst(a))
		}
	}
	slices.SortStableFunc(v.Approval, strings.Compare)
	v.Approval = slices.Compact(v.Approval)
	return v
}

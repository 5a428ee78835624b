package page

import (
	"slices"
	"strconv"
	"strings"

	"candor/generator/model"
)

// vendor gives everything public about a vendor.
func (p *planner) vendor(s *model.Subprocessor) Vendor {
	v := Vendor{
		ID: s.ID.Value, Name: s.Title.Value, Address: p.where(s), LegalEntity: s.LegalEntity.Value, PostalAddress: s.Address.Value,
		Website: webAddress(s.Website.Value), TrustURL: webAddress(s.TrustURL.Value), Contact: contactLink(s.Contact.Value),
		Category: word(categoryWords, s.Category.Value), CategoryClass: s.Category.Value, State: state(vendorStates, s.Status.Value),
		Critical: s.Tier.Value == "critical", Engagement: word(engagementWords, s.Engagement.Value), Condition: s.Condition.Value,
		Summary: s.Summary.Value, Purpose: s.Purpose.Value, Announced: date(s.AnnouncedOn.Day), Effective: date(s.EffectiveOn.Day),
		Removed: date(s.RemovedOn.Day), ReplacedBy: linkIf(p, s.ReplacedBy.To), Data: dataClasses(s.Data), Subjects: values(s.DataSubjects),
		Locations: locations(s), Transfer: transfer(s.Transfer), Agreement: agreement(s.DPA), AI: aiTerms(s.AI), Terms: terms(s.AI),
		ApprovedFor: word(nil, s.ApprovedFor.Value), HostedBy: linkIf(p, s.HostedBy.To), Maker: s.Maker.Value, Register: register(s.Register),
		Owner: owner(s.Owner), Reviewed: date(s.ReviewedOn.Day), Flows: p.uses(s), Answers: p.answers[s],
	}
	if !s.Country.IsZero() {
		c := country(s.Country.Value)
		v.Country = &c
	}
	for _, l := range v.Locations {
		if !slices.Contains(v.Countries, l.Country.Name) {
			v.Countries = append(v.Countries, l.Country.Name)
		}
	}
	for _, c := range values(s.Certified) {
		if name, ok := reports[c]; ok {
			c = name
		}
		v.Certifications = append(v.Certifications, c)
	}
	for _, m := range p.site.Models {
		if m.Provider.To == s {
			v.Models = append(v.Models, p.link(m))
		}
	}
	for _, m := range p.site.Tuned {
		if m.Provider.To == s || m.TrainedAt.To == s {
			v.Models = append(v.Models, p.link(m))
		}
	}
	v.DataText = atMost(3, titlesOf(v.Data), "other kinds of data")
	v.Search = strings.ToLower(joined(" ", v.Name, v.LegalEntity, v.Category, v.Purpose, v.State.Word, joined(" ", titlesOf(v.Data)...),
		joined(" ", v.Countries...), v.Terms, joined(" ", v.Certifications...)))
	return v
}

func locations(s *model.Subprocessor) []Location {
	var list []Location
	for _, l := range s.Locations {
		var does []string
		for _, a := range values(l.Activity) {
			does = append(does, word(activityWords, a))
		}
		list = append(list, Location{Country: country(l.Country.Value), Region: l.Region.Value, Activity: series(does)})
	}
	return list
}

func transfer(t model.Transfer) string {
	text := word(mechanismWords, t.Mechanism.Value)
	if text != "" && t.Module.Set {
		text += ", module " + strconv.Itoa(t.Module.Value)
	}
	return text
}

func agreement(a model.Agreement) *Agreement {
	if a.URL.IsZero() && a.SignedOn.IsZero() && a.Evidence.To == nil {
		return nil
	}
	return &Agreement{Address: webAddress(a.URL.Value), Signed: date(a.SignedOn.Day), Evidence: evidence(a.Evidence.To)}
}

func register(r model.Register) string {
	if r.ListedAs.IsZero() {
		return ""
	}
	return joined(", ", "Listed as "+r.ListedAs.Value+" in the Data Privacy Framework", long("checked ", r.CheckedOn.Day))
}

func aiTerms(a *model.AITerms) *AITerms {
	if a == nil {
		return nil
	}
	t, r := a.Training, a.Retention
	return &AITerms{
		Role: word(aiRoleWords, a.Role.Value), Training: training(t), TrainingState: state(trainingShapes, unknownIf(t.Used)),
		TrainingEvidence: evidence(t.Evidence.To), TrainingChecked: date(t.CheckedOn.Day), Retention: retention(r), RetentionState: retentionState(r),
		Keep: r.Keep.Long(), RetentionEvidence: evidence(r.Evidence.To), Signed: date(r.SignedOn.Day), Effective: date(r.EffectiveOn.Day),
		Expires: date(r.Expires.Day), RetentionChecked: date(r.CheckedOn.Day), Exceptions: values(r.Exceptions), Covers: covers(r.Covers),
		HumanReview: word(reviewWords, a.HumanReview.Value),
	}
}

func unknownIf(t model.Text) string {
	if t.IsZero() {
		return "unknown"
	}
	return t.Value
}

// training says whether a vendor trains on the data, on what ground, and when that was checked.
func training(t model.TrainingTerms) string {
	used := map[string]string{"never": "Never trains on the data", "opt-in": "Trains on the data only of customers that opted in", "always": "Trains on the data",
		"unknown": "Has not said whether it trains on the data"}[unknownIf(t.Used)]
	return joined(", ", used, basisWords[t.Basis.Value], long("checked ", t.CheckedOn.Day))
}

// retention says what a vendor keeps, and by what agreement.
func retention(r model.RetentionTerms) string {
	var what string
	switch r.State.Value {
	case model.ZeroRetention:
		what = "Keeps nothing (zero retention)" + excepted(r)
	case "days":
		what = "Keeps data for " + r.Keep.Long()
		if r.Keep.IsZero() {
			what = "Keeps data for a time"
		}
	default:
		return "Has not said how long it keeps data"
	}
	proof := long("under an agreement signed ", r.SignedOn.Day)
	if e := r.Evidence.To; proof == "" && e != nil {
		proof = long("on evidence dated ", e.Dated.Day)
	}
	return joined(", ", what, proof)
}

func retentionState(r model.RetentionTerms) State {
	switch r.State.Value {
	case model.ZeroRetention:
		return State{Word: "Keeps nothing" + excepted(r), Class: model.ZeroRetention, Shape: "solid"}
	case "days":
		return State{Word: upperFirst(joined(" ", "keeps", r.Keep.Long())), Class: "days", Shape: "half"}
	}
	return State{Word: "Not known", Class: "unknown", Shape: "outline"}
}

func covers(c model.Coverage) string {
	part := func(one, many string, list []model.Text) string {
		switch len(list) {
		case 0:
			return ""
		case 1:
			return one + " " + list[0].Value
		}
		return many + " " + series(values(list))
	}
	return joined("; ", part("project", "projects", c.Projects), part("endpoint", "endpoints", c.Endpoints), part("feature", "features", c.Features))
}

// terms gives the AI terms in one line.
func terms(a *model.AITerms) string {
	if a == nil {
		return ""
	}
	train := map[string]string{"never": "No training", "opt-in": "Training with consent alone", "always": "Trains on the data", "unknown": "Training not known"}[unknownIf(a.Training.Used)]
	return train + "; " + keeps(a.Retention)
}

// excepted goes behind what says that a vendor keeps nothing, wherever that stands: a page that leaves its exceptions out claims too much
// (rule RET06). What they are is told on the vendor's own page.
func excepted(r model.RetentionTerms) string {
	if len(r.Exceptions) == 0 {
		return ""
	}
	return ", with exceptions"
}

// keeps says in a few words, within a sentence, what a vendor keeps.
func keeps(r model.RetentionTerms) string {
	switch {
	case r.State.Value == model.ZeroRetention:
		return "keeps nothing" + excepted(r)
	case r.State.Value == "days" && !r.Keep.IsZero():
		return "keeps " + r.Keep.Long()
	}
	return "retention not known"
}

// uses tells what part the vendor has in each flow.
func (p *planner) uses(s *model.Subprocessor) []FlowUse {
	var list []FlowUse
	for _, f := range s.Flows {
		use := FlowUse{Title: f.Title.Value, Address: p.where(f), State: flowState(f)}
		var data []model.Ref[model.DataClass]
		for _, step := range f.Steps {
			if step.In.Subprocessor == s && !step.IsNone() {
				use.Steps = append(use.Steps, step.Title.Value)
			}
		}
		for _, l := range f.Links {
			if to := l.To.Step; to != nil && to.In.Subprocessor == s && (l.From.Step == nil || l.From.Step.In.Subprocessor != s) {
				data = append(data, l.Data...)
			}
		}
		use.Receives = dataClasses(data)
		list = append(list, use)
	}
	return list
}

func flowState(f *model.Flow) State {
	if f.Status.IsZero() {
		return flowStates["live"]
	}
	return state(flowStates, f.Status.Value)
}

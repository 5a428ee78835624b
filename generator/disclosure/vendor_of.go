package disclosure

import (
	"cmp"

	"candor/generator/model"
)

func (t *teller) vendor(v *model.Subprocessor) Subprocessor {
	s := Subprocessor{ID: v.ID.Value, Former: former(v.Head()), Address: t.where(v), Name: text(v.Title), LegalEntity: text(v.LegalEntity), PostalAddress: text(v.Address),
		Country: text(v.Country), Website: webAddress(v.Website), TrustURL: webAddress(v.TrustURL), Contact: text(v.Contact), Category: text(v.Category), Tier: text(v.Tier),
		Status: text(v.Status), AnnouncedOn: dayOf(v.AnnouncedOn.Day), EffectiveOn: dayOf(v.EffectiveOn.Day), RemovedOn: dayOf(v.RemovedOn.Day),
		ObjectUntil: dayOf(t.records.ObjectUntil(v)), ReplacedBy: idOf(v.ReplacedBy.To), Engagement: text(v.Engagement), Condition: text(v.Condition), Summary: text(v.Summary),
		Purpose: text(v.Purpose), Data: idsOf(targets(v.Data)), DataSubjects: texts(v.DataSubjects), ApprovedFor: text(v.ApprovedFor), HostedBy: idOf(v.HostedBy.To),
		Maker: text(v.Maker), Certifications: texts(v.Certified), Owner: role(v.Owner), ReviewedOn: dayOf(v.ReviewedOn.Day)}
	for _, l := range v.Locations {
		s.Locations = append(s.Locations, Location{Country: text(l.Country), Region: text(l.Region), Activity: texts(l.Activity)})
	}
	if !v.Transfer.Mechanism.IsZero() {
		s.Transfer = Transfer{text(v.Transfer.Mechanism), number(v.Transfer.Module)}
	}
	s.Agreement = Agreement{URL: webAddress(v.DPA.URL), SignedOn: dayOf(v.DPA.SignedOn.Day), Evidence: evidence(v.DPA.Evidence)}
	if !v.Register.ListedAs.IsZero() {
		s.Register = Register{text(v.Register.ListedAs), dayOf(v.Register.CheckedOn.Day)}
	}
	if v.AI != nil {
		s.AI = aiTerms(v.AI)
	}
	return s
}

func aiTerms(a *model.AITerms) *AITerms {
	t, r := a.Training, a.Retention
	return &AITerms{
		Role:     text(a.Role),
		Training: TrainingTerms{Used: cmp.Or(text(t.Used), "unknown"), Basis: text(t.Basis), Evidence: evidence(t.Evidence), CheckedOn: dayOf(t.CheckedOn.Day)},
		Retention: RetentionTerms{State: cmp.Or(text(r.State), "unknown"), Keep: r.Keep.String(), Evidence: evidence(r.Evidence), SignedOn: dayOf(r.SignedOn.Day),
			EffectiveOn: dayOf(r.EffectiveOn.Day), Expires: dayOf(r.Expires.Day), CheckedOn: dayOf(r.CheckedOn.Day), Exceptions: texts(r.Exceptions),
			Covers: Coverage{texts(r.Covers.Projects), texts(r.Covers.Endpoints), texts(r.Covers.Features)}},
		HumanReview: text(a.HumanReview),
	}
}

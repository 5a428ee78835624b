package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"
)

var trn01 = Rule{
	Rule: diag.Rule{
		ID:       "TRN01",
		Severity: diag.Error,
		Title:    "a tuned model has no complete training record",
		Why:      "The auditor asks what it was trained on, how that was scrubbed, who looked, who approved, and whom it serves.",
		Source:   "ISO/IEC 42001 A.7.2 to A.7.6; NIST AI RMF MAP 2.3 and MEASURE 2.10",
		Bad: `tuned:
  triage-ft: {base: llama-3.1-8b, trained_at: modal, trained_on: 2026-04-12}`,
		Good: `tuned:
  triage-ft:
    base: llama-3.1-8b
    trained_at: modal
    trained_on: 2026-04-12
    datasets:
      - title: Closed tickets 2025
        source: Customers that signed the addendum
        customer_data: true
        opt_in: pilot-consent
        scrub: {method: named-entity removal, checked_by: data-lead, checked_on: 2026-04-02, evidence: scrub-report}
    approved_by: cto
    approved_on: 2026-04-10
    serves: opted-in`,
		Remark: `A dataset that says "customer_data: false" needs no scrub.`,
	},
	run: thinRecords,
}

func thinRecords(p *pass) {
	for _, m := range p.site.Tuned {
		report := func(at source.Span, gap, hint string) {
			p.report(at, fmt.Sprintf("tuned model %q has no %q", m.ID.Value, gap), hint)
		}
		for _, key := range lacking(need{"base", !m.Base.IsZero()}, need{"approved_by", !m.ApprovedBy.IsZero()}, need{"approved_on", !m.ApprovedOn.IsZero()},
			need{"trained_on", !m.TrainedOn.IsZero()}) {
			report(m.Place(), key, write([]string{key})+" in its record")
		}
		if m.Serves.IsZero() {
			report(m.Place(), "serves", `write "serves: same-tenant", opted-in or all-tenants`)
		}
		if len(m.Datasets) == 0 {
			report(m.Place(), "datasets", `write "datasets: [{title: ..., source: ..., customer_data: true, scrub: {...}}]" in its record`)
		}
		for _, d := range []model.Date{m.ApprovedOn, m.TrainedOn} {
			p.notAhead(d, fmt.Sprintf("the record of tuned model %q", m.ID.Value))
		}
		for _, d := range m.Datasets {
			p.dataset(m, d)
		}
	}
}

// dataset reports what the record does not say of one set of training data.
func (p *pass) dataset(m *model.TunedModel, d *model.Dataset) {
	keys := lacking(need{"source", !d.Source.IsZero()}, need{"customer_data", d.CustomerData.Set})
	switch s := d.Scrub; {
	case s == nil:
		if !d.CustomerData.Set || d.CustomerData.Value {
			keys = append(keys, "scrub")
		}
	default:
		keys = append(keys, lacking(need{"scrub.method", !s.Method.IsZero()}, need{"scrub.checked_by", !s.CheckedBy.IsZero()},
			need{"scrub.checked_on", !s.CheckedOn.IsZero()}, need{"scrub.evidence", !s.Evidence.IsZero()})...)
		p.notAhead(s.CheckedOn, fmt.Sprintf("the scrub of dataset %q", d.Title.Value))
	}
	at := d.Title.At
	if at.IsZero() {
		at = m.Place()
	}
	for _, key := range keys {
		p.report(at, fmt.Sprintf("dataset %q of tuned model %q has no %q", d.Title.Value, m.ID.Value, key), fmt.Sprintf(`write "%s" for it`, key))
	}
}

// notAhead reports a day of something done that has not come yet.
func (p *pass) notAhead(d model.Date, what string) {
	if d.Day > p.on {
		p.report(d.At, fmt.Sprintf("%s names %s, which is after today, %s", what, d.Day, p.on), "write the day on which it was done")
	}
}

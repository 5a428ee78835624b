package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var trn03 = Rule{
	Rule: diag.Rule{
		ID:       "TRN03",
		Severity: diag.Error,
		Title:    "the days of a training record are out of order, or its preparer approved it",
		Why:      "Scrubbed and checked, then approved, then trained: a record made afterwards is no record, and nobody approves their own work.",
		Source:   "SOC 2 CC8.1 and CC5.1; ISO/IEC 42001 A.7.2 to A.7.6",
		Bad: `triage-ft:
  datasets: [{title: Closed tickets 2025, customer_data: true, scrub: {checked_on: 2026-04-20}}]
  prepared_by: data-lead
  approved_by: data-lead
  approved_on: 2026-04-15
  trained_on: 2026-04-12`,
		Good: `triage-ft:
  datasets: [{title: Closed tickets 2025, customer_data: true, scrub: {checked_on: 2026-04-02}}]
  prepared_by: data-lead
  approved_by: cto
  approved_on: 2026-04-10
  trained_on: 2026-04-12`,
		Remark: "All three may be one day. Two roles that one person holds are one person.",
	},
	run: disorderedRecords,
}

func disorderedRecords(p *pass) {
	for _, m := range p.site.Tuned {
		if p.wrongOrder(m.ApprovedOn, m.TrainedOn) {
			p.report(m.ApprovedOn.At, fmt.Sprintf("tuned model %q was approved on %s, after it was trained on %s", m.ID.Value, m.ApprovedOn.Day, m.TrainedOn.Day),
				"train after the approval, or correct the day", note(m.TrainedOn.At, "trained here"))
		}
		p.checkedInTime(m)
		p.approvedByAnother(m)
	}
}

// wrongOrder reports whether the first of two days comes after the second. A day that lies ahead is a matter of TRN01.
func (p *pass) wrongOrder(first, second model.Date) bool {
	return !first.IsZero() && !second.IsZero() && first.Day > second.Day && first.Day <= p.on
}

// checkedInTime reports scrubs that were checked after the approval, or after the training when there is no day of approval: one of them at
// its own day, several at the day that comes before them all, which is the one to doubt.
func (p *pass) checkedInTime(m *model.TunedModel) {
	next, what := m.ApprovedOn, "approved"
	if next.IsZero() {
		next, what = m.TrainedOn, "trained"
	}
	var late []*model.Dataset
	var places []diag.Related
	for _, d := range m.Datasets {
		if d.Scrub != nil && p.wrongOrder(d.Scrub.CheckedOn, next) {
			late = append(late, d)
			places = append(places, note(d.Scrub.CheckedOn.At, fmt.Sprintf("dataset %q was checked here", d.Title.Value)))
		}
	}
	const hint = "check the scrub before, or correct the day"
	switch len(late) {
	case 0:
	case 1:
		p.report(late[0].Scrub.CheckedOn.At, fmt.Sprintf("the scrub of dataset %q was checked on %s, after tuned model %q was %s on %s", late[0].Title.Value, late[0].Scrub.CheckedOn.Day,
			m.ID.Value, what, next.Day), hint, note(next.At, what+" here"))
	default:
		p.report(next.At, fmt.Sprintf("tuned model %q was %s on %s, before the scrub of %d datasets was checked", m.ID.Value, what, next.Day, len(late)), hint, places...)
	}
}

// approvedByAnother reports a record that was approved by whoever prepared it.
func (p *pass) approvedByAnother(m *model.TunedModel) {
	prepared, approved := m.PreparedBy, m.ApprovedBy
	if prepared.IsZero() || approved.IsZero() {
		return
	}
	const hint = "have it approved by somebody else"
	here := note(prepared.At, "prepared here")
	switch {
	case prepared.Value == approved.Value || prepared.To != nil && prepared.To == approved.To:
		p.report(approved.At, fmt.Sprintf("tuned model %q was approved by %q, who prepared it", m.ID.Value, approved.Value), hint, here)
	case prepared.To != nil && approved.To != nil && !prepared.To.Internal.Person.IsZero() && prepared.To.Internal.Person.Value == approved.To.Internal.Person.Value:
		p.report(approved.At, fmt.Sprintf("tuned model %q was approved by %q and prepared by %q, and one person is both", m.ID.Value, approved.Value, prepared.Value), hint, here)
	}
}

package disclosure

import (
	"candor/generator/model"
)

// An Exemption is a fact that is deliberately not taken for a change, with the reason. Everything else that differs is one.
type Exemption struct {
	Kind model.Kind // "" for every kind of record
	Key  string     // the path of the field, without the keys of list elements: steps.in
	Why  string
}

// Uncompared are the fields that Compare passes over: each follows from others, or says how the document was made.
var Uncompared = []Exemption{
	{"", "id", "it is what a record is known by; another one is a rename"},
	{"", "former_ids", "they say that a record was renamed, which is told as such"},
	{"", "address", "it follows from the address of the site and the id"},
	{KindSite, "built_on", "another day is no other fact"},
	{KindSite, "content_hash", "it names the files, of which comments and what is internal are part"},
	{KindSite, "generator", "who wrote the file says nothing of the company"},
	{KindSite, "authority", "ids are minted under it, and it is carried on"},
	{model.KindSubprocessor, "object_until", "it follows from announced_on and the promised time to object"},
	{model.KindControl, "next_due", "it follows from last_done and cadence"},
	{model.KindAnswer, "evidence.address", "it follows from the record that is cited"},
}

// Quiet are the fields that differ and are no news as long as their day moves on: things were looked at again, as promised, and found to be as they were. A day that
// moves back, or that is gone, is news.
var Quiet = []Exemption{
	{model.KindSubprocessor, "reviewed_on", "the vendor was reviewed again"},
	{model.KindSubprocessor, "register.checked_on", "somebody looked into the register again"},
	{model.KindSubprocessor, "ai.training.checked_on", "somebody looked at the terms again"},
	{model.KindSubprocessor, "ai.retention.checked_on", "somebody looked at the terms again"},
	{model.KindPolicy, "next_review", "it moves on with each approval"},
	{model.KindPolicy, "incident.exercised_on", "the policy was exercised again"},
	{model.KindFlow, "verified_on", "the flow was held against what runs again"},
	{model.KindControl, "last_done", "the control was carried out again"},
	{model.KindControl, "evidence", "each time that a control is carried out leaves its own"},
	{model.KindAnswer, "reviewed_on", "the answer was checked again"},
	{model.KindModel, "review_by", "it moves on with each approval"},
	{model.KindModel, "datasets.scrub.checked_on", "somebody looked again"},
}

// exempted tells whether a list has a field of a kind of record.
func exempted(list []Exemption, kind model.Kind, key string) bool {
	for _, e := range list {
		if (e.Kind == "" || e.Kind == kind) && e.Key == key {
			return true
		}
	}
	return false
}

// isQuiet tells whether what differs of a field is no news.
func isQuiet(kind model.Kind, key, before, after string) bool {
	if kind == model.KindSubprocessor && key == "status" {
		return before == model.StatusPlanned && after == model.StatusActive // its day came, as was announced
	}
	return exempted(Quiet, kind, key) && before <= after
}

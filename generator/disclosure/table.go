package disclosure

import (
	"slices"
	"strconv"
	"strings"

	"candor/generator/model"
)

// Table gives the sub-processors as an auditor wants them in a spreadsheet: first the names of the columns, then a row each, in words. Several values of one cell
// stand apart by bars.
func (d *Document) Table() [][]string {
	columns := []column{
		{"id", func(v *Subprocessor) string { return v.ID }},
		{"name", func(v *Subprocessor) string { return v.Name }},
		{"status", func(v *Subprocessor) string { return inWords("status", v.Status) }},
		{"legal_entity", func(v *Subprocessor) string { return v.LegalEntity }},
		{"postal_address", func(v *Subprocessor) string { return v.PostalAddress }},
		{"country", func(v *Subprocessor) string { return country(v.Country) }},
		{"category", func(v *Subprocessor) string { return inWords("category", v.Category) }},
		{"critical", func(v *Subprocessor) string { return map[bool]string{true: "yes", false: "no"}[v.Tier == "critical"] }},
		{"purpose", func(v *Subprocessor) string { return v.Purpose }},
		{"used_for", func(v *Subprocessor) string { return joined(": ", inWords("engagement", v.Engagement), v.Condition) }},
		{"data", func(v *Subprocessor) string { return several(d.titles(v.Data)) }},
		{"personal_data", func(v *Subprocessor) string {
			return map[bool]string{true: "yes", false: "no"}[slices.ContainsFunc(v.Data, d.isPersonal)]
		}},
		{"data_subjects", func(v *Subprocessor) string { return several(v.DataSubjects) }},
		{"locations", func(v *Subprocessor) string { return several(each(v.Locations, Location.say)) }},
		{"transfer", func(v *Subprocessor) string { return v.Transfer.say() }},
		{"dpa_signed_on", func(v *Subprocessor) string { return string(v.Agreement.SignedOn) }},
		{"dpa_url", func(v *Subprocessor) string { return v.Agreement.URL }},
		{"ai_training", ofAI(func(a *AITerms) string {
			return joined(", ", inWords("training", a.Training.Used), behind("by ", a.Training.Basis))
		})},
		{"ai_retention", ofAI(func(a *AITerms) string {
			return joined(", ", inWords("retention", a.Retention.State), inWords("period", a.Retention.Keep))
		})},
		{"ai_retention_exceptions", ofAI(func(a *AITerms) string { return several(a.Retention.Exceptions) })},
		{"ai_human_review", ofAI(func(a *AITerms) string { return inWords("human review", a.HumanReview) })},
		{"certifications", func(v *Subprocessor) string {
			return several(each(v.Certifications, func(c string) string { return inWords("report", c) }))
		}},
		{"announced_on", func(v *Subprocessor) string { return string(v.AnnouncedOn) }},
		{"object_until", func(v *Subprocessor) string { return string(v.ObjectUntil) }},
		{"effective_on", func(v *Subprocessor) string { return string(v.EffectiveOn) }},
		{"removed_on", func(v *Subprocessor) string { return string(v.RemovedOn) }},
		{"replaced_by", func(v *Subprocessor) string { return v.ReplacedBy }},
		{"reviewed_on", func(v *Subprocessor) string { return string(v.ReviewedOn) }},
		{"contact", func(v *Subprocessor) string { return v.Contact }},
		{"website", func(v *Subprocessor) string { return v.Website }},
		{"address", func(v *Subprocessor) string { return v.Address }},
	}
	rows := [][]string{each(columns, func(c column) string { return c.name })}
	for i := range d.Subprocessors {
		rows = append(rows, each(columns, func(c column) string { return c.cell(&d.Subprocessors[i]) }))
	}
	return rows
}

type column struct {
	name string
	cell func(v *Subprocessor) string
}

// ofAI gives a cell that is empty for a vendor without models.
func ofAI(cell func(a *AITerms) string) func(v *Subprocessor) string {
	return func(v *Subprocessor) string {
		if v.AI == nil {
			return ""
		}
		return cell(v.AI)
	}
}

func several(list []string) string { return strings.Join(list, " | ") }

func (t Transfer) say() string {
	text := inWords("mechanism", t.Mechanism)
	if text != "" && t.Module != nil {
		text += ", module " + strconv.Itoa(*t.Module)
	}
	return text
}

// titles gives what readers call some classes of data.
func (d *Document) titles(ids []string) []string {
	return each(ids, func(id string) string {
		if c := d.class(id); c != nil {
			return c.Title
		}
		return id
	})
}

func (d *Document) isPersonal(id string) bool {
	c := d.class(id)
	return c != nil && c.Personal
}

func (d *Document) class(id string) *DataClass {
	for i := range d.DataClasses {
		if d.DataClasses[i].ID == id {
			return &d.DataClasses[i]
		}
	}
	return nil
}

// Spoken gives the kind of the record that an entry is about as people write it, "" for none.
func (e Entry) Spoken() string { return model.Kind(e.Kind).Spoken() }

package register

import (
	"fmt"
	"slices"
	"strings"

	"candor/generator/model"
	"candor/generator/roster"
	"candor/generator/sheet"
)

// A Form is a way to write a list.
type Form string

// The forms. The columns of Drata and Vanta are named as their programming interfaces name these things, which is what is publicly known of them.
const (
	CSV         Form = "csv" // every key; it can be read back
	Drata       Form = "drata"
	Vanta       Form = "vanta"
	Secureframe Form = "secureframe"
)

// Forms gives all forms, in the order in which they are explained.
func Forms() []string {
	return []string{string(Drata), string(Vanta), string(Secureframe), string(CSV)}
}

// A cellOf is a column of a form: its header and what it holds.
type cellOf struct {
	header string
	of     func(v *model.Subprocessor, on model.Day) string
}

func always(text string) func(*model.Subprocessor, model.Day) string {
	return func(*model.Subprocessor, model.Day) string { return text }
}

func yesNo(yes, no string, is func(v *model.Subprocessor, on model.Day) bool) func(*model.Subprocessor, model.Day) string {
	return func(v *model.Subprocessor, on model.Day) string {
		if is(v, on) {
			return yes
		}
		return no
	}
}

var (
	nameOf     = func(v *model.Subprocessor, _ model.Day) string { return v.Title.Value }
	category   = func(v *model.Subprocessor, _ model.Day) string { return v.Category.Value }
	website    = func(v *model.Subprocessor, _ model.Day) string { return v.Website.Value }
	isOnList   = func(v *model.Subprocessor, _ model.Day) bool { return v.Published() }
	isInUse    = func(v *model.Subprocessor, on model.Day) bool { return v.InUse() && !roster.IsGone(v, on) }
	isCritical = func(v *model.Subprocessor, _ model.Day) bool { return v.Tier.Value == "critical" }
)

// does says what a vendor does.
func does(v *model.Subprocessor, _ model.Day) string {
	if v.Purpose.Value != "" {
		return v.Purpose.Value
	}
	return v.Summary.Value
}

// places gives the countries where a vendor works on the data, by name.
func places(v *model.Subprocessor, _ model.Day) string {
	var all []string
	for _, l := range v.Locations {
		name := model.CountryName(l.Country.Value)
		if name == "" {
			name = l.Country.Value
		}
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return strings.Join(all, ", ")
}

// personal says whether a vendor has personal data; "" where no data is declared for it.
func personal(yes, no string) func(*model.Subprocessor, model.Day) string {
	return func(v *model.Subprocessor, _ model.Day) string {
		switch {
		case len(v.Data) == 0:
			return ""
		case v.HasPersonalData():
			return yes
		}
		return no
	}
}

// tiered gives words for the tier; "" where none is written.
func tiered(critical, standard string) func(*model.Subprocessor, model.Day) string {
	return func(v *model.Subprocessor, on model.Day) string {
		switch {
		case v.Tier.IsZero():
			return ""
		case isCritical(v, on):
			return critical
		}
		return standard
	}
}

func dataOf(v *model.Subprocessor, _ model.Day) string {
	var all []string
	for _, d := range v.Data {
		name := d.Value
		if d.To != nil {
			name = d.To.Title.Value
		}
		all = append(all, name)
	}
	return strings.Join(all, ", ")
}

func ownerOf(v *model.Subprocessor, _ model.Day) string {
	if v.Owner.To != nil {
		return v.Owner.To.Title.Value
	}
	return v.Owner.Value
}

func dateOf(d model.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Day.String()
}

// columnsOf gives the columns of a form. The content has no level of risk and no end of a contract: those stay empty.
func columnsOf(f Form) []cellOf {
	switch f {
	case Drata:
		return []cellOf{{"name", nameOf}, {"category", category}, {"risk", always("")}, {"critical", tiered("true", "false")}, {"isSubProcessor", yesNo("true", "false", isOnList)},
			{"isSubProcessorActive", yesNo("true", "false", isInUse)}, {"url", website}, {"location", places}, {"hasPii", personal("true", "false")}}
	case Vanta:
		return []cellOf{{"name", nameOf}, {"websiteUrl", website}, {"category", category}, {"servicesProvided", does}, {"inherentRiskLevel", always("")}, {"contractRenewalDate", always("")}}
	case Secureframe:
		return []cellOf{{"Name", nameOf}, {"Website", website}, {"Category", category}, {"Description", does}, {"Criticality", tiered("Critical", "Standard")}, {"Sub-processor", yesNo("Yes", "No", isOnList)},
			{"Status", func(v *model.Subprocessor, _ model.Day) string { return v.Status.Value }}, {"Data location", places}, {"Personal data", personal("Yes", "No")}, {"Data", dataOf},
			{"Legal entity", func(v *model.Subprocessor, _ model.Day) string { return v.LegalEntity.Value }}, {"Owner", ownerOf},
			{"Last review", func(v *model.Subprocessor, _ model.Day) string { return dateOf(v.ReviewedOn) }}}
	}
	columns := []cellOf{{"id", func(v *model.Subprocessor, _ model.Day) string { return v.ID.Value }}}
	for _, k := range keys() {
		columns = append(columns, cellOf{k.column(), func(v *model.Subprocessor, _ model.Day) string { return k.of(v) }})
	}
	return columns
}

// Empty names the columns of a form that the content has nothing for.
func Empty(f Form) []string {
	switch f {
	case Drata:
		return []string{"risk"}
	case Vanta:
		return []string{"inherentRiskLevel", "contractRenewalDate"}
	}
	return nil
}

// Export writes the sub-processors of a site as a list, in their order: those that are published and were not removed by a day, or all. It gives the file,
// no cell of which can become a formula, and how many it names.
func Export(site *model.Site, f Form, on model.Day, all bool) (data []byte, named int, err error) {
	columns := columnsOf(f)
	var header []string
	for _, c := range columns {
		header = append(header, c.header)
	}
	rows := [][]string{header}
	for _, v := range site.Subprocessors {
		if !all && (!v.Published() || roster.IsGone(v, on)) {
			continue
		}
		var row []string
		for _, c := range columns {
			row = append(row, c.of(v, on))
		}
		rows = append(rows, row)
	}
	if data, err = sheet.CSV(rows); err != nil {
		return nil, 0, fmt.Errorf("write the list: %w", err)
	}
	return data, len(rows) - 1, nil
}

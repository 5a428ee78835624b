package check

import (
	"fmt"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
)

var sub10 = Rule{
	Rule: diag.Rule{
		ID:       "SUB10",
		Severity: diag.Error,
		Title:    "a transfer rests on a listing that nobody looked up, or on a mechanism that does not fit the importer",
		Why:      "A listing in the Data Privacy Framework ends within a year unless it is renewed, and holds for the company that is listed alone: one that was assumed is no ground for a transfer.",
		Source:   "GDPR Art. 45 and 46; Commission Implementing Decisions (EU) 2023/1795 and (EU) 2021/914",
		Bad: `# subprocessors/openai.yaml
legal_entity: OpenAI OpCo, LLC
country: US
transfer: {mechanism: dpf}`,
		Good: `# subprocessors/openai.yaml
legal_entity: OpenAI OpCo, LLC
country: US
transfer: {mechanism: dpf}
register: {checked_on: 2026-08-01, listed_as: "OpenAI OpCo, LLC"}`,
		Remark: `The decision on the United States covers companies that are listed in the framework, and no others: so an importer there has the mechanism dpf, not adequacy. Names are compared without
case, commas and dots, and with Inc. for Incorporated. The standard contractual clauses have four modules; a processor that engages another writes module 3. The UK's agreement (uk-idta) is for transfers from
the United Kingdom. Removed vendors are not asked.`,
	},
	run: unfitTransfers,
}

func unfitTransfers(p *pass) {
	for _, v := range p.site.Subprocessors {
		if v.Status.Value == model.StatusRemoved {
			continue
		}
		mechanism, country := v.Transfer.Mechanism, v.Country
		switch mechanism.Value {
		case "dpf":
			if !country.IsZero() && country.Value != "US" && !outlying[country.Value] {
				p.report(mechanism.At, fmt.Sprintf("the transfer to %q rests on the Data Privacy Framework, which is for companies in the United States, but the vendor's country is %q", v.ID.Value, country.Value),
					`write the mechanism of your contract: "scc" with its module, or "adequacy"`, note(country.At, "the country"))
				continue
			}
			p.registered(v)
		case "adequacy":
			if country.Value == "US" {
				p.report(mechanism.At, fmt.Sprintf("the transfer to %q rests on adequacy, which companies in the United States have by the Data Privacy Framework alone", v.ID.Value),
					`write "mechanism: dpf" and look the company up, or "mechanism: scc" with its module`, note(country.At, "the country"))
			}
		case "scc":
			p.clauses(v)
		case "uk-idta":
			home := p.homeRegion()
			if place := placeOfName(home.Value); place != "" && place != "GB" {
				p.report(mechanism.At, fmt.Sprintf("the transfer to %q rests on the agreement for transfers from the United Kingdom, but the home region is %q", v.ID.Value, home.Value),
					`write the mechanism of your contract, "scc" with its module for the EU`, note(home.At, "the home region"))
			}
		}
	}
}

// outlying are the codes of United States territories, whose companies have an address there and are American all the same.
var outlying = map[string]bool{"PR": true, "GU": true, "VI": true, "AS": true, "MP": true, "UM": true}

// registered holds a vendor against what was seen in the register of the Data Privacy Framework.
func (p *pass) registered(v *model.Subprocessor) {
	day, listed := v.Register.CheckedOn, v.Register.ListedAs
	const look = `look it up at https://www.dataprivacyframework.gov, and write the day`
	switch {
	case day.IsZero():
		p.report(v.Transfer.Mechanism.At, fmt.Sprintf("the transfer to %q rests on the Data Privacy Framework, but nobody is said to have looked it up there", v.ID.Value),
			look+`: "register: {checked_on: ..., listed_as: ...}"`)
	case day.Day > p.on:
		p.report(day.At, fmt.Sprintf("the listing of %q was looked up on %s, after today, %s", v.ID.Value, day.Day, p.on), "write the day of the last look")
	case day.Day.Add(model.Period{Count: 1, Unit: 'y'}) < p.on:
		p.report(day.At, fmt.Sprintf("the listing of %q was looked up on %s, more than a year ago, and listings end within a year", v.ID.Value, day.Day), look)
	}
	if !listed.IsZero() && !v.LegalEntity.IsZero() && entity(listed.Value) != entity(v.LegalEntity.Value) {
		p.report(listed.At, fmt.Sprintf("%q is listed in the Data Privacy Framework, but the vendor is %q", shorten(listed.Value), shorten(v.LegalEntity.Value)),
			`write in legal_entity who signed your contract; if that is somebody who is not listed, write "mechanism: scc"`, note(v.LegalEntity.At, "the legal entity"))
	}
}

// clauses holds a transfer under the standard contractual clauses to their modules.
func (p *pass) clauses(v *model.Subprocessor) {
	module := v.Transfer.Module
	const four = "1 from controller to controller, 2 from controller to processor, 3 from processor to processor, 4 from processor to controller"
	switch {
	case !module.Set:
		p.report(v.Transfer.Mechanism.At, fmt.Sprintf("the transfer to %q rests on the standard contractual clauses, but their module is not named", v.ID.Value), `write "module: 3" beside it: `+four)
	case module.Value < 1 || module.Value > 4:
		p.report(module.At, fmt.Sprintf(`module "%d" of the standard contractual clauses does not exist`, module.Value), "write one of these: "+four)
	}
}

// spellings are words of companies' names, and how they are written short.
var spellings = map[string]string{"incorporated": "inc", "corporation": "corp", "company": "co", "limited": "ltd", "and": "&"}

// entity gives the name of a company in the form in which two spellings of it are the same.
func entity(name string) string {
	name = strings.ToLower(name)
	for _, alias := range []string{" d/b/a ", " dba ", " doing business as "} {
		name, _, _ = strings.Cut(name, alias)
	}
	name = strings.NewReplacer(".", "", "'", "", "’", "", ",", " ", "(", " ", ")", " ", "&", " & ").Replace(name)
	name = strings.Join(strings.Fields(name), " ")
	name = strings.NewReplacer("limited liability company", "llc", "public benefit corporation", "pbc").Replace(name)
	words := strings.Fields(strings.TrimPrefix(name, "the "))
	for i, w := range words {
		if short, ok := spellings[w]; ok {
			words[i] = short
		}
	}
	return strings.Join(words, " ")
}

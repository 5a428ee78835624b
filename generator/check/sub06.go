package check

import (
	"fmt"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
)

var sub06 = Rule{
	Rule: diag.Rule{
		ID:       "SUB06",
		Severity: diag.Error,
		Title:    "a vendor works outside the home region without a transfer mechanism",
		Why:      "A transfer that rests on nothing is one that nobody may make.",
		Source:   "GDPR Art. 44 to 46",
		Bad: `# site.yaml: home_region: EU
# subprocessors/openai.yaml
locations: [{country: US, activity: [process]}]`,
		Good: `# site.yaml: home_region: EU
# subprocessors/openai.yaml
locations: [{country: US, activity: [process]}]
transfer: {mechanism: scc, module: 3}`,
		Remark: "The home region is home_region of site.yaml, else the first of promises.regions. The members of the EU, Iceland, Liechtenstein and Norway are one region. Vendors all of whose data is declared as not personal need no mechanism; removed ones neither.",
	},
	run: missingTransfers,
}

func missingTransfers(p *pass) {
	home := p.homeRegion()
	if home.IsZero() {
		return
	}
	for _, v := range p.site.Subprocessors {
		mechanism := v.Transfer.Mechanism
		if v.Status.Value == model.StatusRemoved || mechanism.Value != "" && mechanism.Value != "none" || impersonal(v) {
			continue
		}
		for _, l := range v.Locations {
			if l.Country.IsZero() || sameRegion(l.Country.Value, home.Value) {
				continue
			}
			p.report(l.Country.At, fmt.Sprintf("%q works in %q, outside of %q, with no transfer mechanism", v.ID.Value, l.Country.Value, home.Value),
				`write "transfer: {mechanism: scc, module: 3}" in this file; others are adequacy, dpf, bcr, uk-idta`, note(home.At, "the home region"), note(mechanism.At, "no mechanism, as written here"))
		}
	}
}

// homeRegion gives the region that data is at home in, which may not be said.
func (p *pass) homeRegion() model.Text {
	home := p.site.Config.HomeRegion
	if regions := p.site.Config.Promises.Regions; home.IsZero() && len(regions) > 0 {
		return regions[0]
	}
	return home
}

// impersonal reports whether all data of a vendor is declared, and none of it is personal or customer data.
func impersonal(v *model.Subprocessor) bool {
	for _, d := range v.Data {
		if d.To == nil || d.To.IsPersonal() || d.To.IsCustomerData() {
			return false
		}
	}
	return len(v.Data) > 0
}

// economicArea are the countries of the European Economic Area, in which the GDPR holds without a transfer.
const economicArea = " AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK IS LI NO EU EEA "

func sameRegion(country, home string) bool {
	if country, home := placeOfName(country), placeOfName(home); country != "" && home != "" {
		return country == home || inEurope(country) && inEurope(home)
	}
	return strings.EqualFold(country, home)
}

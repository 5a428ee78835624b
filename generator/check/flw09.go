package check

import (
	"fmt"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"
)

var flw09 = Rule{
	Rule: diag.Rule{
		ID:       "FLW09",
		Severity: diag.Error,
		Title:    "customer data come to a place outside of the promised regions",
		Why:      "Where the data stay is a term of the contract: one step elsewhere breaks it for every customer.",
		Source:   "SOC 2 CC2.3 and C1.1",
		Bad: `# site.yaml: promises: {regions: [EU]}
# flows/search.yaml
- {id: index, stage: storage, kind: store, title: Index, in: aws, region: eu-west-2, retention: 30d, deletion: automatic, encrypted: true}   # London`,
		Good: `# site.yaml: promises: {regions: [EU]}
# flows/search.yaml
- {id: index, stage: storage, kind: store, title: Index, in: aws, region: eu-central-1, retention: 30d, deletion: automatic, encrypted: true}   # Frankfurt`,
		Remark: `The place of a step is its region, else that of its boundary, else the locations at which its vendor processes or stores; that of a prompt log at a vendor are the vendor's locations. Regions are countries
(US, DE, Germany), EU, and regions of AWS, Google Cloud and Azure (eu-central-1, europe-west3, westeurope). The EU here includes Iceland, Liechtenstein and Norway. Where a vendor has locations in and out of the promise, write
in the step the region that was agreed on.`,
	},
	run: displacedData,
}

func displacedData(p *pass) {
	r := residency{pass: p, promised: p.site.Config.Promises.Regions, told: map[source.Span]bool{}}
	if !r.known() {
		return
	}
	p.eachStep(func(f *model.Flow, s *model.Step) {
		data := customerData(f, s)
		if logsPrompts(s) && len(data) > 0 && s.PromptLog.Store.Subprocessor != nil {
			r.vendor(s.PromptLog.Store.Subprocessor, note(s.PromptLog.Store.At, fmt.Sprintf("step %q of flow %q logs prompts made of %s there", s.ID.Value, f.ID.Value, list(data))))
		}
		if len(data) == 0 {
			data = customerClasses(departures(f, s)) // where a flow begins
		}
		if len(data) == 0 || s.In.Customer {
			return
		}
		works := note(s.In.At, fmt.Sprintf("step %q of flow %q works on %s there", s.ID.Value, f.ID.Value, list(data)))
		switch b := s.In.Boundary; {
		case !s.Region.IsZero():
			r.hold(claim{s.Region, s.Region.Value, fmt.Sprintf("step %q works on %s", s.ID.Value, list(data)), keepIn})
		case b != nil && !b.Region.IsZero():
			r.hold(claim{b.Region, b.Region.Value, fmt.Sprintf("boundary %q is", b.ID.Value), keepIn}, works)
		case s.In.Subprocessor != nil:
			r.vendor(s.In.Subprocessor, works)
		}
	})
}

// residency is the promise of a site, and what was said of it.
type residency struct {
	*pass
	promised []model.Text
	codes    []string             // what is promised
	told     map[source.Span]bool // places that were reported
}

// known reads the promise, and reports whether something can be held against it: when a part of it means nothing here, nothing is surely
// outside.
func (r *residency) known() bool {
	known := len(r.promised) > 0
	for _, t := range r.promised {
		codes := placesOf(t.Value)
		if codes == nil {
			known = false
			r.report(t.At, fmt.Sprintf("region %q is promised, but is no country and no cloud's region that is known here, so nothing can be held against it", t.Value), "write countries, like [US], or [EU]")
		}
		r.codes = append(r.codes, codes...)
	}
	return known
}

// A claim is what the content says of a place.
type claim struct {
	written model.Text
	place   string // the same, with what else is said of it
	subject string // what is there: `"openai" works`
	fix     string // for one that is outside
}

const keepIn = "keep customer data in the promised regions"

// vendor holds the locations of a vendor at which it processes or stores data against the promise.
func (r *residency) vendor(v *model.Subprocessor, sent diag.Related) {
	fix := keepIn
	for _, l := range v.Locations {
		if r.covers(placeOfName(l.Country.Value)) && worksAt(l) {
			fix = fmt.Sprintf(`write "region: %s" in its steps if your contract keeps the data there, else %s`, l.Country.Value, keepIn)
		}
	}
	for _, l := range v.Locations {
		if l.Country.IsZero() || !worksAt(l) {
			continue
		}
		place := l.Country.Value
		if placeOfName(place) == europe && !l.Region.IsZero() {
			place = l.Region.Value + ", " + place
		}
		r.hold(claim{l.Country, place, fmt.Sprintf("%q works", v.ID.Value), fix}, sent)
	}
}

// worksAt reports whether a vendor processes or stores data at a location, and does not only support from there.
func worksAt(l model.Location) bool {
	return len(l.Activity) == 0 || slices.ContainsFunc(l.Activity, func(a model.Text) bool { return a.Value == "process" || a.Value == "store" })
}

// hold reports a place that is outside of the promise, or that cannot be told to be inside; each once.
func (r *residency) hold(c claim, related ...diag.Related) {
	if r.told[c.written.At] || slices.ContainsFunc(r.promised, func(t model.Text) bool { return strings.EqualFold(t.Value, c.place) }) {
		return
	}
	codes := placesOf(c.place)
	if len(codes) > 0 && !slices.ContainsFunc(codes, func(code string) bool { return !r.covers(code) }) {
		return
	}
	r.told[c.written.At] = true
	var names []string
	for _, t := range r.promised {
		names = append(names, fmt.Sprintf("%q", t.Value))
	}
	related = append(related, note(r.promised[0].At, "promised here"))
	if len(codes) == 0 {
		r.report(c.written.At, fmt.Sprintf("%s in %q, which is no country and no cloud's region that is known here; %s is promised", c.subject, c.written.Value, list(names)),
			"write the country: US, DE, JP", related...)
		return
	}
	where := fmt.Sprintf("%q", c.written.Value)
	if name := model.CountryName(codes[0]); len(codes) == 1 && !strings.EqualFold(codes[0], c.written.Value) && !strings.EqualFold(name, c.written.Value) {
		where += fmt.Sprintf(" (%s)", name)
	}
	fix := c.fix
	if slices.Contains(codes, europe) && slices.ContainsFunc(r.codes, inEurope) {
		fix = "write the country: what is said to be in the EU may be in any of its countries"
	}
	r.report(c.written.At, fmt.Sprintf("%s in %s, outside of the promised %s", c.subject, where, list(names)), fix, related...)
}

// covers reports whether a place lies in the promised regions.
func (r *residency) covers(code string) bool {
	return slices.ContainsFunc(r.codes, func(p string) bool { return p == code || p == europe && inEurope(code) })
}

package model

import (
	"slices"
	"strconv"
	"strings"

	"candor/generator/source"
)

// Permalinks lists every id ever published, and what customers were last told of each sub-processor: permalinks.yaml, written by
// `candor permalinks`.
type Permalinks struct {
	File           *source.File `yaml:"-"`
	PublishedOn    Date         `yaml:"published_on"`               // the day of the last release
	Policies       []Text       `yaml:"policies" max:"50000"`       // ids of policies that were ever published
	Subprocessors  []Text       `yaml:"subprocessors" max:"50000"`  // ids of sub-processors that were ever published
	Flows          []Text       `yaml:"flows" max:"50000"`          // ids of data flows that were ever published
	Answers        []Text       `yaml:"answers" max:"50000"`        // ids of answers that were ever published
	Certifications []Text       `yaml:"certifications" max:"50000"` // ids of certifications that were ever published
	Documents      []Text       `yaml:"documents" max:"50000"`      // ids of documents that were ever published
	Updates        []Text       `yaml:"updates" max:"50000"`        // ids of updates that were ever published
	// what customers were last told of each sub-processor, by its id
	Facts []*PublishedVendor `yaml:"facts,keyed" ids:"page"`
}

// A Listing is the ids of one kind that permalinks.yaml holds, under its key there.
type Listing struct {
	Key  string // "policies"
	Kind Kind
	IDs  []Text
}

// Listings gives the ids kind by kind, in the order of the file. Without a file, they are empty.
func (p *Permalinks) Listings() []Listing {
	if p == nil {
		p = &Permalinks{}
	}
	return []Listing{
		{"policies", KindPolicy, p.Policies}, {"subprocessors", KindSubprocessor, p.Subprocessors}, {"flows", KindFlow, p.Flows},
		{"answers", KindAnswer, p.Answers}, {"certifications", KindCertification, p.Certifications}, {"documents", KindDocument, p.Documents},
		{"updates", KindUpdate, p.Updates},
	}
}

// A PublishedVendor holds what a notice of a change is about: what customers were last told of one sub-processor. Days of reviews and
// agreements are not in it, nor texts that only explain.
type PublishedVendor struct {
	ID Text `yaml:"-"`
	// the day on which this was first published as it stands here
	Since Date `yaml:"since"`
	// the status that was published
	Status Text `yaml:"status"`
	// the legal entity that was published
	LegalEntity Text `yaml:"legal_entity"`
	// the purpose that was published
	Purpose Text `yaml:"purpose" max:"2000"`
	// for which customers it was said to be used
	Engagement Text `yaml:"engagement" max:"2100"`
	// the classes of data that it was said to receive
	Data []Text `yaml:"data"`
	// where it was said to work
	Locations []Text `yaml:"locations"`
	// the transfer mechanism that was published
	Transfer Text `yaml:"transfer"`
	// whether it was said to train on the data
	Training Text `yaml:"training"`
	// what it was said to keep
	Retention Text `yaml:"retention"`
	// the exceptions to its retention terms that were published
	Exceptions []Text `yaml:"exceptions"`
	// whether people at the vendor were said to read the data
	HumanReview Text `yaml:"human_review"`
}

// A Fact is one of the things that customers were told: one value, or several in no order.
type Fact struct {
	Key    string // "legal_entity"
	Words  string // "legal entity"
	Values []Text
	Many   bool // the key takes a list
}

// Facts gives what is known of the vendor, in the order of the file; a fact without values was not told.
func (v *PublishedVendor) Facts() []Fact {
	one := func(key, words string, t Text) Fact {
		f := Fact{Key: key, Words: words}
		if !t.IsZero() {
			f.Values = []Text{t}
		}
		return f
	}
	return []Fact{
		one("status", "status", v.Status), one("legal_entity", "legal entity", v.LegalEntity), one("purpose", "purpose", v.Purpose),
		one("engagement", "engagement", v.Engagement), {"data", "data", v.Data, true}, {"locations", "locations", v.Locations, true},
		one("transfer", "transfer mechanism", v.Transfer), one("training", "training terms", v.Training),
		one("retention", "retention terms", v.Retention), {"exceptions", "exceptions to the retention terms", v.Exceptions, true},
		one("human_review", "human review", v.HumanReview),
	}
}

// Publication gives what customers are told of the vendor today, each value with its place in the vendor's file.
func (v *Subprocessor) Publication() *PublishedVendor {
	p := &PublishedVendor{ID: v.ID, Status: v.Status, LegalEntity: oneLine(v.LegalEntity), Purpose: oneLine(v.Purpose),
		Engagement: joinTexts(": ", v.Engagement, oneLine(v.Condition)), Transfer: v.Transfer.Mechanism}
	for _, d := range v.Data {
		id := d.Text
		if d.To != nil {
			id.Value = d.To.ID.Value // under its name of today, when it is written under an earlier one
		}
		p.Data = append(p.Data, id)
	}
	for _, l := range v.Locations {
		p.Locations = append(p.Locations, Text{Value: l.String(), At: l.Country.At})
	}
	if m := v.Transfer.Module; m.Set && !p.Transfer.IsZero() {
		p.Transfer.Value += ", module " + strconv.Itoa(m.Value)
	}
	if v.AI != nil {
		terms := v.AI.Retention
		p.Training, p.Retention, p.HumanReview = v.AI.Training.Used, terms.State, v.AI.HumanReview
		if terms.State.Value == "days" && !terms.Keep.IsZero() {
			p.Retention.Value = terms.Keep.String()
		}
		for _, e := range terms.Exceptions {
			p.Exceptions = append(p.Exceptions, oneLine(e))
		}
	}
	for _, list := range []*[]Text{&p.Data, &p.Locations, &p.Exceptions} {
		slices.SortStableFunc(*list, func(a, b Text) int { return strings.Compare(a.Value, b.Value) })
		*list = slices.CompactFunc(*list, func(a, b Text) bool { return a.Value == b.Value })
	}
	return p
}

// String gives a location as permalinks.yaml has it: "US, us-east-1, process and store".
func (l Location) String() string {
	var does []string
	for _, a := range l.Activity {
		does = append(does, a.Value)
	}
	slices.Sort(does)
	return joinTexts(", ", l.Country, oneLine(l.Region), Text{Value: strings.Join(does, " and ")}).Value
}

// A Change is a fact that differs from what was published.
type Change struct{ Before, Now Fact }

// LastPublished gives what was last told of each sub-processor, under its id or an earlier one.
func (s *Site) LastPublished() map[*Subprocessor]*PublishedVendor {
	last := map[*Subprocessor]*PublishedVendor{}
	if s.Permalinks == nil {
		return last
	}
	for _, p := range s.Permalinks.Facts {
		if v, ok := s.Find(KindSubprocessor, p.ID.Value).(*Subprocessor); ok && (last[v] == nil || p.ID.Value == v.ID.Value) {
			last[v] = p
		}
	}
	return last
}

// Changed gives the facts in which two publications of a vendor differ for a customer: not in the order of a list, nor in the name that a
// class of data was given, nor in that a vendor which was announced as planned is active now.
func (s *Site) Changed(before, now *PublishedVendor) []Change {
	var changes []Change
	today := now.Facts()
	for i, old := range before.Facts() {
		if !slices.Equal(s.canonical(old), s.canonical(today[i])) {
			changes = append(changes, Change{old, today[i]})
		}
	}
	return changes
}

// canonical gives the values of a fact in the form in which they are compared.
func (s *Site) canonical(f Fact) []string {
	var values []string
	for _, t := range f.Values {
		value := oneLine(t).Value
		switch r := s.Find(KindDataClass, value); {
		case f.Key == "status" && value == StatusPlanned:
			value = StatusActive
		case f.Key == "data" && r != nil:
			value = r.Key().ID
		}
		values = append(values, value)
	}
	slices.Sort(values)
	return values
}

// oneLine writes a text that goes over several lines in one.
func oneLine(t Text) Text {
	t.Value = strings.Join(strings.Fields(t.Value), " ")
	return t
}

// joinTexts joins texts that were written; the place is that of the first.
func joinTexts(by string, texts ...Text) Text {
	var all Text
	for _, t := range texts {
		switch {
		case t.IsZero():
		case all.IsZero():
			all = t
		default:
			all.Value += by + t.Value
		}
	}
	return all
}

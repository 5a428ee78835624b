package disclosure_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"candor/generator/disclosure"
	"candor/generator/model"
)

// entry finds an entry by its id.
func entry(t *testing.T, d *disclosure.Document, id string) disclosure.Entry {
	t.Helper()
	for _, e := range d.Changes {
		if e.ID == id {
			return e
		}
	}
	t.Fatalf("there is no entry %s among %s", id, ids(d))
	return disclosure.Entry{}
}

func ids(d *disclosure.Document) []string {
	var list []string
	for _, e := range d.Changes {
		list = append(list, e.ID)
	}
	return list
}

// newIDs gives the ids of the entries of now that were not there before.
func newIDs(before, now *disclosure.Document) []string {
	was := ids(before)
	return slices.DeleteFunc(ids(now), func(id string) bool { return slices.Contains(was, id) })
}

func vendor(t *testing.T, site *model.Site, id string) *model.Subprocessor {
	t.Helper()
	v, ok := site.Find(model.KindSubprocessor, id).(*model.Subprocessor)
	if !ok {
		t.Fatalf("no sub-processor %s", id)
	}
	return v
}

func date(t *testing.T, s string) model.Date { return model.Date{Day: day(t, s)} }

// keys gives what differs, in short.
func keys(fields []disclosure.Field) string {
	var list []string
	for _, f := range fields {
		list = append(list, f.Key)
	}
	return strings.Join(list, " ")
}

// TestApprovalTellsWhatChanged has the entry of an approval say what that version changed, and what the policy is about where nothing does.
func TestApprovalTellsWhatChanged(t *testing.T) {
	d := told(t, "2026-11-23", disclosure.Options{})
	if e := entry(t, d, "2026-04-07-people-security-approved"); e.Summary != "Training in AI literacy is part of the first 30 days." {
		t.Errorf("it tells %q", e.Summary)
	}
	for _, c := range []struct {
		version string
		changes []model.Text
		want    string
	}{
		{"1.4", []model.Text{{Value: "One thing"}, {Value: "Another!"}}, "One thing. Another!"},
		{"1.3", []model.Text{{Value: "One thing"}}, "Who may do what."},
	} {
		site := starter(t)
		p := site.Find(model.KindPolicy, "people-security").(*model.Policy)
		p.Summary.Value = "Who may do what."
		p.History = []*model.Revision{{Version: model.Text{Value: c.version}, Changes: c.changes}}
		if e := entry(t, disclosure.Of(site, day(t, "2026-11-23"), disclosure.Options{}), "2026-04-07-people-security-approved"); e.Summary != c.want {
			t.Errorf("it tells %q, want %q", e.Summary, c.want)
		}
	}
}

// TestDatedEntries reads what the starter tells by its dates alone.
func TestDatedEntries(t *testing.T) {
	d := told(t, "2026-11-23", disclosure.Options{})
	for id, want := range map[string]string{
		"2026-11-10-workos-announced":           "announced subprocessor workos 2026-11-10 2026-12-15 2026-11-24 notice 2026-11-10-workos-announced",
		"2026-09-21-slack-effective":            "effective subprocessor slack 2026-08-17 2026-09-21   ",
		"2026-07-31-langsmith-removed":          "removed subprocessor langsmith 2025-01-20 2026-07-31  notice 2026-07-31-langsmith-removed",
		"2026-07-01-soc2-type2-observing":       "observing certification soc2-type2     ",
		"2026-06-19-penetration-test-issued":    "issued certification penetration-test     ",
		"2026-09-15-incident-response-approved": "approved policy incident-response    change 2026-09-15-incident-response-revised",
		"2026-06-22-penetration-test":           "told certification penetration-test    news 2026-06-22-penetration-test",
	} {
		e := entry(t, d, id)
		if got := fmt.Sprintf("%s %s %s %s %s %s %s %s", e.What, e.Kind, e.Record, e.Announced, e.Effective, e.ObjectUntil, e.News, e.Update); got != want {
			t.Errorf("%s: got  %q\nwant %q", id, got, want)
		}
		if e.Updated != e.Day || len(e.Fields) > 0 {
			t.Errorf("%s: without an earlier document there is a difference: %+v", id, e)
		}
	}
	for i, e := range d.Changes {
		if i > 0 && d.Changes[i-1].Day < e.Day {
			t.Errorf("%s stands before %s", d.Changes[i-1].ID, e.ID)
		}
		if e.Day > "2026-11-23" {
			t.Errorf("%s is told before its day", e.ID)
		}
	}
	if e := entry(t, told(t, "2027-06-20", disclosure.Options{}), "2027-06-20-penetration-test-expired"); e.What != disclosure.Expired {
		t.Errorf("%+v", e)
	}
	if e := entry(t, told(t, "2026-12-15", disclosure.Options{}), "2026-12-15-workos-effective"); e.Title != "WorkOS became a sub-processor" {
		t.Errorf("%+v", e)
	}
}

// TestADayAlone tells nothing when nothing but the day is another: not that a vendor which was announced receives data since its day came, either.
func TestADayAlone(t *testing.T) {
	before := disclosureOf(t, "2026-11-23")
	if got := newIDs(before, told(t, "2026-11-24", disclosure.Options{Since: before})); len(got) > 0 {
		t.Errorf("told: %s", got)
	}
	now := told(t, "2026-12-16", disclosure.Options{Since: before}, func(s *model.Site) {
		vendor(t, s, "workos").Status.Value = "active"
		vendor(t, s, "workos").ReviewedOn = date(t, "2026-12-01")
	})
	if got := newIDs(before, now); !slices.Equal(got, []string{"2026-12-15-workos-effective"}) {
		t.Errorf("told: %s", got)
	}
}

// TestFoundByComparing tells what no date says, fact by fact, and tells it again from then on.
func TestFoundByComparing(t *testing.T) {
	first := disclosureOf(t, "2026-11-23")
	move := func(s *model.Site) {
		v := vendor(t, s, "openai")
		v.LegalEntity.Value = "OpenAI Ireland Ltd"
		v.Locations = append(v.Locations, model.Location{Country: model.Text{Value: "IE"}})
	}
	second := back(t, told(t, "2026-11-26", disclosure.Options{Since: first}, move))
	e := entry(t, second, "2026-11-26-openai-changed")
	if e.What != disclosure.Changed || e.Title != "OpenAI: legal entity and locations changed" || keys(e.Fields) != "legal_entity locations" || e.Fields[1].New[0] != "Ireland" ||
		e.About != "https://trust.fernlight.example/subprocessors/openai/" || e.Address != "https://trust.fernlight.example/updates/#2026-11-26-openai-changed" || e.Updated != "2026-11-26" {
		t.Errorf("%+v", e)
	}
	if got := newIDs(first, second); len(got) != 1 {
		t.Errorf("one change gives %s", got)
	}
	third := back(t, told(t, "2026-12-01", disclosure.Options{Since: second}, move))
	if got := entry(t, third, e.ID); fmt.Sprint(got) != fmt.Sprint(e) {
		t.Errorf("the entry is another one at the next build:\n%+v\n%+v", e, got)
	}
	if got := newIDs(second, third); len(got) > 0 {
		t.Errorf("told: %s", got)
	}
	// The record goes, and so does its page; what was told stays.
	gone := func(s *model.Site) {
		s.Subprocessors = slices.DeleteFunc(s.Subprocessors, func(v *model.Subprocessor) bool { return v.ID.Value == "openai" })
		delete(s.Index, model.Key{Kind: model.KindSubprocessor, ID: "openai"})
	}
	fourth := told(t, "2026-12-05", disclosure.Options{Since: third}, gone)
	if got := entry(t, fourth, e.ID); got.About != "" || got.Title != e.Title || got.Updated != e.Updated || keys(got.Fields) != keys(e.Fields) {
		t.Errorf("%+v", got)
	}
	if got := entry(t, fourth, "2026-12-05-openai-removed"); got.Title != "OpenAI is no longer listed as a sub-processor" || got.About != "" {
		t.Errorf("%+v", got)
	}
	if got := newIDs(third, fourth); len(got) != 1 {
		t.Errorf("told: %s", got)
	}
}

// TestTwiceADay joins what is found twice on a day: from the first value to the last one.
func TestTwiceADay(t *testing.T) {
	name := func(to string) func(*model.Site) {
		return func(s *model.Site) { vendor(t, s, "openai").LegalEntity.Value = to }
	}
	first := disclosureOf(t, "2026-11-23")
	was := first.Subprocessors[slices.IndexFunc(first.Subprocessors, func(v disclosure.Subprocessor) bool { return v.ID == "openai" })].LegalEntity
	second := back(t, told(t, "2026-11-26", disclosure.Options{Since: first}, name("B")))
	third := back(t, told(t, "2026-11-26", disclosure.Options{Since: second}, name("C"), func(s *model.Site) { vendor(t, s, "openai").Purpose.Value = "More" }))
	e := entry(t, third, "2026-11-26-openai-changed")
	if keys(e.Fields) != "legal_entity purpose" || e.Fields[0].Before != was || e.Fields[0].After != "C" || e.Title != "OpenAI: legal entity and purpose changed" {
		t.Errorf("%+v", e)
	}
	fourth := told(t, "2026-11-26", disclosure.Options{Since: third}, name(was))
	if e := entry(t, fourth, "2026-11-26-openai-changed"); len(e.Fields) > 0 || e.Summary == "" {
		t.Errorf("what was changed back is told as %+v", e)
	}
	again := told(t, "2026-11-26", disclosure.Options{Since: second}, name("B"))
	if e := entry(t, again, "2026-11-26-openai-changed"); len(e.Fields) != 1 || e.Fields[0].Before != was {
		t.Errorf("the same build once more gives %+v", e)
	}
}

// TestAddedAndRemoved tells what came and went, once.
func TestAddedAndRemoved(t *testing.T) {
	without := disclosureOf(t, "2026-11-23", func(d *disclosure.Document) {
		d.Subprocessors = slices.DeleteFunc(d.Subprocessors, func(v disclosure.Subprocessor) bool { return v.ID == "workos" || v.ID == "aws" })
		d.Changes = slices.DeleteFunc(d.Changes, func(e disclosure.Entry) bool { return e.Record == "workos" })
	})
	late := told(t, "2026-11-26", disclosure.Options{Since: without})
	e := entry(t, late, "2026-11-26-workos-added") // its announcement says 10 November, and nothing said so on that day
	if e.Announced != "2026-11-10" || e.Effective != "2026-12-15" || e.ObjectUntil != "2026-11-24" || e.Title != "WorkOS was added to the sub-processors" {
		t.Errorf("%+v", e)
	}
	entry(t, late, "2026-11-26-aws-added")
	without.Site.BuiltOn = "2026-11-09"
	if got := newIDs(without, told(t, "2026-11-10", disclosure.Options{Since: without})); slices.Contains(got, "2026-11-10-workos-added") || !slices.Contains(got, "2026-11-10-workos-announced") {
		t.Errorf("an announcement is told as %s", got)
	}
	gone := disclosureOf(t, "2026-11-23", func(d *disclosure.Document) {
		d.Policies = append(d.Policies, disclosure.Policy{ID: "old", Title: "Old policy"})
		d.Certifications = append(d.Certifications, disclosure.Certification{ID: "old", Name: "Old report"})
	})
	now := told(t, "2026-11-26", disclosure.Options{Since: gone})
	if e := entry(t, now, "2026-11-26-policy-old-removed"); e.Title != "Old policy was withdrawn" {
		t.Errorf("%+v", e)
	}
	if e := entry(t, now, "2026-11-26-certification-old-removed"); e.Title != "Old report is no longer listed" {
		t.Errorf("%+v", e)
	}
}

// TestCertificationsByState tells a certification by the state that it came to.
func TestCertificationsByState(t *testing.T) {
	before := disclosureOf(t, "2026-11-23")
	cert := func(edit func(c *model.Certification)) disclosure.Entry {
		now := told(t, "2026-11-26", disclosure.Options{Since: before}, func(s *model.Site) { edit(s.Find(model.KindCertification, "iso42001").(*model.Certification)) })
		added := newIDs(before, now)
		if len(added) != 1 {
			t.Fatalf("told: %s", added)
		}
		return entry(t, now, added[0])
	}
	e := cert(func(c *model.Certification) { c.State.Value = "lapsed" })
	if e.ID != "2026-11-26-certification-iso42001-lapsed" || e.Title != "ISO/IEC 42001 is held no longer" || keys(e.Fields) != "state" {
		t.Errorf("%+v", e)
	}
	e = cert(func(c *model.Certification) {
		c.State.Value, c.IssuedOn, c.ValidUntil = "held", date(t, "2026-11-25"), date(t, "2029-11-24")
	})
	if e.ID != "2026-11-25-iso42001-issued" || keys(e.Fields) != "state issued_on valid_until" || e.Day != "2026-11-25" {
		t.Errorf("%+v", e)
	}
	e = cert(func(c *model.Certification) { c.PlannedFor = date(t, "2028-01-31") })
	if e.ID != "2026-11-26-certification-iso42001-changed" || e.Title != "ISO/IEC 42001: planned date changed" || e.Fields[0].After != "31 January 2028" {
		t.Errorf("%+v", e)
	}
}

// TestPolicies tells a new version by its approval, with all that it brought; a text that changed without one is told too.
func TestPolicies(t *testing.T) {
	before := disclosureOf(t, "2026-11-23")
	approve := func(s *model.Site) {
		p := s.Find(model.KindPolicy, "encryption").(*model.Policy)
		p.Version.Value, p.ApprovedOn, p.Summary.Value = "1.6", date(t, "2026-11-25"), "Shorter."
		p.Body.Source = append(slices.Clone(p.Body.Source), "\nMore.\n"...)
	}
	now := told(t, "2026-11-26", disclosure.Options{Since: before}, approve)
	if got := newIDs(before, now); !slices.Equal(got, []string{"2026-11-25-encryption-approved"}) {
		t.Fatalf("told: %s", got)
	}
	if e := entry(t, now, "2026-11-25-encryption-approved"); keys(e.Fields) != "summary version approved_on text_sha256" || e.Title != "Encryption policy, version 1.6, was approved" {
		t.Errorf("%+v", e)
	}
	if got := entry(t, now, "2026-03-31-encryption-approved"); got.Title != "Encryption policy, version 1.5, was approved" {
		t.Errorf("the approval before is told as %+v", got)
	}
	now = told(t, "2026-11-26", disclosure.Options{Since: before}, func(s *model.Site) {
		p := s.Find(model.KindPolicy, "encryption").(*model.Policy)
		p.Body.Source = append(slices.Clone(p.Body.Source), "\nMore.\n"...)
	})
	if e := entry(t, now, "2026-11-26-policy-encryption-changed"); keys(e.Fields) != "text_sha256" || e.Fields[0].Before == e.Fields[0].After {
		t.Errorf("%+v", e)
	}
}

// TestRemovedByDate tells a vendor that leaves by the day that its file gives, not by the build.
func TestRemovedByDate(t *testing.T) {
	before := disclosureOf(t, "2026-11-23")
	now := told(t, "2026-11-26", disclosure.Options{Since: before}, func(s *model.Site) {
		v := vendor(t, s, "sentry")
		v.Status.Value, v.RemovedOn, v.Purpose.Value = "removed", date(t, "2026-11-24"), "Nothing any more"
	})
	if got := newIDs(before, now); !slices.Equal(got, []string{"2026-11-26-sentry-changed", "2026-11-24-sentry-removed"}) {
		t.Fatalf("told: %s", got)
	}
	if e := entry(t, now, "2026-11-24-sentry-removed"); keys(e.Fields) != "status removed_on" || e.Effective != "2026-11-24" {
		t.Errorf("%+v", e)
	}
	if e := entry(t, now, "2026-11-26-sentry-changed"); keys(e.Fields) != "purpose" {
		t.Errorf("%+v", e)
	}
}

// write adds an update to a site.
func write(t *testing.T, id, on string, concerns ...model.Record) func(*model.Site) {
	return func(s *model.Site) {
		u := &model.Update{Title: model.Text{Value: "About " + id}, Date: date(t, on), Kind: model.Text{Value: "notice"}, Summary: model.Text{Value: "In short."}}
		u.ID.Value = id
		for _, r := range concerns {
			u.Concerns = append(u.Concerns, model.Citation{Text: model.Text{Value: r.Key().String()}, To: s.Find(r.Key().Kind, r.Key().ID)})
		}
		s.Updates = append(s.Updates, u)
		s.Index[u.Key()] = u
	}
}

func named(id string) model.Record {
	v := &model.Subprocessor{}
	v.ID.Value = id
	return v
}

// TestUpdatesTell has an update tell what happened to its record on its day; the id that was published first stays.
func TestUpdatesTell(t *testing.T) {
	before := disclosureOf(t, "2026-11-23")
	change := func(s *model.Site) {
		vendor(t, s, "openai").LegalEntity.Value = "B"
		vendor(t, s, "sentry").LegalEntity.Value = "C"
	}
	first := back(t, told(t, "2026-11-26", disclosure.Options{Since: before}, change))
	second := back(t, told(t, "2026-11-26", disclosure.Options{Since: first}, change, write(t, "openai-moves", "2026-11-26", named("openai"))))
	e := entry(t, second, "2026-11-26-openai-changed")
	if e.Update != "openai-moves" || e.Title != "About openai-moves" || e.Summary != "In short." || e.News != "notice" || keys(e.Fields) != "legal_entity" ||
		e.Address != "https://trust.fernlight.example/updates/#openai-moves" {
		t.Errorf("%+v", e)
	}
	if got := newIDs(first, second); len(got) > 0 {
		t.Errorf("told twice: %s", got)
	}
	// One that tells of two changes is an entry of its own, and each change stays one.
	both := told(t, "2026-11-26", disclosure.Options{Since: first}, change, write(t, "both", "2026-11-26", named("openai"), named("sentry")))
	if e := entry(t, both, "both"); e.What != disclosure.Told || e.Update != "both" {
		t.Errorf("%+v", e)
	}
	for _, id := range []string{"2026-11-26-openai-changed", "2026-11-26-sentry-changed"} {
		if e := entry(t, both, id); e.Update != "both" || e.News != "" || keys(e.Fields) != "legal_entity" {
			t.Errorf("%+v", e)
		}
	}
	// It was published as news before anything was found: then it keeps its own id, and leads there by the other.
	news := back(t, told(t, "2026-11-25", disclosure.Options{Since: before}, write(t, "openai-moves", "2026-11-26", named("openai"))))
	entry(t, news, "openai-moves")
	later := told(t, "2026-11-26", disclosure.Options{Since: news}, change, write(t, "openai-moves", "2026-11-26", named("openai")))
	if e := entry(t, later, "2026-11-26-openai-changed"); !slices.Contains(append(e.Former, "openai-moves"), "openai-moves") || e.Update != "openai-moves" {
		t.Errorf("%+v", e)
	}
	// The update goes; what it told stays told.
	if e := entry(t, told(t, "2026-11-27", disclosure.Options{Since: back(t, both)}, change), "both"); e.Update != "" || e.Title != "About both" {
		t.Errorf("%+v", e)
	}
}

// TestTitlesMayChange keeps the id of an entry whose title, record and site got other names.
func TestTitlesMayChange(t *testing.T) {
	before := disclosureOf(t, "2026-11-23")
	now := told(t, "2026-11-26", disclosure.Options{Since: before, BaseURL: "https://elsewhere.example/trust"}, func(s *model.Site) {
		v := vendor(t, s, "workos")
		v.ID.Value, v.Aliases, v.Title.Value = "work-os", []model.Text{{Value: "workos"}}, "Work OS"
		s.Index[v.Key()] = v
		s.Find(model.KindUpdate, "2026-11-10-workos-announced").(*model.Update).Title.Value = "Another title"
	})
	e := entry(t, now, "2026-11-10-workos-announced")
	if e.Record != "work-os" || e.Title != "Another title" || e.Updated != "2026-11-26" || e.About != "https://elsewhere.example/trust/subprocessors/work-os/" {
		t.Errorf("%+v", e)
	}
	if now.Site.Authority != "trust.fernlight.example" {
		t.Errorf("ids are minted under %q now", now.Site.Authority)
	}
	for _, id := range newIDs(before, now) {
		if id != "2026-11-26-work-os-changed" { // its name is another one
			t.Errorf("told: %s", id)
		}
	}
	for _, e := range now.Changes {
		if !strings.HasPrefix(e.Address, "https://elsewhere.example/trust/") || e.About != "" && !strings.HasPrefix(e.About, "https://elsewhere.example/trust/") {
			t.Errorf("%s is at %s, about %s", e.ID, e.Address, e.About)
		}
	}
}

// TestHiddenRecords forgets what was told of a policy that nobody may read any more.
func TestHiddenRecords(t *testing.T) {
	before := disclosureOf(t, "2026-11-23")
	now := told(t, "2026-11-26", disclosure.Options{Since: before}, func(s *model.Site) {
		s.Find(model.KindPolicy, "encryption").(*model.Policy).Visibility.Value = "internal"
		vendor(t, s, "openai").Role.Value = "internal-tool"
	})
	data, err := now.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), "Encryption policy") {
		t.Error("the policy is named still")
	}
	if e := entry(t, now, "2026-11-26-openai-removed"); e.About != "" {
		t.Errorf("%+v", e)
	}
}

// TestIDsAreUnique builds over and over, with what has the same names, and looks for an id that there is twice or that went away.
func TestIDsAreUnique(t *testing.T) {
	since := disclosureOf(t, "2026-11-23", func(d *disclosure.Document) {
		d.Changes = append(d.Changes, disclosure.Entry{ID: "2026-11-26-openai-changed", Day: "2026-11-26", Updated: "2026-11-26", What: disclosure.Told, Title: "Of another"})
	})
	for i, on := range []string{"2026-11-26", "2026-11-26", "2026-11-27", "2026-12-15"} {
		now := told(t, on, disclosure.Options{Since: since}, func(s *model.Site) { vendor(t, s, "openai").Purpose.Value = fmt.Sprint("Purpose ", i) }, write(t, "2026-11-27-openai-changed", "2026-11-20"))
		seen := map[string]bool{}
		for _, e := range now.Changes {
			if seen[e.ID] {
				t.Errorf("on %s there are two %s", on, e.ID)
			}
			seen[e.ID] = true
		}
		for _, id := range ids(since) {
			if !seen[id] {
				t.Errorf("on %s, %s is gone", on, id)
			}
		}
		since = back(t, now)
	}
}

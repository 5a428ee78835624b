package model_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"candor/generator/model"
	"candor/generator/source"
)

func day(t testing.TB, s string) model.Day {
	t.Helper()
	d, err := model.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDays(t *testing.T) {
	if n := day(t, "2026-12-15") - day(t, "2026-11-10"); n != 35 {
		t.Errorf("%d days", n)
	}
	for _, c := range []struct{ from, period, want string }{
		{"2026-01-31", "1m", "2026-02-28"}, {"2024-02-29", "1y", "2025-02-28"}, {"2026-12-31", "2m", "2027-02-28"},
		{"2026-11-23", "90d", "2027-02-21"}, {"2026-05-15", "12m", "2027-05-15"}, {"1970-01-01", "0d", "1970-01-01"},
	} {
		p, err := model.ParsePeriod(c.period)
		if err != nil {
			t.Fatal(err)
		}
		if got := day(t, c.from).Add(p).String(); got != c.want {
			t.Errorf("%s + %s = %s, want %s", c.from, c.period, got, c.want)
		}
	}
	for _, bad := range []string{"2026-02-30", "26-01-01", "2026-1-1", "1969-12-31", "", "2026-01-01T00:00:00Z", "99999-01-01"} {
		if d, err := model.ParseDay(bad); err == nil {
			t.Errorf("%q is %s", bad, d)
		}
	}
	for _, bad := range []string{"", "d", "30", "30 d", "-1d", "+1d", "1w", "1.5y", "9999999d"} {
		if p, err := model.ParsePeriod(bad); err == nil {
			t.Errorf("%q is %s", bad, p)
		}
	}
}

// FuzzParseDay holds a day that was read to be written the same.
func FuzzParseDay(f *testing.F) {
	f.Add("2026-11-23")
	f.Add("9999-12-31")
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := model.ParseDay(s); err == nil && d.String() != s {
			t.Errorf("%q is written %q", s, d)
		}
	})
}

func TestCountries(t *testing.T) {
	for code, want := range map[string]string{"US": "United States", "GB": "United Kingdom", "EU": "European Union", "XK": "Kosovo", "UK": "", "DD": "", "UN": "", "us": "", "USA": "", "XX": "", "": ""} {
		if got := model.CountryName(code); got != want {
			t.Errorf("%q is %q, want %q", code, got, want)
		}
	}
	known := 0
	for i := range 26 * 26 {
		if model.CountryName(string([]byte{'A' + byte(i/26), 'A' + byte(i%26)})) != "" {
			known++
		}
	}
	if known != 251 {
		t.Errorf("%d codes are known, not the 249 of ISO 3166-1, EU and XK", known)
	}
}

// TestDefaults holds the words that count where none is written to what the model makes of a record without them.
func TestDefaults(t *testing.T) {
	flow, policy, answer, vendor := &model.Flow{}, &model.Policy{}, &model.Answer{}, &model.Subprocessor{}
	said := func(record any, field string) model.Text {
		f, _ := reflect.TypeOf(record).Elem().FieldByName(field)
		return model.Text{Value: f.Tag.Get("default")}
	}
	for _, c := range []struct {
		what       string
		unsaid, as bool
	}{
		{"status of a flow", flow.IsLive(), (&model.Flow{Status: said(flow, "Status")}).IsLive()},
		{"tenants of a flow", flow.MultiTenant(), (&model.Flow{Tenants: said(flow, "Tenants")}).MultiTenant()},
		{"visibility of a policy", policy.Published(), (&model.Policy{Visibility: said(policy, "Visibility")}).Published()},
		{"visibility of an answer", answer.Published(), (&model.Answer{Visibility: said(answer, "Visibility")}).Published()},
		{"role of a vendor", vendor.Published(), (&model.Subprocessor{Role: said(vendor, "Role")}).Published()},
	} {
		if !c.unsaid || !c.as {
			t.Errorf("%s: %v where nothing is said, %v with the word that the tag names", c.what, c.unsaid, c.as)
		}
	}
}

func TestDataClassHierarchy(t *testing.T) {
	class := func(id string, parent *model.DataClass) *model.DataClass {
		c := &model.DataClass{Parent: parent}
		c.ID.Value = id
		return c
	}
	customer := class("customer", nil)
	customer.Personal = model.Flag{Set: true, Value: true}
	content := class("customer.content", customer)
	vectors := class("customer.content.vectors", content)
	vectors.Personal = model.Flag{Set: true, Value: false}
	metrics := class("metrics", nil)
	if !vectors.Within(content) || !vectors.Within(vectors) || content.Within(vectors) || metrics.Within(customer) {
		t.Error("a class is within itself and those above it, and no other")
	}
	if !content.IsPersonal() || vectors.IsPersonal() || metrics.IsPersonal() {
		t.Error("the nearest class that says so decides whether data is personal")
	}
	if !vectors.IsCustomerData() || metrics.IsCustomerData() {
		t.Error("customer data stands below customer")
	}
}

func TestResolve(t *testing.T) {
	policy := func(id, visibility string) *model.Policy {
		p := &model.Policy{Visibility: model.Text{Value: visibility}}
		p.ID.Value = id
		return p
	}
	open, hidden := policy("access-control", ""), policy("red-team", "internal")
	update := &model.Update{}
	update.ID.Value = "2026-10-20-news"
	site := &model.Site{Index: map[model.Key]model.Record{open.Key(): open, {Kind: model.KindPolicy, ID: "access"}: open, hidden.Key(): hidden, update.Key(): update}}
	site.Assets = []*source.File{{Path: "content/policies/flow.png"}}
	for _, c := range []struct{ dest, want string }{
		{"access-control.md", "/policies/access-control/"},
		{"./access-control.md#scope", "/policies/access-control/#scope"},
		{"../policies/access-control.md", "/policies/access-control/"},
		{"../updates/2026-10-20-news.md", "/updates/#2026-10-20-news"},
		{"/policies/access-control/#scope", "/policies/access-control/#scope"},
		{"/policies/access-control", "/policies/access-control/"},
		{"/policies/access/", "/policies/access-control/"},
		{"/subprocessors/", "/subprocessors/"},
		{"flow.png", "/policies/flow.png"},
		{"/policies/flow.png", "/policies/flow.png"},
		{"#scope", "#scope"},
		{"https://example.com/x", "https://example.com/x"},
		{"mailto:a@example.com", "mailto:a@example.com"},
		{"missing.md", ""}, {"red-team.md", ""}, {"/policies/red-team/", ""}, {"/nowhere/", ""}, {"../../etc/passwd", ""}, {"", ""}, {"#", ""},
	} {
		got, ok := site.Resolve("content/policies/x.md", c.dest)
		if ok != (c.want != "") || ok && got.Address != c.want {
			t.Errorf("%q leads to %q, %v; want %q", c.dest, got.Address, ok, c.want)
		}
	}
}

// TestHash names what counts of a text, and what does not.
func TestHash(t *testing.T) {
	hash := func(text string) string { return model.Body{Source: []byte(text)}.Hash() }
	text := "## Rules\n\nAccess is reviewed.\n\n    code\n"
	// printf '## Rules\n\nAccess is reviewed.\n\n    code\n' | sha256sum
	if got := hash(text); got != "sha256:a46e0085b525a7161c8c4bd53e7f5606dc6de5cdd9bddc7fc1f3865757cc1720" || !model.IsHash(got) {
		t.Errorf("the hash is %s", got)
	}
	for _, same := range []string{"\n" + text, " \n\t\n" + text + "\n \n", strings.TrimSpace(text), strings.ReplaceAll(text, "\n", "  \n"), strings.ReplaceAll(text, "\n", "\r\n")} {
		if hash(same) != hash(text) {
			t.Errorf("%q is another text", same)
		}
	}
	for _, other := range []string{"", "    " + text, text + "<!-- -->", strings.ToLower(text), strings.Replace(text, "\n\n", "\n", 1), strings.Replace(text, "\n\n", "\n\n\n", 1),
		strings.Replace(text, "is reviewed", "is  reviewed", 1), strings.Replace(text, "is reviewed", "is\u00a0reviewed", 1), strings.Replace(text, "    code", "code", 1)} {
		if hash(other) == hash(text) {
			t.Errorf("%q is the same text", other)
		}
	}
	if hash("") != hash(" \n\n") {
		t.Error("there are two texts with nothing in them")
	}
	for _, s := range []string{"", "sha256:", "sha256:00", strings.ToUpper(hash(text)), hash(text)[7:], hash(text) + "0", "sha512" + hash(text)[6:], hash(text)[:70] + "g"} {
		if model.IsHash(s) {
			t.Errorf("%q is taken for a hash", s)
		}
	}
}

// TestFormers lists the former addresses of published records of every kind that has pages, each with the record that is there now.
func TestFormers(t *testing.T) {
	aliases := func(ids ...string) (list []model.Text) {
		for _, id := range ids {
			list = append(list, model.Text{Value: id})
		}
		return list
	}
	handling, inner, vendor, flow, answer := &model.Policy{}, &model.Policy{}, &model.Subprocessor{}, &model.Flow{}, &model.Answer{}
	handling.ID.Value, handling.Aliases = "data-handling", aliases("data-retention", "retention")
	inner.ID.Value, inner.Aliases, inner.Visibility.Value = "inner", aliases("inside"), "internal"
	vendor.ID.Value, vendor.Aliases = "openai", aliases("open-ai")
	flow.ID.Value, flow.Aliases = "drafts", aliases("reply")
	answer.ID.Value, answer.Aliases = "mfa", aliases("two-factor")
	site := &model.Site{Records: model.Records{Policies: []*model.Policy{handling, inner}, Subprocessors: []*model.Subprocessor{vendor}, Flows: []*model.Flow{flow},
		Topics: []*model.Topic{{Answers: []*model.Answer{answer}}}}}
	var got []string
	for _, f := range site.Formers() {
		got = append(got, f.Address+" "+model.Address(f.Record))
	}
	want := []string{"/policies/data-retention/ /policies/data-handling/", "/policies/retention/ /policies/data-handling/", "/subprocessors/open-ai/ /subprocessors/openai/", "/data-flows/reply/ /data-flows/drafts/", "/answers/two-factor/ /answers/mfa/"}
	if !slices.Equal(got, want) {
		t.Errorf("former addresses are %q", got)
	}
}

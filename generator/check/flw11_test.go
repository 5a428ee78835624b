package check

import (
	"testing"

	"candor/generator/model"
)

// TestForgottenVendorsUnread holds FLW11 to silence while the vendor may stand in a file that could not be read.
func TestForgottenVendorsUnread(t *testing.T) {
	count := func(s scenario) int {
		n := 0
		for _, f := range s.run(t) {
			if f.Rule == "FLW11" {
				n++
			}
		}
		return n
	}
	s := readScenario(t, "testdata/FLW11/fires.txtar")
	all := count(s)
	s.files["content/subprocessors/langfuse.yaml"] = []byte("name: [")
	if n := count(s); n != 0 {
		t.Errorf("%d findings with a vendor's file that cannot be read", n)
	}
	delete(s.files, "content/subprocessors/langfuse.yaml")
	s.files["content/flows/more.yaml"] = []byte("title: [")
	if n := count(s); n != all-1 {
		t.Errorf("%d findings with a flow that cannot be read, want all %d but that a flow leaves a vendor out", n, all)
	}
}

// TestStanding names sub-processors that stand for a vendor, and some that do not.
func TestStanding(t *testing.T) {
	text := func(s string) model.Text { return model.Text{Value: s} }
	twilio := &model.KnownVendor{ID: "twilio", Name: "Twilio", Names: []string{"twilio", "Twilio"}, Legal: "Twilio Inc.", Website: "https://www.twilio.com"}
	sendgrid := &model.KnownVendor{ID: "sendgrid", Name: "Twilio SendGrid", Names: []string{"sendgrid", "Twilio SendGrid", "SendGrid"}, Legal: "Twilio Inc.", Website: "https://sendgrid.com", Parent: twilio}
	cloud := &model.KnownVendor{ID: "google-cloud", Name: "Google Cloud", Names: []string{"google-cloud", "Google Cloud", "GCP"}, Website: "https://cloud.google.com"}
	heroku := &model.KnownVendor{ID: "heroku", Names: []string{"heroku"}, Legal: "", Website: "https://www.heroku.com", Parent: twilio}
	for _, c := range []struct {
		name   string
		vendor *model.KnownVendor
		record model.Subprocessor
		want   bool
	}{
		{"id", twilio, model.Subprocessor{Header: model.Header{ID: text("twilio")}}, true},
		{"old id", twilio, model.Subprocessor{Header: model.Header{Aliases: []model.Text{text("twilio")}}}, true},
		{"id without hyphens", cloud, model.Subprocessor{Header: model.Header{ID: text("googlecloud")}}, true},
		{"name in capitals", cloud, model.Subprocessor{Title: text("GOOGLE  CLOUD")}, true},
		{"alias", cloud, model.Subprocessor{Title: text("gcp")}, true},
		{"legal entity", sendgrid, model.Subprocessor{LegalEntity: text("SendGrid")}, true},
		{"maker", twilio, model.Subprocessor{Maker: text("Twilio")}, true},
		{"host", cloud, model.Subprocessor{HostedBy: model.Ref[model.Subprocessor]{Text: text("google-cloud")}}, true},
		{"website", cloud, model.Subprocessor{Website: text("https://CLOUD.google.com/security")}, true},
		{"website above", cloud, model.Subprocessor{Website: text("https://www.google.com")}, true},
		{"website below", twilio, model.Subprocessor{Website: text("https://console.twilio.com")}, true},
		{"website beside", cloud, model.Subprocessor{Website: text("https://workspace.google.com")}, false},
		{"website that ends alike", twilio, model.Subprocessor{Website: text("https://nottwilio.com")}, false},
		{"website of a top level", twilio, model.Subprocessor{Website: text("https://com")}, false},
		{"parent of one legal entity", sendgrid, model.Subprocessor{Title: text("Twilio")}, true},
		{"child", twilio, model.Subprocessor{Title: text("SendGrid")}, false},
		{"parent of another legal entity", heroku, model.Subprocessor{Title: text("Twilio")}, false},
		{"part of a name", twilio, model.Subprocessor{Title: text("Twilio Labs")}, false},
		{"nothing", twilio, model.Subprocessor{}, false},
	} {
		site := &model.Site{Records: model.Records{Subprocessors: []*model.Subprocessor{&c.record}}}
		declared, gone := vendorListOf(site).standing(c.vendor, &pass{site: site})
		if got := len(declared) == 1; got != c.want || gone != nil {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

package roster

import (
	"testing"

	"candor/generator/model"
)

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
		declared, gone := Of(site).Standing(c.vendor, 0)
		if got := len(declared) == 1; got != c.want || gone != nil {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestNamed finds records by what a list says of them: by their own names, not by those of who makes or hosts what they serve.
func TestNamed(t *testing.T) {
	text := func(s string) model.Text { return model.Text{Value: s} }
	azure := &model.Subprocessor{Header: model.Header{ID: text("azure-openai")}, Title: text("Azure OpenAI"), Maker: text("OpenAI"), Website: text("https://azure.microsoft.com")}
	stripe := &model.Subprocessor{Header: model.Header{ID: text("stripe")}, Title: text("Stripe"), LegalEntity: text("Stripe, LLC"), Website: text("https://stripe.com")}
	r := Of(&model.Site{Records: model.Records{Subprocessors: []*model.Subprocessor{azure, stripe}}})
	for _, c := range []struct {
		website, name string
		want          *model.Subprocessor
	}{
		{"", "stripe llc", stripe},
		{"https://dashboard.stripe.com/", "Payments", stripe},
		{"", "AZURE-OPENAI", azure},
		{"https://openai.com", "OpenAI", nil},
		{"", "", nil},
	} {
		got := r.Named(c.website, c.name)
		if len(got) > 1 || len(got) == 1 && got[0] != c.want || len(got) == 0 && c.want != nil {
			t.Errorf("%q at %q: %v", c.name, c.website, got)
		}
	}
}

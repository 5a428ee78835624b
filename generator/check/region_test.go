package check

import (
	"strings"
	"testing"

	"candor/generator/model"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestPlaces reads names of regions as people and clouds write them.
func TestPlaces(t *testing.T) {
	for name, want := range map[string]string{
		"US": "US", "us": "US", "USA": "US", "United States": "US", "U.S.": "US", "us-east-1": "US", "us-east-1a": "US", "us-gov-west-1": "US", "us-central1": "US", "East US 2": "US",
		"US East (N. Virginia)": "US", "Portland, Oregon": "US", "us-east-1 / us-west-2": "US", "UK": "GB", "GB": "GB", "London": "GB",
		"eu-west-2": "GB", "europe-west2": "GB", "UK South": "GB", "eu-central-2": "CH", "europe-west6": "CH", "Switzerland North": "CH", // called eu, but not in it
		"EU": "EU", "eea": "EU", "European Union": "EU", "DE": "DE", "Germany": "DE", "eu-central-1": "DE", "eu-central-1b": "DE", "europe-west3-c": "DE", "EU (Frankfurt)": "DE", "Frankfurt, EU": "DE",
		"West Europe": "NL", "westeurope": "NL", "North Europe": "IE", "Dublin, Ireland": "IE", "Paris and Milan": "FR IT", "US, EU": "US EU", "NO": "NO", "Türkiye": "TR",
		"me-central-1": "AE", "me-central1": "QA", "Bosnia & Herzegovina": "BA",
		"Georgia": "", "Europe": "", "eu-west-9": "", "APAC": "", "dc-7": "", "production": "", "": "", "unknown": "", "DD": "",
	} {
		if got := strings.Join(placesOf(name), " "); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

// TestEntities holds spellings of one company together, and different companies apart.
func TestEntities(t *testing.T) {
	for _, same := range [][]string{
		{"OpenAI OpCo, LLC", "OPENAI OPCO LLC", "OpenAI OpCo, L.L.C.", "OpenAI OpCo Limited Liability Company"},
		{"Functional Software, Inc. d/b/a Sentry", "Functional Software, Incorporated", "functional software inc"},
		{"Anthropic, PBC", "Anthropic Public Benefit Corporation"}, {"Johnson & Johnson", "Johnson and Johnson"}, {"The Trade Co., Ltd.", "Trade Company Limited"},
	} {
		for _, name := range same {
			if entity(name) != entity(same[0]) {
				t.Errorf("%q is %q, %q is %q", name, entity(name), same[0], entity(same[0]))
			}
		}
	}
	for _, pair := range [][2]string{{"Slack, Inc.", "Slack, LLC"}, {"Stripe, Inc.", "Stripe Payments Company"}, {"Incorp Ltd", "Inc Ltd"}} {
		if entity(pair[0]) == entity(pair[1]) {
			t.Errorf("%q and %q are taken for one", pair[0], pair[1])
		}
	}
}

// TestSameRegion holds the country of a vendor against the home region, as an author writes it.
func TestSameRegion(t *testing.T) {
	for _, c := range []struct {
		country, home string
		same          bool
	}{
		{"US", "US", true}, {"US", "United States", true}, {"US", "us-east-1", true}, {"FR", "Germany", true}, {"NO", "EU", true}, {"EU", "DE", true}, {"GB", "UK", true},
		{"GB", "EU", false}, {"US", "EU", false}, {"DE", "US", false}, {"DE", "Atlantis", false},
	} {
		if got := sameRegion(c.country, c.home); got != c.same {
			t.Errorf("%q in %q is %v", c.country, c.home, got)
		}
	}
}

// TestVaguePromise makes sure that a promise which means nothing is reported itself, once, and nothing is held against it.
func TestVaguePromise(t *testing.T) {
	base, err := txtar.ParseFile("testdata/base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	s := scenario{files: map[string][]byte{}}
	for _, f := range base.Files {
		s.files[f.Name] = f.Data
	}
	s.on, _ = model.ParseDay("2026-11-23")
	s.files["content/site.yaml"] = []byte(strings.Replace(string(s.files["content/site.yaml"]), "regions: [US]", "regions: [DE, Atlantis]", 1))
	findings := s.run(t)
	if len(findings) != 1 || findings[0].Rule != "FLW09" || !strings.Contains(findings[0].Message, `"Atlantis" is promised`) {
		t.Errorf("found %v", findings)
	}
}

package export_test

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"candor/generator/disclosure"
	"candor/generator/export"
	"candor/generator/model"
	"candor/generator/page"
)

func day(t *testing.T, s string) model.Date {
	t.Helper()
	d, err := model.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return model.Date{Day: d}
}

func files(t *testing.T, c *model.Config, pages ...page.Page) map[string]string {
	t.Helper()
	site := &model.Site{Records: model.Records{Config: c}}
	all, err := export.All(site, pages, disclosure.Of(site, day(t, "2026-11-23").Day, disclosure.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range all {
		got[f.Path] = string(f.Data)
	}
	return got
}

func TestAll(t *testing.T) {
	c := &model.Config{BaseURL: model.Text{Value: "https://x.example/trust/"}}
	c.Contacts.Security.Value = "security@x.example"
	c.SecurityTxt = model.SecurityTxt{Expires: day(t, "2027-06-30"), Policy: model.Text{Value: "/policies/vulnerability-disclosure/"},
		Languages: []model.Text{{Value: "en"}, {Value: "de"}}, Hiring: model.Text{Value: "https://x.example/jobs"}}
	got := files(t, c, page.Page{Address: "/", Canonical: true}, page.Page{Address: "/404.html"},
		page.Page{Address: "/policies/a&b/", Canonical: true, Changed: day(t, "2026-05-02").Day})
	want := `Contact: mailto:security@x.example
Expires: 2027-06-30T00:00:00Z
Preferred-Languages: en, de
Canonical: https://x.example/trust/.well-known/security.txt
Policy: https://x.example/trust/policies/vulnerability-disclosure/
Hiring: https://x.example/jobs
`
	if got[".well-known/security.txt"] != want {
		t.Errorf("got:\n%s\nwant:\n%s", got[".well-known/security.txt"], want)
	}
	if got["robots.txt"] != "User-agent: *\nAllow: /\n\nSitemap: https://x.example/trust/sitemap.xml\n" {
		t.Errorf("robots.txt is %q", got["robots.txt"])
	}
	var set struct {
		URL []struct {
			Loc     string `xml:"loc"`
			LastMod string `xml:"lastmod"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(got["sitemap.xml"]), &set); err != nil {
		t.Fatal(err)
	}
	if len(set.URL) != 2 || set.URL[1].Loc != "https://x.example/trust/policies/a&b/" || set.URL[1].LastMod != "2026-05-02" || set.URL[0].LastMod != "" {
		t.Errorf("sitemap holds %+v", set.URL)
	}
}

// TestSecurityTxtHoldsItsLines keeps a value with a line break from adding a field.
func TestSecurityTxtHoldsItsLines(t *testing.T) {
	c := &model.Config{}
	c.Contacts.Security.Value = "a@x.example\nContact: mailto:evil@y.example"
	for _, line := range strings.Split(files(t, c)[".well-known/security.txt"], "\n") {
		if strings.HasPrefix(line, "Contact: mailto:evil") {
			t.Error("a value added a field")
		}
	}
}

// TestHostileValues keeps the sitemap well-formed and the other files line by line, whatever was typed.
func TestHostileValues(t *testing.T) {
	for _, hostile := range []string{`</loc></url><script>`, "a\nDisallow: /", "]]>&a;", "\u202e\x00"} {
		c := &model.Config{BaseURL: model.Text{Value: "https://x.example/" + hostile}}
		c.Contacts.Security.Value = hostile
		c.SecurityTxt = model.SecurityTxt{Policy: model.Text{Value: hostile}, Hiring: model.Text{Value: hostile}, Languages: []model.Text{{Value: hostile}}}
		got := files(t, c, page.Page{Address: "/" + hostile + "/", Canonical: true})
		dec := xml.NewDecoder(strings.NewReader(got["sitemap.xml"]))
		for {
			token, err := dec.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%q: sitemap: %v", hostile, err)
			}
			if e, ok := token.(xml.StartElement); ok && e.Name.Local != "urlset" && e.Name.Local != "url" && e.Name.Local != "loc" {
				t.Errorf("%q: the sitemap holds <%s>", hostile, e.Name.Local)
			}
		}
		for _, name := range []string{"robots.txt", ".well-known/security.txt"} {
			for line := range strings.Lines(got[name]) {
				if strings.HasPrefix(line, "Disallow") || line != "\n" && !strings.Contains(line, ": ") {
					t.Errorf("%q: %s holds the line %q", hostile, name, line)
				}
			}
		}
	}
}

// TestForHosts tells hosts of a site's address, files and moved addresses; those of a record that is not published are not among them.
func TestForHosts(t *testing.T) {
	policy := func(id, visibility, alias string) *model.Policy {
		p := &model.Policy{}
		p.ID.Value, p.Visibility.Value, p.Aliases = id, visibility, []model.Text{{Value: alias}}
		return p
	}
	site := &model.Site{Records: model.Records{Config: &model.Config{BaseURL: model.Text{Value: "https://x.example/trust"}}, Policies: []*model.Policy{
		policy("data-handling", "public", "data-retention"), policy("drafted", "internal", "secret-plan")}}}
	got := map[string]string{}
	for _, f := range export.ForHosts(site, []string{"assets/site.0a1b2c3d.css"}, "") {
		got[f.Path] = string(f.Data)
	}
	if !strings.Contains(got["_redirects"], "/trust/policies/data-retention/ /trust/policies/data-handling/ 301\n") || !strings.Contains(got["_headers"], "\n/trust/assets/site.0a1b2c3d.css\n") {
		t.Errorf("hosts are told\n%s\n%s", got["_redirects"], got["_headers"])
	}
	for name, text := range got {
		if strings.Contains(text, "secret-plan") {
			t.Errorf("%s names what is not published", name)
		}
	}
	for _, f := range export.ForHosts(site, nil, "https://y.example") {
		if strings.Contains(string(f.Data), "/trust") {
			t.Errorf("%s is for another address than the one that was given", f.Path)
		}
	}
}

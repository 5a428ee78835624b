package check

import (
	"fmt"
	"html"
	"net/url"
	"strings"
	"testing"

	"candor/generator/model"
)

// exposingSite is a company with some contacts.
func exposingSite() *model.Site {
	text := func(s string) model.Text { return model.Text{Value: s} }
	c := &model.Config{BaseURL: text("https://trust.fernlight.example/home/trust"), Contacts: model.Contacts{Security: text("security@fernlight.example"), Others: []model.Text{text("Press@fernlight.example")}}}
	c.Company.Website = text("https://www.fernlight.test")
	v := &model.Subprocessor{Header: model.Header{ID: text("acme.internal")}, Contact: text("privacy@vendor.com")}
	p := &model.Policy{Header: model.Header{ID: text("incident")}, Incident: &model.Incident{Contact: text("the page, or abuse@fernlight.example")},
		Playbooks: []*model.Playbook{{ReportTo: text("the flag beside a draft (output@fernlight.example), or the desk")}}}
	a := &model.Answer{Header: model.Header{ID: text("a")}, Frameworks: []model.FrameworkIDs{{ID: text("pci-4.0"), IDs: []model.Text{text("10.2.1.7")}}}}
	site := &model.Site{Records: model.Records{Config: c, Subprocessors: []*model.Subprocessor{v}, Policies: []*model.Policy{p}, Topics: []*model.Topic{{Answers: []*model.Answer{a}}}},
		Index: map[model.Key]model.Record{v.Key(): v, p.Key(): p, a.Key(): a}}
	return site
}

// key joins the halves of what looks like a key, so that no file of this repository holds one.
func key(prefix, body string) string { return prefix + body }

const (
	random36 = "a8Kd03kLm2Pq9ZxYw7Vu5Ts1Rr4Nn6Mm0Hh2"
	random64 = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0"
)

var exposing = []string{
	key("AKIA", "IOSFODNN7QYAXMPL"), key("ASIA", "Y34FZKBOKMUTVV7A"), key("AIza", "SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY"), key("ghp_", random36), key("gho_", random36), key("github_pat_", "11ABCDE0Y0"+random36),
	key("glpat-", "xYz12_AbCdEfGhIjKl3m"), key("sk-", "proj-Ab12"+random36), key("sk-", "ant-api03-Ab12"+random36), key("sk-", "or-v1-"+random64), key("xoxb-", "2048-4096-"+random36), key("npm_", random36), key("hf_", "AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGh"),
	key("pcsk_", "2Abcde_"+random36), key("whsec_", random36), key("sk_live_", "51H"+random36), key("SG.", random36[:22]+"."+random36+"abcdefg"), key("eyJ", "hbGciOiJIUzI1NiJ9") + ".eyJ" + "zdWIiOiIxMjM0NTY3ODkwIn0.dBjftJeZ4CVP",
	key("-----BEGIN RSA ", "PRIVATE KEY-----"), key("-----BEGIN ", "PRIVATE KEY-----"), key("https://hooks.slack.com/services/", "T01ABCDEF/B02ABCDEF/"+random36[:24]), "postgres://app:" + "hunter22@db.vendor.com/app",
	"10.4.2.17", "172.31.0.9", "192.168.1.1", "10.42.17.0/24", "http://169.254.169.254/latest/meta-data", "https://10.0.0.3:8443/x", "fd12:3456:789a::1", "[fdab::17]:443", "10.1.2.3.", "(10.1.2.3)", "10.4.200.3 Database",
	"db1.internal", "admin.prod.internal:8443", "https://wiki.corp/x", "files.lan", "portal.intranet.", "redis.prod.svc.cluster.local", "DB01.CORP", "*.prod.internal", "ip-10-0-1-23.ec2.internal", "printer.local/", "http://metadata.google.internal/computeMetadata",
	"ada@fernlight.example", "mailto:ada@fernlight.example?subject=x", "Ada.Lind+x@sub.fernlight.example", "ada@fernlight.test", "ada@vendor.com", "<ada@gmail.com>", "ada@163.com", "rené@vendor.fr",
	"/home/ada/site/content", "/Users/ada/Documents/x.md", "file:///home/ada/x/y", "/home/ada/", "/root/.ssh/id", "/tmp/build-42", "/var/lib/jenkins/workspace", "/builds/fernlight/trust", `C:\Users\ada\x`, `c:\\Users\\ada`, "/private/var/folders/ab/cd", "/github/workspace/x",
}

var harmless = []string{
	"sk-learn-contrib-classification-models", "sk-learn", "risk-Assessment2026-of-all-Vendors", key("ghp_", strings.Repeat("x", 36)), "ghp_...", "AKIA...", "AKIAIOSFODNN", "an AKIA key", "npm_config_registry", "hf_hub_download", "xoxb-your-token-here", "glpat-your-token-here-please",
	"pk_live_" + random36, "-----BEGIN PUBLIC KEY-----", "-----BEGIN CERTIFICATE-----", "-----BEGIN PGP PUBLIC KEY BLOCK-----", "eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbXX0=", "postgres://user:password@db.vendor.com/x", "https://abc:xyz@example.com", "https://me:xxxx@db.vendor.com", "https://ada@vendor.com/x", `C:\Users\...\x`, "https://user:...@db.example.com", "BAKIAIOSFODNN7QYAXMPL",
	"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "10.0.0.0 to 10.255.255.255", "fd00::/8", "fc00::/7", "11.1.2.3", "172.32.0.1", "8.8.8.8", "10.15.7", "10.1.2", "110.1.2.3", "10.1.2.300", "10.0.19041.388", "1.10.1.2.3", "10.1.2.3.4",
	"version 10.1.2.3", "v10.1.2.3", "Version: 10.1.2.3", "release 10.1.2.3-beta", "firmware 10.1.2.3", "PCI DSS 10.2.1.1", "requirements 10.2.1.1, 10.2.1.2 and 10.2.1.3", "section 10.1.2.3", "§ 10.1.2.3 of section 4", "# 10.1.2.3 Passwords", "10.1.2.3. Passwords are long", "10.2.1.7",
	"the metadata address 169.254.169.254 is blocked", "fd:12", "fd12", "fdab:", "10.5rem", "translate(10.5.5)",
	"settings.local.json", ".env.local", "config/settings.local", "*.local", "*.internal", "host.docker.internal", "metadata.google.internal", "cluster.local", "internal", "It is internal. Local staff", "read it.Internal audits", "acme.internal", "x.local()", "db.internal.fernlight.example", "local.example", "e.g. local",
	"security@fernlight.example", "SECURITY@fernlight.example.", "security+caiq@fernlight.example", "press@fernlight.example", "privacy@vendor.com", "abuse@fernlight.example", "output@fernlight.example", "user@example.com", "ada@mail.example.org", "bob@acme.example", "x@y.test",
	"_security@fernlight.example_", "security@fernlight.example–our inbox", "git@github.com:fernlight/trust", "logo@2x.png", "react@18.2.0-beta.rc", "https://medium.com/@ada.lind", "https://unpkg.com/react@18/x.js", "@media", "a@b", "ada@", "@fernlight.example", "ssh://git@vendor.com/x",
	`\nsecurity@fernlight.example`, `\u003csecurity@fernlight.example\u003e`, "mailto:?to=%3Asecurity@fernlight.example", "&lt;security@fernlight.example&gt;",
	"/home/", "/home/trust/policies/", "https://vendor.com/home/ada/x", "/Users", "/Users/{id}", "/v2/Users/me/x", "/tmp", "/tmp/", "/tmp/...", "/root", "the /home folder", "a/home/ada/x", `href="/home/overview/x"`, "[x](/tmp/a)", "https://vendor.com/builds/a/b", `C:\Windows`, "C: drive",
}

// exposures gives what stands in a text that may not be published.
func exposures(site *model.Site, text string, n notation) []string {
	w := &watcher{known: func() *known { return mayPublish(new(Desk).open(site)) }}
	var found []string
	w.eachExposure([]byte(text), places([]byte(text)), n, func(e exposure, s string) {
		found = append(found, fmt.Sprintf("%s (%s: %s)", text[e.start:e.end], s, e.what))
	})
	return found
}

// TestExposures holds what is to be found, and what looks like it, within a sentence.
func TestExposures(t *testing.T) {
	site := exposingSite()
	for _, s := range exposing {
		for _, text := range []string{s, "Look at " + s + " and on.", "\n" + s + "\n", `"` + s + `"`} {
			if got := exposures(site, text, plainText); len(got) != 1 {
				t.Errorf("%q exposes %q", text, got)
			}
		}
	}
	for _, s := range harmless {
		for _, text := range []string{s, "Look at " + s, s + "\n", `"` + s + `"`} {
			if got := exposures(site, text, plainText); len(got) > 0 && !strings.HasPrefix(s, "10.1.2.3. P") && s[0] != '#' {
				t.Errorf("%q exposes %q", text, got)
			}
		}
	}
	for _, s := range []string{"# 10.1.2.3 Passwords", "10.1.2.3. Passwords are long", "## **10.1.2.3** Passwords"} {
		if got := exposures(site, s, inMarkdown); len(got) > 0 {
			t.Errorf("%q exposes %q", s, got)
		}
	}
}

// TestHiddenExposures writes each in the ways that a file may have.
func TestHiddenExposures(t *testing.T) {
	site := exposingSite()
	ways := map[string]func(string) string{
		"a tag in its middle": func(s string) string { return "<p>" + s[:len(s)/2] + "<wbr>" + s[len(s)/2:] + "</p>" },
		"tags around a part": func(s string) string {
			return "<td>" + s[:2] + `<span class="n">` + s[2:len(s)-2] + "</span>" + s[len(s)-2:] + "</td>"
		},
		"an entity for a letter": func(s string) string { return s[:1] + fmt.Sprintf("&#%d;", s[1]) + s[2:] },
		"entities throughout": func(s string) string {
			out := ""
			for _, c := range s {
				out += fmt.Sprintf("&#x%X;", c)
			}
			return out
		},
		"an escaped entity": func(s string) string { return s[:2] + fmt.Sprintf("&amp;#%d;", s[2]) + s[3:] },
		"an address":        func(s string) string { return `<a href="?q=` + url.QueryEscape(s) + `">x</a>` },
		"JSON": func(s string) string {
			return `{"a":"` + s[:3] + fmt.Sprintf(`\u%04x`, s[3]) + s[4:] + `"}`
		},
	}
	for _, s := range []string{key("ghp_", random36), key("AKIA", "IOSFODNN7QYAXMPL"), "10.4.2.17", "admin.prod.internal", "ada@fernlight.example"} {
		for how, hide := range ways {
			text := hide(s)
			got := exposures(site, text, markup)
			if len(got) != 1 || !strings.Contains(got[0], s) && !strings.Contains(got[0], "name within") { // of a name a part may be told

				t.Errorf("%s: %q exposes %q", how, text, got)
			}
		}
	}
	for _, text := range []string{key(`ghp\_`, random36), `10\.4\.2\.17`, `ada\@fernlight\.example`, `ada@fern\-light.com`} {
		if got := exposures(site, text, inMarkdown); len(got) != 1 {
			t.Errorf("%q exposes %q in Markdown", text, got)
		}
	}
}

// TestHiddenHarmless puts what may be published beside tags and escapes, which may not make something else of it.
func TestHiddenHarmless(t *testing.T) {
	site := exposingSite()
	for _, text := range []string{
		`<a href="mailto:security@fernlight.example">security@fernlight.example</a><span>Copy</span>`, `<b>security@fernlight.example</b>Copy`, `<i>security@<wbr>fernlight.example</i><span>Copy</span>`, `Copy<b>security@</b>fernlight.example`, `<td>security@</td><td>fernlight.example</td>`,
		`<li>10.0</li><li>0.5</li>`, `<a href="x">The desk</a>, the <b>rest</b>.`, `a&amp;b%20c`, `<code>10.1</code>.<b>5</b>`,
		html.EscapeString(`"security@fernlight.example" & 'press@fernlight.example' <user@example.com>`), `security%40fernlight.example`, `&#115;ecurity@fernlight.example`, `secur<wbr>ity@fernlight.example`, `security@fernlight.ex%61mple`, `security&#64;fernlight.example`, `%22security%40fernlight.example%22`,
		`{"mail":"a\nsecurity@fernlight.example\n"}`, `<path d="M10.5.2.7l10.1.2.3 10.1.2.3-10.4.5.6"/>`, `<polygon points="1 2 10.1.2.3"/>`, `100%10.5`, `<`, `<b`, `&`, `&#`, `\`, `\u`, `a\`, `<b>x`, `x</b>`, `x<b>`, `>b`, `;x&#64;`,
	} {
		if got := exposures(site, text, markup); len(got) > 0 {
			t.Errorf("%q exposes %q", text, got)
		}
	}
}

// TestExposedPlaces holds the place of what is found against where it stands.
func TestExposedPlaces(t *testing.T) {
	site := exposingSite()
	for text, want := range map[string]string{
		"<p>x ada<b>@fern</b>light.example y": "ada<b>@fern</b>light.example",
		"a&#100;a%40fernlight.example":        "a&#100;a%40fernlight.example",
		"<i>10.4</i>.2.<wbr/>17</p>":          "10.4</i>.2.<wbr/>17",
	} {
		if got := exposures(site, text, markup); len(got) != 1 || !strings.HasPrefix(got[0], want+" (") {
			t.Errorf("%q exposes %q, want %q", text, got, want)
		}
	}
}

// TestFilesThatAreNoText looks for keys and paths in them, and takes no chance bytes for an address.
func TestFilesThatAreNoText(t *testing.T) {
	leaks := Leaks(exposingSite())
	for text, want := range map[string]int{"\x00PNG a@b.cd 10.4.2.17": 1, "\x00 " + key("ghp_", random36) + " /home/ada/x/y": 2, "\x00&#64;": 0} {
		if got := leaks.Scan("paper.pdf", []byte(text)); len(got) != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// FuzzExposures makes sure that no text stops a build, and that every place lies in its text.
func FuzzExposures(f *testing.F) {
	site := exposingSite()
	for _, s := range append(exposing, harmless...) {
		f.Add(s, uint8(1))
		f.Add("<b>"+s[:len(s)/2]+"</b>"+s[len(s)/2:]+"&#64;%40\\", uint8(2))
	}
	may := mayPublish(new(Desk).open(site))
	empty := Leaks(&model.Site{Records: model.Records{Config: &model.Config{}}})
	f.Fuzz(func(t *testing.T, text string, n uint8) {
		w := &watcher{known: func() *known { return may }, code: n&4 > 0, bytes: n&8 > 0}
		data := []byte(text)
		w.eachExposure(data, places(data), notation(n%3), func(e exposure, s string) {
			if e.start < 0 || e.end <= e.start || e.end > len(data) || s == "" || e.what == "" || e.hint == "" {
				t.Errorf("%q: %+v %q", text, e, s)
			}
		})
		empty.Scan("x.html", data)
		empty.Scan("x.svg", data)
	})
}

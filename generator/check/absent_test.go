package check

import (
	"slices"
	"strings"
	"testing"

	"candor/generator/diag"
	"candor/generator/markdown"
	"candor/generator/model"

	"github.com/rogpeppe/go-internal/txtar"
)

// changed gives the findings of the base site with texts of its files replaced, old and new in turn.
func changed(t *testing.T, rule, file string, pairs ...string) []string {
	t.Helper()
	base, err := txtar.ParseFile("testdata/base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	s := scenario{files: map[string][]byte{}}
	s.on, _ = model.ParseDay("2026-11-23")
	for _, f := range base.Files {
		s.files[f.Name] = f.Data
		if f.Name != file {
			continue
		}
		text := string(f.Data)
		for i := 0; i < len(pairs); i += 2 {
			if !strings.Contains(text, pairs[i]) {
				t.Fatalf("%s does not hold %q", file, pairs[i])
			}
			text = strings.Replace(text, pairs[i], pairs[i+1], 1)
		}
		s.files[file] = []byte(text)
	}
	var found []string
	for _, f := range s.run(t) {
		if f.Rule == rule {
			found = append(found, diag.Place(f.At)+": "+f.Message)
		}
	}
	return found
}

// TestNoIncidentPolicy takes the facts on incidents away: the policy that speaks of incidents is named, and no other rule repeats it.
func TestNoIncidentPolicy(t *testing.T) {
	const block = "incident: {contact: security@fernlight.example, notice_hours: 72, severities: [SEV1 exposed data, SEV2 a failed control], exercised_on: 2026-09-10}\n"
	const want = "content/policies/incident.md:2:8: no policy says whom to call in an incident, and within how many hours customers are told"
	if got := changed(t, "INC01", "content/policies/incident.md", block, ""); len(got) != 1 || got[0] != want {
		t.Errorf("found %q", got)
	}
	for _, rule := range []string{"INC02", "INC03", "POL05"} {
		if got := changed(t, rule, "content/policies/incident.md", block, ""); len(got) > 0 {
			t.Errorf("%s repeats it: %q", rule, got)
		}
	}
	if got := changed(t, "INC01", "content/policies/incident.md", block, "incident:\n"); len(got) > 0 {
		t.Errorf("an incident without a value is a matter of SCH01: %q", got)
	}
}

// TestUsualPolicies leaves out what site.yaml requires: then the usual policies are asked for, and thin ones have to say what they are for.
func TestUsualPolicies(t *testing.T) {
	got := changed(t, "POL05", "content/site.yaml", "required: {policies: [incident, disclosure], headings: []}\n", "")
	want := []string{"is about information security", "is about access control", "is about vendors", "is about the handling or retention of data", "is about the governance of models or the use of AI",
		`"disclosure" says neither`, `"incident" says neither`}
	for _, w := range want {
		if !slices.ContainsFunc(got, func(f string) bool { return strings.Contains(f, w) }) {
			t.Errorf("nothing says %q", w)
		}
	}
	if len(got) != len(want) {
		t.Errorf("found %q", got)
	}
}

// TestSubjects holds the names that people give their policies against what they are about.
func TestSubjects(t *testing.T) {
	for name, want := range map[string]string{
		"information-security-policy": "information security", "InfoSec": "information security", "Security": "information security", "Security Policy": "information security", "Our security program": "information security",
		"Cybersecurity policy": "information security", "IT Security Policy": "information security", "Written Information Security Program (WISP)": "information security", "Security and privacy practices": "information security",
		"Access control": "access control", "access": "access control", "Access Management Policy": "access control", "Identity & Access Management": "access control", "IAM": "access control",
		"User Access Policy": "access control", "Authentication standard": "access control",
		"Vendor management": "vendors", "Third-party risk": "vendors", "Supplier security": "vendors", "Sub-processors": "vendors", "TPRM": "vendors", "Service provider oversight": "vendors",
		"Data handling": "the handling or retention of data", "Data retention and deletion": "the handling or retention of data", "Records management": "the handling or retention of data",
		"Data Protection Policy": "the handling or retention of data", "Information classification and handling": "the handling or retention of data", "Retention": "the handling or retention of data",
		"Model governance": "the governance of models or the use of AI", "AI governance": "the governance of models or the use of AI", "A.I. usage": "the governance of models or the use of AI",
		"Responsible use of artificial intelligence": "the governance of models or the use of AI", "acceptable-use-of-ai": "the governance of models or the use of AI",
		"Device security": "", "People security": "", "Physical security": "", "Encryption": "", "Change management": "", "Business continuity": "", "Vulnerability disclosure": "", "Data subject access requests": "",
		"Accessibility": "", "Maintenance": "", "Remodeling": "", "Security awareness training": "",
	} {
		var found []string
		for _, s := range subjects {
			if s.names.MatchString(plainWords(name)) {
				found = append(found, s.name)
			}
		}
		if got := strings.Join(found, ", "); got != want {
			t.Errorf("%q is about %q, want %q", name, got, want)
		}
	}
}

// TestThinPolicies tells policies that say nothing of themselves from short ones that do.
func TestThinPolicies(t *testing.T) {
	for body, want := range map[string]bool{
		"## Passwords\n\nPasswords have twelve characters or more.": true,
		"":                               true,
		"Only some.":                     true,
		"## 1. Purpose\n\nSafety.":       false,
		"## What is covered\n\nLaptops.": false,
		"All employees lock their screens.\n\n## Screens":     false,
		"This policy keeps laptops safe.":                     false,
		"## Laptops\n\n" + strings.Repeat("Lock it. ", 80):    false,
		"We do not tolerate it. The rule applies to vendors.": false,
	} {
		p := &model.Policy{Body: model.Body{Source: []byte(body), Outline: markdown.Read([]byte(body))}}
		if isThin(p) != want {
			t.Errorf("%q is thin: %v, want %v", body, !want, want)
		}
		p.Summary.Value = "What it is for."
		if isThin(p) {
			t.Errorf("%q is thin in spite of its summary", body)
		}
	}
}

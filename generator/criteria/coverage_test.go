package criteria_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"candor/generator/criteria"
	"candor/generator/diag"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/parse"
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

// siteOf reads and links a site of three files.
func siteOf(t testing.TB, controls, evidence, policy string) *model.Site {
	t.Helper()
	files := fstest.MapFS{"content/site.yaml": {Data: []byte("company: {name: C}\nbase_url: https://c.example\ncontacts: {security: s@c.example}\n")},
		"content/controls.yaml": {Data: []byte("controls:\n" + controls)}, "content/evidence.yaml": {Data: []byte("evidence:\n" + evidence)}}
	if policy != "" {
		files["content/policies/access.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Access\n" + policy + "\n---\n\nText.\n")}
	}
	tree, err := source.Read(files, parse.Folder)
	if err != nil {
		t.Fatal(err)
	}
	return link.Draft(parse.Tree(tree, &diag.List{}), &diag.List{})
}

// TestProven walks through the days on which a control begins and ends to have current evidence.
func TestProven(t *testing.T) {
	const record = "  r: {title: R, kind: record, dated: 2026-09-15}\n"
	for _, c := range []struct{ name, control, evidence, on, want string }{
		{"done and on file", "cadence: 90d, last_done: 2026-09-15, evidence: r", record, "2026-11-23", ""},
		{"on the day of the record", "cadence: 90d, last_done: 2026-09-15, evidence: r", record, "2026-09-15", ""},
		{"the day before it was done", "cadence: 90d, last_done: 2026-09-15, evidence: r", record, "2026-09-14", "is done on 2026-09-15, after today, 2026-09-14"},
		{"on the last day of the cadence", "cadence: 90d, last_done: 2026-09-15, evidence: r", record, "2026-12-14", ""},
		{"the day after it", "cadence: 90d, last_done: 2026-09-15, evidence: r", record, "2026-12-15", "was due again on 2026-12-14"},
		{"without a cadence, a year on", "last_done: 2026-09-15, evidence: r", record, "2027-09-15", ""},
		{"without a cadence, a year and a day on", "last_done: 2026-09-15, evidence: r", record, "2027-09-16", "was due again on 2027-09-15"},
		{"without a day", "cadence: 90d, evidence: r", record, "2026-11-23", "does not say when it was last carried out"},
		{"without evidence", "last_done: 2026-09-15", record, "2026-11-23", "names no evidence"},
		{"evidence that is not there", "last_done: 2026-09-15, evidence: s", record, "2026-11-23", `names "s", which is not on file`},
		{"evidence without a date", "last_done: 2026-09-15, evidence: r", "  r: {title: R}\n", "2026-11-23", `rests on "r", which bears no date`},
		{"evidence dated ahead", "last_done: 2026-09-15, evidence: r", "  r: {title: R, dated: 2026-11-24}\n", "2026-11-23", `rests on "r", which is dated 2026-11-24, after today, 2026-11-23`},
		{"the day before evidence expires", "last_done: 2026-09-15, evidence: r", "  r: {title: R, dated: 2026-09-15, expires: 2026-11-23}\n", "2026-11-22", ""},
		{"the day on which it expires", "last_done: 2026-09-15, evidence: r", "  r: {title: R, dated: 2026-09-15, expires: 2026-11-23}\n", "2026-11-23", `rests on "r", which expired on 2026-11-23`},
		{"one of two has expired", "last_done: 2026-09-15, evidence: [old, r]", record + "  old: {title: O, dated: 2025-09-15, expires: 2026-09-15}\n", "2026-11-23", ""},
		{"a record of a year ago", "last_done: 2026-09-15, evidence: r", "  r: {title: R, kind: record, dated: 2025-11-23}\n", "2026-11-23", ""},
		{"a record of more than a year ago", "last_done: 2026-09-15, evidence: r", "  r: {title: R, kind: record, dated: 2025-11-22}\n", "2026-11-23", `rests on "r", which is dated 2025-11-22, more than 1 year ago`},
		{"a record of something done every two years", "cadence: 2y, last_done: 2025-03-01, evidence: r", "  r: {title: R, kind: record, dated: 2025-03-01}\n", "2026-11-23", ""},
		{"an old agreement that ends on no day", "last_done: 2026-09-15, evidence: r", "  r: {title: R, kind: agreement, dated: 2021-03-01}\n", "2026-11-23", ""},
		{"an old report that still runs", "last_done: 2026-09-15, evidence: r", "  r: {title: R, kind: report, dated: 2024-03-01, expires: 2027-03-01}\n", "2026-11-23", ""},
	} {
		site := siteOf(t, "  a: {title: A, meets: [CC6.2], "+c.control+"}\n", c.evidence, "")
		gap, proven := criteria.Proven(site.Controls[0], day(t, c.on))
		if proven != (c.want == "") || gap.Text != c.want {
			t.Errorf("%s: %v, %q; want %q", c.name, proven, gap.Text, c.want)
		}
		if last := criteria.Until(site.Controls[0], day(t, c.on)); proven {
			_, still := criteria.Proven(site.Controls[0], last)
			if _, longer := criteria.Proven(site.Controls[0], last+1); !still || longer {
				t.Errorf("%s: proven until %s: %v, and a day longer: %v", c.name, last, still, longer)
			}
		}
		if !proven && (gap.Hint == "" || gap.At.IsZero()) {
			t.Errorf("%s: no hint or no place: %+v", c.name, gap)
		}
	}
}

// TestCover tells claims from evidence, criterion by criterion.
func TestCover(t *testing.T) {
	site := siteOf(t, `  done: {title: D, meets: [CC6.2, mvsp-4.2, cc6.2, owasp-llm01], policy: access, last_done: 2026-09-15, evidence: r}
  idle: {title: I, meets: [CC6.2, CC6.3, C1.1, nist-GOVERN 1.1, CC9.9]}
  lone: {title: L, meets: [CC7.1], last_done: 2026-09-15, evidence: r}
`, "  r: {title: R, kind: record, dated: 2026-09-15}\n", "meets: [CC6.1, CC7.1, mvsp-4.2]")
	on := day(t, "2026-11-23")
	for _, c := range []struct{ framework, want string }{
		{"soc2-security", "CC6.1 policy; CC6.2 policy+evidence 2 controls; CC6.3 control 1 controls; CC7.1 policy+evidence 1 controls; 33, 4 claimed, 2 evidenced"},
		{"soc2-confidentiality", "C1.1 control 1 controls; 2, 1 claimed, 0 evidenced"},
		{"soc2-availability", "3, 0 claimed, 0 evidenced"},
		{"mvsp", "4.2 policy+evidence 1 controls; 25, 1 claimed, 1 evidenced"},
		{"owasp-llm", "LLM01 policy+evidence 1 controls; 10, 1 claimed, 1 evidenced"},
		{"nist-ai-rmf", "govern-1.1 control 1 controls; 72, 1 claimed, 0 evidenced"},
	} {
		f, ok := criteria.FindFramework(c.framework)
		if !ok {
			t.Fatalf("no framework %q", c.framework)
		}
		all := criteria.Cover(site, f, on)
		var got []string
		claimed, evidenced := 0, 0
		for _, one := range all {
			if !one.Claimed() {
				continue
			}
			what := "control"
			switch {
			case one.Evidenced() && one.HasPolicy():
				what = "policy+evidence"
			case one.Evidenced():
				what = "evidence"
			case one.HasPolicy():
				what = "policy"
			}
			if n := len(one.Controls); n > 0 {
				what += fmt.Sprintf(" %d controls", n)
			}
			claimed++
			if one.Evidenced() {
				evidenced++
			}
			got = append(got, one.ID+" "+what)
		}
		got = append(got, fmt.Sprintf("%d, %d claimed, %d evidenced", len(all), claimed, evidenced))
		if text := strings.Join(got, "; "); text != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.framework, text, c.want)
		}
	}
}

// TestFrameworks holds what site.yaml can name against the sizes of the standards.
func TestFrameworks(t *testing.T) {
	var got []string
	for _, name := range criteria.FrameworkNames() {
		f, _ := criteria.FindFramework(name)
		parts := ""
		for _, g := range f.Groups() {
			parts += fmt.Sprintf(", %s %d", g.Title, len(g.IDs))
		}
		got = append(got, fmt.Sprintf("%s %d %s to %s: %s", name, len(f.IDs), f.IDs[0], f.IDs[len(f.IDs)-1], parts[2:]))
	}
	want := `soc2-security 33 CC1.1 to CC9.2: Security 33
soc2-availability 3 A1.1 to A1.3: Availability 3
soc2-confidentiality 2 C1.1 to C1.2: Confidentiality 2
soc2-processing-integrity 5 PI1.1 to PI1.5: Processing integrity 5
soc2-privacy 18 P1.1 to P8.1: Privacy 18
mvsp 25 1.1 to 4.4: 1 Business controls 8, 2 Application design controls 8, 3 Application implementation controls 5, 4 Operational controls 4
nist-ai-rmf 72 govern-1.1 to manage-4.3: Govern 19, Map 18, Measure 22, Manage 13
owasp-llm 10 LLM01 to LLM10:  10
iso42001 38 A.2.2 to A.10.4: A.2 3, A.3 2, A.4 5, A.5 4, A.6 9, A.7 5, A.8 4, A.9 3, A.10 3`
	if text := strings.Join(got, "\n"); text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
	for _, name := range []string{"soc2", "caiq", "MVSP", ""} {
		if _, ok := criteria.FindFramework(name); ok {
			t.Errorf("%q is a framework", name)
		}
	}
}

// TestTexts reads the texts that are shipped: all of MVSP, with its licence, and of nothing else.
func TestTexts(t *testing.T) {
	for _, s := range criteria.Standards() {
		p, shipped := s.Publication()
		if shipped != (s.Key == "mvsp") || shipped && (p.Version != "v3.0-20231109" || !strings.HasPrefix(p.License, "CC0") || p.Source == "" || p.Publisher == "") {
			t.Errorf("%s: %+v, %v", s.Key, p, shipped)
		}
		for _, id := range s.IDs {
			text, ok := criteria.Criterion{Standard: s.Key, ID: id}.Text()
			if ok != shipped {
				t.Errorf("%s %s has a text: %v", s.Key, id, ok)
			}
			if ok && (text.Title == "" || text.Lead == "" && len(text.Items) == 0) {
				t.Errorf("%s %s is empty: %+v", s.Key, id, text)
			}
		}
	}
	text, _ := criteria.Criterion{Standard: "mvsp", ID: "1.7"}.Text()
	if len(text.Items) != 3 || len(text.Items[2].Items) != 4 {
		t.Errorf("1.7 has lost what a notification holds: %+v", text)
	}
}

package generator_test

import (
	"context"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"candor/content"
	"candor/generator"
	"candor/generator/model"
	"candor/generator/output"
	"candor/themes"
)

// A planting is a mistake that is not one field broken: a text that says too much, two records that disagree, a file that came or went.
type planting struct {
	what  string
	rules string // of the build
	edits []edit
}

// An edit changes a file: old, which is there exactly once, to new. A file that is not there is made of new.
type edit struct{ file, old, new string }

const exceptionsOf = "\n## Exceptions\n"

// said gives the edit that puts a sentence into a policy, which is then another than the one that was approved.
func said(sentence string) []edit {
	return []edit{{"content/policies/access-control.md", exceptionsOf, "\n" + sentence + "\n" + exceptionsOf}}
}

var plantings = []planting{
	{"a person is named in an update", "LEK01*4", []edit{{"content/updates/2026-11-10-workos-announced.md", "You may object until", "Ask Ada Lind. You may object until"}}},
	{"a picture runs a script", "LEK03", []edit{{"content/brand/logo.svg", "</svg>", "<script>alert(1)</script></svg>"}}},
	{"the brand's color cannot be read on white", "BRD01", []edit{{"content/site.yaml", `accent: "#1f6f5c"`, `accent: "#f5a623"`}}},
	{"a theme that is misspelt", "BRD02", []edit{{"content/site.yaml", "home_region: US\n", "home_region: US\ntheme: handbok\n"}}},
	{"a token in a policy", "LEK02 POL03", said("The key is AKIA" + "Z7QWERTYUIOPASDF.")},
	{"a note to self", "POL03 POL04", said("TODO: name the reviewer.")},
	{"the secret of sealed pages in a comment", "LEK04", []edit{{"content/controls.yaml", "\ncontrols:\n", "\n# candor-secret-" + "yh42x3chclea4w5tkqv5z2wsf3sw4agqu22rfopnmhncgyfgcbfa\ncontrols:\n"}}},
	{"the link of a sealed page in a policy", "LEK02 POL03", said("See /q/q7m2xk4vahn3zt5bpw6ydc2rse/#" + "yh42x3chclea4w5tkqv5z2wsf3sw4agqu22rfopnmhncgyfgcbfa.")},
	{"a sealed page at an address that names the customer, and without answers", "NOT04 SHR01", []edit{{"content/shares/northwind.yaml", "", "for: Northwind\nexpires: 2027-01-31\ncheck: d61188b0ceebee63\n"}}},
	{"a link to a policy that is not there", "LNK01 POL03", said("See [this](access-contrl.md).")},
	{"a certificate that nobody gives", "CRT03 POL03", said("Fernlight is SOC 2 certified.")},
	{"a law as a certificate", "CRT04 POL03", said("Fernlight is GDPR certified.")},
	{"a required question is answered in private", "ANS06 LNK02", []edit{{"content/answers/ai.yaml", "- id: trains-on-customer-data\n", "- id: trains-on-customer-data\n  visibility: private\n"}}},
	{"a vendor is approved for less than it receives", "FLW08*4", []edit{{"content/subprocessors/openai.yaml", "approved_for: restricted", "approved_for: internal"}}},
	{"a vendor moves out of the promised region", "FLW09 NOT03", []edit{{"content/subprocessors/sentry.yaml", "country: US, activity", "country: DE, activity"}}},
	{"source code speaks to a vendor that nobody declared", "FLW11", []edit{
		{"content/flows/reply-drafts.yaml", "feature: ai\n", "feature: ai\nsource: [services/drafts]\n"},
		{"services/drafts/package.json", "", "{\"dependencies\": {\"@mistralai/mistralai\": \"^1.0.0\"}}\n"}}},
	{"output is shown without a check", "INJ03", []edit{{"content/flows/triage.yaml", "{id: check, stage: output,", "{id: check, stage: preprocessing,"}}},
	{"a model is called by a name that moves", "MOD02", []edit{{"content/models.yaml", `version: "4.6"`, "version: latest"}}},
	{"nobody tested a feature", "MOD04", []edit{{"content/flows/triage.yaml", "evaluation: triage-eval\n", ""}, {"content/models.yaml", "    evaluation: triage-eval\n", ""}}},
	{"a policy that is required is not there", "POL05", []edit{{"content/site.yaml", "featured_answers:\n", "required: {policies: [clean-desk]}\n\nfeatured_answers:\n"}}},
	{"a version that the history of a policy does not know", "POL06", []edit{{"content/policies/access-control.md", "\nversion: \"2.3\"\n", "\nversion: \"2.4\"\n"}}},
	{"a criterion that the standard does not have", "SOC01", []edit{{"content/policies/access-control.md", "CC6.4, mvsp", "CC6.4, CC6.9, mvsp"}}},
	{"a category comes into scope that nothing covers", "SOC02", []edit{{"content/site.yaml", "frameworks: [soc2-security,", "frameworks: [soc2-privacy, soc2-security,"}}},
	{"a vendor that nothing uses", "NOT03 SUB03 SUB07", []edit{{"content/subprocessors/mailer.yaml", "", "name: Mailer\nlegal_entity: Mailer, Inc.\ncountry: US\ncontact: https://mailer.example\ncategory: email\nstatus: active\npurpose: Sends mail.\nlocations: [{country: US}]\n"}}},
	{"a transfer that rests on nothing", "FLW09 NOT03 SUB06", []edit{{"content/subprocessors/replicate.yaml", "mechanism: scc, module: 3", "mechanism: none"}, {"content/subprocessors/replicate.yaml", "{country: US, activity", "{country: DE, activity"}}},
	{"a tool of one's own people receives customer data", "LNK02 SUB09", []edit{{"content/subprocessors/github.yaml", "category: source-control\n", "category: source-control\nrole: internal-tool\n"}}},
	{"vectors are kept apart by a filter that nobody tested", "VEC02", []edit{{"content/flows/reply-drafts.yaml", "isolation: {by: namespace, per: tenant, evidence: vector-isolation-test}", "isolation: {by: query-filter, per: tenant}"}}},
	{"vectors that nothing made", "VEC05", []edit{{"content/flows/attachment-reading.yaml", "{id: text, stage: storage, kind: store,", "{id: text, stage: storage, kind: store, isolation: {by: namespace, per: tenant},"}}},
}

// TestPlantings makes mistakes that no single field holds.
func TestPlantings(t *testing.T) {
	day, err := model.ParseDay(content.Day)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range plantings {
		t.Run(p.what, func(t *testing.T) {
			t.Parallel()
			files := maps.Clone(starterFiles(t))
			for _, e := range p.edits {
				data, there := files[e.file]
				if there && strings.Count(string(data), e.old) != 1 {
					t.Fatalf("%q is not in %s once", e.old, e.file)
				}
				files[e.file] = []byte(strings.Replace(string(data), e.old, e.new, 1))
			}
			if got := built(t, files, day); got != p.rules {
				t.Errorf("gives %s, not %s", got, p.rules)
			}
		})
	}
}

// TestEveryRuleHasAMutant demands a mutant or a planting for every rule.
func TestEveryRuleHasAMutant(t *testing.T) {
	fired := map[string]bool{}
	see := func(rules string) {
		for _, part := range strings.Fields(rules) {
			rule, _, _ := strings.Cut(part, "*")
			fired[rule] = true
		}
	}
	for _, o := range readTable(t) {
		see(o.rules)
	}
	for _, p := range plantings {
		see(p.rules)
	}
	for _, r := range generator.Rules() {
		if !fired[r.ID] {
			t.Errorf("no mutant and no planting fires %s", r.ID)
		}
	}
}

// built builds a site in memory, without drawings, and gives the rules of what was found.
func built(t *testing.T, files map[string][]byte, day model.Day) string {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: data, Mode: 0o644}
	}
	report, err := generator.Build(context.Background(), generator.Input{Files: fsys, On: day, Themes: themes.BuiltIn()}, &output.Memory{})
	if err != nil {
		t.Fatal(err)
	}
	return summary(report.Findings)
}

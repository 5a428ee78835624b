package render_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"candor/diagrams"
	"candor/generator/output"
	"candor/generator/page"
	"candor/generator/render"
	"candor/generator/theme"
)

const (
	paperVendors = 14 // sub-processors in the table of the site that is made to be printed
	paperRows    = 16 // rows of a table in its policy
	paperSteps   = 12 // labels of its diagram
)

// paperTitle is too long for the margin of a sheet, in letters that have no spaces between them.
const paperTitle = "Paper policy 情報セキュリティおよび個人情報保護に関する基本方針と顧客データの取扱いについての社内規程および委託先の監督に関する細則ならびに監査の手引き of the whole company and everybody in it"

// paperFolder gives a small site of long tables. First and last word of what must stay together are "NAMEfirst1" and "NAMElast1".
func paperFolder() fs.FS {
	files := fstest.MapFS{}
	add := func(name, text string) { files["content/"+name] = &fstest.MapFile{Data: []byte(text)} }
	add("site.yaml", "company: {name: Acme, legal_entity: \"Acme, Inc.\", product: Acme Box}\nbase_url: https://trust.acme.example\nsummary: A box.\ncontacts: {security: security@acme.example}\nowners: {lead: {title: Head of Security}}\ntopics: [{id: box, title: The box}]\nboundaries: {own: {title: Our systems, region: US}}\n")
	add("data-classes.yaml", "classes:\n  mail: {title: Mail, level: restricted, personal: true, description: All mail.}\n")
	var steps, links strings.Builder
	for i := range paperSteps {
		fmt.Fprintf(&steps, "  - {id: s%d, stage: output, kind: process, title: Step %[1]d, in: own}\n", i+1)
		if i > 0 {
			fmt.Fprintf(&links, "  - {from: s%d, to: s%d, data: [mail], over: tls}\n", i, i+1)
		}
	}
	add("flows/tall.yaml", "title: Tall flow\nsummary: It goes down.\nfeature: product\nstatus: live\nowner: lead\nverified_on: 2026-10-14\nsteps:\n"+steps.String()+"links:\n"+links.String())
	for i := range paperVendors {
		filler := strings.Repeat("of many words ", 4+i%5)
		add(fmt.Sprintf("subprocessors/v%02d.yaml", i+1), fmt.Sprintf(`name: vendorfirst%d
legal_entity: "Entity%[1]d, Inc."
country: US
website: https://vendor%[1]d.example
category: %s
status: active
announced_on: 2025-03-03
effective_on: 2025-04-07
engagement: core
purpose: Purpose %svendorlast%[1]d
data: [mail]
locations:
  - {country: US, activity: [process]}
transfer: {mechanism: scc, module: 3}
dpa: {url: "https://vendor%[1]d.example/dpa", signed_on: 2025-02-18}
owner: lead
reviewed_on: 2026-09-16
`, i+1, []string{"email", "support"}[i%2], filler))
	}
	var rows strings.Builder
	for i := range paperRows {
		fmt.Fprintf(&rows, "| rowfirst%d | %s rowlast%[1]d | x |\n", i+1, strings.Repeat("some more words ", 24+9*(i%5)))
	}
	add("policies/paper.md", "---\ntitle: "+paperTitle+"\nsummary: How we print.\nowner: lead\nversion: \"1.0\"\napproved_on: 2026-04-14\n---\n\n## Links\n\nTo [a part](#tables), [the other](other.md), [an agreement](https://partner.example/agreement), <https://spelled.example/once>.\n\n## Tables\n\n| Headmark | What | Last |\n|---|---|---|\n"+rows.String()+"\n## End\n\nSee [a part](#links).\n")
	add("policies/other.md", "---\ntitle: Other policy\nsummary: Short.\nowner: lead\nversion: \"1.0\"\napproved_on: 2026-04-14\n---\n\n## Purpose\n\nNone.\n")
	var answers strings.Builder
	for i := range 6 {
		fmt.Fprintf(&answers, "- id: a%d\n  question: Question %[1]d?\n  also_asked: [\"Alsoasked%[1]d?\"]\n  verdict: \"yes\"\n  answer: |\n    Answerfirst%[1]d %s\n\n    %s answerlast%[1]d.\n  evidence: [policy:paper]\n  frameworks: {mvsp: [\"4.%[1]d\"]}\n  owner: lead\n  reviewed_on: 2026-11-04\n",
			i+1, strings.Repeat("it is so ", 40), strings.Repeat("it is so ", 40))
	}
	add("answers/box.yaml", answers.String())
	return files
}

// tall draws a picture that is higher than a sheet, with a label at each end.
func tall(_ context.Context, g diagrams.Graph) (diagrams.Picture, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" class="flow-picture flow-w12" viewBox="0 0 480 2000" role="img" aria-labelledby="%s-title"><title id="%[1]s-title">%s</title>`, g.Prefix, g.Title)
	for i := range paperSteps {
		fmt.Fprintf(&b, `<text x="20" y="%d" font-size="40">label%d.</text>`, 60+i*170, i+1)
	}
	b.WriteString("</svg>")
	return diagrams.Picture{SVG: b.Bytes(), Plate: []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), Width: 480, Height: 2000}, nil
}

// paperSite makes the site that is printed, in a theme.
func paperSite(t *testing.T, th *theme.Theme) *output.Memory {
	t.Helper()
	files := paperFolder()
	m := &output.Memory{}
	j := job(t, files, siteOf(t, files), page.Options{}, m)
	j.Draw, j.Theme = tall, th
	if _, err := render.Pages(context.Background(), j); err != nil {
		t.Fatal(err)
	}
	for _, f := range j.Diags.Findings() {
		t.Errorf("%s: %s", f.Rule, f.Message)
	}
	return m
}

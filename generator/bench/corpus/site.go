package main

import (
	"fmt"
	"strings"

	"candor/generator/model"
)

// frame gives the rest of a Candor site that has no findings, and its flows.
func frame(s size) map[string]string {
	files := map[string]string{
		"site.yaml": `company: {name: Benchmark, legal_entity: "Benchmark, Inc."}
base_url: https://trust.example.com
home_region: US
contacts: {security: security@trust.example.com}
security_txt: {expires: 2027-06-30, languages: [en]}
promises: {subprocessor_notice: 30d, regions: [US], prompt_logs: 30d, trains_on_customer_data: never}
review: {policies: 1y, answers: 180d, subprocessors: 1y}
required: {policies: [], headings: []}
boundaries: {production: {title: Production, region: US}}
owners: {security-lead: {title: Head of Security}}
`,
		"data-classes.yaml": "classes:\n  customer: {title: Customer data, level: confidential, personal: true}\n",
		"policies/incident-response.md": `---
title: Incident response
owner: security-lead
approved_by: security-lead
approved_on: 2026-09-01
version: "1.0"
approval_hash: ` + model.Body{Source: []byte("Text.\n")}.Hash() + `
incident: {contact: security@trust.example.com, notice_hours: 72, severities: [SEV1 data is exposed], exercised_on: 2026-09-01}
playbooks:
  - {id: wrong-output, title: Wrong output, kind: wrong-output, report_to: security, owner: security-lead, disable: feature flag, notice: within 72 hours, record: incident log}
---
Text.
`,
	}
	var b strings.Builder
	for _, id := range []string{"prompts-logged", "prompt-injection-tenants", "trains-on-customer-data", "model-vendor-logs"} {
		fmt.Fprintf(&b, "- id: %s\n  question: What about %s?\n  verdict: \"yes\"\n  answer: Yes.\n  evidence: [policy:incident-response]\n  owner: security-lead\n  reviewed_on: 2026-10-01\n", id, id)
	}
	files["answers/ai.yaml"] = b.String()
	for i := range s.flows {
		files[fmt.Sprintf("flows/flow-%03d.yaml", i)] = flow(i, s.vendors)
	}
	return files
}

// flow gives a flow of 12 steps in two boundaries, three of them at vendors when there are any.
func flow(i, vendors int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: Flow %03d\nfeature: product\nverified_on: 2026-10-01\nsteps:\n", i)
	stages := []string{"input", "input", "preprocessing", "preprocessing", "preprocessing", "model", "model", "output", "output", "output", "storage", "storage"}
	for k, stage := range stages {
		kind, in, extra := "process", "production", ""
		switch {
		case k < 2:
			kind, in = "external", "customer"
		case stage == "storage":
			kind, extra = "store", ", retention: 30d, deletion: automatic, encrypted: true"
		}
		if vendors > 0 && k >= 9 {
			in = fmt.Sprintf("vendor-%03d", (i*3+k)%vendors)
		}
		fmt.Fprintf(&b, "  - {id: s%d, stage: %s, kind: %s, title: %s %s %d-%d, in: %s%s}\n", k, stage, kind, strings.ToUpper(words[(i+k)%len(words)][:1])+words[(i+k)%len(words)][1:], words[(i*3+k)%len(words)], i, k, in, extra)
	}
	b.WriteString("links:\n")
	for k := 1; k < len(stages); k++ {
		fmt.Fprintf(&b, "  - {from: s%d, to: s%d, data: [customer], over: tls}\n", max(0, k-1-k%2), k)
	}
	return b.String()
}

// hugoSite is a small Hugo site for the same pages: navigation, contents and highlighting, as Candor's pages have.
var hugoSite = map[string]string{
	"hugo.toml": `baseURL = "https://trust.example.com/"
title = "Trust Center"
disableKinds = ["taxonomy","term","RSS","sitemap","robotsTXT","404"]
[markup.highlight]
noClasses = false
`,
	"layouts/_default/baseof.html": `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} - {{ .Site.Title }}</title><link rel="stylesheet" href="/css/site.css"><link rel="canonical" href="{{ .Permalink }}"></head><body>
<header><nav aria-label="Main"><ul><li><a href="/">Overview</a></li><li><a href="/policies/">Policies</a></li><li><a href="/controls/">Controls</a></li></ul></nav></header>
<main id="main">{{ block "main" . }}{{ end }}</main><footer><p>Trust Center</p></footer></body></html>
`,
	"layouts/_default/list.html": `{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Site.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Params.version }}</li>{{ end }}</ul>{{ end }}
`,
	"layouts/_default/single.html": `{{ define "main" }}<article><h1>{{ .Title }}</h1><dl><dt>ID</dt><dd>{{ .Params.id }}</dd><dt>Version</dt><dd>{{ .Params.version }}</dd><dt>Owner</dt><dd>{{ .Params.owner }}</dd><dt>Effective</dt><dd>{{ .Date.Format "2 January 2006" }}</dd></dl>
<aside>{{ .TableOfContents }}</aside>{{ .Content }}</article>{{ end }}
`,
}

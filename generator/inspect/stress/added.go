package main

import (
	"fmt"
	"strings"
)

const (
	vendors = 300 // sub-processors of the site
	inFlow  = 8   // of them in one flow, which has four more steps
)

var (
	countries  = strings.Fields("US DE FR IE NL SE FI PL ES IT PT AT BE DK CZ")
	categories = strings.Fields("cloud-host monitoring error-tracking email support source-control analytics identity storage security communication other")
)

// added gives what the site has beyond the starter, by path: sub-processors up to 300, the flows that they take part in, and what these need.
func added(there int) map[string]string {
	files := map[string]string{"policies/stress.md": policy}
	var evidence, reviewed strings.Builder
	for i := there; i < vendors; i++ {
		files[fmt.Sprintf("subprocessors/v%03d.yaml", i)] = vendor(i)
		fmt.Fprintf(&evidence, "  dpa-v%03d: {title: %q, kind: agreement, dated: 2026-01-02, held_at: binder}\n", i, hard(i, 80))
		fmt.Fprintf(&reviewed, ", v%03d", i)
	}
	evidence.WriteString("  reviewed-all: {title: Review of access, kind: record, dated: 2026-10-01}\n")
	files["evidence.yaml"] = evidence.String()
	files["controls.yaml"] = "\n  review-of-all:\n    title: Review of access\n    policy: access-control\n    cadence: 90d\n    last_done: 2026-10-01\n    evidence: reviewed-all\n    owner: security-lead\n    reviews_access_of: [production" + reviewed.String() + "]\n"
	for i := there; i < vendors; i += inFlow {
		files[fmt.Sprintf("flows/f%03d.yaml", i)] = flow(i, min(i+inFlow, vendors))
	}
	return files
}

// vendor gives a sub-processor with every fact that the rules ask for.
func vendor(i int) string {
	return fmt.Sprintf(`name: %q
legal_entity: %q
country: %s
contact: privacy@v%03d.example.com
category: %s
status: active
announced_on: 2026-01-05
effective_on: 2026-03-05
engagement: core
summary: %q
purpose: %q
data: [customer]
data_subjects: [users]
locations: [{country: %s, activity: [process, store]}, {country: %s, activity: [support]}]
transfer: {mechanism: scc, module: 3}
dpa: {signed_on: 2026-01-02, evidence: dpa-v%03d}
owner: security-lead
reviewed_on: 2026-09-01
`, hard(i, 80), hard(i+1, 80), countries[i%len(countries)], i, categories[i%len(categories)], hard(i+2, 400), hard(i+3, 240),
		countries[i%len(countries)], countries[i/7%len(countries)], i)
}

// flow gives a flow of the vendors from first on to the one before last, with four steps of its own: as many steps and links as one picture holds, every title as long as may be.
func flow(first, last int) string {
	var steps, links strings.Builder
	own := []string{"stage: input, kind: external, in: customer", "stage: preprocessing, kind: process, in: production", "stage: output, kind: process, in: production", "stage: output, kind: external, in: customer"}
	for k, text := range own {
		fmt.Fprintf(&steps, "  - {id: s%d, title: %q, %s}\n", k, hard(first+k, 80), text)
		if k > 0 {
			fmt.Fprintf(&links, "  - {from: s%d, to: s%d, data: [customer], over: tls, title: %q}\n", k-1, k, hard(first+k, 120))
		}
	}
	for k, i := 0, first; i < last; i++ {
		fmt.Fprintf(&steps, "  - {id: v%d, title: %q, stage: storage, kind: store, in: v%03d, retention: 30d, deletion: automatic, encrypted: true}\n", i, hard(i, 80), i)
		fmt.Fprintf(&links, "  - {from: s%d, to: v%d, data: [customer], over: tls}\n", 1+k%2, i)
		if k++; k%2 == 0 && k <= 8 {
			fmt.Fprintf(&links, "  - {from: v%d, to: s2, data: [customer], over: tls}\n", i)
		}
	}
	return fmt.Sprintf("title: %q\nsummary: %q\nfeature: product\nverified_on: 2026-10-01\nowner: security-lead\nsteps:\n%slinks:\n%s", hard(first, 80), hard(first+1, 400), &steps, &links)
}

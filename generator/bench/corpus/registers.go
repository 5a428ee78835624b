package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// vendor gives a sub-processor with every fact that the rules ask for.
func vendor(i int) string {
	return fmt.Sprintf(`name: Vendor %03d
legal_entity: Vendor %03d, Inc.
country: US
contact: privacy@vendor-%03d.example.com
category: storage
status: active
announced_on: 2026-01-05
effective_on: 2026-03-05
engagement: core
purpose: Keeps records of %s and %s.
data: [customer]
data_subjects: [users]
locations: [{country: US, activity: [process, store]}]
transfer: {mechanism: scc, module: 3}
dpa: {signed_on: 2026-01-02, evidence: dpa-%03d}
owner: security-lead
reviewed_on: 2026-09-01
`, i, i, i, words[i%len(words)], words[(i*7+3)%len(words)], i)
}

// registers gives the files of vendors, and of flows that keep data with each of them: three vendors a flow.
func registers(vendors int) map[string]string {
	files := map[string]string{}
	if vendors == 0 {
		return files
	}
	var evidence, reviewed strings.Builder
	evidence.WriteString("evidence:\n  review: {title: Access review, kind: record, dated: 2026-10-01}\n")
	for i := range vendors {
		files[fmt.Sprintf("subprocessors/vendor-%03d.yaml", i)] = vendor(i)
		fmt.Fprintf(&evidence, "  dpa-%03d: {title: Agreement with vendor %03d, kind: agreement, dated: 2026-01-02, held_at: \"legal drive, binder %03d\"}\n", i, i, i)
		fmt.Fprintf(&reviewed, ", vendor-%03d", i)
	}
	files["evidence.yaml"] = evidence.String()
	files["controls.yaml"] = "controls:\n  access-review: {title: Access review, policy: incident-response, cadence: 90d, last_done: 2026-10-01, evidence: review, owner: security-lead, reviews_access_of: [production" + reviewed.String() + "]}\n"
	return files
}

// answers gives n answers in topics of 200, each with evidence.
func answers(n, policies int) map[string]string {
	files := map[string]string{}
	r := rand.New(rand.NewPCG(11, 13))
	for topic := 0; topic*200 < n; topic++ {
		var b strings.Builder
		for i := topic * 200; i < min(n, topic*200+200); i++ {
			fmt.Fprintf(&b, "- id: answer-%04d\n  question: Question %04d about %s and %s?\n  verdict: \"yes\"\n  answer: |\n    %s\n  evidence: [policy:policy-%05d]\n  owner: security-lead\n  reviewed_on: 2026-11-01\n",
				i, i, pick(r), pick(r), paragraph(r, 60), i%max(1, policies))
		}
		files[fmt.Sprintf("answers/topic-%02d.yaml", topic)] = b.String()
	}
	return files
}

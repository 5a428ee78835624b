package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var inc02 = Rule{
	Rule: diag.Rule{
		ID:       "INC02",
		Severity: diag.Error,
		Title:    "there is no playbook for wrong or harmful output of a model",
		Why:      "A model returned something wrong or harmful: customers ask where to report it, who switches the feature off, and when they hear of it.",
		Source:   "NIST AI RMF MANAGE 4.3; ISO/IEC 42001 A.8.4; SOC 2 CC7.4",
		Bad: `# policies/incident-response.md
playbooks:
  - {id: breach, title: Data is exposed, kind: breach, report_to: security@fernlight.example}`,
		Good: `# policies/incident-response.md
playbooks:
  - id: wrong-output
    title: A model gives wrong or harmful output
    kind: wrong-output
    report_to: the flag beside every draft
    owner: ml-lead
    disable: feature flag, within one hour
    notice: affected customers within 72 hours
    record: output, prompt, model and version, decision, fix`,
		Remark: "Asked of a site with an AI feature. Any policy may hold the playbook.",
	},
	run: missingPlaybook,
}

func missingPlaybook(p *pass) {
	var home *model.Policy // where the playbook would stand
	found := false
	for _, policy := range p.site.Policies {
		if home == nil && (policy.Incident != nil || len(policy.Playbooks) > 0) {
			home = policy
		}
		for _, b := range policy.Playbooks {
			if b.Kind.Value != "wrong-output" {
				continue
			}
			found = true
			for _, key := range lacking(need{"report_to", !b.ReportTo.IsZero()}, need{"owner", !b.Owner.IsZero()}, need{"disable", !b.Disable.IsZero()},
				need{"notice", !b.Notice.IsZero()}, need{"record", !b.Record.IsZero()}) {
				p.report(near(policy, b.Title, b.ID), fmt.Sprintf("playbook %q has no %q", b.ID.Value, key), write([]string{key})+" in it")
			}
		}
	}
	if found || !p.hasAI() || p.anyUnread(model.KindPolicy) {
		return
	}
	at, hint := p.site.Config.Company.Name.At, `write an incident policy with "playbooks: [{kind: wrong-output, report_to: ..., owner: ..., disable: ..., notice: ..., record: ...}]"`
	if home != nil {
		at, hint = home.Title.At, `write "playbooks: [{kind: wrong-output, report_to: ..., owner: ..., disable: ..., notice: ..., record: ...}]" in this policy, or add one to those there are`
	}
	p.report(at, "there is no playbook for wrong or harmful output of a model", hint)
}

func (p *pass) hasAI() bool {
	for _, f := range p.site.Flows {
		if f.IsAI() && isCurrent(f) {
			return true
		}
	}
	return false
}

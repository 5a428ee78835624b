package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/pattern"
)

var inc01 = Rule{
	Rule: diag.Rule{
		ID:       "INC01",
		Severity: diag.Error,
		Title:    "the incident policy lacks its contact, its severities or the hours within which customers are told, or promises more hours than it may",
		Why:      "Whom to call, and by when one hears of it, is the first thing that is asked after a breach.",
		Source:   "MVSP 1.7; SOC 2 CC7.4; GDPR, article 33",
		Bad: `# site.yaml: promises: {incident_notice_hours: 48}
# policies/incident-response.md
incident:
  contact: security@fernlight.example
  notice_hours: 72`,
		Good: `# site.yaml: promises: {incident_notice_hours: 48}
# policies/incident-response.md
incident:
  contact: security@fernlight.example
  notice_hours: 48
  severities:
    - "SEV1: customer data exposed or altered"
    - "SEV2: a control failed and exposure is possible"`,
		Remark: "Asked of every site with a data flow or a sub-processor. Any policy may hold \"incident: ...\". Where nothing is promised, 72 hours is the most.",
	},
	run: incidentPolicy,
}

// mostNoticeHours is within how many hours customers are told where no contract says it.
const mostNoticeHours = 72

func incidentPolicy(p *pass) {
	found := false
	for _, policy := range p.site.Policies {
		if policy.Incident != nil {
			found = true
			if !policy.Incident.At.IsZero() { // else it has no value, which is reported while reading
				p.incidentGaps(policy, policy.Incident)
			}
		}
	}
	if found || p.anyUnread(model.KindPolicy) || len(p.site.Flows) == 0 && len(p.site.Subprocessors) == 0 {
		return
	}
	at, hint := p.site.Config.Company.Name.At, `write an incident policy with "incident: {contact: ..., notice_hours: ..., severities: [...]}"`
	if home := aboutIncidents(p.site.Policies); home != nil {
		at, hint = near(home, home.Title), `write "incident: {contact: ..., notice_hours: ..., severities: [...]}" in its front matter`
	}
	p.report(at, "no policy says whom to call in an incident, and within how many hours customers are told", hint)
}

var incidentWord = pattern.Of(`(?i)\bincidents?\b`)

// aboutIncidents gives the first policy whose id or title speaks of incidents, else the first with playbooks, or nil.
func aboutIncidents(policies []*model.Policy) *model.Policy {
	for _, policy := range policies {
		if incidentWord.MatchString(policy.ID.Value) || incidentWord.MatchString(policy.Title.Value) {
			return policy
		}
	}
	for _, policy := range policies {
		if len(policy.Playbooks) > 0 {
			return policy
		}
	}
	return nil
}

// incidentGaps reports what a policy on incidents leaves out, and hours that are more than was promised.
func (p *pass) incidentGaps(policy *model.Policy, i *model.Incident) {
	for _, key := range lacking(need{"contact", !i.Contact.IsZero()}, need{"notice_hours", i.NoticeHours.Set}, need{"severities", len(i.Severities) > 0}) {
		p.report(i.At, fmt.Sprintf("incident policy %q has no %q", policy.ID.Value, key), write([]string{key})+` under "incident"`)
	}
	promised := p.site.Config.Promises.IncidentNoticeHours
	switch hours := i.NoticeHours; {
	case !hours.Set:
	case hours.Value == 0:
		p.report(hours.At, fmt.Sprintf("incident policy %q tells customers within 0 hours, which nobody can", policy.ID.Value), `write "notice_hours: 72" or what is true`)
	case promised.Set && hours.Value > promised.Value:
		p.report(hours.At, fmt.Sprintf("incident policy %q tells customers within %d hours, but %d are promised", policy.ID.Value, hours.Value, promised.Value),
			fmt.Sprintf(`write "notice_hours: %d", or change the promise and the contracts behind it`, promised.Value), note(promised.At, "promised here"))
	case !promised.Set && hours.Value > mostNoticeHours && !p.configUnread():
		p.report(hours.At, fmt.Sprintf("incident policy %q tells customers within %d hours, more than %d", policy.ID.Value, hours.Value, mostNoticeHours),
			fmt.Sprintf(`write %d or less; if contracts allow more, write "promises: {incident_notice_hours: %d}" in site.yaml`, mostNoticeHours, hours.Value))
	}
}

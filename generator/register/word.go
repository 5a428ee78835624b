package register

import (
	"strings"

	"candor/generator/model"
)

// categories are words of lists for the categories of the content. The first line with a word of the text counts.
var categories = []struct{ category, words string }{
	{"vector-database", "vector, embedding"},
	{"fine-tuning", "fine tuning, finetuning"},
	{"error-tracking", "error tracking, crash, exception"},
	{"inference", "inference, gpu, model hosting"},
	{"llm-api", "llm, large language, ai model, generative, artificial intelligence, machine learning, ai, kunstliche intelligenz, ki"},
	{"payments", "payment, billing, invoicing, checkout, zahlung, paiement, pago"},
	{"source-control", "source code, source control, version control, code repository, code hosting, repository"},
	{"identity", "identity, sso, single sign on, authentication, iam, access management, mfa, directory"},
	{"security", "security, endpoint, antivirus, vulnerability, compliance, siem, waf, sicherheit, grc"},
	{"email", "email, e mail, mail, newsletter"},
	{"monitoring", "monitoring, observability, logging, apm, uptime, incident"},
	{"analytics", "analytic, tracking, business intelligence, bi, statistics"},
	{"support", "support, helpdesk, help desk, customer service, ticketing, customer success"},
	{"communication", "communication, chat, messaging, collaboration, video, conferencing, sms, telephony, productivity"},
	{"storage", "storage, database, data warehouse, backup, speicher"},
	{"cloud-host", "cloud, hosting, infrastructure, iaas, paas, cdn, data center, server"},
}

// categoryOfWords gives the category of the content that a text of a list means; "" for none.
func categoryOfWords(text string) string {
	for _, c := range categories {
		if text == c.category {
			return text
		}
	}
	said := " " + strings.Join(headerWords(text), " ") + " "
	for _, c := range categories {
		for _, w := range strings.Split(c.words, ", ") {
			if strings.Contains(said, " "+w+" ") {
				return c.category
			}
		}
	}
	return ""
}

// stateOf gives the status of the content that a text means; "" for none.
func stateOf(text string) string {
	switch strings.Join(headerWords(text), " ") {
	case "active", "in use", "live", "approved", "onboarded", "current", "managed", "in production", "aktiv", "actif", "activo", "enabled":
		return model.StatusActive
	case "planned", "proposed", "prospective", "prospect", "onboarding", "under consideration", "evaluating", "evaluation", "requested", "not started", "geplant", "upcoming":
		return model.StatusPlanned
	case "retiring", "offboarding", "being offboarded", "phasing out", "deprecated", "sunset":
		return model.StatusRetiring
	case "removed", "inactive", "archived", "offboarded", "terminated", "former", "rejected", "retired", "disabled", "closed", "not in use", "no longer used", "no longer in use", "deactivated", "discontinued", "inaktiv", "cancelled", "canceled", "expired":
		return model.StatusRemoved
	}
	return ""
}

// saysSubprocessor gives 1 for words that call a vendor a sub-processor, -1 for words that call it something else, 0 for others.
func saysSubprocessor(text string) int {
	if yes, ok := truth(text); ok {
		if yes {
			return 1
		}
		return -1
	}
	switch strings.Join(headerWords(text), " ") {
	case "sub processor", "processor", "data processor", "yes sub processor", "is sub processor", "unterauftragsverarbeiter", "auftragsverarbeiter", "sous traitant":
		return 1
	case "not sub processor", "no sub processor", "non sub processor", "not a sub processor", "is not sub processor", "controller", "independent controller", "internal", "internal tool", "internal only", "not applicable", "keiner":
		return -1
	}
	return 0
}

// transferOf gives the mechanism that a text names, if it is one alone.
func transferOf(text string) string {
	found := ""
	said := " " + strings.Join(headerWords(text), " ") + " "
	for _, m := range []struct{ mechanism, words string }{
		{"scc", "scc, standard contractual clause, eu scc, model clause, standardvertragsklauseln, clause contractuelle type, clausula contractual tipo"}, {"dpf", "dpf, data privacy framework"}, {"adequacy", "adequacy, adequacy decision, angemessenheitsbeschluss"},
		{"bcr", "bcr, binding corporate rule"}, {"uk-idta", "idta, international data transfer agreement"},
	} {
		for _, w := range strings.Split(m.words, ", ") {
			if strings.Contains(said, " "+w+" ") {
				if found != "" && found != m.mechanism {
					return ""
				}
				found = m.mechanism
			}
		}
	}
	return found
}

// certificationsOf gives the reports and certificates that a text names, as the content writes them; nil where a part of it is something else.
func certificationsOf(text string) []string {
	var all []string
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(",;|\n", c) }) {
		id := certifications[strings.Join(strings.Fields(strings.NewReplacer("/iec", "", "-", " ", ":", " ").Replace(strings.ToLower(part))), " ")]
		if id == "" {
			return nil
		}
		all = append(all, id)
	}
	return all
}

var certifications = map[string]string{"soc 2 type ii": "soc2-type2", "soc 2 type 2": "soc2-type2", "soc2 type ii": "soc2-type2", "soc2 type 2": "soc2-type2", "soc2 type2": "soc2-type2", "soc 2 type i": "soc2-type1", "soc 2 type 1": "soc2-type1", "soc2 type 1": "soc2-type1", "soc2 type1": "soc2-type1",
	"iso 27001": "iso27001", "iso27001": "iso27001", "iso 27001 2022": "iso27001", "iso 27001 2013": "iso27001", "iso 27701": "iso27701", "iso27701": "iso27701", "iso 42001": "iso42001", "iso42001": "iso42001", "iso 27017": "iso27017", "iso 27018": "iso27018",
	"pci dss": "pci-dss", "pci": "pci-dss", "hipaa": "hipaa", "fedramp": "fedramp"}

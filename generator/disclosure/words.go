package disclosure

import (
	"strings"

	"candor/generator/model"
)

// vocabularies say what the words of enumerations mean, by the name that the as tag gives. A word that is not there is said without its hyphens.
var vocabularies = map[string]map[string]string{
	"training":     {"never": "never", "opt-in": "only of customers that opted in", "always": "yes", "unknown": "not known"},
	"retention":    {"zero-retention": "keeps nothing (zero retention)", "days": "keeps it for a time", "unknown": "not known"},
	"human review": {"none": "nobody at the vendor reads it", "abuse-only": "people at the vendor read it after signs of abuse only", "yes": "people at the vendor may read it"},
	"mechanism": {"none": "no transfer mechanism is needed", "scc": "standard contractual clauses", "adequacy": "adequacy decision", "dpf": "Data Privacy Framework",
		"bcr": "binding corporate rules", "uk-idta": "UK international data transfer agreement"},
	"engagement": {"core": "every customer", "opt-in": "customers that opt in", "conditional": "under a condition"},
	"status":     {"planned": "announced", "active": "active", "retiring": "leaving", "removed": "removed"},
	"category":   {"llm-api": "model API", "cloud-host": "cloud hosting", "inference": "model hosting", "email": "e-mail", "other": "other services"},
	"role": {"model": "runs a model", "embedding": "makes embeddings", "vector-store": "keeps vectors", "fine-tuning": "tunes models", "inference-host": "hosts models",
		"tracing": "traces model calls"},
	"access":   {"on-request": "on request", "nda": "under a non-disclosure agreement"},
	"approval": {"none": "nobody approves", "human": "a person approves", "allow-list": "only what a list allows"},
	"serves":   {"same-tenant": "only the customer whose data it was trained on", "opted-in": "only customers that opted in", "all-tenants": "all customers"},
	"over":     {"tls": "TLS", "mtls": "mutual TLS", "vpn": "VPN", "plaintext": "plain text"},
	"verdict":  {"partial": "partly", "not-applicable": "does not apply"},
	"report": {"soc2-type1": "SOC 2 Type I", "soc2-type2": "SOC 2 Type II", "soc1-type2": "SOC 1 Type II", "soc3": "SOC 3", "iso27001": "ISO/IEC 27001",
		"iso27017": "ISO/IEC 27017", "iso27018": "ISO/IEC 27018", "iso27701": "ISO/IEC 27701", "iso42001": "ISO/IEC 42001", "pci-dss": "PCI DSS",
		"fedramp-moderate": "FedRAMP Moderate", "fedramp-high": "FedRAMP High", "csa-star": "CSA STAR"},
	"level": {}, "state": {},
}

// textDigits is how much of the hash of a text people see: enough to tell two texts apart.
const textDigits = 12

// inWords says a value by a vocabulary; "" for none leaves it as it is.
func inWords(vocabulary, s string) string {
	switch {
	case s == "" || vocabulary == "":
		return s
	case vocabulary == "day":
		return Day(s).Long()
	case vocabulary == "country":
		return country(s)
	case vocabulary == "period":
		if p, err := model.ParsePeriod(s); err == nil {
			return p.Long()
		}
		return s
	case vocabulary == "text":
		return "text " + s[:min(len(s), textDigits)]
	}
	if word, ok := vocabularies[vocabulary][s]; ok {
		return word
	}
	return strings.ReplaceAll(s, "-", " ")
}

// country names a country by its code; what is no code is its own name.
func country(code string) string {
	if name := model.CountryName(code); name != "" {
		return name
	}
	return code
}

package page

import (
	"strings"

	"candor/generator/criteria"
	"candor/generator/model"
)

// word gives the word of a state or kind; one that the table lacks is made from its id: "on-hold" is "On hold".
func word(table map[string]string, id string) string {
	if w, ok := table[id]; ok {
		return w
	}
	return upperFirst(strings.ReplaceAll(id, "-", " "))
}

var (
	categoryWords = map[string]string{"llm-api": "Model API", "cloud-host": "Cloud hosting", "vector-database": "Vector database", "fine-tuning": "Fine-tuning",
		"inference": "Model hosting", "email": "E-mail", "other": "Other services"}
	engagementWords = map[string]string{"core": "For every customer", "opt-in": "Only for customers that opt in", "conditional": "Only under a condition"}
	mechanismWords  = map[string]string{"none": "No transfer mechanism is needed", "scc": "Standard contractual clauses", "adequacy": "Adequacy decision",
		"dpf": "Data Privacy Framework", "bcr": "Binding corporate rules", "uk-idta": "UK international data transfer agreement"}
	activityWords = map[string]string{"process": "processes", "store": "stores", "support": "supports", "access": "has access"}
	aiRoleWords   = map[string]string{"model": "Runs a model", "embedding": "Makes embeddings", "vector-store": "Keeps vectors", "fine-tuning": "Tunes models",
		"inference-host": "Hosts models", "tracing": "Traces model calls"}
	reviewWords    = map[string]string{"none": "Nobody at the vendor reads it", "abuse-only": "People at the vendor read it after signs of abuse only", "yes": "People at the vendor may read it"}
	basisWords     = map[string]string{"contract": "by contract", "policy": "by its published policy", "setting": "by a setting of the account"}
	trainingShapes = map[string]State{"never": {"Never", "never", "solid"}, "opt-in": {"With consent", "opt-in", "half"}, "always": {"Yes", "always", "struck"}}
	verdicts       = map[string]State{"yes": {"Yes", "yes", "solid"}, "no": {"No", "no", "square"}, "partial": {"Partly", "partial", "half"},
		"planned": {"Planned", "planned", "outline"}, "not-applicable": {"Does not apply", "not-applicable", "dash"}}
	certStates = map[string]State{"held": {"Held", "held", "solid"}, "observing": {"Observing", "observing", "half"},
		"planned": {"Planned", "planned", "outline"}, "lapsed": {"Lapsed", "lapsed", "struck"}}
	vendorStates = map[string]State{"active": {"Active", "active", "solid"}, "retiring": {"Leaving", "retiring", "half"},
		"planned": {"Announced", "planned", "outline"}, "removed": {"Removed", "removed", "struck"}}
	coverStates = map[string]State{"evidenced": {"Evidenced", "evidenced", "solid"}, "claimed": {"Claimed, not evidenced", "claimed", "outline"}}
	flowStates  = map[string]State{"live": {"Live", "live", "solid"}, "planned": {"Planned", "planned", "outline"}, "retired": {"Retired", "retired", "struck"}}
	accesses    = map[string]State{"public": {"Public", "public", "solid"}, "on-request": {"On request", "on-request", "half"},
		"nda": {"Under a non-disclosure agreement", "nda", "outline"}}
	kindWords = map[model.Kind]string{model.KindPolicy: "Policy", model.KindSubprocessor: "Sub-processor", model.KindFlow: "Data flow", model.KindAnswer: "Answer",
		model.KindControl: "Control", model.KindCertification: "Certification", model.KindDocument: "Document", model.KindModel: "Model",
		model.KindEvidence: "Evidence", model.KindUpdate: "Update"}
	stepKinds   = map[string]string{"external": "Outside", "process": "Process", "store": "Store", "model": "Model"}
	overWords   = map[string]string{"tls": "TLS", "mtls": "mutual TLS", "vpn": "VPN", "private-link": "private link", "in-process": "in process", "plaintext": "plain text"}
	logContents = map[string]string{"full": "Full prompts", "redacted": "Redacted prompts", "metadata": "Metadata alone", "none": "Nothing"}
	approvals   = map[string]string{"none": "Nobody approves", "human": "A person approves", "allow-list": "Only what a list allows"}
	servesWords = map[string]string{"same-tenant": "Only the customer whose data it was trained on", "opted-in": "Only customers that opted in", "all-tenants": "All customers"}
	isolations  = map[string]string{"namespace": "One namespace", "index": "One index", "database": "One database", "collection": "One collection", "project": "One project",
		"query-filter": "A query filter", "row-level": "Row-level rules", "none": "Not isolated"}
	playbookKinds = map[string]string{"wrong-output": "Wrong or harmful output", "breach": "Breach", "outage": "Outage", "vendor": "Incident at a vendor", "other": "Other"}
	reports       = map[string]string{"soc2-type1": "SOC 2 Type I", "soc2-type2": "SOC 2 Type II", "soc1-type2": "SOC 1 Type II", "soc3": "SOC 3", "iso27001": "ISO/IEC 27001",
		"iso27017": "ISO/IEC 27017", "iso27018": "ISO/IEC 27018", "iso27701": "ISO/IEC 27701", "iso42001": "ISO/IEC 42001", "pci-dss": "PCI DSS",
		"fedramp-moderate": "FedRAMP Moderate", "fedramp-high": "FedRAMP High", "csa-star": "CSA STAR"}
	frameworkNames = map[string]string{"caiq": "CAIQ", "mvsp": "MVSP", "soc2": "SOC 2", "sig": "SIG", "hecvat": "HECVAT", "vsaq": "VSAQ", "iso27001": "ISO/IEC 27001",
		"iso42001": "ISO/IEC 42001", "nist-ai-rmf": "NIST AI RMF", "nist-csf": "NIST CSF", "owasp-llm": "OWASP LLM", "aicm": "AICM"}
)

// state gives a state by its id; one that the table lacks shows its id.
func state(table map[string]State, id string) State {
	if s, ok := table[id]; ok {
		return s
	}
	return State{Word: word(nil, id), Class: id, Shape: "outline"}
}

// country names a country by its ISO 3166-1 code, or "EU"; a code that nobody knows is its own name.
func country(code string) Country {
	if name := model.CountryName(code); name != "" {
		return Country{Code: code, Name: name}
	}
	return Country{Code: code, Name: code}
}

// inCountry gives a country's name as it stands after "in".
func inCountry(c Country) string {
	switch c.Code {
	case "US", "GB", "NL", "PH", "AE", "EU", "CZ":
		return "the " + c.Name
	}
	return c.Name
}

// region names a region: a country where the text is the code of one, else the text itself.
func region(s string) string {
	if len(s) == 2 && strings.ToUpper(s) == s {
		return country(s).Name
	}
	return s
}

// frameworkName names a questionnaire or standard by its id: "caiq-4.0" is "CAIQ 4.0".
func frameworkName(id string) string {
	if name, ok := frameworkNames[id]; ok {
		return name
	}
	if i := strings.LastIndexByte(id, '-'); i > 0 {
		if name, ok := frameworkNames[id[:i]]; ok {
			return name + " " + id[i+1:]
		}
	}
	return strings.ToUpper(strings.ReplaceAll(id, "-", " "))
}

// criterion names a criterion as policies and controls write it: "CC6.1" is one of SOC 2, "mvsp-4.2" says whose it is.
func criterion(id string) Criterion {
	if c, ok := criteria.Lookup(id); ok {
		return criterionOf(c)
	}
	return Criterion{ID: id, Label: id}
}

// criterionOf names a criterion as its standard does.
func criterionOf(c criteria.Criterion) Criterion {
	name, id := frameworkNames[c.Standard], c.ID
	switch c.Standard {
	case "nist-ai-rmf":
		id = strings.ToUpper(strings.ReplaceAll(id, "-", " "))
	case "owasp-llm":
		name = "OWASP" // its ids begin with LLM
	}
	return Criterion{ID: id, Framework: name, Label: name + " " + id}
}

func criterionList(list []model.Meeting) []Criterion {
	var out []Criterion
	for _, m := range list {
		out = append(out, criterion(m.Value))
	}
	return out
}

// evidence gives what is public of something on file, nil for nothing.
func evidence(e *model.Evidence) *Evidence {
	if e == nil {
		return nil
	}
	return &Evidence{Title: e.Title.Value, Kind: word(nil, e.Kind.Value), Dated: date(e.Dated.Day), Expires: date(e.Expires.Day)}
}

// owner gives the title of a role, which is all that is public of it.
func owner(r model.Ref[model.Owner]) string {
	if r.To == nil {
		return ""
	}
	return r.To.Title.Value
}

// dataClasses gives what is public of kinds of data, each once.
func dataClasses(list []model.Ref[model.DataClass]) []DataClass {
	var out []DataClass
	seen := map[*model.DataClass]bool{}
	for _, ref := range list {
		if c := ref.To; c != nil && !seen[c] {
			seen[c] = true
			out = append(out, dataClass(c))
		}
	}
	return out
}

func dataClass(c *model.DataClass) DataClass {
	return DataClass{Title: c.Title.Value, ID: c.ID.Value, Level: word(nil, c.Level.Value), Personal: c.IsPersonal(), Description: c.Description.Value}
}

// titlesOf gives the titles of kinds of data as they stand in a sentence.
func titlesOf(list []DataClass) []string {
	var out []string
	for _, c := range list {
		out = append(out, lowerFirst(c.Title))
	}
	return out
}

// former gives the earlier ids of a record.
func former(h *model.Header) []string { return values(h.Aliases) }

package readiness

// Items gives the plan, item by item, in order.
func Items() []Item {
	return []Item{
		{ID: "framework", Phase: 1, Title: "SOC 2 categories chosen",
			Proof:  "soc2-security in frameworks of site.yaml, and every category that the scope of a SOC 2 report names",
			Source: "AICPA TSP section 100: every SOC 2 report covers security", judge: chosenFramework},
		{ID: "subprocessors", Phase: 1, Title: "Sub-processors documented",
			Proof:  "a complete file for each vendor in use, agreements included, reviewed in time",
			Source: "SOC 2 CC9.2; GDPR, article 28; MVSP 4.3", Rules: []string{"SUB01", "SUB04", "SUB05", "SUB06", "SUB07", "SUB08", "SUB09", "SUB10"}, judge: documentedVendors},
		{ID: "ai-vendors", Phase: 1, Title: "AI vendors' terms on file",
			Proof:  "for each vendor of models, vectors or tuning: its terms on training and retention with current evidence",
			Source: "SOC 2 CC9.2; ISO/IEC 42001 A.10.3", Rules: []string{"RET01", "RET02", "RET03", "RET04", "RET05"}, judge: aiTerms},
		{ID: "ai-flows", Phase: 1, Title: "AI features drawn, all stages",
			Proof:  "a data flow for each AI feature that shows all five stages and was checked in time",
			Source: "SOC 2 CC2.1; MVSP 3.2", Rules: []string{"FLW01", "FLW02", "FLW10"}, judge: drawnFeatures},
		{ID: "sso", Phase: 1, Title: "Single sign-on for staff", Proof: controlWith("sso"), Source: "SOC 2 CC6.1", judge: practice("sso")},
		{ID: "mfa", Phase: 1, Title: "Multi-factor authentication", Proof: controlWith("mfa"), Source: "SOC 2 CC6.1; MVSP 4.2", judge: practice("mfa")},
		{ID: "password-manager", Phase: 1, Title: "Password manager", Proof: controlWith("password-manager"), Source: "SOC 2 CC6.1", judge: practice("password-manager")},
		{ID: "device-inventory", Phase: 1, Title: "Device inventory", Proof: controlWith("device-inventory"), Source: "SOC 2 CC6.1 and CC6.8", judge: practice("device-inventory")},
		{ID: "patching", Phase: 1, Title: "Patching", Proof: controlWith("patching"), Source: "SOC 2 CC7.1; MVSP 2.6 and 3.4", judge: practice("patching")},

		{ID: "access-review", Phase: 2, Title: "Quarterly access reviews",
			Proof: controlWith("access-review") + ", at least every quarter", Source: "SOC 2 CC6.2 and CC6.3; MVSP 4.2", Rules: []string{"ACC01"}, judge: quarterlyReviews},
		{ID: "model-approval", Phase: 2, Title: "Approved models alone",
			Proof:  "every model that a flow calls is approved, and " + controlWith("model-approval"),
			Source: "SOC 2 CC8.1; ISO/IEC 42001 A.6.2.4", Rules: []string{"MOD01", "MOD03"}, judge: approvedModels},
		{ID: "tuning-approval", Phase: 2, Title: "Fine-tuning approved",
			Proof:  "a complete record of every tuned model, and " + controlWith("tuning-approval") + "; or no tuned model",
			Source: "ISO/IEC 42001 A.7.2 to A.7.6; NIST AI RMF MAP 2.3", Rules: []string{"TRN01", "TRN02", "TRN03"}, judge: approvedTuning},
		{ID: "personal-data", Phase: 2, Title: "Personal data kept from models",
			Proof:  controlWith("redaction") + ", and no data above what a model is approved for",
			Source: "SOC 2 C1.1; OWASP LLM02:2025", Rules: []string{"FLW08", "VEC03"}, judge: practice("redaction")},
		{ID: "tenant-isolation", Phase: 2, Title: "Tenants' vectors kept apart",
			Proof:  "current evidence for each vector store that customers share, or " + controlWith("tenant-isolation"),
			Source: "SOC 2 CC6.1; OWASP LLM08:2025", Rules: []string{"VEC01", "VEC02"}, judge: isolatedVectors},
		{ID: "access-logging", Phase: 2, Title: "Logged: who accessed what", Proof: controlWith("access-logging"), Source: "SOC 2 CC7.2; MVSP 2.7", judge: practice("access-logging")},
		{ID: "output-logging", Phase: 2, Title: "Logged: what the model returned",
			Proof:  controlWith("output-logging") + ", and a prompt log for every call of a model",
			Source: "SOC 2 CC7.2; ISO/IEC 42001 A.6.2.8", Rules: []string{"LOG01", "LOG02"}, judge: loggedOutput},
		{ID: "incident-runbook", Phase: 2, Title: "Runbook for wrong output",
			Proof:  "a playbook for wrong or harmful output, and " + controlWith("incident-runbook"),
			Source: "SOC 2 CC7.3 to CC7.5; NIST AI RMF MANAGE 4.3; MVSP 1.7", Rules: []string{"INC01", "INC02", "INC03"}, judge: incidentRunbook},

		{ID: "auditor", Phase: 3, Title: "Auditor engaged",
			Proof:  "a SOC 2 report in certifications.yaml that names its auditor, with the engagement letter or the report as current evidence",
			Source: "AICPA AT-C sections 105 and 205", judge: engagedAuditor},
		{ID: "window", Phase: 3, Title: "Window or day of the report set",
			Proof:  "the window of a Type II report that has begun, or the day of a Type I report, with current evidence",
			Source: "AICPA AT-C sections 105 and 205", judge: reportWindow},
		{ID: "readiness-review", Phase: 3, Title: "Internal readiness check",
			Proof: controlWith("readiness-review"), Source: "SOC 2 CC4.1 and CC4.2", judge: internalReview},
		{ID: "security-page", Phase: 3, Title: "Security page published",
			Proof:  "policies, contacts and security.txt of this site, and permalinks.yaml, which is written when it is published",
			Source: "SOC 2 CC2.3; MVSP 1.1; RFC 9116", Rules: []string{"SEC01"}, judge: securityPage},
		{ID: "audit-date", Phase: 3, Title: "Audit scheduled",
			Proof:  "planned_for of a SOC 2 report, not past, with current evidence; or the report itself",
			Source: "AICPA AT-C sections 105 and 205", judge: scheduledAudit},
		question("prompt-logging", "Answered: are prompts logged"),
		question("cross-tenant-injection", "Answered: injection and tenants"),
		question("training-use", "Answered: training on their data"),
		question("vendor-log-retention", "Answered: model vendors' logs"),
	}
}

// question makes the item of one of the questions that auditors always put to an AI company.
func question(word, title string) Item {
	return Item{ID: "answer-" + word, Phase: 3, Title: title,
		Proof:  "a published answer with \"auditor_question: " + word + "\", reviewed in time, that cites more than a policy",
		Source: "SOC 2 CC2.3; ISO/IEC 42001 A.8.2", judge: answered(word)}
}

func controlWith(practice string) string {
	return "a control with \"practices: [" + practice + "]\" and current evidence"
}

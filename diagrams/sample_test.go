package diagrams

// replyDrafts is a flow of the usual size: eight steps, nine links, five boundaries.
func replyDrafts(prefix string) Graph {
	return Graph{
		Name: "reply-drafts", Prefix: prefix, Title: "Reply drafts: where a customer's message goes",
		Desc: "Eight steps in five trust boundaries.",
		Boundaries: []Boundary{
			{ID: "customer", Title: "Customer", Kind: Customer},
			{ID: "production", Title: "Fernlight production", Terms: "United States", Kind: Own},
			{ID: "pinecone", Title: "Pinecone, US", Terms: "30 days, one namespace per tenant", Kind: Vendor},
			{ID: "openai", Title: "OpenAI, US", Terms: "zero retention on file", Kind: Vendor},
			{ID: "aws", Title: "Amazon Web Services, US", Terms: "encrypted, 30 days", Kind: Vendor},
		},
		Steps: []Step{
			{ID: "message", Title: "Customer message", Stage: Input, Kind: External, Boundary: "customer"},
			{ID: "redact", Title: "Redact personal data", Stage: Preprocessing, Kind: Process, Boundary: "production"},
			{ID: "search", Title: "Find similar messages", Stage: Preprocessing, Kind: Process, Boundary: "production"},
			{ID: "vectors", Title: "Tenant vectors", Stage: Preprocessing, Kind: Store, Boundary: "pinecone"},
			{ID: "draft", Title: "Draft a reply", Stage: Model, Kind: ModelStep, Boundary: "openai"},
			{ID: "review", Title: "Agent reviews the draft", Stage: Output, Kind: Process, Boundary: "production"},
			{ID: "logs", Title: "Audit log", Stage: Storage, Kind: Store, Boundary: "aws"},
			{ID: "mailbox", Title: "Encrypted message archive", Stage: Storage, Kind: Store, Boundary: "aws"},
		},
		Links: []Link{
			{From: "message", To: "redact", Carries: CustomerData, Title: "customer content, over TLS"},
			{From: "redact", To: "search", Carries: CustomerData, Title: "redacted text"},
			{From: "search", To: "vectors", Carries: CustomerData, Title: "embedding"},
			{From: "vectors", To: "search", Carries: Metadata, Title: "ids of neighbors"},
			{From: "search", To: "draft", Carries: CustomerData, Title: "redacted prompt, over TLS"},
			{From: "draft", To: "review", Carries: CustomerData, Title: "draft"},
			{From: "review", To: "message", Carries: CustomerData, Title: "approved reply"},
			{From: "review", To: "logs", Carries: Metadata, Title: "who approved and when"},
			{From: "review", To: "mailbox", Carries: CustomerData, Title: "sent reply"},
		},
	}
}

// twelve is as big as one picture gets.
func twelve(prefix string) Graph {
	return Graph{
		Name: "triage", Prefix: prefix, Title: "Triage by a tuned model", Desc: "Twelve steps.",
		Boundaries: []Boundary{
			{ID: "customer", Title: "Customer", Kind: Customer},
			{ID: "own", Title: "Fernlight production", Terms: "United States", Kind: Own},
			{ID: "modal", Title: "Modal, US", Terms: "tuned weights, no logs", Kind: Vendor},
			{ID: "openai", Title: "OpenAI, US", Terms: "zero retention on file", Kind: Vendor},
			{ID: "aws", Title: "Amazon Web Services, US", Kind: Vendor},
			{ID: "datadog", Title: "Datadog, US", Terms: "metadata only, 15 days", Kind: Vendor},
		},
		Steps: []Step{
			{ID: "mail", Title: "Inbound e-mail", Stage: Input, Kind: External, Boundary: "customer"},
			{ID: "agent", Title: "Support agent", Stage: Input, Kind: External, Boundary: "customer"},
			{ID: "ingest", Title: "Receive and queue", Stage: Preprocessing, Kind: Process, Boundary: "own"},
			{ID: "redact", Title: "Redact personal data", Stage: Preprocessing, Kind: Process, Boundary: "own"},
			{ID: "route", Title: "Choose the model", Stage: Preprocessing, Kind: Process, Boundary: "own"},
			{ID: "tuned", Title: "Classify with the tuned model", Stage: Model, Kind: ModelStep, Boundary: "modal"},
			{ID: "gpt", Title: "Summarize the thread", Stage: Model, Kind: ModelStep, Boundary: "openai"},
			{ID: "check", Title: "Check for unsafe output", Stage: Output, Kind: Process, Boundary: "own"},
			{ID: "show", Title: "Show label and summary", Stage: Output, Kind: Process, Boundary: "own"},
			{ID: "db", Title: "Ticket database", Stage: Storage, Kind: Store, Boundary: "aws"},
			{ID: "backup", Title: "Encrypted backups", Stage: Storage, Kind: Store, Boundary: "aws"},
			{ID: "metrics", Title: "Request metrics", Stage: Storage, Kind: Store, Boundary: "datadog"},
		},
		Links: []Link{
			{From: "mail", To: "ingest", Carries: CustomerData}, {From: "ingest", To: "redact", Carries: CustomerData},
			{From: "redact", To: "route", Carries: CustomerData}, {From: "route", To: "tuned", Carries: CustomerData},
			{From: "route", To: "gpt", Carries: CustomerData}, {From: "tuned", To: "check", Carries: CustomerData},
			{From: "gpt", To: "check", Carries: CustomerData}, {From: "check", To: "show", Carries: CustomerData},
			{From: "show", To: "agent", Carries: CustomerData}, {From: "show", To: "db", Carries: CustomerData},
			{From: "db", To: "backup", Carries: CustomerData}, {From: "check", To: "metrics", Carries: Metadata},
			{From: "agent", To: "show", Carries: Nothing},
		},
	}
}

// foreign has labels that are long, wide, quoted, or read from right to left.
func foreign(prefix string) Graph {
	return Graph{
		Name: "foreign", Prefix: prefix, Title: "Labels of every kind", Desc: "Long labels and other scripts.",
		Boundaries: []Boundary{
			{ID: "c", Title: "お客様（カスタマー）", Terms: "日本・東京リージョン", Kind: Customer},
			{ID: "o", Title: "Fernlight production with quite a long name of the region and the cell", Terms: "United States and European Union, encrypted at rest and in transit", Kind: Own},
			{ID: "v", Title: "Vendor", Terms: "zero retention on file", Kind: Vendor},
		},
		Steps: []Step{
			{ID: "1", Title: "お問い合わせ本文と添付ファイルの受信処理", Stage: Input, Kind: External, Boundary: "c"},
			{ID: "2", Title: "Normalizes, deduplicates and redacts every inbound message of a tenant", Stage: Preprocessing, Kind: Process, Boundary: "o"},
			{ID: "3", Title: `quotes "and" back\slash \N <b> & co`, Stage: Preprocessing, Kind: Process, Boundary: "o"},
			{ID: "4", Title: "رسالة العميل الأصلية", Stage: Model, Kind: ModelStep, Boundary: "v"},
			{ID: "5", Title: "WWWWWWWWWWWWWWWWWWWWWWWWWWWW", Stage: Output, Kind: Process, Boundary: "o"},
			{ID: "6", Title: "👩‍💻 emoji 🚀 store", Stage: Storage, Kind: Store, Boundary: "o"},
			{ID: "7", Title: "個人情報保護データベース", Stage: Storage, Kind: Store, Boundary: "o"},
		},
		Links: []Link{
			{From: "1", To: "2", Carries: CustomerData}, {From: "2", To: "2", Carries: Metadata}, {From: "2", To: "3", Carries: CustomerData},
			{From: "3", To: "4", Carries: CustomerData}, {From: "4", To: "5", Carries: CustomerData}, {From: "5", To: "6", Carries: Metadata},
			{From: "5", To: "7", Carries: CustomerData}, {From: "5", To: "1", Carries: CustomerData},
		},
	}
}
